package fetch

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"slices"
)

// Post sends a webhook body to an address and returns the status, at most 64 KiB of the answer, and its headers.
// Redirects are answers, not followed. Extra networks may be allowed for this one address. The whole must be over in 20
// seconds. The error names the host and never the address, which may hold a token; it is a *Refusal underneath, or the
// context's own.
func (g *Gate) Post(ctx context.Context, address string, header http.Header, body []byte, allow []netip.Prefix) (int, http.Header, []byte, error) {
	if err := Check(address); err != nil {
		return 0, nil, nil, fmt.Errorf("post: %w", err)
	}
	status, answered, answer, err := g.post(ctx, address, header, body, allow)
	if err != nil {
		return 0, nil, nil, fmt.Errorf("post to %s: %w", Host(address), err)
	}
	return status, answered, answer, nil
}

func (g *Gate) post(owner context.Context, address string, header http.Header, body []byte, allow []netip.Prefix) (int, http.Header, []byte, error) {
	ctx, cancel := context.WithTimeout(owner, g.limits.Post)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return 0, nil, nil, refuse(Blocked, "the address is not a URL")
	}
	for name, values := range header {
		req.Header[http.CanonicalHeaderKey(name)] = slices.Clone(values)
	}
	if req.Header.Get("User-Agent") == "" {
		req.Header.Set("User-Agent", g.opts.Agent)
	}
	resp, err := g.pool(allow).RoundTrip(req)
	if err != nil {
		return 0, nil, nil, explain(owner, err)
	}
	defer resp.Body.Close()
	// The status is the answer; what a receiver writes below it is for people, so one that breaks off is still an answer.
	answer, _ := io.ReadAll(io.LimitReader(resp.Body, g.limits.Answer))
	return resp.StatusCode, resp.Header, answer, nil
}

// pool returns the connections for webhooks that may reach the given networks as well. Each set of networks has its own, as
// a connection made for one receiver must not serve another that would not have been let to it.
func (g *Gate) pool(allow []netip.Prefix) *http.Transport {
	g.mu.Lock()
	defer g.mu.Unlock()
	key := fmt.Sprint(allow)
	t := g.posts[key]
	if t == nil {
		limits := g.limits
		limits.HeaderWait = limits.Post // a receiver may work before it answers
		t = transport(limits, slices.Concat(g.opts.Allow, allow))
		g.posts[key] = t
	}
	return t
}
