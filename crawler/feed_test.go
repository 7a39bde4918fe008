package crawler

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/storywatch/storywatch/config"
	"github.com/storywatch/storywatch/fetch"
	"github.com/storywatch/storywatch/story"
)

const rssFeed = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Paper</title><link>HOST/</link>
<item><title>Minister &amp;amp; aide travel to &lt;b&gt;Doha&lt;/b&gt;</title><link>HOST/news/1?utm_source=rss&amp;id=1#top</link>
 <pubDate>Tue, 03 Mar 2026 18:30:00 +0300</pubDate></item>
<item><title>Second</title><link>/news/2</link><pubDate>soon</pubDate></item>
<item><title>Same as the first</title><link>HOST/news/1?id=1&amp;utm_medium=x</link></item>
<item><title>By its id</title><guid>HOST/news/3</guid></item>
<item><title>Elsewhere</title><link>https://agency.example/story</link></item>
<item><title>No address</title><guid isPermaLink="false">tag:1</guid></item>
<item><title>Bad address</title><link>javascript:alert(1)</link></item>
<item><title>Numbers</title><link>http://2130706433/</link></item>
<item><title>Far future</title><link>HOST/news/4</link><pubDate>Fri, 31 Dec 9999 23:59:59 GMT</pubDate></item>
</channel></rss>`

const atomFeed = `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="HOST/atom/"><title>Paper</title>
<entry><title type="html">First &amp;lt;i&amp;gt;news&amp;lt;/i&amp;gt;</title><link rel="alternate" href="one"/><updated>2026-03-03T15:30:00Z</updated></entry>
<entry><title>Second</title><link href="/news/2"/><published>2026-03-02T10:00:00+02:00</published></entry></feed>`

const jsonFeed = `{"version": "https://jsonfeed.org/version/1.1", "title": "Paper", "items": [
{"id": "1", "url": "HOST/news/1", "title": "First", "date_published": "2026-03-03T15:30:00Z"}, {"id": "2", "url": "news/2", "content_text": "x"}]}`

const rdfFeed = `<?xml version="1.0"?><!-- old --><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="HOST/"><title>Paper</title></channel><item rdf:about="HOST/news/1"><title>First</title><link>HOST/news/1</link></item></rdf:RDF>`

func TestFeedsOfEveryFormat(t *testing.T) {
	p := newPaper(t)
	p.put("/rss", "application/rss+xml", rssFeed)
	p.put("/atom", "text/xml", atomFeed)
	p.put("/json", "application/feed+json", jsonFeed)
	p.put("/rdf", "text/html", rdfFeed)
	for path, want := range map[string]string{
		"/rss":  "/news/1?id=1 /news/2 /news/3 https://agency.example/story /news/4",
		"/atom": "/atom/one /news/2",
		"/json": "/news/1 /news/2",
		"/rdf":  "/news/1",
	} {
		for _, kind := range []story.PageKind{story.KindFeed, story.KindUnknown} {
			f := one(t, newCrawler(t, false), root(p.URL+path, kind), config.Source{})
			if got := p.paths(f); f.Outcome != story.OutcomeListed || f.Page.Kind != story.KindFeed || got != want {
				t.Errorf("%s as %q: %q %q, %q: %s", path, kind, f.Outcome, f.Note, f.Page.Kind, got)
			}
		}
	}
	rss := one(t, newCrawler(t, false), root(p.URL+"/rss", story.KindFeed), config.Source{}).Links
	if rss[0].Title != "Minister & aide travel to Doha" || !rss[0].At.Equal(time.Date(2026, 3, 3, 15, 30, 0, 0, time.UTC)) {
		t.Errorf("the first is %+v", rss[0])
	}
	if !rss[1].At.IsZero() || !rss[4].At.IsZero() {
		t.Errorf("dates that mean nothing are kept: %v, %v", rss[1].At, rss[4].At)
	}
	patterns := config.Source{Links: config.Links{Include: []string{"/news/"}, Exclude: []string{"id=*", "/3"}}}
	if f := one(t, newCrawler(t, false), root(p.URL+"/rss", story.KindFeed), patterns); p.paths(f) != "/news/2 /news/4" {
		t.Errorf("patterns leave %s", p.paths(f))
	}
}

func TestArabicFeedInItsOldCharset(t *testing.T) {
	p := newPaper(t)
	feed := `<?xml version="1.0" encoding="windows-1256"?><rss><channel><item><title>` + arabicHeadline +
		`</title><link>HOST/news/1</link></item></channel></rss>`
	for path, contentType := range map[string]string{"/header": "text/xml; charset=windows-1256", "/none": "text/xml", "/lie": "text/xml; charset=utf-8"} {
		p.put(path, contentType, encode(t, feed, "windows-1256"))
		f := one(t, newCrawler(t, false), root(p.URL+path, story.KindFeed), config.Source{})
		if len(f.Links) != 1 || f.Links[0].Title != arabicHeadline {
			t.Errorf("%s: %q %q %+v", path, f.Outcome, f.Note, f.Links)
		}
	}
}

func TestFeedsThatAreNone(t *testing.T) {
	many := func(n int) string {
		return "<rss><channel>" + strings.Repeat("<item><link>HOST/a</link></item>", n) + "</channel></rss>"
	}
	p := newPaper(t)
	for name, c := range map[string]struct {
		body, note string
		want       story.Outcome
	}{
		"HTML":               {"<!DOCTYPE html><html><p>Sorry</p></html>", "a page of HTML", story.OutcomeUnreadable},
		"a sitemap":          {"<urlset></urlset>", "a sitemap, not a feed", story.OutcomeUnreadable},
		"text":               {"hello", "something else", story.OutcomeUnreadable},
		"JSON that is none":  {"{}", "", story.OutcomeListed},
		"broken JSON":        {`{"version":`, "not well-formed", story.OutcomeUnreadable},
		"null":               {"null", "something else", story.OutcomeUnreadable},
		"brackets":           {strings.Repeat("[", 200_000), "something else", story.OutcomeUnreadable},
		"braces":             {strings.Repeat(`{"a":`, 200_000), "not well-formed", story.OutcomeUnreadable},
		"cut off":            {rssFeed[:len(rssFeed)/2], "ends in the middle", story.OutcomeRetry},
		"cut off at the end": {strings.TrimSuffix(rssFeed, "</rss>"), "ends in the middle", story.OutcomeRetry},
		"empty":              {"<rss><channel></channel></rss>", "", story.OutcomeListed},
		"as much as may be":  {many(5000), "", story.OutcomeListed},
		"one more":           {many(5001), "more than 5000 items", story.OutcomeLimited},
		"deep":               {"<rss>" + strings.Repeat("<a>", 1000) + "</rss>", "deeper than 256", story.OutcomeLimited},
		"an entity bomb": {`<!DOCTYPE rss [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>
			<rss><channel><item><title>&b;&x;</title><link>HOST/a</link></item></channel></rss>`, "", story.OutcomeListed},
	} {
		p.put("/feed", "application/rss+xml", c.body)
		f := one(t, newCrawler(t, false), root(p.URL+"/feed", story.KindFeed), config.Source{})
		if f.Outcome != c.want || !strings.Contains(f.Note, c.note) {
			t.Errorf("%s: %q %q, want %q with %q", name, f.Outcome, f.Note, c.want, c.note)
		}
		if name == "an entity bomb" && (len(f.Links) != 1 || strings.Contains(f.Links[0].Title, "haha") || strings.Contains(f.Links[0].Title, "root:")) {
			t.Errorf("entities were expanded: %+v", f.Links)
		}
	}
}

// FuzzFeed: whatever the bytes, links are addresses that may be asked, each once, and titles are one line.
func FuzzFeed(f *testing.F) {
	for _, s := range []string{rssFeed, atomFeed, jsonFeed, rdfFeed, `<rss><channel><item><link>http://[::1</link></item></channel></rss>`} {
		f.Add([]byte(s))
	}
	base, _ := url.Parse("https://paper.example/feed")
	f.Fuzz(func(t *testing.T, body []byte) {
		list := newLinks(base, config.Links{}, false)
		_ = readFeed(body, list)
		checkLinks(t, list.list)
	})
}

func checkLinks(t *testing.T, links []story.Link) {
	t.Helper()
	seen := map[string]bool{}
	for _, l := range links {
		if err := fetch.Check(l.URL); err != nil || seen[l.URL] {
			t.Errorf("link %q: %v, seen before %v", l.URL, err, seen[l.URL])
		}
		seen[l.URL] = true
		if strings.ContainsAny(l.Title, "\r\n\x00\x1b") || len([]rune(l.Title)) > maxTitle {
			t.Errorf("title %q", l.Title)
		}
		if again, err := Canonical(l.URL); err != nil || again != l.URL {
			t.Errorf("%q is not canonical: %q, %v", l.URL, again, err)
		}
		if !l.At.IsZero() && !sane(l.At) {
			t.Errorf("dated %v", l.At)
		}
	}
}

func TestTitlesAreOneLineOfText(t *testing.T) {
	for in, want := range map[string]string{
		"  Two\n lines\t": "Two lines", "a &amp; b": "a & b", "AT&amp;amp;T": "AT&T", "<b>Bold</b> &lt;i&gt;x&lt;/i&gt;": "Bold x",
		"\x1b[31mred\x07": "[31mred", "5 < 6": "5 < 6", "": "", "a<br>b": "a b", arabicHeadline: arabicHeadline,
	} {
		if got := plain(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
	if got := plain(strings.Repeat("خبر ", 500)); len([]rune(got)) != maxTitle || !strings.HasSuffix(got, "…") {
		t.Errorf("a long title has %d characters", len([]rune(got)))
	}
}

func ExampleCanonical() {
	for _, address := range []string{"HTTPS://Paper.Example:443/News/1?utm_source=x&id=7&fbclid=y#comments", "http://paper.example"} {
		canonical, _ := Canonical(address)
		fmt.Println(canonical)
	}
	// Output:
	// https://paper.example/News/1?id=7
	// http://paper.example/
}
