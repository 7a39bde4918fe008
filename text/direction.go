package text

import "golang.org/x/text/unicode/bidi"

// Direction returns "rtl" or "ltr": what most strong characters of s say (Unicode Standard Annex 9), the first one when
// they are even, "ltr" when there are none.
func Direction(s string) string {
	first, balance := 0, 0
	for _, r := range s {
		d := strong(r)
		balance += d
		if first == 0 {
			first = d
		}
	}
	if balance < 0 || balance == 0 && first < 0 {
		return "rtl"
	}
	return "ltr"
}

// strong returns -1 for a right-to-left character, 1 for a left-to-right one, 0 for neither.
func strong(r rune) int {
	if r < 0x80 {
		if c := r | 0x20; c >= 'a' && c <= 'z' {
			return 1
		}
		return 0
	}
	p, _ := bidi.LookupRune(r)
	switch p.Class() {
	case bidi.L:
		return 1
	case bidi.R, bidi.AL:
		return -1
	}
	return 0
}

// DirectionOf returns the direction a language is written in, by its BCP 47 tag.
func DirectionOf(lang string) string {
	switch primary(lang) {
	case "ar", "fa", "he", "iw", "ur", "ps", "ckb", "sd", "ug", "yi", "dv", "syr":
		return "rtl"
	}
	return "ltr"
}
