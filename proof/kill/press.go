package main

import (
	"crypto/sha256"
	"fmt"
	"html"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// press is all outlets. A page changes while it is asked for, if its last state has been read before.
type press struct {
	pace    time.Duration
	outlets []*outlet
	serving sync.WaitGroup

	mu      sync.Mutex
	draw    *rand.Rand
	tokens  int  // changes published so far: the number of the last token
	asked   int  // pages fetched
	resting bool // nothing changes any more
}

// outlet is one news site on a port of its own, so the program takes it for a host of its own.
type outlet struct {
	base   string
	server *http.Server
	pages  []*page
}

// page is one article. Its paragraphs only grow.
type page struct {
	path, title string
	paragraphs  []string
	changed     time.Time
	read        bool // this state has been asked for at least once
	rested      int  // times asked for since nothing changes any more
}

func openPress(s settings) (*press, error) {
	p := &press{pace: s.pace, draw: rand.New(rand.NewPCG(s.seed, 2))}
	for range s.outlets {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			p.close()
			return nil, err
		}
		o := &outlet{base: "http://" + l.Addr().String()}
		for k := range s.pages {
			o.pages = append(o.pages, p.first(k))
		}
		o.server = &http.Server{Handler: p.handler(o), ReadHeaderTimeout: 10 * time.Second}
		p.outlets = append(p.outlets, o)
		p.serving.Go(func() { o.server.Serve(l) })
	}
	return p, nil
}

// first is a page before its first change: long enough to be taken for an article, and with nothing that counts as a token.
func (p *press) first(number int) *page {
	place := name(p.draw)
	pg := &page{path: fmt.Sprintf("/news/%s-%d", strings.ToLower(place), number), title: "Live: the day in " + place}
	for range 4 {
		pg.paragraphs = append(pg.paragraphs, fmt.Sprintf(
			"Our correspondents %s and %s report from %s, where people of the %s quarter have been waiting since the morning for word from the council.",
			name(p.draw), name(p.draw), place, name(p.draw)))
	}
	return pg
}

func (p *press) close() {
	for _, o := range p.outlets {
		o.server.Close()
	}
	p.serving.Wait()
}

func (p *press) handler(o *outlet) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /robots.txt", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "User-agent: *\nAllow: /\n")
	})
	for _, pg := range o.pages {
		mux.HandleFunc("GET "+pg.path, func(w http.ResponseWriter, r *http.Request) { p.answer(w, r, pg) })
	}
	return mux
}

// answer publishes the next change of a page if it is time, and sends the page, or 304 to who has this state already.
func (p *press) answer(w http.ResponseWriter, r *http.Request, pg *page) {
	p.mu.Lock()
	p.asked++
	if p.resting {
		pg.rested++
	} else if pg.read && time.Since(pg.changed) >= p.pace {
		p.tokens++
		pg.paragraphs = append(pg.paragraphs, sentence(p.draw, p.tokens))
		pg.changed = time.Now()
	}
	pg.read = true
	body := render(pg)
	p.mu.Unlock()

	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	tag := fmt.Sprintf(`"%x"`, sha256.Sum256([]byte(body)))
	w.Header().Set("ETag", tag)
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	fmt.Fprint(w, body)
}

func render(pg *page) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>%s</title></head>
<body><header><nav><a href="/">Front page</a></nav></header><main><article><h1>%s</h1>
`, html.EscapeString(pg.title), html.EscapeString(pg.title))
	for _, text := range pg.paragraphs {
		fmt.Fprintf(&b, "<p>%s</p>\n", html.EscapeString(text))
	}
	b.WriteString("</article></main><footer>Printed on this machine</footer></body></html>\n")
	return b.String()
}

func (p *press) rest() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.resting = true
}

// read reports whether every page has been asked for twice since nothing changes any more.
func (p *press) read() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, o := range p.outlets {
		for _, pg := range o.pages {
			if pg.rested < 2 {
				return false
			}
		}
	}
	return true
}

func (p *press) published() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.tokens
}

func (p *press) fetches() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.asked
}
