package watch

import (
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"github.com/storywatch/storywatch/config"
	"github.com/storywatch/storywatch/fetch"
	"github.com/storywatch/storywatch/storage"
	"github.com/storywatch/storywatch/storage/storagetest"
	"github.com/storywatch/storywatch/story"
)

var testSecret = "whsec_" + base64.StdEncoding.EncodeToString([]byte("only for the tests of this folder"))

// outlet is a news site whose pages a test writes.
type outlet struct {
	*httptest.Server
	mu    sync.Mutex
	pages map[string]string
	state map[string]int // status by path, 200 when it has none
	asked map[string]int
}

func newOutlet(t *testing.T) *outlet {
	o := &outlet{pages: map[string]string{}, state: map[string]int{}, asked: map[string]int{}}
	o.Server = httptest.NewServer(o)
	t.Cleanup(o.Close)
	return o
}

func (o *outlet) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.asked[r.URL.Path]++
	body, ok := o.pages[r.URL.Path]
	switch status := o.state[r.URL.Path]; {
	case status != 0:
		http.Error(w, http.StatusText(status), status)
	case !ok:
		http.NotFound(w, r)
	default:
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		io.WriteString(w, body)
	}
}

func (o *outlet) set(path, body string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.pages[path] = body
}

func (o *outlet) answer(path string, status int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.state[path] = status
}

func (o *outlet) count(path string) int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.asked[path]
}

// article is a page that tells a story, with something around it that changes at every call.
func article(lang, title string, paragraphs ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<!doctype html><html lang=%q><title>%s | Paper</title><body><p class="clock">%v</p><aside class="ad">Offer no. %d</aside><article><h1>%s</h1>`,
		lang, title, time.Now(), time.Now().UnixNano(), title)
	for _, p := range paragraphs {
		fmt.Fprintf(&b, "<p>%s</p>\n", p)
	}
	b.WriteString("</article></body></html>")
	return b.String()
}

// listing is a page with links, as path and headline by turns.
func listing(links ...string) string {
	var b strings.Builder
	b.WriteString(`<!doctype html><html lang="en"><title>Paper</title><body><h1>Paper</h1><main>`)
	for i := 0; i+1 < len(links); i += 2 {
		fmt.Fprintf(&b, "<h2><a href=%q>%s</a></h2>\n", links[i], links[i+1])
	}
	b.WriteString("</main></body></html>")
	return b.String()
}

// desk is a receiver that believes only what is signed.
type desk struct {
	*httptest.Server
	mu     sync.Mutex
	bodies []string
	ids    map[string]int
	down   bool
	forged int
}

func newDesk(t *testing.T) *desk {
	verifier, err := standardwebhooks.NewWebhook(testSecret)
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{ids: map[string]int{}}
	d.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		d.mu.Lock()
		defer d.mu.Unlock()
		if d.down {
			http.Error(w, "down", http.StatusServiceUnavailable)
			return
		}
		if verifier.Verify(body, r.Header) != nil {
			d.forged++
			return
		}
		d.ids[r.Header.Get("webhook-id")]++
		d.bodies = append(d.bodies, string(body))
	}))
	t.Cleanup(d.Close)
	return d
}

// told returns what has come since it was last asked.
func (d *desk) told() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	all := d.bodies
	d.bodies = nil
	return all
}

// configuration makes one of a file's text; SITE and DESK in it are the addresses of the outlet and the desk.
func configuration(t *testing.T, o *outlet, d *desk, text string) *config.Config {
	t.Helper()
	text = "network: {allow: [127.0.0.1/32], gap: 1ms}\nweb: {listen: off}\n" + text
	text = strings.NewReplacer("SITE", o.URL, "DESK", d.URL, "SECRET", testSecret).Replace(text)
	cfg, err := config.Parse("test.yml", []byte(text), func(string) (string, bool) { return "", false })
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

func newWatcher(t *testing.T, db *storage.DB, cfg *config.Config, o Options) *Watcher {
	t.Helper()
	gate := fetch.New(fetch.Options{Agent: "storywatch-test", Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, Gap: time.Millisecond, Robots: true})
	w, err := New(db, gate, cfg, slog.New(slog.NewTextHandler(t.Output(), nil)), o)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func crawl(t *testing.T, w *Watcher) Summary {
	t.Helper()
	sum, err := w.Pass(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

const toll = `
stories: [{name: flood, title: The flood, match: {any: [Marren]}}]
sources: [{name: paper, url: SITE/, kind: listing}]
receivers: [{name: desk, url: DESK/hook, secret: SECRET}]
`

const (
	flood1 = "Heavy rain flooded the lower part of the Marren valley on Monday night and cut the road to the capital."
	flood2 = "Rescue workers said 12 people had been killed and that boats were being brought from the coast."
	flood3 = "Rescue workers said 19 people had been killed and that boats were being brought from the coast."
)

func TestADeskHearsOfWhatIsNewAndOfNothingElse(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		o, d := newOutlet(t), newDesk(t)
		o.set("/", listing("/flood", "Flood in the Marren valley cuts road to the capital", "/opera", "Opera opens its new season with an old piece"))
		o.set("/flood", article("en", "Flood in the Marren valley", flood1, flood2))
		o.set("/opera", article("en", "Opera opens its season", "The opera has opened its season with a piece that was last played there forty years ago.",
			"Tickets for the first week were gone within an hour, and a second series has been announced."))
		w := newWatcher(t, db, configuration(t, o, d, toll), Options{})

		if sum := crawl(t, w); sum.Outcomes[story.OutcomeVersion] != 1 || sum.Found != 2 || sum.Alerts != 0 {
			t.Errorf("the first pass stored %+v; want the article of the story, and no alert", sum)
		}
		o.set("/flood", article("en", "Flood in the Marren valley", flood1, flood2)) // another clock and advertisement
		if sum := crawl(t, w); sum.Outcomes[story.OutcomeVersion] != 0 || sum.Alerts != 0 {
			t.Errorf("what surrounds the article made %+v", sum)
		}
		o.set("/flood", article("en", "Flood in the Marren valley", flood1, flood3))
		crawl(t, w)
		told := d.told()
		if len(told) != 1 || !strings.Contains(told[0], `"development.number_change"`) || !strings.Contains(told[0], flood3) {
			t.Errorf("the desk heard %v; want the new toll once, with its sentence", told)
		}
		// Another outlet of the same story says the same.
		o.set("/", listing("/flood", "Flood in the Marren valley cuts road to the capital", "/more", "Marren valley flood: boats from the coast"))
		o.set("/more", article("en", "Marren valley: boats from the coast", flood3, flood1))
		crawl(t, w)
		if told := d.told(); len(told) != 0 {
			t.Errorf("the desk heard what it knew: %v", told)
		}
		if d.forged != 0 {
			t.Errorf("%d alerts with a wrong signature", d.forged)
		}
		verify(t, db)
	})
}

func verify(t *testing.T, db *storage.DB) {
	t.Helper()
	result, err := db.Verify(t.Context())
	if err != nil || len(result.Damage) > 0 {
		t.Errorf("verify: %v, %v", result.Damage, err)
	}
}

func TestBaselineAlertTellsOfWhatIsThereAtFirst(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		o, d := newOutlet(t), newDesk(t)
		o.set("/", listing("/flood", "Flood in the Marren valley cuts road to the capital"))
		o.set("/flood", article("en", "Flood in the Marren valley", flood1, flood2))
		w := newWatcher(t, db, configuration(t, o, d, strings.Replace(toll, "kind: listing", "kind: listing, baseline: alert", 1)), Options{})
		if sum := crawl(t, w); sum.Alerts == 0 {
			t.Errorf("the first pass of a source with baseline: alert made no alert: %+v", sum)
		}
		if told := d.told(); len(told) == 0 {
			t.Error("the desk heard nothing")
		}
	})
}

func TestWhatExceedsTheBudgetAtFirstIsNoNewsLater(t *testing.T) {
	db := storagetest.Open(t, storagetest.SQLite(t))
	o, d := newOutlet(t), newDesk(t)
	var links []string
	for i := range 8 {
		path := fmt.Sprintf("/flood%d", i)
		links = append(links, path, fmt.Sprintf("Marren valley flood, report number %d from the river", i))
		o.set(path, article("en", fmt.Sprintf("Report %d", i), flood1, fmt.Sprintf("Reporter number %d saw the Marren bridge under water for %d hours.", i, i+30)))
	}
	o.set("/", listing(links...))
	w := newWatcher(t, db, configuration(t, o, d, strings.Replace(toll, "kind: listing", "kind: listing, budget: 3", 1)), Options{})
	if sum := crawl(t, w); sum.Found != 3 {
		t.Errorf("the first look follows %d articles, want its budget of 3", sum.Found)
	}
	if sum := crawl(t, w); sum.Found != 0 || sum.Alerts != 0 {
		t.Errorf("the second look took the rest of the first for news: %+v", sum)
	}
	if told := d.told(); len(told) != 0 {
		t.Errorf("the desk heard %v", told)
	}
}

// An article that belonged to no story is left alone until its source dates it anew.
func TestAnArticleLeftAloneIsReadAgainWhenItsSourceSaysSo(t *testing.T) {
	db := storagetest.Open(t, storagetest.SQLite(t))
	o, d := newOutlet(t), newDesk(t)
	feed := func() {
		o.set("/", fmt.Sprintf(`<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Paper</title><id>x</id><updated>%[1]s</updated>
			<entry><title>Weather for the week</title><id>1</id><link href="%[2]s/weather"/><updated>%[1]s</updated></entry></feed>`, time.Now().UTC().Format(time.RFC3339Nano), o.URL))
	}
	feed()
	o.set("/weather", article("en", "Weather for the week", "Rain is expected from Monday on, and the rivers of the north will rise by half a metre.", "Farmers are asked to bring in what hay is still out."))
	w := newWatcher(t, db, configuration(t, o, d, strings.Replace(toll, "kind: listing", "kind: feed", 1)), Options{})
	crawl(t, w)
	crawl(t, w)
	if n := o.count("/weather"); n != 1 {
		t.Errorf("an article of no story was asked for %d times, want once", n)
	}
	o.set("/weather", article("en", "Weather for the week", flood1, flood2))
	feed()
	if sum := crawl(t, w); sum.Outcomes[story.OutcomeVersion] != 1 {
		t.Errorf("the article that now belongs to the story was not read: %+v", sum)
	}
}

func TestAFailingSourceIsToldOnceAndItsRecoveryToo(t *testing.T) {
	db := storagetest.Open(t, storagetest.SQLite(t))
	o, d := newOutlet(t), newDesk(t)
	o.set("/", listing("/flood", "Flood in the Marren valley cuts road to the capital"))
	o.set("/flood", article("en", "Flood in the Marren valley", flood1, flood2))
	w := newWatcher(t, db, configuration(t, o, d, toll), Options{})
	crawl(t, w)
	o.answer("/", http.StatusInternalServerError)
	for range failingAfter + 2 {
		crawl(t, w)
	}
	if told := d.told(); len(told) != 1 || !strings.Contains(told[0], `"source.failing"`) {
		t.Errorf("the desk heard %v, want one source.failing", told)
	}
	o.answer("/", 0)
	crawl(t, w)
	if told := d.told(); len(told) != 1 || !strings.Contains(told[0], `"source.recovered"`) {
		t.Errorf("the desk heard %v, want one source.recovered", told)
	}
}

// A page that comes cut, or with most of its story behind a wall, is not news; an article that is really cut down is.
func TestAShrunkenPageIsNoNewsUntilItStaysSo(t *testing.T) {
	db := storagetest.Open(t, storagetest.SQLite(t))
	o, d := newOutlet(t), newDesk(t)
	var long []string
	for i := range 12 {
		long = append(long, fmt.Sprintf("In hamlet number %d of the Marren valley the water stood %d centimetres high in the kitchens, and the fire brigade pumped until dawn.", i, 40+i))
	}
	o.set("/", listing("/flood", "Flood in the Marren valley cuts road to the capital"))
	o.set("/flood", article("en", "Flood in the Marren valley", long...))
	w := newWatcher(t, db, configuration(t, o, d, toll), Options{})
	crawl(t, w)
	o.set("/flood", article("en", "Flood in the Marren valley", long[0]))
	for range shrunkenLooks {
		if sum := crawl(t, w); sum.Outcomes[story.OutcomeUnreadable] != 1 || sum.Alerts != 0 {
			t.Errorf("the cut page made %+v", sum)
		}
	}
	o.set("/flood", article("en", "Flood in the Marren valley", append(long, flood2)...))
	if sum := crawl(t, w); sum.Outcomes[story.OutcomeVersion] != 1 || sum.Alerts != 1 {
		t.Errorf("the page that is whole again, with news, made %+v", sum)
	}
	d.told()
	o.set("/flood", article("en", "Flood in the Marren valley", long[0]))
	for range shrunkenLooks {
		crawl(t, w)
	}
	if sum := crawl(t, w); sum.Outcomes[story.OutcomeVersion] != 1 {
		t.Errorf("the article that stays short made %+v", sum)
	}
}

func TestARemovedArticleIsToldOnceAndLeftAlone(t *testing.T) {
	db := storagetest.Open(t, storagetest.SQLite(t))
	o, d := newOutlet(t), newDesk(t)
	o.set("/", listing("/flood", "Flood in the Marren valley cuts road to the capital"))
	o.set("/flood", article("en", "Flood in the Marren valley", flood1, flood2))
	w := newWatcher(t, db, configuration(t, o, d, toll), Options{})
	crawl(t, w)
	o.answer("/flood", http.StatusGone)
	for range giveUpAfter + 2 {
		crawl(t, w)
	}
	if told := d.told(); len(told) != 1 || !strings.Contains(told[0], `"article.removed"`) {
		t.Errorf("the desk heard %v, want one article.removed", told)
	}
	if n := o.count("/flood"); n != 1+giveUpAfter {
		t.Errorf("the article was asked for %d times, want %d", n, 1+giveUpAfter)
	}
	if v, err := db.Latest(t.Context(), storage.ArticleID(o.URL+"/flood")); err != nil || v.Number != 1 {
		t.Errorf("the last good version is %d, %v", v.Number, err)
	}
}

// The daemon finds what is due by itself, and delivers what a receiver missed while it was down.
func TestRunFollowsTheScheduleAndDelivers(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		o, d := newOutlet(t), newDesk(t)
		o.set("/flood", article("en", "Flood in the Marren valley", flood1, flood2))
		cfg := configuration(t, o, d, `
stories: [{name: flood, match: {any: [Marren]}}]
sources: [{name: paper, url: SITE/flood, kind: article, schedule: "@every 1s", fast: true}]
receivers: [{name: desk, url: DESK/hook, secret: SECRET}]
`)
		looks := make(chan Look, 1000)
		w := newWatcher(t, db, cfg, Options{Looked: func(l Look) { looks <- l }})
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- w.Run(ctx) }()
		await(t, looks, func(l Look) bool { return l.Version != "" })
		d.mu.Lock()
		d.down = true
		d.mu.Unlock()
		o.set("/flood", article("en", "Flood in the Marren valley", flood1, flood3))
		await(t, looks, func(l Look) bool { return l.Alerts == 1 })
		d.mu.Lock()
		d.down = false
		d.mu.Unlock()
		for deadline := time.Now().Add(30 * time.Second); len(d.told()) == 0; time.Sleep(50 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatal("the alert never came")
			}
			if list, err := db.Alerts(t.Context(), storage.AlertFilter{}); err == nil && len(list) == 1 {
				db.Resend(t.Context(), time.Now(), list[0].Alert.ID) // rather than wait for the next try
			}
		}
		stop()
		if err := <-ended; err != nil {
			t.Fatal(err)
		}
		verify(t, db)
	})
}

func await(t *testing.T, looks <-chan Look, want func(Look) bool) {
	t.Helper()
	late := time.After(30 * time.Second)
	for {
		select {
		case l := <-looks:
			if want(l) {
				return
			}
		case <-late:
			t.Fatal("the look that was waited for never came")
		}
	}
}

// Two processes that learn of the same news at the same time tell it once.
func TestTwoNodesTellTheSameNewsOnce(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		d := newDesk(t)
		o := newOutlet(t)
		const n = 6
		var sources strings.Builder
		for i := range n {
			path := fmt.Sprintf("/flood%d", i)
			o.set(path, article("en", "Flood in the Marren valley", flood1))
			fmt.Fprintf(&sources, "  - {name: s%d, url: SITE%s, kind: article}\n", i, path)
		}
		text := "stories: [{name: flood, match: {any: [Marren]}}]\nreceivers: [{name: desk, url: DESK/hook, secret: SECRET}]\nsources:\n" + sources.String()
		cfg := configuration(t, o, d, text)
		crawl(t, newWatcher(t, db, cfg, Options{}))
		var nodes sync.WaitGroup
		var mu sync.Mutex
		alerts := 0
		for i := range n {
			w := newWatcher(t, db, cfg, Options{}) // each with a memory of its own
			nodes.Go(func() {
				path := fmt.Sprintf("/flood%d", i)
				p, err := db.Page(t.Context(), o.URL+path)
				if err != nil {
					t.Error(err)
					return
				}
				seen, err := w.look(t.Context(), story.Fetched{
					Page: p, At: time.Now(), URL: p.URL, Body: []byte(article("en", "Flood in the Marren valley", flood1, flood3)), BodyHash: "x",
				})
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				alerts += seen.Alerts
				mu.Unlock()
			})
		}
		nodes.Wait()
		if alerts != 1 {
			t.Errorf("%d nodes made %d alerts of the same news, want 1", n, alerts)
		}
		developments, err := db.Developments(t.Context(), "flood", 0)
		if err != nil {
			t.Fatal(err)
		}
		told := 0
		for _, dev := range developments {
			if dev.Alerts {
				told++
				if dev.Sightings != n {
					t.Errorf("the news has %d sightings, want %d", dev.Sightings, n)
				}
			}
		}
		if told != 1 {
			t.Errorf("%d developments alert, want 1", told)
		}
		verify(t, db)
	})
}
