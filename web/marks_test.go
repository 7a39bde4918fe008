package web

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/storywatch/storywatch/diff"
	"github.com/storywatch/storywatch/story"
	"github.com/storywatch/storywatch/text"
	"pgregory.net/rapid"
)

// marked writes blocks as text: [-removed-], {+new+}, … for a gap, and the note of a changed block before it.
func marked(all []block) []string {
	var out []string
	for _, b := range all {
		var s strings.Builder
		if b.Note != "" {
			s.WriteString(b.Note + ": ")
		}
		if b.Gap {
			s.WriteString("…")
		}
		for _, p := range b.Parts {
			switch p.Op {
			case diff.Added:
				s.WriteString("{+" + p.Text + "+}")
			case diff.Removed:
				s.WriteString("[-" + p.Text + "-]")
			default:
				s.WriteString(p.Text)
			}
		}
		out = append(out, s.String())
	}
	return out
}

func article(all ...string) story.Article { return story.Article{Paragraphs: paragraphs(all...)} }

func TestChangesAreWovenIntoTheNewerText(t *testing.T) {
	reworded := func(old, new int, before, after string, sentences ...diff.Edit) diff.Edit {
		return diff.Edit{Op: diff.Reworded, Old: old, New: new, Before: before, After: after, Sentences: sentences}
	}
	for _, c := range []struct {
		name  string
		now   []string
		edits []diff.Edit
		want  []string
	}{
		{"nothing", []string{"A.", "B."}, nil, []string{"A.", "B."}},
		{"added first and last", []string{"A.", "B.", "C."},
			[]diff.Edit{{Op: diff.Added, Old: -1, New: 0, After: "A."}, {Op: diff.Added, Old: -1, New: 2, After: "C."}},
			[]string{"new: {+A.+}", "B.", "new: {+C.+}"}},
		{"removed at the start, between and at the end", []string{"B.", "D."},
			[]diff.Edit{{Op: diff.Removed, Old: 0, New: -1, Before: "A."}, {Op: diff.Removed, Old: 2, New: -1, Before: "C."}, {Op: diff.Removed, Old: 4, New: -1, Before: "E."}},
			[]string{"removed: [-A.-]", "B.", "removed: [-C.-]", "D.", "removed: [-E.-]"}},
		{"everything replaced", []string{"B."},
			[]diff.Edit{{Op: diff.Removed, Old: 0, New: -1, Before: "A."}, {Op: diff.Added, Old: -1, New: 0, After: "B."}},
			[]string{"removed: [-A.-]", "new: {+B.+}"}},
		{"a word in a sentence", []string{"One. He left on Friday. Three."},
			[]diff.Edit{reworded(0, 0, "One. He left on Monday. Three.", "One. He left on Friday. Three.",
				diff.Edit{Op: diff.Reworded, Old: 1, New: 1, Before: "He left on Monday.", After: "He left on Friday.",
					Words: []diff.Span{{Text: "He left on "}, {Op: diff.Removed, Text: "Monday"}, {Op: diff.Added, Text: "Friday"}, {Text: "."}}})},
			[]string{"changed: One. He left on [-Monday-] {+Friday+}. Three."}},
		{"a sentence gone from the middle", []string{"One. Three."},
			[]diff.Edit{reworded(0, 0, "One. Two. Three.", "One. Three.", diff.Edit{Op: diff.Removed, Old: 1, New: -1, Before: "Two."})},
			[]string{"changed: One. [-Two.-] Three."}},
		{"a sentence added, one gone", []string{"One. New."},
			[]diff.Edit{reworded(0, 0, "One. Two.", "One. New.", diff.Edit{Op: diff.Removed, Old: 1, New: -1, Before: "Two."}, diff.Edit{Op: diff.Added, Old: -1, New: 1, After: "New."})},
			[]string{"changed: One. [-Two.-] {+New.+}"}},
		{"moved and cosmetic stay readable", []string{"B.", "A!"},
			[]diff.Edit{{Op: diff.Moved, Old: 1, New: 0, Before: "B.", After: "B."}, {Op: diff.Cosmetic, Old: 0, New: 1, Before: "A.", After: "A!"}},
			[]string{"moved: B.", "cosmetic: A!"}},
		{"merged into one, a sentence lost", []string{"One. Two."},
			[]diff.Edit{reworded(0, 0, "One.", "One. Two.", diff.Edit{Op: diff.Added, Old: -1, New: 1, After: "Two."}),
				reworded(1, 0, "Two. Lost.", "One. Two.", diff.Edit{Op: diff.Removed, Old: 1, New: -1, Before: "Lost."})},
			[]string{"changed: One. {+Two.+}", "removed: [-Lost.-]"}},
		{"sentences that are not in the paragraph", []string{"One."},
			[]diff.Edit{reworded(0, 0, "Zero.", "One.", diff.Edit{Op: diff.Added, New: 0, Old: -1, After: "Elsewhere."})},
			[]string{"changed: [-Zero.-] {+One.+}"}},
		{"words that are not those of the paragraph", []string{"He left."},
			[]diff.Edit{{Op: diff.Reworded, Old: 0, New: 0, Before: "He came.", After: "He left.", Words: []diff.Span{{Text: "She "}, {Op: diff.Added, Text: "left."}}}},
			[]string{"changed: [-He came.-] {+He left.+}"}},
		{"a change of another text", []string{"One.", "Two."},
			[]diff.Edit{{Op: diff.Added, Old: -1, New: 7, After: "Seven."}, {Op: diff.Added, Old: -1, New: 0, After: "Zero."}, {Op: "odd", Old: 9, New: 1, After: "x"}},
			[]string{"One.", "Two."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, marked(blocks(article(c.now...), diff.Change{Edits: c.edits}))); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestTheLastChangeLeavesOutWhatStayed(t *testing.T) {
	change := diff.Change{Edits: []diff.Edit{{Op: diff.Added, Old: -1, New: 2, After: "C."}, {Op: diff.Added, Old: -1, New: 3, After: "D."}}}
	got := marked(changedOnly(blocks(article("A.", "B.", "C.", "D.", "E.", "F."), change)))
	if d := cmp.Diff([]string{"…", "new: {+C.+}", "new: {+D.+}", "…"}, got); d != "" {
		t.Error(d)
	}
	if got := changedOnly(blocks(article("A.", "B."), diff.Change{})); got != nil {
		t.Errorf("an empty change shows %v", marked(got))
	}
}

// The pieces that property tests build texts of: short, so that they repeat, move and merge.
var pieces = []string{"The minister leaves on Tuesday.", "The minister leaves on Wednesday.", "Talks go on in Doha.", "He said no.", "Twelve people died in the flood.",
	"Fourteen people died in the flood.", "سيغادر الوزير مساء الثلاثاء.", "سيغادر الوزير مساء الأربعاء إلى قطر.", "وتستمر المحادثات.", "U.S. officials said so.", "A", "…"}

func anyArticle() *rapid.Generator[story.Article] {
	return rapid.Custom(func(t *rapid.T) story.Article {
		a := story.Article{Title: rapid.SampledFrom(pieces).Draw(t, "title")}
		for range rapid.IntRange(0, 6).Draw(t, "paragraphs") {
			sentences := rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 4).Draw(t, "sentences")
			kind := rapid.SampledFrom([]string{"", "", text.Quote, text.Heading}).Draw(t, "kind")
			a.Paragraphs = append(a.Paragraphs, text.Paragraph{Kind: kind, Text: strings.Join(sentences, " ")})
		}
		return a
	})
}

// Whoever reads a version's page without what is struck out has read the version, whatever changed.
func TestWhatIsNotRemovedIsTheVersion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after := anyArticle().Draw(t, "before"), anyArticle().Draw(t, "after")
		change := diff.Compare(before.Text(), after.Text())
		var got, want strings.Builder
		for _, b := range blocks(after, change) {
			for _, p := range b.Parts {
				if p.Op != diff.Removed {
					got.WriteString(p.Text)
				}
			}
			got.WriteString(" ")
		}
		for _, p := range after.Text() {
			want.WriteString(p.Text + " ")
		}
		if g, w := strings.Join(strings.Fields(got.String()), ""), strings.Join(strings.Fields(want.String()), ""); g != w {
			t.Fatalf("reads\n%s\nwant\n%s", g, w)
		}
	})
}

// Every sentence that a change calls removed is struck out somewhere.
func TestWhatWasRemovedIsShown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after := anyArticle().Draw(t, "before"), anyArticle().Draw(t, "after")
		change := diff.Compare(before.Text(), after.Text())
		struck := ""
		for _, b := range blocks(after, change) {
			for _, p := range b.Parts {
				if p.Op == diff.Removed {
					struck += p.Text + " "
				}
			}
		}
		for _, s := range change.Removed() {
			if !strings.Contains(struck, s) {
				t.Fatalf("%q is not struck out in %q", s, struck)
			}
		}
	})
}
