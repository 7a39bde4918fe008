package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/storywatch/storywatch/storage"
)

// pages are the templates by name, each with the layout around it.
type pages map[string]*template.Template

// parsePages reads the embedded templates. A broken one is a fault of the build that the tests see, hence the panic.
func parsePages() pages {
	shared := template.Must(template.ParseFS(files, "templates/layout.html", "templates/parts.html"))
	all := pages{}
	for _, name := range []string{"front", "story", "article", "version", "sorry"} {
		t := template.Must(shared.Clone())
		all[name] = template.Must(t.ParseFS(files, "templates/"+name+".html"))
	}
	return all
}

// frame is what every page has.
type frame struct {
	Tab         string // what the browser's tab says
	Home        bool
	Release     string // of the program
	Zone        string
	Style, Icon string

	settings Settings
	now      time.Time
}

func (s *server) frame(title string) frame {
	settings := s.settings()
	return frame{
		Tab: shown(title), Release: shown(s.opts.Version), Zone: settings.Zone.String(), Style: s.style, Icon: s.icon,
		settings: settings, now: s.opts.Now().In(settings.Zone),
	}
}

// page serves the template name with what build returns: a page struct, or an error that decides the status.
func (s *server) page(name string, build func(context.Context, *http.Request) (any, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		data, err := build(r.Context(), r)
		if errors.Is(err, storage.ErrNotFound) {
			s.notFound(w, r)
			return
		}
		if err == nil {
			err = s.render(w, r, http.StatusOK, name, data)
		}
		if err != nil {
			s.failed(w, r, err)
		}
	})
}

// render writes the whole page or nothing.
func (s *server) render(w http.ResponseWriter, r *http.Request, status int, name string, data any) error {
	var b bytes.Buffer
	if err := s.pages[name].ExecuteTemplate(&b, "layout", data); err != nil {
		return fmt.Errorf("render %s: %w", name, err)
	}
	send(w, r, status, "text/html; charset=utf-8", b.Bytes())
	return nil
}

// send writes a finished body; a HEAD request gets its length only. A reader that went away is nobody's error.
func send(w http.ResponseWriter, r *http.Request, status int, kind string, body []byte) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body)
	}
}

// asset serves an embedded file. Its address carries its hash, so it may be kept for a year.
func (s *server) asset(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("file")
	body, err := fs.ReadFile(files, "assets/"+name)
	if err != nil || !fs.ValidPath(name) {
		s.notFound(w, r)
		return
	}
	kind := "text/css; charset=utf-8"
	if strings.HasSuffix(name, ".svg") {
		kind = "image/svg+xml"
	}
	if r.URL.Query().Get("v") == hashOf(body) {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	send(w, r, http.StatusOK, kind, body)
}

// assetPath is the address of an embedded file, which changes with its content.
func assetPath(name string) string {
	body, err := fs.ReadFile(files, "assets/"+name)
	if err != nil {
		panic(err) // a fault of the build
	}
	return "/assets/" + name + "?v=" + hashOf(body)
}

func hashOf(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:6])
}
