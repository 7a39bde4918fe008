package fetch

import (
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestStatusOfRobotsTxt(t *testing.T) {
	for status, want := range map[int]string{
		200: "blocked", 204: "ok", 206: "blocked", 400: "ok", 401: "ok", 403: "ok", 404: "ok", 410: "ok", 418: "ok", 451: "ok",
		429: "retry", 500: "retry", 502: "retry", 503: "retry", 504: "retry", 520: "retry",
	} {
		s := site(t, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				w.WriteHeader(status)
				if status != 204 {
					fmt.Fprint(w, "User-agent: *\nDisallow: /")
				}
			}
		})
		if _, _, err := get(t, gate(Options{Robots: true}), s.URL+"/news", ForPage); outcomeOf(err) != want {
			t.Errorf("a robots.txt of %d: %v, want %s", status, err, want)
		}
	}
}

func TestRobotsTxtIsAskedOncePerOriginAndOnlyIfWanted(t *testing.T) {
	var asked atomic.Int32
	s := site(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			asked.Add(1)
			if r.Header.Get("User-Agent") != "storywatch/1.2 (+https://desk.example/crawler)" {
				t.Errorf("it is asked for by %q", r.Header.Get("User-Agent"))
			}
			fmt.Fprint(w, "User-agent: storywatch\nDisallow: /private\nSitemap: https://paper.example/map.xml")
		}
	})
	g := gate(Options{Robots: true})
	for _, path := range []string{"", "/", "/a?b=c", "/private?x"} {
		_, _, err := get(t, g, s.URL+path, ForPage)
		if path == "/private?x" {
			refused(t, err, Blocked, "the site's robots.txt does not allow storywatch to read this page")
		} else if err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
	if asked.Load() != 1 {
		t.Errorf("it was asked for %d times", asked.Load())
	}
	if got := g.Sitemaps(s.URL + "/a"); !slices.Equal(got, []string{"https://paper.example/map.xml"}) {
		t.Errorf("the sitemaps are %v", got)
	}
	if _, _, err := get(t, gate(Options{}), s.URL+"/private", ForPage); err != nil || asked.Load() != 1 {
		t.Errorf("without robots it is asked all the same: %v", err)
	}
}

func TestRedirectIntoAForbiddenPathIsNotFollowed(t *testing.T) {
	var private atomic.Int32
	s := site(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/robots.txt":
			fmt.Fprint(w, "User-agent: *\nDisallow: /private")
		case "/private":
			private.Add(1)
		default:
			http.Redirect(w, r, "/private", http.StatusFound)
		}
	})
	_, _, err := get(t, gate(Options{Robots: true}), s.URL+"/open", ForPage)
	refused(t, err, Blocked, "robots.txt does not allow")
	if private.Load() != 0 {
		t.Error("the forbidden page was asked for")
	}
}

func TestRobotsTxtIsFollowedFiveTimes(t *testing.T) {
	hops := 5
	s := site(t, func(w http.ResponseWriter, r *http.Request) {
		var n int
		if r.URL.Path == "/robots.txt" {
			n = hops
		} else if _, err := fmt.Sscanf(r.URL.Path, "/hop/%d", &n); err != nil {
			return
		}
		if n == 0 {
			fmt.Fprint(w, "User-agent: *\nDisallow: /")
			return
		}
		http.Redirect(w, r, fmt.Sprintf("/hop/%d", n-1), http.StatusMovedPermanently)
	})
	_, _, err := get(t, gate(Options{Robots: true}), s.URL+"/a", ForPage)
	refused(t, err, Blocked, "robots.txt")
	hops = 6
	if _, _, err := get(t, gate(Options{Robots: true}), s.URL+"/a", ForPage); err != nil {
		t.Errorf("a robots.txt six redirects away counts as none, but: %v", err)
	}
}

func TestRobotsTxtRedirectedToAForbiddenAddress(t *testing.T) {
	forbidden, visits := canary(t, "127.0.0.3:0")
	s := site(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, forbidden, http.StatusFound) })
	_, _, err := get(t, gate(Options{Robots: true}), s.URL+"/a", ForPage)
	refused(t, err, Blocked, "not in network.allow")
	if visits.Load() != 0 {
		t.Error("it was connected to")
	}
}

func TestRobotsTxtIsReadToItsLimitAndCutThere(t *testing.T) {
	for at, want := range map[int]string{100_000: "blocked", 500 << 10: "blocked", 600 << 10: "ok"} {
		s := site(t, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				fmt.Fprint(w, "User-agent: *\n"+strings.Repeat("# padding padding padding\n", at/26)+"Disallow: /\n")
				fmt.Fprint(w, strings.Repeat("# more\n", 100_000))
			}
		})
		if _, _, err := get(t, gate(Options{Robots: true}), s.URL+"/a", ForPage); outcomeOf(err) != want {
			t.Errorf("a rule after %d bytes: %v, want %s", at, err, want)
		}
	}
	body := bomb(t, "gzip", 200<<20)
	s := site(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(body)
		}
	})
	if _, _, err := get(t, gate(Options{Robots: true}), s.URL+"/a", ForPage); err != nil {
		t.Errorf("a bomb in place of a robots.txt: %v", err)
	}
}

func TestRobotsTxtThatCannotBeHadForbids(t *testing.T) {
	url := raw(t, func(c net.Conn) { readHead(c) })
	_, _, err := get(t, gate(Options{Robots: true}), url, ForPage)
	refused(t, err, Retry, "robots.txt cannot be read")
}

// A copy from before goes on counting while a new one cannot be had.
func TestLastGoodRobotsTxtIsKept(t *testing.T) {
	status := http.StatusOK
	var asked atomic.Int32
	s := site(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			asked.Add(1)
			w.WriteHeader(status)
			fmt.Fprint(w, "User-agent: *\nDisallow: /private")
		}
	})
	g := gate(Options{Robots: true, Limits: Limits{RobotsAge: time.Nanosecond, RobotsRetry: time.Hour}})
	if _, _, err := get(t, g, s.URL+"/a", ForPage); err != nil {
		t.Fatal(err)
	}
	status = http.StatusBadGateway
	if _, _, err := get(t, g, s.URL+"/a", ForPage); err != nil {
		t.Errorf("the copy from before is forgotten: %v", err)
	}
	_, _, err := get(t, g, s.URL+"/private", ForPage)
	refused(t, err, Blocked, "robots.txt")
	if asked.Load() != 2 {
		t.Errorf("it was asked for %d times, want twice: then only after the retry time", asked.Load())
	}
}

func TestRememberedRobotsTxtAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := &robots{byOrigin: map[string]robotsFile{}}
		for i := range manyRobots {
			r.remember(fmt.Sprintf("https://%d.example", i), robotsFile{next: time.Now().Add(time.Hour)})
		}
		time.Sleep(2 * time.Hour)
		r.remember("https://new.example", robotsFile{next: time.Now().Add(time.Hour)})
		if len(r.byOrigin) != 1 {
			t.Errorf("%d are remembered", len(r.byOrigin))
		}
	})
}

func TestCrawlDelayIsKeptBetweenPages(t *testing.T) {
	var times []time.Time
	s := site(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			fmt.Fprint(w, "User-agent: *\nCrawl-delay: 0.2")
			return
		}
		times = append(times, time.Now())
	})
	g := gate(Options{Robots: true})
	for range 3 {
		if _, _, err := get(t, g, s.URL+"/a", ForPage); err != nil {
			t.Fatal(err)
		}
	}
	for i := 1; i < len(times); i++ {
		if gap := times[i].Sub(times[i-1]); gap < 195*time.Millisecond {
			t.Errorf("pages %d and %d are %v apart", i-1, i, gap)
		}
	}
}
