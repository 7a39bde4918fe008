// Package fetch is the only way out of the process. Every byte from outside comes through it bounded, decoded, polite and
// from an address that may be asked. It knows no page, no source and no story.
package fetch

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Options are the settings of a Gate.
type Options struct {
	Agent  string         // User-Agent: product token, version, contact; see Agent
	Allow  []netip.Prefix // networks reached although they are not public, at any port
	Gap    time.Duration  // least time between two requests to a host; 0: no pause but a robots.txt's crawl-delay
	Robots bool           // whether robots.txt is asked for and obeyed
	Log    *slog.Logger   // nil logs nothing
	Limits Limits         // what one request may cost; a zero field means its default
}

// Gate is the way out. It is safe for use by many goroutines.
type Gate struct {
	opts   Options
	limits Limits
	log    *slog.Logger
	pages  *http.Transport
	hosts  *hosts
	robots *robots

	mu    sync.Mutex
	posts map[string]*http.Transport // for webhooks, by the networks they may reach
}

// New makes a gate.
func New(o Options) *Gate {
	limits := o.Limits.orDefault()
	log := o.Log
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &Gate{
		opts:   o,
		limits: limits,
		log:    log,
		pages:  transport(limits, o.Allow),
		hosts:  newHosts(o.Gap, limits),
		robots: &robots{byOrigin: map[string]robotsFile{}},
		posts:  map[string]*http.Transport{},
	}
}

// transport makes a connection pool whose every connection is judged. No proxy is used, whatever the environment says: a
// proxy would dial for us and judge nothing.
func transport(limits Limits, allow []netip.Prefix) *http.Transport {
	dialer := &net.Dialer{Timeout: limits.Dial, Control: guard(allow)}
	return &http.Transport{
		DialContext:            dialer.DialContext,
		ForceAttemptHTTP2:      true, // a dialer of one's own turns HTTP/2 off otherwise
		DisableCompression:     true, // the decoding is ours, with limits
		TLSHandshakeTimeout:    limits.Dial,
		ResponseHeaderTimeout:  limits.HeaderWait,
		MaxResponseHeaderBytes: limits.Header,
		MaxIdleConns:           256,
		MaxIdleConnsPerHost:    2,
		IdleConnTimeout:        90 * time.Second,
	}
}

// The headers that the gate adds to an answer; a server's own of these names are dropped.
const (
	HeaderCharset = "Storywatch-Charset" // what the text was in before it was made UTF-8
	HeaderBroken  = "Storywatch-Broken"  // how many characters could not be read and became U+FFFD; absent for none
)

// RoundTrip makes Gate the transport under colly: one request, judged, paced, decoded and bounded. The answer's body is
// whole, in memory and UTF-8, and its headers say so; bodies of errors and redirects are left unread. Redirects are answers
// here: the client that follows them comes back with each hop, and each is judged anew.
//
// The error is a *Refusal, or that of the request's context.
func (g *Gate) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Body != nil {
		req.Body.Close()
	}
	if req.Method != http.MethodGet && req.Method != http.MethodHead {
		return nil, refuse(Blocked, "the method %s is not used on pages", req.Method)
	}
	if err := Check(req.URL.String()); err != nil {
		return nil, err
	}
	resp, err := g.fetch(req)
	if err != nil {
		g.log.Debug("fetch", "host", req.URL.Host, "err", err)
		return nil, err
	}
	g.log.Debug("fetch", "host", req.URL.Host, "status", resp.StatusCode, "bytes", resp.ContentLength)
	return resp, nil
}

// fetch waits for the host's turn, asks its robots.txt, and sends the request.
func (g *Gate) fetch(req *http.Request) (*http.Response, error) {
	ctx := req.Context()
	t, err := g.hosts.enter(ctx, Host(req.URL.String()))
	if err != nil {
		return nil, err
	}
	defer t.leave()
	delay, err := g.permit(ctx, t, req.URL)
	if err != nil {
		return nil, err
	}
	if err := t.pause(ctx, delay); err != nil {
		return nil, err
	}
	resp, body, err := g.exchange(req, t, pageBody(g.limits, lookOf(ctx).purpose))
	if err != nil {
		return nil, err
	}
	if _, err := redirect(resp); err != nil {
		return nil, err
	}
	return dress(resp, req, body), nil
}

// reader takes what is wanted of an answer's body.
type reader func(*http.Response) ([]byte, error)

// exchange sends one request in a turn and reads its answer, all within what is left of the look's time.
func (g *Gate) exchange(req *http.Request, t *turn, read reader) (*http.Response, []byte, error) {
	owner := req.Context()
	look := lookOf(owner)
	left := g.limits.Total - time.Duration(look.spent.Load())
	ctx, cancel := context.WithTimeout(owner, left)
	defer cancel()

	began := time.Now()
	defer func() {
		t.sent(began)
		look.spent.Add(int64(time.Since(began)))
	}()
	resp, err := g.pages.RoundTrip(g.prepare(ctx, req))
	if err != nil {
		return nil, nil, explain(owner, err)
	}
	defer resp.Body.Close()
	t.heed(resp.StatusCode, resp.Header)
	if resp.StatusCode < 200 || resp.StatusCode >= 300 || req.Method == http.MethodHead {
		drain(resp)
		return resp, nil, nil
	}
	body, err := read(resp)
	if err != nil {
		return nil, nil, explain(owner, err)
	}
	return resp, body, nil
}

// drain empties a small body, so that its connection can be used again.
func drain(resp *http.Response) {
	if n := resp.ContentLength; n >= 0 && n <= 4<<10 {
		_, _ = io.CopyN(io.Discard, resp.Body, n) // only the connection is at stake
	}
}

// prepare makes the request that is really sent: ours in name and encodings, and without anything that tells one site of
// another or that a site could know us again by.
func (g *Gate) prepare(ctx context.Context, req *http.Request) *http.Request {
	out := req.Clone(ctx)
	out.Body, out.ContentLength, out.Host = nil, 0, ""
	for _, name := range []string{"Referer", "Cookie", "Authorization", "Proxy-Authorization"} {
		out.Header.Del(name)
	}
	for _, name := range []string{"If-None-Match", "If-Modified-Since"} {
		if !legal(out.Header.Get(name)) {
			out.Header.Del(name)
		}
	}
	out.Header.Set("User-Agent", g.opts.Agent)
	out.Header.Set("Accept-Encoding", encodings)
	return out
}

// legal reports whether a validator can be sent back as it came: visible characters, spaces and tabs, not endless.
func legal(value string) bool {
	return len(value) <= 4<<10 && strings.IndexFunc(value, func(r rune) bool {
		return r < ' ' && r != '\t' || r == 0x7f || r == '\ufffd'
	}) < 0
}

// pageBody reads a body whole: decoded, within the limit of its purpose, and only if it can be text.
func pageBody(limits Limits, purpose Purpose) reader {
	unpack := purpose == ForSitemap || purpose == ForAny
	return func(resp *http.Response) ([]byte, error) {
		limit := limits.size(purpose)
		if purpose == ForAny && strings.Contains(strings.ToLower(resp.Header.Get("Content-Type")), "html") {
			limit = limits.Page
		}
		if what := binary(resp.Header.Get("Content-Type"), unpack); what != "" {
			return nil, refuse(Unreadable, "the page is %s, not text", what)
		}
		body, err := decode(resp.Body, resp.Header.Get("Content-Encoding"), limit, unpack)
		if err != nil {
			return nil, err
		}
		defer body.Close()
		var all bytes.Buffer
		if n := resp.ContentLength; n > 0 && n < limit {
			all.Grow(int(n) + bytes.MinRead) // in one piece, if it is not compressed
		}
		if _, err := all.ReadFrom(body); err != nil {
			return nil, body.fault(err, limit)
		}
		if what := binary(http.DetectContentType(all.Bytes()), false); what != "" {
			return nil, refuse(Unreadable, "the page is %s, not text", what)
		}
		return all.Bytes(), nil
	}
}

// binary names the kind of a content type that is never text, or nothing.
func binary(contentType string, unpack bool) string {
	kind, _, _ := strings.Cut(strings.ToLower(contentType), ";")
	kind = strings.TrimSpace(kind)
	family, _, _ := strings.Cut(kind, "/")
	switch {
	case kind == "image/svg+xml":
		return "an image"
	case family == "image":
		return "an image"
	case family == "video":
		return "a video"
	case family == "audio":
		return "a sound recording"
	case family == "font":
		return "a font"
	case kind == "application/pdf":
		return "a PDF"
	case kind == "application/zip", kind == "application/x-rar-compressed",
		!unpack && (kind == "application/gzip" || kind == "application/x-gzip"):
		return "a compressed archive"
	}
	return ""
}

// dress puts a body that was read on its answer, as UTF-8, with headers that fit it. Uncompressed keeps colly from
// unpacking again.
func dress(resp *http.Response, req *http.Request, body []byte) *http.Response {
	header := resp.Header
	for _, name := range []string{"Content-Encoding", "Transfer-Encoding", HeaderCharset, HeaderBroken} {
		header.Del(name)
	}
	if len(body) > 0 {
		text := Decode(body, header.Get("Content-Type"))
		body = text.Body
		header.Set("Content-Type", mediaType(header.Get("Content-Type"), body)+"; charset=utf-8")
		header.Set(HeaderCharset, text.Charset)
		if text.Broken > 0 {
			header.Set(HeaderBroken, strconv.Itoa(text.Broken))
		}
	}
	header.Set("Content-Length", strconv.Itoa(len(body)))
	resp.Body = io.NopCloser(bytes.NewReader(body))
	resp.ContentLength = int64(len(body))
	resp.TransferEncoding = nil
	resp.Uncompressed = true
	resp.Request = req
	return resp
}

// mediaType returns the type of a body without its parameters: as declared or, where nothing legible is, as it looks.
func mediaType(declared string, body []byte) string {
	if kind, _, err := mime.ParseMediaType(declared); err == nil && strings.Contains(kind, "/") {
		return kind
	}
	kind, _, _ := strings.Cut(declared, ";")
	if kind = strings.ToLower(strings.TrimSpace(kind)); strings.Count(kind, "/") == 1 && legal(kind) {
		return kind
	}
	kind, _, _ = strings.Cut(http.DetectContentType(body), ";")
	return kind
}

// redirect returns where an answer leads, nil for one that leads nowhere, and refuses where nobody may go.
func redirect(resp *http.Response) (*url.URL, error) {
	switch resp.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect,
		http.StatusPermanentRedirect:
	default:
		return nil, nil
	}
	location := resp.Header.Get("Location")
	if location == "" {
		return nil, nil
	}
	next, err := resp.Request.URL.Parse(location)
	if err != nil {
		return nil, refuse(Blocked, "the page redirects to something that is not an address")
	}
	if err := Check(next.String()); err != nil {
		return nil, refuse(Blocked, "the page redirects elsewhere, but %s", err)
	}
	return next, nil
}

// Redirect is the rule of the client above the gate for each hop: it stops after ten. Nothing that one site could learn of
// another goes along, since prepare drops the Referer, cookies and credentials from every request.
func (g *Gate) Redirect(_ *http.Request, via []*http.Request) error {
	if len(via) > g.limits.Redirects {
		return refuse(Limited, "the page redirects more than %d times", g.limits.Redirects)
	}
	return nil
}

// Held returns until when the host of an address asked not to be visited; zero when it may be. Requests before are refused.
func (g *Gate) Held(address string) time.Time { return g.hosts.held(Host(address)) }

// Sitemaps returns the sitemaps that the robots.txt of an address's origin lists, as far as it has been read.
func (g *Gate) Sitemaps(address string) []string {
	u, err := url.Parse(address)
	if err != nil {
		return nil
	}
	if file, ok := g.robots.known(origin(u)); ok && file.rules != nil {
		return file.rules.sitemaps
	}
	return nil
}
