package extract

import (
	"strings"
	"testing"
	"time"

	"github.com/storywatch/storywatch/story"
)

func TestParseTime(t *testing.T) {
	for written, want := range map[string]string{
		"2024-08-12T10:30:00+03:00":        "2024-08-12T07:30:00Z",
		"2024-08-12T10:30:00+0300":         "2024-08-12T07:30:00Z",
		"2024-08-12T07:30:00.123Z":         "2024-08-12T07:30:00Z",
		"2024-08-12 07:30":                 "2024-08-12T07:30:00Z",
		"2024-08-12":                       "2024-08-12T00:00:00Z",
		"20240812":                         "2024-08-12T00:00:00Z",
		"Mon, 12 Aug 2024 07:30:00 GMT":    "2024-08-12T07:30:00Z",
		"1723447800":                       "2024-08-12T07:30:00Z",
		"1723447800000":                    "2024-08-12T07:30:00Z",
		"August 12, 2024":                  "2024-08-12T00:00:00Z",
		"12 August 2024":                   "2024-08-12T00:00:00Z",
		"12th of August, 2024":             "2024-08-12T00:00:00Z",
		"12.08.2024":                       "2024-08-12T00:00:00Z",
		"12. August 2024":                  "2024-08-12T00:00:00Z",
		"12 août 2024":                     "2024-08-12T00:00:00Z",
		"12 de agosto de 2024":             "2024-08-12T00:00:00Z",
		"12 августа 2024":                  "2024-08-12T00:00:00Z",
		"12 Ağustos 2024":                  "2024-08-12T00:00:00Z",
		"12 أغسطس 2024":                    "2024-08-12T00:00:00Z",
		"١٢ آب ٢٠٢٤":                       "2024-08-12T00:00:00Z",
		"12 كانون الأول 2024":              "2024-12-12T00:00:00Z",
		"12 تشرين الثاني 2024":             "2024-11-12T00:00:00Z",
		"12 جويلية 2024":                   "2024-07-12T00:00:00Z",
		"12 באוגוסט 2024":                  "2024-08-12T00:00:00Z",
		"12 אוגוסט 2024":                   "2024-08-12T00:00:00Z",
		"2024年8月12日":                       "2024-08-12T00:00:00Z",
		"2024년 8월 12일":                     "2024-08-12T00:00:00Z",
		"yesterday":                        "",
		"31 April 2024":                    "",
		"12":                               "",
		"":                                 "",
		strings.Repeat("2024-08-12 ", 100): "",
	} {
		got := ""
		if at := ParseTime(written); !at.IsZero() {
			got = at.UTC().Truncate(time.Second).Format(time.RFC3339)
		}
		if got != want {
			t.Errorf("%q is read as %q, want %q", written, got, want)
		}
	}
}

func TestWhenAPageWasPublished(t *testing.T) {
	body := "<article><h1>Ferry out of service</h1><p>" + ferry1 + "</p><p>" + ferry2 + "</p></article>"
	for name, c := range map[string]struct{ url, page, published, modified string }{
		"JSON-LD": {"", `<script type="application/ld+json">{"@type":"NewsArticle","headline":"x","datePublished":"2024-08-12T10:00:00+03:00","dateModified":"2024-08-12T12:00:00+03:00"}</script>` + body,
			"2024-08-12T07:00:00Z", "2024-08-12T09:00:00Z"},
		"Open Graph":             {"", `<meta property="article:published_time" content="2024-08-12T07:00:00Z">` + body, "2024-08-12T07:00:00Z", ""},
		"microdata":              {"", `<div itemprop="datePublished" content="2024-08-12">` + body + `</div>`, "2024-08-12T00:00:00Z", ""},
		"a time element":         {"", `<time datetime="2024-08-12T07:00:00Z">Monday</time>` + body, "2024-08-12T07:00:00Z", ""},
		"the address":            {"https://islander.example/2024/08/12/ferry", body, "2024-08-12T00:00:00Z", ""},
		"a line in Arabic":       {"", strings.Replace(body, "<p>", "<p>نشر في ١٢ آب ٢٠٢٤</p><p>", 1), "2024-08-12T00:00:00Z", ""},
		"a date to come":         {"", `<meta property="article:published_time" content="2031-08-12T07:00:00Z">` + body, "", ""},
		"before there was a web": {"", `<meta property="article:published_time" content="1970-01-01T00:00:00Z">` + body, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			a, err := Article(story.Fetched{URL: c.url, Body: []byte(c.page), At: time.Date(2024, 8, 13, 0, 0, 0, 0, time.UTC)}, Selectors{})
			if err != nil {
				t.Fatal(err)
			}
			if got := written(a.Published.UTC()); a.Published.IsZero() != (c.published == "") || (c.published != "" && got != c.published) {
				t.Errorf("published %q, want %q", got, c.published)
			}
			if c.modified != "" && written(a.Modified.UTC()) != c.modified {
				t.Errorf("modified %v, want %s", a.Modified, c.modified)
			}
		})
	}
}

func TestAuthors(t *testing.T) {
	body := "<p>" + ferry1 + "</p><p>" + ferry2 + "</p>"
	for name, c := range map[string]struct{ page, want string }{
		"JSON-LD":             {`<script type="application/ld+json">{"@type":"NewsArticle","headline":"x","author":[{"@type":"Person","name":"Lina Dorvat"},{"@type":"Organization","name":"The Islander"}]}</script>` + body, "Lina Dorvat"},
		"meta":                {`<meta name="author" content="By Lina Dorvat and Karl Ehrenfeld">` + body, "Lina Dorvat|Karl Ehrenfeld"},
		"a link":              {`<a rel="author" href="/a">Lina Dorvat</a>` + body, "Lina Dorvat"},
		"no author":           {body, ""},
		"an address, no name": {`<meta name="author" content="https://social.example/islander">` + body, ""},
	} {
		a, err := FromHTML("", []byte("<article><h1>Ferry out of service</h1>"+c.page+"</article>"), Selectors{})
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(a.Authors, "|"); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestLinesAnswerEveryLine(t *testing.T) {
	in := `{"id":"1","url":"https://islander.example/1","html":"<article><h1>Ferry</h1><p>` + ferry1 + `</p><p>` + ferry2 + `</p></article>"}

{"id":"2","path":"no such file"}
{"id":"3","html":""}
`
	var out strings.Builder
	if err := Lines(t.Context(), strings.NewReader(in), &out, func(b []byte, _ string) []byte { return b }); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 3 || !strings.Contains(lines[0], `"title":"Ferry"`) || !strings.Contains(lines[1], `"outcome":"unreadable"`) || !strings.Contains(lines[2], `"id":"3"`) {
		t.Errorf("the answers are %q", lines)
	}
	err := Lines(t.Context(), strings.NewReader("{\"id\":\"1\"}\nnot JSON\n"), &out, func(b []byte, _ string) []byte { return b })
	if err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("a broken line is told as %v", err)
	}
}
