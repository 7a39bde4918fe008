package alert

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/storywatch/storywatch/config"
	"github.com/storywatch/storywatch/fetch"
	"github.com/storywatch/storywatch/storage"
	"github.com/storywatch/storywatch/story"
)

// desk is a receiver that keeps what it gets and answers as it is told.
type desk struct {
	*httptest.Server
	mu     sync.Mutex
	answer func(n int, w http.ResponseWriter, r *http.Request) // n counts requests from 1
	got    []message
}

type message struct {
	header http.Header
	body   string
}

// ids are the webhook-ids in the order they came.
func (d *desk) ids() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var ids []string
	for _, m := range d.got {
		ids = append(ids, m.header.Get("webhook-id"))
	}
	return ids
}

func (d *desk) messages() []message {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.got
}

func newDesk(t *testing.T, answer func(n int, w http.ResponseWriter, r *http.Request)) *desk {
	t.Helper()
	d := &desk{answer: answer}
	d.Server = httptest.NewServer(d)
	t.Cleanup(d.Close)
	return d
}

func (d *desk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	d.mu.Lock()
	d.got = append(d.got, message{r.Header.Clone(), string(body)})
	n := len(d.got)
	d.mu.Unlock()
	d.answer(n, w, r)
}

func takesAll(int, http.ResponseWriter, *http.Request) {}

// statuses answers with one status after the other, and with the last one from then on.
func statuses(codes ...int) func(int, http.ResponseWriter, *http.Request) {
	return func(n int, w http.ResponseWriter, _ *http.Request) { w.WriteHeader(codes[min(n, len(codes))-1]) }
}

// office is all that delivers: a database in a file, a clock that is turned by hand, a gate to this machine.
type office struct {
	t         *testing.T
	path      string
	db        *storage.DB
	receivers []config.Receiver
	deliverer *Deliverer
	log       bytes.Buffer
	at        time.Time
}

func newOffice(t *testing.T, receivers ...config.Receiver) *office {
	t.Helper()
	o := &office{t: t, path: filepath.Join(t.TempDir(), "storywatch.db"), receivers: receivers, at: seen.Add(time.Second)}
	o.open()
	t.Cleanup(func() { o.db.Close() })
	return o
}

// open begins as a new process would: nothing is left but the file.
func (o *office) open() {
	o.t.Helper()
	log := slog.New(slog.NewTextHandler(&o.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	db, err := storage.Open(o.t.Context(), o.path, log)
	if err != nil {
		o.t.Fatal(err)
	}
	gate := fetch.New(fetch.Options{
		Agent: "storywatch/test (+https://desk.example/about)", Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, Log: log,
		Limits: fetch.Limits{Post: 2 * time.Second},
	})
	o.db, o.deliverer = db, NewDeliverer(db, gate, o.receivers, log, func() time.Time { return o.at })
}

func (o *office) restart() {
	o.t.Helper()
	o.db.Close()
	o.open()
}

// pass turns the clock.
func (o *office) pass(d time.Duration) { o.at = o.at.Add(d) }

func (o *office) deliver(receiver string) {
	o.t.Helper()
	if err := o.deliverer.Deliver(o.t.Context(), receiver); err != nil {
		o.t.Fatal(err)
	}
}

// alerts records so many alerts for the receivers and returns them.
func (o *office) alerts(n int) []story.Alert {
	o.t.Helper()
	var alerts []story.Alert
	for i := range n {
		e := failingSource()
		e.At = e.At.Add(time.Duration(i) * time.Millisecond)
		a, err := SourceEvent(o.receivers, e)
		if err != nil {
			o.t.Fatal(err)
		}
		alerts = append(alerts, *a)
	}
	o.record(alerts...)
	return alerts
}

func (o *office) record(alerts ...story.Alert) {
	o.t.Helper()
	if err := o.db.Record(o.t.Context(), storage.Entry{Alerts: alerts}); err != nil {
		o.t.Fatal(err)
	}
}

// delivery is the only delivery of an alert, as the database has it.
func (o *office) delivery(alert story.Alert) story.Delivery {
	o.t.Helper()
	info, err := o.db.Alert(o.t.Context(), alert.ID)
	if err != nil || len(info.Deliveries) != 1 {
		o.t.Fatalf("alert %s: %d deliveries, %v", alert.ID, len(info.Deliveries), err)
	}
	return info.Deliveries[0]
}

// is fails unless the delivery of an alert stands as said after so many attempts.
func (o *office) is(alert story.Alert, state story.DeliveryState, attempts int) story.Delivery {
	o.t.Helper()
	d := o.delivery(alert)
	if d.State != state || len(d.Attempts) != attempts {
		o.t.Fatalf("delivery %s is %s after %d attempts, want %s after %d", d.ID, d.State, len(d.Attempts), state, attempts)
	}
	return d
}

// to is a receiver at an address, with the secret of the tests.
func to(name, url string) config.Receiver {
	return config.Receiver{Name: name, URL: config.NewSecret(url), Secrets: []config.Secret{config.NewSecret(testSecret)}, Format: "json"}
}
