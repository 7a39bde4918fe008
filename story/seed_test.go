package story

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// The report that the program was first asked to understand, outside of this repository: once without the sentences that
// speak of the tour, then whole.
func TestTheFirstReport(t *testing.T) {
	files, _ := filepath.Glob("../../shared/data/seed/*.txt")
	if len(files) == 0 {
		t.Skip("../../shared/data/seed is not there: the report is not part of this repository")
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	var whole, without []string
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		whole = append(whole, line)
		if !strings.Contains(line, "أكسيوس") {
			without = append(without, line)
		}
	}
	te := newTeller(t, "بلينكن")
	te.tell("paper", "ar", without...)
	n := te.tell("paper", "ar", whole...)
	te.want(n, PlannedEvent)
	if len(n.Developments) != 1 {
		t.Fatalf("%d developments, want one", len(n.Developments))
	}
	d := n.Developments[0]
	got := countries(d)
	slices.Sort(got)
	if !slices.Equal(got, []string{"EG", "IL", "QA"}) {
		t.Errorf("the tour goes to %v", got)
	}
	day := time.Date(2024, 8, 13, 15, 0, 0, 0, time.UTC) // 18:00 in Baghdad
	if !slices.ContainsFunc(d.When, func(m Moment) bool { return m.From.Equal(day) && m.Part == "evening" }) {
		t.Errorf("the tour begins %+v", d.When)
	}
	if !slices.ContainsFunc(d.Who, func(who string) bool { return strings.Contains(who, "بلينكن") }) {
		t.Errorf("the tour is that of %q", d.Who)
	}
	for _, e := range d.Evidence {
		if !slices.ContainsFunc(whole, func(line string) bool { return strings.Contains(line, e.Text) }) {
			t.Errorf("the evidence is not in the report's own words: %q", e.Text)
		}
	}
}
