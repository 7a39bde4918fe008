package alert

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/storywatch/storywatch/story"
)

// maxBody is the most bytes a body may have: what Standard Webhooks asks senders to keep to, and receivers may rely on.
const maxBody = 20 << 10

// maxURL is the longest address that is passed on. A longer one is left out: cut, it would lead nowhere.
const maxURL = 2000

// ellipsis ends a text that was cut.
const ellipsis = "…"

// room is how much an alert may say. Texts are measured in bytes as JSON writes them.
type room struct {
	sentences int // of evidence, and of the change
	one       int // bytes of one sentence
	items     int // names, places, moments, figures
	other     int // bytes of any other text
	cut       bool
}

// rooms are tried in turn until the body fits. Sentences are shortened first, then what stands beside them. The last one
// always fits: some 45 texts and 6 addresses are less than maxBody.
var rooms = []room{
	{sentences: 40, one: 4000, items: 50, other: 1000},
	{sentences: 20, one: 1500, items: 50, other: 1000},
	{sentences: 12, one: 900, items: 30, other: 800},
	{sentences: 8, one: 600, items: 30, other: 600},
	{sentences: 5, one: 400, items: 15, other: 400},
	{sentences: 3, one: 250, items: 8, other: 250},
	{sentences: 2, one: 150, items: 4, other: 150},
	{sentences: 1, one: 100, items: 1, other: 100},
}

// fit writes an alert's data with as much as a body can hold.
func fit(a story.Alert, write func(*room) payload) ([]byte, error) {
	for _, r := range rooms {
		p := write(&r)
		p.Alert, p.Truncated = a.ID, r.cut
		data, err := encode(p)
		if err != nil {
			return nil, fmt.Errorf("write alert %s: %w", a.ID, err)
		}
		a.Data = data
		if _, err := Body(story.Delivery{Seq: math.MaxInt64, Alert: a}); err == nil {
			return data, nil
		}
	}
	return nil, fmt.Errorf("write alert %s: %w", a.ID, errTooLong)
}

func (r *room) text(s string) string { return r.shorten(s, r.other) }

func (r *room) sentence(s string) string { return r.shorten(s, r.one) }

func (r *room) shorten(s string, most int) string {
	short, whole := cut(clean(s), most)
	r.cut = r.cut || !whole
	return short
}

func (r *room) url(s string) string {
	s = clean(s)
	if written(s) > maxURL {
		r.cut = true
		return ""
	}
	return s
}

// first is the beginning of a list, and notes when something was left out.
func first[T any](r *room, list []T, most int) []T {
	if len(list) <= most {
		return list
	}
	r.cut = true
	return list[:most]
}

// clean makes a text valid UTF-8 and takes out NUL, which many a database behind a receiver refuses.
func clean(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}

// cut shortens a text to at most so many bytes as JSON writes them, on a rune boundary and where possible between words, and
// reports whether it was left whole.
func cut(s string, most int) (string, bool) {
	if written(s) <= most {
		return s, true
	}
	size, end := len(ellipsis), 0
	for i, c := range s {
		size += writtenRune(c)
		if size > most {
			end = i
			break
		}
	}
	if space := strings.LastIndexByte(s[:end], ' '); space > end*3/4 {
		end = space
	}
	return s[:end] + ellipsis, false
}

// written is the length of a text as JSON writes it, without the quotes.
func written(s string) int {
	n := 0
	for _, c := range s {
		n += writtenRune(c)
	}
	return n
}

func writtenRune(c rune) int {
	switch {
	case c == '"' || c == '\\' || c == '\n' || c == '\r' || c == '\t' || c == '\b' || c == '\f':
		return 2
	case c < ' ' || c == '\u2028' || c == '\u2029':
		return 6
	}
	return utf8.RuneLen(c)
}
