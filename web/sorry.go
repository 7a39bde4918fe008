package web

import (
	"context"
	"errors"
	"net/http"
)

// sorryPage says in a sentence why there is no page. It repeats nothing of the request.
type sorryPage struct {
	frame
	Sentence string
	Next     string
}

var sentences = map[int][2]string{
	http.StatusNotFound: {"There is nothing here.",
		"The address may be mistyped, or it belongs to something that was never stored."},
	http.StatusInternalServerError: {"This page could not be made.",
		"The reason is in the log of storywatch. Watching and alerting may well go on; /healthz tells."},
	http.StatusMethodNotAllowed:   {"These pages can only be read.", "Only GET and HEAD are answered."},
	http.StatusMisdirectedRequest: {"This server does not go by that name.", "Use localhost, or set public_url in the configuration."},
}

func (s *server) notFound(w http.ResponseWriter, r *http.Request) { s.sorry(w, r, http.StatusNotFound) }

// failed logs an error and tells the reader only that there was one. Readers who left cause no error.
func (s *server) failed(w http.ResponseWriter, r *http.Request, err error) {
	if !errors.Is(r.Context().Err(), context.Canceled) {
		s.log.Error("serve page", "path", r.URL.Path, "err", err)
	}
	s.sorry(w, r, http.StatusInternalServerError)
}

// sorry sends the page of a status.
func (s *server) sorry(w http.ResponseWriter, r *http.Request, status int) {
	say := sentences[status]
	w.Header().Del("Content-Length")
	w.Header().Set("Cache-Control", "no-store")
	err := s.render(w, r, status, "sorry", sorryPage{frame: s.frame(http.StatusText(status)), Sentence: say[0], Next: say[1]})
	if err != nil { // the template of the error page itself; a test renders every one of them
		s.log.Error("serve page", "path", r.URL.Path, "err", err)
		send(w, r, status, "text/plain; charset=utf-8", []byte(say[0]+"\n"))
	}
}
