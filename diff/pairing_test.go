package diff

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/storywatch/storywatch/text"
)

// TestTheSmallestPartMoves compares markMoved with trying every selection of pairs.
func TestTheSmallestPartMoves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 8).Draw(t, "n")
		order := rapid.Permutation(upTo(n)).Draw(t, "order")
		sizes := rapid.SliceOfN(rapid.IntRange(1, 9), n, n).Draw(t, "sizes")
		a, b := make([]unit, n), make([]unit, n)
		for i, j := range order {
			a[i], b[j] = unit{pair: j, size: sizes[i]}, unit{pair: i, size: sizes[i]}
		}
		markMoved(a, b)
		stays := 0
		last := -1
		for i, u := range a {
			if u.moved != b[u.pair].moved {
				t.Fatalf("unit %d moved on one side only", i)
			}
			if u.moved {
				continue
			}
			if u.pair < last {
				t.Fatalf("order %v: what stays is not in order", order)
			}
			last = u.pair
			stays += u.size
		}
		if best := heaviestInOrder(order, sizes); stays != best {
			t.Fatalf("order %v sizes %v: %d stays, %d could", order, sizes, stays, best)
		}
	})
}

func upTo(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

func heaviestInOrder(order, sizes []int) int {
	best := 0
	for chosen := range 1 << len(order) {
		sum, last, ok := 0, -1, true
		for i, j := range order {
			if chosen&(1<<i) == 0 {
				continue
			}
			ok = ok && j > last
			last = j
			sum += sizes[i]
		}
		if ok {
			best = max(best, sum)
		}
	}
	return best
}

// TestTheShortestEditIsFound compares the search with the longest common subsequence by table.
func TestTheShortestEditIsFound(t *testing.T) {
	word := rapid.SampledFrom([]string{"a", "b", "c", "d"})
	rapid.Check(t, func(t *rapid.T) {
		a := tokensOf(rapid.SliceOfN(word, 0, 12).Draw(t, "a"))
		b := tokensOf(rapid.SliceOfN(word, 0, 12).Draw(t, "b"))
		kept := 0
		var gotA, gotB []text.Token
		for _, r := range shortest(a, b) {
			if r.same {
				kept += len(r.a)
			}
			gotA, gotB = append(gotA, r.a...), append(gotB, r.b...)
		}
		if !slices.Equal(gotA, a) || !slices.Equal(gotB, b) {
			t.Fatalf("the runs give %v and %v, want %v and %v", gotA, gotB, a, b)
		}
		if most := commonLength(a, b); kept != most {
			t.Fatalf("%d tokens kept of %v and %v, %d could be", kept, a, b, most)
		}
	})
}

func tokensOf(words []string) []text.Token {
	var all []text.Token
	for _, w := range words {
		all = append(all, text.Token{Text: w, Folded: w})
	}
	return all
}

func commonLength(a, b []text.Token) int {
	table := make([][]int, len(a)+1)
	for i := range table {
		table[i] = make([]int, len(b)+1)
	}
	for i := range a {
		for j := range b {
			if a[i] == b[j] {
				table[i+1][j+1] = table[i][j] + 1
			} else {
				table[i+1][j+1] = max(table[i][j+1], table[i+1][j])
			}
		}
	}
	return table[len(a)][len(b)]
}

// TestSentencesWithNothingInCommonAreReplacedAtOnce: past the bound of the search the middle is exchanged as a whole.
func TestSentencesWithNothingInCommonAreReplacedAtOnce(t *testing.T) {
	before, after := strings.Repeat("a b ", 300), strings.Repeat("c d ", 300)
	words := Words("Start "+before+"end.", "Start "+after+"end.")
	if len(words) != 4 || words[1].Op != Removed || words[2].Op != Added {
		t.Errorf("got %d spans: %.80v", len(words), words)
	}
}

// TestManyRewordedSentencesFindEachOther: with more left over than can be compared each with each, their rarest grams find the pairs.
func TestManyRewordedSentencesFindEachOther(t *testing.T) {
	var old, new []text.Paragraph
	for i := range 400 {
		s := fmt.Sprintf("Station %d in district %s reported a level of", i*7919, strings.Repeat(string(rune('a'+i%26)), 3+i%5))
		old = append(old, text.Paragraph{Text: s + " three metres."})
		new = append(new, text.Paragraph{Text: s + " four metres."})
	}
	reworded := 0
	for _, e := range Compare(old, new).Edits {
		if e.Op == Reworded && e.Old == e.New {
			reworded++
		}
	}
	if reworded < 380 {
		t.Errorf("%d of 400 sentences found themselves reworded", reworded)
	}
}

// TestACommonPhraseDoesNotTieParagraphsTogether: "He said." in both does not make one a rewording of the other.
func TestACommonPhraseDoesNotTieParagraphsTogether(t *testing.T) {
	old := paragraphsOf("The harbour master closed the northern pier after the storm damaged it. He said.")
	new := paragraphsOf("A cook from the old town won the prize for her soup of seven beans. He said.")
	c := Compare(old, new)
	if len(c.Edits) != 2 || c.Edits[0].Op != Removed || c.Edits[1].Op != Added {
		t.Errorf("edits %+v", c.Edits)
	}
}

// TestRepeatedParagraphsPairInOrder: advertisements between paragraphs come in any number.
func TestRepeatedParagraphsPairInOrder(t *testing.T) {
	old := paragraphsOf("Advertisement\n\nThe river rose.\n\nAdvertisement\n\nThe bridge held.\n\nAdvertisement")
	new := paragraphsOf("Advertisement\n\nThe river rose.\n\nThe bridge held.\n\nAdvertisement")
	c := Compare(old, new)
	if len(c.Edits) != 1 || c.Edits[0].Op != Removed || c.Edits[0].Old != 2 {
		t.Errorf("edits %+v", c.Edits)
	}
}

func TestLikenessTellsRewordingFromOtherSentences(t *testing.T) {
	for _, c := range []struct {
		a, b  string
		alike bool
	}{
		{"The minister will travel to Cairo on Tuesday.", "The minister is to travel to Cairo on Wednesday.", true},
		{"The minister will travel to Cairo.", "The foreign minister will travel to Cairo, Doha and Amman from Tuesday, his office said.", true},
		{"يصل الوزير إلى القاهرة مساء الثلاثاء.", "يصل الوزير إلى القاهرة والدوحة صباح الأربعاء.", true},
		{"外交部长将于周二访问开罗。", "外长周二将访问开罗和多哈。", true},
		{"The minister will travel to Cairo on Tuesday.", "Rescue teams found two more survivors in the rubble.", false},
		{"يصل الوزير إلى القاهرة مساء الثلاثاء.", "أغلقت السلطات الطريق بسبب الأمطار الغزيرة.", false},
		{"外交部长将于周二访问开罗。", "地震造成十二人死亡。", false},
	} {
		like := likeness(text.Grams(c.a, gramSize), text.Grams(c.b, gramSize))
		if got := like >= likeInPlace; got != c.alike {
			t.Errorf("likeness(%q, %q) = %.2f, alike %v, want %v", c.a, c.b, like, got, c.alike)
		}
	}
}
