// Package crawler looks at pages: what a source offers, and the articles themselves. It says how each look ended and what
// links it brought; it reads no article, remembers nothing between two looks, and decides on no schedule.
package crawler

import (
	"context"
	"errors"
	"iter"
	"net/http"
	"strings"
	"time"

	"github.com/gocolly/colly/v2"

	"github.com/storywatch/storywatch/config"
	"github.com/storywatch/storywatch/fetch"
	"github.com/storywatch/storywatch/story"
)

// Crawler looks at pages through one gate. It is safe for use by many goroutines.
type Crawler struct {
	gate *fetch.Gate
	base *colly.Collector
}

// New makes a crawler. Of colly it uses the requests, the redirects and the callbacks; everything colly does by itself
// about robots.txt, pacing, cookies, caching, limits and charsets is off, because the gate beneath does it for every hop.
//
// The settings are put on the finished collector rather than given as options, as colly lets COLLY_* variables of the
// environment win over options; the caller does best to refuse to start with such variables.
func New(gate *fetch.Gate) *Crawler {
	c := colly.NewCollector()
	c.UserAgent = fetch.Token // the gate sets the full one
	c.AllowedDomains, c.DisallowedDomains = nil, nil
	c.URLFilters, c.DisallowedURLFilters = nil, nil
	c.AllowURLRevisit = true
	c.IgnoreRobotsTxt = true
	c.ParseHTTPErrorResponse = true
	c.DetectCharset = false
	c.CheckHead = false
	c.Async = false
	c.TraceHTTP = false
	c.CacheDir = ""
	c.MaxBodySize, c.MaxDepth, c.MaxRequests = 0, 0, 0
	c.DisableCookies()
	c.SetRequestTimeout(0) // the gate counts network time only, not the waiting for a turn
	c.WithTransport(gate)
	c.SetRedirectHandler(gate.Redirect) // a clone's redirects use the parent's handler: final before the first clone
	return &Crawler{gate: gate, base: c}
}

// Visit looks at the pages of one host, one after the other, politely, and yields what each look brought, in their order.
// sources gives the settings of each source by name. It ends when the pages are done or the context is; a look that the
// context cut short is not yielded.
//
// The Page yielded is the one given, with its kind filled in once found out. What the next look needs is in Header (ETag,
// Last-Modified) and BodyHash, and is worth remembering only for the outcomes "", listed and unchanged.
func (c *Crawler) Visit(ctx context.Context, pages []story.Page, sources map[string]config.Source) iter.Seq[story.Fetched] {
	return func(yield func(story.Fetched) bool) {
		for _, page := range pages {
			if ctx.Err() != nil {
				return
			}
			found, ok := c.look(ctx, page, sources[page.Source])
			if !ok || !yield(found) {
				return
			}
		}
	}
}

// look looks at one page. It reports false when the context ended before the look did.
func (c *Crawler) look(ctx context.Context, page story.Page, src config.Source) (story.Fetched, bool) {
	if page.Kind == story.KindUnknown {
		page.Kind = story.KindArticle
		if page.Root {
			page.Kind = story.PageKind(src.Kind)
		}
	}
	got, err := c.get(ctx, page.URL, purpose(page), conditions(page))
	if err != nil && ctx.Err() != nil {
		return story.Fetched{}, false
	}
	f := story.Fetched{
		Page: page, At: time.Now().UTC(), URL: got.url, Status: got.status, Header: got.header,
		Body: got.body, Took: got.took,
	}
	f.Outcome, f.Note, f.NotBefore = c.judge(got, page, err)
	if f.Outcome != "" {
		f.Body = nil
		return f, true
	}
	f.BodyHash = hash(f.Body)
	if f.BodyHash == page.BodyHash {
		f.Outcome = story.OutcomeUnchanged
		return f, true
	}
	c.read(ctx, &f, src)
	return f, ctx.Err() == nil || f.Outcome != story.OutcomeRetry
}

// answer is what came of one request and its redirects.
type answer struct {
	url    string // after redirects
	status int    // 0 when there was no answer
	header http.Header
	body   []byte
	took   time.Duration // on the network
}

// get asks for one address through colly. The error is the gate's refusal, or what the client said.
func (c *Crawler) get(ctx context.Context, url string, p fetch.Purpose, header http.Header) (answer, error) {
	got := answer{url: url}
	if err := fetch.Check(url); err != nil {
		return got, err // before colly's own parser repairs it into something else
	}
	ctx = fetch.WithPurpose(ctx, p)
	collector := c.base.Clone()
	collector.Context = ctx
	collector.OnResponse(func(r *colly.Response) {
		got.url, got.status, got.header, got.body = r.Request.URL.String(), r.StatusCode, *r.Headers, r.Body
	})
	err := collector.Request(http.MethodGet, url, nil, nil, header)
	got.took = fetch.Spent(ctx)
	return got, err
}

// purpose says what a page is wanted for, which decides how large it may be.
func purpose(page story.Page) fetch.Purpose {
	switch page.Kind {
	case story.KindFeed:
		return fetch.ForFeed
	case story.KindSitemap:
		return fetch.ForSitemap
	case story.KindArticle, story.KindListing:
		return fetch.ForPage
	}
	if strings.Contains(strings.ToLower(page.URL), "sitemap") || strings.HasSuffix(page.URL, ".gz") {
		return fetch.ForSitemap
	}
	return fetch.ForAny
}

// conditions returns the headers of a request: what is wanted and, byte for byte, the validators of the last good look.
func conditions(page story.Page) http.Header {
	header := http.Header{"Accept": {accept(page.Kind)}}
	if page.ETag != "" {
		header.Set("If-None-Match", page.ETag)
	}
	if page.LastModified != "" {
		header.Set("If-Modified-Since", page.LastModified)
	}
	return header
}

func accept(kind story.PageKind) string {
	switch kind {
	case story.KindFeed:
		return "application/atom+xml,application/rss+xml,application/feed+json,application/xml;q=0.9,text/xml;q=0.9,*/*;q=0.5"
	case story.KindSitemap:
		return "application/xml,text/xml;q=0.9,*/*;q=0.5"
	}
	return "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
}

// refusal finds the gate's refusal in an error, or makes one of an error that has none.
func refusal(err error) *fetch.Refusal {
	var r *fetch.Refusal
	if errors.As(err, &r) {
		return r
	}
	return &fetch.Refusal{Outcome: fetch.Retry, Reason: "the page could not be fetched"}
}
