package crawler

import (
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/storywatch/storywatch/fetch"
	"github.com/storywatch/storywatch/story"
)

// What is read of a sitemap: the protocol allows 50,000 addresses a file; an index is followed to its newest files.
const (
	maxEntries  = 50_000
	maxNesting  = 3
	maxChildren = 10 // sitemaps fetched in one look beside the first
)

// entry is what a sitemap says of an address: of a page, or of another sitemap.
type entry struct {
	loc, title string
	at         time.Time // published, else last changed
	child      bool      // a sitemap
}

// walk is one look at a sitemap and those it names.
type walk struct {
	crawler *Crawler
	root    string // where the first one was read
	list    *links
	seen    map[string]bool
	read    int      // sitemaps fetched beside the first
	skipped int      // named and not fetched
	cut     bool     // there were more addresses than are read
	first   error    // what went wrong first with one of them
	failed  int      // how many went wrong
	hashes  []string // of the bodies of all
}

// readSitemap takes the addresses of a sitemap or, from an index, of the sitemaps it names. The newest come first, since a
// sitemap's own order means nothing.
func (c *Crawler) readSitemap(ctx context.Context, f *story.Fetched, list *links) ([]story.Link, string, error) {
	w := &walk{crawler: c, root: f.URL, list: list, seen: map[string]bool{f.URL: true}, hashes: []string{f.BodyHash}}
	if err := w.take(ctx, f.Body, 1); err != nil {
		return nil, "", err
	}
	if w.read > 0 {
		if w.failed == w.read {
			return nil, "", w.first
		}
		// That the index has not changed says nothing of the files it names: it must be read again next time.
		f.Header = f.Header.Clone()
		f.Header.Del("ETag")
		f.Header.Del("Last-Modified")
		f.BodyHash = hash([]byte(strings.Join(w.hashes, "")))
		if f.BodyHash == f.Page.BodyHash && w.failed == 0 {
			return nil, "", &fault{outcome: story.OutcomeUnchanged}
		}
	}
	slices.SortStableFunc(list.list, func(a, b story.Link) int { return b.At.Compare(a.At) })
	return list.list, w.note(), nil
}

// take reads one sitemap, level deep.
func (w *walk) take(ctx context.Context, body []byte, level int) error {
	if root := rootName(body); !isSitemap(root) {
		if isFeed(root) {
			return unreadable("the address gives a feed, not a sitemap")
		}
		return unreadable("the address gives no sitemap but %s", whatElse(root))
	}
	var children []entry
	err := entries(body, func(e entry) bool {
		if e.child {
			children = append(children, e)
			return len(children) < maxEntries
		}
		if w.cut = len(w.list.list) >= maxEntries; w.cut {
			return false
		}
		w.list.add(e.loc, plain(e.title), e.at)
		return true
	})
	if err != nil {
		return err
	}
	return w.follow(ctx, children, level)
}

// follow fetches the newest sitemaps of an index. One that cannot be had does not spoil the others.
func (w *walk) follow(ctx context.Context, children []entry, level int) error {
	slices.SortStableFunc(children, func(a, b entry) int { return b.at.Compare(a.at) })
	for _, child := range children {
		address, err := w.list.base.Parse(strings.TrimSpace(child.loc))
		if err != nil || !w.mayFollow(address.String()) {
			continue
		}
		if w.seen[address.String()] {
			continue
		}
		w.seen[address.String()] = true
		if level >= maxNesting || w.read >= maxChildren || w.cut {
			w.skipped++
			continue
		}
		w.read++
		err = w.fetch(ctx, address.String(), level+1)
		if ctx.Err() != nil {
			return retry("there was no time to read all sitemaps")
		}
		if err != nil {
			w.failed++
			w.first = cmp.Or(w.first, err)
		}
	}
	return nil
}

// mayFollow: sitemaps of the same host, and those of others that the site's robots.txt lists.
func (w *walk) mayFollow(address string) bool {
	host := fetch.Host(address)
	return host != "" && (host == fetch.Host(w.root) || slices.Contains(w.crawler.gate.Sitemaps(w.root), address))
}

func (w *walk) fetch(ctx context.Context, address string, level int) error {
	got, err := w.crawler.get(ctx, address, fetch.ForSitemap, http.Header{"Accept": {accept(story.KindSitemap)}})
	outcome, note, _ := w.crawler.judge(got, story.Page{}, err)
	if outcome != "" {
		return &fault{outcome, note}
	}
	w.hashes = append(w.hashes, hash(got.body))
	return w.take(ctx, got.body, level)
}

// note says what was left out.
func (w *walk) note() string {
	var parts []string
	if w.skipped > 0 {
		parts = append(parts, fmt.Sprintf("the newest %d of %d sitemaps were read", w.read, w.read+w.skipped))
	}
	if w.cut {
		parts = append(parts, fmt.Sprintf("only the first %d addresses were read", maxEntries))
	}
	if w.failed > 0 {
		parts = append(parts, fmt.Sprintf("%d of the sitemaps could not be read: %s", w.failed, w.first))
	}
	return strings.Join(parts, "; ")
}

// entries reads the entries of a sitemap one by one until yield says no. No tree is built, so that 50 MiB cost no more
// memory than the longest entry.
func entries(body []byte, yield func(entry) bool) error {
	d := rawXML(body)
	var (
		path []string // local names of the open elements
		now  entry
		text strings.Builder
	)
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) && len(path) == 0 {
			return nil
		}
		if err != nil {
			return broken(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if len(path) == maxDepth {
				return limited("the sitemap nests its elements deeper than %d", maxDepth)
			}
			path = append(path, strings.ToLower(t.Name.Local))
			text.Reset()
			if name := path[len(path)-1]; name == "url" || name == "sitemap" {
				now = entry{child: name == "sitemap"}
			}
		case xml.CharData:
			if text.Len() < 8<<10 {
				text.Write(t)
			}
		case xml.EndElement:
			if len(path) == 0 {
				return unreadable("the sitemap is not well-formed")
			}
			name, parent := path[len(path)-1], ""
			path = path[:len(path)-1]
			if len(path) > 0 {
				parent = path[len(path)-1]
			}
			now.set(parent, name, strings.TrimSpace(text.String()))
			text.Reset()
			if (name == "url" || name == "sitemap") && now.loc != "" && !yield(now) {
				return nil
			}
		}
	}
}

// set takes the value of one element. The titles and dates of pictures and videos are not the page's.
func (e *entry) set(parent, name, value string) {
	switch parent + "/" + name {
	case "url/loc", "sitemap/loc":
		e.loc = value
	case "url/lastmod", "sitemap/lastmod":
		if e.at.IsZero() {
			e.at = w3cTime(value)
		}
	case "news/title":
		e.title = value
	case "news/publication_date":
		if at := w3cTime(value); !at.IsZero() {
			e.at = at
		}
	}
}

// broken tells a sitemap that was cut off from one that never was one.
func broken(err error) error {
	var syntax *xml.SyntaxError
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.As(err, &syntax) && syntax.Msg == "unexpected EOF" {
		return retry("the sitemap ends in the middle")
	}
	return unreadable("the sitemap is not well-formed")
}

// w3cTime reads the date formats that sitemaps and time elements use (W3C NOTE-datetime), zero for anything else.
func w3cTime(value string) time.Time {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05",
		"2006-01-02 15:04:05", "2006-01-02T15:04", time.DateOnly, "2006-01", "2006"} {
		if at, err := time.Parse(layout, value); err == nil && sane(at) {
			return at.UTC()
		}
	}
	return time.Time{}
}
