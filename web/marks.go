package web

import (
	"strings"

	"github.com/storywatch/storywatch/diff"
	"github.com/storywatch/storywatch/story"
)

// block is one paragraph of a version as it is shown: what stayed plain, what came as ins, what went as del.
type block struct {
	Kind  string // of the paragraph: title, lead, heading, item, quote, table, entry, or empty
	Op    diff.Op
	Note  string // in a word, for who cannot see the marks: new, removed, …
	Gap   bool   // stands for paragraphs that stayed and are left out
	Parts []part
}

// part is a run of text within a block; Op is Added, Removed or empty.
type part struct {
	Op   diff.Op
	Text string
}

var notes = map[diff.Op]string{
	diff.Added: "new", diff.Removed: "removed", diff.Reworded: "changed", diff.Moved: "moved", diff.Cosmetic: "cosmetic",
}

// paragraphKinds are those that the style sheet knows.
var paragraphKinds = map[string]bool{"title": true, "lead": true, "heading": true, "item": true, "quote": true, "table": true, "entry": true}

// newBlock makes a block of words we know: kind and operation become classes of the style sheet.
func newBlock(kind string, op diff.Op, all []part) block {
	if !paragraphKinds[kind] {
		kind = ""
	}
	note, known := notes[op]
	if !known {
		op = ""
	}
	return block{Kind: kind, Op: op, Note: note, Parts: all}
}

// blocks weaves a change into the article as it stands after it. Edits come in the order of the newer version; a removed
// paragraph has no place there, so it is put before the first paragraph that stayed and stood after it. Whatever a
// stored change says, what is shown without the removed parts is the text of the version.
func blocks(a story.Article, change diff.Change) []block {
	var out []block
	edits, old := change.Edits, stayed(change)
	for i, p := range a.Text() {
		edited, stands := false, -1
		if !old.touched[i] {
			stands = old.next()
		}
		for len(edits) > 0 && !edited {
			e := edits[0]
			if e.New > i || e.New < 0 && stands >= 0 && e.Old > stands {
				break
			}
			edits = edits[1:]
			if edited = e.New == i; edited {
				out = append(out, editBlock(e, p.Kind, p.Text))
			} else {
				out = append(out, goneBlocks(e)...)
			}
		}
		if !edited {
			out = append(out, newBlock(p.Kind, "", []part{{Text: shown(p.Text)}}))
		}
	}
	for _, e := range edits {
		out = append(out, goneBlocks(e)...)
	}
	return out
}

// editBlock shows an edit of the paragraph that now has the given kind and text.
func editBlock(e diff.Edit, kind, text string) block {
	all := parts(e)
	if !reads(all, text) {
		all = replaced(e.Before, text)
	}
	return newBlock(kind, e.Op, all)
}

// goneBlocks shows what an edit removed that has no paragraph of its own any more: a whole paragraph, or the sentences
// that were lost when a paragraph was merged into one that has been shown.
func goneBlocks(e diff.Edit) []block {
	gone := replaced(e.Before, "")
	if e.New >= 0 {
		gone = nil
		for _, s := range e.Sentences {
			if s.Op == diff.Removed {
				gone = append(apart(gone), part{diff.Removed, shown(s.Before)})
			}
		}
	}
	if len(gone) == 0 {
		return nil
	}
	return []block{newBlock(e.Kind, diff.Removed, gone)}
}

// survivors counts through the paragraphs of the older version that no edit speaks of, in order. They pair up, one by
// one, with those of the newer version that no edit speaks of.
type survivors struct {
	touched map[int]bool // indexes in the newer version that an edit speaks of
	gone    map[int]bool // indexes in the older version that an edit speaks of
	at      int
}

func stayed(change diff.Change) *survivors {
	s := &survivors{touched: map[int]bool{}, gone: map[int]bool{}, at: -1}
	for _, e := range change.Edits {
		s.touched[e.New], s.gone[e.Old] = true, true
	}
	return s
}

// next returns the index in the older version of the next paragraph that stayed.
func (s *survivors) next() int {
	for s.at++; s.gone[s.at]; s.at++ {
	}
	return s.at
}

// parts shows one edit of a paragraph or sentence.
func parts(e diff.Edit) []part {
	switch {
	case len(e.Words) > 0:
		return wordParts(e.Words)
	case len(e.Sentences) > 0:
		if woven, ok := weave(e); ok {
			return woven
		}
	case e.Op == diff.Moved, e.Op == diff.Cosmetic, e.Before == e.After:
		return []part{{Text: shown(e.After)}}
	}
	return replaced(e.Before, e.After)
}

// replaced shows one text in place of another; either may be empty.
func replaced(before, after string) []part {
	var out []part
	if before != "" {
		out = append(out, part{diff.Removed, shown(before)})
	}
	if before != "" && after != "" {
		out = append(out, part{Text: " "})
	}
	if after != "" {
		out = append(out, part{diff.Added, shown(after)})
	}
	return out
}

func wordParts(words []diff.Span) []part {
	var out []part
	for i, w := range words {
		if i > 0 && w.Op == diff.Added && words[i-1].Op == diff.Removed {
			out = apart(out) // else two words run into one
		}
		out = append(out, part{w.Op, shown(w.Text)})
	}
	return out
}

// apart puts a space at the end of what is there, unless one stands there.
func apart(out []part) []part {
	if n := len(out); n == 0 || strings.HasSuffix(out[n-1].Text, " ") {
		return out
	}
	return append(out, part{Text: " "})
}

// weave sets the sentences of a reworded paragraph into it. Only sentences that differ are stored; what lies between
// them is found in the paragraph itself. It reports false when a sentence is not found there.
func weave(e diff.Edit) ([]part, bool) {
	var out []part
	before, after := e.Before, e.After
	for _, s := range e.Sentences {
		kept := ""
		if lead, rest, ok := strings.Cut(before, s.Before); ok && s.Old >= 0 && s.Op != diff.Moved {
			kept, before = strings.TrimRight(lead, " "), rest
		}
		if s.After == "" {
			// What led to a removed sentence and still stands comes before it.
			if rest, ok := strings.CutPrefix(after, kept); ok {
				out, after = append(out, part{Text: shown(kept)}), rest
			}
			out = append(apart(out), part{diff.Removed, shown(s.Before)})
			continue
		}
		stood, rest, ok := strings.Cut(after, s.After)
		if !ok {
			return nil, false
		}
		out, after = append(out, part{Text: shown(stood)}), rest
		out = append(out, parts(s)...)
	}
	return append(out, part{Text: shown(after)}), true
}

// reads reports whether parts, without what was removed, say a text. White space does not count.
func reads(all []part, text string) bool {
	var b strings.Builder
	for _, p := range all {
		if p.Op != diff.Removed {
			b.WriteString(p.Text)
		}
	}
	return strings.Join(strings.Fields(b.String()), "") == strings.Join(strings.Fields(shown(text)), "")
}

// changedOnly leaves out what stayed, with a gap where it was.
func changedOnly(all []block) []block {
	var out []block
	changed := false
	for _, b := range all {
		if b.Op != "" {
			out, changed = append(out, b), true
		} else if n := len(out); n == 0 || !out[n-1].Gap {
			out = append(out, block{Gap: true})
		}
	}
	if !changed {
		return nil
	}
	return out
}
