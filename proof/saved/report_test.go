package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// logOf writes a log and reads it back sorted.
func logOf(t *testing.T, lines ...string) logged {
	t.Helper()
	name := filepath.Join(t.TempDir(), "log")
	if err := os.WriteFile(name, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := readLog(name)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestLogLinesAreSortedByLevelInBothForms(t *testing.T) {
	l := logOf(t,
		`time=2026-01-01T00:00:00Z level=INFO msg="looked at page" outcome=version`,
		`{"time":"2026-01-01T00:00:00Z","level":"INFO","msg":"looked at page","outcome":"version"}`,
		`time=x level=WARN msg="page did not end well" url=a outcome=gone`,
		`{"level":"WARN","msg":"page did not end well","url":"b","outcome":"gone"}`,
		`time=x level=ERROR msg="deliver" err="the level=WARN of it"`,
		`panic: runtime error`,
		`a line of something else`,
	)
	if l.lines["INFO"] != 2 || l.lines["WARN"] != 2 || l.lines["ERROR"] != 1 || l.lines["other"] != 2 {
		t.Errorf("lines %v", l.lines)
	}
	if l.outcomes["version"] != 2 || l.outcomes["gone"] != 2 {
		t.Errorf("outcomes %v", l.outcomes)
	}
	if len(l.errors) != 2 {
		t.Errorf("errors %v, want the line of level ERROR and the panic", l.errors)
	}
	if got := l.warned[`"page did not end well"`]; len(got) != 2 {
		t.Errorf("warned %v", l.warned)
	}
}

func TestSurroundingsChangeAndTheStoryDoesNot(t *testing.T) {
	page := []byte(`<html><BODY class="x"><p>The story.</p></body></html>`)
	one, two := string(surround(page)), string(surround(page))
	if one == two || one == string(page) {
		t.Errorf("%s\n%s", one, two)
	}
	for _, part := range []string{`<BODY class="x"><div class="clock">`, `</div><p>The story.</p><aside`, `</aside></body></html>`} {
		if !strings.Contains(one, part) {
			t.Errorf("no %s in %s", part, one)
		}
	}
	if bare := []byte("no tags"); !bytes.Equal(surround(bare), bare) {
		t.Error("a page without a body was changed")
	}
}

func TestContentTypeFollowsTheBytes(t *testing.T) {
	for body, want := range map[string]string{
		"plain letters": "text/html", "قطر": "text/html; charset=utf-8", "\xe7\xf8\xd1": "text/html",
	} {
		if got := (savedPage{body: []byte(body)}).contentType(); got != want {
			t.Errorf("%q: %s, want %s", body, got, want)
		}
	}
}

func TestOnlyTheTourWithAllItsPlacesCounts(t *testing.T) {
	places := func(codes ...string) (all []struct{ Country string }) {
		for _, c := range codes {
			all = append(all, struct{ Country string }{c})
		}
		return all
	}
	alert := func(id, kind, name string, codes ...string) heard {
		h := heard{id: id, kind: kind}
		h.Data.Story.Name, h.Data.Development.Where = name, places(codes...)
		return h
	}
	town := &town{alerts: []heard{
		alert("1", "planned_event", "blinken-tour", "QA", "EG", "IL"),
		alert("1", "planned_event", "blinken-tour", "QA", "EG", "IL"),
		alert("2", "planned_event", "blinken-tour", "QA", "EG"),
		alert("3", "new_development", "blinken-tour", "QA", "EG", "IL"),
		alert("4", "planned_event", "everything", "QA", "EG", "IL"),
	}}
	if got := town.printAlerts(); got != 1 {
		t.Errorf("told %d times, want 1: a repeat of an id, a part, another kind and another story do not count", got)
	}
}
