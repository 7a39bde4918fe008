package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// loopback is the only network the tests may reach; its neighbours stay forbidden.
var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}

func gate(o Options) *Gate {
	if o.Allow == nil {
		o.Allow = loopback
	}
	o.Agent = Agent("1.2", "https://desk.example/crawler")
	return New(o)
}

// site serves on 127.0.0.1 what a handler says.
func site(t testing.TB, handler http.HandlerFunc) *httptest.Server {
	s := httptest.NewServer(handler)
	t.Cleanup(s.Close)
	return s
}

// get sends one request through the gate, following redirects as colly's client does.
func get(t testing.TB, g *Gate, url string, p Purpose) (*http.Response, string, error) {
	t.Helper()
	return getWith(t, g, url, p, nil)
}

func getWith(t testing.TB, g *Gate, url string, p Purpose, header http.Header) (*http.Response, string, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(WithPurpose(t.Context(), p), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, values := range header {
		req.Header[name] = values
	}
	client := &http.Client{Transport: g, CheckRedirect: g.Redirect}
	resp, err := client.Do(req)
	if err != nil {
		return nil, "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(body), nil
}

// refused checks that an error is a refusal of the given outcome whose sentence holds a text.
func refused(t testing.TB, err error, outcome, text string) {
	t.Helper()
	var refusal *Refusal
	if !errors.As(err, &refusal) || refusal.Outcome != outcome || !strings.Contains(refusal.Reason, text) {
		t.Errorf("got %v, want a refusal as %s with %q", err, outcome, text)
	}
}

// canary listens where nobody may go and counts who comes.
func canary(t *testing.T, address string) (url string, visits *atomic.Int32) {
	t.Helper()
	l, err := net.Listen("tcp", address)
	if err != nil {
		t.Skipf("cannot listen on %s: %v", address, err)
	}
	t.Cleanup(func() { l.Close() })
	visits = new(atomic.Int32)
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			visits.Add(1)
			c.Close()
		}
	}()
	return "http://" + l.Addr().String(), visits
}

func TestAnswerComesDecodedAndSaysSo(t *testing.T) {
	text := "<p>" + samples["windows-1256"] + "</p>"
	for _, encoding := range []string{"", "gzip", "deflate", "br", "zstd"} {
		s := site(t, func(w http.ResponseWriter, r *http.Request) {
			body := encoded(t, text, "windows-1256")
			if encoding != "" {
				body = squeeze(t, encoding, body)
				w.Header().Set("Content-Encoding", encoding)
			}
			w.Header().Set("Content-Type", "text/html; charset=windows-1256")
			w.Header().Set(HeaderBroken, "forged")
			_, _ = w.Write(body)
		})
		resp, body, err := get(t, gate(Options{}), s.URL, ForPage)
		if err != nil || body != text {
			t.Fatalf("%s: %q, %v", encoding, body, err)
		}
		for name, want := range map[string]string{"Content-Type": "text/html; charset=utf-8", "Content-Encoding": "",
			HeaderCharset: "windows-1256", HeaderBroken: "", "Content-Length": fmt.Sprint(len(text))} {
			if got := resp.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", encoding, name, got, want)
			}
		}
		if !resp.Uncompressed || resp.ContentLength != int64(len(text)) {
			t.Errorf("%s: uncompressed %v, length %d", encoding, resp.Uncompressed, resp.ContentLength)
		}
	}
}

func TestRequestSaysWhoWeAreAndNothingElse(t *testing.T) {
	var seen http.Header
	s := site(t, func(w http.ResponseWriter, r *http.Request) { seen = r.Header.Clone() })
	_, _, err := getWith(t, gate(Options{}), s.URL, ForPage, http.Header{
		"Authorization": {"Bearer x"}, "Cookie": {"a=b"}, "Referer": {"https://other.example/"}, "User-Agent": {"other"},
		"If-None-Match": {`W/"a, b"`}, "If-Modified-Since": {"not a date at all"}, "Accept": {"text/html"}})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"User-Agent": "storywatch/1.2 (+https://desk.example/crawler)",
		"Accept-Encoding": "gzip, deflate, br, zstd", "Accept": "text/html",
		"If-None-Match": `W/"a, b"`, "If-Modified-Since": "not a date at all",
		"Authorization": "", "Cookie": "", "Referer": ""} {
		if got := seen.Get(name); got != want {
			t.Errorf("%s is sent as %q, want %q", name, got, want)
		}
	}
}

func TestValidatorsThatAreNoHeaderTextAreDropped(t *testing.T) {
	var seen http.Header
	s := site(t, func(w http.ResponseWriter, r *http.Request) { seen = r.Header.Clone() })
	for _, etag := range []string{"\"a\r\nX: y\"", "\"a\x00\"", `"` + strings.Repeat("a", 8<<10) + `"`} {
		if _, _, err := getWith(t, gate(Options{}), s.URL, ForPage, http.Header{"If-None-Match": {etag}}); err != nil {
			t.Fatal(err)
		}
		if got := seen.Get("If-None-Match"); got != "" {
			t.Errorf("%.20q is sent as %.20q", etag, got)
		}
	}
}

func TestForbiddenAddressesAreNeverConnectedTo(t *testing.T) {
	for _, address := range []string{"127.0.0.2:0", "[::1]:0"} {
		forbidden, visits := canary(t, address)
		port := forbidden[strings.LastIndexByte(forbidden, ':')+1:]
		mapped := "http://[::ffff:127.0.0.2]:" + port + "/"
		for _, status := range []int{301, 302, 303, 307, 308} {
			s := site(t, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Location", forbidden+"/secret")
				w.WriteHeader(status)
			})
			_, _, err := get(t, gate(Options{}), s.URL, ForPage)
			refused(t, err, Blocked, "not in network.allow")
			_, _, err = get(t, gate(Options{Robots: true}), s.URL, ForPage)
			refused(t, err, Blocked, "not in network.allow")
		}
		for _, url := range []string{forbidden, mapped} {
			for _, robots := range []bool{false, true} {
				_, _, err := get(t, gate(Options{Robots: robots}), url, ForPage)
				refused(t, err, Blocked, "not in network.allow")
			}
			_, _, _, err := gate(Options{}).Post(t.Context(), url, nil, []byte("{}"), nil)
			refused(t, err, Blocked, "not in network.allow")
		}
		if n := visits.Load(); n != 0 {
			t.Errorf("%s was connected to %d times", forbidden, n)
		}
	}
}

func TestNamesAreJudgedByWhereTheyLead(t *testing.T) {
	if addresses, err := net.LookupHost("localhost"); err != nil || len(addresses) == 0 {
		t.Skip("no localhost here")
	}
	g := gate(Options{Allow: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}})
	for _, url := range []string{"http://localhost/", "http://LOCALHOST:8080/"} {
		_, _, err := get(t, g, url, ForPage)
		refused(t, err, Blocked, "this computer itself")
	}
}

func TestRedirects(t *testing.T) {
	other := site(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Referer") != "" || r.Header.Get("Authorization") != "" || r.Header.Get("Cookie") != "" {
			t.Errorf("another origin was told %v", r.Header)
		}
		fmt.Fprint(w, "there")
	})
	s := site(t, func(w http.ResponseWriter, r *http.Request) {
		var n int
		if _, err := fmt.Sscanf(r.URL.Path, "/chain/%d", &n); err == nil && n > 0 {
			http.Redirect(w, r, fmt.Sprintf("../chain/%d", n-1), http.StatusFound)
			return
		}
		switch r.URL.Path {
		case "/loop":
			http.Redirect(w, r, "/loop", http.StatusFound)
		case "/away":
			http.SetCookie(w, &http.Cookie{Name: "a", Value: "b"})
			http.Redirect(w, r, other.URL, http.StatusMovedPermanently)
		case "/user":
			w.Header().Set("Location", "http://user@paper.example/")
			w.WriteHeader(302)
		case "/script":
			w.Header().Set("Location", "javascript:alert(1)")
			w.WriteHeader(302)
		case "/bad":
			w.Header().Set("Location", "http://[::1")
			w.WriteHeader(302)
		case "/long":
			w.Header().Set("Location", "/"+strings.Repeat("a", 4000))
			w.WriteHeader(302)
		case "/huge":
			w.Header().Set("Location", "/"+strings.Repeat("a", 100<<10))
			w.WriteHeader(302)
		case "/nowhere":
			w.WriteHeader(302)
		default:
			fmt.Fprint(w, "here")
		}
	})
	g := gate(Options{})
	for path, want := range map[string]string{"/chain/10": "here", "/away": "there"} {
		if _, body, err := get(t, g, s.URL+path, ForPage); err != nil || body != want {
			t.Errorf("%s: %q, %v", path, body, err)
		}
	}
	if resp, _, err := get(t, g, s.URL+"/nowhere", ForPage); err != nil || resp.StatusCode != 302 {
		t.Errorf("a redirect without a place: %v", err)
	}
	for path, want := range map[string][2]string{
		"/chain/11": {Limited, "more than 10 times"}, "/loop": {Limited, "more than 10 times"},
		"/user": {Blocked, "user name"}, "/script": {Blocked, "only http and https"}, "/bad": {Blocked, "not an address"},
		"/long": {Blocked, "longer than"}, "/huge": {Limited, "header lines"}} {
		_, _, err := get(t, g, s.URL+path, ForPage)
		refused(t, err, want[0], want[1])
	}
}

func TestSizesAreLimitedByPurpose(t *testing.T) {
	s := site(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		if r.URL.Path == "/xml" {
			w.Header().Set("Content-Type", "text/xml")
		}
		var n int
		fmt.Sscan(r.URL.RawQuery, &n)
		w.Write(bytes.Repeat([]byte("x"), n))
	})
	g := gate(Options{Limits: Limits{Page: 1000, Feed: 2000, Sitemap: 3000}})
	for _, c := range []struct {
		path    string
		purpose Purpose
		limit   int
	}{{"/", ForPage, 1000}, {"/", ForFeed, 2000}, {"/", ForSitemap, 3000}, {"/", ForAny, 1000}, {"/xml", ForAny, 2000}} {
		if _, body, err := get(t, g, fmt.Sprintf("%s%s?%d", s.URL, c.path, c.limit), c.purpose); err != nil || len(body) != c.limit {
			t.Errorf("at the limit of %d: %v", c.limit, err)
		}
		_, _, err := get(t, g, fmt.Sprintf("%s%s?%d", s.URL, c.path, c.limit+1), c.purpose)
		refused(t, err, Limited, "larger than")
	}
	d := DefaultLimits()
	if d.Page != 5<<20 || d.Feed != 10<<20 || d.Sitemap != 50<<20 || d.Robots != 512<<10 || d.Redirects != 10 ||
		d.Total != 30*time.Second || d.HeaderWait != 10*time.Second || d.Header != 64<<10 {
		t.Errorf("the limits are not those promised: %+v", d)
	}
}

func TestBombThroughTheGate(t *testing.T) {
	body := bomb(t, "gzip", 1<<30)
	s := site(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		if r.URL.Path == "/coded" {
			w.Header().Set("Content-Encoding", "gzip")
		}
		_, _ = w.Write(body)
	})
	g := gate(Options{})
	began := time.Now()
	_, _, err := get(t, g, s.URL+"/coded", ForPage)
	refused(t, err, Limited, "larger than 5 MiB")
	_, _, err = get(t, g, s.URL+"/sitemap.xml.gz", ForSitemap)
	refused(t, err, Limited, "larger than 50 MiB")
	_, _, err = get(t, g, s.URL+"/file", ForPage)
	refused(t, err, Unreadable, "compressed file")
	if took := time.Since(began); took > 3*time.Second {
		t.Errorf("it took %v", took)
	}
}

func TestWhatIsNotTextIsNotRead(t *testing.T) {
	s := site(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/pdf":
			w.Header().Set("Content-Type", "application/pdf")
			w.Write(bytes.Repeat([]byte("x"), 10_000))
		case "/hidden":
			w.Header().Set("Content-Type", "text/html")
			w.Write([]byte("%PDF-1.7 ..."))
		case "/png":
			w.Header().Set("Content-Type", "text/html")
			w.Write([]byte("\x89PNG\x0D\x0A\x1A\x0A"))
		case "/zip":
			w.Header().Set("Content-Type", "application/zip; x=y")
		case "/missing":
			w.Header().Set("Content-Type", "image/png")
			w.WriteHeader(404)
		}
	})
	g := gate(Options{Limits: Limits{Page: 1000}})
	for path, want := range map[string]string{"/pdf": "a PDF", "/hidden": "a PDF", "/png": "an image", "/zip": "archive"} {
		_, _, err := get(t, g, s.URL+path, ForPage)
		refused(t, err, Unreadable, want)
	}
	if resp, _, err := get(t, g, s.URL+"/missing", ForPage); err != nil || resp.StatusCode != 404 {
		t.Errorf("a missing picture: %v", err)
	}
}

func TestEndedContextIsNobodysFault(t *testing.T) {
	arrived := make(chan struct{}, 1)
	url := raw(t, func(c net.Conn) { readHead(c); arrived <- struct{}{}; _, _ = io.Copy(io.Discard, c) })
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-arrived; cancel() }()
	req, _ := http.NewRequestWithContext(WithPurpose(ctx, ForPage), http.MethodGet, url, nil)
	if _, err := gate(Options{}).RoundTrip(req); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the context's own error", err)
	}
}

func TestOtherMethodsAreRefused(t *testing.T) {
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, "CONNECT"} {
		req, _ := http.NewRequest(method, "http://127.0.0.1/", strings.NewReader("x"))
		_, err := gate(Options{}).RoundTrip(req)
		refused(t, err, Blocked, "method")
	}
}

func TestGateHoldsAHostThatSaysWait(t *testing.T) {
	var visits atomic.Int32
	s := site(t, func(w http.ResponseWriter, r *http.Request) {
		visits.Add(1)
		w.Header().Set("Retry-After", "3600")
		w.WriteHeader(http.StatusServiceUnavailable)
	})
	g := gate(Options{})
	if !g.Held(s.URL).IsZero() {
		t.Error("the host is held before it said anything")
	}
	resp, _, err := get(t, g, s.URL, ForPage)
	if err != nil || resp.StatusCode != 503 {
		t.Fatalf("%v", err)
	}
	_, _, err = get(t, g, s.URL+"/other", ForPage)
	refused(t, err, Retry, "asked not to be visited before")
	if visits.Load() != 1 || time.Until(g.Held(s.URL)) < 59*time.Minute {
		t.Errorf("%d visits, held until %v", visits.Load(), g.Held(s.URL))
	}
}

func TestTimeOnTheNetworkIsCountedOverRedirects(t *testing.T) {
	s := site(t, func(w http.ResponseWriter, r *http.Request) {
		<-time.After(60 * time.Millisecond)
		http.Redirect(w, r, r.URL.Path+"x", http.StatusFound)
	})
	_, _, err := get(t, gate(Options{Limits: Limits{Total: 200 * time.Millisecond}}), s.URL+"/", ForPage)
	refused(t, err, Retry, "in time")
	if Spent(t.Context()) != 0 {
		t.Error("a context without purpose has spent time")
	}
}
