package diff

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/storywatch/storywatch/text"
)

var update = flag.Bool("update", false, "accept what Compare says as the expectation of testdata")

// paragraphsOf reads a version as testdata writes it: paragraphs parted by empty lines, a title behind "# ".
func paragraphsOf(s string) []text.Paragraph {
	var paras []text.Paragraph
	for block := range strings.SplitSeq(strings.TrimSpace(s), "\n\n") {
		if block == "" {
			continue
		}
		p := text.Paragraph{Text: block}
		if title, ok := strings.CutPrefix(block, "# "); ok {
			p = text.Paragraph{Kind: text.Title, Text: title}
		}
		paras = append(paras, p)
	}
	return paras
}

// TestChangesReadAsAPersonWouldTellThem runs every case of testdata: an older and a newer version and the change between
// them as Plain writes it, its paragraphs' operations and summary.
func TestChangesReadAsAPersonWouldTellThem(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.txtar")
	if len(files) == 0 {
		t.Fatal("no cases in testdata")
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			old, new := paragraphsOf(string(ar.Files[0].Data)), paragraphsOf(string(ar.Files[1].Data))
			c := Compare(old, new)
			rebuilds(t, old, new, c)
			got := describe(c)
			if *update {
				ar.Files[2].Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if d := cmp.Diff(string(ar.Files[2].Data), got); d != "" {
				t.Errorf("%s(-want +got):\n%s", ar.Comment, d)
			}
		})
	}
}

func describe(c Change) string {
	var b strings.Builder
	fmt.Fprintln(&b, c.Summary())
	for _, e := range c.Edits {
		fmt.Fprintf(&b, "%d→%d %s\n", e.Old, e.New, e.Op)
	}
	if err := Plain(&b, c); err != nil {
		panic(err)
	}
	return b.String()
}
