package extract

import (
	"strings"
	"unicode"

	"github.com/storywatch/storywatch/text"
)

// lexicon is the vocabulary of all languages, ready to be looked up.
type lexicon struct {
	whole  map[string]bool
	begins map[string][]string // by first word
	stops  map[string][]string
	byline map[string][]string
}

// furniture is built once from constant tables and never changes.
var furniture = buildLexicon()

func buildLexicon() lexicon {
	l := lexicon{map[string]bool{}, map[string][]string{}, map[string][]string{}, map[string][]string{}}
	for _, p := range vocabulary {
		for phrase := range strings.SplitSeq(p.whole, ";") {
			l.whole[lookup(phrase)] = true
		}
		index(l.begins, p.begins)
		index(l.stops, p.stops)
		index(l.byline, p.byline)
	}
	delete(l.whole, "")
	return l
}

func index(m map[string][]string, list string) {
	for phrase := range strings.SplitSeq(list, ";") {
		key := lookup(phrase)
		if key == "" {
			continue
		}
		word, _, _ := strings.Cut(key, " ")
		m[word] = append(m[word], key)
	}
}

// lookup brings a line into the form the vocabulary is kept in: folded words without figures and marks, single spaces.
func lookup(line string) string {
	var kept []string
	for _, w := range text.Words(line) {
		if strings.ContainsFunc(w, unicode.IsLetter) {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, " ")
}

// starts returns the phrase of an index that a line begins with, "" when none does.
func starts(m map[string][]string, key string) string {
	word, _, _ := strings.Cut(key, " ")
	longest := ""
	for _, phrase := range m[word] {
		if len(phrase) > len(longest) && strings.HasPrefix(key, phrase) && (len(key) == len(phrase) || key[len(phrase)] == ' ') {
			longest = phrase
		}
	}
	return longest
}

// Lengths, in words, of lines that can be furniture.
const (
	furnitureLine  = 30 // longer ones are paragraphs, whatever they begin with
	furnitureShort = 12 // a line without the end of a sentence up to here is taken at its first word
)

// furnitureReason says why a block belongs to the page and not to the story, by its words alone; "" when it does not.
func furnitureReason(b *block) string {
	if b.units > furnitureLine {
		return ""
	}
	key := lookup(b.text)
	if key == "" {
		if b.kind == text.Table || b.units > 6 {
			return ""
		}
		return "no words"
	}
	if furniture.whole[key] {
		return "page furniture"
	}
	phrase := starts(furniture.begins, key)
	if phrase == "" {
		return ""
	}
	marked := marksLabel(b.text, phrase)
	several := strings.Contains(phrase, " ")
	switch {
	case b.linked > b.units*0.3 && (several || marked):
		return "a pointer to something else"
	case several && b.units <= furnitureLine && (marked || !b.ends || b.units <= furnitureShort):
		return "page furniture"
	case marked && b.units <= furnitureShort*1.5:
		return "page furniture"
	}
	return ""
}

// labelMarks part a label from what it labels.
const labelMarks = ":：|/()[]©–—-»›>"

// marksLabel reports whether a label mark follows the first words of a line, those that a phrase consists of.
func marksLabel(line, phrase string) bool {
	words := strings.Count(phrase, " ") + 1
	limit := len(phrase) + 12*words
	for i, r := range line {
		if i > limit {
			return false
		}
		if strings.ContainsRune(labelMarks, r) {
			return i > 0 && len(text.Words(line[:i])) <= words+1
		}
	}
	return false
}

// isStop reports whether a heading opens a section that belongs to the page.
func isStop(b *block) bool {
	if b.units > 8 {
		return false
	}
	key := lookup(b.text)
	if furniture.whole[key] {
		return true
	}
	phrase := starts(furniture.stops, key)
	if phrase == "" {
		return false
	}
	// One common word ("about", "more") opens a headline of a story just as well, unless little else follows.
	return strings.Contains(phrase, " ") || strings.Count(key, " ") <= 1
}

// namesAuthor reports whether a short line begins as bylines do.
func namesAuthor(b *block) bool {
	if b.units > 10 || b.ends && b.units > 5 {
		return false
	}
	key := lookup(b.text)
	phrase := starts(furniture.byline, key)
	return phrase != "" && key != phrase
}
