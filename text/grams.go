package text

import (
	"slices"
	"unicode/utf8"
)

// Grams returns the hashes of all runs of n characters of Key(s), sorted, each once; two characters where a run starts
// with Han or kana, whose characters say more. A text shorter than n is one run. Spaces play no part, so it measures likeness
// in every script, over lost spaces and joined particles. Compare with Shared.
func Grams(s string, n int) []uint64 {
	return KeyGrams(Key(s), n)
}

// KeyGrams is Grams for a key already made.
func KeyGrams(key string, n int) []uint64 {
	runes := make([]rune, 0, utf8.RuneCountInString(key))
	for _, r := range key {
		runes = append(runes, r)
	}
	if len(runes) == 0 {
		return nil
	}
	grams := make([]uint64, 0, len(runes))
	for i, r := range runes {
		size := n
		if single(r) {
			size = min(n, 2)
		}
		if i+size > len(runes) {
			if i > 0 {
				continue
			}
			size = len(runes)
		}
		grams = append(grams, hash(runes[i:i+size]))
	}
	slices.Sort(grams)
	return slices.Compact(grams)
}

// hash mixes each rune with the multiplier of FNV-1a and finishes so that small differences reach every bit, which makes
// the smallest hashes of a text a fair sample of it.
func hash(runes []rune) uint64 {
	h := uint64(14695981039346656037)
	for _, r := range runes {
		h = (h ^ uint64(r)) * 1099511628211
	}
	h ^= h >> 32
	h *= 0x9E3779B97F4A7C15
	return h ^ h>>29
}

// Shared counts the hashes that two results of Grams have in common.
func Shared(a, b []uint64) int {
	n := 0
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			n++
			a, b = a[1:], b[1:]
		}
	}
	return n
}
