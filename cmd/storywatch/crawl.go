package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/storywatch/storywatch/config"
	"github.com/storywatch/storywatch/storage"
	"github.com/storywatch/storywatch/story"
	"github.com/storywatch/storywatch/watch"
)

type crawlCommand struct {
	JSON bool `name:"json" help:"Write what was done as JSON."`
}

// Run looks once at everything. Where a daemon works on the same SQLite database, it is the daemon that looks.
func (c *crawlCommand) Run(ctx context.Context, p *program) error {
	cfg, err := p.load()
	if err != nil {
		return err
	}
	if err := checkEnvironment(); err != nil {
		return err
	}
	log := p.logger("text", slog.LevelWarn)
	db, closeDB, err := openAlone(ctx, cfg, log)
	if errors.Is(err, storage.ErrLocked) {
		return c.askDaemon(ctx, p, cfg)
	}
	if err != nil {
		return err
	}
	defer closeDB()
	bar := newProgress(p)
	w, err := watch.New(db, gate(cfg, log), cfg, log, watch.Options{Looked: bar.looked})
	if err != nil {
		return err
	}
	sum, err := w.Pass(ctx)
	bar.end()
	if err != nil {
		return err
	}
	if c.JSON {
		return p.json(sum)
	}
	p.printf("%s\n", describe(sum))
	return nil
}

// askDaemon makes everything due, so that the daemon that has the database looks now.
func (c *crawlCommand) askDaemon(ctx context.Context, p *program, cfg *config.Config) error {
	db, err := storage.Open(ctx, cfg.Database, p.logger("text", slog.LevelWarn))
	if err != nil {
		return err
	}
	defer closing(db)
	if err := db.MakeDue(ctx, time.Now(), true); err != nil {
		return err
	}
	if c.JSON {
		return p.json(map[string]bool{"asked_daemon": true})
	}
	p.printf("a daemon works on %s: every source and article is due now, and the daemon looks at them\n", cfg.Database)
	return nil
}

func describe(s watch.Summary) string {
	var outcomes []string
	for _, o := range slices.Sorted(maps.Keys(s.Outcomes)) {
		outcomes = append(outcomes, fmt.Sprintf("%d %s", s.Outcomes[o], o))
	}
	line := plural(s.Looks, "look")
	if len(outcomes) > 0 {
		line += " (" + strings.Join(outcomes, ", ") + ")"
	}
	line += fmt.Sprintf(", %s found, %s, %s", plural(s.Found, "article"), plural(s.Developments, "development"), plural(s.Alerts, "alert"))
	if s.Pending > 0 {
		line += fmt.Sprintf("; %s waits for another try", plural(s.Pending, "delivery"))
	}
	return line
}

// progress is one line on a terminal that says how far a pass is.
type progress struct {
	p     *program
	width int
	shown bool

	mu                     sync.Mutex
	looks, versions, fresh int
	failed                 int
	last                   time.Time
}

func newProgress(p *program) *progress {
	width, shown := p.terminal()
	return &progress{p: p, width: width, shown: shown}
}

func (b *progress) looked(l watch.Look) {
	if !b.shown {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.looks++
	b.fresh += len(l.Developments)
	if l.Page.Outcome == story.OutcomeVersion {
		b.versions++
	}
	if l.Page.Failures > 0 {
		b.failed++
	}
	if time.Since(b.last) < 100*time.Millisecond {
		return
	}
	b.last = time.Now()
	line := []rune(fmt.Sprintf("%d looked at, %d versions, %d developments, %d failed · %s", b.looks, b.versions, b.fresh, b.failed, l.Page.URL))
	fmt.Fprintf(b.p.err, "\r\x1b[K%s", string(line[:min(len(line), max(b.width-1, 20))]))
}

// end clears the line.
func (b *progress) end() {
	if b.shown {
		fmt.Fprint(b.p.err, "\r\x1b[K")
	}
}
