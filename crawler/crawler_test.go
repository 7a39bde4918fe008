package crawler

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/storywatch/storywatch/config"
	"github.com/storywatch/storywatch/story"
)

const arabicHeadline = "وصل الوزير إلى الدوحة مساء الثلاثاء لبحث وقف إطلاق النار"

func TestPagesComeInOrderWithTheirOwnOutcome(t *testing.T) {
	p := newPaper(t)
	p.put("/news/1", "text/html; charset=utf-8", "<h1>One</h1><p>The minister travels on Tuesday.</p>")
	p.put("/empty", "text/html", " \n ")
	p.put("/doc.pdf", "application/pdf", "%PDF-1.7")
	p.put("/data", "application/json", `{"a": 1}`)
	p.put("/photo", "image/jpeg", "\xff\xd8\xff")
	p.put("/archive", "application/zip", "PK\x03\x04")
	p.put("/feed", "text/html", `<?xml version="1.0"?><rss></rss>`)
	p.put("/huge", "text/html", strings.Repeat("x", 1<<20+1))
	p.put("/style", "text/css", "p {}")
	for path, status := range map[string]int{"/203": 203, "/204": 204, "/206": 206, "/226": 226, "/302": 302, "/304": 304, "/400": 400,
		"/401": 401, "/402": 402, "/403": 403, "/405": 405, "/408": 408, "/410": 410, "/451": 451, "/500": 500, "/502": 502, "/520": 520} {
		p.pages[path] = func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.WriteHeader(status)
			if status != 204 && status != 304 {
				fmt.Fprint(w, "<p>Some text.</p>")
			}
		}
	}
	p.pages["/challenge"] = func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cf-Mitigated", "challenge")
		w.WriteHeader(403)
	}
	cases := []struct {
		path string
		want story.Outcome
		note string
	}{
		{"/news/1", "", ""},
		{"/203", "", ""},
		{"/empty", story.OutcomeUnreadable, "the page is empty"},
		{"/doc.pdf", story.OutcomeUnreadable, "the page is a PDF"},
		{"/data", story.OutcomeUnreadable, "the page is JSON data, not HTML"},
		{"/photo", story.OutcomeUnreadable, "the page is an image"},
		{"/archive", story.OutcomeUnreadable, "a compressed archive"},
		{"/feed", story.OutcomeUnreadable, "a feed, not an article"},
		{"/style", story.OutcomeUnreadable, "not HTML"},
		{"/huge", story.OutcomeLimited, "larger than 1 MiB"},
		{"/missing", story.OutcomeGone, "the server answered 404 Not Found"},
		{"/410", story.OutcomeGone, "410 Gone"},
		{"/401", story.OutcomeBlocked, "401 Unauthorized"},
		{"/402", story.OutcomeBlocked, "402 Payment Required"},
		{"/403", story.OutcomeBlocked, "403 Forbidden"},
		{"/451", story.OutcomeBlocked, "451 Unavailable For Legal Reasons"},
		{"/challenge", story.OutcomeBlocked, "wants a browser to prove itself"},
		{"/204", story.OutcomeUnreadable, "204 No Content"},
		{"/206", story.OutcomeUnreadable, "206 Partial Content, which is not a page"},
		{"/226", story.OutcomeUnreadable, "226 IM Used"},
		{"/302", story.OutcomeUnreadable, "302 Found"},
		{"/400", story.OutcomeUnreadable, "400 Bad Request"},
		{"/405", story.OutcomeUnreadable, "405"},
		{"/304", story.OutcomeRetry, "nothing was asked to compare with"},
		{"/408", story.OutcomeRetry, "408"},
		{"/500", story.OutcomeRetry, "the server answered 500 Internal Server Error"},
		{"/502", story.OutcomeRetry, "502"},
		{"/520", story.OutcomeRetry, "520"},
	}
	var pages []story.Page
	for _, c := range cases {
		pages = append(pages, article(p.URL+c.path))
	}
	i := 0
	for f := range newCrawler(t, false).Visit(t.Context(), pages, nil) {
		c := cases[i]
		i++
		if f.Page.URL != p.URL+c.path || f.Outcome != c.want || !strings.Contains(f.Note, c.note) {
			t.Errorf("%s: %q %q at %s; want %q with %q", c.path, f.Outcome, f.Note, f.Page.URL, c.want, c.note)
		}
		if (f.Outcome == "") != (len(f.Body) > 0 && f.BodyHash != "") {
			t.Errorf("%s: outcome %q with a body of %d", c.path, f.Outcome, len(f.Body))
		}
		if f.At.IsZero() || f.URL == "" {
			t.Errorf("%s: at %v from %q", c.path, f.At, f.URL)
		}
	}
	if i != len(cases) {
		t.Errorf("%d of %d pages came", i, len(cases))
	}
}

func TestPlainAddressesThatMayNotBeAsked(t *testing.T) {
	for url, note := range map[string]string{
		"http://127.0.0.2/":             "not in network.allow",
		"http://2130706433/":            "not a plain IPv4 address",
		"ftp://paper.example/":          "only http and https",
		"http://user@paper.example/":    "user name",
		`http://127.0.0.1:80\@a.b/`:     "backslash",
		"http://169.254.169.254/latest": "not in network.allow",
	} {
		f := one(t, newCrawler(t, false), article(url), config.Source{})
		if f.Outcome != story.OutcomeBlocked || !strings.Contains(f.Note, note) {
			t.Errorf("%s: %q %q", url, f.Outcome, f.Note)
		}
	}
}

func TestWaitingTimesAreHandedOn(t *testing.T) {
	p := newPaper(t)
	p.pages["/busy"] = func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", "600")
		w.WriteHeader(503)
	}
	p.put("/news/1", "text/html", "<p>x</p>")
	c := newCrawler(t, false)
	busy := one(t, c, article(p.URL+"/busy"), config.Source{})
	if wait := time.Until(busy.NotBefore); busy.Outcome != story.OutcomeRetry || wait < 595*time.Second || wait > 605*time.Second {
		t.Errorf("%q, wait %v", busy.Outcome, wait)
	}
	if !strings.HasPrefix(busy.Note, "the server answered 503 Service Unavailable; asked to wait until ") || !strings.HasSuffix(busy.Note, " UTC") {
		t.Errorf("the note says %q", busy.Note)
	}
	// The other pages of the host wait too, without being asked for.
	other := one(t, c, article(p.URL+"/news/1"), config.Source{})
	if other.Outcome != story.OutcomeRetry || !other.NotBefore.Equal(busy.NotBefore) || len(p.asked) != 1 {
		t.Errorf("%q %q until %v after %v", other.Outcome, other.Note, other.NotBefore, p.asked)
	}
}

func TestUnchangedPages(t *testing.T) {
	p := newPaper(t)
	etag := `W/"Abc, 1"`
	p.pages["/news/1"] = func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", etag)
		w.Header().Set("Last-Modified", "yesterday, about noon")
		if r.Header.Get("If-None-Match") == etag && r.Header.Get("If-Modified-Since") == "yesterday, about noon" {
			w.WriteHeader(304)
			return
		}
		fmt.Fprint(w, "<p>text</p>")
	}
	c := newCrawler(t, false)
	page := article(p.URL + "/news/1")
	first := one(t, c, page, config.Source{})
	page.ETag, page.LastModified = first.Header.Get("ETag"), first.Header.Get("Last-Modified")
	if again := one(t, c, page, config.Source{}); again.Outcome != story.OutcomeUnchanged || again.Status != 304 {
		t.Errorf("with validators: %q, %d", again.Outcome, again.Status)
	}
	page.ETag, page.LastModified, page.BodyHash = "", "", first.BodyHash
	if again := one(t, c, page, config.Source{}); again.Outcome != story.OutcomeUnchanged || again.Status != 200 {
		t.Errorf("with the same body: %q, %d", again.Outcome, again.Status)
	}
	page.BodyHash, page.ETag = "other", etag+"x"
	if again := one(t, c, page, config.Source{}); again.Outcome != "" {
		t.Errorf("with another body: %q", again.Outcome)
	}
	page.ETag = "\"a\r\nX: y\""
	if again := one(t, c, page, config.Source{}); again.Outcome != "" || p.heads[len(p.heads)-1].Get("X") != "" {
		t.Errorf("with a validator that is no header text: %q %q", again.Outcome, again.Note)
	}
}

func TestArabicPagesInTheirOldCharset(t *testing.T) {
	p := newPaper(t)
	for path, contentType := range map[string]string{"/header": "text/html; charset=windows-1256", "/meta": "text/html", "/none": "text/html"} {
		meta := ""
		if path == "/meta" {
			meta = `<meta charset="windows-1256">`
		}
		p.put(path, contentType, encode(t, `<html lang="ar" dir="rtl">`+meta+"<p>"+arabicHeadline+"</p>", "windows-1256"))
		if f := one(t, newCrawler(t, false), article(p.URL+path), config.Source{}); !strings.Contains(string(f.Body), arabicHeadline) {
			t.Errorf("%s: %q %q %q", path, f.Outcome, f.Note, f.Body)
		}
	}
}

func TestRedirectsAreFollowedAndJudged(t *testing.T) {
	p := newPaper(t)
	p.put("/robots.txt", "text/plain", "User-agent: storywatch\nDisallow: /private")
	p.put("/news/1", "text/html", "<p>text</p>")
	p.put("/private", "text/html", "<p>secret</p>")
	for from, to := range map[string]string{"/a": "/b", "/b": "news/1", "/p": "/private", "/loop": "/loop", "/out": "http://127.0.0.2/"} {
		p.pages[from] = func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, to, http.StatusFound) }
	}
	c := newCrawler(t, true)
	if f := one(t, c, article(p.URL+"/a"), config.Source{}); f.Outcome != "" || f.URL != p.URL+"/news/1" || f.Page.URL != p.URL+"/a" {
		t.Errorf("a chain ends at %s: %q %q", f.URL, f.Outcome, f.Note)
	}
	for path, want := range map[string][2]string{
		"/p":       {"blocked", "the site's robots.txt does not allow storywatch to read this page"},
		"/private": {"blocked", "the site's robots.txt does not allow storywatch to read this page"},
		"/loop":    {"limited", "the page redirects more than 10 times"},
		"/out":     {"blocked", "not in network.allow"},
	} {
		if f := one(t, c, article(p.URL+path), config.Source{}); string(f.Outcome) != want[0] || !strings.Contains(f.Note, want[1]) {
			t.Errorf("%s: %q %q", path, f.Outcome, f.Note)
		}
	}
	for i, path := range p.asked {
		if path == "/private" || p.heads[i].Get("Referer") != "" {
			t.Errorf("%s was asked for with %v", path, p.heads[i])
		}
	}
}

func TestEnvironmentDoesNotReachColly(t *testing.T) {
	for name, value := range map[string]string{"COLLY_MAX_BODY_SIZE": "10", "COLLY_DISALLOWED_DOMAINS": "127.0.0.1", "COLLY_USER_AGENT": "x",
		"COLLY_FOLLOW_REDIRECTS": "no", "COLLY_PARSE_HTTP_ERROR_RESPONSE": "no", "COLLY_DETECT_CHARSET": "yes", "COLLY_MAX_REQUESTS": "1",
		"COLLY_CACHE_DIR": t.TempDir(), "COLLY_IGNORE_ROBOTSTXT": "no"} {
		t.Setenv(name, value)
	}
	p := newPaper(t)
	p.put("/news/1", "text/html", "<p>a text of more than ten bytes</p>")
	p.pages["/a"] = func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/news/1", http.StatusFound) }
	c := newCrawler(t, false)
	for range 2 {
		if f := one(t, c, article(p.URL+"/a"), config.Source{}); f.Outcome != "" || !strings.HasSuffix(string(f.Body), "</p>") {
			t.Errorf("%q %q %q", f.Outcome, f.Note, f.Body)
		}
	}
	if got := strings.Join(p.asked, " "); got != "/a /news/1 /a /news/1" {
		t.Errorf("the site was asked for %s", got)
	}
}

func TestVisitEndsWithItsContextOrItsReader(t *testing.T) {
	p := newPaper(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	p.put("/1", "text/html", "<p>1</p>")
	p.pages["/2"] = func(w http.ResponseWriter, r *http.Request) { cancel(); <-r.Context().Done() }
	pages := []story.Page{article(p.URL + "/1"), article(p.URL + "/2"), article(p.URL + "/1")}
	n := 0
	for range newCrawler(t, false).Visit(ctx, pages, nil) {
		n++
	}
	if n != 1 {
		t.Errorf("%d pages came, want the one before the context ended", n)
	}
	n = 0
	for range newCrawler(t, false).Visit(t.Context(), []story.Page{pages[0], pages[0]}, nil) {
		n++
		break
	}
	if n != 1 {
		t.Errorf("%d pages came after the reader had enough", n)
	}
}
