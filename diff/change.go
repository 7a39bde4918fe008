// Package diff compares two versions of a text, paragraph by paragraph, sentence by sentence, word by word, in any script. It
// is pure: text in, edits out; it does not judge whether a change is news.
package diff

// Op names what happened to a paragraph or a sentence between two versions.
type Op string

// The operations, from the loudest to the quietest.
const (
	Added    Op = "added"
	Removed  Op = "removed"
	Reworded Op = "reworded"
	Moved    Op = "moved"
	Cosmetic Op = "cosmetic" // the same once folded: diacritics, digits of another script, punctuation, white space
)

// Edit is one paragraph that differs between two versions, or one sentence of it. A paragraph that was split or joined has
// one edit for every pair of an older and a newer paragraph; Before and After are always the whole of them.
type Edit struct {
	Op        Op     `json:"op"`
	Old       int    `json:"old"` // index of the paragraph in the older version, of the sentence in its paragraph; -1 where it has none
	New       int    `json:"new"` // index in the newer version, -1 where it has none
	Kind      string `json:"kind,omitempty"`
	Before    string `json:"before,omitempty"`
	After     string `json:"after,omitempty"`
	Sentences []Edit `json:"sentences,omitempty"` // of a reworded paragraph: its sentences that differ
	Words     []Span `json:"words,omitempty"`     // of a reworded sentence: its words
}

// Span is a run of words within a reworded sentence: Op is Added, Removed or empty for what both have.
type Span struct {
	Op   Op     `json:"op,omitempty"`
	Text string `json:"text"`
}

// Change is all that differs between two versions of an article, in the order of the newer one.
type Change struct {
	Edits []Edit `json:"edits"`
}

// Empty reports whether the two versions are the same to the letter.
func (c Change) Empty() bool { return len(c.Edits) == 0 }
