package fetch

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func TestPostSendsAndReadsTheAnswer(t *testing.T) {
	var got string
	var header http.Header
	s := site(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got, header = r.Method+" "+r.URL.String()+" "+string(body), r.Header.Clone()
		w.Header().Set("Retry-After", "7")
		w.WriteHeader(http.StatusAccepted)
		fmt.Fprint(w, strings.Repeat("y", 100<<10))
	})
	status, answered, body, err := gate(Options{}).Post(t.Context(), s.URL+"/hook?k=v", http.Header{"webhook-id": {"1"}}, []byte(`{"a":1}`), nil)
	if err != nil || status != 202 || len(body) != 64<<10 || answered.Get("Retry-After") != "7" {
		t.Errorf("%d, %d bytes, %v, %v", status, len(body), answered, err)
	}
	if got != `POST /hook?k=v {"a":1}` || header.Get("Webhook-Id") != "1" || header.Get("User-Agent") != "storywatch/1.2 (+https://desk.example/crawler)" {
		t.Errorf("the receiver got %s with %v", got, header)
	}
}

func TestPostFollowsNoRedirect(t *testing.T) {
	var visits atomic.Int32
	s := site(t, func(w http.ResponseWriter, r *http.Request) {
		visits.Add(1)
		http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
	})
	status, header, _, err := gate(Options{}).Post(t.Context(), s.URL, nil, nil, nil)
	if err != nil || status != 307 || header.Get("Location") != "/elsewhere" || visits.Load() != 1 {
		t.Errorf("%d to %q after %d visits, %v", status, header.Get("Location"), visits.Load(), err)
	}
}

func TestPostReachesWhatOneReceiverMayAndNobodyElse(t *testing.T) {
	s := site(t, func(w http.ResponseWriter, r *http.Request) {})
	g := gate(Options{Allow: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}})
	// The allowed call leaves a connection behind that the next must not find.
	for range 2 {
		if status, _, _, err := g.Post(t.Context(), s.URL, nil, nil, loopback); err != nil || status != 200 {
			t.Errorf("the allowed receiver: %d, %v", status, err)
		}
		_, _, _, err := g.Post(t.Context(), s.URL, nil, nil, nil)
		refused(t, err, Blocked, "not in network.allow")
	}
}

func TestPostErrorsDoNotTellTheAddress(t *testing.T) {
	silent := raw(t, func(c net.Conn) { readHead(c); _, _ = io.Copy(io.Discard, c) })
	g := gate(Options{Limits: Limits{Post: 100 * time.Millisecond}})
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	for name, c := range map[string]struct {
		ctx context.Context //nolint:containedctx // a column of the table
		url string
	}{
		"timeout":   {t.Context(), silent + "T0KEN?x=T0KEN"},
		"cancelled": {cancelled, silent + "T0KEN"},
		"forbidden": {t.Context(), "http://127.0.0.9/T0KEN"},
		"no URL":    {t.Context(), "http://[T0KEN"},
		"scheme":    {t.Context(), "ftp://hooks.example/T0KEN"},
		"no header": {t.Context(), "http://127.0.0.1:1/T0KEN"},
	} {
		_, _, _, err := g.Post(c.ctx, c.url, nil, nil, nil)
		if err == nil || strings.Contains(err.Error(), "T0KEN") {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, _, _, err := g.Post(t.Context(), silent, nil, nil, nil)
	refused(t, err, Retry, "in time")
	if !strings.Contains(err.Error(), "127.0.0.1:") {
		t.Errorf("%v does not name the host", err)
	}
}

func TestPostAsksNoRobotsTxtAndWaitsForNobody(t *testing.T) {
	var paths []string
	s := site(t, func(w http.ResponseWriter, r *http.Request) { paths = append(paths, r.URL.Path) })
	g := gate(Options{Robots: true, Gap: time.Hour})
	for range 3 {
		if _, _, _, err := g.Post(t.Context(), s.URL+"/hook", nil, nil, nil); err != nil {
			t.Fatal(err)
		}
	}
	if got := strings.Join(paths, " "); got != "/hook /hook /hook" {
		t.Errorf("the receiver saw %s", got)
	}
}
