package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"
	"github.com/storywatch/storywatch/storage"
	"github.com/storywatch/storywatch/story"
)

func TestFrontShowsStoriesAndDevelopmentsNewestFirst(t *testing.T) {
	r := newRoom(t)
	r.fill()
	doc := r.page("/")
	for _, c := range []struct {
		what, selector string
		want           []string
	}{
		{"stories by their latest news", ".story > header h2", []string{"جولة الوزير", "Flood in the delta"}},
		{"their index in the same order", ".index a", []string{"جولة الوزير", "Flood in the delta"}},
		{"developments without the quiet one", ".card h3",
			[]string{"The minister leaves on Wednesday morning.", "الوزير يتوجه إلى قطر مساء الثلاثاء", "Water rose."}},
		{"kinds in words", ".card .kind", []string{"Change of plan", "Planned event", "New development"}},
		{"what else it is, and the baseline", ".card .also", []string{"New quote", "known when watching began"}},
		{"where and when first seen", ".card .at", []string{"today 18:10", "today 17:05", "yesterday 16:30"}},
		{"how well confirmed", ".sightings", []string{"Seen in one source so far",
			"Confirmed by 2 sources, first seen today 17:05, last today 17:30", "Seen in one source so far"}},
		{"who, where and when", "#d-trip dd", []string{"الوزير", "قطر QA", "مساء الثلاثاء Tue 24 Nov 2026, evening"}},
		{"figures with what was before", "#d-moved dd", []string{"twelve killed (before: 7)"}},
		{"reason and confidence", "#d-trip .reason", []string{"No earlier version names this trip. · 86 % sure"}},
		{"evidence", "#d-trip blockquote p", []string{"وسيغادر مساء الثلاثاء إلى قطر."}},
		{"evidence that is gone", "#d-moved blockquote del", []string{"The minister leaves on Tuesday evening."}},
		{"stories without news", ".silent li", []string{"Budget"}},
		{"the way to the rest", ".more", []string{"The whole timeline: 1 more, small changes included"}},
		{"the zone", "footer.site p", []string{"Times are in Asia/Baghdad. Health Metrics storywatch 1.2.3"}},
	} {
		if d := cmp.Diff(c.want, texts(doc.Find(c.selector))); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.what, d)
		}
	}
}

func TestEveryFragmentHasItsOwnDirection(t *testing.T) {
	r := newRoom(t)
	arabic, _ := r.fill()
	front, version := r.page("/"), r.page(versionPath(arabic.ID))
	for selector, want := range map[string]string{
		"#d-trip":               "rtl/",
		"#d-trip h3":            "rtl/ar",
		"#d-trip blockquote":    "rtl/ar",
		"#d-trip .kind":         "ltr/",
		"#d-trip .sightings":    "ltr/",
		"#d-moved":              "ltr/",
		"#d-moved h3":           "ltr/en",
		".story:first-child h2": "/",
		".story > header":       "auto/",
	} {
		if s := front.Find(selector).First(); s.Length() == 0 || s.AttrOr("dir", "")+"/"+s.AttrOr("lang", "") != want {
			t.Errorf("front %s: dir/lang %s/%s, want %s", selector, s.AttrOr("dir", ""), s.AttrOr("lang", ""), want)
		}
	}
	for _, selector := range []string{"h1", ".text"} {
		if s := version.Find(selector).First(); s.AttrOr("dir", "") != "rtl" || s.AttrOr("lang", "") != "ar" {
			t.Errorf("version %s: not right-to-left Arabic", selector)
		}
	}
	if n := front.Find(".facts dd").Length(); n == 0 || front.Find(".facts dd:has(bdi)").Length() != n {
		t.Error("a name, place, time or figure stands outside bdi")
	}
}

func TestTimesAreMachineReadable(t *testing.T) {
	r := newRoom(t)
	r.fill()
	doc := r.page("/stories/tour")
	doc.Find("time").Each(func(_ int, s *goquery.Selection) {
		stamp := s.AttrOr("datetime", "")
		_, errTime := time.Parse(time.RFC3339, stamp)
		_, errDate := time.Parse(time.DateOnly, stamp)
		if errTime != nil && errDate != nil {
			t.Errorf("<time datetime=%q> is neither a time nor a date", stamp)
		}
	})
	if got := doc.Find("#d-trip dd time").AttrOr("datetime", ""); got != "2026-11-24T18:00:00+03:00" {
		t.Errorf("Tuesday evening is %s", got)
	}
}

func TestTimelineHasAllDevelopmentsByDayWithTheirSightings(t *testing.T) {
	r := newRoom(t)
	r.fill()
	doc := r.page("/stories/tour")
	if d := cmp.Diff([]string{"Put differently", "The minister leaves on Wednesday morning.", "الوزير يتوجه إلى قطر مساء الثلاثاء"},
		texts(doc.Find(".card h3"))); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"Today", "Articles"}, texts(doc.Find("h2"))); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"today 17:05 · akhbar · akhbar.example · kept version", "today 17:30 · paper · paper.example · kept version"},
		texts(doc.Find("#d-trip .seen li"))); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"Minister to visit Qatar paper · 2 versions · today 18:10",
		"الوزير يتوجه إلى قطر مساء الثلاثاء akhbar · 2 versions · today 17:05"}, texts(doc.Find(".articles li"))); d != "" {
		t.Error(d)
	}
	if got := words(doc.Find("main > .stories .meta").First()); got != "3 developments · 2 articles" {
		t.Error(got)
	}
	if got := words(r.page("/stories/budget").Find(".hint")); !strings.HasPrefix(got, "This story has no news yet.") {
		t.Errorf("a story without news says %q", got)
	}
}

func TestTimelineSaysWhenItIsCut(t *testing.T) {
	r := newRoom(t)
	n := story.News{Story: "flood"}
	for i := range timelineCards + 1 {
		n.Developments = append(n.Developments, story.Development{ID: fmt.Sprint(i), Kind: story.NewDevelopment, Headline: "x", Alerts: true,
			SeenAt: now.Add(-time.Duration(i) * time.Minute)})
	}
	r.publish(story.Article{URL: "https://paper.example/1", Title: "Flood"}, "paper", 0, n)
	doc := r.page("/stories/flood")
	if got := doc.Find(".card").Length(); got != timelineCards {
		t.Errorf("%d cards", got)
	}
	if got := words(doc.Find(".hint")); got != fmt.Sprintf("The %d newest developments are shown.", timelineCards) {
		t.Error(got)
	}
}

func TestEmptyPagesSayWhatToDoNext(t *testing.T) {
	r := newRoom(t)
	r.opts.Settings = nil
	if got := words(r.page("/").Find(".empty")); !strings.Contains(got, "No source is watched yet") || !strings.Contains(got, "storywatch check") {
		t.Errorf("without sources: %s", got)
	}
	err := r.db.SyncSources(t.Context(), []story.Page{{URL: "https://a.example/", Host: "a.example", Source: "a", Root: true, Due: now}})
	if err != nil {
		t.Fatal(err)
	}
	got := words(r.page("/").Find(".empty"))
	if !strings.Contains(got, "No story has news yet") || !strings.Contains(got, "1 source is watched") || !strings.Contains(got, "storywatch crawl") {
		t.Errorf("with a source: %s", got)
	}
}

func TestOneStoryWithQuietNewsOnlySaysSo(t *testing.T) {
	r := newRoom(t)
	r.publish(story.Article{URL: "https://paper.example/1", Title: "Flood"}, "paper", 0,
		story.News{Story: "flood", Developments: []story.Development{{ID: "q", Kind: story.Reorder, Headline: "x"}}})
	doc := r.page("/")
	if doc.Find(".card").Length() != 0 || words(doc.Find(".story .hint")) != "Only small changes so far: nothing that would alert." {
		t.Error(words(doc.Find("main")))
	}
}

func TestArticleShowsItsVersionsAndItsLastChange(t *testing.T) {
	r := newRoom(t)
	arabic, english := r.fill()
	doc := r.page(articlePath(arabic.ArticleID))
	for _, c := range []struct {
		selector string
		want     []string
	}{
		{"h1", []string{"الوزير يتوجه إلى قطر مساء الثلاثاء"}},
		{".meta", []string{"akhbar · akhbar.example · ليلى"}},
		{".versions li", []string{"Version 2 today 17:05 الوزير يتوجه إلى قطر مساء الثلاثاء", "Version 1 today 13:30 الوزير يستعد لجولة"}},
		{".crumbs a", []string{"Stories", "جولة الوزير"}},
	} {
		if d := cmp.Diff(c.want, texts(doc.Find(c.selector))); d != "" {
			t.Errorf("%s: %s", c.selector, d)
		}
	}
	if doc.Find(".text ins").Length() == 0 || doc.Find(".text del").Length() == 0 || doc.Find(".text .gap").Length() == 0 {
		t.Errorf("the last change is not marked: %s", words(doc.Find(".text")))
	}
	if strings.Contains(words(doc.Find(".text")), "قالت الوزارة") {
		t.Error("the last change shows a paragraph that stayed")
	}
	if href := r.page(articlePath(english.ArticleID)).Find(".meta a").AttrOr("href", ""); href != "http://paper.example/politics/2" {
		t.Errorf("link to the article: %q", href)
	}
	if got := words(r.page(articlePath(storage.ArticleID("https://paper.example/delta"))).Find(".hint")); !strings.HasPrefix(got, "One version is kept") {
		t.Error(got)
	}
}

func TestAnArticleNamesItsOwnStoriesOnly(t *testing.T) {
	r := newRoom(t)
	page := "https://paper.example/today"
	for id, name := range map[string]string{"one": "tour", "two": "flood"} { // two articles that were read at one address
		v := storage.Seal(story.Version{ArticleID: id, Source: "paper", PageURL: page, SeenAt: now, Article: story.Article{URL: page, Title: id}}, story.Version{})
		if err := r.db.Record(t.Context(), storage.Entry{Version: &v, News: []story.News{{Story: name, Seq: 1}}}); err != nil {
			t.Fatal(err)
		}
	}
	if d := cmp.Diff([]string{"Stories", "جولة الوزير"}, texts(r.page("/articles/one").Find(".crumbs a"))); d != "" {
		t.Error(d)
	}
}

func TestVersionMarksWhatChanged(t *testing.T) {
	r := newRoom(t)
	_, english := r.fill()
	second := r.page(versionPath(english.ID))
	plain := second.Find(".text").Clone()
	plain.Find("del, .note").Remove()
	if got := words(plain); got != "The minister leaves on Wednesday morning." {
		t.Errorf("without what was removed, the text reads %q", got)
	}
	if got := words(second.Find(".text del")); !strings.Contains(got, "Tuesday") {
		t.Errorf("removed: %q", got)
	}
	if got := words(second.Find(".text ins")); !strings.Contains(got, "Wednesday") || strings.Contains(got, "minister") {
		t.Errorf("new: %q", got)
	}
	if got := second.Find(".turn a").AttrOr("href", ""); got != articlePath(english.ArticleID)+"/1" {
		t.Errorf("the neighbour is %q", got)
	}
	first := r.page(articlePath(english.ArticleID) + "/1")
	if first.Find(".text ins, .text del").Length() != 0 || words(first.Find(".hint")) != "The first version kept: there is nothing to compare it with." {
		t.Error("a first version is marked")
	}
	if got := first.Find(".turn a").AttrOr("href", ""); got != articlePath(english.ArticleID)+"/2" {
		t.Errorf("the neighbour is %q", got)
	}
}

func TestUnknownAndMalformedAreTheSameToTheReader(t *testing.T) {
	r := newRoom(t)
	arabic, _ := r.fill()
	h := r.handler()
	_, want := get(h, "/stories/nothing-of-that-name")
	id := arabic.ArticleID
	for _, path := range []string{"/nothing", "/stories/", "/stories/a/b", "/stories/%00", "/stories/%ff", "/stories/..%2f..", "/stories/%E2%80%AE",
		"/stories/" + strings.Repeat("x", 3000), "/articles/zzz", "/articles/%00", "/articles/" + id + "/0", "/articles/" + id + "/3",
		"/articles/" + id + "/01", "/articles/" + id + "/+1", "/articles/" + id + "/x", "/articles/" + id + "/99999999999999999999",
		"/articles/" + id + "/1/", "//stories/tour", "/./", "/stories/../stories/tour", "/assets/", "/assets/..", "/assets/%2e%2e%2fweb.go",
		"/assets/none.css", "/articles/" + id + "'%20OR%201=1--"} {
		resp, body := get(h, path)
		if resp.StatusCode != http.StatusNotFound || body != want {
			t.Errorf("%s: status %d, same page: %t", path, resp.StatusCode, body == want)
		}
	}
	if r.log.Len() > 0 {
		t.Errorf("logged: %s", r.log.String())
	}
}
