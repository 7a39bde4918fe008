package main

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"
)

// town is the news sites of the demonstration, each on a port of its own.
type town struct {
	papers  []*paper
	serving sync.WaitGroup

	mu     sync.Mutex
	dress  int             // which advertisement and other stories surround the articles
	unread map[string]bool // pieces published since the daemon last read them, by address
}

// paper is one news site.
type paper struct {
	name, title, lang, dir, kind string
	base                         string
	server                       *http.Server
	town                         *town
	pieces                       []piece
}

// piece is an article in one version.
type piece struct {
	paper      string
	path       string
	title      string
	paragraphs []string
	archive    bool // it was there before the story began
	published  time.Time
	changed    time.Time
}

func openTown(ctx context.Context) (*town, error) {
	t := &town{unread: map[string]bool{}}
	for _, p := range demoPapers() {
		l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
		if err != nil {
			t.close()
			return nil, err
		}
		p.town, p.base = t, "http://"+l.Addr().String()
		mux := http.NewServeMux()
		mux.HandleFunc("GET /{$}", p.front)
		mux.HandleFunc("GET /feed.xml", p.feed)
		mux.HandleFunc("GET /news/{name}", p.article)
		p.server = &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second, ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)}
		t.papers = append(t.papers, p)
		t.serving.Go(func() {
			if err := p.server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
				slog.Error("a site of the demonstration ended", "err", err)
			}
		})
	}
	t.publish(demoStage{pieces: demoArchive()})
	return t, nil
}

func (t *town) close() {
	for _, p := range t.papers {
		p.server.Close()
	}
	t.serving.Wait()
}

// publish puts the pieces of a stage on their sites, in the place of earlier versions of themselves.
func (t *town) publish(s demoStage) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.dress += s.dress
	for _, new := range s.pieces {
		for _, p := range t.papers {
			if p.name == new.paper {
				p.put(new)
				t.unread[p.base+new.path] = true
			}
		}
	}
	if s.dress > 0 { // every page looks different now; those of the archive are not read so often
		for _, p := range t.papers {
			for _, old := range p.pieces {
				if !old.archive {
					t.unread[p.base+old.path] = true
				}
			}
		}
	}
}

func (p *paper) put(new piece) {
	new.published, new.changed = time.Now(), time.Now()
	for i, old := range p.pieces {
		if old.path == new.path {
			new.published = old.published
			p.pieces[i] = new
			return
		}
	}
	p.pieces = append([]piece{new}, p.pieces...)
}

// read reports whether everything published has been fetched.
func (t *town) read() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.unread) == 0
}

func (p *paper) url() string {
	if p.kind == "feed" {
		return p.base + "/feed.xml"
	}
	return p.base + "/"
}

// view is what the templates show.
type view struct {
	Title, Lang, Dir, Base string
	Piece                  piece
	Pieces                 []piece
	Ad, Related, Clock     string
	Paragraphs             []string
	Published, Modified    string
}

func (p *paper) view() view {
	dress := dresses(p.lang)[p.town.dress%2]
	return view{
		Title: p.title, Lang: p.lang, Dir: p.dir, Base: p.base, Pieces: p.pieces, Ad: dress.ad, Related: dress.related,
		Clock: time.Now().Format("15:04:05"),
	}
}

func (p *paper) front(w http.ResponseWriter, _ *http.Request) {
	p.town.mu.Lock()
	defer p.town.mu.Unlock()
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_ = frontPage.Execute(w, p.view()) // the error is the daemon's, which hung up
}

func (p *paper) article(w http.ResponseWriter, r *http.Request) {
	p.town.mu.Lock()
	defer p.town.mu.Unlock()
	for _, one := range p.pieces {
		if one.path == r.URL.Path {
			v := p.view()
			v.Piece, v.Paragraphs = one, one.paragraphs
			v.Published, v.Modified = one.published.Format(time.RFC3339), one.changed.Format(time.RFC3339)
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_ = articlePage.Execute(w, v)
			delete(p.town.unread, p.base+one.path)
			return
		}
	}
	http.NotFound(w, r)
}

// rss is as much of RSS 2.0 as the demonstration needs.
type rss struct {
	XMLName struct{} `xml:"rss"`
	Version string   `xml:"version,attr"`
	Title   string   `xml:"channel>title"`
	Items   []item   `xml:"channel>item"`
}

type item struct {
	Title string `xml:"title"`
	Link  string `xml:"link"`
	Date  string `xml:"pubDate"`
}

func (p *paper) feed(w http.ResponseWriter, _ *http.Request) {
	p.town.mu.Lock()
	defer p.town.mu.Unlock()
	out := rss{Version: "2.0", Title: p.title}
	for _, one := range p.pieces {
		out.Items = append(out.Items, item{one.title, p.base + one.path, one.changed.Format(time.RFC1123Z)})
	}
	w.Header().Set("Content-Type", "application/rss+xml; charset=utf-8")
	fmt.Fprint(w, xml.Header)
	_ = xml.NewEncoder(w).Encode(out)
}

// Path and Title make a piece's fields readable to the templates.
func (p piece) Path() string { return p.path }

// Title is the headline.
func (p piece) Title() string { return p.title }

var frontPage = template.Must(template.New("front").Parse(`<!doctype html>
<html lang="{{.Lang}}" dir="{{.Dir}}"><head><meta charset="utf-8"><title>{{.Title}}</title></head><body>
<header><h1>{{.Title}}</h1><p class="clock">{{.Clock}}</p></header>
<aside class="ad">{{.Ad}}</aside>
<main>{{range .Pieces}}<article><h2><a href="{{.Path}}">{{.Title}}</a></h2></article>
{{end}}</main>
<footer>© {{.Title}}</footer></body></html>
`))

var articlePage = template.Must(template.New("article").Parse(`<!doctype html>
<html lang="{{.Lang}}" dir="{{.Dir}}"><head><meta charset="utf-8"><title>{{.Piece.Title}} | {{.Title}}</title>
<meta property="og:type" content="article"><meta property="og:title" content="{{.Piece.Title}}">
<meta property="article:published_time" content="{{.Published}}"><meta property="article:modified_time" content="{{.Modified}}">
</head><body>
<header><a href="/">{{.Title}}</a><p class="clock">{{.Clock}}</p></header>
<aside class="ad">{{.Ad}}</aside>
<main><article><h1>{{.Piece.Title}}</h1>
<div class="story">{{range .Paragraphs}}<p>{{.}}</p>
{{end}}</div></article></main>
<aside class="related"><h2>{{.Related}}</h2><ul>{{range .Pieces}}<li><a href="{{.Path}}">{{.Title}}</a></li>{{end}}</ul></aside>
<footer>© {{.Title}}</footer></body></html>
`))
