package crawler

import (
	"bytes"
	"context"
	"errors"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/storywatch/storywatch/config"
	"github.com/storywatch/storywatch/story"
)

// read takes from a body what its page is looked at for: the links of a listing, feed or sitemap, or the assurance that it
// may be an article. It fills in the kind where nobody said it.
func (c *Crawler) read(ctx context.Context, f *story.Fetched, src config.Source) {
	links, note, err := c.readAs(ctx, f, src)
	if err != nil {
		f.Body, f.BodyHash = nil, ""
	}
	var bad *fault
	switch {
	case errors.As(err, &bad):
		f.Outcome, f.Note = bad.outcome, bad.note
	case err != nil:
		r := refusal(err)
		f.Outcome, f.Note, f.NotBefore = story.Outcome(r.Outcome), r.Reason, r.After
	case f.Page.Kind != story.KindArticle:
		f.Outcome, f.Note, f.Links = story.OutcomeListed, note, links
	}
}

func (c *Crawler) readAs(ctx context.Context, f *story.Fetched, src config.Source) (links []story.Link, note string, err error) {
	// A parser that panics on a stranger's bytes must cost that page only, not the visit and all pages after it.
	defer func() {
		if r := recover(); r != nil {
			links, note, err = nil, "", unreadable("the page broke its reader: %v", r)
		}
	}()
	base, err := url.Parse(f.URL)
	if err != nil {
		return nil, "", unreadable("the page redirects to something that is not an address")
	}
	if f.Page.Kind == story.KindUnknown {
		if f.Page.Kind, err = kindOf(f.Body, base); err != nil {
			return nil, "", err
		}
	}
	switch f.Page.Kind {
	case story.KindFeed:
		list := newLinks(base, src.Links, false)
		err = readFeed(f.Body, list)
		return list.list, "", err
	case story.KindSitemap:
		return c.readSitemap(ctx, f, newLinks(base, src.Links, true))
	case story.KindListing:
		list := newLinks(base, src.Links, true)
		note, err = readListing(f.Body, src.Links.Select, list)
		return list.list, note, err
	}
	return nil, "", articleType(f.Header.Get("Content-Type"), f.Body)
}

// articleType says why a body is clearly no page of HTML.
func articleType(contentType string, body []byte) error {
	kind, _, _ := mime.ParseMediaType(contentType)
	switch root := rootName(body); {
	case isFeed(root):
		return unreadable("the address gives a feed, not an article")
	case isSitemap(root):
		return unreadable("the address gives a sitemap, not an article")
	case strings.HasPrefix(http.DetectContentType(body), "text/html"), strings.Contains(kind, "html"), root == "html":
		return nil
	case strings.HasSuffix(kind, "json"):
		return unreadable("the page is JSON data, not HTML")
	case strings.HasSuffix(kind, "javascript"), kind == "text/css":
		return unreadable("the page is program text (%s), not HTML", kind)
	case strings.HasSuffix(kind, "xml"):
		return unreadable("the page is XML data, not HTML")
	case kind == "application/zip", kind == "application/msword", strings.HasPrefix(kind, "application/vnd."):
		return unreadable("the page is a file to download (%s), not HTML", kind)
	}
	return nil
}

func isFeed(root string) bool {
	local := root[strings.LastIndexByte(root, ':')+1:]
	return local == "rss" || local == "rdf" || local == "feed"
}

func isSitemap(root string) bool {
	local := root[strings.LastIndexByte(root, ':')+1:]
	return local == "urlset" || local == "sitemapindex"
}

// rootName returns the first element of a document, in lower case and with its prefix: what it is, whatever it is called.
func rootName(body []byte) string {
	rest := body[:min(len(body), 64<<10)]
	for {
		rest = bytes.TrimLeft(rest, " \t\r\n\f\ufeff")
		switch {
		case bytes.HasPrefix(rest, []byte("<?")):
			rest = after(rest, "?>")
		case bytes.HasPrefix(rest, []byte("<!--")):
			rest = after(rest, "-->")
		case bytes.HasPrefix(rest, []byte("<!")):
			end := ">"
			if b, g := bytes.IndexByte(rest, '['), bytes.IndexByte(rest, '>'); b >= 0 && b < g {
				end = "]>"
			}
			rest = after(rest, end)
		case len(rest) > 1 && rest[0] == '<':
			name := rest[1:]
			if end := bytes.IndexAny(name, " \t\r\n\f/>"); end >= 0 {
				name = name[:end]
			}
			return strings.ToLower(string(name[:min(len(name), 64)]))
		default:
			return ""
		}
	}
}

func after(b []byte, sep string) []byte {
	_, rest, _ := bytes.Cut(b, []byte(sep))
	return rest
}
