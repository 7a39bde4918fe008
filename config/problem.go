package config

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Problem is one thing that is wrong with a file.
type Problem struct {
	Line, Column int    // from 1; 0 when it concerns the file as a whole
	Path         string // where in the file: sources[1] "politics": schedule; empty for the file as a whole
	Text         string // what is wrong and what to do, without secrets
}

// Errors is everything that is wrong with one file, in the order of its lines.
type Errors struct {
	File     string
	Problems []Problem
}

// Error prints one line for each problem: file:line: path: what is wrong; what to do.
func (e *Errors) Error() string {
	lines := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		var b strings.Builder
		b.WriteString(e.File)
		if p.Line > 0 {
			fmt.Fprintf(&b, ":%d", p.Line)
		}
		b.WriteString(": ")
		if p.Path != "" {
			b.WriteString(p.Path + ": ")
		}
		lines[i] = b.String() + p.Text
	}
	return strings.Join(lines, "\n")
}

func (e *Errors) sort() {
	slices.SortStableFunc(e.Problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	e.Problems = slices.Compact(e.Problems)
}

// place is where in the file something stands: the entry of a list with its name, and the keys below it.
type place struct{ entry, keys string }

func (p place) String() string {
	if p.entry != "" && p.keys != "" {
		return p.entry + ": " + p.keys
	}
	return p.entry + p.keys
}

func (p place) key(name string) place {
	if p.keys != "" {
		name = p.keys + "." + name
	}
	return place{p.entry, name}
}

func (p place) index(i int) place { return place{p.entry, p.keys + "[" + strconv.Itoa(i) + "]"} }

// quote shows a text of the file in a message, in quotes.
func quote(text string) string { return `"` + shorten(text) + `"` }

// shorten cuts a text for a message and spells out what cannot be seen. Unlike %q it leaves backslashes and quotes as they
// were typed. A signing secret that strayed into another key is cut off.
func shorten(text string) string {
	const most = 60
	if i := strings.Index(text, "whsec_"); i >= 0 {
		text = text[:i] + "whsec_…"
	}
	var b strings.Builder
	n := 0
	for _, r := range text {
		if n++; n > most {
			b.WriteRune('…')
			break
		}
		if unicode.IsPrint(r) {
			b.WriteRune(r)
			continue
		}
		b.WriteString(strings.Trim(strconv.QuoteRune(r), "'"))
	}
	return b.String()
}

// isBlank reports white space and control characters, which no address, name or secret may hold.
func isBlank(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }
