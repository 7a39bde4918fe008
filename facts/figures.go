package facts

import (
	"math"
	"strconv"
	"strings"
	"unicode"
)

// figuresIn reads the numbers of a sentence, in digits of any script and in words, with what they count. Years, days and
// hours that were read as times are not figures.
func figuresIn(s *scanned, lex *lexicon) []Figure {
	var found []Figure
	for i := 0; i < len(s.words); i++ {
		if s.words[i].used {
			continue
		}
		value, n := number(s, lex, i)
		if n == 0 {
			continue
		}
		role := roleOf(s, lex, i, i+n)
		if value != math.Trunc(value) && peopleRoles[role] {
			role = nothingCounted // a magnitude beside the dead
		}
		found = append(found, Figure{Value: value, Role: role, Text: s.span(i, i+n)})
		i += n - 1
	}
	return found
}

// number reads a number that starts at word i and says how many words it takes.
func number(s *scanned, lex *lexicon, i int) (float64, int) {
	value, n, digits := digitsAt(s, i)
	if n == 0 {
		value, n = lex.numbers.at(s, i)
		if n == 0 || (value == 1 && !digits) { // "one" is more often a pronoun than a count
			return 0, 0
		}
	}
	if digits {
		value *= attachedScale(lex, s.words[i+n-1].folded)
	}
	for i+n < len(s.words) {
		scale, m := lex.scales.at(s, i+n)
		if m == 0 || (digits && value >= scale && scale <= 1000) { // "3000 thousand" is a slip for one of them
			break
		}
		value *= scale
		n += m
	}
	return value, n
}

// digitsAt reads digits with their separators. text.Tokens may split "1,200" and "3.5" at the separator, so neighbours
// that touch are joined.
func digitsAt(s *scanned, i int) (value float64, n int, digits bool) {
	if !startsWithDigit(s.words[i].folded) {
		return 0, 0, false
	}
	joined, n := []string{s.words[i].folded}, 1
	for i+n < len(s.words) && isDigits(s.words[i+n].folded) {
		prev, next := s.words[i+n-1], s.words[i+n]
		gap := s.sentence[prev.at+len(prev.printed) : next.at]
		if len([]rune(gap)) != 1 || !strings.Contains(".,٫٬'’\u00a0\u202f", gap) {
			break
		}
		if (gap == "\u00a0" || gap == "\u202f") && len(next.folded) != 3 {
			break
		}
		joined = append(joined, separator(gap), next.folded)
		n++
	}
	value, ok := parseNumber(strings.Join(joined, ""))
	if !ok {
		return 0, 0, false
	}
	return value, n, true
}

// attachedScale reads the scale that is written onto digits, as in "3.7bn" and "5m"; 1 when there is none.
func attachedScale(lex *lexicon, w string) float64 {
	letters := strings.TrimLeft(w, "0123456789.,")
	if letters == "" || letters == w {
		return 1
	}
	for _, e := range lex.scales.exact[letters] {
		if len(e.phrase) == 1 {
			return e.means
		}
	}
	return 1
}

func separator(gap string) string {
	switch gap {
	case "٫":
		return "."
	case "٬", "'", "’", "\u00a0", "\u202f":
		return ","
	}
	return gap
}

// parseNumber reads "1,200", "1.200", "3.5" and "3,5": groups of exactly three digits are thousands.
func parseNumber(s string) (float64, bool) {
	s = strings.TrimRightFunc(s, func(r rune) bool { return !unicode.IsDigit(r) })
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '.' || r == ',' })
	if len(parts) == 0 || !isDigits(strings.Join(parts, "")) {
		return 0, false
	}
	grouped := len(parts) > 1 && len(parts[0]) <= 3 && parts[0] != "0"
	for _, p := range parts[1:] {
		grouped = grouped && len(p) == 3
	}
	text := strings.Join(parts, "")
	if len(parts) == 2 && !grouped {
		text = parts[0] + "." + parts[1]
	} else if len(parts) > 2 && !grouped {
		return 0, false // a version, an address, a date in digits
	}
	v, err := strconv.ParseFloat(text, 64)
	return v, err == nil
}

func startsWithDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// roleWindow is how many words a role word may stand away from its number: far enough for "12 people were killed". Chinese
// words are counted by characters.
const (
	roleWindow     = 5
	roleWindowHan  = 9
	weakRole       = "people" // says who was counted; what befell them stands further on
	moneyMarks     = "$€£¥₪₺₽"
	percentMarks   = "%٪"
	percentRole    = "percent"
	moneyRole      = "money"
	nothingCounted = ""
)

// peopleRoles count heads, so whole numbers.
var peopleRoles = map[string]bool{
	"killed": true, "injured": true, "missing": true, "arrested": true, "displaced": true, "rescued": true, weakRole: true, "votes": true, "flights": true,
}

// joints are the words for "and": what stands behind one belongs to the next number.
var joints = set("and und et y e и ve en ו")

// roleOf names what the number at words i to j counts: the nearest role word behind it, else before it.
func roleOf(s *scanned, lex *lexicon, i, j int) string {
	if after := strings.TrimSpace(s.after(j)); after != "" && strings.Contains(percentMarks, firstRune(after)) {
		return percentRole
	}
	if before := strings.TrimSpace(s.sentence[:s.words[i].at]); before != "" && strings.ContainsAny(lastRune(before), moneyMarks) {
		return moneyRole
	}
	window := roleWindow
	if lex.lang == "zh" {
		window = roleWindowHan
	}
	behind := s.roleIn(lex, j, min(len(s.words), j+window), 1)
	if behind != nothingCounted && behind != weakRole {
		return behind
	}
	if before := s.roleIn(lex, i-1, max(-1, i-window), -1); before != nothingCounted {
		return before
	}
	return behind
}

// roleIn returns the first role word from word k on up to end, going by step, that is not of another number. One that says
// what befell people goes before one that says that they were people.
func (s *scanned) roleIn(lex *lexicon, k, end, step int) string {
	weak := nothingCounted
	for ; k != end; k += step {
		w := s.words[k]
		if startsWithDigit(w.folded) || (joints[w.folded] && step > 0) {
			break
		}
		if _, n := lex.numbers.at(s, k); n > 0 && lex.lang != "zh" {
			break
		}
		switch role, n := lex.roles.at(s, k); {
		case n == 0:
		case step > 0 && w.folded != w.stem && strings.HasPrefix(w.folded, "و") && !lex.roles.has(w.folded):
			return weak // "and": the role of the next number
		case role != weakRole:
			return role
		default:
			weak = role
		}
	}
	return weak
}

func firstRune(s string) string { return string([]rune(s)[:1]) }

func lastRune(s string) string {
	r := []rune(s)
	return string(r[len(r)-1:])
}

// after returns the printed sentence behind word j-1.
func (s *scanned) after(j int) string {
	last := s.words[j-1]
	return s.sentence[last.at+len(last.printed):]
}
