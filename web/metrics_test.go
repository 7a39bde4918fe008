package web

import (
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil/promlint"
	"github.com/storywatch/storywatch/storage"
	"github.com/storywatch/storywatch/story"
)

func TestMetricsSayWhatTheDatabaseKnows(t *testing.T) {
	r := newRoom(t)
	r.fill()
	r.watch(map[string]time.Duration{"fine": -time.Minute, "slow": 2 * time.Hour})
	titles := r.opts.Settings()
	r.opts.Settings = func() Settings { return titles }
	err := r.db.Record(t.Context(), storage.Entry{
		Page: story.Page{URL: "https://slow.example/", Host: "slow.example", Source: "slow", Root: true, Due: now.Add(-2 * time.Hour), Failures: 4},
		Alerts: []story.Alert{{ID: "a1", Type: "development.planned_event", CreatedAt: now.Add(-90 * time.Second), Data: []byte(`{}`),
			Receivers: []string{"desk", "night"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	fetches := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "storywatch_fetches_total", Help: "Looks, by outcome."}, []string{"outcome"})
	fetches.WithLabelValues("version").Add(3)
	r.opts.Registry = prometheus.NewRegistry()
	r.opts.Registry.MustRegister(fetches)

	resp, body := get(r.handler(), "/metrics")
	if resp.StatusCode != 200 {
		t.Fatal(resp.Status, body)
	}
	for _, want := range []string{
		"storywatch_database_up 1", "storywatch_sources 2", "storywatch_articles 3", "storywatch_versions 5", "storywatch_developments 4",
		"storywatch_alerts 1", `storywatch_deliveries{state="pending"} 2`, `storywatch_deliveries{state="dead"} 0`,
		"storywatch_oldest_undelivered_seconds 90", "storywatch_max_overdue_seconds 7200", `storywatch_source_failures{source="slow"} 4`,
		`storywatch_source_failures{source="fine"} 0`, `storywatch_fetches_total{outcome="version"} 3`, "storywatch_pages 5",
	} {
		if !strings.Contains(body, "\n"+want+"\n") {
			t.Errorf("no %s", want)
		}
	}
	for _, want := range []string{`storywatch_build_info{go="go`, "go_goroutines ", "process_"} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s", want)
		}
	}
	lint(t, body)
}

// lint applies the naming rules of Prometheus to our own metrics.
func lint(t *testing.T, body string) {
	t.Helper()
	problems, err := promlint.New(strings.NewReader(body)).Lint()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		if strings.HasPrefix(p.Metric, "storywatch_") {
			t.Errorf("%s: %s", p.Metric, p.Text)
		}
	}
}

func TestOnlySourcesOfTheConfigurationAreLabels(t *testing.T) {
	r := newRoom(t)
	r.watch(map[string]time.Duration{"known": 0})
	known := r.opts.Settings()
	r.watch(map[string]time.Duration{"known": 0, "stranger": 0})
	r.opts.Settings = func() Settings { return known }
	_, body := get(r.handler(), "/metrics")
	if !strings.Contains(body, `source="known"`) || strings.Contains(body, "stranger") {
		t.Error("sources that the configuration does not name are labels, or those it names are not")
	}
}

func TestMetricsSurviveADatabaseThatDoesNot(t *testing.T) {
	r := newRoom(t)
	h := r.handler()
	r.db.Close()
	resp, body := get(h, "/metrics")
	if resp.StatusCode != 200 || !strings.Contains(body, "storywatch_database_up 0") || strings.Contains(body, "storywatch_articles") || !strings.Contains(body, "go_goroutines") {
		t.Errorf("%d %s", resp.StatusCode, body)
	}
	if !strings.Contains(r.log.String(), "read metrics") {
		t.Errorf("log: %s", r.log.String())
	}
}

func TestTwoHandlersMayShareARegistry(t *testing.T) {
	r := newRoom(t)
	r.opts.Registry = prometheus.NewRegistry()
	r.handler()
	if resp, body := get(r.handler(), "/metrics"); resp.StatusCode != 200 || !strings.Contains(body, "storywatch_database_up 1") {
		t.Error(resp.Status)
	}
}
