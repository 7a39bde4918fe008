package text

import (
	"os"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"
)

// paragraphs reads testdata/sentences.txt: paragraphs and the sentences they consist of.
func paragraphs(tb testing.TB) (printed []string, want [][]string) {
	tb.Helper()
	data, err := os.ReadFile("testdata/sentences.txt")
	if err != nil {
		tb.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		var parts []string
		for part := range strings.SplitSeq(line, "¦") {
			parts = append(parts, strings.TrimSpace(part))
		}
		printed = append(printed, strings.ReplaceAll(strings.ReplaceAll(line, "¦ ", ""), "¦", ""))
		want = append(want, parts)
	}
	return printed, want
}

func TestSentencesEndWhereAReaderEndsThem(t *testing.T) {
	printed, want := paragraphs(t)
	for i, p := range printed {
		if d := cmp.Diff(want[i], Sentences(p)); d != "" {
			t.Errorf("Sentences(%q) (-want +got):\n%s", p, d)
		}
	}
}

func TestANewlineEndsASentence(t *testing.T) {
	want := []string{"No full stop here", "Mr.", "Jones stayed.", "Left."}
	if d := cmp.Diff(want, Sentences("No full stop here\nMr.\r\nJones stayed. Left.\u2029\n")); d != "" {
		t.Error(d)
	}
}

func TestNothingHasNoSentences(t *testing.T) {
	for _, s := range []string{"", " ", "\n \n"} {
		if got := Sentences(s); len(got) != 0 {
			t.Errorf("Sentences(%q) = %q", s, got)
		}
	}
}

// TestALineOfStopsIsReadInOneGo: what strangers send must not cost the square of its length.
func TestALineOfStopsIsReadInOneGo(t *testing.T) {
	for _, piece := range []string{`x.", `, "5. Foo ", "a.", ". ", ".\"", "e.g. x ", "((.", "«.» ", "...", "\u00A0.", "د."} {
		start := time.Now()
		n := len(Sentences(strings.Repeat(piece, 1<<18/len(piece))))
		if took := time.Since(start); took > 5*time.Second { // the square of the length would take minutes
			t.Errorf("256 KiB of %q took %v (%d sentences)", piece, took, n)
		}
	}
}

// visible returns s without white space, which is all that Sentences may drop.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if isSpace(r) || isNewline(r) || unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

func FuzzSentences(f *testing.F) {
	printed, _ := paragraphs(f)
	for _, p := range printed {
		f.Add(p)
	}
	f.Add("a.\xffb.\n.\u3000。")
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "\uFFFD") // halves of a character could join into one below
		all := Sentences(s)
		if got, want := visible(strings.Join(all, "")), visible(s); got != want {
			t.Errorf("Sentences(%q) = %q lose something", s, all)
		}
		rest := s
		for _, one := range all {
			_, after, found := strings.Cut(rest, one)
			if !found || strings.TrimSpace(one) != one || one == "" {
				t.Errorf("Sentences(%q): %q is no trimmed piece of the text, in order", s, one)
			}
			rest = after
		}
	})
}
