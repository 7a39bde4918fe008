package main

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/storywatch/storywatch/config"
)

type demoCommand struct {
	Exit bool `help:"End when the story has been told; else the pages stay up until interrupted."`
	JSON bool `name:"json" help:"Write each alert as one JSON line, as it was received."`
}

// How long the demonstration waits: for a published page to be fetched and alerted, and for an alert that must not come.
const (
	stagePatience = 30 * time.Second
	stageSilence  = 3 * time.Second
)

// Run publishes a story in stages on news sites of this machine, follows it with a daemon of its own, and shows what a
// receiver gets. It fails when something else is alerted than should be.
func (c *demoCommand) Run(ctx context.Context, p *program) error {
	dir, err := os.MkdirTemp("", "storywatch-demo-")
	if err != nil {
		return err
	}
	town, err := openTown(ctx)
	if err != nil {
		return err
	}
	defer town.close()
	desk, err := openDemoDesk(ctx)
	if err != nil {
		return err
	}
	defer desk.close()
	path := filepath.Join(dir, "storywatch.yml")
	if err := os.WriteFile(path, demoConfig(ctx, dir, town, desk), 0o600); err != nil {
		return err
	}
	cfg, err := config.Load(path, p.getenv)
	if err != nil {
		return fmt.Errorf("the demonstration's own configuration: %w", err)
	}
	show := &demoShow{p: p, json: c.JSON, zone: cfg.Timezone, began: time.Now()}
	show.say("Three news sites of this machine, one daemon, one receiver. The pages: %s\n", cfg.Web.PublicURL)
	show.say("The configuration, to look at and edit: %s\n", path)

	ctx, stop := context.WithCancel(ctx)
	defer stop()
	daemon := make(chan error, 1)
	var running sync.WaitGroup
	running.Go(func() { daemon <- serveDemo(ctx, cfg, dir) })
	err = tell(ctx, town, desk, show, daemon)
	if err == nil && !c.Exit {
		show.say("\nThe story has been told. %s stays up until you press Ctrl-C.\n", cfg.Web.PublicURL)
		select {
		case <-ctx.Done():
		case err = <-daemon:
		}
	}
	stop()
	running.Wait()
	if errors.Is(err, context.Canceled) {
		err = nil // interrupted: the reader has seen enough
	}
	return err
}

// serveDemo runs the daemon, with its log in a file beside the configuration.
func serveDemo(ctx context.Context, cfg *config.Config, dir string) error {
	file, err := os.Create(filepath.Join(dir, "storywatch.log"))
	if err != nil {
		return err
	}
	defer file.Close()
	return serve(ctx, cfg, slog.New(slog.NewTextHandler(file, &slog.HandlerOptions{Level: slog.LevelDebug})))
}

// tell publishes the stages, one after the other, and holds what is alerted against what should be.
func tell(ctx context.Context, town *town, desk *demoDesk, show *demoShow, daemon <-chan error) error {
	if err := settle(ctx, town, daemon, stagePatience); err != nil {
		return err
	}
	var wrong []string
	for i, stage := range demoStages() {
		show.stage(i+1, stage)
		desk.drain()
		town.publish(stage)
		if err := settle(ctx, town, daemon, stagePatience); err != nil {
			return fmt.Errorf("stage %d: %w", i+1, err)
		}
		got, err := desk.listen(ctx, stage.kind != "", show)
		if err != nil {
			return err
		}
		if fault := stage.judge(got); fault != "" {
			wrong = append(wrong, fmt.Sprintf("stage %d: %s", i+1, fault))
		}
	}
	show.summary(desk)
	if len(wrong) > 0 {
		return errors.New("not what should have been alerted: " + strings.Join(wrong, "; "))
	}
	return nil
}

// settle waits until the daemon has read all that is published.
func settle(ctx context.Context, town *town, daemon <-chan error, patience time.Duration) error {
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for !town.read() {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case err := <-daemon:
			if err == nil {
				err = errors.New("it ended")
			}
			return fmt.Errorf("the daemon: %w", err)
		case <-deadline.C:
			return fmt.Errorf("the daemon has not read what was published within %v", patience)
		case <-tick.C:
		}
	}
	return nil
}

// judge says what is wrong with the kinds that were alerted for a stage, "" when nothing is.
func (s demoStage) judge(kinds []string) string {
	switch {
	case s.kind == "" && len(kinds) > 0:
		return "alerted " + strings.Join(kinds, ", ") + ", although nothing is new"
	case s.kind != "" && !slices.Contains(kinds, s.kind):
		return fmt.Sprintf("alerted %q instead of %s", strings.Join(kinds, ", "), s.kind)
	case len(kinds) > 1:
		return "alerted more than once: " + strings.Join(kinds, ", ")
	}
	return ""
}

// demoConfig writes the configuration that the demonstration runs on.
func demoConfig(ctx context.Context, dir string, t *town, d *demoDesk) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, `# What "storywatch demo" ran on. Its news sites are gone now: put addresses of your own in their place.
database: %q
timezone: Asia/Baghdad
network:
  allow: [127.0.0.1/32]     # the demonstration's sites are on this machine
  gap: 100ms                # they don't mind; real ones want a second or more
web: {listen: %q}
stories:
  - name: us-iraq
    title: الاتصالات الأميركية العراقية
    match: {any: [بلينكن, Blinken]}
sources:
`, filepath.Join(dir, "storywatch.db"), freeAddress(ctx, "127.0.0.1:8383"))
	for _, p := range t.papers {
		fmt.Fprintf(&b, "  - name: %s\n    url: %s\n    kind: %s\n    schedule: \"@every 1s\"   # real ones: \"*/5 * * * *\"\n    fast: true\n"+
			"    follow: {every: 1s, slowest: 2s}\n", p.name, p.url(), p.kind)
	}
	fmt.Fprintf(&b, `receivers:
  - name: desk
    url: %s
    secret: %s
    when: type startsWith "development."
`, d.url(), d.secret)
	return []byte(b.String())
}

// freeAddress returns the wanted address if nobody listens there, else another of this machine.
func freeAddress(ctx context.Context, wanted string) string {
	for _, address := range []string{wanted, "127.0.0.1:0"} {
		if l, err := new(net.ListenConfig).Listen(ctx, "tcp", address); err == nil {
			found := l.Addr().String()
			_ = l.Close()
			return found
		}
	}
	return wanted
}

func newSecret() string {
	key := make([]byte, 32)
	rand.Read(key)
	return "whsec_" + base64.StdEncoding.EncodeToString(key)
}
