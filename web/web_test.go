package web

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/storywatch/storywatch/diff"
	"github.com/storywatch/storywatch/storage"
	"github.com/storywatch/storywatch/story"
	"github.com/storywatch/storywatch/text"
)

var (
	baghdad = time.FixedZone("Asia/Baghdad", 3*60*60)
	now     = time.Date(2026, 11, 24, 15, 30, 0, 0, time.UTC) // 18:30 in Baghdad, a Tuesday
)

// room is a database with pages over it.
type room struct {
	t    *testing.T
	db   *storage.DB
	opts Options
	log  bytes.Buffer
	last map[string]story.Version // by article
	seq  map[string]int64         // by story
}

func newRoom(t *testing.T) *room {
	t.Helper()
	db, err := storage.Open(t.Context(), filepath.Join(t.TempDir(), "web.db"), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	r := &room{t: t, db: db, last: map[string]story.Version{}, seq: map[string]int64{}}
	r.opts = Options{Version: "1.2.3", Now: func() time.Time { return now }, Settings: func() Settings {
		return Settings{Zone: baghdad, Titles: map[string]string{"tour": "جولة الوزير", "flood": "Flood in the delta", "budget": "Budget"}}
	}}
	return r
}

func (r *room) handler() http.Handler {
	return New(r.db, r.opts, slog.New(slog.NewTextHandler(&r.log, nil)))
}

// publish stores the next version of an article, seen so long ago, and what it means for a story.
func (r *room) publish(a story.Article, source string, ago time.Duration, news ...story.News) story.Version {
	r.t.Helper()
	id := storage.ArticleID(a.URL)
	before := r.last[id]
	v := storage.Seal(story.Version{ArticleID: id, Source: source, PageURL: a.URL, SeenAt: now.Add(-ago), Article: a}, before)
	entry := storage.Entry{Version: &v, Page: story.Page{URL: a.URL, Host: "paper.example", Source: source, Kind: story.KindArticle}}
	if before.Number > 0 {
		change := diff.Compare(before.Article.Text(), a.Text())
		entry.Change = &change
	}
	for _, n := range news {
		r.seq[n.Story]++
		n.Seq = r.seq[n.Story]
		entry.News = append(entry.News, n)
	}
	if err := r.db.Record(context.Background(), entry); err != nil {
		r.t.Fatal(err)
	}
	r.last[id] = v
	return v
}

// get asks for a path and returns the answer with its body.
func get(h http.Handler, path string) (*http.Response, string) {
	return ask(h, "GET", path, "example.com")
}

func ask(h http.Handler, method, path, host string) (*http.Response, string) {
	r := httptest.NewRequest(method, "http://example.com"+path, nil)
	r.Host = host
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	body, _ := io.ReadAll(w.Result().Body)
	return w.Result(), string(body)
}

// page asks for a page and parses it.
func (r *room) page(path string) *goquery.Document {
	r.t.Helper()
	resp, body := get(r.handler(), path)
	if resp.StatusCode != http.StatusOK {
		r.t.Fatalf("GET %s: status %d, log %s", path, resp.StatusCode, r.log.String())
	}
	return parse(r.t, body)
}

func parse(t *testing.T, body string) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// words is the text of a selection with its white space made plain.
func words(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }

func texts(s *goquery.Selection) []string {
	return s.Map(func(_ int, one *goquery.Selection) string { return words(one) })
}

func paragraphs(all ...string) []text.Paragraph {
	var out []text.Paragraph
	for _, s := range all {
		out = append(out, text.Paragraph{Text: s})
	}
	return out
}

// fill publishes two stories in two scripts: a trip that is announced, confirmed and moved, and a flood.
func (r *room) fill() (arabic, english story.Version) {
	ar := story.Article{URL: "https://akhbar.example/world/1", Title: "الوزير يستعد لجولة", Lang: "ar", Dir: "rtl", Authors: []string{"ليلى"},
		Paragraphs: paragraphs("قالت الوزارة إن الوزير يستعد لجولة.", "ولم يحدد موعد.")}
	r.publish(ar, "akhbar", 5*time.Hour, story.News{Story: "tour"})
	ar.Title = "الوزير يتوجه إلى قطر مساء الثلاثاء"
	ar.Paragraphs = paragraphs("قالت الوزارة إن الوزير يستعد لجولة.", "وسيغادر مساء الثلاثاء إلى قطر.")
	evening := time.Date(2026, 11, 24, 18, 0, 0, 0, baghdad)
	arabic = r.publish(ar, "akhbar", 85*time.Minute, story.News{Story: "tour", Developments: []story.Development{{
		ID: "trip", Kind: story.PlannedEvent, Kinds: []story.Kind{story.PlannedEvent, story.QuoteAdded}, Headline: ar.Title,
		Reason: "No earlier version names this trip.", Confidence: .86, Lang: "ar", Alerts: true, Who: []string{"الوزير"},
		Where: []story.Place{{Name: "قطر", Country: "QA"}},
		When:  []story.Moment{{Text: "مساء الثلاثاء", From: evening, To: evening.Add(6 * time.Hour), Part: "evening"}},
		Evidence: []story.Evidence{{Text: "وسيغادر مساء الثلاثاء إلى قطر.", Lang: "ar", Dir: "rtl", URL: ar.URL, Source: "akhbar",
			VersionID: storage.VersionID(storage.ArticleID(ar.URL), 2)}},
	}}})
	en := story.Article{URL: "http://paper.example/politics/2", Title: "Minister to visit Qatar", Lang: "en", Dir: "ltr",
		Paragraphs: paragraphs("The minister leaves on Tuesday evening.")}
	r.publish(en, "paper", 60*time.Minute, story.News{Story: "tour", Sightings: []story.Sighting{{DevelopmentID: "trip"}}})
	en.Paragraphs = paragraphs("The minister leaves on Wednesday morning.")
	old := 7.0
	english = r.publish(en, "paper", 20*time.Minute, story.News{Story: "tour", Developments: []story.Development{
		{ID: "moved", Kind: story.PlanChange, Headline: "The minister leaves on Wednesday morning.", Lang: "en", Alerts: true,
			Reason: "The day was another.", Confidence: .7, Figures: []story.Figure{{Role: "killed", Value: 12, Old: &old, Text: "twelve"}},
			Evidence: []story.Evidence{{Text: "The minister leaves on Wednesday morning.", Lang: "en", Dir: "ltr", URL: en.URL, Source: "paper"},
				{Text: "The minister leaves on Tuesday evening.", Lang: "en", Dir: "ltr", URL: en.URL, Source: "paper", Removed: true}}},
		{ID: "small", Kind: story.Reword, Headline: "Put differently", Lang: "en", SeenAt: now.Add(-time.Minute)},
	}})
	flood := story.Article{URL: "https://paper.example/delta", Title: "Flood", Lang: "en", Dir: "ltr", Paragraphs: paragraphs("Water rose.")}
	r.publish(flood, "paper", 26*time.Hour, story.News{Story: "flood", Developments: []story.Development{
		{ID: "water", Kind: story.NewDevelopment, Headline: "Water rose.", Lang: "en"}, // of a baseline: it does not alert
	}})
	return arabic, english
}
