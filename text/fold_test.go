package text

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestFoldBringsTogetherWhatReadersTakeForTheSame(t *testing.T) {
	for _, same := range [][]string{
		{"أحمد", "احمد", "إحمد", "آحمد", "ٱحمد", "أحمَد", "احـــمد"},
		{"مستشفى", "مستشفي", "مستشفی"},
		{"كتاب", "کتاب", "كِتَابٌ"},
		{"مدرسة", "مدرسه", "مدرسۃ"},
		{"مسؤول", "مسوول"},
		{"شئون", "شيون"},
		{"می‌رود", "میرود", "ميرود"},
		{"12", "١٢", "۱۲", "१२", "１２"},
		{"12.5%", "١٢٫٥٪"},
		{"Straße", "STRASSE", "strasse"},
		{"ISTANBUL", "İstanbul", "ıstanbul", "istanbul"},
		{"Erdoğan", "ERDOGAN", "erdoğan"},
		{"Élysée", "ELYSEE", "élysée"},
		{"Οδυσσεύς", "ΟΔΥΣΣΕΥΣ", "οδυσσευσ"},
		{"ещё", "еще", "ЕЩЁ"},
		{`"No"`, "“No”", "«No»", "„No“", "「No」"},
		{"it's", "it’s", "itʼs", "it‘s"},
		{"10-12", "10–12", "10—12", "10−12", "10‑12"},
		{"ﬁnance", "finance"},
		{"שָׁלוֹם", "שלום"},
		{"  a \t b ", "a b", "a b", "a　b", "\uFEFFa\u200B b"},
		{"cœur", "coeur"},
	} {
		for _, s := range same[1:] {
			if Fold(s) != Fold(same[0]) {
				t.Errorf("Fold(%q) = %q, Fold(%q) = %q", s, Fold(s), same[0], Fold(same[0]))
			}
		}
	}
}

func TestFoldKeepsApartWhatDiffers(t *testing.T) {
	for _, pair := range [][2]string{
		{"かき", "がき"}, {"мой", "мои"}, {"12", "21"}, {"بغداد", "بعداد"}, {"$5", "€5"}, {"五", "三"}, {"ok", "o k"},
	} {
		if Fold(pair[0]) == Fold(pair[1]) {
			t.Errorf("Fold takes %q and %q for the same: %q", pair[0], pair[1], Fold(pair[0]))
		}
	}
}

func TestKeyIgnoresWhatIsLostInSetting(t *testing.T) {
	for _, same := range [][]string{
		{"أعلنت مصادر طبية: \"لا إصابات\".", "أعلنتمصادر طبية «لا إصابات»"},
		{"He left, then came back.", "He left then came back"},
		{"1,500 people", "1500 people", "1 500 people", "١٬٥٠٠ people"},
		{"at 3.5 percent", "at 3,5 percent", "at ٣٫٥ percent"},
		{"co-operate", "cooperate", "co‐operate"},
	} {
		for _, s := range same[1:] {
			if Key(s) != Key(same[0]) {
				t.Errorf("Key(%q) = %q, Key(%q) = %q", s, Key(s), same[0], Key(same[0]))
			}
		}
	}
}

// TestKeyKeepsFigures: a moved decimal point, another currency or a lost percent sign is another statement.
func TestKeyKeepsFigures(t *testing.T) {
	for _, pair := range [][2]string{
		{"1.5 million", "15 million"}, {"$5", "€5"}, {"5%", "5"}, {"12:30", "1:230"}, {"he will go", "he will not go"},
	} {
		if Key(pair[0]) == Key(pair[1]) {
			t.Errorf("Key takes %q and %q for the same: %q", pair[0], pair[1], Key(pair[0]))
		}
	}
}

func TestKeyOfNothingSaidIsEmpty(t *testing.T) {
	for _, s := range []string{"", " ", "* * *", "—", "…", "،", "\u200F"} {
		if k := Key(s); k != "" {
			t.Errorf("Key(%q) = %q", s, k)
		}
	}
}

func TestCleanDropsWhatNobodySees(t *testing.T) {
	for in, want := range map[string]string{
		"":                        "",
		"plain":                   "plain",
		" a\u00A0\u202F\n\t b ":   "a b",
		"a\u200Bb\uFEFF\u00AD":    "ab",
		"\u202Bعربي\u202C\u200F":  "عربي",
		"می\u200Cرود":             "می\u200Cرود",
		"می\u200C رود\u200C":      "می رود",
		"می\u200C\u200C\u200Cرود": "می\u200Cرود",
		"5\u200C6":                "56",
		"e\u0301":                 "é",
		"a\x00b\x1Fc":             "a b c",
		"bad\xFFbyte":             "bad\uFFFDbyte",
		"👨\u200D👩\u200D👧":         "👨\u200D👩\u200D👧",
		"\u2066left\u2069":        "left",
		"１２ “kept” as printed – أإآ ـ": "１２ “kept” as printed – أإآ ـ",
	} {
		if got := Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFoldIgnoresCleaning(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		if Key(Clean(s)) != Key(s) {
			t.Fatalf("Key(Clean(%q)) = %q, Key of it %q", s, Key(Clean(s)), Key(s))
		}
	})
}

// FuzzFold: folding and cleaning give valid text back and change nothing the second time.
func FuzzFold(f *testing.F) {
	for _, s := range []string{"", "أَحْمَد ـ١٢", "ẞİıǆ½ﬃ", "\xFF\u200C ", "하\u1100\u0301\u1161", "\u0345\u0308ΐ", "می\u200Cرود", "が\u3099"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for name, fold := range map[string]func(string) string{"Fold": Fold, "Clean": Clean} {
			once := fold(s)
			if !utf8.ValidString(once) {
				t.Errorf("%s(%q) = %q is not UTF-8", name, s, once)
			}
			if twice := fold(once); twice != once {
				t.Errorf("%s(%q) = %+q, folded again %+q", name, s, once, twice)
			}
			if strings.TrimSpace(once) != once || strings.Contains(once, "  ") {
				t.Errorf("%s(%q) = %q has white space to spare", name, s, once)
			}
		}
	})
}

// passages are about a kilobyte each of what is folded most.
var passages = map[string]string{
	"arabic":  strings.Repeat("أعلنت وزارة الخارجية أن الوزير يصل إلى القاهرة مساء الثلاثاء. ", 9),
	"english": strings.Repeat("The foreign minister will travel to Cairo on Tuesday evening. ", 16),
	"chinese": strings.Repeat("外交部长将于周二访问开罗。", 26),
	"french":  strings.Repeat("Le ministre des Affaires étrangères s’est envolé pour Le Caire à l’aube. ", 13),
}

func benchmark(b *testing.B, do func(string)) {
	for name, s := range passages {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			b.ReportAllocs()
			for b.Loop() {
				do(s)
			}
		})
	}
}

func BenchmarkFold(b *testing.B) { benchmark(b, func(s string) { Fold(s) }) }

func BenchmarkKey(b *testing.B) { benchmark(b, func(s string) { Key(s) }) }

func BenchmarkGrams(b *testing.B) { benchmark(b, func(s string) { Grams(s, 4) }) }

func BenchmarkWords(b *testing.B) { benchmark(b, func(s string) { Words(s) }) }

func BenchmarkSentences(b *testing.B) { benchmark(b, func(s string) { Sentences(s) }) }

func BenchmarkLanguage(b *testing.B) { benchmark(b, func(s string) { Language(s, "") }) }
