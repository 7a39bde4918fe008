package web

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"github.com/storywatch/storywatch/story"
)

// A source may miss so many of its runs, and so much more for a slow host, before the program counts as unwell.
const (
	lateIntervals = 3
	lateGrace     = 5 * time.Minute
)

// health is what GET /healthz answers: 200 when every source is looked at in time, else 503.
type health struct {
	Status  string       `json:"status"` // ok, late, or error when the database does not answer
	Version string       `json:"version"`
	Late    []lateSource `json:"late"`
}

type lateSource struct {
	Source string `json:"source"`
	Late   int64  `json:"late_seconds"` // after the time it should have been looked at
	Every  int64  `json:"interval_seconds"`
}

func (s *server) health(w http.ResponseWriter, r *http.Request) {
	report := health{Status: "ok", Version: s.opts.Version, Late: []lateSource{}}
	status := http.StatusOK
	roots, err := s.db.Roots(r.Context())
	if err != nil {
		report.Status, status = "error", http.StatusServiceUnavailable
		if !errors.Is(r.Context().Err(), context.Canceled) {
			s.log.Error("check health", "err", err)
		}
	}
	if late := lateSources(roots, s.settings().Intervals, s.opts.Now()); len(late) > 0 {
		report.Status, report.Late, status = "late", late, http.StatusServiceUnavailable
	}
	body, err := json.Marshal(report)
	if err != nil {
		s.failed(w, r, err)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	send(w, r, status, "application/json", append(body, '\n'))
}

// lateSources returns the sources of the configuration that are later than they may be.
func lateSources(roots []story.Page, intervals map[string]time.Duration, now time.Time) []lateSource {
	var late []lateSource
	for _, p := range roots {
		every := intervals[p.Source]
		if every <= 0 {
			continue // not in the configuration any more
		}
		if by := lateness(p, every, now); by > lateIntervals*every+lateGrace {
			late = append(late, lateSource{p.Source, int64(by / time.Second), int64(every / time.Second)})
		}
	}
	return late
}

// lateness says how long ago a source should have been looked at. The due time decides; where that lies ahead or is
// missing, the last look does, so that a lost or wrong due time does not pass for health. A due time ahead after a
// failure is a wait on purpose: the site asked for it, or we back off.
func lateness(p story.Page, every time.Duration, now time.Time) time.Duration {
	ahead := p.Due.After(now)
	switch {
	case !p.Due.IsZero() && !ahead:
		return now.Sub(p.Due)
	case ahead && p.Failures > 0:
		return 0
	}
	last := p.Looked
	if last.IsZero() {
		last = p.First
	}
	if last.IsZero() {
		return 0
	}
	return max(0, now.Sub(last.Add(every)))
}
