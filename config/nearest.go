package config

import "strings"

// Nearest returns the known word that a mistyped one most likely stands for: at most two letters away and not more than half
// of it; "" when none is. Case, hyphens and underscores do not count.
func Nearest(word string, known []string) string {
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
