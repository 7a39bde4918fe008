package diff

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/storywatch/storywatch/text"
)

// prose makes n sentences in paragraphs of a given size, every word drawn from a vocabulary of 2,000.
func prose(seed uint64, n, perParagraph int) []text.Paragraph {
	r := rand.New(rand.NewPCG(seed, 1))
	var paras []text.Paragraph
	for s := 0; s < n; s += perParagraph {
		var b strings.Builder
		for range min(perParagraph, n-s) {
			fmt.Fprintf(&b, "Report %d", r.IntN(1000))
			for range 6 + r.IntN(8) {
				fmt.Fprintf(&b, " w%dx", r.IntN(2000))
			}
			b.WriteString(". ")
		}
		paras = append(paras, text.Paragraph{Text: strings.TrimSpace(b.String())})
	}
	return paras
}

// reworded returns paras with one word of every sentence exchanged.
func reworded(paras []text.Paragraph) []text.Paragraph {
	out := slices.Clone(paras)
	for i := range out {
		out[i].Text = strings.ReplaceAll(out[i].Text, "Report", "Message")
	}
	return out
}

// TestHugeVersionsStayAffordable: inputs a thousand times an article's size take seconds at most, whatever they are: all reworded,
// all exchanged, all the same sentence, one word repeated.
func TestHugeVersionsStayAffordable(t *testing.T) {
	if testing.Short() {
		t.Skip("compares versions of 50,000 sentences")
	}
	long := prose(1, 50_000, 5)
	same := slices.Repeat([]text.Paragraph{{Text: "The same sentence again."}}, 50_000)
	almost := make([]text.Paragraph, 50_000)
	for i := range almost {
		almost[i].Text = fmt.Sprintf("The same sentence again for the %dth time.", i)
	}
	cases := map[string][2][]text.Paragraph{
		"reworded":           {long, reworded(long)},
		"exchanged":          {long, prose(2, 50_000, 5)},
		"one paragraph":      {prose(3, 50_000, 50_000), reworded(prose(3, 50_000, 50_000))},
		"repeated":           {same, same[:40_000]},
		"nearly repeated":    {almost, reworded(prose(4, 10, 1))},
		"nearly all the way": {almost, almost[25_000:]},
		"one long sentence":  {{{Text: strings.Repeat("word ", 100_000)}}, {{Text: strings.Repeat("other ", 100_000)}}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			change := Compare(c[0], c[1])
			took := time.Since(start)
			t.Logf("%d edits in %v", len(change.Edits), took)
			if took > 20*time.Second {
				t.Errorf("took %v", took)
			}
			if got := Apply(c[0], change); !slices.EqualFunc(got, c[1], sameParagraph) {
				t.Error("the edits don't lead to the newer version")
			}
		})
	}
}

// BenchmarkCompare compares an article of 60 paragraphs with one that has three edits: a sentence added, one reworded, one
// paragraph moved.
func BenchmarkCompare(b *testing.B) {
	old := prose(1, 180, 3)
	new := slices.Clone(old)
	new[10].Text += " A sentence that was not there before."
	new[30].Text = strings.Replace(new[30].Text, "Report", "Message", 1)
	new[50], new[5] = new[5], new[50]
	for b.Loop() {
		Compare(old, new)
	}
}

func BenchmarkCompareUnchanged(b *testing.B) {
	old := prose(1, 180, 3)
	new := slices.Clone(old)
	for b.Loop() {
		Compare(old, new)
	}
}
