package fetch

import (
	"context"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"
)

// hosts keeps the manners of this process: one request at a time per host, with a pause in between, and none before the
// time a host asked us to wait for.
type hosts struct {
	gap    time.Duration
	limits Limits

	mu     sync.Mutex
	byName map[string]*host
}

// host is one host's turn-taking. Whoever is in slot has the turn and alone touches ended and took; the rest is under hosts.mu.
type host struct {
	slot  chan struct{}
	ended time.Time     // when the last request ended
	took  time.Duration // how long it took

	users int       // who has the turn or waits for it
	used  time.Time // when the last of them left
	held  time.Time // no request before
	holds int       // answers of 429 and 503 in a row that named no time
}

// manyHosts is how many hosts are remembered before those that are free again are forgotten.
const manyHosts = 4096

func newHosts(gap time.Duration, limits Limits) *hosts {
	return &hosts{gap: gap, limits: limits, byName: map[string]*host{}}
}

// turn is the right to send requests to one host until leave is called.
type turn struct {
	hosts *hosts
	host  *host
}

// enter waits until no other request to the host is under way. It refuses at once when the host asked us to stay away.
func (h *hosts) enter(ctx context.Context, name string) (*turn, error) {
	t := &turn{hosts: h, host: h.join(name)}
	select {
	case t.host.slot <- struct{}{}:
	case <-ctx.Done():
		h.part(t.host)
		return nil, ctx.Err()
	}
	if held := h.held(name); !held.IsZero() {
		t.leave()
		return nil, &Refusal{Outcome: Retry, After: held,
			Reason: "the site asked not to be visited before " + Clock(held)}
	}
	return t, nil
}

// leave gives the turn to the next.
func (t *turn) leave() {
	<-t.host.slot
	t.hosts.part(t.host)
}

func (h *hosts) join(name string) *host {
	h.mu.Lock()
	defer h.mu.Unlock()
	entry := h.byName[name]
	if entry == nil {
		if len(h.byName) >= manyHosts {
			h.forget(time.Now())
		}
		entry = &host{slot: make(chan struct{}, 1)}
		h.byName[name] = entry
	}
	entry.users++
	return entry
}

func (h *hosts) part(entry *host) {
	h.mu.Lock()
	defer h.mu.Unlock()
	entry.users--
	entry.used = time.Now()
}

// forget drops the hosts nobody has anything to wait for any more.
func (h *hosts) forget(now time.Time) {
	longest := max(h.gap, h.limits.CrawlDelay, h.limits.Breath)
	for name, entry := range h.byName {
		if entry.users == 0 && now.After(entry.held) && now.Sub(entry.used) > longest {
			delete(h.byName, name)
		}
	}
}

// pause waits until the host may be asked again: the configured gap, its crawl-delay, and five times as long as its last
// answer took (as Heritrix does), whichever is longest. Without a configured gap only the crawl-delay counts.
func (t *turn) pause(ctx context.Context, crawlDelay time.Duration) error {
	if t.host.ended.IsZero() {
		return ctx.Err()
	}
	wait := min(crawlDelay, t.hosts.limits.CrawlDelay)
	if t.hosts.gap > 0 {
		wait = max(wait, t.hosts.gap, min(5*t.host.took, t.hosts.limits.Breath))
	}
	wait -= time.Since(t.host.ended)
	if wait <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// sent notes that a request has ended.
func (t *turn) sent(began time.Time) {
	t.host.ended = time.Now()
	t.host.took = t.host.ended.Sub(began)
}

// heed takes what an answer says about coming again. After 429 and 503 the whole host is left alone: until the time it
// names, or else for sixty times the gap, doubled for every such answer in a row.
func (t *turn) heed(status int, header http.Header) {
	t.hosts.mu.Lock()
	defer t.hosts.mu.Unlock()
	if status != http.StatusTooManyRequests && status != http.StatusServiceUnavailable {
		t.host.holds = 0
		return
	}
	now := time.Now()
	if until, ok := RetryAfter(header, now); ok {
		t.host.held = now.Add(min(until.Sub(now), t.hosts.limits.RetryAfter))
		return
	}
	wait := min(60*t.hosts.gap<<min(t.host.holds, 10), t.hosts.limits.Hold)
	if wait > 0 {
		wait += rand.N(wait/10 + 1)
	}
	t.host.holds++
	t.host.held = now.Add(wait)
}

// held returns until when a host asked not to be visited, zero if it may be.
func (h *hosts) held(name string) time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	if entry := h.byName[name]; entry != nil && entry.held.After(time.Now()) {
		return entry.held
	}
	return time.Time{}
}

// Clock writes a time to come as a note shows it.
func Clock(at time.Time) string {
	at = at.UTC()
	if time.Until(at) > 12*time.Hour {
		return at.Format("2 January 15:04 UTC")
	}
	return at.Format("15:04 UTC")
}
