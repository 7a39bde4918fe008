package web

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"github.com/storywatch/storywatch/story"
	"github.com/storywatch/storywatch/text"
	"golang.org/x/net/html"
)

// hostile is what strangers may put into any text we show.
var hostile = []string{
	`<script>alert(1)</script>`,
	`</title><script>alert(1)</script>`,
	`</h3></article></main><script src=//evil.example/x.js></script>`,
	`"><script>alert(1)</script>`,
	`' onmouseover='alert(1)`,
	`" onfocus="alert(1)" autofocus x="`,
	"` onclick=alert(1) `",
	`<img src=x onerror=alert(1)>`,
	`<svg onload=alert(1)>`,
	`<svg><script>alert(1)</script></svg>`,
	`<iframe src="javascript:alert(1)"></iframe>`,
	`<style>body{display:none}</style>`,
	`<link rel=stylesheet href=//evil.example/x.css>`,
	`<base href="//evil.example/">`,
	`<meta http-equiv=refresh content="0;url=//evil.example">`,
	`<form action=//evil.example><input name=p></form>`,
	`<a href="javascript:alert(1)">x</a>`,
	`<math><mtext></mtext><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">`,
	`<!-- --!><script>alert(1)</script>`,
	`<![CDATA[<script>alert(1)</script>]]>`,
	`<plaintext>`,
	`<noscript><p title="</noscript><img src=x onerror=alert(1)>">`,
	`{{.}} {{template "layout" .}} ${alert(1)}`,
	`&lt;script&gt;alert(1)&lt;/script&gt;`,
	`&#x3C;script&#62;`,
	"javascript:alert(1)//",
	"data:text/html,<script>alert(1)</script>",
	"java\tscript:alert(1)",
	"https://user:pass@evil.example/",
	"//evil.example/x",
	"rtl \u202Eevil\u202C end",
	"isolate \u2066 not closed",
	"embedding \u202B not closed",
	"controls \x01\x07\x1b[31mred\x7f\u0085",
	"tags \U000E0041\U000E0042 hidden",
	"\uFEFFmark \uFFF9 noncharacter \uFFFE",
	"broken \xff\xfe utf-8 \xc0\xaf",
	"نص عربي \u202Eمقلوب <b>غامق</b>",
	strings.Repeat("A", 5000) + "<script>",
	strings.Repeat("\u0300", 200) + "marks",
}

// allowedTags is every element our own templates use.
var allowedTags = strings.Fields("html head meta title link body a header p main footer time span h1 h2 h3 nav ul li small bdi div section " +
	"article dl dt dd blockquote details summary ol del ins code strong")

// fillHostile puts a payload into every field a stranger, or a broken row, could put it into.
func (r *room) fillHostile(name, s string, i int) story.Version {
	old := 1.5
	article := story.Article{
		URL: "https://paper.example/" + name, Canonical: s, Title: s, Standfirst: s, Authors: []string{s, s}, Section: s, Image: s,
		Lang: s, Dir: s, Paragraphs: []text.Paragraph{{Text: "Before."}, {Kind: s, Text: s}, {Kind: text.Quote, Text: s}, {Kind: text.Heading, Text: s}},
	}
	first := r.publish(article, s, 0)
	article.Paragraphs = append(paragraphs("Now: "+s+" It goes on.", s), article.Paragraphs...)
	moment := story.Moment{Text: s, From: now, Part: s}
	evidence := story.Evidence{Text: s, Lang: s, Dir: s, VersionID: s, URL: s, Source: s}
	gone := evidence
	gone.Removed = true
	return r.publish(article, s, 0, story.News{Story: name, Developments: []story.Development{{
		ID: name + s, Kind: story.Kind(s), Kinds: []story.Kind{story.Kind(s), story.Kind(s + "2")}, Headline: s, Reason: s, Confidence: 2,
		Who: []string{s}, Where: []story.Place{{Name: s, Country: s}}, When: []story.Moment{moment}, Lang: s, Alerts: i%2 == 0,
		Figures: []story.Figure{{Role: s, Text: s, Old: &old}}, Evidence: []story.Evidence{evidence, gone},
	}}, Sightings: []story.Sighting{{DevelopmentID: name + s, VersionID: first.ID, Source: s + "b", URL: s}}})
}

func TestHostileTextIsOnlyEverText(t *testing.T) {
	r := newRoom(t)
	titles := map[string]string{}
	versions := map[string]story.Version{}
	for i, s := range hostile {
		name := "story-" + string(rune('a'+i/26)) + string(rune('a'+i%26))
		titles[name] = s
		versions[name] = r.fillHostile(name, s, i)
	}
	r.opts.Version = hostile[3]
	r.opts.Settings = func() Settings { return Settings{Titles: titles} }
	h := r.handler()
	for name, v := range versions {
		for _, path := range []string{storyPath(name), articlePath(v.ArticleID), versionPath(v.ID), articlePath(v.ArticleID) + "/1",
			"/stories/" + url.PathEscape(titles[name]), "/articles/" + url.PathEscape(titles[name])} {
			resp, body := get(h, path)
			if resp.StatusCode != 200 && resp.StatusCode != 404 {
				t.Errorf("%q at %s: status %d, log %s", titles[name], path, resp.StatusCode, r.log.String())
			}
			checkHarmless(t, path, body)
		}
		if got := r.page(storyPath(name)).Find(".card h3").Text(); got != shown(titles[name]) && utf8.ValidString(titles[name]) {
			t.Errorf("%q is shown as %q", titles[name], got)
		}
	}
	_, body := get(h, "/")
	for _, s := range hostile {
		if _, same := get(h, "/?"+url.QueryEscape(s)); same != body {
			t.Errorf("the query %q changes the front page", s)
		}
	}
	checkHarmless(t, "/", body)
	if n := parse(t, body).Find(".story").Length(); n != len(hostile) {
		t.Errorf("%d stories on the front page, want %d", n, len(hostile))
	}
}

// checkHarmless fails unless a page has only elements and attributes of ours, links that lead where they may, and no
// character that hides or turns others.
func checkHarmless(t *testing.T, path, body string) {
	t.Helper()
	for _, c := range body {
		if unicode.IsControl(c) && c != '\n' && c != '\t' || c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069 || c >= 0xE0000 && c <= 0xE0FFF {
			t.Errorf("%s: the page holds %U", path, c)
		}
	}
	parse(t, body).Find("*").Each(func(_ int, s *goquery.Selection) {
		node := s.Get(0)
		if !slices.Contains(allowedTags, node.Data) {
			t.Errorf("%s: element <%s>", path, node.Data)
		}
		for _, a := range node.Attr {
			checkAttribute(t, path, node, a)
		}
	})
}

func checkAttribute(t *testing.T, path string, node *html.Node, a html.Attribute) {
	t.Helper()
	switch a.Key {
	case "href":
		local := strings.HasPrefix(a.Val, "/") && !strings.HasPrefix(a.Val, "//") || a.Val == "#main"
		if local {
			return
		}
		u, err := url.Parse(a.Val)
		if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.User != nil || u.Host == "" {
			t.Errorf("%s: link to %q", path, a.Val)
		}
		if !slices.Contains(node.Attr, html.Attribute{Key: "rel", Val: "noopener noreferrer"}) {
			t.Errorf("%s: link to %q without rel", path, a.Val)
		}
	case "dir":
		if a.Val != "rtl" && a.Val != "ltr" && a.Val != "auto" {
			t.Errorf("%s: dir=%q", path, a.Val)
		}
	case "lang":
		if a.Val != "" && !langTag.MatchString(a.Val) {
			t.Errorf("%s: lang=%q", path, a.Val)
		}
	case "class", "id", "datetime", "rel", "charset", "name", "content", "type", "aria-label", "aria-current":
	default:
		t.Errorf("%s: attribute %s=%q", path, a.Key, a.Val)
	}
	if node.Data == "meta" && a.Key == "http-equiv" {
		t.Errorf("%s: http-equiv", path)
	}
}

func TestErrorsRepeatNothingOfTheRequest(t *testing.T) {
	h := newRoom(t).handler()
	for _, s := range hostile {
		if len(s) > 1000 {
			continue
		}
		mark := "zq7" + s
		for _, path := range []string{"/" + url.PathEscape(mark), "/stories/" + url.PathEscape(mark), "/articles/x?" + url.QueryEscape(mark), "/assets/" + url.PathEscape(mark)} {
			for _, method := range []string{"GET", "POST"} {
				if resp, body := ask(h, method, path, "example.com"); strings.Contains(body, "zq7") || resp.Header.Get("Location") != "" {
					t.Errorf("%s %s is repeated", method, path)
				}
			}
		}
	}
}

func FuzzPagesShowAnyTextAsText(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	pages := parsePages()
	f.Fuzz(func(t *testing.T, s string) {
		fr := frame{Tab: shown(s), Style: assetPath("style.css"), Icon: assetPath("icon.svg"), settings: Settings{Zone: baghdad}, now: now}
		dev := fr.development(story.Development{ID: s, Kind: story.Kind(s), Headline: s, Reason: s, Lang: s, Who: []string{s}, VersionID: s,
			Where: []story.Place{{Name: s, Country: s}}, When: []story.Moment{{Text: s, From: now, Part: s}}, Figures: []story.Figure{{Text: s, Role: s}},
			Evidence: []story.Evidence{{Text: s, Lang: s, Dir: s, URL: s, Source: s, VersionID: s}}})
		page := frontPage{frame: fr, Stories: []frontStory{{storyHead: storyHead{Title: newFragment(s, s, s), Path: storyPath(s)}, Cards: []development{dev}}}}
		var b strings.Builder
		if err := pages["front"].ExecuteTemplate(&b, "layout", page); err != nil {
			t.Fatal(err)
		}
		checkHarmless(t, "front", b.String())
	})
}
