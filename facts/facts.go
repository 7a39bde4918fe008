// Package facts finds in one sentence what a desk would note down: figures with what they count, days and hours, places,
// names, and the words that tell a plan from a deed. It is pure; what it knows of languages stands in one table a language.
package facts

import (
	"strings"
	"time"

	"github.com/storywatch/storywatch/text"
)

// Facts is what one sentence states.
type Facts struct {
	Figures  []Figure
	Times    []Time
	Places   []Place
	Names    []Name
	Triggers []Trigger
	Quoted   []string // what stands between quotation marks, three words or more
	Words    int      // of the sentence, as text.Words counts them
	Content  int      // those of them that are neither part of a time nor digits
}

// Figure is a number and what it counts; Role is empty where no table says.
type Figure struct {
	Value float64
	Role  string
	Text  string // as printed
}

// Time is a day or hour that the sentence names, resolved against the day of the article.
type Time struct {
	Text string
	From time.Time // zero where only the name of the day is known
	To   time.Time // exclusive
	Part string    // morning, noon, afternoon, evening, night
	Key  string    // what two mentions share, independent of the article's day: "tue", "08-13", "16:00"
}

// Place is a country, or a capital that stands for one.
type Place struct {
	Text    string
	Country string // ISO 3166-1 alpha-2
}

// Name is a person, organisation or place by its spelling; Key is alike for its spellings in other scripts.
type Name struct {
	Text string
	Key  string
}

// Trigger is a kind of word that says what a sentence does.
type Trigger string

// The triggers.
const (
	Plan       Trigger = "plan"       // somebody means to do something
	Postpone   Trigger = "postpone"   // a plan moved in time
	Cancel     Trigger = "cancel"     // a plan given up
	Adjust     Trigger = "adjust"     // a plan shortened, extended or moved in place
	Deny       Trigger = "deny"       // a statement or wish is denied, refused, rejected
	Reverse    Trigger = "reverse"    // a decision or state is taken back: suspended, lifted, reopened, withdrawn
	Correct    Trigger = "correct"    // the outlet corrects itself
	Background Trigger = "background" // told for context, not as news
	Furniture  Trigger = "furniture"  // of the page, not of the story: read also, last updated
	NoComment  Trigger = "no_comment" // says that nothing was said
	Say        Trigger = "say"        // attributes speech
	Tally      Trigger = "tally"      // says that a count moved
)

// Has reports whether the sentence has one of the triggers.
func (f Facts) Has(any ...Trigger) bool {
	for _, t := range f.Triggers {
		for _, want := range any {
			if t == want {
				return true
			}
		}
	}
	return false
}

// Countries returns the codes of the places named, each once, in order.
func (f Facts) Countries() []string {
	var codes []string
	seen := map[string]bool{}
	for _, p := range f.Places {
		if !seen[p.Country] {
			seen[p.Country] = true
			codes = append(codes, p.Country)
		}
	}
	return codes
}

// Find reads one sentence of an article in a language (BCP 47 primary subtag; empty tries what the script allows) that
// was written at a time whose location is the reader's.
func Find(sentence, lang string, at time.Time) Facts {
	s := scan(sentence)
	lex := lexiconsFor(lang, s)
	s.lang = lex.lang
	f := Facts{Words: len(s.words)}
	f.Triggers = triggersIn(s, lex)
	f.Times = timesIn(s, lex, at, f.Has(Plan, Postpone, Adjust))
	if tellsOfThePast(s, f, at) {
		f.Triggers = append(f.Triggers, Background)
	}
	f.Figures = figuresIn(s, lex)
	f.Places = placesIn(s, lex.lang)
	f.Names = namesIn(s, lex.lang)
	f.Quoted = quotesIn(sentence)
	for _, w := range s.words {
		if !w.used && !startsWithDigit(w.folded) {
			f.Content++
		}
	}
	return f
}

// tellsOfThePast reports whether a sentence dates itself to a year gone by, and to no day: it is told for context.
func tellsOfThePast(s *scanned, f Facts, at time.Time) bool {
	if len(f.Times) > 0 || f.Has(Plan, Postpone, Cancel, Reverse, Correct, Background) {
		return false
	}
	for i := range s.words {
		if s.isYear(i) && s.words[i].folded < at.Format("2006") {
			return true
		}
	}
	return false
}

// The words that stand before a year, and those that stand after it.
var (
	beforeYear = set("in since from until year seit im jahr jahre en depuis desde de año année sinds jaar в с عام سنة عامي منذ في سال שנת מאז בשנת")
	afterYear  = set("году года год yılında yılından yılı yılda senesinde 年 للهجرة ميلادية هجرية")
)

// isYear reports whether word i is a year rather than a count: a word beside it says so, or, as German has it, nothing that
// could be counted follows.
func (s *scanned) isYear(i int) bool {
	w := s.words[i].folded
	if len(w) != 4 || !isDigits(w) || w < "1900" || w > "2199" {
		return false
	}
	if i > 0 && (beforeYear[s.words[i-1].folded] || beforeYear[s.words[i-1].stem]) {
		return true
	}
	if i+1 == len(s.words) || !s.together(i+1) {
		return true
	}
	next := s.words[i+1]
	return afterYear[next.folded] || s.lang == "de" && !capitalised(next.printed)
}

// word is one word of a sentence in the forms that tables are asked for.
type word struct {
	printed string
	folded  string
	stem    string // without Arabic or Hebrew clitics; equal to folded elsewhere
	at      int    // byte offset of printed in the sentence
	used    bool   // read as part of a time, so not a figure
}

type scanned struct {
	sentence string
	lang     string // of the table it is read by
	words    []word
}

func scan(sentence string) *scanned {
	s := &scanned{sentence: sentence}
	offset := 0
	for _, t := range text.Tokens(sentence) {
		if t.Folded != "" {
			w := word{printed: t.Text, folded: t.Folded, stem: Stem(t.Folded), at: offset}
			if rest, ok := strings.CutPrefix(w.folded, "و"); ok && startsWithDigit(rest) {
				w.folded, w.stem = rest, rest // "and 7" in one
			}
			s.words = append(s.words, w)
		}
		offset += len(t.Text)
	}
	return s
}

// span returns the printed text of words i to j, j exclusive.
func (s *scanned) span(i, j int) string {
	last := s.words[j-1]
	return s.sentence[s.words[i].at : last.at+len(last.printed)]
}

// Stem takes the particles off that Arabic and Hebrew write onto a word: and, so, in, like, for, the. It takes the first
// letter of a word for a particle now and then; what is compared by stems must be stemmed on both sides.
func Stem(folded string) string {
	r := []rune(folded)
	if len(r) < 4 || !(r[0] >= 0x590 && r[0] <= 0x6ff) {
		return folded
	}
	if r[0] == 'و' || (r[0] == 'ו' || r[0] == 'ف') && len(r) > 4 {
		r = r[1:] // "and" stands before any word, "so" seldom before short ones
	}
	rest := string(r)
	if r[0] < 0x600 {
		if len(r) > 3 && strings.ContainsRune("הבלוש", r[0]) {
			return string(r[1:])
		}
		return rest
	}
	if len(r) > 4 {
		for _, particle := range particles {
			if after, found := strings.CutPrefix(rest, particle); found {
				return after
			}
		}
	}
	return rest
}

// particles stand before an Arabic word: with the article, for the, the, and alone.
var particles = []string{"بال", "كال", "لال", "لل", "ال", "ب", "ك", "ل"}
