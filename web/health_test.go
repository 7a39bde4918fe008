package web

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/storywatch/storywatch/story"
)

func TestLatenessIsTimeSinceASourceShouldHaveBeenLookedAt(t *testing.T) {
	at := func(minutes int) time.Time { return now.Add(time.Duration(minutes) * time.Minute) }
	for name, c := range map[string]struct {
		page story.Page
		want time.Duration
	}{
		"due ahead":                               {story.Page{Due: at(3), Looked: at(-7)}, 0},
		"due now":                                 {story.Page{Due: at(0), Looked: at(-10)}, 0},
		"due long ago":                            {story.Page{Due: at(-40), Looked: at(-50)}, 40 * time.Minute},
		"never looked at, due long ago":           {story.Page{Due: at(-40)}, 40 * time.Minute},
		"never looked at, due ahead":              {story.Page{Due: at(5), First: at(-1)}, 0},
		"due far ahead though looked at long ago": {story.Page{Due: at(600), Looked: at(-60)}, 50 * time.Minute},
		"never due again":                         {story.Page{Looked: at(-60)}, 50 * time.Minute},
		"waiting on purpose after a failure":      {story.Page{Due: at(600), Looked: at(-60), Failures: 1}, 0},
		"failed and due long ago":                 {story.Page{Due: at(-40), Looked: at(-60), Failures: 9}, 40 * time.Minute},
		"nothing known":                           {story.Page{}, 0},
	} {
		if got := lateness(c.page, 10*time.Minute, now); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestASourceIsLateAfterThreeIntervalsAndFiveMinutes(t *testing.T) {
	limit := 35 * time.Minute
	for by, want := range map[time.Duration]int{limit: 0, limit + time.Second: 1} {
		pages := []story.Page{{Source: "a", Due: now.Add(-by)}}
		if got := lateSources(pages, map[string]time.Duration{"a": 10 * time.Minute}, now); len(got) != want {
			t.Errorf("by %s: %v", by, got)
		}
		if got := lateSources(pages, map[string]time.Duration{"b": 10 * time.Minute}, now); len(got) != 0 {
			t.Errorf("a source that is not in the configuration is late: %v", got)
		}
	}
}

// watch makes sources known, due that long ago.
func (r *room) watch(due map[string]time.Duration) {
	r.t.Helper()
	var roots []story.Page
	intervals := map[string]time.Duration{}
	for name, ago := range due {
		roots = append(roots, story.Page{URL: "https://" + name + ".example/", Host: name + ".example", Source: name, Root: true, Due: now.Add(-ago), First: now.Add(-ago)})
		intervals[name] = 10 * time.Minute
	}
	if err := r.db.SyncSources(r.t.Context(), roots); err != nil {
		r.t.Fatal(err)
	}
	r.opts.Settings = func() Settings { return Settings{Intervals: intervals} }
}

func TestHealthNamesLateSources(t *testing.T) {
	r := newRoom(t)
	for _, c := range []struct {
		due    map[string]time.Duration
		status int
		want   health
	}{
		{map[string]time.Duration{}, 200, health{"ok", "1.2.3", []lateSource{}}},
		{map[string]time.Duration{"fine": time.Minute, "soon": -time.Minute}, 200, health{"ok", "1.2.3", []lateSource{}}},
		{map[string]time.Duration{"fine": time.Minute, "slow": 2 * time.Hour}, 503, health{"late", "1.2.3", []lateSource{{"slow", 7200, 600}}}},
	} {
		r.watch(c.due)
		resp, body := get(r.handler(), "/healthz")
		var got health
		if err := json.Unmarshal([]byte(body), &got); err != nil {
			t.Fatal(err, body)
		}
		if d := cmp.Diff(c.want, got); d != "" || resp.StatusCode != c.status || resp.Header.Get("Content-Type") != "application/json" {
			t.Errorf("%v: status %d %s", c.due, resp.StatusCode, d)
		}
		if head, body := ask(r.handler(), "HEAD", "/healthz", "x"); head.StatusCode != c.status || body != "" {
			t.Errorf("HEAD: %d %q", head.StatusCode, body)
		}
	}
}

func TestHealthIsAnErrorWithoutADatabase(t *testing.T) {
	r := newRoom(t)
	r.db.Close()
	resp, body := get(r.handler(), "/healthz")
	if resp.StatusCode != http.StatusServiceUnavailable || !strings.Contains(body, `"status":"error"`) || strings.Contains(body, "closed") {
		t.Errorf("%d %s", resp.StatusCode, body)
	}
	if !strings.Contains(r.log.String(), "check health") {
		t.Errorf("log: %s", r.log.String())
	}
}
