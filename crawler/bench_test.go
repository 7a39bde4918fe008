package crawler

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/storywatch/storywatch/config"
	"github.com/storywatch/storywatch/fetch"
)

// BenchmarkPage fetches the same page of 100 KB by colly over the gate, by the gate alone, and by plain net/http; the first
// goes on to judge and hash what came.
func BenchmarkPage(b *testing.B) {
	page := []byte("<html><body>" + strings.Repeat("<p>The minister travels to Doha on Tuesday evening, officials said.</p>\n", 1400) + "</body></html>")
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(page)
	}))
	defer s.Close()
	c := newCrawler(b, false)
	b.Run("colly", func(b *testing.B) {
		b.SetBytes(int64(len(page)))
		for b.Loop() {
			if f, ok := c.look(b.Context(), article(s.URL+"/a"), config.Source{}); !ok || len(f.Body) != len(page) {
				b.Fatalf("%q %q", f.Outcome, f.Note)
			}
		}
	})
	for name, transport := range map[string]http.RoundTripper{"gate": c.gate, "plain": http.DefaultTransport} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(page)))
			client := &http.Client{Transport: transport}
			for b.Loop() {
				if err := read(b, client, s.URL+"/a", len(page)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func read(b *testing.B, client *http.Client, url string, want int) error {
	req, err := http.NewRequestWithContext(fetch.WithPurpose(b.Context(), fetch.ForPage), http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err == nil && len(body) != want {
		err = fmt.Errorf("%d bytes", len(body))
	}
	return err
}

// BenchmarkListing finds the headlines of a front page of 300 cards.
func BenchmarkListing(b *testing.B) {
	var page strings.Builder
	page.WriteString(top + "<main>")
	for i := range 300 {
		fmt.Fprintf(&page, `<article><a href="/news/%d"><img src=a.jpg></a><h3><a href="/news/%d">Minister number %d heads to Doha</a></h3><p>Text.</p></article>`, i, i, i)
	}
	page.WriteString("</main>" + bottom)
	body := []byte(page.String())
	base := root("https://paper.example/list", "").URL
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		list := newLinks(mustParse(b, base), config.Links{}, true)
		if _, err := readListing(body, "", list); err != nil || len(list.list) != 300 {
			b.Fatalf("%d links, %v", len(list.list), err)
		}
	}
}
