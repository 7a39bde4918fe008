package crawler

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/html/charset"

	"github.com/storywatch/storywatch/config"
	"github.com/storywatch/storywatch/fetch"
	"github.com/storywatch/storywatch/story"
)

// paper is a news site on loopback: paths to what it answers, and what it was asked.
type paper struct {
	*httptest.Server
	mu    sync.Mutex
	pages map[string]http.HandlerFunc
	asked []string
	heads []http.Header
}

func newPaper(t testing.TB) *paper {
	p := &paper{pages: map[string]http.HandlerFunc{}}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		p.asked = append(p.asked, r.URL.Path)
		p.heads = append(p.heads, r.Header.Clone())
		page := p.pages[r.URL.Path]
		p.mu.Unlock()
		if page == nil {
			http.NotFound(w, r)
			return
		}
		page(w, r)
	}))
	t.Cleanup(p.Close)
	return p
}

// put publishes a text under a path; HOST in it becomes the site's own address.
func (p *paper) put(path, contentType, body string) {
	p.pages[path] = func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", contentType)
		fmt.Fprint(w, strings.ReplaceAll(body, "HOST", p.URL))
	}
}

func newCrawler(t testing.TB, robots bool) *Crawler {
	return New(fetch.New(fetch.Options{
		Agent:  fetch.Agent("1.2", "https://desk.example/crawler"),
		Allow:  []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")},
		Robots: robots,
		Limits: fetch.Limits{Total: 5 * time.Second, Page: 1 << 20, Sitemap: 20 << 20},
	}))
}

func root(url string, kind story.PageKind) story.Page {
	return story.Page{URL: url, Source: "paper", Root: true, Kind: kind}
}

func article(url string) story.Page {
	return story.Page{URL: url, Source: "paper", Kind: story.KindArticle}
}

// one looks at a single page.
func one(t testing.TB, c *Crawler, page story.Page, src config.Source) story.Fetched {
	t.Helper()
	var all []story.Fetched
	for f := range c.Visit(t.Context(), []story.Page{page}, map[string]config.Source{"paper": src}) {
		all = append(all, f)
	}
	if len(all) != 1 {
		t.Fatalf("a look at %s brought %d results", page.URL, len(all))
	}
	return all[0]
}

// paths returns the links without the site's address.
func (p *paper) paths(f story.Fetched) string {
	var all []string
	for _, l := range f.Links {
		all = append(all, strings.TrimPrefix(l.URL, p.URL))
	}
	return strings.Join(all, " ")
}

func encode(t testing.TB, text, name string) string {
	t.Helper()
	e, _ := charset.Lookup(name)
	s, err := e.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func gz(t testing.TB, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write([]byte(text))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func mustParse(t testing.TB, address string) *url.URL {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u
}
