package crawler

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/storywatch/storywatch/config"
	"github.com/storywatch/storywatch/story"
)

// top and bottom surround every structure below: what no listing may take for news.
const top = `<!DOCTYPE html><html><head><title>Paper</title></head><body class="home has-sidebar">
<header><a href="/about/who-we-are-and-what-we-do-1">Who we are and what we do</a></header>
<nav><a href="/world/2026/section-page-of-world">All the news of the whole world</a></nav>`

const bottom = `<aside><h3><a href="/news/999-most-read">The most read story of all time</a></h3></aside>
<div class="site-footer"><a href="/legal/terms-of-use-2026">Terms of use and privacy notice</a></div>
<footer><a href="/legal/imprint-of-the-paper-1">Imprint and contact of the paper</a></footer></body></html>`

func TestHeadlinesOnPagesOfManyMakes(t *testing.T) {
	for name, c := range map[string]struct{ body, want string }{
		"English cards with headings": {`<main>
			<h2><a href="/world/">World</a></h2>
			<article><a href="/news/101"><img src="a.jpg" alt=""></a><h3><a href="/news/101">Minister heads to Doha</a></h3>
			 <a href="/topics/diplomacy">Diplomacy</a> <a href="/authors/jane">By Jane Doe</a><time datetime="2026-03-03T15:30:00Z">3 March</time></article>
			<article><h3><a href="/news/102">Talks stall</a></h3><p>They met again.</p><a href="/news/102">Read more</a></article>
			</main>`, "/news/101=Minister heads to Doha|/news/102=Talks stall"},
		"Arabic list without main": {`<div class="content"><ul>
			<li><a href="/اخبار/جولة-الوزير-في-المنطقة">وصل الوزير إلى الدوحة مساء الثلاثاء</a></li>
			<li><a href="/اخبار/4512">البرلمان يؤجل التصويت على الموازنة مرة أخرى</a></li>
			<li><a href="/اخبار/">المزيد</a></li></ul></div>`,
			"/%D8%A7%D8%AE%D8%A8%D8%A7%D8%B1/%D8%AC%D9%88%D9%84%D8%A9-%D8%A7%D9%84%D9%88%D8%B2%D9%8A%D8%B1-%D9%81%D9%8A-%D8%A7%D9%84%D9%85%D9%86%D8%B7%D9%82%D8%A9=وصل الوزير إلى الدوحة مساء الثلاثاء|" +
				"/%D8%A7%D8%AE%D8%A8%D8%A7%D8%B1/4512=البرلمان يؤجل التصويت على الموازنة مرة أخرى"},
		"Chinese list of bare anchors": {`<div id="list"><p><a href="/2026/0303/c1.html">部长星期二晚上抵达首都</a></p>
			<p><a href="/2026/0303/c2.html">会谈将于下周继续举行</a></p><p><a href="/more.html">更多新闻</a></p></div>`,
			"/2026/0303/c1.html=部长星期二晚上抵达首都|/2026/0303/c2.html=会谈将于下周继续举行"},
		"Russian blocks in a wrapping anchor": {`<div role="main"><a class="card" href="/doc/77"><div>Политика</div><h2>Министр прибыл в столицу</h2><p>Переговоры начнутся в среду, сообщили в ведомстве.</p></a>
			<a class="card" href="/doc/78"><h2>Суд отложил заседание</h2></a></div>`,
			"/doc/77=Министр прибыл в столицу|/doc/78=Суд отложил заседание"},
		"German tables of the old days": {`<table><tr><td class="menu"><a href="/politik/uebersicht-2026.html">Alles aus der Politik hier</a></td>
			<td><a href="artikel.php?id=31"><b>Minister reist am Dienstag nach Katar</b></a><br>
			<a href="artikel.php?id=32">Gipfel in Berlin endet ohne Ergebnis</a></td></tr></table>`,
			"/artikel.php?id=31=Minister reist am Dienstag nach Katar|/artikel.php?id=32=Gipfel in Berlin endet ohne Ergebnis"},
		"Japanese headings and dates": {`<main><section><h3><a href="/articles/a1">大臣が火曜日に首都到着</a></h3><time datetime="2026-03-03">3日</time></section>
			<section><h3><a href="/articles/a2">会談は来週へ延期</a></h3></section></main>`,
			"/articles/a1=大臣が火曜日に首都到着|/articles/a2=会談は来週へ延期"},
		"Spanish anchors labelled for readers": {`<main><div><a href="/noticias/viaje-del-ministro-a-catar" aria-label="El ministro viaja el martes a Catar"><img src="x.jpg"></a></div>
			<div><span><a href="/noticias/la-cumbre-termina-sin-acuerdo">La cumbre termina sin acuerdo</a></span></div></main>`,
			"/noticias/viaje-del-ministro-a-catar=El ministro viaja el martes a Catar|/noticias/la-cumbre-termina-sin-acuerdo=La cumbre termina sin acuerdo"},
		"French cards with their authors and topics": {`<section><article><a href="/topics/moyen-orient-en-crise-2026">Le Moyen-Orient en crise permanente</a>
			<h2><a href="/monde/article/2026/03/03/visite-a-doha_6100.html"><span>Le ministre</span> se rend à <em>Doha</em></a></h2>
			<a href="/authors/jeanne-martin-et-paul-durand">Par Jeanne Martin et Paul Durand</a></article></section>`,
			"/monde/article/2026/03/03/visite-a-doha_6100.html=Le ministre se rend à Doha"},
		"Hebrew items with picture, headline and more": {`<div class="feed"><div class="item"><a href="/item/881?ref=home"><img src="x.jpg" alt=""></a>
			<a href="/item/881?ref=home">השר הגיע לבירה ביום שלישי בערב</a><a href="/item/881?ref=home">קרא עוד</a></div></div>`,
			"/item/881?ref=home=השר הגיע לבירה ביום שלישי בערב"},
		"Hindi in an ordered list": {`<main><ol><li><a href="/samachar/mantri-ki-yatra">मंत्री मंगलवार शाम को दोहा पहुंचे</a></li>
			<li><a href="/samachar/">समाचार</a></li></ol></main>`, "/samachar/mantri-ki-yatra=मंत्री मंगलवार शाम को दोहा पहुंचे"},
		"Turkish cards as definition lists": {`<dl><dt><a href="/haber/bakan-dohaya-gitti">Bakan salı akşamı Doha'ya gitti</a></dt>
			<dd><a href="/haber/bakan-dohaya-gitti">Haberin devamını buradan okuyun</a></dd></dl>`, "/haber/bakan-dohaya-gitti=Bakan salı akşamı Doha'ya gitti"},
		"Korean headings in a header of their own": {`<main><header><h2><a href="/article/20260303">장관이 화요일 저녁 수도에 도착</a></h2></header></main>`,
			"/article/20260303=장관이 화요일 저녁 수도에 도착"},
		"pieces that are not shown": {`<main><div hidden><h3><a href="/news/1">Not shown at all, ever</a></h3></div>
			<template><h3><a href="/news/2">Only a template of one</a></h3></template><noscript><a href="/news/3">For those without any script</a></noscript>
			<form><a href="/news/4">A link within a form</a></form><div role="navigation"><a href="/news/5">A link to move around here</a></div>
			<h3><a href="/news/6">The one that is shown<script>var x</script></a></h3></main>`, "/news/6=The one that is shown"},
		"Thai without spaces": {`<main><h3><a href="/news/501">รัฐมนตรีเดินทางถึงเมืองหลวงเมื่อคืนวันอังคาร</a></h3></main>`,
			"/news/501=รัฐมนตรีเดินทางถึงเมืองหลวงเมื่อคืนวันอังคาร"},
		"links that lead elsewhere": {`<main><h3><a href="https://agency.example/news/1">A story of another agency</a></h3>
			<h3><a href="javascript:open(1)">A story behind a script</a></h3><h3><a href="mailto:a@b.example">Write to us about this</a></h3>
			<h3><a href="#top">Back to the very top</a></h3><h3><a href="/list">This page, the list itself</a></h3>
			<h3><a href="/news/1?utm_source=home#c">The one story that counts</a></h3><h3><a href="/news/1">The one story that counts</a></h3></main>`,
			"/news/1=The one story that counts"},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPaper(t)
			p.put("/list", "text/html; charset=utf-8", top+c.body+bottom)
			f := one(t, newCrawler(t, false), root(p.URL+"/list", story.KindListing), config.Source{})
			var got []string
			for _, l := range f.Links {
				got = append(got, strings.TrimPrefix(l.URL, p.URL)+"="+l.Title)
			}
			want := strings.Split(c.want, "|")
			if f.Outcome != story.OutcomeListed || strings.Join(got, "\n") != strings.Join(want, "\n") {
				t.Errorf("%q %q:\n%s\nwant\n%s", f.Outcome, f.Note, strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		})
	}
}

func TestClassNamesThatHideThePageAreNotHeeded(t *testing.T) {
	p := newPaper(t)
	p.put("/list", "text/html", `<div class="menu-container"><h3><a href="/news/7">Minister heads to Doha today</a></h3></div>`)
	if f := one(t, newCrawler(t, false), root(p.URL+"/list", story.KindListing), config.Source{}); p.paths(f) != "/news/7" {
		t.Errorf("%q %q: %s", f.Outcome, f.Note, p.paths(f))
	}
}

func TestDatesBelongToTheHeadlineBesideThem(t *testing.T) {
	p := newPaper(t)
	p.put("/list", "text/html", `<main><article><h3><a href="/news/1">Minister heads to Doha</a></h3><p><time datetime="2026-03-03T18:30:00+03:00">x</time></p></article>
		<article><h3><a href="/news/2">Talks stall once more</a></h3></article>
		<article><time datetime="2026-03-01">x</time><time datetime="2026-03-02">y</time><h3><a href="/news/3">Two dates mean nothing</a></h3></article>
		<article><time datetime="yesterday">x</time><h3><a href="/news/4">Nor does an odd one</a></h3></article></main>`)
	f := one(t, newCrawler(t, false), root(p.URL+"/list", story.KindListing), config.Source{})
	want := []time.Time{time.Date(2026, 3, 3, 15, 30, 0, 0, time.UTC), {}, {}, {}}
	if len(f.Links) != len(want) {
		t.Fatalf("%d links", len(f.Links))
	}
	for i, l := range f.Links {
		if !l.At.Equal(want[i]) {
			t.Errorf("%s is dated %v, want %v", l.URL, l.At, want[i])
		}
	}
}

func TestSelectedLinks(t *testing.T) {
	p := newPaper(t)
	p.put("/list", "text/html", `<base href="/deep/"><div class="x"><h4 class="t"><a href="a">A</a></h4><a href="b"><i class="t">B</i></a>
		<a class="t" href="/video/c">C</a><a class="t" href="d?utm_source=x">D</a><span class="t">none</span><a class="t">no address</a></div>`)
	src := config.Source{Links: config.Links{Select: ".t", Exclude: []string{"/vid*/"}}}
	f := one(t, newCrawler(t, false), root(p.URL+"/list", story.KindListing), src)
	if got := p.paths(f); got != "/deep/a /deep/b /deep/d" {
		t.Errorf("%q %q: %s", f.Outcome, f.Note, got)
	}
	if f.Links[0].Title != "A" || f.Links[1].Title != "B" {
		t.Errorf("titles %q, %q", f.Links[0].Title, f.Links[1].Title)
	}
	src.Links.Select = ".other"
	if f := one(t, newCrawler(t, false), root(p.URL+"/list", story.KindListing), src); f.Outcome != story.OutcomeUnreadable || !strings.Contains(f.Note, "links.select finds no link") {
		t.Errorf("a selector that finds nothing: %q %q", f.Outcome, f.Note)
	}
}

func TestListingsThatAreNone(t *testing.T) {
	p := newPaper(t)
	for name, c := range map[string]struct {
		body, note string
		want       story.Outcome
	}{
		"no links":        {"<p>Nothing here</p>", "no links to articles", story.OutcomeUnreadable},
		"a feed":          {rssFeed, "data (a feed or sitemap)", story.OutcomeUnreadable},
		"JSON":            {"{}", "data", story.OutcomeUnreadable},
		"too many parts":  {strings.Repeat("<p>", maxElements+1), "more than 50000 elements", story.OutcomeLimited},
		"an odd element":  {"<p " + attributes(257) + ">", "more than 256 attributes", story.OutcomeLimited},
		"nested too deep": {strings.Repeat("<div>", 1000), "too deep", story.OutcomeUnreadable},
		"as much as it may": {"<p " + attributes(256) + ">" + strings.Repeat("<div>", 400) +
			`<main><h3><a href="/news/1">Minister heads to Doha</a></h3></main>`, "", story.OutcomeListed},
	} {
		p.put("/list", "text/html", c.body)
		f := one(t, newCrawler(t, false), root(p.URL+"/list", story.KindListing), config.Source{})
		if f.Outcome != c.want || !strings.Contains(f.Note, c.note) {
			t.Errorf("%s: %q %q, want %q with %q", name, f.Outcome, f.Note, c.want, c.note)
		}
	}
}

func attributes(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(" a" + string(rune('a'+i%26)) + string(rune('a'+i/26)) + "=1")
	}
	return b.String()
}

func TestNoteTellsOfAFeed(t *testing.T) {
	p := newPaper(t)
	p.put("/list", "text/html", `<head><link rel="alternate" hreflang="ar" href="/ar"><link rel="alternate" type="application/rss+xml" href="javascript:x">
		<link rel="alternate home" type="application/atom+xml" href="feed.atom"></head><main><h3><a href="/news/1">Minister heads to Doha</a></h3></main>`)
	f := one(t, newCrawler(t, false), root(p.URL+"/list", story.KindListing), config.Source{})
	if f.Note != "this page offers a feed at "+p.URL+"/feed.atom" {
		t.Errorf("the note says %q", f.Note)
	}
}

func TestKindIsFoundOut(t *testing.T) {
	links := `<main><h3><a href="/news/1">Minister heads to Doha</a></h3></main>`
	text := "<p>One.</p><p>Two.</p><p>Three.</p>"
	long := "<p>The minister arrived in Doha on Sunday evening for talks that are to go on until the middle of the week.</p>"
	p := newPaper(t)
	for name, c := range map[string]struct {
		path, body string
		want       story.PageKind
	}{
		"Open Graph":             {"/a", `<meta property="og:type" content="Article">` + text, story.KindArticle},
		"Open Graph, a website":  {"/a", `<meta property="og:type" content="website">` + links, story.KindListing},
		"schema.org":             {"/a", `<script type="application/ld+json">{"@type":"NewsArticle"}</script>` + text, story.KindArticle},
		"schema.org, a graph":    {"/a", `<script type="application/ld+json">{"@graph":[{"@type":"WebSite"},{"@type":["LiveBlogPosting","x"]}]}</script>` + text, story.KindArticle},
		"schema.org, a list":     {"/a", `<script type="application/ld+json">{"@type":"ItemList","itemListElement":[{"item":{"@type":"NewsArticle"}}]}</script>` + links, story.KindListing},
		"schema.org, broken":     {"/a", `<script type="application/ld+json">{"@type":</script>` + links, story.KindListing},
		"one article":            {"/a", "<article><h1>Title</h1>" + long + long + "</article>", story.KindArticle},
		"text under a headline":  {"/a", "<div><h1>Title</h1>" + long + long + "</div><aside>" + links + links + "</aside>", story.KindArticle},
		"teasers":                {"/a", "<h1>News</h1>" + strings.Repeat(links+long, 3) + links + links + links + links, story.KindListing},
		"many articles":          {"/a", "<h1>News</h1><article>" + links + text + "</article><article>x</article>", story.KindListing},
		"the front page, always": {"/", `<meta property="og:type" content="article">` + links, story.KindListing},
	} {
		p.put(c.path, "text/html", c.body)
		f := one(t, newCrawler(t, false), root(p.URL+c.path, story.KindUnknown), config.Source{})
		if f.Page.Kind != c.want || c.want == story.KindArticle && (f.Outcome != "" || len(f.Body) == 0) || c.want == story.KindListing && f.Outcome != story.OutcomeListed {
			t.Errorf("%s: %q with %q %q", name, f.Page.Kind, f.Outcome, f.Note)
		}
	}
	p.put("/a", "text/html", links)
	if f := one(t, newCrawler(t, false), root(p.URL+"/a", story.KindUnknown), config.Source{Kind: "article"}); f.Page.Kind != story.KindArticle {
		t.Errorf("the source's own word for the kind is not taken: %q", f.Page.Kind)
	}
	if f := one(t, newCrawler(t, false), story.Page{URL: p.URL + "/a"}, config.Source{Kind: "listing"}); f.Page.Kind != story.KindArticle {
		t.Errorf("a page found at a source is a %q", f.Page.Kind)
	}
}

func TestRootNames(t *testing.T) {
	for body, want := range map[string]string{
		"<rss>": "rss", "\ufeff \n<?xml version='1.0'?><!-- <feed> --><RSS a='b'>": "rss", "<atom:feed x='y'>": "atom:feed",
		"<!DOCTYPE x [<!ENTITY a '>'>]><urlset>": "urlset", "<!doctype html><html>": "html", "<br/>": "br", "text <rss>": "",
		"": "", "<": "", "<!--": "", "<?xml": "", "{}": "",
	} {
		if got := rootName([]byte(body)); got != want {
			t.Errorf("%q begins with %q, want %q", body, got, want)
		}
	}
}

func TestPatternsAndSites(t *testing.T) {
	for _, c := range []struct {
		address, pattern string
		want             bool
	}{
		{"https://a.example/news/1", "/news/", true}, {"https://a.example/news/1", "/video/", false},
		{"https://a.example/2026/03/x", "/2026/*/x", true}, {"https://a.example/x/2026/", "/2026/*/x", false},
		{"https://a.example/", "*", true}, {"https://a.example/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/1", "/أخبار/", true},
	} {
		if got := matches(c.address, c.pattern); got != c.want {
			t.Errorf("%s in %s: %v", c.pattern, c.address, got)
		}
	}
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"https://www.paper.example/", "https://news.paper.example/", true}, {"https://paper.co.uk/", "https://other.co.uk/", false},
		{"https://paper.co.uk/", "https://www.paper.co.uk/", true}, {"http://127.0.0.1:1/", "http://127.0.0.1:2/", false},
		{"http://10.0.0.1/", "http://11.0.0.1/", false}, {"http://localhost:1/", "http://localhost:1/", true},
		{"https://a.github.io/", "https://b.github.io/", false}, {"https://PAPER.example/", "https://paper.example/", true},
	} {
		a, _ := url.Parse(c.a)
		b, _ := url.Parse(c.b)
		if got := sameSite(a, b); got != c.want {
			t.Errorf("%s and %s are one site: %v", c.a, c.b, got)
		}
	}
}

func FuzzListing(f *testing.F) {
	f.Add([]byte(top + `<main><h3><a href="/news/1">Minister heads to Doha</a></h3><time datetime=2026-03-03></main>` + bottom))
	f.Add([]byte(`<base href="http://[::1"><a href="//x:y@z/1"><h2>One two three four</h2></a>`))
	base, _ := url.Parse("https://paper.example/list")
	f.Fuzz(func(t *testing.T, body []byte) {
		list := newLinks(base, config.Links{}, true)
		_, _ = readListing(body, "", list)
		checkLinks(t, list.list)
		if kind, err := kindOf(body, base); err == nil && kind == story.KindUnknown {
			t.Error("no kind was found, and no reason")
		}
	})
}
