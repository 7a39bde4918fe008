package web

import (
	"context"
	"log/slog"
	"net/http"
	"runtime"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"github.com/storywatch/storywatch/storage"
	"github.com/storywatch/storywatch/story"
)

// scrapeTime bounds the reading of the database for one scrape.
const scrapeTime = 10 * time.Second

// register adds what the database knows to the registry. A registry that has a collector of that kind keeps it.
func (s *server) register() {
	for _, c := range []prometheus.Collector{
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		buildInfo(s.opts.Version),
		&collector{s: s},
	} {
		if err := s.opts.Registry.Register(c); err != nil {
			s.log.Warn("register metrics", "err", err)
		}
	}
}

// metrics serves the registry.
func (s *server) metrics() http.Handler {
	return promhttp.HandlerFor(s.opts.Registry, promhttp.HandlerOpts{
		ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelError), ErrorHandling: promhttp.ContinueOnError,
		MaxRequestsInFlight: 3,
	})
}

func buildInfo(version string) prometheus.Collector {
	g := prometheus.NewGaugeVec(prometheus.GaugeOpts{
		Name: "storywatch_build_info", Help: "Always 1; the labels say what runs.",
	}, []string{"version", "go"})
	g.WithLabelValues(version, runtime.Version()).Set(1)
	return g
}

// The metrics read from the database at each scrape. Label values come from the configuration and from our own words,
// never from pages, so that nobody outside decides how many series there are.
var (
	descUp           = desc("database_up", "1 when the database answered this scrape; else the other figures are missing.")
	descSources      = desc("sources", "Sources that are looked at.")
	descPages        = desc("pages", "Pages known.")
	descArticles     = desc("articles", "Articles stored.")
	descVersions     = desc("versions", "Versions stored.")
	descDevelopments = desc("developments", "Developments found.")
	descAlerts       = desc("alerts", "Alerts made.")
	descDeliveries   = desc("deliveries", "Deliveries that are not done, by state.", "state")
	descOldest       = desc("oldest_undelivered_seconds", "Age of the oldest delivery that waits, 0 when none does.")
	descOverdue      = desc("max_overdue_seconds", "How long the source that is latest should have been looked at.")
	descFailures     = desc("source_failures", "Looks at a source in a row that did not end well.", "source")
)

func desc(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("storywatch_"+name, help, labels, nil)
}

// collector reads the database when it is scraped.
type collector struct{ s *server }

// Describe sends what Collect may send.
func (c *collector) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{descUp, descSources, descPages, descArticles, descVersions, descDevelopments,
		descAlerts, descDeliveries, descOldest, descOverdue, descFailures} {
		ch <- d
	}
}

// Collect sends the figures of now, or only that the database does not answer.
func (c *collector) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), scrapeTime)
	defer cancel()
	counts, err := c.s.db.Counts(ctx)
	var roots []story.Page
	if err == nil {
		roots, err = c.s.db.Roots(ctx)
	}
	if err != nil {
		c.s.log.Error("read metrics", "err", err)
		gauge(ch, descUp, 0)
		return
	}
	gauge(ch, descUp, 1)
	c.counts(ch, counts)
	c.sources(ch, roots)
}

func (c *collector) counts(ch chan<- prometheus.Metric, n storage.Counts) {
	gauge(ch, descSources, float64(n.Sources))
	gauge(ch, descPages, float64(n.Pages))
	gauge(ch, descArticles, float64(n.Articles))
	gauge(ch, descVersions, float64(n.Versions))
	gauge(ch, descDevelopments, float64(n.Developments))
	gauge(ch, descAlerts, float64(n.Alerts))
	gauge(ch, descDeliveries, float64(n.Pending), string(story.DeliveryPending))
	gauge(ch, descDeliveries, float64(n.Dead), string(story.DeliveryDead))
	oldest := 0.0
	if !n.OldestPending.IsZero() {
		oldest = max(0, c.s.opts.Now().Sub(n.OldestPending).Seconds())
	}
	gauge(ch, descOldest, oldest)
}

func (c *collector) sources(ch chan<- prometheus.Metric, roots []story.Page) {
	intervals, now := c.s.settings().Intervals, c.s.opts.Now()
	latest := 0.0
	for _, p := range roots {
		every, named := intervals[p.Source]
		if !named {
			continue
		}
		latest = max(latest, lateness(p, every, now).Seconds())
		gauge(ch, descFailures, float64(p.Failures), p.Source)
	}
	gauge(ch, descOverdue, latest)
}

func gauge(ch chan<- prometheus.Metric, d *prometheus.Desc, value float64, labels ...string) {
	ch <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
}
