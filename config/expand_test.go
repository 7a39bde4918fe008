package config

import (
	"strings"
	"testing"
)

func TestVariablesAreExpandedOnce(t *testing.T) {
	getenv := env("A=one\nB=${A}\nD=$$\nEMPTY=")
	for text, want := range map[string]string{
		"plain":                 "plain",
		"${A}":                  "one",
		"x${A}y${A}z":           "xoneyonez",
		"${B}":                  "${A}", // what a variable holds is not looked through again
		"${D}":                  "$$",
		"$${A}":                 "${A}",
		"$$$${A}":               "$${A}",
		"$$${A}":                "$one",
		"a$":                    "a$",
		"a$b":                   "a$b",
		"/end$/":                "/end$/",
		"$A":                    "$A",
		"${NONE:-two}":          "two",
		"${EMPTY:-two}":         "two",
		"${NONE:-}":             "",
		"${A:-two}":             "one",
		"${NONE:-$x:-y}":        "$x:-y",
		"${_a1:-بلينكن}":        "بلينكن",
		"${NONE:-postgres://x}": "postgres://x",
	} {
		got, used, err := expand(text, getenv)
		if err != nil || got != want {
			t.Errorf("%s: %q, %v; want %q", text, got, err, want)
		}
		if used != strings.Contains(strings.ReplaceAll(text, "$$", ""), "${") {
			t.Errorf("%s: used %v", text, used)
		}
	}
}

// Keys, numbers and comments: only values are expanded, and those of every type.
func TestVariablesStandInValuesOnly(t *testing.T) {
	text := "${KEY}: x\n# ${COMMENT}\n" + minimal + "    budget: ${BUDGET}\n    fast: ${FAST:-true}\n"
	_, err := Parse("f.yml", []byte(text), env("KEY=database\nBUDGET=7"))
	want := `f.yml:1: unknown key "${KEY}"; the keys here are database, contact, timezone, network, web, stories, sources, receivers`
	if err == nil || err.Error() != want {
		t.Errorf("%v", err)
	}
	cfg, err := Parse("f.yml", []byte(strings.TrimPrefix(text, "${KEY}: x\n")), env("BUDGET=7"))
	if err != nil || cfg.Sources[0].Budget != 7 || !cfg.Sources[0].Fast {
		t.Errorf("%v", err)
	}
}

func TestNearestFindsWhatWasMeant(t *testing.T) {
	for word, want := range map[string]string{
		"shedule": "schedule", "Schedule": "schedule", "time-zone": "timezone", "time_zone": "timezone", "nmae": "name", "urls": "url",
		"kid": "kind", "x": "", "sch": "", "follows": "follow", "budgetary": "", "": "",
	} {
		if got := Nearest(word, known["sources"]); got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
}

func TestLengthsOfTime(t *testing.T) {
	for text, want := range map[string]string{
		"0": "0s", "30s": "30s", "90s": "1m30s", "15m": "15m", "60m": "1h", "6h": "6h", "36h": "36h", "24h": "1d", "14d": "14d", "2w": "14d",
		"1h30m": "1h30m", "1.5d": "36h", "500ms": "500ms", "1w1d1h1m1s": "193h1m1s",
	} {
		d, err := parseDuration(text)
		if err != nil || formatDuration(d) != want {
			t.Errorf("%s: %s, %v; want %s", text, formatDuration(d), err, want)
		}
	}
	for _, text := range []string{"", "5", "1.5", "-5m", "5 m", "m", "5x", "5M", "1e3s", "٥m", "5m-", "99999999999999999999w", ".5h", "1.2.3h"} {
		if d, err := parseDuration(text); err == nil {
			t.Errorf("%q is %s", text, d)
		}
	}
}
