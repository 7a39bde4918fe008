// Package watch is the daemon's working day: it knows when each page is to be looked at, does the work of a host and of a
// receiver, and holds the one function that is the product: a look becomes a version, a version becomes news, and all of it
// is recorded at once.
//
// What there is to do stands in the database. Jobs and memory are wake-ups: losing them costs a second, never an alert.
package watch

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/storywatch/storywatch/alert"
	"github.com/storywatch/storywatch/config"
	"github.com/storywatch/storywatch/crawler"
	"github.com/storywatch/storywatch/fetch"
	"github.com/storywatch/storywatch/storage"
	"github.com/storywatch/storywatch/story"
)

// Look says what one look at a page came to.
type Look struct {
	Page         story.Page          `json:"page"`                   // as it is remembered after the look
	Title        string              `json:"title,omitempty"`        // of the article, when there is a new version
	Version      string              `json:"version,omitempty"`      // the id of that version
	Stories      []string            `json:"stories,omitempty"`      // the stories it belongs to
	Developments []story.Development `json:"developments,omitempty"` // what is newly known in them
	Found        int                 `json:"found,omitempty"`        // articles that were not known before
	Alerts       int                 `json:"alerts,omitempty"`       // alerts made of it
}

// Options is what a Watcher may be told beside the configuration. The zero value is in use.
type Options struct {
	Now      func() time.Time     // time.Now when nil
	Registry *prometheus.Registry // nil counts nothing
	Looked   func(Look)           // told of each look once it is recorded, from several goroutines; nil tells nobody
}

// Watcher follows the sources of one configuration. It is safe for concurrent use.
type Watcher struct {
	db        *storage.DB
	cfg       *config.Config
	crawler   *crawler.Crawler
	deliverer *alert.Deliverer
	sources   map[string]config.Source
	stories   []*followed
	log       *slog.Logger
	now       func() time.Time
	looked    func(Look)
	counted   *counters
	wake      func(ctx context.Context, receivers []string) // tells the queue of new deliveries
}

// New makes a watcher of a configuration. The error names a story whose match rules cannot be read.
func New(db *storage.DB, gate *fetch.Gate, cfg *config.Config, log *slog.Logger, o Options) (*Watcher, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Looked == nil {
		o.Looked = func(Look) {}
	}
	w := &Watcher{
		db: db, cfg: cfg, crawler: crawler.New(gate), deliverer: alert.NewDeliverer(db, gate, cfg.Receivers, log, o.Now),
		sources: map[string]config.Source{}, log: log, now: o.Now, looked: o.Looked, counted: newCounters(o.Registry),
		wake: func(context.Context, []string) {},
	}
	for _, s := range cfg.Sources {
		w.sources[s.Name] = s
	}
	matchers, err := Matchers(cfg.Stories, cfg.Timezone)
	if err != nil {
		return nil, err
	}
	for _, m := range matchers {
		w.stories = append(w.stories, &followed{matcher: m})
	}
	return w, nil
}

// Matchers makes the match rules of stories ready, in their order. zone is that of the days and hours that articles name.
// The error names the story whose rules cannot be read.
func Matchers(stories []config.Story, zone *time.Location) ([]*story.Matcher, error) {
	var all []*story.Matcher
	for _, s := range stories {
		m, err := story.NewMatcher(story.Rule{
			Name: s.Name, Title: s.Title, Any: s.Match.Any, All: s.Match.All, None: s.Match.None, URLs: s.Match.URLs, Sources: s.Match.Sources,
			Zone: zone,
		})
		if err != nil {
			return nil, err
		}
		all = append(all, m)
	}
	return all, nil
}

// sync makes the database's roots those of the configuration. A source that was never looked at is due now.
func (w *Watcher) sync(ctx context.Context) error {
	now := w.now()
	var roots []story.Page
	for _, s := range w.cfg.Sources {
		due := s.Schedule.Next(now)
		roots = append(roots, story.Page{
			URL: s.URL, Host: fetch.Host(s.URL), Source: s.Name, Root: true, Kind: story.PageKind(s.Kind), Due: due, First: now,
		})
	}
	if err := w.db.SyncSources(ctx, roots); err != nil {
		return err
	}
	known, err := w.db.Roots(ctx)
	if err != nil {
		return err
	}
	for _, p := range known {
		if p.Looked.IsZero() {
			if err := w.db.MakeDue(ctx, now, false, p.Source); err != nil {
				return fmt.Errorf("first look at %s: %w", p.Source, err)
			}
		}
	}
	return nil
}

// counters are the figures of work done by this process.
type counters struct {
	looks   *prometheus.CounterVec
	seconds prometheus.Histogram
	judged  prometheus.Histogram
}

func newCounters(r *prometheus.Registry) *counters {
	c := &counters{
		looks: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "storywatch_looks_total", Help: "Looks at pages by this process, by outcome.",
		}, []string{"outcome"}),
		seconds: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "storywatch_fetch_seconds", Help: "Time on the network of one look.", Buckets: []float64{.05, .1, .25, .5, 1, 2.5, 5, 10, 30},
		}),
		judged: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "storywatch_judge_seconds", Help: "Time from a page's bytes to its record.", Buckets: []float64{.005, .01, .025, .05, .1, .25, .5, 1, 5},
		}),
	}
	for _, o := range []story.Outcome{
		story.OutcomeVersion, story.OutcomeUnchanged, story.OutcomeListed, story.OutcomeBlocked, story.OutcomeLimited,
		story.OutcomeUnreadable, story.OutcomeRetry, story.OutcomeGone,
	} {
		c.looks.WithLabelValues(string(o))
	}
	if r != nil {
		r.MustRegister(c.looks, c.seconds, c.judged)
	}
	return c
}
