package web

import (
	"log/slog"
	"net/http"
	"strings"
	"testing"
)

// addresses is one address for each route, and some that none answers.
func addresses(t *testing.T, r *room) map[string]string {
	arabic, _ := r.fill()
	filled := map[string]string{
		"/{$}":                    "/",
		"/stories/{name}":         "/stories/tour",
		"/articles/{id}":          articlePath(arabic.ArticleID),
		"/articles/{id}/{number}": versionPath(arabic.ID),
		"/healthz":                "/healthz",
		"/metrics":                "/metrics",
		"/assets/{file}":          "/assets/style.css",
		"/":                       "/nothing/here",
	}
	s := newServer(r.db, r.opts, slog.New(slog.DiscardHandler))
	for _, route := range s.routes() {
		if filled[route.path] == "" {
			t.Fatalf("route %s is not tried by this test: add an address", route.path)
		}
	}
	return filled
}

func TestEveryRouteSendsTheSecurityHeaders(t *testing.T) {
	r := newRoom(t)
	h := r.handler()
	check := func(method, path, host string, status int) {
		resp, body := ask(h, method, path, host)
		if resp.StatusCode != status {
			t.Errorf("%s %s: status %d, want %d", method, path, resp.StatusCode, status)
		}
		for _, want := range headers[:len(headers)-1] {
			if got := resp.Header.Get(want[0]); got != want[1] {
				t.Errorf("%s %s: %s: %q", method, path, want[0], got)
			}
		}
		if resp.Header.Get("Cache-Control") == "" || resp.Header.Get("Content-Type") == "" {
			t.Errorf("%s %s: no Cache-Control or Content-Type", method, path)
		}
		if method == "HEAD" && body != "" {
			t.Errorf("HEAD %s has a body", path)
		}
	}
	for route, path := range addresses(t, r) {
		status := http.StatusOK
		if route == "/" {
			status = http.StatusNotFound
		}
		check("GET", path, "example.com", status)
		if path != "/metrics" { // of promhttp; the server cuts its body off a HEAD answer
			check("HEAD", path, "example.com", status)
		}
		for _, method := range []string{"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "get", "X"} {
			check(method, path, "example.com", http.StatusMethodNotAllowed)
		}
	}
	policy := headers[0][1]
	for _, bad := range []string{"unsafe-inline", "unsafe-eval", "*", "http:", "https:", "data:"} {
		if strings.Contains(policy, bad) {
			t.Errorf("the policy allows %s", bad)
		}
	}
}

func TestOnlyReadingIsAllowed(t *testing.T) {
	resp, body := ask(newRoom(t).handler(), "POST", "/stories/tour", "example.com")
	if resp.Header.Get("Allow") != "GET, HEAD" || !strings.Contains(body, "These pages can only be read.") {
		t.Errorf("Allow %q: %s", resp.Header.Get("Allow"), body)
	}
}

func TestHeadIsAsLongAsGet(t *testing.T) {
	r := newRoom(t)
	h := r.handler()
	for _, path := range []string{"/", "/healthz", "/assets/style.css", "/none"} {
		get, body := ask(h, "GET", path, "example.com")
		head, _ := ask(h, "HEAD", path, "example.com")
		if get.Header.Get("Content-Length") != head.Header.Get("Content-Length") || len(body) == 0 || get.StatusCode != head.StatusCode {
			t.Errorf("%s: HEAD %v, GET %v", path, head.Header, get.Header)
		}
	}
}

func TestOnLoopbackOnlyKnownHostsAreServed(t *testing.T) {
	r := newRoom(t)
	r.opts.Loopback, r.opts.PublicURL = true, "https://Watch.desk.example:8443/"
	h := r.handler()
	for host, want := range map[string]int{
		"localhost": 200, "localhost:8383": 200, "LOCALHOST:8383": 200, "127.0.0.1:8383": 200, "[::1]:8383": 200, "[::1]": 200,
		"watch.desk.example": 200, "watch.desk.example:8443": 200,
		"": 421, "evil.example": 421, "evil.example:8383": 421, "localhost.evil.example": 421, "localhost.": 421, "127.0.0.1.nip.example": 421,
		"localhost:8383@evil.example": 421, "192.168.1.2:8383": 421, "xlocalhost": 421, "[::2]:8383": 421, "desk.example": 421,
	} {
		for _, path := range []string{"/", "/metrics", "/healthz", "/assets/style.css"} {
			resp, body := ask(h, "GET", path, host)
			if resp.StatusCode != want {
				t.Errorf("Host %q, %s: status %d, want %d", host, path, resp.StatusCode, want)
			}
			if want == 421 && host != "" && strings.Contains(body, host) && host != "localhost." {
				t.Errorf("Host %q is repeated on the page", host)
			}
		}
	}
	r.opts.Loopback = false
	if resp, _ := ask(r.handler(), "GET", "/", "anything.example"); resp.StatusCode != 200 {
		t.Error("a server that is not bound to loopback refuses a host")
	}
}

func TestAPanicIsASentenceToTheReaderAndAStackToTheLog(t *testing.T) {
	r := newRoom(t)
	s := newServer(r.db, r.opts, slog.New(slog.NewTextHandler(&r.log, nil)))
	h := s.guard(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("secret thing") }))
	resp, body := get(h, "/")
	if resp.StatusCode != 500 || !strings.Contains(body, "This page could not be made.") || strings.Contains(body, "secret") {
		t.Errorf("status %d: %s", resp.StatusCode, body)
	}
	if !strings.Contains(r.log.String(), "secret thing") || !strings.Contains(r.log.String(), "guard_test.go") {
		t.Errorf("log: %s", r.log.String())
	}
	defer func() {
		if recover() != http.ErrAbortHandler {
			t.Error("an aborted answer is not aborted")
		}
	}()
	get(s.guard(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })), "/")
}

func TestADatabaseErrorIsASentenceToTheReaderAndLogged(t *testing.T) {
	r := newRoom(t)
	paths := addresses(t, r)
	h := r.handler()
	r.db.Close()
	for _, route := range []string{"/{$}", "/stories/{name}", "/articles/{id}", "/articles/{id}/{number}"} {
		r.log.Reset()
		resp, body := get(h, paths[route])
		if resp.StatusCode != 500 || !strings.Contains(body, "This page could not be made.") || strings.Contains(body, "closed") {
			t.Errorf("%s: status %d: %s", route, resp.StatusCode, body)
		}
		if !strings.Contains(r.log.String(), "closed") {
			t.Errorf("%s: log: %s", route, r.log.String())
		}
	}
}

func TestAssetsMayBeKeptUnderTheirHashOnly(t *testing.T) {
	h := newRoom(t).handler()
	for path, want := range map[string]string{
		assetPath("style.css"):     "public, max-age=31536000, immutable",
		assetPath("icon.svg"):      "public, max-age=31536000, immutable",
		"/assets/style.css":        "no-cache",
		"/assets/style.css?v=0000": "no-cache",
	} {
		if resp, _ := get(h, path); resp.StatusCode != 200 || resp.Header.Get("Cache-Control") != want {
			t.Errorf("%s: %d %s", path, resp.StatusCode, resp.Header.Get("Cache-Control"))
		}
	}
	if resp, _ := get(h, "/assets/icon.svg"); resp.Header.Get("Content-Type") != "image/svg+xml" {
		t.Error(resp.Header)
	}
}

func TestEveryErrorHasItsSentence(t *testing.T) {
	r := newRoom(t)
	s := newServer(r.db, r.opts, slog.New(slog.DiscardHandler))
	for status, say := range sentences {
		resp, body := get(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.sorry(w, r, status) }), "/")
		if resp.StatusCode != status || words(parse(t, body).Find("h1")) != say[0] {
			t.Errorf("%d: %s", status, body)
		}
	}
}
