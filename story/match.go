package story

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/storywatch/storywatch/facts"
	"github.com/storywatch/storywatch/text"
)

// Rule says which articles belong to a story: those that any term, address or source speaks for, that have all of All and
// none of None. Terms are phrases or /regular expressions/; spelling variants, clitics and case do not matter.
type Rule struct {
	Name           string
	Title          string
	Any, All, None []string
	URLs           []string // a part of the address; * stands for any run of characters
	Sources        []string
	Zone           *time.Location // of the days and hours that its articles name; UTC when nil
}

// Matcher is a Rule made ready.
type Matcher struct {
	Rule
	any, all, none []term
	urls           []*regexp.Regexp
}

// term is a phrase as a run of stems, or a regular expression over the folded text.
type term struct {
	printed string
	stems   string // " a b "
	pattern *regexp.Regexp
}

// NewMatcher makes a rule ready. The error names the term that cannot be read.
func NewMatcher(r Rule) (*Matcher, error) {
	if r.Zone == nil {
		r.Zone = time.UTC
	}
	m := &Matcher{Rule: r}
	for _, list := range []struct {
		from []string
		to   *[]term
	}{{r.Any, &m.any}, {r.All, &m.all}, {r.None, &m.none}} {
		for _, printed := range list.from {
			t, err := newTerm(printed)
			if err != nil {
				return nil, fmt.Errorf("story %q: match %q: %w", r.Name, printed, err)
			}
			*list.to = append(*list.to, t)
		}
	}
	for _, u := range r.URLs {
		quoted := strings.ReplaceAll(regexp.QuoteMeta(u), `\*`, `.*`)
		m.urls = append(m.urls, regexp.MustCompile(quoted))
	}
	return m, nil
}

func newTerm(printed string) (term, error) {
	if len(printed) > 2 && strings.HasPrefix(printed, "/") && strings.HasSuffix(printed, "/") {
		p, err := regexp.Compile(`(?i)` + printed[1:len(printed)-1])
		return term{printed: printed, pattern: p}, err
	}
	return term{printed: printed, stems: stems(printed)}, nil
}

// stems writes the stems of a text's words between single spaces, so that a phrase is found as a part of it.
func stems(s string) string {
	var b strings.Builder
	b.WriteByte(' ')
	for _, w := range text.Words(s) {
		b.WriteString(facts.Stem(w))
		b.WriteByte(' ')
	}
	return b.String()
}

func (t term) in(stems, printed string) bool {
	if t.pattern != nil {
		return t.pattern.MatchString(printed)
	}
	return strings.Contains(stems, t.stems)
}

// Matches reports whether a version belongs to the story.
func (m *Matcher) Matches(v Version) bool {
	printed := printedOf(v.Article)
	return m.match(stems(printed), printed, v.Source, v.PageURL, v.Article.URL, v.Article.Canonical)
}

// MayMatch reports whether an address and title that a source offers may belong to the story, before the page is read:
// only a None term in the title, or a rule by address alone that the address fails, speaks against it.
func (m *Matcher) MayMatch(l Link, source string) bool {
	title := stems(l.Title)
	for _, t := range m.none {
		if t.in(title, l.Title) {
			return false
		}
	}
	byAddressAlone := len(m.any) == 0 && len(m.all) == 0
	return !byAddressAlone || m.speaksFor(title, l.Title, source, l.URL)
}

func (m *Matcher) match(stems, printed, source string, urls ...string) bool {
	for _, t := range m.none {
		if t.in(stems, printed) {
			return false
		}
	}
	for _, t := range m.all {
		if !t.in(stems, printed) {
			return false
		}
	}
	onlyAll := len(m.any) == 0 && len(m.urls) == 0 && len(m.Sources) == 0
	return onlyAll || m.speaksFor(stems, printed, source, urls...)
}

func (m *Matcher) speaksFor(stems, printed, source string, urls ...string) bool {
	for _, t := range m.any {
		if t.in(stems, printed) {
			return true
		}
	}
	for _, u := range m.urls {
		for _, address := range urls {
			if u.MatchString(address) {
				return true
			}
		}
	}
	for _, s := range m.Sources {
		if s == source {
			return true
		}
	}
	return false
}

func printedOf(a Article) string {
	var b strings.Builder
	for _, p := range a.Text() {
		b.WriteString(p.Text)
		b.WriteByte('\n')
	}
	return b.String()
}
