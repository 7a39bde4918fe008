package text

import (
	"bufio"
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
)

// TestTheTablesAreWrittenAsTheyAreLookedUp: lower case, no full stop at the end, no word that is in two tables that say
// different things.
func TestTheTablesAreWrittenAsTheyAreLookedUp(t *testing.T) {
	for name, table := range map[string]map[string]bool{
		"neverEnds": neverEnds, "mayEnd": mayEnd, "beforeNumber": beforeNumber, "starters": starters, "calendar": calendar, "monthsShort": monthsShort,
	} {
		for word := range table {
			if strings.ToLower(word) != word || strings.HasSuffix(word, ".") {
				t.Errorf("%s has %q", name, word)
			}
		}
	}
	for word := range neverEnds {
		if mayEnd[word] || beforeNumber[word] {
			t.Errorf("%q is in neverEnds and in another table", word)
		}
	}
	for _, table := range [][]letters{arabicLetters, cyrillicLetters, latinLetters} {
		for _, l := range table {
			if primary(l.lang) != l.lang {
				t.Errorf("%q is no language", l.lang)
			}
		}
	}
}

// TestDigitKnowsTheDigitsOfEveryScript against Unicode's own list of them.
func TestDigitKnowsTheDigitsOfEveryScript(t *testing.T) {
	n := 0
	for r := rune(0); r <= unicode.MaxRune; r++ {
		d := Digit(r)
		if unicode.Is(unicode.Nd, r) != (d >= 0) || d > 9 {
			t.Fatalf("Digit(%U) = %d", r, d)
		}
		if d < 0 {
			continue
		}
		if want := n % 10; d != want {
			t.Fatalf("Digit(%U) = %d, want %d", r, d, want)
		}
		n++
	}
	if n < 600 || n%10 != 0 {
		t.Errorf("%d digits", n)
	}
}

func TestDigitValues(t *testing.T) {
	for r, want := range map[rune]int{'0': 0, '9': 9, '٣': 3, '۷': 7, '५': 5, '４': 4, '৯': 9, 'a': -1, '三': -1, '²': -1, '½': -1} {
		if got := Digit(r); got != want {
			t.Errorf("Digit(%q) = %d, want %d", r, got, want)
		}
	}
}

// headline is a version of the recorded histories: a title with the language the story is in.
type headline struct{ text, lang string }

func readHeadlines(t *testing.T) []headline {
	t.Helper()
	dir := filepath.Join(cmp.Or(os.Getenv("STORYWATCH_SHARED"), "../../shared"), "data/revisions")
	files, _ := filepath.Glob(filepath.Join(dir, "*.jsonl"))
	if len(files) == 0 {
		t.Skipf("no revision histories in %s; set STORYWATCH_SHARED to run this", dir)
	}
	var all []headline
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 64<<20)
		for lines.Scan() {
			var story struct {
				Lang     string
				Versions []struct{ Title, Lang, Text string }
			}
			if err := json.Unmarshal(lines.Bytes(), &story); err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			for _, v := range story.Versions {
				all = append(all, headline{v.Title, cmp.Or(v.Lang, story.Lang)})
				for line := range strings.Lines(v.Text) {
					all = append(all, headline{text: line})
				}
			}
		}
		if err := lines.Err(); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
	}
	return all
}

// TestRecordedHeadlinesTellTheirLanguage without any hint.
func TestRecordedHeadlinesTellTheirLanguage(t *testing.T) {
	right, wrong, open := 0, 0, 0
	for _, h := range readHeadlines(t) {
		if h.text == "" || h.lang == "" || strings.Contains(h.lang, "+") || strings.Contains(h.lang, ",") {
			continue
		}
		switch got := Language(h.text, ""); got {
		case h.lang:
			right++
		case "":
			open++
		default:
			wrong++
			t.Logf("%s, said to be %s: %.80s", h.lang, got, h.text)
		}
	}
	t.Logf("%d right, %d wrong, %d left open", right, wrong, open)
	if wrong > (right+wrong)/20 {
		t.Errorf("%d of %d headlines are given another language", wrong, right+wrong)
	}
}

// TestRecordedTextsKeepTheirLetters through Sentences and Tokens.
func TestRecordedTextsKeepTheirLetters(t *testing.T) {
	for _, h := range readHeadlines(t) {
		if got := visible(strings.Join(Sentences(h.text), "")); got != visible(h.text) {
			t.Errorf("the sentences of %.80q lose something", h.text)
		}
		var b strings.Builder
		for _, token := range Tokens(h.text) {
			b.WriteString(token.Text)
		}
		if b.String() != h.text {
			t.Errorf("the tokens of %.80q don't give it back", h.text)
		}
	}
}
