package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"
)

// look asks the program's own pages, as a person and a monitor would.
func (r *result) look(ctx context.Context, base string) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	for _, path := range []string{"/", "/metrics"} {
		body, err := get(ctx, base+path)
		if err != nil {
			r.unanswer = append(r.unanswer, err.Error())
		} else if path == "/metrics" {
			r.metrics = body
		}
	}
}

func get(ctx context.Context, url string) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return "", err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", url, resp.Status)
	}
	return string(body), err
}

// logged is what the log says, by level.
type logged struct {
	lines    map[string]int
	outcomes map[string]int
	errors   []string
	warned   map[string][]string // by message
}

var (
	levelOf   = regexp.MustCompile(`(?:level=|"level":")(DEBUG|INFO|WARN|ERROR)`)
	messageOf = regexp.MustCompile(`(?:msg=|"msg":)("(?:[^"\\]|\\.)*"|\S+)`)
	outcomeOf = regexp.MustCompile(`(?:\boutcome=|"outcome":")(\w+)`)
)

// readLog sorts the lines of a log, which is slog's text or JSON.
func readLog(name string) (logged, error) {
	l := logged{lines: map[string]int{}, outcomes: map[string]int{}, warned: map[string][]string{}}
	file, err := os.Open(name)
	if err != nil {
		return l, err
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		l.add(lines.Text())
	}
	return l, lines.Err()
}

func (l *logged) add(line string) {
	level := "other"
	if m := levelOf.FindStringSubmatch(line); m != nil {
		level = m[1]
	}
	l.lines[level]++
	if m := outcomeOf.FindStringSubmatch(line); m != nil {
		l.outcomes[m[1]]++
	}
	switch level {
	case "ERROR":
		l.errors = append(l.errors, line)
	case "other":
		if strings.HasPrefix(line, "panic:") || strings.HasPrefix(line, "fatal error:") || strings.HasPrefix(line, "WARNING: DATA RACE") {
			l.errors = append(l.errors, line)
		}
	case "WARN":
		message := "?"
		if m := messageOf.FindStringSubmatch(line); m != nil {
			message = m[1]
		}
		l.warned[message] = append(l.warned[message], line)
	}
}

// report prints what came of the run and returns what must not be.
func (r *result) report(t *town) error {
	l, err := readLog(r.log)
	if err != nil {
		return err
	}
	fmt.Printf("requests taken by the outlets: %d\nlog lines: %s\noutcomes in the log: %s\n", t.fetches.Load(), counts(l.lines), counts(l.outcomes))
	for line := range strings.Lines(r.metrics) {
		if strings.HasPrefix(line, "storywatch_") && !strings.Contains(line, "_bucket{") {
			fmt.Print("  ", line)
		}
	}
	fmt.Printf("verify: %s\n", strings.TrimSpace(r.verify))
	for _, message := range slices.Sorted(maps.Keys(l.warned)) {
		lines := l.warned[message]
		fmt.Printf("%4d × WARN %s\n       %s\n", len(lines), message, lines[0])
		if last := lines[len(lines)-1]; len(lines) > 1 {
			fmt.Printf("       %s\n", last)
		}
	}
	tours := t.printAlerts()

	var wrong []error
	for _, line := range l.errors {
		wrong = append(wrong, fmt.Errorf("logged: %s", line))
	}
	for _, missed := range r.unanswer {
		wrong = append(wrong, fmt.Errorf("its own pages: %s", missed))
	}
	if r.verifyBad {
		wrong = append(wrong, errors.New("verify found damage"))
	}
	if tours != 1 {
		wrong = append(wrong, fmt.Errorf("the planned tour to Qatar, Egypt and Israel was told %d times", tours))
	}
	return errors.Join(wrong...)
}

// printAlerts lists what the desk heard and returns how many alerts tell of the planned tour with all its places.
func (t *town) printAlerts() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	byType, ids, tours := map[string]int{}, map[string]bool{}, 0
	for _, h := range t.alerts {
		byType[h.Type]++
		if ids[h.id] {
			continue
		}
		ids[h.id] = true
		var countries []string
		for _, place := range h.Data.Development.Where {
			countries = append(countries, place.Country)
		}
		fmt.Printf("  %s · %s · %s · %v · %s\n", h.Type, h.Data.Story.Name, h.Data.Development.Headline, countries, h.Data.Article.URL)
		if h.kind == "planned_event" && h.Data.Story.Name == "blinken-tour" && slices.Contains(countries, "QA") && slices.Contains(countries, "EG") && slices.Contains(countries, "IL") {
			tours++
		}
	}
	fmt.Printf("deliveries: %d, alerts: %d (%s), planned tour told %d times\n", len(t.alerts), len(ids), counts(byType), tours)
	return tours
}

// counts writes a table of counts on one line, by name.
func counts(of map[string]int) string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(of)) {
		parts = append(parts, fmt.Sprintf("%s %d", name, of[name]))
	}
	return strings.Join(parts, ", ")
}
