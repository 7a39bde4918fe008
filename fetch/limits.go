package fetch

import (
	"cmp"
	"context"
	"sync/atomic"
	"time"
)

// Limits bounds what one request may cost. Sizes are bytes after decoding.
type Limits struct {
	Page    int64 // a page
	Feed    int64 // a feed, and an answer nobody said the purpose of
	Sitemap int64 // a sitemap, unpacked
	Robots  int64 // a robots.txt; what is longer is cut there, as RFC 9309 section 2.5 allows from 500 KiB on
	Answer  int64 // what is read of the answer to a webhook
	Header  int64 // all header lines of an answer together

	Total      time.Duration // the requests of one look together, waits for politeness not counted
	HeaderWait time.Duration // from the request sent to the last header line
	Dial       time.Duration // until connected, and again until TLS has shaken hands
	Post       time.Duration // a webhook, from the first byte to the last

	Redirects       int // hops of one look
	RobotsRedirects int // hops of one robots.txt

	CrawlDelay  time.Duration // the longest crawl-delay that is obeyed
	Breath      time.Duration // the longest pause for a host that answers slowly
	RetryAfter  time.Duration // the longest Retry-After that is obeyed
	Hold        time.Duration // the longest pause after 429 and 503 that name no time
	RobotsAge   time.Duration // how long a robots.txt is believed
	RobotsRetry time.Duration // how soon one that could not be read is asked for again
}

// DefaultLimits returns the limits the program runs with.
func DefaultLimits() Limits {
	return Limits{
		Page:    5 << 20,
		Feed:    10 << 20,
		Sitemap: 50 << 20,
		Robots:  512 << 10,
		Answer:  64 << 10,
		Header:  64 << 10,

		Total:      30 * time.Second,
		HeaderWait: 10 * time.Second,
		Dial:       10 * time.Second,
		Post:       20 * time.Second,

		Redirects:       10,
		RobotsRedirects: 5,

		CrawlDelay:  time.Minute,
		Breath:      30 * time.Second,
		RetryAfter:  maxRetryAfter,
		Hold:        time.Hour,
		RobotsAge:   24 * time.Hour,
		RobotsRetry: time.Minute,
	}
}

// orDefault fills in what is not set.
func (l Limits) orDefault() Limits {
	d := DefaultLimits()
	return Limits{
		Page:    cmp.Or(l.Page, d.Page),
		Feed:    cmp.Or(l.Feed, d.Feed),
		Sitemap: cmp.Or(l.Sitemap, d.Sitemap),
		Robots:  cmp.Or(l.Robots, d.Robots),
		Answer:  cmp.Or(l.Answer, d.Answer),
		Header:  cmp.Or(l.Header, d.Header),

		Total:      cmp.Or(l.Total, d.Total),
		HeaderWait: cmp.Or(l.HeaderWait, d.HeaderWait),
		Dial:       cmp.Or(l.Dial, d.Dial),
		Post:       cmp.Or(l.Post, d.Post),

		Redirects:       cmp.Or(l.Redirects, d.Redirects),
		RobotsRedirects: cmp.Or(l.RobotsRedirects, d.RobotsRedirects),

		CrawlDelay:  cmp.Or(l.CrawlDelay, d.CrawlDelay),
		Breath:      cmp.Or(l.Breath, d.Breath),
		RetryAfter:  cmp.Or(l.RetryAfter, d.RetryAfter),
		Hold:        cmp.Or(l.Hold, d.Hold),
		RobotsAge:   cmp.Or(l.RobotsAge, d.RobotsAge),
		RobotsRetry: cmp.Or(l.RobotsRetry, d.RobotsRetry),
	}
}

// zstdWindow is the largest window a zstd stream may ask for: RFC 9659 says 8 MiB for the web.
const zstdWindow = 8 << 20

// Purpose says what an answer is wanted for, and so how large it may be.
type Purpose int

// The purposes. Only ForAny and ForSitemap open a gzip file that arrives as itself rather than as an encoding.
const (
	ForAny Purpose = iota
	ForPage
	ForFeed
	ForSitemap
)

// size returns how many decoded bytes an answer may have.
func (l Limits) size(p Purpose) int64 {
	switch p {
	case ForPage:
		return l.Page
	case ForSitemap:
		return l.Sitemap
	}
	return l.Feed
}

// look is what the requests of one look at a page share: what it is for, and the time they have spent on the network.
type look struct {
	purpose Purpose
	spent   atomic.Int64 // nanoseconds
}

type lookKey struct{}

// WithPurpose returns a context for one look at a page: all its requests, redirects included, share the total time limit.
func WithPurpose(ctx context.Context, p Purpose) context.Context {
	return context.WithValue(ctx, lookKey{}, &look{purpose: p})
}

// Spent returns how long the requests of a look were on the network, waits for politeness not counted.
// It is zero for a context that WithPurpose did not make.
func Spent(ctx context.Context) time.Duration {
	return time.Duration(lookOf(ctx).spent.Load())
}

func lookOf(ctx context.Context) *look {
	if l, ok := ctx.Value(lookKey{}).(*look); ok {
		return l
	}
	return &look{}
}
