package crawler

import (
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/storywatch/storywatch/config"
	"github.com/storywatch/storywatch/fetch"
	"github.com/storywatch/storywatch/story"
)

func TestRootsThatHaveNotChanged(t *testing.T) {
	p := newPaper(t)
	bodies := map[story.PageKind]string{story.KindFeed: rssFeed, story.KindSitemap: newsMap,
		story.KindListing: `<main><h3><a href="/news/1">Minister heads to Doha</a></h3></main>`}
	for kind, body := range bodies {
		path := "/" + string(kind)
		p.pages[path] = func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Last-Modified", "Tue, 03 Mar 2026 12:00:00 GMT")
			if r.Header.Get("If-Modified-Since") != "" {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			fmt.Fprint(w, strings.ReplaceAll(body, "HOST", p.URL))
		}
		c := newCrawler(t, false)
		page := root(p.URL+path, kind)
		first := one(t, c, page, config.Source{})
		if first.Outcome != story.OutcomeListed || len(first.Links) == 0 {
			t.Errorf("%s: %q %q", kind, first.Outcome, first.Note)
		}
		page.BodyHash = first.BodyHash
		if again := one(t, c, page, config.Source{}); again.Outcome != story.OutcomeUnchanged || len(again.Links) != 0 {
			t.Errorf("%s with the same body: %q", kind, again.Outcome)
		}
		page.LastModified = first.Header.Get("Last-Modified")
		if again := one(t, c, page, config.Source{}); again.Outcome != story.OutcomeUnchanged || again.Status != http.StatusNotModified {
			t.Errorf("%s with validators: %q %d", kind, again.Outcome, again.Status)
		}
	}
}

func TestRootsThatGoWrong(t *testing.T) {
	p := newPaper(t)
	p.pages["/busy"] = func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusBadGateway) }
	p.pages["/closed"] = func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusForbidden) }
	p.put("/empty", "text/xml", "")
	p.put("/huge", "text/html", strings.Repeat("x", 1<<20+1))
	for _, kind := range []story.PageKind{story.KindFeed, story.KindSitemap, story.KindListing, story.KindUnknown} {
		for path, want := range map[string]story.Outcome{"/busy": story.OutcomeRetry, "/closed": story.OutcomeBlocked,
			"/missing": story.OutcomeGone, "/empty": story.OutcomeUnreadable} {
			f := one(t, newCrawler(t, false), root(p.URL+path, kind), config.Source{})
			if f.Outcome != want || len(f.Links) != 0 || f.Body != nil || f.BodyHash != "" {
				t.Errorf("%s as %q: %q %q with %d links", path, kind, f.Outcome, f.Note, len(f.Links))
			}
		}
	}
	if f := one(t, newCrawler(t, false), root(p.URL+"/huge", story.KindListing), config.Source{}); f.Outcome != story.OutcomeLimited {
		t.Errorf("a listing over the limit: %q", f.Outcome)
	}
}

func TestRobotsThatCannotBeReadAskForPatience(t *testing.T) {
	p := newPaper(t)
	p.pages["/robots.txt"] = func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusInternalServerError) }
	p.put("/news/1", "text/html", "<p>x</p>")
	f := one(t, newCrawler(t, true), article(p.URL+"/news/1"), config.Source{})
	if f.Outcome != story.OutcomeRetry || !strings.Contains(f.Note, "robots.txt cannot be read (the server answered 500 Internal Server Error)") {
		t.Errorf("%q %q", f.Outcome, f.Note)
	}
	if wait := time.Until(f.NotBefore); wait <= 0 || wait > time.Minute {
		t.Errorf("to be tried again in %v", wait)
	}
}

func TestServerThatIsNotThere(t *testing.T) {
	p := newPaper(t)
	p.Close()
	f := one(t, newCrawler(t, false), article(p.URL+"/news/1"), config.Source{})
	if f.Outcome != story.OutcomeRetry || f.Note != "the server refused the connection" || f.Status != 0 {
		t.Errorf("%q %q %d", f.Outcome, f.Note, f.Status)
	}
}

func TestPagesOfOneHostArePaced(t *testing.T) {
	p := newPaper(t)
	const gap = 60 * time.Millisecond
	var mu sync.Mutex
	var began []time.Time
	for i := range 4 {
		p.pages[fmt.Sprintf("/%d", i)] = func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			began = append(began, time.Now())
			mu.Unlock()
			fmt.Fprint(w, "<p>x</p>")
		}
	}
	c := New(fetch.New(fetch.Options{Gap: gap, Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}}))
	// Two visits at once share the host's turn.
	var all sync.WaitGroup
	for v := range 2 {
		all.Go(func() {
			pages := []story.Page{article(fmt.Sprintf("%s/%d", p.URL, 2*v)), article(fmt.Sprintf("%s/%d", p.URL, 2*v+1))}
			for f := range c.Visit(t.Context(), pages, nil) {
				if f.Outcome != "" || f.Took <= 0 || f.Took > 3*gap {
					t.Errorf("%q %q took %v", f.Outcome, f.Note, f.Took)
				}
			}
		})
	}
	all.Wait()
	for i := 1; i < len(began); i++ {
		if d := began[i].Sub(began[i-1]); d < gap-5*time.Millisecond {
			t.Errorf("requests %d and %d are %v apart", i-1, i, d)
		}
	}
	if len(began) != 4 {
		t.Errorf("%d pages were asked for", len(began))
	}
}

func TestManyVisitsAtOnceKeepTheirPagesApart(t *testing.T) {
	c := newCrawler(t, false)
	var all sync.WaitGroup
	for host := range 8 {
		p := newPaper(t)
		var pages []story.Page
		for i := range 20 {
			path := fmt.Sprintf("/%d/%d", host, i)
			p.put(path, "text/html", "<p>page "+path+"</p>")
			pages = append(pages, article(p.URL+path))
		}
		all.Go(func() {
			i := 0
			for f := range c.Visit(t.Context(), pages, nil) {
				if want := fmt.Sprintf("<p>page /%d/%d</p>", host, i); string(f.Body) != want || f.URL != pages[i].URL {
					t.Errorf("page %d of host %d: %q from %s", i, host, f.Body, f.URL)
				}
				i++
			}
			if i != len(pages) {
				t.Errorf("host %d brought %d pages", host, i)
			}
		})
	}
	all.Wait()
}

func TestRequestsSayWhatIsWanted(t *testing.T) {
	p := newPaper(t)
	for kind, want := range map[story.PageKind]string{story.KindArticle: "text/html,", story.KindListing: "text/html,",
		story.KindFeed: "application/atom+xml,", story.KindSitemap: "application/xml,", story.KindUnknown: "text/html,"} {
		one(t, newCrawler(t, false), root(p.URL+"/x", kind), config.Source{})
		head := p.heads[len(p.heads)-1]
		if !strings.HasPrefix(head.Get("Accept"), want) || head.Get("User-Agent") != "storywatch/1.2 (+https://desk.example/crawler)" {
			t.Errorf("%q: %v", kind, head)
		}
		for _, name := range []string{"Cookie", "Referer", "If-None-Match", "If-Modified-Since", "Cache-Control"} {
			if head.Get(name) != "" {
				t.Errorf("%q: %s is sent as %q", kind, name, head.Get(name))
			}
		}
	}
}

func TestPurposeOfAPageOfUnknownKind(t *testing.T) {
	for address, want := range map[string]fetch.Purpose{"https://paper.example/sitemap-news.xml": fetch.ForSitemap,
		"https://paper.example/map.xml.gz": fetch.ForSitemap, "https://paper.example/feed": fetch.ForAny} {
		if got := purpose(story.Page{URL: address}); got != want {
			t.Errorf("%s is fetched for %v, want %v", address, got, want)
		}
	}
}

func TestCanonicalAddresses(t *testing.T) {
	for in, want := range map[string]string{
		"HTTP://Paper.Example:80/A#b":                                 "http://paper.example/A",
		"https://paper.example:8443":                                  "https://paper.example:8443/",
		"https://paper.example/a?":                                    "https://paper.example/a",
		"https://paper.example/a?b=2&a=1&UTM_Source=x&gclid=1":        "https://paper.example/a?b=2&a=1",
		"https://paper.example/a?utm=1&utmost=2":                      "https://paper.example/a?utm=1&utmost=2",
		"https://paper.example/a?q=%D8%A3&x=a+b":                      "https://paper.example/a?q=%D8%A3&x=a+b",
		"https://paper.example/أخبار":                                 "https://paper.example/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1",
		"https://paper.example/%d8%a3%d8%ae%d8%a8%d8%a7%d8%b1":        "https://paper.example/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1",
		"https://bücher.example/":                                     "https://xn--bcher-kva.example/",
		"https://paper.example./a":                                    "https://paper.example/a",
		"http://[2001:200::1]:80/":                                    "http://[2001:200::1]/",
		"https://paper.example/a;x=1?fbclid=IwAR0&mc_cid=1#:~:text=y": "https://paper.example/a;x=1",
	} {
		if got, err := Canonical(in); err != nil || got != want {
			t.Errorf("%s becomes %s, %v; want %s", in, got, err, want)
		}
	}
	for _, in := range []string{"", "mailto:a@b.example", "https://u@paper.example/", "/news/1", "https://paper.example/ä" + strings.Repeat("ä", 1000)} {
		if got, err := Canonical(in); err == nil {
			t.Errorf("%.40q becomes %.40q", in, got)
		}
	}
}

func TestHeadlineMeasure(t *testing.T) {
	for title, want := range map[string]int{
		"": 0, "Read more": 4, "Minister heads to Doha": 8, "Doha: talks, again – live": 8, "It's well-known": 4,
		"部长星期二晚上抵达": 9, "大臣は火曜日に": 7, "وصل الوزير إلى الدوحة": 8, "มาถึงแล้ว": 4, "2 killed": 4, "عَلِمَ": 2,
	} {
		if got := lengthOf(title); got != want {
			t.Errorf("%q measures %d, want %d", title, got, want)
		}
	}
}

func TestPathsOfArticlesSectionsAndServices(t *testing.T) {
	for path, want := range map[string][2]bool{
		"/":                                {false, false},
		"/world/":                          {false, false},
		"/world-news":                      {false, false},
		"/news/101":                        {true, false},
		"/a/minister-heads-to-doha":        {true, false},
		"/a/minister_heads_to_doha":        {true, false},
		"/politik/reise.html":              {true, false},
		"/index.html":                      {false, false},
		"/?p=31":                           {true, false},
		"/view?id=31":                      {true, false},
		"/topics/middle-east-crisis-2026":  {true, true},
		"/en/Author/jane":                  {false, true},
		"/search?q=1":                      {true, true},
		"/research/minister-heads-to-doha": {true, false},
	} {
		u, err := url.Parse("https://paper.example" + path)
		if err != nil {
			t.Fatal(err)
		}
		if got := [2]bool{articlePath(u), servicePath(u)}; got != want {
			t.Errorf("%s: article, service = %v, want %v", path, got, want)
		}
	}
}

func TestClassNamesOfWhatSurroundsThePage(t *testing.T) {
	for names, want := range map[string]bool{"nav": true, "main-nav": true, "Site_Footer x": true, "has-sidebar": false, "canvas": false,
		"navy": false, "story": false, "no-ads menu": true, "": false, "-": false, "share-buttons": true, "header-ad": true, "breadcrumbs": true} {
		if got := isChrome(names); got != want {
			t.Errorf("%q: %v, want %v", names, got, want)
		}
	}
}
