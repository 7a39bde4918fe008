package alert

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/storywatch/storywatch/diff"
	"github.com/storywatch/storywatch/story"
)

func TestBodiesAreWrittenAsTheyWere(t *testing.T) {
	for name, a := range examples(t) {
		golden(t, name+".json", append(bodyOf(t, a, 17), '\n'))
	}
}

func TestABodyIsTheSameAtEveryTryAndDiffersBetweenReceiversOnlyInSeq(t *testing.T) {
	d, about := arabicTrip()
	d.SeenAt = d.SeenAt.Add(123456 * time.Nanosecond)
	a := alertOf(t, d, about)
	first, again := bodyOf(t, a, 17), bodyOf(t, a, 17)
	if string(first) != string(again) {
		t.Error("written twice, the body differs")
	}
	stored := a
	stored.CreatedAt = time.UnixMilli(a.CreatedAt.UnixMilli()).In(time.FixedZone("+03", 3*3600))
	if !stored.CreatedAt.Equal(a.CreatedAt) {
		t.Error("the database will not give the alert's time back")
	}
	stored.Receivers = []string{"other"}
	if string(first) != string(bodyOf(t, stored, 17)) {
		t.Error("the body differs once the alert has been in the database")
	}
	if other := bodyOf(t, a, 18); strings.Replace(string(first), `"seq":17`, `"seq":18`, 1) != string(other) {
		t.Error("more than seq differs")
	}
}

func TestAddressesAndMarkupAreNotEscaped(t *testing.T) {
	body := string(bodyOf(t, examples(t)["arabic-trip"], 1))
	for _, want := range []string{"https://akhbar.example/a?id=7&lang=ar", "<جدول الأعمال> & الوفد", "مساء الثلاثاء"} {
		if !strings.Contains(body, want) {
			t.Errorf("the body does not hold %q as it is", want)
		}
	}
}

func TestACosmeticOrMovedSentenceIsNoPartOfTheChange(t *testing.T) {
	body := string(bodyOf(t, examples(t)["english-toll"], 1)) + string(bodyOf(t, examples(t)["arabic-trip"], 1))
	for _, quiet := range []string{"valley road", "رويدا"} {
		if strings.Contains(body, quiet) {
			t.Errorf("the body tells of %q", quiet)
		}
	}
}

func TestAFirstVersionHasNoChangeAndNoPublicAddressNoLinks(t *testing.T) {
	d, about := arabicTrip()
	about.Change, about.Links = diff.Change{}, Links{}
	body := string(bodyOf(t, alertOf(t, d, about), 1))
	for _, key := range []string{`"change"`, `"more"`, "watch.example", `"truncated"`} {
		if strings.Contains(body, key) {
			t.Errorf("the body has %s", key)
		}
	}
}

func TestLinksLeadToOurPagesWhateverTheNames(t *testing.T) {
	l := Links{Public: "https://desk.example/watch/"}
	d := story.Development{ID: "dev_1", Story: "a/b ?#é"}
	for got, want := range map[string]string{
		l.front():          "https://desk.example/watch/",
		l.story(d.Story):   "https://desk.example/watch/stories/a%2Fb%20%3F%23%C3%A9",
		l.development(d):   "https://desk.example/watch/stories/a%2Fb%20%3F%23%C3%A9#d-dev_1",
		Links{}.front():    "",
		Links{}.story("a"): "",
		l.version(story.Version{ArticleID: "art_1", Number: 12}): "https://desk.example/watch/articles/art_1/12",
	} {
		if got != want {
			t.Errorf("link = %q, want %q", got, want)
		}
	}
}

func TestNumbersAndTimesThatJSONCannotSayDoNotSpoilTheRest(t *testing.T) {
	d, about := arabicTrip()
	nan := math.NaN()
	d.Importance, d.Confidence = math.NaN(), 7
	d.Figures = []story.Figure{{Value: math.Inf(1), Text: "endless"}, {Value: 5, Old: &nan, Text: "five"}}
	d.When = []story.Moment{{Text: "long after", From: time.Date(12024, 1, 1, 0, 0, 0, 0, time.UTC)}}
	d.Evidence[0].Dir, about.Version.Article.Dir = "auto", "upwards"
	body := bodyOf(t, alertOf(t, d, about), 1)
	mustConform(t, body)
	var got struct{ Data payload }
	if err := json.Unmarshal(body, &got); err != nil {
		t.Fatal(err)
	}
	dev := got.Data.Development
	if dev.Importance != 0 || dev.Confidence != 1 || dev.Dir != "" {
		t.Errorf("importance %v, confidence %v, dir %q", dev.Importance, dev.Confidence, dev.Dir)
	}
	if len(dev.Figures) != 1 || dev.Figures[0].Text != "five" || dev.Figures[0].Old != nil {
		t.Errorf("figures = %+v", dev.Figures)
	}
	if len(dev.When) != 1 || dev.When[0].From != "" || dev.When[0].Text != "long after" {
		t.Errorf("when = %+v", dev.When)
	}
}

func TestWhatIsNoAlertHasNoBody(t *testing.T) {
	long := `{"note":"` + strings.Repeat("a", maxBody) + `"}`
	for _, data := range []string{"", " ", "null", "[]", `"text"`, "{", "}", `{"a":1}{`, `{"a":1,}`, long} {
		if body, err := Body(story.Delivery{Seq: 1, Alert: story.Alert{ID: "al_1", Type: SourceFailing, Data: []byte(data)}}); err == nil {
			t.Errorf("%.40q has the body %.80s", data, body)
		}
	}
	for _, data := range []string{"{}", " { } ", `{"a":1}`} {
		body, err := Body(story.Delivery{Seq: 1, Alert: story.Alert{ID: "al_1", Type: SourceFailing, Data: []byte(data)}})
		if err != nil || !json.Valid(body) {
			t.Errorf("%q: %s, %v", data, body, err)
		}
	}
}

func TestALongAlertIsCutToFitAndSaysWhereTheRestIs(t *testing.T) {
	d, about := arabicTrip()
	sentence := strings.Repeat("وقال المتحدث إن الوفد سيصل غدًا ", 40)
	d.Evidence = slices.Repeat(d.Evidence, 5)
	for i := range d.Evidence {
		d.Evidence[i].Text = fmt.Sprint(i, sentence)
	}
	for range 30 {
		about.Change.Edits = append(about.Change.Edits, diff.Edit{Op: diff.Added, After: sentence})
	}
	body := bodyOf(t, alertOf(t, d, about), math.MaxInt64)
	mustConform(t, body)
	var got struct{ Data payload }
	if err := json.Unmarshal(body, &got); err != nil {
		t.Fatal(err)
	}
	if !got.Data.Truncated || got.Data.More != "https://watch.example/articles/art_7f3a/3" {
		t.Errorf("truncated %v, more %q", got.Data.Truncated, got.Data.More)
	}
	if got.Data.Development.Headline != d.Headline || len(got.Data.Development.Evidence) == 0 {
		t.Error("more than evidence and change was cut")
	}
	if len(body) < maxBody/3 {
		t.Errorf("%d bytes: more was cut than had to be", len(body))
	}
}

// TestNoAlertIsEverTooLong builds the largest and strangest developments there are.
func TestNoAlertIsEverTooLong(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	longest := 0
	for i := range 100 {
		d, about := strangeDevelopment(r, 1<<r.IntN(13))
		a := alertOf(t, d, about)
		body := bodyOf(t, a, math.MaxInt64)
		longest = max(longest, len(body))
		if len(body) > maxBody || !utf8.Valid(body) {
			t.Fatalf("development %d: %d bytes, valid UTF-8: %v", i, len(body), utf8.Valid(body))
		}
		mustConform(t, body)
	}
	if longest < maxBody/2 {
		t.Errorf("the longest of all bodies has %d bytes: the test does not reach the limit", longest)
	}
}

// strangeDevelopment fills every text with up to so many random bytes, and every list.
func strangeDevelopment(r *rand.Rand, most int) (story.Development, Context) {
	text := func() string { return "a" + randomText(r, r.IntN(most)) }
	d, about := arabicTrip()
	d.Story, d.Headline, d.Reason, d.Lang = text(), text(), text(), text()
	about.StoryTitle, about.Links.Public = text(), "https://"+text()
	about.Version.Source, about.Version.Article.Title, about.Version.Article.URL = text(), text(), text()
	about.Version.Article.Lang = text()
	for range r.IntN(80) {
		d.Who = append(d.Who, text())
		d.Where = append(d.Where, story.Place{Name: text(), Country: "QA"})
		d.When = append(d.When, story.Moment{Text: text(), From: seen, To: seen})
		d.Figures = append(d.Figures, story.Figure{Role: text(), Text: text(), Value: r.NormFloat64()})
		d.Evidence = append(d.Evidence, story.Evidence{Text: text(), Lang: text(), Source: text(), URL: text(), VersionID: "art_1.1"})
		about.Change.Edits = append(about.Change.Edits, diff.Edit{Op: diff.Reworded, Before: text(), After: text()})
	}
	return d, about
}

func TestACutTextEndsOnARuneBoundaryAndHoldsWhatFits(t *testing.T) {
	for _, c := range []struct {
		text string
		most int
		want string
	}{
		{"whole", 5, "whole"},
		{"a word more", 9, "a word…"},
		{"unbroken", 7, "unbr…"},
		{"ثلاثاء", 9, "ثلا…"},
		{"ثلاثاء", 10, "ثلا…"},
		{"🧭🧭🧭", 11, "🧭🧭…"},
		{"\n\n\n\n", 7, "\n\n…"},
		{"\u0001\u0001", 9, "\u0001…"},
		{"", 0, ""},
		{"long", 3, "…"},
	} {
		if got, whole := cut(c.text, c.most); got != c.want || whole != (c.text == c.want) {
			t.Errorf("cut(%q, %d) = %q, %v; want %q", c.text, c.most, got, whole, c.want)
		}
	}
}

func TestTextsAreValidAndWithoutNUL(t *testing.T) {
	if got := clean("a\x00b\xff\xfeج"); got != "ab\uFFFDج" {
		t.Errorf("clean = %q", got)
	}
}

func TestTheLengthOfATextIsWhatJSONWrites(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 2000 {
		s := clean(randomText(r, r.IntN(200)))
		data, err := encode(s)
		if err != nil || written(s) != len(data)-2 {
			t.Fatalf("%q: counted %d, written %d, %v", s, written(s), len(data)-2, err)
		}
	}
}

func FuzzAlertOfStrangersText(f *testing.F) {
	f.Add("headline", "evidence", "https://a.example/?a&b", "ar")
	f.Add("\xff\xfe", strings.Repeat("\u2028", 5000), strings.Repeat("%", 3000), "\x00")
	f.Add(strings.Repeat("\x01", 40_000), "", "", "")
	f.Fuzz(func(t *testing.T, headline, evidence, url, lang string) {
		d, about := arabicTrip()
		d.Headline, d.Evidence[0].Text, about.Version.Article.URL, d.Lang = headline, evidence, url, lang
		about.Change.Edits = append(about.Change.Edits, diff.Edit{Op: diff.Reworded, Before: headline, After: evidence})
		body := bodyOf(t, alertOf(t, d, about), math.MaxInt64)
		if len(body) > maxBody || !utf8.Valid(body) {
			t.Fatalf("%d bytes, valid UTF-8: %v", len(body), utf8.Valid(body))
		}
		mustConform(t, body)
	})
}
