package alert

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/storywatch/storywatch/config"
	"github.com/storywatch/storywatch/diff"
	"github.com/storywatch/storywatch/story"
)

var update = flag.Bool("update", false, "accept what the tests see as what they want")

// testSecret is 32 bytes in base64, as receivers are given it.
const testSecret = "whsec_c3Rvcnl3YXRjaC10ZXN0cy1vbmx5LTMyLWJ5dGVzISE="

var seen = time.Date(2024, 3, 4, 9, 12, 30, 451e6, time.UTC)

var links = Links{Public: "https://watch.example"}

// arabicTrip is a planned trip that an Arabic article adds in its third version.
func arabicTrip() (story.Development, Context) {
	const before = "ولم يُعلن بعد عن موعد للجولة."
	const after = "وقال المتحدث إن الوزيرة ليلى حداد ستزور قطر ومصر مساء الثلاثاء."
	version := story.Version{
		ID: "art_7f3a.3", ArticleID: "art_7f3a", Number: 3, Source: "desk-ar", PageURL: "https://akhbar.example/a?id=7&lang=ar",
		SeenAt: seen,
		Article: story.Article{
			URL: "https://akhbar.example/a?id=7&lang=ar", Title: "حداد تستعد لجولة إقليمية", Lang: "ar", Dir: "rtl",
			Published: time.Date(2024, 3, 4, 6, 0, 0, 0, time.UTC),
		},
	}
	from := time.Date(2024, 3, 5, 15, 0, 0, 0, time.UTC)
	development := story.Development{
		ID: "dev_0c1d2e3f405162738495", Story: "regional-tour", Kind: story.PlannedEvent,
		Kinds: []story.Kind{story.PlannedEvent, story.NewDevelopment}, Headline: after,
		Reason: "names a day and places that no earlier version of the story had", Confidence: 0.87, Importance: 0.86,
		Who: []string{"ليلى حداد"}, Where: []story.Place{{Name: "قطر", Country: "QA"}, {Name: "مصر", Country: "EG"}},
		When:     []story.Moment{{Text: "مساء الثلاثاء", From: from, To: from.Add(6 * time.Hour), Part: "evening"}},
		Evidence: []story.Evidence{{Text: after, Lang: "ar", Dir: "rtl", VersionID: version.ID, URL: version.Article.URL, Source: "desk-ar"}},
		Lang:     "ar", Alerts: true, SeenAt: seen, VersionID: version.ID, Sightings: 1, Sources: 1, LastSeen: seen,
	}
	change := diff.Change{Edits: []diff.Edit{
		{Op: diff.Cosmetic, Old: 0, New: 0, Before: "الرباط - رويدا", After: "الرباط – رويدا"},
		{Op: diff.Reworded, Old: 2, New: 2, Before: before, After: after, Sentences: []diff.Edit{
			{Op: diff.Reworded, Before: before, After: after},
		}},
		{Op: diff.Added, Old: -1, New: 3, After: "ولم تكشف الوزارة عن تفاصيل <جدول الأعمال> & الوفد."},
	}}
	return development, Context{StoryTitle: "الجولة الإقليمية", Version: version, Change: change, Links: links}
}

// englishToll is a figure that an English article corrects.
func englishToll() (story.Development, Context) {
	version := story.Version{
		ID: "art_90b2.2", ArticleID: "art_90b2", Number: 2, Source: "wire", PageURL: "https://wire.example/flood", SeenAt: seen,
		Article: story.Article{URL: "https://wire.example/flood", Title: "Flood toll rises in Marren valley", Lang: "en", Dir: "ltr"},
	}
	old := 12.0
	development := story.Development{
		ID: "dev_aa11bb22cc33dd44ee55", Story: "marren-flood", Kind: story.NumberChange, Kinds: []story.Kind{story.NumberChange},
		Headline: "Officials said 19 people had died, up from 12.", Reason: "killed was 12 and is now 19", Confidence: 0.93,
		Importance: 0.83, Figures: []story.Figure{{Role: "killed", Value: 19, Old: &old, Text: "19 people had died"}},
		Evidence: []story.Evidence{
			{Text: "Officials said 19 people had died, up from 12.", Lang: "en", Dir: "ltr", VersionID: version.ID, URL: version.Article.URL, Source: "wire"},
			{Text: "At least 12 people have died.", Lang: "en", Dir: "ltr", VersionID: "art_90b2.1", URL: version.Article.URL, Source: "wire", Removed: true},
		},
		Lang: "en", Alerts: true, SeenAt: seen, VersionID: version.ID, Sightings: 3, Sources: 2, LastSeen: seen.Add(time.Minute),
	}
	change := diff.Change{Edits: []diff.Edit{
		{Op: diff.Removed, Old: 1, New: -1, Before: "At least 12 people have died."},
		{Op: diff.Added, Old: -1, New: 1, After: "Officials said 19 people had died, up from 12."},
		{Op: diff.Moved, Old: 4, New: 2, Before: "The valley road is shut.", After: "The valley road is shut."},
	}}
	return development, Context{StoryTitle: "Marren flood", Version: version, Change: change, Links: links}
}

func failingSource() Event {
	return Event{
		Type: SourceFailing, At: seen, Links: links,
		Page: story.Page{
			URL: "https://wire.example/politics/", Source: "wire", Root: true, Kind: story.KindListing, Outcome: story.OutcomeBlocked,
			Note: "the site asks for consent before it shows its page", Failures: 6, Good: seen.Add(-3 * time.Hour),
		},
	}
}

func removedArticle() Event {
	_, about := arabicTrip()
	return Event{
		Type: ArticleRemoved, At: seen.Add(time.Hour), Links: links, Version: &about.Version, Stories: []string{"regional-tour", "summit"},
		Page: story.Page{
			URL: about.Version.PageURL, Source: "desk-ar", Kind: story.KindArticle, Outcome: story.OutcomeGone, Failures: 2,
			Note: "the page is gone (410)", Good: seen,
		},
	}
}

func newArticle() Event {
	e := removedArticle()
	e.Type, e.Page.Outcome, e.Page.Note, e.Page.Failures = ArticleNew, story.OutcomeVersion, "", 0
	return e
}

// one is a receiver without a rule.
func one(name string) []config.Receiver { return []config.Receiver{{Name: name}} }

// alertOf writes the alert of a development for one receiver.
func alertOf(t testing.TB, d story.Development, about Context) story.Alert {
	t.Helper()
	alerts, err := Match(one("desk"), []story.Development{d}, about)
	if err != nil || len(alerts) != 1 {
		t.Fatalf("Match = %d alerts, %v; want one", len(alerts), err)
	}
	return alerts[0]
}

func eventAlertOf(t testing.TB, e Event) story.Alert {
	t.Helper()
	every, err := config.ParseWhen("true")
	if err != nil {
		t.Fatal(err)
	}
	a, err := SourceEvent([]config.Receiver{{Name: "desk", When: every}}, e)
	if err != nil || a == nil {
		t.Fatalf("SourceEvent = %v, %v; want an alert", a, err)
	}
	return *a
}

func bodyOf(t testing.TB, a story.Alert, seq int64) []byte {
	t.Helper()
	body, err := Body(story.Delivery{ID: "dl_1", AlertID: a.ID, Receiver: "desk", Seq: seq, Alert: a})
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// examples is an alert of every type, by the name of its golden file.
func examples(t testing.TB) map[string]story.Alert {
	trip, aboutTrip := arabicTrip()
	toll, aboutToll := englishToll()
	recovered, appeared := failingSource(), newArticle()
	recovered.Type, recovered.Page.Outcome, recovered.Page.Note, recovered.Page.Failures = SourceRecovered, story.OutcomeListed, "", 0
	recovered.Page.Good = recovered.At
	return map[string]story.Alert{
		"arabic-trip":      alertOf(t, trip, aboutTrip),
		"english-toll":     alertOf(t, toll, aboutToll),
		"source-failing":   eventAlertOf(t, failingSource()),
		"source-recovered": eventAlertOf(t, recovered),
		"article-removed":  eventAlertOf(t, removedArticle()),
		"article-new":      eventAlertOf(t, appeared),
	}
}

// golden compares with a file of testdata, or writes it with -update.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("%s differs; run with -update if it should\n got %s\nwant %s", path, got, want)
	}
}
