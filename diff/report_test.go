package diff

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/storywatch/storywatch/text"
)

func TestAddedAndRemovedNameSentencesInReadingOrder(t *testing.T) {
	old := paragraphsOf("# Ferry stops\n\nThe ferry stops on Monday. Crews were told by letter.\n\nNobody was asked. The mayor is abroad.")
	new := paragraphsOf("# Ferry stops\n\nA petition has begun. It has 900 names.\n\nThe ferry stops on Monday. A bus will run instead of it.\n\nNobody was asked.")
	c := Compare(old, new)
	if d := cmp.Diff([]string{"A petition has begun.", "It has 900 names.", "A bus will run instead of it."}, c.Added()); d != "" {
		t.Errorf("Added (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{"Crews were told by letter.", "The mayor is abroad."}, c.Removed()); d != "" {
		t.Errorf("Removed (-want +got):\n%s", d)
	}
	if c.Cosmetic() || c.Empty() {
		t.Error("the change is called cosmetic or empty")
	}
}

func TestATitleIsOneSentence(t *testing.T) {
	c := Compare(nil, paragraphsOf("# Fire out. Two hurt\n\nThe fire is out. Two were hurt."))
	if d := cmp.Diff([]string{"Fire out. Two hurt", "The fire is out.", "Two were hurt."}, c.Added()); d != "" {
		t.Error(d)
	}
}

func TestSummaryCountsSentences(t *testing.T) {
	sentence := func(op Op) Edit { return Edit{Op: op, Before: "x", After: "x"} }
	for want, c := range map[string]Change{
		"nothing changed":    {},
		"1 sentence added":   {Edits: []Edit{{Op: Added, Old: -1, New: 1, After: "One."}}},
		"2 sentences added":  {Edits: []Edit{{Op: Added, Old: -1, New: 1, After: "One. Two."}}},
		"1 sentence removed": {Edits: []Edit{{Op: Removed, Old: 1, New: -1, Before: "One."}}},
		"1 sentence added, 1 removed, 2 reworded, 1 moved": {Edits: []Edit{{Op: Reworded, Sentences: []Edit{
			sentence(Moved), sentence(Reworded), sentence(Added), sentence(Reworded), sentence(Removed)}}}},
		"1 passage set differently":                     {Edits: []Edit{{Op: Cosmetic, After: "One. Two."}}},
		"3 sentences moved, 2 passages set differently": {Edits: []Edit{{Op: Moved, After: "He came. She saw. They left."}, {Op: Cosmetic, New: 1}, {Op: Cosmetic, New: 2}}},
	} {
		if got := c.Summary(); got != want {
			t.Errorf("Summary = %q, want %q", got, want)
		}
	}
}

func TestWordsShowWholeWords(t *testing.T) {
	for _, c := range []struct{ before, after, want string }{
		{"killed 12 people", "killed 15 people", "killed [-12-]{+15+} people"},
		{"", "new", "{+new+}"},
		{"gone", "", "[-gone-]"},
		{"same", "same", "same"},
		{"at 3.5 percent", "at 3.7 percent", "at [-3.5-]{+3.7+} percent"},
		{"قَالَ الوزير", "قال الوزير", "[-قَالَ-]{+قال+} الوزير"},
		{"المستشفى القريب", "المستشفيات القريبة", "[-المستشفى القريب-]{+المستشفيات القريبة+}"},
		{"می‌رود فردا", "می‌آید فردا", "[-می‌رود-]{+می‌آید+} فردا"},
		{"周二访问", "周三访问", "周[-二-]{+三+}访问"},
		{"it isn't so", "it is so", "it [-isn't-]{+is+} so"},
		{"red green blue grey pink", "one two blue three four", "[-red green blue grey pink-]{+one two blue three four+}"},
	} {
		if got := inline(Words(c.before, c.after)); got != c.want {
			t.Errorf("Words(%q, %q) = %s, want %s", c.before, c.after, got, c.want)
		}
	}
}

func TestPlainKeepsTheTerminalSafe(t *testing.T) {
	var b strings.Builder
	c := Compare(nil, []text.Paragraph{{Text: "red \x1b[31m\u202Ealert\nnow"}})
	if err := Plain(&b, c); err != nil {
		t.Fatal(err)
	}
	if got, want := b.String(), "+ red  [31m alert now\n"; got != want {
		t.Errorf("Plain wrote %q, want %q", got, want)
	}
}

type full struct{}

var errFull = errors.New("disk full")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestPlainTellsThatItCouldNotWrite(t *testing.T) {
	c := Compare(nil, paragraphsOf("One.\n\nTwo."))
	if err := Plain(full{}, c); !errors.Is(err, errFull) {
		t.Errorf("Plain = %v, want %v", err, errFull)
	}
}

// TestOnlyTheKindDiffers: a paragraph that became a heading says the same, but the newer version must come out as it is.
func TestOnlyTheKindDiffers(t *testing.T) {
	old := []text.Paragraph{{Text: "What we know"}, {Text: "Little."}}
	new := []text.Paragraph{{Text: "What we know", Kind: text.Heading}, {Text: "Little."}}
	c := Compare(old, new)
	if !c.Cosmetic() || len(c.Edits) != 1 || c.Edits[0].Kind != text.Heading {
		t.Errorf("edits %+v", c.Edits)
	}
	if got := Apply(old, c); !slices.EqualFunc(got, new, sameParagraph) {
		t.Errorf("Apply = %+v", got)
	}
}

// TestRemovalsStandWhereTheyStood: between the paragraphs they stood between, before what took their place.
func TestRemovalsStandWhereTheyStood(t *testing.T) {
	old := paragraphsOf("The first paragraph stays.\n\nThis weather report goes away.\n\nThe last paragraph stays too.\n\nGone from the end as well.")
	new := paragraphsOf("The first paragraph stays.\n\nAnother subject altogether: music.\n\nThe last paragraph stays too.")
	var got []Op
	for _, e := range Compare(old, new).Edits {
		got = append(got, e.Op)
	}
	if !slices.Equal(got, []Op{Removed, Added, Removed}) {
		t.Errorf("edits in the order %v", got)
	}
}

// TestTheShortPieceMoved: of two things that changed places the shorter one is said to have moved.
func TestTheShortPieceMoved(t *testing.T) {
	old := paragraphsOf("A long paragraph about the river and the people who live beside it.\n\nAnother long paragraph about boats and the people who steer them.\n\nShort note.")
	new := []text.Paragraph{old[2], old[0], old[1]}
	c := Compare(old, new)
	if len(c.Edits) != 1 || c.Edits[0].Op != Moved || c.Edits[0].After != "Short note." {
		t.Errorf("edits %+v", c.Edits)
	}
}
