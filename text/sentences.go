package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentences returns the sentences of one paragraph, trimmed, in order; joined they hold every letter of s. A newline
// always ends a sentence; quotes and brackets that close belong to the sentence before them. The rules are those of
// Unicode Standard Annex 29 with what running news needs on top: abbreviations, initials and ordinals of eleven languages
// don't end a sentence, and a full stop whose space was lost does ("ended.The", "انتهى.وقال").
func Sentences(s string) []string {
	var all []string
	for line := range strings.FieldsFuncSeq(s, isNewline) {
		all = appendSentences(all, line)
	}
	return all
}

func isNewline(r rune) bool { return r == '\n' || r == '\r' || r == 0x85 || r == 0x2028 || r == 0x2029 }

// appendSentences appends the sentences of one line.
func appendSentences(all []string, line string) []string {
	start := 0
	for i := 0; i < len(line); {
		r, size := utf8.DecodeRuneInString(line[i:])
		if !isTerminator(r) {
			i += size
			continue
		}
		stop := findStop(line, start, i)
		if stop.ends() {
			if t := strings.TrimSpace(line[start:stop.close]); t != "" {
				all = append(all, t)
			}
			start = stop.close
		}
		i = stop.close
	}
	if t := strings.TrimSpace(line[start:]); t != "" {
		all = append(all, t)
	}
	return all
}

// A stop is judged by this many bytes around it, so that a line of a million stops costs no more than a million looks.
const (
	lookBack  = 400
	lookAhead = 100
	wordBack  = 160 // no longer word is an abbreviation or needs to be seen whole to be an address
)

// stop is a place where a sentence may end: "before marks closers after".
type stop struct {
	sentence string // what stands before the marks, from the start of the sentence or as far as one looks back
	marks    string // the full stops, question and exclamation marks
	close    int    // where in the line the closing quotes and brackets are over
	closers  bool   // whether there are any
	spaced   bool   // whether white space follows, or nothing
	after    string // what follows, without white space and opening quotes
	opened   bool   // whether an opening quote or bracket stood before after
}

// findStop reads the stop whose marks begin at i in the line; the sentence began at start.
func findStop(line string, start, i int) stop {
	s := stop{sentence: line[max(start, back(line, i-lookBack)):i]}
	end := i + prefixLen(line[i:], isTerminator)
	s.marks = line[i:end]
	s.close = end + closersLen(line[end:], s.sentence)
	s.closers = s.close > end
	rest := line[s.close:max(s.close, back(line, s.close+lookAhead))]
	s.after = strings.TrimLeftFunc(rest, isSpace)
	s.spaced = len(s.after) < len(rest) || rest == ""
	if s.after == "" && len(rest) >= lookAhead-utf8.UTFMax { // nothing but white space in sight
		s.after = strings.TrimLeftFunc(line[s.close:], isSpace)
	}
	opened := strings.TrimLeftFunc(s.after, func(r rune) bool { return isOpener(r) || isSpace(r) })
	s.opened = len(opened) < len(s.after)
	s.after = opened
	return s
}

// back returns i, or the start of the rune that i stands in, within the bounds of s.
func back(s string, i int) int {
	if i >= len(s) {
		return len(s)
	}
	for i = max(i, 0); i > 0 && !utf8.RuneStart(s[i]); i-- {
	}
	return i
}

// ends decides whether the sentence ends at s.
func (s stop) ends() bool {
	if s.after == "" {
		return true
	}
	next, _ := utf8.DecodeRuneInString(s.after)
	last, _ := utf8.DecodeLastRuneInString(s.marks)
	switch {
	case isFullWidth(last):
		return !(s.closers && strings.HasPrefix(s.after, "と")) // Japanese reports speech with と after the bracket
	case strings.ContainsRune(",;:،؛)]", next) && !s.opened:
		return false
	case unicode.IsLower(next) && (s.spaced || s.closers):
		return false
	case strings.Contains(s.marks, "…") || strings.Contains(s.marks, ".."):
		return s.spaced && unicode.IsUpper(next) && s.marks != ".." && s.sentence != ""
	case !s.spaced:
		return s.lostSpace(next)
	case last == '.' || last == '۔':
		return s.closers || !s.abbreviated(next)
	}
	return true
}

// lostSpace decides at a stop that something follows directly, beginning with next. It takes a new sentence for granted
// only between words that are long enough not to be initials, and never within an address.
func (s stop) lostSpace(next rune) bool {
	word := lastWord(s.sentence)
	if !unicode.IsLetter(next) || strings.ContainsAny(word, "/@=&") || strings.HasPrefix(strings.ToLower(word), "www.") {
		return false
	}
	prev, _ := utf8.DecodeLastRuneInString(word)
	following := s.after[:prefixLen(s.after, isWordRune)]
	if !unicode.IsUpper(next) {
		before := word[len(word)-suffixLen(word, isWordRune):]
		return (isCaseless(prev) || unicode.IsDigit(prev)) && isCaseless(next) &&
			utf8.RuneCountInString(before) >= 3 && utf8.RuneCountInString(following) >= 2
	}
	if unicode.IsDigit(prev) {
		return utf8.RuneCountInString(word) >= 2 && utf8.RuneCountInString(following) >= 2
	}
	return (unicode.IsLower(prev) || isCaseless(prev)) && utf8.RuneCountInString(word) >= 2 && !strings.Contains(word, ".") &&
		!isDomain(following) && !neverEnds[strings.ToLower(word)]
}

func isDomain(word string) bool {
	switch strings.ToLower(word) {
	case "com", "net", "org", "gov", "co", "ru", "de", "fr", "js", "tv", "io":
		return true
	}
	return false
}

// abbreviated decides whether the full stop belongs to an abbreviation, an initial or an ordinal, when white space
// and a character that could begin a sentence follow it.
func (s stop) abbreviated(next rune) bool {
	printed := strings.TrimLeftFunc(lastWord(s.sentence), isOpener)
	word := strings.ToLower(printed)
	following := strings.ToLower(s.after[:prefixLen(s.after, isWordRune)])
	starts := starters[following]
	switch {
	case word == "":
		return false
	case isNumber(word):
		return s.ordinal(word, following)
	case neverEnds[word]:
		return true
	case beforeNumber[word]:
		return unicode.IsDigit(next)
	case word == "a.m" || word == "p.m":
		return !unicode.IsLetter(next) || isCapitals(s.after) || calendar[following]
	case mayEnd[word], isMonthShort(word):
		return !starts || unicode.IsDigit(next)
	case utf8.RuneCountInString(word) == 1:
		return isInitials(word) && (!starts || word == "m") // "M. Le Pen"
	case strings.Contains(word, ".") && isInitials(word):
		return !starts
	}
	return false
}

// ordinal decides whether the number before a full stop is one of a list or an ordinal: "13. August", "15. Zirve".
func (s stop) ordinal(number, following string) bool {
	if strings.TrimSpace(s.sentence) == number {
		return len(number) <= 3 // it numbers the sentence that follows
	}
	if len(number) > 3 || strings.ContainsAny(number, ".,") || following == "" {
		return false
	}
	if calendar[following] {
		return true
	}
	switch latinLanguage(s.sentence[back(s.sentence, len(s.sentence)-wordBack):] + " " + s.after) {
	case "de", "tr":
		return !starters[following]
	}
	return false
}

// lastWord returns the end of s from its last white space on.
func lastWord(s string) string {
	s = s[back(s, len(s)-wordBack):]
	return s[len(s)-suffixLen(s, func(r rune) bool { return !isSpace(r) }):]
}

func isNumber(s string) bool {
	return s != "" && strings.Trim(s, "0123456789.,") == "" && isDigitByte(s[0])
}

// isInitials reports single letters with full stops between them: "u.s", "т.е", "أ.ف".
func isInitials(s string) bool {
	for part := range strings.SplitSeq(s, ".") {
		r, size := utf8.DecodeRuneInString(part)
		if size < len(part) || !unicode.IsLetter(r) || single(r) {
			return false
		}
	}
	return true
}

// isCapitals reports whether s begins with a word of two or more capitals, as a time zone does.
func isCapitals(s string) bool {
	word := s[:prefixLen(s, isWordRune)]
	return utf8.RuneCountInString(word) >= 2 && strings.ToUpper(word) == word
}

// isTerminator reports the marks that can end a sentence.
func isTerminator(r rune) bool {
	switch r {
	case '.', '!', '?', '…', '؟', '۔', '।', '‼', '⁇', '⁈', '⁉':
		return true
	}
	return isFullWidth(r)
}

// isFullWidth reports the marks of Chinese and Japanese, which no space follows.
func isFullWidth(r rune) bool {
	switch r {
	case '。', '！', '？', '｡', '．':
		return true
	}
	return false
}

func isOpener(r rune) bool {
	switch r {
	case '"', '\'', '‘', '‚', '-', '–', '—', '•', '*', '¿', '¡', '„':
		return true
	}
	return unicode.In(r, unicode.Ps, unicode.Pi)
}

// closersLen returns the length of the quotes and brackets at the start of s that close what sentence opened. A straight
// quote closes when an odd number of them stands in the sentence.
func closersLen(s, sentence string) int {
	for i, r := range s {
		switch {
		case r == ' ' || r == '\u00A0' || r == '\u202F': // French sets a space before its closing quote
			if !strings.HasPrefix(s[i+utf8.RuneLen(r):], "»") || strings.Count(sentence, "«") <= strings.Count(sentence, "»") {
				return i
			}
		case unicode.In(r, unicode.Pe, unicode.Pf) || r == '“' && strings.ContainsRune(sentence, '„'):
		case r == '«' && strings.ContainsRune(sentence, '»'):
		case r == '"' || r == '\'':
			rest := s[i+1:]
			next, _ := utf8.DecodeRuneInString(rest)
			if rest != "" && !isSpace(next) && strings.Count(sentence, string(r))%2 == 0 {
				return i
			}
		default:
			return i
		}
	}
	return len(s)
}

// isCaseless reports letters of scripts without capitals.
func isCaseless(r rune) bool { return unicode.In(r, unicode.Lo) }

// prefixLen returns the length of the start of s whose runes all satisfy is.
func prefixLen(s string, is func(rune) bool) int {
	return len(s) - len(strings.TrimLeftFunc(s, is))
}

// suffixLen returns the length of the end of s whose runes all satisfy is.
func suffixLen(s string, is func(rune) bool) int {
	return len(s) - len(strings.TrimRightFunc(s, is))
}
