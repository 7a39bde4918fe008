package crawler

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
)

// What a feed may hold. Beyond some ten thousand items the parser needs gigabytes, so they are counted first.
const (
	maxItems = 5_000
	maxDepth = 256
)

// readFeed takes the items of an RSS, Atom or JSON feed.
func readFeed(body []byte, list *links) error {
	root := rootName(body)
	switch {
	case isJSON(body):
	case isSitemap(root):
		return unreadable("the address gives a sitemap, not a feed")
	case !isFeed(root):
		return unreadable("the address gives no feed but %s", whatElse(root))
	case !closed(body, root):
		return retry("the feed ends in the middle")
	default:
		if err := measure(body); err != nil {
			return err
		}
	}
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(body))
	if err != nil {
		return unreadable("the feed is not well-formed")
	}
	if len(feed.Items) > maxItems {
		return limited("the feed has more than %d items", maxItems)
	}
	for _, item := range feed.Items {
		list.add(itemLink(item), plain(item.Title), itemTime(item))
	}
	return nil
}

func isJSON(body []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(body[:min(len(body), 64<<10)], " \t\r\n"), []byte("{"))
}

func whatElse(root string) string {
	if root == "html" {
		return "a page of HTML"
	}
	return "something else"
}

// closed reports whether a document ends with the end of its root element, comments and space after it aside.
func closed(body []byte, root string) bool {
	tail := bytes.ToLower(body[max(0, len(body)-4096):])
	return bytes.Contains(tail, []byte("</"+root))
}

// measure counts items and depth without building anything.
func measure(body []byte) error {
	d := rawXML(body)
	for items, depth := 0, 0; ; {
		token, err := d.RawToken()
		if err != nil {
			return nil //nolint:nilerr // what is wrong with it the parser says better
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return limited("the feed nests its elements deeper than %d", maxDepth)
			}
			if name := strings.ToLower(t.Name.Local); name == "item" || name == "entry" {
				items++
			}
			if items > maxItems {
				return limited("the feed has more than %d items", maxItems)
			}
		case xml.EndElement:
			depth--
		}
	}
}

// rawXML reads the tokens of a document that is UTF-8 already, whatever it says. Neither a DTD's entities nor anything from
// elsewhere is expanded.
func rawXML(body []byte) *xml.Decoder {
	d := xml.NewDecoder(bytes.NewReader(body))
	d.Strict = false
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	return d
}

// itemLink returns the address of an item; an id that is an address stands in for a missing link.
func itemLink(item *gofeed.Item) string {
	for _, link := range append([]string{item.Link}, item.Links...) {
		if strings.TrimSpace(link) != "" {
			return link
		}
	}
	if strings.HasPrefix(item.GUID, "http") {
		return item.GUID
	}
	return ""
}

// itemTime returns when the feed says an item was published, or last changed.
func itemTime(item *gofeed.Item) time.Time {
	for _, at := range []*time.Time{item.PublishedParsed, item.UpdatedParsed} {
		if at != nil && sane(*at) {
			return at.UTC()
		}
	}
	return time.Time{}
}

// sane reports whether a time is one that news can have; feeds also say year 1 and year 9999.
func sane(at time.Time) bool { return at.Year() >= 1970 && at.Year() < 2100 }
