package fetch

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"sync"
	"time"
)

// robots remembers the robots.txt of every origin (scheme, host and port) that was asked.
type robots struct {
	mu       sync.Mutex
	byOrigin map[string]robotsFile
}

// robotsFile is what is known of one robots.txt. It is never changed, only replaced.
type robotsFile struct {
	rules *rules    // what the last good copy says; nil when there never was one
	next  time.Time // when to ask for it again
	fault string    // why the last try brought none, in a few words
}

// manyRobots is how many files are remembered before those that are due again are forgotten.
const manyRobots = 4096

func (r *robots) known(origin string) (robotsFile, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	file, ok := r.byOrigin[origin]
	return file, ok
}

func (r *robots) remember(origin string, file robotsFile) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.byOrigin) >= manyRobots {
		now := time.Now()
		for name, old := range r.byOrigin {
			if now.After(old.next) {
				delete(r.byOrigin, name)
			}
		}
	}
	r.byOrigin[origin] = file
}

// origin returns what a robots.txt is valid for: scheme, host and port.
func origin(u *url.URL) string { return u.Scheme + "://" + Host(u.String()) }

// permit asks the robots.txt of an address, fetching it in the given turn if need be, and returns the crawl-delay.
// RFC 9309: what says 4xx is no robots.txt and allows everything; what cannot be had (5xx, 429, no answer) forbids
// everything, unless there is a copy from before.
func (g *Gate) permit(ctx context.Context, t *turn, u *url.URL) (time.Duration, error) {
	if !g.opts.Robots {
		return 0, nil
	}
	name := origin(u)
	file, ok := g.robots.known(name)
	if !ok || !time.Now().Before(file.next) {
		fresh, err := g.askRobots(ctx, t, u, file.rules)
		if err != nil {
			return 0, err
		}
		g.robots.remember(name, fresh)
		file = fresh
	}
	if file.rules == nil {
		return 0, &Refusal{Outcome: Retry, After: file.next, Reason: "the site's robots.txt cannot be read (" + file.fault +
			"), and until it can nobody may crawl there"}
	}
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	if !file.rules.allows(path) {
		return 0, refuse(Blocked, "the site's robots.txt does not allow %s to read this page", Token)
	}
	return file.rules.delay, nil
}

// askRobots fetches a robots.txt. The error is of a request that must not count as a try: the address is forbidden, or the
// context has ended.
func (g *Gate) askRobots(ctx context.Context, t *turn, u *url.URL, last *rules) (robotsFile, error) {
	failed := func(fault string) (robotsFile, error) {
		return robotsFile{rules: last, next: time.Now().Add(g.limits.RobotsRetry), fault: fault}, nil
	}
	resp, body, err := g.readRobots(ctx, t, u) //nolint:bodyclose // readRobots has closed it
	var refusal *Refusal
	switch {
	case ctx.Err() != nil:
		return robotsFile{}, ctx.Err()
	case errors.As(err, &refusal) && refusal.Outcome == Blocked:
		return robotsFile{}, refusal
	case err != nil:
		return failed(err.Error())
	}
	found := &rules{}
	switch status := resp.StatusCode; {
	case status >= 200 && status < 300:
		found = parseRobots(body)
	case status == http.StatusTooManyRequests || status >= 500:
		return failed("the server answered " + statusText(status))
	}
	// 4xx, and redirects that lead nowhere or never end, mean that there is none.
	return robotsFile{rules: found, next: time.Now().Add(g.limits.RobotsAge)}, nil
}

// readRobots asks for a robots.txt and follows it. Every hop is judged by where it leads, but not by the robots.txt there.
func (g *Gate) readRobots(ctx context.Context, t *turn, u *url.URL) (*http.Response, []byte, error) {
	at := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	for hop := 0; ; hop++ {
		if err := t.pause(ctx, 0); err != nil {
			return nil, nil, err
		}
		req, err := http.NewRequestWithContext(WithPurpose(ctx, ForAny), http.MethodGet, at.String(), nil)
		if err != nil {
			return nil, nil, err
		}
		req.Header.Set("Accept", "text/plain,*/*;q=0.8")
		resp, body, err := g.exchange(req, t, robotsBody(g.limits.Robots))
		if err != nil {
			return nil, nil, err
		}
		next, err := redirect(resp)
		if err != nil {
			return nil, nil, err
		}
		if next == nil || hop == g.limits.RobotsRedirects {
			return resp, body, nil
		}
		at = next
	}
}

// robotsBody reads the first bytes of a robots.txt and leaves the rest.
func robotsBody(limit int64) reader {
	return func(resp *http.Response) ([]byte, error) {
		body, err := decode(resp.Body, resp.Header.Get("Content-Encoding"), limit, false)
		if err != nil {
			return nil, err
		}
		defer body.Close()
		head, err := io.ReadAll(io.LimitReader(body, limit))
		if err != nil && len(head) == 0 {
			return nil, err
		}
		return head, nil
	}
}
