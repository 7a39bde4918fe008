package diff

import (
	"github.com/storywatch/storywatch/text"
)

// Compare returns what differs between two versions of a text. Titles are compared with titles only.
//
// It goes from the certain to the likely. Paragraphs that say the same (text.Key) are paired first; what remains is cut
// into sentences, and sentences that say the same are paired wherever they stand, so a paragraph split in two or joined
// with another keeps its sentences. Sentences left over are paired by likeness (see alike). Of all pairs, the heaviest
// sequence that stands in the same order in both versions has stayed; the others have moved. From the pairs the edits
// are read off: first for sentences, then for the paragraphs they make up.
//
// The cost grows with n log n: what could be quadratic is capped, at the price of showing a reworded sentence as one
// removed and one added in inputs far larger than any article.
func Compare(old, new []text.Paragraph) Change {
	a, b := paragraphUnits(old, new)
	pairSame(a, b)
	a, b = split(a, b)
	pairSame(a, b)
	pairAlike(a, b)
	unpairWeak(a, b)
	markMoved(a, b)
	return edits(old, new, a, b)
}

// Apply returns the version that c leads to from old, the inverse of Compare: Apply(old, Compare(old, new)) has the
// kinds and texts of new. The times of live-blog entries are taken from old.
func Apply(old []text.Paragraph, c Change) []text.Paragraph {
	gone := make(map[int]bool)
	set := make(map[int]text.Paragraph)
	for _, e := range c.Edits {
		p := text.Paragraph{Kind: e.Kind, Text: e.After}
		if e.Old >= 0 {
			gone[e.Old] = true
			p.At = old[e.Old].At
		}
		if e.New >= 0 {
			set[e.New] = p
		}
	}
	new := make([]text.Paragraph, 0, len(old)-len(gone)+len(set))
	for i, p := range old {
		new = appendSet(new, set)
		if !gone[i] {
			new = append(new, p)
		}
	}
	return appendSet(new, set)
}

// appendSet appends the paragraphs whose place has come.
func appendSet(new []text.Paragraph, set map[int]text.Paragraph) []text.Paragraph {
	for {
		p, ok := set[len(new)]
		if !ok {
			return new
		}
		new = append(new, p)
	}
}
