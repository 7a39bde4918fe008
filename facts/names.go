package facts

import (
	"strings"
	"unicode"

	"github.com/storywatch/storywatch/text"
)

// longestName is how many words a name may take.
const longestName = 4

// namesIn finds names: runs of capitalised words where a script has capitals, and what follows an office or title in
// Arabic and Persian. German writes every noun with a capital, so a lone one is no name there.
func namesIn(s *scanned, lang string) []Name {
	var found []Name
	seen := map[string]bool{}
	add := func(i, j int) {
		name := Name{Text: s.span(i, j), Key: Skeleton(s.span(i, j))}
		if len([]rune(name.Key)) >= 2 && !seen[name.Key] {
			seen[name.Key] = true
			found = append(found, name)
		}
	}
	for i := 0; i < len(s.words); i++ {
		j := capitalisedRun(s, i)
		if j == i {
			if k, n := arabicName(s, i); n > 0 {
				add(k, k+n)
				i = k + n - 1
			}
			continue
		}
		k := i
		if i == 0 && articles[s.words[0].folded] {
			k++
		}
		for k < j && titles[s.words[k].folded] {
			k++ // "Secretary of State Antony Blinken" is Antony Blinken
		}
		if j-k > 1 || (j > k && i > 0 && lang != "de") { // a lone capital at the start is the sentence's own
			add(k, j)
		}
		i = j - 1
	}
	return found
}

// articles begin a sentence with a capital that is not a name's.
var articles = set("the a an der die das ein eine den dem le la les un une des el los las una de het een il lo gli i")

// titles are the offices that stand before a name, in the languages that write names with capitals.
var titles = set("secretary state president minister prime foreign chancellor king queen prince princess senator governor general judge mayor chief " +
	"ambassador spokesman spokeswoman spokesperson director chairman pope sheikh mr mrs ms dr official officials troops forces army navy embassy envoy diplomat " +
	"präsident präsidentin minister ministerin kanzler kanzlerin außenminister außenministerin sprecher sprecherin bürgermeister herr frau " +
	"président présidente ministre premier première chancelier porte parole maire presidente presidenta ministro ministra canciller portavoz alcalde " +
	"президент министр премьер глава canciller cumhurbaşkanı başbakan bakan bakanı sözcüsü premier minister president burgemeester woordvoerder")

// capitalisedRun returns the end of the run of capitalised words at i that nothing but spaces and hyphens part.
func capitalisedRun(s *scanned, i int) int {
	j := i
	for j < len(s.words) && j < i+longestName && capitalised(s.words[j].printed) && !s.words[j].used {
		if j > i && strings.Trim(s.gap(j), " -\u00a0") != "" {
			break
		}
		j++
	}
	return j
}

func capitalised(printed string) bool {
	for i, r := range printed {
		if i == 0 && !unicode.IsUpper(r) {
			return false
		}
		if i > 0 && unicode.IsLower(r) {
			return true
		}
	}
	return false
}

// gap returns what is printed between word j-1 and word j.
func (s *scanned) gap(j int) string {
	prev := s.words[j-1]
	return s.sentence[prev.at+len(prev.printed) : s.words[j].at]
}

// offices are the words an Arabic name follows, without the article.
var offices = set("وزير وزيره رييس رييسه ملك امير اميره شيخ مدير مديره محافظ نايب متحدث متحدثه ناطق مبعوث سفير قايد زعيم امين مستشار نجم مدرب لاعب مراسل قاضي دكتور سيد جنرال لواء عميد فريق نظير")

// breakers end an Arabic name: particles that no name begins with.
var breakers = set("ان في من علي الي مع عن بعد قبل خلال بين لدي حول ضد منذ حتي قد لم لن لا ما هذا هذه التي الذي حيث كما او ثم باسم وان فيما بشان يوم اليوم امس غدا عقب اثر لبحث كان كانت يعتزم سيزور قال قالت اكد اعلن")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[text.Fold(w)] = true
	}
	return m
}

// arabicName reads "وزير الخارجية الأمريكي أنتوني بلينكن": an office, words with the article that describe it, then the name.
func arabicName(s *scanned, i int) (start, n int) {
	if w := s.words[i]; !offices[w.stem] && !offices[w.folded] {
		return 0, 0
	}
	k := i + 1
	for k < len(s.words) && k < i+6 && s.together(k) && strings.HasPrefix(s.words[k].folded, "ال") {
		k++
	}
	for k+n < len(s.words) && n < longestName && s.together(k+n) {
		w := s.words[k+n]
		if breakers[w.folded] || offices[w.folded] || startsWithDigit(w.folded) || (n > 1 && !strings.HasPrefix(w.folded, "ال")) {
			break
		}
		n++
		if n > 1 && strings.HasPrefix(w.folded, "ال") {
			break
		}
	}
	return k, n
}

// together reports whether nothing but a space parts word j from the one before it.
func (s *scanned) together(j int) bool {
	return j == 0 || strings.TrimSpace(s.gap(j)) == ""
}

// consonants maps letters of four scripts onto classes that transliteration keeps apart; vowels and half-vowels fall out,
// since scripts write them differently.
var consonants = func() map[rune]rune {
	m := map[rune]rune{}
	for class, letters := range map[rune]string{
		'b': "bpvبپфבפвбпf" + "ف", 'd': "dدضдדط" + "tتтתט" + "ذ", 'k': "kcqgxكقгкגקكغخхכчx" + "ה", 'l': "lلлל", 'm': "mممמм", 'n': "nنнנ",
		'r': "rرрר", 's': "szسصزثзсשסצцжш" + "شجچjظ",
	} {
		for _, r := range letters {
			m[r] = class
		}
	}
	delete(m, 'ה')
	return m
}()

// Skeleton returns the consonants of a name in classes that are alike over the Arabic, Hebrew, Cyrillic and Latin scripts:
// "Blinken" and "بلينكن" share theirs. It is coarse: equal skeletons suggest a name, other facts must agree.
func Skeleton(name string) string {
	var b strings.Builder
	for i, w := range text.Words(name) {
		if i > 0 {
			b.WriteByte(' ')
		}
		var last rune
		for _, r := range strings.TrimPrefix(w, "ال") { // other particles cannot be told from a name's first letter
			if c, ok := consonants[r]; ok && c != last {
				b.WriteRune(c)
				last = c
			} else if !ok {
				last = 0
			}
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// quotePairs are the marks that open and close speech.
var quotePairs = map[rune]string{'"': "\"", '“': "”", '„': "“”", '«': "»", '»': "«", '「': "」", '『': "』"}

// quotesIn returns what stands between quotation marks and is three words or longer; shorter runs are names and irony.
func quotesIn(sentence string) []string {
	var found []string
	start, closers := -1, ""
	for i, r := range sentence {
		switch {
		case start >= 0 && strings.ContainsRune(closers, r):
			if q := sentence[start:i]; len(text.Words(q)) >= 3 {
				found = append(found, strings.TrimSpace(q))
			}
			start = -1
		case start < 0 && quotePairs[r] != "":
			start, closers = i+len(string(r)), quotePairs[r]
		}
	}
	return found
}
