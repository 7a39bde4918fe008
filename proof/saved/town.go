package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// town is everything around the program: a wire with a feed, a paper with a listing, an Arabic outlet, and the desk that
// takes the webhooks.
type town struct {
	began                        time.Time
	span                         time.Duration
	wire, paper, arabic, receive string // base addresses
	tour                         report

	servers []*http.Server
	serving sync.WaitGroup
	fetches atomic.Int64

	mu     sync.Mutex
	alerts []heard
}

// heard is a webhook as the desk took it.
type heard struct {
	id, kind string
	Type     string `json:"type"`
	Data     struct {
		Story       struct{ Name string }
		Development struct {
			Kind     string
			Headline string
			Where    []struct{ Country string }
		}
		Article struct{ URL string }
	} `json:"data"`
}

func openTown(span time.Duration, saved []savedPage, tour report) (*town, error) {
	t := &town{began: time.Now(), span: span, tour: tour}
	half := len(saved) / 2
	var err error
	open := func(h http.Handler) string {
		l, failed := net.Listen("tcp", "127.0.0.1:0")
		if failed != nil {
			err = failed
			return ""
		}
		server := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
		t.servers = append(t.servers, server)
		t.serving.Go(func() { server.Serve(l) })
		return "http://" + l.Addr().String()
	}
	t.wire = open(t.outlet(saved[:half], "/world.xml", feed))
	t.paper = open(t.outlet(saved[half:], "/politics/", listing))
	t.arabic = open(t.counted(http.HandlerFunc(t.serveTour)))
	t.receive = open(http.HandlerFunc(t.take))
	return t, err
}

func (t *town) close() {
	for _, s := range t.servers {
		s.Close()
	}
	t.serving.Wait()
}

// past reports whether a share of the whole time is over.
func (t *town) past(share float64) bool {
	return time.Since(t.began) > time.Duration(share*float64(t.span))
}

func (t *town) counted(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t.fetches.Add(1)
		if r.URL.Path == "/robots.txt" {
			fmt.Fprint(w, "User-agent: *\nDisallow: /private/\n")
			return
		}
		h.ServeHTTP(w, r)
	})
}

// outlet serves saved pages and, at one address, the page or feed that names them.
func (t *town) outlet(saved []savedPage, front string, write func(base string, saved []savedPage) (string, []byte)) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+front, func(w http.ResponseWriter, r *http.Request) {
		kind, body := write("http://"+r.Host, saved)
		send(w, r, kind, body)
	})
	for i, p := range saved {
		mux.HandleFunc("GET /news/"+p.name+".html", func(w http.ResponseWriter, r *http.Request) { t.page(w, r, i, p) })
	}
	return t.counted(mux)
}

// page sends one saved page. Most are steady; every third shows another clock and advertisement each time; a few behave
// as pages of the world do.
func (t *town) page(w http.ResponseWriter, r *http.Request, i int, p savedPage) {
	body := p.body
	switch {
	case i == 4 && !t.past(0.3):
		w.Header().Set("Retry-After", "30")
		http.Error(w, "please come back", http.StatusServiceUnavailable)
		return
	case i == 7 && t.past(0.5):
		http.Error(w, "taken down", http.StatusGone)
		return
	case i == 10 && t.past(0.4) && !t.past(0.7):
		send(w, r, "text/html; charset=utf-8", []byte("<!doctype html><title>Before you continue</title>"+
			"<h1>Before you continue</h1><p>We use cookies and data to deliver and maintain our services.</p><button>Accept all</button><button>Reject all</button>"))
		return
	case i == 13 && t.past(0.5):
		body = body[:len(body)/3]
	case i%3 == 0:
		body = surround(body)
	}
	send(w, r, p.contentType(), body)
}

var bodyTag = regexp.MustCompile(`(?i)<body[^>]*>`)

// surround puts a clock at the head of a page and an advertisement at its foot, other ones each time.
func surround(body []byte) []byte {
	at := bodyTag.FindIndex(body)
	if at == nil {
		return body
	}
	clock := fmt.Sprintf(`<div class="clock">%s</div>`, time.Now().Format("15:04:05"))
	advert := fmt.Sprintf(`<aside class="ad-slot"><a href="https://shop.example/%d">Offer %d: only %d left</a></aside></body>`,
		rand.IntN(1e6), rand.IntN(1e4), rand.IntN(100))
	out := append(bytes.Clone(body[:at[1]]), clock...)
	return append(out, bytes.Replace(body[at[1]:], []byte("</body>"), []byte(advert), 1)...)
}

func send(w http.ResponseWriter, r *http.Request, kind string, body []byte) {
	tag := fmt.Sprintf(`"%x"`, sha256.Sum256(body))
	w.Header().Set("ETag", tag)
	w.Header().Set("Content-Type", kind)
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Write(body)
}

func feed(base string, saved []savedPage) (string, []byte) {
	var b bytes.Buffer
	b.WriteString(`<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Wire</title><link>` + base + `/</link><description>All of it</description>`)
	for _, p := range saved {
		fmt.Fprintf(&b, "<item><title>%s</title><link>%s/news/%s.html</link><guid>%s</guid></item>\n", html.EscapeString(p.title), base, p.name, p.name)
	}
	b.WriteString("</channel></rss>")
	return "application/rss+xml; charset=utf-8", b.Bytes()
}

func listing(_ string, saved []savedPage) (string, []byte) {
	var b bytes.Buffer
	b.WriteString(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Politics</title></head><body><nav><a href="/">Front</a> <a href="/video/">Video</a></nav><main>`)
	for _, p := range saved {
		fmt.Fprintf(&b, "<h3><a href=\"/news/%s.html\">%s</a></h3>\n", p.name, html.EscapeString(p.title))
	}
	b.WriteString("</main></body></html>")
	return "text/html; charset=utf-8", b.Bytes()
}

// serveTour sends the Arabic report: without the tour at first, and all of it once a third of the time is over.
func (t *town) serveTour(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/politics/42" {
		http.NotFound(w, r)
		return
	}
	paragraphs := t.tour.before
	if t.past(1.0 / 3) {
		paragraphs = t.tour.telling
	}
	var b strings.Builder
	title := html.EscapeString(t.tour.title)
	fmt.Fprintf(&b, `<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>%s</title>
<meta property="og:title" content="%s"><meta property="article:published_time" content="2024-08-12T20:00:00+03:00"></head>
<body><header><nav><a href="/">الرئيسية</a></nav><div>%s</div></header><main><article><h1>%s</h1>
`, title, title, time.Now().Format("15:04:05"), title)
	for _, text := range paragraphs {
		fmt.Fprintf(&b, "<p>%s</p>\n", html.EscapeString(text))
	}
	b.WriteString("</article></main></body></html>")
	send(w, r, "text/html; charset=utf-8", []byte(b.String()))
}

// take keeps a webhook.
func (t *town) take(w http.ResponseWriter, r *http.Request) {
	var h heard
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err == nil {
		err = json.Unmarshal(body, &h)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	h.id, h.kind = r.Header.Get("webhook-id"), h.Data.Development.Kind
	t.mu.Lock()
	defer t.mu.Unlock()
	t.alerts = append(t.alerts, h)
	w.WriteHeader(http.StatusNoContent)
}
