package crawler

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/storywatch/storywatch/config"
	"github.com/storywatch/storywatch/story"
)

const newsMap = `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>HOST/news/old</loc><lastmod>2026-03-01</lastmod></url>
<url><loc> HOST/news/new?utm_campaign=x&amp;id=2 </loc>
 <image:image><image:loc>HOST/a.jpg</image:loc><image:title>A picture</image:title></image:image>
 <lastmod>2026-03-09T00:00:00Z</lastmod>
 <news:news><news:title>Talks &amp; trips</news:title><news:publication_date>2026-03-03T18:30+03:00</news:publication_date></news:news></url>
<url><loc>https://agency.example/foreign</loc></url>
<url><loc>HOST/news/dateless</loc><lastmod>today</lastmod></url>
<url><lastmod>2026-03-01</lastmod></url>
</urlset>`

func index(locs ...string) string {
	var b strings.Builder
	b.WriteString("<sitemapindex>")
	for i, loc := range locs {
		fmt.Fprintf(&b, "<sitemap><loc>%s</loc><lastmod>2026-01-%02d</lastmod></sitemap>", loc, i+1)
	}
	return b.String() + "</sitemapindex>"
}

func urlset(paths ...string) string {
	var b strings.Builder
	for _, path := range paths {
		fmt.Fprintf(&b, "<url><loc>HOST%s</loc></url>", path)
	}
	return "<urlset>" + b.String() + "</urlset>"
}

func TestSitemapIsReadNewestFirst(t *testing.T) {
	p := newPaper(t)
	p.put("/sitemap.xml", "text/xml", newsMap)
	for _, kind := range []story.PageKind{story.KindSitemap, story.KindUnknown} {
		f := one(t, newCrawler(t, false), root(p.URL+"/sitemap.xml", kind), config.Source{})
		if got := p.paths(f); f.Outcome != story.OutcomeListed || f.Page.Kind != story.KindSitemap || got != "/news/new?id=2 /news/old /news/dateless" {
			t.Fatalf("%q %q: %s", f.Outcome, f.Note, got)
		}
		if l := f.Links[0]; l.Title != "Talks & trips" || !l.At.Equal(time.Date(2026, 3, 3, 15, 30, 0, 0, time.UTC)) {
			t.Errorf("the news entry is %+v", l)
		}
	}
}

func TestSitemapInAGzipFile(t *testing.T) {
	p := newPaper(t)
	for path, contentType := range map[string]string{"/map.xml.gz": "application/gzip", "/plain.xml.gz": "application/x-gzip", "/text": "text/xml"} {
		body := gz(t, strings.ReplaceAll(newsMap, "HOST", p.URL))
		p.pages[path] = func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", contentType)
			fmt.Fprint(w, body)
		}
		f := one(t, newCrawler(t, false), root(p.URL+path, story.KindSitemap), config.Source{})
		if len(f.Links) != 3 {
			t.Errorf("%s: %q %q, %d links", path, f.Outcome, f.Note, len(f.Links))
		}
	}
	p.put("/not.xml.gz", "application/gzip", newsMap)
	if f := one(t, newCrawler(t, false), root(p.URL+"/not.xml.gz", story.KindSitemap), config.Source{}); len(f.Links) != 3 {
		t.Errorf("a file that is no gzip: %q %q", f.Outcome, f.Note)
	}
}

func TestSitemapIndexIsFollowed(t *testing.T) {
	p := newPaper(t)
	p.put("/robots.txt", "text/plain", "Sitemap: HOST/index.xml")
	p.put("/index.xml", "text/xml", index("HOST/a.xml", "HOST/b.xml", "HOST/index.xml", "http://127.0.0.2/c.xml", "HOST/missing.xml", "HOST/b.xml"))
	p.put("/a.xml", "text/xml", urlset("/1", "/2"))
	p.put("/b.xml", "text/xml", urlset("/2", "/3"))
	c := newCrawler(t, true)
	f := one(t, c, root(p.URL+"/index.xml", story.KindSitemap), config.Source{})
	if got := p.paths(f); f.Outcome != story.OutcomeListed || got != "/2 /3 /1" {
		t.Errorf("%q %q: %s", f.Outcome, f.Note, got)
	}
	if f.Note != "1 of the sitemaps could not be read: the server answered 404 Not Found" {
		t.Errorf("the note says %q", f.Note)
	}
	if got := strings.Join(p.asked, " "); got != "/robots.txt /index.xml /b.xml /missing.xml /a.xml" {
		t.Errorf("the site was asked for %s", got)
	}
}

func TestSitemapIndexDoesNotHideItsFilesBehindItsOwnValidators(t *testing.T) {
	p := newPaper(t)
	p.pages["/index.xml"] = func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"1"`)
		fmt.Fprint(w, strings.ReplaceAll(index("HOST/a.xml"), "HOST", p.URL))
	}
	p.put("/a.xml", "text/xml", urlset("/1"))
	c := newCrawler(t, false)
	page := root(p.URL+"/index.xml", story.KindSitemap)
	first := one(t, c, page, config.Source{})
	if first.Header.Get("ETag") != "" {
		t.Error("the index's ETag is handed on")
	}
	page.BodyHash = first.BodyHash
	if again := one(t, c, page, config.Source{}); again.Outcome != story.OutcomeUnchanged {
		t.Errorf("with nothing changed: %q", again.Outcome)
	}
	p.put("/a.xml", "text/xml", urlset("/1", "/2"))
	if again := one(t, c, page, config.Source{}); again.Outcome != story.OutcomeListed || len(again.Links) != 2 {
		t.Errorf("with a file changed: %q, %d links", again.Outcome, len(again.Links))
	}
}

func TestSitemapIndexIsBounded(t *testing.T) {
	p := newPaper(t)
	var many []string
	for i := range 25 {
		many = append(many, fmt.Sprintf("HOST/%d.xml", i))
		p.put(fmt.Sprintf("/%d.xml", i), "text/xml", urlset(fmt.Sprintf("/page/%d", i)))
	}
	p.put("/wide.xml", "text/xml", index(many...))
	f := one(t, newCrawler(t, false), root(p.URL+"/wide.xml", story.KindSitemap), config.Source{})
	if len(f.Links) != maxChildren || f.Note != "the newest 10 of 25 sitemaps were read" || f.Links[0].URL != p.URL+"/page/24" {
		t.Errorf("%d links, %q, first %v", len(f.Links), f.Note, f.Links[0])
	}
	for i := range 9 {
		p.put(fmt.Sprintf("/level%d.xml", i), "text/xml", index(fmt.Sprintf("HOST/level%d.xml", i+1)))
	}
	p.asked = nil
	one(t, newCrawler(t, false), root(p.URL+"/level0.xml", story.KindSitemap), config.Source{})
	if got := strings.Join(p.asked, " "); got != "/level0.xml /level1.xml /level2.xml" {
		t.Errorf("an index of indexes was followed to %s", got)
	}
}

func TestSitemapOfTooManyAddressesIsCutWithANote(t *testing.T) {
	p := newPaper(t)
	for n, note := range map[int]string{50_000: "", 50_001: "only the first 50000 addresses were read"} {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "<url><loc>HOST/%d</loc></url>", i)
		}
		p.put("/map.xml", "text/xml", "<urlset>"+b.String()+"</urlset>")
		f := one(t, newCrawler(t, false), root(p.URL+"/map.xml", story.KindSitemap), config.Source{})
		if len(f.Links) != 50_000 || f.Note != note {
			t.Errorf("of %d: %d, %q %q", n, len(f.Links), f.Outcome, f.Note)
		}
	}
}

func TestSitemapsThatAreNone(t *testing.T) {
	p := newPaper(t)
	for name, c := range map[string]struct {
		body, note string
		want       story.Outcome
	}{
		"HTML":           {"<html><p>Sorry</p></html>", "a page of HTML", story.OutcomeUnreadable},
		"a feed":         {"<rss></rss>", "a feed, not a sitemap", story.OutcomeUnreadable},
		"cut off":        {newsMap[:len(newsMap)/2], "ends in the middle", story.OutcomeRetry},
		"cut in a tag":   {newsMap[:len(newsMap)-4], "ends in the middle", story.OutcomeRetry},
		"deep":           {"<urlset>" + strings.Repeat("<a>", 1000), "deeper than 256", story.OutcomeLimited},
		"empty":          {"<urlset/>", "", story.OutcomeListed},
		"bare ampersand": {"<urlset><url><loc>HOST/a?b=1&c=2</loc></url></urlset>", "", story.OutcomeListed},
	} {
		p.put("/map.xml", "text/xml", c.body)
		f := one(t, newCrawler(t, false), root(p.URL+"/map.xml", story.KindSitemap), config.Source{})
		if f.Outcome != c.want || !strings.Contains(f.Note, c.note) {
			t.Errorf("%s: %q %q, want %q with %q", name, f.Outcome, f.Note, c.want, c.note)
		}
	}
	p.put("/map.xml", "text/xml", index("HOST/gone1.xml", "HOST/gone2.xml"))
	if f := one(t, newCrawler(t, false), root(p.URL+"/map.xml", story.KindSitemap), config.Source{}); f.Outcome != story.OutcomeGone {
		t.Errorf("an index whose files are all gone: %q %q", f.Outcome, f.Note)
	}
}

func FuzzSitemap(f *testing.F) {
	for _, s := range []string{newsMap, index("https://paper.example/a.xml"), urlset("/a"), "<urlset><url><loc>x</url></loc>", "<urlset></a></b>"} {
		f.Add([]byte(s))
	}
	base, _ := url.Parse("https://paper.example/sitemap.xml")
	f.Fuzz(func(t *testing.T, body []byte) {
		list := newLinks(base, config.Links{}, true)
		n := 0
		_ = entries(body, func(e entry) bool {
			if e.loc == "" {
				t.Error("an entry without an address")
			}
			if !e.child {
				list.add(e.loc, plain(e.title), e.at)
			}
			n++
			return n < 1000
		})
		checkLinks(t, list.list)
		for _, l := range list.list {
			if u, err := url.Parse(l.URL); err != nil || !sameSite(u, base) {
				t.Errorf("%s is of another site", l.URL)
			}
		}
	})
}
