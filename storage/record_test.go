package storage_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/storywatch/storywatch/diff"
	"github.com/storywatch/storywatch/storage"
	"github.com/storywatch/storywatch/storage/storagetest"
	"github.com/storywatch/storywatch/story"
	"github.com/storywatch/storywatch/text"
)

// noon is when the tests begin. Its zone and its microseconds must not come back.
var noon = time.Date(2026, 3, 5, 12, 0, 0, 123_456_789, time.FixedZone("Baghdad", 3*3600))

// article is a short article in Arabic, with what databases stumble over.
func article(title string) story.Article {
	return story.Article{
		URL:        "https://akhbar.example/siyasa/12",
		Title:      title,
		Standfirst: "قال الوزير إنّ الزيارة «مهمّة» — and a NUL\x00, a broken byte \xff, <b> & 'quotes'",
		Paragraphs: []text.Paragraph{
			{Text: "يصل الوفد مساء الثلاثاء إلى الدوحة، ثم يتوجّه إلى القاهرة."},
			{Kind: text.Entry, Text: "١٢ جريحًا على الأقل", At: noon.Add(time.Hour)},
		},
		Authors:   []string{"ليلى حسن"},
		Published: noon.Add(-time.Hour),
		Lang:      "ar", Dir: "rtl",
	}
}

// first is the first version of the article of a page.
func first(url, title string) story.Version {
	return storage.Seal(story.Version{
		ArticleID: storage.ArticleID(url), Source: "akhbar", PageURL: url, SeenAt: noon, Article: article(title),
	}, story.Version{})
}

// next is a version that follows another.
func next(before story.Version, title string) story.Version {
	v := before
	v.SeenAt = before.SeenAt.Add(time.Minute)
	v.Article = article(title)
	return storage.Seal(v, before)
}

// learn is news of a story without anything new in it.
func learn(name string, seq int64) []story.News { return []story.News{{Story: name, Seq: seq}} }

func record(t *testing.T, db *storage.DB, e storage.Entry) {
	t.Helper()
	if err := db.Record(t.Context(), e); err != nil {
		t.Fatal(err)
	}
}

// fullEntry has everything an entry can have.
func fullEntry() storage.Entry {
	v := first("https://akhbar.example/siyasa/12", "جولة في المنطقة")
	return storage.Entry{
		Page: story.Page{
			URL: v.PageURL, Host: "akhbar.example", Source: "akhbar", Kind: story.KindArticle,
			Due: noon.Add(15 * time.Minute), First: noon, FollowUntil: noon.Add(14 * 24 * time.Hour), Looked: noon, Good: noon,
			Outcome: story.OutcomeVersion, Note: "النسخة الأولى\x00", Failures: 2, ETag: `W/"a\b"`, LastModified: "Thu, 05 Mar 2026 08:00:00 GMT",
			BodyHash: "abc", Title: "عنوان", Hinted: noon.Add(-time.Hour), BaseOnly: true,
		},
		Found:   []story.Page{found("https://akhbar.example/siyasa/13", noon)},
		Version: &v,
		Reason:  "first version",
		News: []story.News{{
			Story: "tour", Seq: 1, Verdict: "two things are new", Score: 0.75,
			Developments: []story.Development{
				development("d1", story.PlannedEvent, "الوفد إلى الدوحة"),
				development("d2", story.NumberChange, "١٢ جريحًا"),
			},
		}},
		Alerts: []story.Alert{{
			ID: "a1", Type: "development.planned_event", Story: "tour", DevelopmentID: "d1", Source: "akhbar",
			CreatedAt: noon, Data: []byte(`{"headline":"الوفد إلى الدوحة"}`), Receivers: []string{"desk", "archive", "desk"},
		}},
		HostFree: noon.Add(5 * time.Second),
	}
}

func development(id string, kind story.Kind, headline string) story.Development {
	old := 9.0
	return story.Development{
		ID: id, Story: "tour", Kind: kind, Kinds: []story.Kind{kind}, Headline: headline, Reason: "جديد", Confidence: 0.9,
		Importance: 0.6, Who: []string{"الوفد"}, Where: []story.Place{{Name: "الدوحة", Country: "QA"}},
		When:     []story.Moment{{Text: "مساء الثلاثاء", From: noon.UTC().Truncate(time.Hour), Part: "evening"}},
		Figures:  []story.Figure{{Role: "injured", Value: 12, Old: &old, Text: "١٢"}},
		Evidence: []story.Evidence{{Text: "يصل الوفد مساء الثلاثاء", Lang: "ar", Dir: "rtl", Source: "akhbar"}},
		Alerts:   true,
	}
}

func found(url string, due time.Time) story.Page {
	return story.Page{URL: url, Host: "akhbar.example", Source: "akhbar", Kind: story.KindArticle, Due: due, First: due}
}

func ms(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }

func TestRecordedEntryIsReadBackWhole(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		ctx, e := t.Context(), fullEntry()
		record(t, db, e)

		version, err := db.Latest(ctx, e.Version.ArticleID)
		same(t, "version", version, *e.Version, err)
		version, err = db.Version(ctx, e.Version.ID)
		same(t, "version by id", version, *e.Version, err)
		page := e.Page
		page.Note = "النسخة الأولى"
		for _, at := range []*time.Time{&page.Due, &page.First, &page.FollowUntil, &page.Looked, &page.Good, &page.Hinted} {
			*at = ms(*at)
		}
		stored, err := db.Page(ctx, page.URL)
		same(t, "page", stored, page, err)
		free, err := db.HostFree(ctx, "akhbar.example")
		same(t, "host free", free, ms(e.HostFree), err)

		want := e.News[0].Developments[0]
		want.SeenAt, want.LastSeen, want.VersionID, want.Sightings, want.Sources = e.Version.SeenAt, e.Version.SeenAt, e.Version.ID, 1, 1
		got, err := db.Development(ctx, "d1")
		same(t, "development", got, want, err)
		sightings, err := db.Sightings(ctx, "d1")
		same(t, "sightings", sightings, []story.Sighting{{
			DevelopmentID: "d1", VersionID: e.Version.ID, Source: "akhbar", URL: e.Version.PageURL, SeenAt: e.Version.SeenAt,
		}}, err)
		learned, err := db.Learned(ctx, "tour", 0)
		same(t, "learned", learned, []storage.Learned{{Seq: 1, Version: *e.Version, Verdict: "two things are new", Score: 0.75}}, err)

		alert := e.Alerts[0]
		alert.CreatedAt, alert.Receivers = ms(alert.CreatedAt), []string{"archive", "desk"}
		info, err := db.Alert(ctx, "a1")
		same(t, "alert", info.Alert, alert, err)
		if len(info.Deliveries) != 2 || info.Deliveries[1].ID != storage.DeliveryID("a1", "desk") ||
			info.Deliveries[1].Seq != 1 || !info.Deliveries[1].Due.Equal(alert.CreatedAt) {
			t.Errorf("deliveries are %+v, want one each to archive and desk, due with the alert", info.Deliveries)
		}
	})
}

// same compares what was read with what was expected.
func same[T any](t *testing.T, what string, got, want T, err error) {
	t.Helper()
	if err != nil {
		t.Errorf("%s: %v", what, err)
	} else if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s differs (-want +got):\n%s", what, diff)
	}
}

func TestVersionsAreListedWithTheirChanges(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		ctx := t.Context()
		one := first("https://akhbar.example/1", "أولى")
		two := next(one, "ثانية")
		three := next(two, "ثالثة")
		change := diff.Change{Edits: []diff.Edit{{Op: diff.Reworded, Before: "أولى", After: "ثانية"}}}
		record(t, db, storage.Entry{Version: &one})
		record(t, db, storage.Entry{Version: &two, Change: &change, News: learn("tour", 1)})
		record(t, db, storage.Entry{Version: &three, Reason: "cosmetic", News: append(learn("tour", 2), learn("other", 1)...)})

		versions, err := db.Versions(ctx, one.ArticleID)
		same(t, "versions", versions, []story.Version{one, two, three}, err)
		got, err := db.ChangeOf(ctx, two.ID)
		same(t, "change", got, change, err)
		if _, err := db.ChangeOf(ctx, one.ID); !errors.Is(err, storage.ErrNotFound) {
			t.Errorf("change of a first version: %v, want ErrNotFound", err)
		}
		for id, want := range map[string]string{one.ID: "first version", two.ID: "", three.ID: "cosmetic"} {
			reason, err := db.ReasonOf(ctx, id)
			same(t, "reason of "+id, reason, want, err)
		}
		after, err := db.Learned(ctx, "tour", 1)
		same(t, "learned after 1", after, []storage.Learned{{Seq: 2, Version: three}}, err)

		want := []storage.ArticleInfo{{
			ID: one.ArticleID, URL: one.Article.URL, Source: "akhbar", Title: "ثالثة", Lang: "ar", Versions: 3,
			First: one.SeenAt, Last: three.SeenAt, Stories: []string{"other", "tour"},
		}}
		for _, f := range []storage.ArticleFilter{
			{}, {Story: "tour"}, {Source: "akhbar", Limit: 5}, {URL: "http://akhbar.example/1?utm_source=x#top"}, {URL: one.Article.URL},
		} {
			articles, err := db.Articles(ctx, f)
			same(t, fmt.Sprintf("articles %+v", f), articles, want, err)
		}
		none, err := db.Articles(ctx, storage.ArticleFilter{Story: "nothing"})
		same(t, "articles of an unknown story", none, nil, err)
		stories, err := db.Stories(ctx)
		same(t, "stories", stories, []storage.StoryInfo{{Name: "other", Articles: 1, Versions: 1}, {Name: "tour", Articles: 1, Versions: 2}}, err)
	})
}

func TestWhatIsNotThereIsNotFound(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		ctx := t.Context()
		ask := map[string]func() error{
			"latest":      func() error { _, err := db.Latest(ctx, "x"); return err },
			"version":     func() error { _, err := db.Version(ctx, "x.1"); return err },
			"change":      func() error { _, err := db.ChangeOf(ctx, "x.1"); return err },
			"reason":      func() error { _, err := db.ReasonOf(ctx, "x.1"); return err },
			"development": func() error { _, err := db.Development(ctx, "x"); return err },
			"alert":       func() error { _, err := db.Alert(ctx, "x"); return err },
			"page":        func() error { _, err := db.Page(ctx, "x"); return err },
			"attempt": func() error {
				return db.Attempted(ctx, "x", story.Attempt{At: noon}, story.DeliveryDone, time.Time{})
			},
		}
		for what, read := range ask {
			if err := read(); !errors.Is(err, storage.ErrNotFound) {
				t.Errorf("%s: %v, want ErrNotFound", what, err)
			}
		}
	})
}

func TestSightingsConfirmADevelopment(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		record(t, db, fullEntry())
		see := func(url, source string, seq int64, at time.Time) {
			v := storage.Seal(story.Version{Source: source, PageURL: url, SeenAt: at, Article: article("خبر")}, story.Version{})
			twice := []story.Sighting{{DevelopmentID: "d1"}, {DevelopmentID: "d1"}}
			record(t, db, storage.Entry{Version: &v, News: []story.News{{Story: "tour", Seq: seq, Sightings: twice}}})
		}
		see("https://a.example/1", "other", 2, noon.Add(2*time.Hour))
		see("https://a.example/2", "other", 3, noon.Add(time.Hour))
		d, err := db.Development(t.Context(), "d1")
		if err != nil || d.Sightings != 3 || d.Sources != 2 || !d.LastSeen.Equal(ms(noon.Add(2*time.Hour))) {
			t.Errorf("development has %d sightings of %d sources, last %v (%v); want 3 of 2, the latest time", d.Sightings, d.Sources, d.LastSeen, err)
		}
	})
}

func TestRecordRefusesWhatWouldBeDamage(t *testing.T) {
	sealed := first("https://a.example/1", "أ")
	forged := sealed
	forged.Article.Title = "ب"
	unexplained := next(sealed, "ج")
	cases := map[string]struct {
		entry storage.Entry
		want  string
	}{
		"forged":       {storage.Entry{Version: &forged}, "is not sealed"},
		"unexplained":  {storage.Entry{Version: &unexplained}, "has neither a change nor a reason for none"},
		"no version":   {storage.Entry{News: learn("tour", 1)}, "there is news without a version"},
		"no time":      {storage.Entry{Alerts: []story.Alert{{ID: "a"}}}, "alert a has no time"},
		"no such fact": {storage.Entry{Version: &sealed, News: []story.News{{Story: "s", Seq: 1, Sightings: []story.Sighting{{DevelopmentID: "?"}}}}}, "sighting of ?"},
	}
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		for name, c := range cases {
			if err := db.Record(t.Context(), c.entry); !says(err, c.want) {
				t.Errorf("%s: %v, want %q in it", name, err, c.want)
			}
		}
		counts, err := db.Counts(t.Context())
		same(t, "counts", counts, storage.Counts{}, err)
	})
}

func TestNothingIsWrittenWhenRecordFailsHalfWay(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		ctx := t.Context()
		record(t, db, fullEntry())
		before, err := db.Counts(ctx)
		if err != nil {
			t.Fatal(err)
		}
		late := func(change func(e *storage.Entry)) storage.Entry {
			v := first("https://akhbar.example/late", "متأخر")
			e := storage.Entry{
				Page: found("https://akhbar.example/late", noon), Version: &v,
				Found:  []story.Page{found("https://akhbar.example/later", noon)},
				News:   []story.News{{Story: "fresh", Seq: 1}, {Story: "tour", Seq: 2}},
				Alerts: []story.Alert{{ID: "a2", Type: "t", CreatedAt: noon, Receivers: []string{"desk"}}},
			}
			change(&e)
			return e
		}
		cases := map[string]struct {
			entry storage.Entry
			stale bool
		}{
			"a place that is taken":       {late(func(e *storage.Entry) { e.News[1].Seq = 1 }), true},
			"a place that is too far":     {late(func(e *storage.Entry) { e.News[1].Seq = 3 }), true},
			"a development known already": {late(func(e *storage.Entry) { e.News[1].Developments = []story.Development{{ID: "d1"}} }), false},
			"an alert of nothing known":   {late(func(e *storage.Entry) { e.Alerts[0].DevelopmentID = "?" }), false},
		}
		for name, c := range cases {
			if err := db.Record(ctx, c.entry); err == nil || errors.Is(err, storage.ErrStale) != c.stale {
				t.Errorf("%s: %v; want an error, ErrStale: %v", name, err, c.stale)
			}
			after, err := db.Counts(ctx)
			same(t, name+": counts", after, before, err)
		}
		record(t, db, late(func(*storage.Entry) {}))
		info, err := db.Alert(ctx, "a2")
		if err != nil || info.Deliveries[0].Seq != 2 {
			t.Errorf("the next delivery to desk is %+v (%v), want Seq 2: failed entries take no number", info.Deliveries, err)
		}
	})
}

func TestAVersionThatDoesNotFollowTheLastIsStale(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		one := first("https://a.example/1", "أ")
		two, rival := next(one, "ب"), next(one, "ج")
		far := next(next(two, "د"), "ه")
		record(t, db, storage.Entry{Version: &one})
		record(t, db, storage.Entry{Version: &two, Reason: "cosmetic"})
		for name, v := range map[string]story.Version{"again": one, "rival": rival, "too far": far, "after a rival": next(rival, "و")} {
			if err := db.Record(t.Context(), storage.Entry{Version: &v, Reason: "cosmetic"}); !errors.Is(err, storage.ErrStale) {
				t.Errorf("%s: %v, want ErrStale", name, err)
			}
		}
	})
}

func TestAnAlertIsRecordedOnce(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		alert := story.Alert{ID: "a", Type: "source.failing", CreatedAt: noon, Data: []byte(`{"n":1}`), Receivers: []string{"desk"}}
		again, other := alert, alert
		again.Data, again.Receivers = []byte(`{"n":2}`), []string{"desk", "press"}
		other.ID = "b"
		record(t, db, storage.Entry{Alerts: []story.Alert{alert}})
		record(t, db, storage.Entry{Alerts: []story.Alert{again, other, again}})
		due, err := db.DueDeliveries(t.Context(), "desk", noon, 0)
		if err != nil || len(due) != 2 || due[0].Seq != 1 || string(due[0].Alert.Data) != `{"n":1}` || due[1].Seq != 2 || due[1].AlertID != "b" {
			t.Errorf("desk is sent %+v (%v), want the first form of a as 1 and b as 2", due, err)
		}
		names, err := db.DueReceivers(t.Context(), noon)
		same(t, "receivers", names, []string{"desk"}, err)
	})
}
