package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/storywatch/storywatch/config"
	"github.com/storywatch/storywatch/storage"
	"github.com/storywatch/storywatch/watch"
	"github.com/storywatch/storywatch/web"
)

type runCommand struct {
	Log     string `enum:"text,json" default:"text" help:"Form of the log: text or json."`
	Verbose bool   `short:"v" help:"Log every look, also those that found nothing new."`
}

// Run is the daemon.
func (c *runCommand) Run(ctx context.Context, p *program) error {
	cfg, err := p.load()
	if err != nil {
		return err
	}
	level := slog.LevelInfo
	if c.Verbose {
		level = slog.LevelDebug
	}
	return serve(ctx, cfg, p.logger(c.Log, level))
}

// serve runs a configuration until the context ends: the watcher and, unless switched off, the pages.
func serve(ctx context.Context, cfg *config.Config, log *slog.Logger) error {
	if err := checkEnvironment(); err != nil {
		return err
	}
	db, closeDB, err := openAlone(ctx, cfg, log)
	if err != nil {
		return err
	}
	defer closeDB()
	registry := prometheus.NewRegistry()
	w, err := watch.New(db, gate(cfg, log), cfg, log, watch.Options{Registry: registry})
	if err != nil {
		return err
	}
	stopPages, err := servePages(ctx, cfg, db, registry, log)
	if err != nil {
		return err
	}
	defer stopPages()
	log.Info("started", "version", version(), "stories", len(cfg.Stories), "sources", len(cfg.Sources), "receivers", len(cfg.Receivers))
	if err := w.Run(ctx); err != nil {
		return err
	}
	log.Info("stopped")
	return nil
}

// openAlone opens the database of a configuration for the one process that may work on it.
func openAlone(ctx context.Context, cfg *config.Config, log *slog.Logger) (*storage.DB, func(), error) {
	release, err := storage.Lock(cfg.Database)
	if err != nil {
		return nil, nil, err
	}
	db, err := storage.Open(ctx, cfg.Database, log)
	if err != nil {
		return nil, nil, errors.Join(err, release())
	}
	return db, func() {
		if err := errors.Join(db.Close(), release()); err != nil {
			log.Error("close the database", "err", err)
		}
	}, nil
}

// checkEnvironment refuses variables that a library below would read behind the configuration's back.
func checkEnvironment() error {
	for _, v := range os.Environ() {
		if name, _, _ := strings.Cut(v, "="); strings.HasPrefix(name, "COLLY_") {
			return fmt.Errorf("the environment variable %s would change how pages are fetched; unset it", name)
		}
	}
	return nil
}

// servePages serves the pages of a configuration, and returns what stops that.
func servePages(ctx context.Context, cfg *config.Config, db *storage.DB, registry *prometheus.Registry, log *slog.Logger) (func(), error) {
	if cfg.Web.Listen == "off" {
		return func() {}, nil
	}
	var lc net.ListenConfig
	listener, err := lc.Listen(ctx, "tcp", cfg.Web.Listen)
	if err != nil {
		return nil, fmt.Errorf("the pages cannot be served at %s: %w; free the port, or set web: {listen: …} to another (or off)",
			cfg.Web.Listen, errors.Unwrap(err))
	}
	settings := settingsOf(cfg)
	server := &http.Server{
		Handler: web.New(db, web.Options{
			Version: version(), Settings: func() web.Settings { return settings }, Registry: registry,
			Loopback: isLoopback(listener.Addr()), PublicURL: cfg.Web.PublicURL,
		}, log),
		ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: 60 * time.Second, IdleTimeout: time.Minute,
		MaxHeaderBytes: 64 << 10, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			log.Error("the pages are not served any more", "err", err)
		}
	}()
	log.Info("pages", "url", "http://"+listener.Addr().String())
	return func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
		defer cancel()
		if server.Shutdown(ctx) != nil {
			server.Close()
		}
		<-ended
	}, nil
}

func isLoopback(addr net.Addr) bool {
	tcp, ok := addr.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}

func settingsOf(cfg *config.Config) web.Settings {
	s := web.Settings{Titles: map[string]string{}, Intervals: map[string]time.Duration{}, Zone: cfg.Timezone}
	for _, st := range cfg.Stories {
		s.Titles[st.Name] = st.Title
	}
	for _, src := range cfg.Sources {
		s.Intervals[src.Name] = src.Schedule.Interval()
	}
	return s
}
