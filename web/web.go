// Package web shows what has been seen: stories with their developments, articles with their versions and changes, the
// health of the sources, and metrics. It only reads; everything it prints of an article was written by strangers.
//
// A page is a struct in a file of its own, built from the database, rendered into memory by the template of the same
// name, and sent only when it is whole. All routes stand in (*server).routes.
package web

import (
	"embed"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/storywatch/storywatch/storage"
)

//go:embed templates assets
var files embed.FS

// Options is what the pages need beside the database. The zero value serves everything, to any host name.
type Options struct {
	Version  string               // of the program, shown in the footer, in health and in metrics
	Now      func() time.Time     // time.Now when nil
	Settings func() Settings      // asked anew for each request, so that a reload of the configuration shows at once
	Registry *prometheus.Registry // served at /metrics, with ours added; nil: a new one

	// Loopback says that the server listens on this machine only. Requests must then name localhost, 127.0.0.1, [::1] or
	// the host of PublicURL; a page elsewhere that has its name resolve to 127.0.0.1 gets nothing (DNS rebinding).
	Loopback  bool
	PublicURL string
}

// Settings is what the configuration says that the pages must know.
type Settings struct {
	Titles    map[string]string        // story name → title
	Intervals map[string]time.Duration // source name → longest gap between two of its runs
	Zone      *time.Location           // in which times are written; UTC when nil
}

// New returns the handler of every page. It answers GET and HEAD only and starts nothing.
func New(db *storage.DB, opts Options, log *slog.Logger) http.Handler {
	s := newServer(db, opts, log)
	mux := http.NewServeMux()
	for _, r := range s.routes() {
		mux.Handle("GET "+r.path, r.handler)
	}
	return s.guard(mux)
}

func newServer(db *storage.DB, opts Options, log *slog.Logger) *server {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.Registry == nil {
		opts.Registry = prometheus.NewRegistry()
	}
	s := &server{
		db: db, opts: opts, log: log, pages: parsePages(), hosts: allowedHosts(opts),
		style: assetPath("style.css"), icon: assetPath("icon.svg"),
	}
	s.register()
	return s
}

type server struct {
	db    *storage.DB
	opts  Options
	log   *slog.Logger
	pages pages
	hosts map[string]bool // nil: any
	style string          // path of the style sheet, with its hash
	icon  string
}

type route struct {
	path    string // as http.ServeMux writes it
	handler http.Handler
}

// routes is every address that is answered. GET includes HEAD.
func (s *server) routes() []route {
	return []route{
		{"/{$}", s.page("front", s.front)},
		{"/stories/{name}", s.page("story", s.story)},
		{"/articles/{id}", s.page("article", s.article)},
		{"/articles/{id}/{number}", s.page("version", s.version)},
		{"/healthz", http.HandlerFunc(s.health)},
		{"/metrics", s.metrics()},
		{"/assets/{file}", http.HandlerFunc(s.asset)},
		{"/", http.HandlerFunc(s.notFound)},
	}
}

// settings returns the present settings with the zone filled in.
func (s *server) settings() Settings {
	var now Settings
	if s.opts.Settings != nil {
		now = s.opts.Settings()
	}
	if now.Zone == nil {
		now.Zone = time.UTC
	}
	return now
}

// allowedHosts returns the host names a request may carry, or nil when any will do.
func allowedHosts(opts Options) map[string]bool {
	if !opts.Loopback {
		return nil
	}
	hosts := map[string]bool{"localhost": true, "127.0.0.1": true, "::1": true}
	if u, err := url.Parse(opts.PublicURL); err == nil && u.Hostname() != "" {
		hosts[lower(u.Hostname())] = true
	}
	return hosts
}
