package watch

import (
	"testing"
	"time"

	"github.com/storywatch/storywatch/config"
	"github.com/storywatch/storywatch/story"
)

var noon = time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)

func scheduled(t *testing.T, line string) config.Source {
	t.Helper()
	s, err := config.ParseSchedule(line, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	return config.Source{Name: "s", Schedule: s, Follow: config.Follow{For: 14 * 24 * time.Hour, Every: 15 * time.Minute, Slowest: 6 * time.Hour}}
}

func TestNextLookAtASource(t *testing.T) {
	for _, tc := range []struct {
		name      string
		schedule  string
		outcome   story.Outcome
		failures  int
		notBefore time.Time
		want      time.Time
	}{
		{"follows the schedule", "*/10 * * * *", story.OutcomeListed, 0, time.Time{}, noon.Add(10 * time.Minute)},
		{"tries a passing failure sooner", "0 18 * * *", story.OutcomeRetry, 1, time.Time{}, noon.Add(time.Minute)},
		{"and ever later", "0 18 * * *", story.OutcomeRetry, 4, time.Time{}, noon.Add(8 * time.Minute)},
		{"but never after the schedule", "*/10 * * * *", story.OutcomeRetry, 9, time.Time{}, noon.Add(10 * time.Minute)},
		{"does not hurry where it is not wanted", "0 18 * * *", story.OutcomeBlocked, 1, time.Time{}, noon.Add(6 * time.Hour)},
		{"waits as long as it was asked to", "*/10 * * * *", story.OutcomeRetry, 1, noon.Add(time.Hour), noon.Add(time.Hour)},
		{"keeps its time when asked for less", "*/10 * * * *", story.OutcomeListed, 0, noon.Add(time.Minute), noon.Add(10 * time.Minute)},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p := story.Page{Root: true, Looked: noon, Outcome: tc.outcome, Failures: tc.failures}
			if got := nextLook(p, scheduled(t, tc.schedule), false, tc.notBefore); !got.Equal(tc.want) {
				t.Errorf("next look %v, want %v", got, tc.want)
			}
		})
	}
}

func TestNextLookAtAnArticle(t *testing.T) {
	day := 24 * time.Hour
	for _, tc := range []struct {
		name     string
		age      time.Duration // since it was first known
		changed  bool
		outcome  story.Outcome
		failures int
		want     time.Duration // from now; 0: never
	}{
		{"fresh", time.Minute, false, story.OutcomeUnchanged, 0, 15 * time.Minute},
		{"some hours old", 4 * time.Hour, false, story.OutcomeUnchanged, 0, time.Hour},
		{"a day old", 25 * time.Hour, false, story.OutcomeUnchanged, 0, 3 * time.Hour},
		{"days old", 5 * day, false, story.OutcomeUnchanged, 0, 6 * time.Hour},
		{"days old and just changed", 5 * day, true, story.OutcomeVersion, 0, 15 * time.Minute},
		{"at the end of its follow time", 14*day - time.Hour, false, story.OutcomeUnchanged, 0, 0},
		{"fails once", time.Minute, false, story.OutcomeRetry, 1, 15 * time.Minute},
		{"fails again and again", time.Minute, false, story.OutcomeRetry, 8, 128 * time.Minute},
		{"gone, perhaps for a moment", time.Minute, false, story.OutcomeGone, 2, 15 * time.Minute},
		{"gone for good", time.Minute, false, story.OutcomeGone, 3, 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			first := noon.Add(-tc.age)
			p := story.Page{First: first, FollowUntil: first.Add(14 * day), Looked: noon, Outcome: tc.outcome, Failures: tc.failures}
			got := nextLook(p, scheduled(t, "@hourly"), tc.changed, time.Time{})
			want := noon.Add(tc.want)
			if tc.want == 0 {
				want = time.Time{}
			}
			if !got.Equal(want) {
				t.Errorf("next look %v, want %v", got, want)
			}
		})
	}
}

// Whatever the state, a page that is looked at again is looked at later than now.
func TestNextLookLiesAhead(t *testing.T) {
	for failures := range 70 {
		for _, root := range []bool{true, false} {
			p := story.Page{Root: root, First: noon, Looked: noon, Outcome: story.OutcomeRetry, Failures: failures}
			if got := nextLook(p, scheduled(t, "@daily"), false, time.Time{}); !got.After(noon) || got.After(noon.Add(2*lastRetry)) {
				t.Errorf("after %d failures (root: %v) the next look is at %v", failures, root, got)
			}
		}
	}
}
