package text

import (
	"unicode"
	"unicode/utf8"
)

// Token is a word of a printed text, or the gap between two words.
type Token struct {
	Text   string // as printed
	Folded string // Fold of a word; empty for a gap: white space, punctuation, symbols
}

// Tokens splits s into its words and the gaps between them; the texts joined give back s to the byte. A word keeps its
// marks, its apostrophes and joiners, a number its points and commas. Chinese and Japanese, written without spaces, come
// one character at a time, Korean in words.
func Tokens(s string) []Token {
	var all []Token
	gap := "" // read and not yet appended: what folds to nothing, such as a lone tatweel, belongs to the gap around it
	start := 0
	for start < len(s) {
		n := wordLen(s[start:])
		folded := ""
		if n > 0 {
			folded = Fold(s[start : start+n])
		} else {
			n = gapLen(s[start:])
		}
		start += n
		if folded == "" {
			gap = s[start-n-len(gap) : start]
			continue
		}
		if gap != "" {
			all, gap = append(all, Token{Text: gap}), ""
		}
		all = append(all, Token{Text: s[start-n : start], Folded: folded})
	}
	if gap != "" {
		all = append(all, Token{Text: gap})
	}
	return all
}

// Words returns the words of s, folded, without punctuation. An apostrophe parts ("l'homme" is "l", "homme"), so that a
// name is found under its clitics; digits grouped by thousands are one word ("1,500" is "1500"); Chinese and Japanese come
// one character at a time.
func Words(s string) []string {
	folded := Fold(s)
	var all []string
	for len(folded) > 0 {
		n := wordLen(folded)
		if n == 0 {
			folded = folded[gapLen(folded):]
			continue
		}
		all = appendParts(all, folded[:n])
		folded = folded[n:]
	}
	return all
}

// appendParts appends the parts of one folded word: between apostrophes, or without the signs within it.
func appendParts(all []string, word string) []string {
	part := make([]byte, 0, len(word))
	for i := range len(word) {
		c := word[i]
		switch {
		case c == '\'':
			if len(part) > 0 {
				all = append(all, string(part))
			}
			part = part[:0]
		case isSeparator(c) && decimal(word, i):
			part = append(part, '.')
		case c >= utf8.RuneSelf || isWordByte(c):
			part = append(part, c)
		}
	}
	if len(part) == 0 {
		return all
	}
	return append(all, string(part))
}

// wordLen returns the length in bytes of the word s starts with, 0 when it starts with none.
func wordLen(s string) int {
	first, n := utf8.DecodeRuneInString(s)
	if !startsWord(first, n) {
		return 0
	}
	if single(first) {
		return n + marksLen(s[n:])
	}
	last := first
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		switch {
		case isWordRune(r) && !single(r):
		case invisible(r):
			size = hiddenLen(s[n:])
			if !continues(s[n+size:]) {
				return n + size
			}
		case joins(last, r) && continues(s[n+size:]):
			next, _ := utf8.DecodeRuneInString(s[n+size:])
			if !joinsBetween(last, r, next) {
				return n
			}
		default:
			return n
		}
		if !unicode.Is(unicode.M, r) {
			last = r
		}
		n += size
	}
	return n
}

func startsWord(r rune, size int) bool {
	return !(r == utf8.RuneError && size <= 1) && (unicode.IsLetter(r) || unicode.Is(unicode.N, r))
}

// continues reports whether s begins with something that can go on a word.
func continues(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	return (startsWord(r, size) || unicode.Is(unicode.M, r)) && !single(r)
}

// marksLen returns the length of the marks and unseen characters s starts with.
func marksLen(s string) int {
	for i, r := range s {
		if !unicode.Is(unicode.M, r) && !invisible(r) {
			return i
		}
	}
	return len(s)
}

// hiddenLen returns the length of the unseen characters s starts with.
func hiddenLen(s string) int {
	for i, r := range s {
		if !invisible(r) {
			return i
		}
	}
	return len(s)
}

// joins reports whether the sign r can stand within a word after last.
func joins(last, r rune) bool {
	switch r {
	case '\'', '’', 'ʼ', '׳', '‘', '.', ',', ':', '٫', '٬', '"', '״', '_':
		return last != 0
	}
	return false
}

// joinsBetween decides it by what follows: apostrophes and points between letters, separators between digits, the
// quotation mark of Hebrew abbreviations.
func joinsBetween(last, r, next rune) bool {
	switch r {
	case ',', ':', '٫', '٬':
		return Digit(last) >= 0 && Digit(next) >= 0
	case '.':
		return Digit(last) >= 0 && Digit(next) >= 0
	case '"', '״':
		return unicode.Is(unicode.Hebrew, last) && unicode.Is(unicode.Hebrew, next)
	}
	return unicode.IsLetter(last) && unicode.IsLetter(next) || r == '_'
}

// gapLen returns the length in bytes of what stands before the next word of s, at least one byte.
func gapLen(s string) int {
	for i, r := range s {
		if i == 0 {
			continue
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		if startsWord(r, size) {
			return i
		}
	}
	return len(s)
}

// single reports characters that are words of their own: Han and kana.
func single(r rune) bool {
	if r < 0x2E80 {
		return false
	}
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r == 'ー'
}
