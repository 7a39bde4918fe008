package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns s as it is compared, never shown: what a reader would take for the same is the same.
//
// Compatibility forms are composed (NFKC, Unicode Standard Annex 15); marks and format characters go, Arabic vowel
// signs, tatweel and Latin accents with them; the forms of alef, yeh, kaf and heh that Arabic, Persian and Urdu keyboards
// produce become one; digits of every script become ASCII; case is folded without regard to language (Turkish ı and İ
// are i); quotes and dashes become ' " and -; white space is collapsed. Folding a folded string gives it back.
func Fold(s string) string {
	if out, ok := foldASCII(s); ok {
		return out
	}
	if isPlain(s) {
		return foldRunes(s)
	}
	out := foldRunes(norm.NFKC.String(strings.ToValidUTF8(s, "\uFFFD")))
	// What was dropped may have kept two characters apart that compose, so look again; the text only gets shorter.
	for range 4 {
		if norm.NFKC.IsNormalString(out) {
			break
		}
		out = foldRunes(norm.NFKC.String(out))
	}
	return out
}

// isPlain reports whether s has only characters that normalisation leaves alone, before and after folding: the letters, digits
// and punctuation that news is mostly written in. It spares them the far slower general way.
func isPlain(s string) bool {
	for _, r := range s {
		switch {
		case r < 0x80:
		case r >= 0x0621 && r <= 0x0652, r >= 0x0660 && r <= 0x0674, r >= 0x06A9 && r <= 0x06D4, r >= 0x06F0 && r <= 0x06F9: // Arabic
		case r >= 0x4E00 && r <= 0x9FFF, r >= 0x3041 && r <= 0x3096, r >= 0x30A1 && r <= 0x30FC, r == 0x3001, r == 0x3002: // Han, kana
		case r >= 0x0410 && r <= 0x044F, r >= 0x05D0 && r <= 0x05EA: // Cyrillic, Hebrew
		case r >= 0xC0 && r <= 0xFF, r >= 0x2018 && r <= 0x201E, r == 0x2013, r == 0x2014, r == zwnj, r == 0x060C, r == 0x061B, r == 0x061F,
			r == 0xAB, r == 0xBB:
		default:
			return false
		}
	}
	return true
}

// foldASCII folds plain ASCII; ok is false when there is anything else in s.
func foldASCII(s string) (out string, ok bool) {
	same, space := true, true
	for i := range len(s) {
		c := s[i]
		if c >= utf8.RuneSelf {
			return "", false
		}
		if c >= 'A' && c <= 'Z' || c == '`' || c < ' ' || c == 0x7F || c == ' ' && space {
			same = false
		}
		space = c == ' '
	}
	if same && (s == "" || !space) {
		return s, true
	}
	return foldRunes(s), true
}

func foldRunes(s string) string {
	b := make([]byte, 0, len(s)+8)
	space := false
	for _, r := range s {
		if isSpace(r) {
			space = true
			continue
		}
		n := len(b)
		if space && n > 0 {
			b = append(b, ' ')
		}
		m := len(b)
		if b = appendFolded(b, r); len(b) == m { // nothing written: a dropped mark must not leave a space of its own
			b = b[:n]
			continue
		}
		space = false
	}
	return string(b)
}

// appendFolded appends what r folds to: one rune, two for ß and its like, or nothing.
func appendFolded(b []byte, r rune) []byte {
	switch {
	case r < utf8.RuneSelf:
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		} else if r == '`' {
			r = '\''
		}
		return append(b, byte(r))
	case r >= 0x0600 && r <= 0x06FF:
		return appendArabic(b, r)
	case r >= 0x3400 && r <= 0x9FFF || r >= 0xAC00 && r <= 0xD7A3: // Han, Hangul
		return utf8.AppendRune(b, r)
	}
	if to, ok := foldings[r]; ok {
		return append(b, to...)
	}
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
		return b
	}
	if d := Digit(r); d >= 0 {
		return append(b, byte('0'+d))
	}
	if unicode.Is(unicode.Pd, r) {
		return append(b, '-')
	}
	if r < 0x0400 || r >= 0x1E00 && r <= 0x1FFF { // Latin and Greek: the letter without its accents
		r = bare(r)
	}
	if r = unicode.ToLower(unicode.ToUpper(r)); r < 0x0180 {
		if to, ok := foldings[r]; ok {
			return append(b, to...)
		}
	}
	return utf8.AppendRune(b, r)
}

// appendArabic folds the block U+0600 to U+06FF.
func appendArabic(b []byte, r rune) []byte {
	if to := arabicBlock[r-0x0600]; to != 0 {
		return utf8.AppendRune(b, to)
	}
	return b
}

// arabicBlock holds what the characters U+0600 to U+06FF fold to, 0 for those that are dropped.
var arabicBlock = func() (block [0x100]rune) {
	for i := range block {
		r := rune(0x0600 + i)
		if !unicode.In(r, unicode.Mn, unicode.Cf) && r != 0x0640 {
			block[i] = r
		}
		if d := Digit(r); d >= 0 {
			block[i] = rune('0' + d)
		}
	}
	for to, from := range map[rune]string{
		'ا': "أإآٱٲٳٵ", 'ي': "ىیېےئۓۍێؠٸ", 'ك': "کگڪ", 'ه': "ةہھۀۂۃە", 'و': "ؤٶ", '%': "٪", '.': "٫۔", ',': "٬",
	} {
		for _, r := range from {
			block[r-0x0600] = to
		}
	}
	return block
}()

// bare returns the letter r without its marks.
func bare(r rune) rune {
	var buf [utf8.UTFMax]byte
	n := utf8.EncodeRune(buf[:], r)
	if d := norm.NFD.Properties(buf[:n]).Decomposition(); len(d) > 0 {
		first, _ := utf8.DecodeRune(d)
		if first != r {
			return bare(first)
		}
	}
	return r
}

// Digit returns the value of a decimal digit of any script, -1 for everything else. Unicode keeps the ten digits of a
// script together and in order.
func Digit(r rune) int {
	if r < utf8.RuneSelf {
		if r >= '0' && r <= '9' {
			return int(r - '0')
		}
		return -1
	}
	if r < 0x0660 {
		return -1
	}
	for _, block := range unicode.Nd.R16 {
		if r < rune(block.Lo) {
			return -1
		}
		if r <= rune(block.Hi) {
			return int(r-rune(block.Lo)) % 10
		}
	}
	for _, block := range unicode.Nd.R32 {
		if r >= rune(block.Lo) && r <= rune(block.Hi) {
			return int(r-rune(block.Lo)) % 10
		}
	}
	return -1
}

// foldings lists what neither Unicode's decompositions nor its case mappings bring together.
var foldings = map[rune]string{
	'ß': "ss", 'ẞ': "ss", 'ı': "i", 'İ': "i", 'ø': "o", 'Ø': "o", 'ł': "l", 'Ł': "l", 'đ': "d", 'Đ': "d", 'œ': "oe",
	'Œ': "oe", 'æ': "ae", 'Æ': "ae", 'ħ': "h", 'Ħ': "h", 'ё': "е", 'Ё': "е",
	'“': `"`, '”': `"`, '„': `"`, '‟': `"`, '«': `"`, '»': `"`, '″': `"`, '״': `"`, '「': `"`, '」': `"`, '『': `"`, '』': `"`,
	'《': `"`, '》': `"`, '〝': `"`, '〞': `"`, '〟': `"`,
	'‘': "'", '’': "'", '‚': "'", '‛': "'", '‹': "'", '›': "'", '′': "'", '׳': "'", '´': "'", 'ʼ': "'", 'ʻ': "'",
	'ʾ': "'", 'ʿ': "'", '−': "-", '⁃': "-",
}
