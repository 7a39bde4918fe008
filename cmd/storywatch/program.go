package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"github.com/storywatch/storywatch/config"
	"github.com/storywatch/storywatch/fetch"
	"github.com/storywatch/storywatch/storage"
)

// program is what every command has: where it reads and writes, and which configuration it goes by.
type program struct {
	streams
	getenv func(string) (string, bool)
	config string
	named  bool // the configuration was named, so it must be there
}

func (p *program) printf(format string, args ...any) { fmt.Fprintf(p.out, format, args...) }

// json writes a value as JSON for a program to read.
func (p *program) json(v any) error {
	enc := json.NewEncoder(p.out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// load reads the configuration. Its error says what to do.
func (p *program) load() (*config.Config, error) {
	cfg, err := config.Load(p.config, p.getenv)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no configuration %s: \"storywatch init\" writes one, --config names another", p.config)
	}
	var wrong *config.Errors
	if errors.As(err, &wrong) {
		return nil, fmt.Errorf("the configuration is not good:\n%w", err)
	}
	return cfg, err
}

// loadIfThere is load, and an empty configuration when none was named and none is there.
func (p *program) loadIfThere() (*config.Config, error) {
	if _, err := os.Stat(p.config); errors.Is(err, fs.ErrNotExist) && !p.named {
		return &config.Config{Network: config.Network{Gap: config.DefaultGap, Robots: true}, Timezone: time.UTC}, nil
	}
	return p.load()
}

// open opens the database of the configuration for a command that reads. It makes none.
func (p *program) open(ctx context.Context) (*storage.DB, *config.Config, error) {
	cfg, err := p.load()
	if err != nil {
		return nil, nil, err
	}
	if path := strings.TrimPrefix(cfg.Database, "sqlite:"); !strings.Contains(path, "://") {
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return nil, nil, fmt.Errorf("there is no database %s yet: \"storywatch run\" or \"storywatch crawl\" makes it", path)
		}
	}
	db, err := storage.Open(ctx, cfg.Database, p.logger("text", slog.LevelWarn))
	return db, cfg, err
}

// closing closes a database that was only read: nothing is lost if that fails.
func closing(db *storage.DB) { _ = db.Close() }

// logger writes to standard error.
func (p *program) logger(format string, least slog.Level) *slog.Logger {
	opts := &slog.HandlerOptions{Level: least}
	if format == "json" {
		return slog.New(slog.NewJSONHandler(p.err, opts))
	}
	return slog.New(slog.NewTextHandler(p.err, opts))
}

// gate makes the way out that a configuration asks for.
func gate(cfg *config.Config, log *slog.Logger) *fetch.Gate {
	return fetch.New(fetch.Options{
		Agent: fetch.Agent(version(), cfg.Contact), Allow: cfg.Network.Allow, Gap: cfg.Network.Gap, Robots: cfg.Network.Robots, Log: log,
	})
}

// terminal reports whether standard error is one, and so whether somebody looks at progress.
func (p *program) terminal() (width int, ok bool) {
	file, isFile := p.err.(*os.File)
	if !isFile || !term.IsTerminal(int(file.Fd())) {
		return 0, false
	}
	width, _, err := term.GetSize(int(file.Fd()))
	return width, err == nil
}

// stamp writes a time for a list, in the zone of the configuration.
func stamp(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return "–"
	}
	if zone == nil {
		zone = time.UTC
	}
	return t.In(zone).Format("2006-01-02 15:04:05")
}

// plural writes a count with its noun.
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if strings.HasSuffix(noun, "y") {
		return fmt.Sprintf("%d %sies", n, strings.TrimSuffix(noun, "y"))
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
