package story

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/storywatch/storywatch/text"
)

// longestHeadline is in characters; a longer one is cut between words.
const longestHeadline = 160

// headline takes the article's own words: its headline where that is part of the news, else the strongest sentence.
func headline(v Version, sorted []finding) string {
	for _, f := range sorted {
		if f.kind == text.Title {
			return shorten(v.Article.Title)
		}
	}
	return shorten(sorted[0].text)
}

func shorten(s string) string {
	if utf8.RuneCountInString(s) <= longestHeadline {
		return s
	}
	cut := string([]rune(s)[:longestHeadline])
	if i := strings.LastIndexByte(cut, ' '); i > longestHeadline/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:،؛") + "…"
}

// reason says in a sentence why a development is held to be new.
func reason(d Development, j *judge) string {
	var parts []string
	if slices.Contains(d.Kinds, NumberChange) {
		parts = append(parts, figureChanges(d)...)
	}
	switch d.Kind {
	case PlannedEvent:
		parts = append(parts, "first mention of a plan"+about(d))
	case PlanChange:
		parts = append(parts, "a plan was put off, called off or moved"+about(d))
	case Correction:
		parts = append(parts, "the outlet corrects itself")
	case Reversal:
		parts = append(parts, "something said or decided before is denied or taken back"+about(d))
	case QuoteAdded:
		parts = append(parts, "a quote that was not known")
	case Removal:
		parts = append(parts, "a sentence that carried facts is gone from the page")
	case HeadlineChange:
		parts = append(parts, "the headline says something else")
	case NewDevelopment:
		parts = append(parts, newSentences(len(d.Evidence), j)+about(d))
	case NumberChange:
		if len(parts) == 0 {
			parts = append(parts, "a figure changed")
		}
	}
	return strings.Join(parts, "; ")
}

func newSentences(n int, j *judge) string {
	if len(j.known.sentences) == 0 {
		return "first report of the story"
	}
	if n == 1 {
		return "a sentence says what was not known before"
	}
	return strconv.Itoa(n) + " sentences say what was not known before"
}

// figureChanges writes "killed rose from 12 to 17".
func figureChanges(d Development) []string {
	var parts []string
	for _, f := range d.Figures {
		if f.Old == nil && countedRoles[f.Role] {
			parts = append(parts, fmt.Sprintf("%s: %s, the first figure", f.Role, plain(f.Value)))
		}
		if f.Old == nil || *f.Old == f.Value {
			continue
		}
		role, verb := f.Role, "rose"
		if role == "" {
			role = "a figure"
		}
		if f.Value < *f.Old {
			verb = "fell"
		}
		parts = append(parts, fmt.Sprintf("%s %s from %s to %s", role, verb, plain(*f.Old), plain(f.Value)))
	}
	return slices.Compact(parts)
}

func plain(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// about lists where and when, for a reason.
func about(d Development) string {
	var s strings.Builder
	namer := display.Regions(language.English)
	for i, p := range d.Where {
		name := p.Name
		if r, err := language.ParseRegion(p.Country); err == nil {
			name = namer.Name(r)
		}
		if i == 0 {
			s.WriteString(": ")
		} else {
			s.WriteString(", ")
		}
		s.WriteString(name)
	}
	for i, m := range d.When {
		if m.From.IsZero() {
			continue
		}
		if s.Len() > 0 || i > 0 {
			s.WriteString("; ")
		} else {
			s.WriteString(": ")
		}
		s.WriteString(m.From.Format("Monday 2 January 2006"))
		if m.Part != "" {
			s.WriteString(", " + m.Part)
		}
	}
	return s.String()
}
