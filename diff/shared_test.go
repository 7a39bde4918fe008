package diff

import (
	"bufio"
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/storywatch/storywatch/text"
)

// history is a story as the revision data has it.
type history struct {
	ID       string
	Versions []struct{ URL, Title, Text string }
	Expected []struct {
		At           int
		Alert        *bool
		NewSentences []string `json:"new_sentences"`
	}
}

// pastStep is a version with the one before it at the same address.
type pastStep struct {
	id       string
	old, new []text.Paragraph
	alert    bool
	news     []string
}

func readSteps(t *testing.T) []pastStep {
	t.Helper()
	dir := filepath.Join(cmp.Or(os.Getenv("STORYWATCH_SHARED"), "../../shared"), "data/revisions")
	files, _ := filepath.Glob(filepath.Join(dir, "*.jsonl"))
	if len(files) == 0 {
		t.Skipf("no revision histories in %s; set STORYWATCH_SHARED to run this", dir)
	}
	var steps []pastStep
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 64<<20)
		for lines.Scan() {
			var h history
			if err := json.Unmarshal(lines.Bytes(), &h); err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			steps = append(steps, h.steps()...)
		}
		if err := lines.Err(); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
	}
	return steps
}

func (h history) steps() []pastStep {
	var steps []pastStep
	for _, e := range h.Expected {
		if h.Versions[e.At].Title == "" {
			continue // whole pages, not yet extracted
		}
		for before := e.At - 1; before >= 0; before-- {
			if h.Versions[before].URL != h.Versions[e.At].URL {
				continue
			}
			steps = append(steps, pastStep{h.ID, h.paragraphs(before), h.paragraphs(e.At), e.Alert != nil && *e.Alert, e.NewSentences})
			break
		}
	}
	return steps
}

func (h history) paragraphs(version int) []text.Paragraph {
	v := h.Versions[version]
	paras := []text.Paragraph{{Kind: text.Title, Text: text.Clean(v.Title)}}
	for line := range strings.Lines(v.Text) {
		if line = text.Clean(line); line != "" {
			paras = append(paras, text.Paragraph{Text: line})
		}
	}
	return paras
}

// TestRecordedRevisionsLoseNothing compares the real and made revision histories: every change must rebuild, none that a
// reader wants to be told of may pass as cosmetic, and the sentences that carry the news must be among those shown as new.
func TestRecordedRevisionsLoseNothing(t *testing.T) {
	news, found := 0, 0
	steps := readSteps(t)
	for _, s := range steps {
		c := Compare(s.old, s.new)
		rebuilds(t, s.old, s.new, c)
		if s.alert && c.Cosmetic() {
			t.Errorf("%s: news passes as cosmetic: %s", s.id, c.Summary())
		}
		shown := c.Added()
		for _, e := range c.Edits {
			for _, sentence := range e.Sentences {
				if sentence.Op == Reworded {
					shown = append(shown, sentence.After)
				}
			}
		}
		for _, n := range s.news {
			news++
			if slices.ContainsFunc(shown, func(sentence string) bool { return wordOverlap(sentence, n) >= 0.7 }) {
				found++
			}
		}
	}
	t.Logf("%d steps, %d of %d sentences that carry news are shown as new", len(steps), found, news)
	if float64(found) < 0.95*float64(news) {
		t.Errorf("only %d of %d sentences that carry news are shown as new", found, news)
	}
}

// wordOverlap is the F1 measure of the words of two sentences.
func wordOverlap(a, b string) float64 {
	wordsA, wordsB := text.Words(a), text.Words(b)
	counts := make(map[string]int)
	for _, w := range wordsA {
		counts[w]++
	}
	both := 0
	for _, w := range wordsB {
		if counts[w] > 0 {
			counts[w]--
			both++
		}
	}
	return 2 * float64(both) / float64(max(1, len(wordsA)+len(wordsB)))
}
