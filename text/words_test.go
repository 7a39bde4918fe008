package text

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWordsAreWhatAReaderWouldLookUp(t *testing.T) {
	for in, want := range map[string]string{
		"The minister's trip, it's off!":      "the minister s trip it s off",
		"L’homme d'État":                      "l homme d etat",
		"1,500 people; 3.5 percent; at 10:30": "1500 people 3.5 percent at 10.30",
		"قُتل ١٢ شخصاً في بغداد، أمس.":        "قتل 12 شخصا في بغداد امس",
		"وزیر به تهران می‌رود":                "وزير به تهران ميرود",
		"部长访问开罗":                              "部 长 访 问 开 罗",
		"東京でコーヒー":                             "東 京 で コ ー ヒ ー",
		"한국 정부는 12일":                          "한국 정부는 12일",
		`צה"ל הודיע`:                          "צהל הודיע",
		"Ankara'da 15. Zirve":                 "ankara da 15 zirve",
		"a@b.org www.example.com":             "a b org www example com",
		"... — !!!":                           "",
		"İstanbul'un COVID-19 tedbirleri":     "istanbul un covid 19 tedbirleri",
		"snake_case":                          "snakecase",
		"$1.2bn (£900m)":                      "1.2bn 900m",
		"हिंदी में १२":                        "हिदी म 12",
		"Ёлка и ёж":                           "елка и еж",
		"x² + y":                              "x2 y",
		"\u200Fمرحبا\u200F":                   "مرحبا",
		"“Quoted” words – dashed—tightly":     "quoted words dashed tightly",
		"end.Next":                            "end next",
		"U.S. and U.N.":                       "u s and u n",
		"one\u00A0two\u2003three\u3000four":   "one two three four",
		"2024/05/13":                          "2024 05 13",
		"\u0301":                              "",
		"rock ’n’ roll":                       "rock n roll",
		"Al-Sudani (السوداني) said":           "al sudani السوداني said",
		"AK-47وRPG-7":                         "ak 47وrpg 7",
		"3,000,000.50":                        "3000000.50",
		"12,5 % und 1.234,50 €":               "12.5 und 1234.50",
		"20h30":                               "20h30",
		"naïve café":                          "naive cafe",
		"Nguyễn Phú Trọng":                    "nguyen phu trong",
		"ΑΘΗΝΑ Αθήνα":                         "αθηνα αθηνα",
		"9 a.m.":                              "9 a m",
		"\xff\xfe":                            "",
		"tab\tand\nnewline":                   "tab and newline",
		"'quoted'":                            "quoted",
		"''":                                  "",
		"O'Neill O’Neill OʼNeill":             "o neill o neill o neill",
		"مَدْرَسَةٌ":                          "مدرسه",
		"٣٫٥ و ١٬٠٠٠":                         "3.5 و 1000",
		"第12届":                                "第 12 届",
		"G20峰会":                               "g20 峰 会",
	} {
		if got := strings.Join(Words(in), " "); got != want {
			t.Errorf("Words(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestTokensNeverCutAWord(t *testing.T) {
	for in, want := range map[string][]string{
		"It's 3.5 km, he said.": {"It's", " ", "3.5", " ", "km", ", ", "he", " ", "said", "."},
		"قَالَ الوزير: «لا».":   {"قَالَ", " ", "الوزير", ": «", "لا", "»."},
		"می‌رود":                {"می‌رود"},
		"می‌ رود":               {"می‌", " ", "رود"},
		"部长 12人":                {"部", "长", " ", "12", "人"},
		`צה"ל "כאן"`:            {`צה"ל`, ` "`, "כאן", `"`},
		"e\u0301te\u0301 x":     {"e\u0301te\u0301", " ", "x"},
		"":                      nil,
		" - ":                   {" - "},
		"لا ـ نعم":              {"لا", " ـ ", "نعم"},
		"U.S. troops":           {"U", ".", "S", ". ", "troops"},
		"a\u00ADb":              {"a\u00ADb"},
		"한국어를":                  {"한국어를"},
		"か\u3099き":              {"か\u3099", "き"},
	} {
		var got []string
		for _, token := range Tokens(in) {
			got = append(got, token.Text)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("Tokens(%q) (-want +got):\n%s", in, d)
		}
	}
}

func TestTokensFoldWordsAndOnlyWords(t *testing.T) {
	tokens := Tokens("“قَالَ” COVID—١٢")
	want := []Token{{"“", ""}, {"قَالَ", "قال"}, {"” ", ""}, {"COVID", "covid"}, {"—", ""}, {"١٢", "12"}}
	if d := cmp.Diff(want, tokens); d != "" {
		t.Error(d)
	}
}

// FuzzTokens: the texts joined are the input, words and gaps alternate except where one-character words meet.
func FuzzTokens(f *testing.F) {
	for _, s := range []string{"", "It's 3.5 km.", "می‌رود", "部长\u0301a", "\xff\xe4a", "e\u0301\u200C\u200C\u0301b", "a'\u0301b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var joined strings.Builder
		gap := false
		for _, token := range Tokens(s) {
			joined.WriteString(token.Text)
			if token.Text == "" {
				t.Fatalf("Tokens(%q) has an empty token", s)
			}
			if token.Folded == "" && gap {
				t.Errorf("Tokens(%q) has two gaps in a row", s)
			}
			gap = token.Folded == ""
		}
		if joined.String() != s {
			t.Errorf("Tokens(%q) joined are %q", s, joined.String())
		}
		for _, w := range Words(s) {
			if w == "" || strings.ContainsAny(w, " \"'") {
				t.Errorf("Words(%q) has %q", s, w)
			}
		}
	})
}

func TestGramsMeasureLikenessInEveryScript(t *testing.T) {
	for _, c := range []struct {
		a, b     string
		min, max float64
	}{
		{"The minister will travel to Cairo on Tuesday", "The minister will travel to Cairo on Wednesday", 0.75, 0.95},
		{"The minister will travel to Cairo", "THE MINISTER – will travel to Cairo!", 1, 1},
		{"أعلنت مصادر طبية وصول جرحى", "أعلنتمصادر طبية وصول جرحى", 1, 1},
		{"يصل الوزير إلى القاهرة مساء الثلاثاء", "يصل الوزير إلى القاهرة مساء الأربعاء", 0.6, 0.9},
		{"外交部长将于周二访问开罗", "外交部长将于周三访问开罗", 0.7, 0.9},
		{"Police seek the driver of a grey van", "The orchestra opens its season", 0, 0.05},
		{"", "anything", 0, 0},
	} {
		a, b := Grams(c.a, 4), Grams(c.b, 4)
		like := 2 * float64(Shared(a, b)) / max(1, float64(len(a)+len(b)))
		if like < c.min || like > c.max {
			t.Errorf("%q and %q share %.2f, want %.2f to %.2f", c.a, c.b, like, c.min, c.max)
		}
	}
}

func TestGramsAreSortedAndDistinct(t *testing.T) {
	grams := Grams(strings.Repeat("seven ones ", 20), 4)
	if !slices.IsSorted(grams) || len(slices.Compact(slices.Clone(grams))) != len(grams) {
		t.Errorf("Grams = %v", grams)
	}
	if len(grams) != 9 {
		t.Errorf("got %d grams of a repeated cycle of 9 letters", len(grams))
	}
	if n := len(Grams("ab", 4)); n != 1 {
		t.Errorf("a text shorter than a gram has %d grams, want 1", n)
	}
}
