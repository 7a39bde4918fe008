package diff

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/storywatch/storywatch/text"
)

// rebuilds checks what must hold of every change: it leads from old to new, its places exist, its spans give both sides back,
// and no sentence is lost on either side.
func rebuilds(t rapid.TB, old, new []text.Paragraph, c Change) {
	t.Helper()
	got := Apply(old, c)
	if !slices.EqualFunc(got, new, sameParagraph) {
		t.Fatalf("Apply(old, Compare(old, new)) = %q, want %q\nedits %+v", got, new, c.Edits)
	}
	for _, e := range c.Edits {
		if e.Old >= 0 && e.Before != old[e.Old].Text || e.Old < 0 && e.Before != "" {
			t.Fatalf("edit %+v does not show paragraph %d of old", e, e.Old)
		}
		if e.New >= 0 && e.After != new[e.New].Text || e.New < 0 && e.After != "" {
			t.Fatalf("edit %+v does not show paragraph %d of new", e, e.New)
		}
		for _, s := range e.Sentences {
			if s.Op != Reworded {
				continue
			}
			if without(s.Words, Added) != s.Before || without(s.Words, Removed) != s.After {
				t.Fatalf("the words %+v do not give %q and %q back", s.Words, s.Before, s.After)
			}
		}
	}
	keepsSentences(t, old, new, c)
}

func sameParagraph(a, b text.Paragraph) bool { return a.Kind == b.Kind && a.Text == b.Text }

func without(words []Span, op Op) string {
	var b strings.Builder
	for _, s := range words {
		if s.Op != op {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

// keepsSentences checks that the letters of old, without those of the sentences the edits call gone or reworded and with those
// they call new, are the letters of new: nothing that differs is kept silent, nothing is told twice.
func keepsSentences(t rapid.TB, old, new []text.Paragraph, c Change) {
	t.Helper()
	count := make(map[rune]int)
	add := func(s string, n int) {
		for _, r := range text.Key(s) {
			if r != '.' {
				count[r] += n
			}
		}
	}
	for _, p := range old {
		add(p.Text, 1)
	}
	for _, p := range new {
		add(p.Text, -1)
	}
	for _, s := range c.Removed() {
		add(s, -1)
	}
	for _, s := range c.Added() {
		add(s, 1)
	}
	for _, e := range c.Edits {
		for _, s := range e.Sentences {
			if s.Op == Reworded {
				add(s.Before, -1)
				add(s.After, 1)
			}
		}
	}
	for r, n := range count {
		if n != 0 {
			t.Fatalf("the edits leave %d of %q unaccounted for\nold %q\nnew %q\nedits %+v", n, r, old, new, c.Edits)
		}
	}
}

// sentence draws sentences of a few words in several scripts, so that repetition, likeness and chance all occur.
var sentence = rapid.Custom(func(t *rapid.T) string {
	script := rapid.SampledFrom([][]string{
		{"the", "minister", "Cairo", "will", "travel", "on", "Tuesday", "12", "people", "said", "Qatar's", "3.5"},
		{"أعلن", "الوزير", "زيارة", "القاهرة", "مساء", "الثلاثاء", "١٢", "شخصاً", "إلى", "وقال", "می‌رود"},
		{"部长", "将", "访问", "开罗", "周二", "人", "三"},
	}).Draw(t, "script")
	words := rapid.SliceOfN(rapid.SampledFrom(script), 1, 9).Draw(t, "words")
	return strings.Join(words, " ") + rapid.SampledFrom([]string{".", "?", "!", "", "؟", "。"}).Draw(t, "end")
})

var paragraph = rapid.Custom(func(t *rapid.T) text.Paragraph {
	return text.Paragraph{
		Kind: rapid.SampledFrom([]string{"", "", "", text.Title, text.Quote}).Draw(t, "kind"),
		Text: strings.Join(rapid.SliceOfN(sentence, 0, 5).Draw(t, "sentences"), " "),
	}
})

var version = rapid.SliceOfN(paragraph, 0, 9)

// edited draws a version that keeps most of old: shuffled, split, joined, dropped, with new paragraphs in between.
func edited(t *rapid.T, old []text.Paragraph) []text.Paragraph {
	new := rapid.Permutation(old).Draw(t, "order")
	if rapid.Bool().Draw(t, "keep order") {
		new = slices.Clone(old)
	}
	for range rapid.IntRange(0, 4).Draw(t, "edits") {
		at := rapid.IntRange(0, len(new)).Draw(t, "at")
		if at == len(new) {
			new = append(new, paragraph.Draw(t, "new"))
			continue
		}
		switch rapid.SampledFrom([]string{"drop", "split", "join", "fold", "reword"}).Draw(t, "edit") {
		case "drop":
			new = slices.Delete(new, at, at+1)
		case "split":
			if words := strings.Fields(new[at].Text); len(words) > 1 {
				k := rapid.IntRange(1, len(words)-1).Draw(t, "cut")
				new[at].Text = strings.Join(words[:k], " ")
				new = slices.Insert(new, at+1, text.Paragraph{Text: strings.Join(words[k:], " ")})
			}
		case "join":
			if at+1 < len(new) {
				new[at].Text += " " + new[at+1].Text
				new = slices.Delete(new, at+1, at+2)
			}
		case "fold":
			new[at].Text = text.Fold(new[at].Text)
		case "reword":
			new[at].Text = strings.Replace(new[at].Text, " ", " "+sentence.Draw(t, "words")+" ", 1)
		}
	}
	return new
}

func TestEveryChangeRebuildsTheNewerVersion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old := version.Draw(t, "old")
		new := edited(t, old)
		rebuilds(t, old, new, Compare(old, new))
	})
}

func TestUnrelatedVersionsRebuildToo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old, new := version.Draw(t, "old"), version.Draw(t, "new")
		rebuilds(t, old, new, Compare(old, new))
	})
}

func TestAVersionDoesNotDifferFromItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := version.Draw(t, "version")
		if c := Compare(v, slices.Clone(v)); !c.Empty() {
			t.Fatalf("Compare(%q, itself) = %+v", v, c.Edits)
		}
	})
}

// TestBackIsAsFarAsForth: what one direction calls cosmetic the other does too, and what one adds the other removes.
func TestBackIsAsFarAsForth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old := version.Draw(t, "old")
		new := edited(t, old)
		forth, back := Compare(old, new), Compare(new, old)
		if forth.Empty() != back.Empty() || forth.Cosmetic() != back.Cosmetic() {
			t.Fatalf("forth %+v\nback %+v", forth.Edits, back.Edits)
		}
	})
}

// TestFoldingAVersionIsCosmetic: whatever Fold brings together is not news.
func TestFoldingAVersionIsCosmetic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old := version.Draw(t, "old")
		new := slices.Clone(old)
		for i := range new {
			new[i].Text = text.Fold(new[i].Text)
		}
		if c := Compare(old, new); !c.Cosmetic() {
			t.Fatalf("Compare(%q, folded) = %+v", old, c.Edits)
		}
	})
}

func FuzzCompareRebuildsWhateverItIsGiven(f *testing.F) {
	f.Add("# A title\n\nOne. Two.\n\nThree.", "# A title\n\nTwo. One.\n\nThree. Four.")
	f.Add("أعلن الوزير. وقال.", "اعلن الوزير.وقال.\n\n\xff")
	f.Fuzz(func(t *testing.T, a, b string) {
		old, new := paragraphsOf(a), paragraphsOf(b)
		c := Compare(old, new)
		if got := Apply(old, c); !slices.EqualFunc(got, new, sameParagraph) {
			t.Fatalf("Apply = %q, want %q", got, new)
		}
		for _, e := range c.Edits {
			for _, s := range e.Sentences {
				if s.Op == Reworded && (without(s.Words, Added) != s.Before || without(s.Words, Removed) != s.After) {
					t.Fatalf("the words %+v do not give %q and %q back", s.Words, s.Before, s.After)
				}
			}
		}
	})
}
