package config

import "strings"

// nearest returns the known word that a mistyped one was most likely meant to be: at most two edits away, and at
// most half of its letters. Empty when there is none.
func nearest(word string, known []string) string {
	if len(word) > 2*maxName {
		return ""
	}
	flat := strings.NewReplacer("-", "_", " ", "_").Replace(strings.ToLower(word))
	best, least := "", 3
	for _, k := range known {
		n := edits([]rune(flat), []rune(strings.ReplaceAll(strings.ToLower(k), "-", "_")))
		if n < least && 2*n <= len([]rune(k)) {
			best, least = k, n
		}
	}
	return best
}

// edits counts the insertions, deletions and replacements that turn a into b (Levenshtein 1966).
func edits(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(diagonal+cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
