package web

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"path"
	"runtime/debug"
	"strconv"
	"strings"
	"time"
)

// answerTime bounds the work on one request.
const answerTime = 15 * time.Second

// headers go out with every answer, whatever it is. The policy allows our own style sheet and icon and nothing else: a
// script that slipped through every escape would still not run.
var headers = [][2]string{
	{"Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; " +
		"frame-ancestors 'none'; base-uri 'none'; form-action 'none'"},
	{"X-Content-Type-Options", "nosniff"},
	{"X-Frame-Options", "DENY"},
	{"Referrer-Policy", "no-referrer"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Cross-Origin-Resource-Policy", "same-origin"},
	{"Cache-Control", "no-cache"},
}

// guard stands before every route: headers, host, method, a canonical path, a time limit, and a sentence instead of a
// broken connection when something of ours panics.
func (s *server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, h := range headers {
			w.Header().Set(h[0], h[1])
		}
		ctx, cancel := context.WithTimeout(r.Context(), answerTime)
		defer cancel()
		r = r.WithContext(ctx)
		defer s.recover(w, r)

		switch {
		case !s.hostAllowed(r.Host):
			s.sorry(w, r, http.StatusMisdirectedRequest)
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			w.Header().Set("Allow", "GET, HEAD")
			s.sorry(w, r, http.StatusMethodNotAllowed)
		case !canonical(r.URL.Path):
			s.notFound(w, r) // ServeMux would redirect, and a redirect repeats what was asked
		default:
			next.ServeHTTP(w, r)
		}
	})
}

func (s *server) recover(w http.ResponseWriter, r *http.Request) {
	switch what := recover(); what {
	case nil:
	case http.ErrAbortHandler:
		panic(what)
	default:
		s.log.Error("serve page", "path", r.URL.Path, "err", fmt.Sprint("panic: ", what), "stack", string(debug.Stack()))
		s.sorry(w, r, http.StatusInternalServerError)
	}
}

// hostAllowed judges the Host header, with or without a port.
func (s *server) hostAllowed(host string) bool {
	if s.hosts == nil {
		return true
	}
	if name, port, err := net.SplitHostPort(host); err == nil {
		if _, err := strconv.ParseUint(port, 10, 16); err != nil {
			return false
		}
		host = name
	}
	return s.hosts[lower(strings.Trim(host, "[]"))]
}

// canonical reports whether a path has no empty, dot or trailing parts.
func canonical(p string) bool { return path.Clean(p) == p }

func lower(s string) string { return strings.ToLower(s) }
