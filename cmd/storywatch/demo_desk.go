package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"github.com/storywatch/storywatch/story"
)

// demoDesk is the receiver of the demonstration. It takes only what is signed with its secret.
type demoDesk struct {
	secret   string
	verifier *standardwebhooks.Webhook
	base     string
	server   *http.Server
	serving  sync.WaitGroup
	came     chan []byte // bodies, each webhook-id once

	mu      sync.Mutex
	known   map[string]bool
	refused int
}

func openDemoDesk(ctx context.Context) (*demoDesk, error) {
	d := &demoDesk{secret: newSecret(), came: make(chan []byte, 1000), known: map[string]bool{}}
	var err error
	if d.verifier, err = standardwebhooks.NewWebhook(d.secret); err != nil {
		return nil, err
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	d.base = "http://" + l.Addr().String()
	mux := http.NewServeMux()
	mux.HandleFunc("POST /hook", d.take)
	d.server = &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second, ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)}
	d.serving.Go(func() {
		if err := d.server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			slog.Error("the receiver of the demonstration ended", "err", err)
		}
	})
	return d, nil
}

func (d *demoDesk) close() {
	d.server.Close()
	d.serving.Wait()
}

func (d *demoDesk) url() string { return d.base + "/hook" }

// take verifies an alert, drops what it has had already, and keeps the rest.
func (d *demoDesk) take(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 20<<10))
	if err == nil {
		err = d.verifier.Verify(body, r.Header)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if err != nil {
		d.refused++
		http.Error(w, "not an alert for us", http.StatusBadRequest)
		return
	}
	if id := r.Header.Get("webhook-id"); !d.known[id] {
		d.known[id] = true
		d.came <- body
	}
	w.WriteHeader(http.StatusNoContent)
}

// drain forgets alerts that nobody listened to.
func (d *demoDesk) drain() {
	for len(d.came) > 0 {
		<-d.came
	}
}

// listen shows the alerts that come until there is silence, and returns their kinds. wanted says that one must come.
func (d *demoDesk) listen(ctx context.Context, wanted bool, show *demoShow) ([]string, error) {
	var kinds []string
	patience := stageSilence
	if wanted {
		patience = stagePatience
	}
	silence := time.NewTimer(patience)
	defer silence.Stop()
	for {
		select {
		case <-ctx.Done():
			return kinds, ctx.Err()
		case <-silence.C:
			if len(kinds) == 0 {
				show.silence()
			}
			return kinds, nil
		case body := <-d.came:
			kinds = append(kinds, show.alert(body))
			silence.Reset(stageSilence)
		}
	}
}

// demoShow tells on the terminal what happens.
type demoShow struct {
	p     *program
	json  bool
	zone  *time.Location
	began time.Time
}

func (s *demoShow) say(format string, args ...any) {
	if !s.json {
		s.p.printf(format, args...)
	}
}

func (s *demoShow) stage(n int, stage demoStage) {
	s.say("\n%s  %d. %s\n", s.clock(), n, stage.says)
}

func (s *demoShow) clock() string {
	d := time.Since(s.began).Round(time.Second)
	return fmt.Sprintf("%02d:%02d", int(d.Minutes()), int(d.Seconds())%60)
}

func (s *demoShow) silence() { s.say("%s     nothing new is known: no alert\n", s.clock()) }

// alert shows what was received, and returns its kind.
func (s *demoShow) alert(body []byte) string {
	var a struct {
		Type string
		Data struct {
			Development struct {
				Headline, Reason string
				Importance       float64
				Who              []string
				Where            []story.Place
				When             []story.Moment
				Figures          []story.Figure
				Evidence         []story.Evidence
			}
			Article struct{ URL string }
		}
	}
	kind := func() string { return strings.TrimPrefix(a.Type, "development.") }
	if err := json.Unmarshal(body, &a); err != nil {
		return "an alert that cannot be read: " + err.Error()
	}
	if s.json {
		s.p.printf("%s\n", body)
		return kind()
	}
	d := a.Data.Development
	s.say("%s     ALERT %s (signature verified)\n", s.clock(), kind())
	for _, e := range d.Evidence {
		s.say("             %s\n", e.Text)
	}
	s.line("why", d.Reason)
	s.line("who", strings.Join(d.Who, ", "))
	s.line("where", places(d.Where))
	s.line("when", moments(d.When, s.zone))
	s.line("figures", figures(d.Figures))
	s.line("read at", a.Data.Article.URL)
	return kind()
}

func (s *demoShow) line(name, value string) {
	if value != "" {
		s.say("             %-8s %s\n", name, value)
	}
}

func places(all []story.Place) string {
	var out []string
	for _, p := range all {
		if p.Country != "" && p.Country != p.Name {
			out = append(out, p.Name+" ("+p.Country+")")
		} else {
			out = append(out, p.Name)
		}
	}
	return strings.Join(out, ", ")
}

func moments(all []story.Moment, zone *time.Location) string {
	var out []string
	for _, m := range all {
		if m.From.IsZero() {
			out = append(out, m.Text)
		} else {
			out = append(out, fmt.Sprintf("%s (%s to %s)", m.Text, m.From.In(zone).Format("Mon 2006-01-02 15:04"), m.To.In(zone).Format("Mon 15:04 MST")))
		}
	}
	return strings.Join(out, ", ")
}

func figures(all []story.Figure) string {
	var out []string
	for _, f := range all {
		line := strings.TrimSpace(f.Role + " " + fmt.Sprint(f.Value))
		if f.Old != nil {
			line += fmt.Sprintf(" (before: %v)", *f.Old)
		}
		out = append(out, line)
	}
	return strings.Join(out, ", ")
}

func (s *demoShow) summary(d *demoDesk) {
	d.mu.Lock()
	defer d.mu.Unlock()
	s.say("\n%s  %s for %s; every signature verified", s.clock(), plural(len(d.known), "alert"), plural(len(demoStages()), "publication"))
	if d.refused > 0 {
		s.say(", but for %d refused", d.refused)
	}
	s.say(".\n")
}
