package facts

import (
	"strings"
	"sync"

	"github.com/storywatch/storywatch/text"
)

// table is what is known of one language. Alternatives are separated by "|"; a "*" at the end of a word takes any ending.
// "_" stands for any one word. The words are general newsroom vocabulary, collected from grammars and style guides, never from one outlet.
type table struct {
	months   [12]string // months[0] is January, under each calendar's common name
	weekdays [7]string  // weekdays[0] is Sunday
	parts    map[string]string
	days     map[int]string // days from the article's own day: 0 today, 1 tomorrow
	next     string         // makes a weekday the coming one
	last     string         // makes a weekday a past one
	numbers  map[float64]string
	scales   map[float64]string
	roles    map[string]string
	triggers map[Trigger]string
}

var tables = map[string]table{
	"ar": arabic, "en": english, "fr": french, "de": german, "es": spanish, "fa": persian,
	"he": hebrew, "tr": turkish, "ru": russian, "zh": chinese, "nl": dutch,
}

// phrase is a run of words to be found; a prefix word takes any ending.
type phrase []struct {
	word   string
	prefix bool
}

// entry is a phrase with what it means.
type entry[T any] struct {
	phrase phrase
	means  T
}

// lexicon is a table made ready for look-up: entries by the first word of their phrase.
type lexicon struct {
	lang     string
	months   *index[int]
	weekdays *index[int]
	parts    *index[string]
	days     *index[int]
	next     *index[bool]
	last     *index[bool]
	numbers  *index[float64]
	scales   *index[float64]
	roles    *index[string]
	triggers *index[Trigger]
}

// index finds phrases in a sentence.
type index[T any] struct {
	exact    map[string][]entry[T] // by first word
	prefixes []entry[T]            // first word takes any ending
}

func (x *index[T]) add(alternatives string, means T) {
	for alt := range strings.SplitSeq(alternatives, "|") {
		p := parse(alt)
		switch {
		case len(p) == 0:
		case p[0].prefix:
			x.prefixes = append(x.prefixes, entry[T]{p, means})
		default:
			x.exact[p[0].word] = append(x.exact[p[0].word], entry[T]{p, means})
		}
	}
}

func parse(alternative string) phrase {
	var p phrase
	for field := range strings.FieldsSeq(alternative) {
		if field == "_" {
			p = append(p, struct {
				word   string
				prefix bool
			}{"", true})
			continue
		}
		prefix := strings.HasSuffix(field, "*")
		words := text.Words(strings.TrimSuffix(field, "*"))
		for i, w := range words {
			p = append(p, struct {
				word   string
				prefix bool
			}{w, prefix && i == len(words)-1})
		}
	}
	return p
}

// at returns the longest phrase that starts at word i, how many words it takes, and whether there is one.
func (x *index[T]) at(s *scanned, i int) (means T, n int) {
	try := func(entries []entry[T]) {
		for _, e := range entries {
			if len(e.phrase) > n && e.phrase.matches(s.words[i:]) {
				means, n = e.means, len(e.phrase)
			}
		}
	}
	w := s.words[i]
	try(x.exact[w.folded])
	if w.stem != w.folded {
		try(x.exact[w.stem])
	}
	try(x.prefixes)
	return means, n
}

// has reports whether a word by itself, with nothing taken off, begins a phrase.
func (x *index[T]) has(word string) bool { return len(x.exact[word]) > 0 }

func (p phrase) matches(words []word) bool {
	if len(words) < len(p) {
		return false
	}
	for i, want := range p {
		w := words[i]
		switch {
		case w.folded == want.word || w.stem == want.word:
		case want.prefix && (strings.HasPrefix(w.folded, want.word) || strings.HasPrefix(w.stem, want.word)):
		default:
			return false
		}
	}
	return true
}

// lexicons makes every table ready once, at first use.
var lexicons = sync.OnceValue(func() map[string]*lexicon {
	all := make(map[string]*lexicon, len(tables))
	for lang, t := range tables {
		all[lang] = build(lang, t)
	}
	return all
})

func newIndex[T any]() *index[T] { return &index[T]{exact: map[string][]entry[T]{}} }

func indexOf[K comparable](m map[K]string) *index[K] {
	x := newIndex[K]()
	for means, alternatives := range m {
		x.add(alternatives, means)
	}
	return x
}

func build(lang string, t table) *lexicon {
	l := &lexicon{
		lang: lang, months: newIndex[int](), weekdays: newIndex[int](), next: newIndex[bool](), last: newIndex[bool](),
		parts: indexOf(t.parts), days: indexOf(t.days), numbers: indexOf(t.numbers), scales: indexOf(t.scales),
		roles: indexOf(t.roles), triggers: indexOf(t.triggers),
	}
	for i, m := range t.months {
		l.months.add(m, i+1)
	}
	for i, d := range t.weekdays {
		l.weekdays.add(d, i)
	}
	l.next.add(t.next, true)
	l.last.add(t.last, true)
	return l
}

// lexiconsFor returns the tables to ask for a sentence: that of its language first, or those of its script.
func lexiconsFor(lang string, s *scanned) *lexicon {
	if l := lexicons()[lang]; l != nil {
		return l
	}
	if l := lexicons()[text.Language(s.sentence, lang)]; l != nil {
		return l
	}
	return lexicons()["en"]
}

// triggersIn returns the triggers of a sentence, each once.
func triggersIn(s *scanned, lex *lexicon) []Trigger {
	var found []Trigger
	seen := map[Trigger]bool{}
	for i := range s.words {
		for _, t := range lex.triggers.all(s, i) {
			if !seen[t] && counts(t, i, len(s.words)) {
				seen[t] = true
				found = append(found, t)
			}
		}
	}
	return found
}

// shortLine is how many words a line of page furniture may have.
const shortLine = 14

// counts reports whether a trigger that begins at word i is meant as such: background opens a sentence, and furniture
// opens it or is a short line.
func counts(t Trigger, i, words int) bool {
	switch t {
	case Background:
		return i <= 1
	case Furniture:
		return i == 0 && words <= 2*shortLine || words <= shortLine
	}
	return true
}

// all returns the meanings of every phrase that starts at word i.
func (x *index[T]) all(s *scanned, i int) []T {
	var means []T
	collect := func(entries []entry[T]) {
		for _, e := range entries {
			if e.phrase.matches(s.words[i:]) {
				means = append(means, e.means)
			}
		}
	}
	w := s.words[i]
	collect(x.exact[w.folded])
	if w.stem != w.folded {
		collect(x.exact[w.stem])
	}
	collect(x.prefixes)
	return means
}
