package watch

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/storywatch/storywatch/story"
)

// passHosts is how many hosts a pass visits at a time.
const passHosts = 16

// Summary counts what a pass did.
type Summary struct {
	Looks        int                   `json:"looks"`
	Outcomes     map[story.Outcome]int `json:"outcomes"`
	Found        int                   `json:"found"` // articles that were not known
	Developments int                   `json:"developments"`
	Alerts       int                   `json:"alerts"`
	Pending      int                   `json:"pending"` // deliveries that wait for another try
}

// Prepare makes the database's sources those of the configuration. Run does so itself.
func (w *Watcher) Prepare(ctx context.Context) error { return w.sync(ctx) }

// Pass looks once at every source and every article that is followed, whatever their schedules say, at the articles found
// on the way too, and then delivers what is due. No page is looked at twice.
func (w *Watcher) Pass(ctx context.Context) (Summary, error) {
	if err := w.sync(ctx); err != nil {
		return Summary{}, err
	}
	if err := w.db.MakeDue(ctx, w.now(), true); err != nil {
		return Summary{}, err
	}
	p := &pass{w: w, visited: map[string]bool{}, sum: Summary{Outcomes: map[story.Outcome]int{}}}
	for {
		worked, err := p.round(ctx)
		if err != nil {
			return p.sum, err
		}
		if !worked {
			break
		}
	}
	if err := w.deliverAll(ctx); err != nil {
		return p.sum, err
	}
	counts, err := w.db.Counts(ctx)
	p.sum.Pending = counts.Pending
	return p.sum, err
}

// pass is one pass under way.
type pass struct {
	w       *Watcher
	mu      sync.Mutex
	visited map[string]bool
	sum     Summary
}

// round visits every host with due pages that were not visited yet. It reports whether there were any.
func (p *pass) round(ctx context.Context) (bool, error) {
	// A host that is only pausing between two requests is due: the gate keeps the pause.
	now := p.w.now().Add(p.w.cfg.Network.Gap + time.Second)
	hosts, err := p.w.db.DueHosts(ctx, now, 0)
	if err != nil {
		return false, err
	}
	worked := false
	group, inGroup := errgroup.WithContext(ctx)
	group.SetLimit(passHosts)
	for _, host := range hosts {
		pages, err := p.w.db.DuePages(ctx, host, now, 0)
		if err != nil {
			return worked, errors.Join(err, group.Wait())
		}
		if pages = p.claim(pages); len(pages) == 0 {
			continue
		}
		worked = true
		group.Go(func() error { return p.visit(inGroup, pages) })
	}
	err = group.Wait()
	if err == nil {
		err = ctx.Err()
	}
	return worked, err
}

// claim returns the pages that this pass has not had yet.
func (p *pass) claim(pages []story.Page) []story.Page {
	var fresh []story.Page
	for _, page := range pages {
		if !p.visited[page.URL] {
			p.visited[page.URL] = true
			fresh = append(fresh, page)
		}
	}
	return fresh
}

func (p *pass) visit(ctx context.Context, pages []story.Page) error {
	for f := range p.w.crawler.Visit(ctx, pages, p.w.sources) {
		seen, err := p.w.guarded(ctx, f)
		if err != nil {
			return err
		}
		p.count(seen)
	}
	return nil
}

func (p *pass) count(seen Look) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sum.Looks++
	p.sum.Outcomes[seen.Page.Outcome]++
	p.sum.Found += seen.Found
	p.sum.Developments += len(seen.Developments)
	p.sum.Alerts += seen.Alerts
}

// deliverAll gives every receiver what is due for it.
func (w *Watcher) deliverAll(ctx context.Context) error {
	receivers, err := w.db.DueReceivers(ctx, w.now())
	if err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(desksAtOnce)
	for _, r := range receivers {
		group.Go(func() error { return w.deliverer.Deliver(ctx, r) })
	}
	if err := group.Wait(); err != nil {
		return fmt.Errorf("deliver: %w", err)
	}
	return nil
}
