package text

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

const (
	zwnj = '\u200C' // keeps Persian letters apart that belong to one word
	zwj  = '\u200D' // joins emoji and Indic letters
)

// Clean returns s as it is stored and shown: valid UTF-8 in form NFC, every run of white space one space, none at the
// ends, and without the characters nobody sees: zero-width spaces, byte order marks, soft hyphens, direction marks and
// controls. A zero-width non-joiner stays where it stands between two letters, as Persian spelling needs it. Bytes that
// are not UTF-8 become U+FFFD. Cleaning a clean string gives it back.
func Clean(s string) string {
	if isClean(s) {
		return s
	}
	s = norm.NFC.String(strings.ToValidUTF8(s, "\uFFFD"))
	out := cleanRunes(s)
	if !norm.NFC.IsNormalString(out) { // a dropped character stood between a letter and its mark
		out = cleanRunes(norm.NFC.String(out))
	}
	return out
}

// isClean answers for the common case, printable ASCII with single spaces, without allocating.
func isClean(s string) bool {
	space := true
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c >= 0x7F || c == ' ' && space {
			return false
		}
		space = c == ' '
	}
	return s == "" || !space
}

func cleanRunes(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	var last rune // the last one written
	space, joiner := false, rune(0)
	for _, r := range s {
		switch {
		case r == zwnj || r == zwj:
			if !space && joined(last) {
				joiner = r
			}
			continue
		case isSpace(r):
			space, joiner = true, 0
			continue
		case invisible(r):
			continue
		}
		if space && last != 0 {
			b.WriteByte(' ')
		}
		if joiner != 0 && joined(r) && (joiner == zwj || unicode.IsLetter(r)) {
			b.WriteRune(joiner)
		}
		b.WriteRune(r)
		last, space, joiner = r, false, 0
	}
	return b.String()
}

// joined reports whether a joiner beside r can mean anything.
func joined(r rune) bool {
	return unicode.In(r, unicode.L, unicode.M, unicode.So, unicode.Sk)
}

// isSpace reports white space in the widest sense: all controls count, so that none is ever stored.
func isSpace(r rune) bool {
	switch {
	case r < 0x7F:
		return r <= ' '
	case r < 0x1680:
		return r <= 0xA0 // DEL, C1 controls, no-break space
	}
	return r == 0x1680 || r >= 0x2000 && r <= 0x200A || r == 0x2028 || r == 0x2029 || r == 0x202F || r == 0x205F ||
		r == 0x3000 || r == 0x2800 || r == 0x3164
}

// invisible reports format characters that carry no meaning in running text.
func invisible(r rune) bool {
	switch {
	case r < 0xAD:
		return false
	case r == 0xAD, r == 0x034F, r == 0x061C, r == 0x180E, r == 0xFEFF:
		return true
	case r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x206F:
		return true
	}
	return r >= 0xFFF9 && r <= 0xFFFB
}
