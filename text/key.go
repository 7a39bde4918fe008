package text

import (
	"unicode"
	"unicode/utf8"
)

// Key returns what two printings of one sentence have in common: Fold without anything but letters and digits. Lost
// spaces, other quotes and missing commas leave the key as it is, so two sentences with the same key say the same.
//
// Three things besides letters and digits do change what a sentence says and are therefore kept: a currency sign, a
// percent sign, and a point, comma or colon within a number unless it groups thousands ("1,500" is "1500", "1,5" is "1.5").
func Key(s string) string {
	folded := Fold(s)
	b := make([]byte, 0, len(folded))
	for i, r := range folded {
		switch {
		case r < utf8.RuneSelf:
			if c := byte(r); isWordByte(c) || c == '%' || c == '$' {
				b = append(b, c)
			} else if isSeparator(c) && decimal(folded, i) {
				b = append(b, '.')
			}
		case isWordRune(r) || unicode.Is(unicode.Sc, r):
			b = utf8.AppendRune(b, r)
		}
	}
	return string(b)
}

func isWordByte(c byte) bool { return c >= 'a' && c <= 'z' || isDigitByte(c) || c >= 'A' && c <= 'Z' }

func isDigitByte(c byte) bool { return c >= '0' && c <= '9' }

func isSeparator(c byte) bool { return c == '.' || c == ',' || c == ':' }

// isWordRune reports letters, digits and the marks that belong to them.
func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return isWordByte(byte(r))
	}
	return unicode.IsLetter(r) || unicode.In(r, unicode.N, unicode.M)
}

// inNumber reports whether the byte at i stands between two ASCII digits.
func inNumber(s string, i int) bool {
	return i > 0 && i+1 < len(s) && isDigitByte(s[i-1]) && isDigitByte(s[i+1])
}

// decimal reports whether the separator at i stands in a number and does not merely group thousands.
func decimal(s string, i int) bool {
	if !inNumber(s, i) {
		return false
	}
	n := 0
	for i+1+n < len(s) && isDigitByte(s[i+1+n]) {
		n++
	}
	return n != 3 || s[i] == ':'
}
