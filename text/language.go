package text

import (
	"strings"
	"unicode"
)

// sample is how many bytes of a text are enough to tell its language by.
const sample = 3000

// Language returns the language of s as a BCP 47 primary subtag, "" when it cannot be told. The hint, what the page or
// feed says of itself, is believed as long as s is written in a script of that language; without one, the script, letters that
// only one language uses, and its most frequent words decide.
func Language(s, hint string) string {
	s = s[:back(s, sample)]
	script := mainScript(s)
	if script == "" {
		return primary(hint)
	}
	if lang := primary(hint); lang != "" && writtenIn(lang, script) {
		return lang
	}
	switch script {
	case "Arab":
		return byLetters(s, arabicLetters, "ar")
	case "Cyrl":
		return byLetters(s, cyrillicLetters, "ru")
	case "Latn":
		return latinLanguage(s)
	}
	return languageOf[script]
}

// primary returns the primary subtag of a BCP 47 tag in lower case, "" for what is no tag.
func primary(tag string) string {
	tag = strings.ToLower(strings.TrimSpace(tag))
	if i := strings.IndexAny(tag, "-_"); i >= 0 {
		tag = tag[:i]
	}
	if len(tag) < 2 || len(tag) > 3 || strings.Trim(tag, "abcdefghijklmnopqrstuvwxyz") != "" || tag == "und" || tag == "mul" {
		return ""
	}
	switch tag {
	case "iw":
		return "he"
	case "in":
		return "id"
	}
	return tag
}

// mainScript returns the ISO 15924 name of the script most letters of s belong to; "Jpan" for Han with kana.
func mainScript(s string) string {
	counts := make(map[string]int)
	for _, r := range s {
		if name := scriptOf(r); name != "" {
			counts[name]++
		}
	}
	if kana := counts["Kana"]; kana > 0 {
		if kana*8 >= counts["Hani"] {
			counts["Jpan"] = kana + counts["Hani"]
			delete(counts, "Hani")
		}
		delete(counts, "Kana")
	}
	best := ""
	for name, n := range counts {
		// One Han character says as much as several letters, so a Chinese line full of foreign names stays Chinese.
		if weigh(name, n) > weigh(best, counts[best]) || weigh(name, n) == weigh(best, counts[best]) && name < best {
			best = name
		}
	}
	return best
}

func weigh(script string, n int) int {
	if script == "Hani" || script == "Jpan" || script == "Hang" {
		return 3 * n
	}
	return n
}

func scriptOf(r rune) string {
	switch {
	case r < 0x80:
		if c := r | 0x20; c >= 'a' && c <= 'z' {
			return "Latn"
		}
		return ""
	case !unicode.IsLetter(r):
		return ""
	}
	for _, s := range scripts {
		if unicode.Is(s.table, r) {
			return s.name
		}
	}
	return "Zyyy"
}

var scripts = []struct {
	name  string
	table *unicode.RangeTable
}{
	{"Arab", unicode.Arabic}, {"Latn", unicode.Latin}, {"Cyrl", unicode.Cyrillic}, {"Hani", unicode.Han}, {"Kana", unicode.Hiragana},
	{"Kana", unicode.Katakana}, {"Hang", unicode.Hangul}, {"Hebr", unicode.Hebrew}, {"Grek", unicode.Greek}, {"Deva", unicode.Devanagari},
	{"Thai", unicode.Thai}, {"Armn", unicode.Armenian}, {"Geor", unicode.Georgian}, {"Beng", unicode.Bengali}, {"Taml", unicode.Tamil},
	{"Ethi", unicode.Ethiopic},
}

// languageOf names the language that a script stands for when nothing else is known.
var languageOf = map[string]string{
	"Hani": "zh", "Jpan": "ja", "Hang": "ko", "Hebr": "he", "Grek": "el", "Deva": "hi", "Thai": "th", "Armn": "hy", "Geor": "ka",
	"Beng": "bn", "Taml": "ta", "Ethi": "am",
}

// scriptsOf lists the scripts of languages that are not written in Latin letters.
var scriptsOf = map[string]string{
	"ar": "Arab", "fa": "Arab", "ur": "Arab", "ps": "Arab", "ckb": "Arab", "sd": "Arab", "ug": "Arab", "ku": "Arab Latn",
	"he": "Hebr", "yi": "Hebr", "ru": "Cyrl", "uk": "Cyrl", "be": "Cyrl", "bg": "Cyrl", "mk": "Cyrl", "sr": "Cyrl Latn", "kk": "Cyrl Latn",
	"ky": "Cyrl", "tg": "Cyrl", "mn": "Cyrl", "tt": "Cyrl", "uz": "Latn Cyrl", "az": "Latn Cyrl", "zh": "Hani", "yue": "Hani", "ja": "Jpan Hani",
	"ko": "Hang Hani", "el": "Grek", "hi": "Deva", "mr": "Deva", "ne": "Deva", "th": "Thai", "hy": "Armn", "ka": "Geor", "bn": "Beng", "ta": "Taml",
	"am": "Ethi", "ti": "Ethi",
}

func writtenIn(lang, script string) bool {
	names, ok := scriptsOf[lang]
	if !ok {
		return script == "Latn"
	}
	return strings.Contains(names, script)
}

// letters are those that one language of a script uses and its neighbours don't.
type letters struct {
	lang  string
	only  string
	words map[string]bool
}

var arabicLetters = []letters{
	{"ar", "ةىأإيكؤ", set(`في من على أن إلى عن التي الذي هذا هذه بعد قال مع`)},
	{"fa", "پچژگیک", set(`در به از که این را با است برای آن شد کرد می های`)},
	{"ur", "ٹڈڑںےہھگکی", set(`کے میں کی ہے کا نے سے اور کو پر ہیں`)},
	{"ps", "ټډړښځڅېۍڼ", set(`په د چې کې او له دی`)},
	{"ckb", "ێۆڵڕەک", set(`لە بە کە ئەو بۆ`)},
}

var cyrillicLetters = []letters{
	{"ru", "ыэъё", set(`и в не на что с по из за как к о от у для при это`)},
	{"uk", "іїєґ", set(`і в на що з до та за про від у`)},
	{"be", "ўі", set(`і ў на што з да пра`)},
	{"bg", "ъ", set(`на и да е за от се в по са като че`)},
	{"sr", "јљњђћџ", set(`је и у на да се за од су`)},
	{"mk", "ѓќѕј", set(`на и во се да за од ќе е`)},
}

// byLetters returns the language whose letters and words s has most of; a word counts as four letters. other is returned when
// nothing speaks for any.
func byLetters(s string, table []letters, other string) string {
	s = strings.ToLower(s)
	words := strings.FieldsFunc(s, func(r rune) bool { return !isWordRune(r) })
	best, most := other, 0
	for _, l := range table {
		n := 0
		for _, r := range s {
			if strings.ContainsRune(l.only, r) {
				n++
			}
		}
		for _, w := range words {
			if l.words[w] {
				n += 4
			}
		}
		if n > most {
			best, most = l.lang, n
		}
	}
	return best
}

// latinLanguage tells the language of a text in Latin letters by its frequent words, then by its letters; "" when two
// languages have equal claims.
func latinLanguage(s string) string {
	s = strings.ToLower(s)
	scores := make([]int, len(latinLetters))
	for word := range strings.FieldsFuncSeq(s, func(r rune) bool { return !isWordRune(r) }) {
		for i := range latinLetters {
			if latinLetters[i].words[word] {
				scores[i] += 3
			}
		}
	}
	for _, r := range s {
		if r < 0x80 {
			continue
		}
		for i := range latinLetters {
			if strings.ContainsRune(latinLetters[i].only, r) {
				scores[i] += 2
			}
		}
	}
	best, tie := 0, true
	for i, n := range scores {
		if n > scores[best] || i == 0 {
			best, tie = i, n == 0
		} else if n == scores[best] {
			tie = true
		}
	}
	if tie {
		return ""
	}
	return latinLetters[best].lang
}

var latinLetters = []letters{
	{"en", "", set(`the of to and in is was for on that with by at from as it he she they his her has have had will be been are were
		an this which who after over not but about says said new us uk calls during against into their we what how why when know amid s`)},
	{"de", "ßäöü", set(`der die das und ist im in den dem des ein eine einen einem zu zum zur nach mit von vom für auf bei wird werden
		wurde hat haben sich nicht auch als an aus um über vor gegen sind er sie es durch unter will nur dass`)},
	{"fr", "œêèàçëîâ", set(`le la les de des du un une et est en dans à au aux pour par sur que qui ce cette il elle ne pas plus avec son sa
		ses d l qu après entre selon contre sont a été mais ou leur`)},
	{"es", "ñ¿¡óíáú", set(`el la los las de del y en un una que por con para se su sus al es como más lo no ha han fue tras sobre entre
		este esta pero según desde hasta son contra a`)},
	{"tr", "ğışçİ", set(`ve bir bu için ile olarak da de olan daha çok sonra kadar en ne gibi ya oldu olduğu dedi açıkladı üzerine karşı etti
		edildi göre yeni ilk türkiye`)},
	{"nl", "ĳ", set(`de het een en van in is op te dat die voor met zijn aan niet er om ook als bij naar uit door over wordt worden werd
		heeft hebben tot maar nog na geen tegen kan zegt jaar`)},
	{"it", "ìò", set(`il lo la i gli le di del della dei delle e è in un una che per con non si da dal dalla al alla nel nella sono ha hanno
		come più anche dopo su sul tra contro ma`)},
	{"pt", "ãõ", set(`o a os as de do da dos das e em no na nos nas um uma que por para com não se ao à são foi é mais como após sobre
		entre até mas pelo pela diz`)},
	{"pl", "łąęńśźżć", set(`w i na z do nie że się to jest o od po za dla przez jak oraz są był było ale przed przy pod jego we ze tym nowy zł roku`)},
}
