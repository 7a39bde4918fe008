package watch

import (
	"context"
	"fmt"
	"time"
)

// A visit to a host takes in so many pages at most, and begins no further look after so long: others get their turn.
const (
	visitPages = 200
	visitTime  = 30 * time.Second
)

// visit does the work of a host: it looks at its due pages, one after the other. What is left stays due.
func (w *Watcher) visit(ctx context.Context, host string) error {
	pages, err := w.db.DuePages(ctx, host, w.now(), visitPages)
	if err != nil {
		return fmt.Errorf("visit %s: %w", host, err)
	}
	began := time.Now()
	for f := range w.crawler.Visit(ctx, pages, w.sources) {
		if _, err := w.guarded(ctx, f); err != nil {
			return fmt.Errorf("visit %s: %w", host, err)
		}
		if time.Since(began) > visitTime || f.NotBefore.After(w.now()) {
			return nil
		}
	}
	return nil
}
