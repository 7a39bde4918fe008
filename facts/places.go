package facts

import (
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// capitals stand for their countries, as newsrooms use them. Names that also mean something else in one of the languages
// are left out.
var capitals = map[string]string{
	"AE": "Abu Dhabi|أبوظبي|أبو ظبي|Dubai|دبي", "AF": "Kabul|كابول|کابل", "AT": "Vienna|Wien|Vienne|فيينا", "AM": "Yerevan|يريفان", "AZ": "Baku|باكو",
	"BE": "Brussels|Bruxelles|Brüssel|Brussel|بروكسل", "BH": "Manama|المنامة", "BR": "Brasilia|برازيليا", "BY": "Minsk|Минск|مينسك", "CA": "Ottawa|أوتاوا",
	"CH": "Bern|Geneva|Genève|Genf|جنيف", "CN": "Beijing|Pekin|Pékin|Peking|بكين|پکن|Пекин|北京", "CU": "Havana|هافانا", "DE": "Berlin|برلين|Берлин|柏林",
	"DZ": "Algiers|Alger", "EG": "Cairo|Le Caire|Kairo|القاهرة|قاهره|קהיר|Kahire|Каир|开罗", "ES": "Madrid|مدريد", "ET": "Addis Ababa|أديس أبابا", "FR": "Paris|باريس|Париж|巴黎",
	"GB": "London|Londres|لندن|Лондон|伦敦|Londra|Londen", "GR": "Athens|أثينا", "HU": "Budapest|بودابست", "ID": "Jakarta|جاكرتا", "IE": "Dublin|دبلن",
	"IL": "Tel Aviv|تل أبيب|תל אביב|Тель Авив|特拉维夫", "IN": "New Delhi|نيودلهي", "IQ": "Baghdad|Bagdad|بغداد|בגדד|Bağdat|Багдад|巴格达|Erbil|أربيل|Basra|البصرة",
	"IR": "Tehran|Téhéran|Teheran|طهران|تهران|טהרן|Tahran|Тегеран|德黑兰", "IT": "Rome|Rom|روما", "JO": "Amman", "JP": "Tokyo|طوكيو|Токио|东京|東京", "KE": "Nairobi|نيروبي",
	"KP": "Pyongyang|بيونغ يانغ", "KR": "Seoul|Сеул|首尔", "KW": "Kuwait City|مدينة الكويت", "LB": "Beirut|Beyrouth|بيروت|ביירות|Beyrut|Бейрут|贝鲁特", "LY": "Tripoli|طرابلس|Benghazi|بنغازي",
	"MA": "Rabat|الرباط", "MX": "Mexico City|Ciudad de México", "NG": "Abuja|أبوجا", "NL": "The Hague|La Haye|Den Haag|لاهاي|Amsterdam", "NO": "Oslo|أوسلو", "OM": "Muscat|مسقط",
	"PK": "Islamabad|إسلام آباد", "PL": "Warsaw|Varsovie|Warschau|وارسو", "PS": "Gaza|غزة|غزه|עזה|Gazze|Газа|加沙|Ramallah|رام الله|West Bank|الضفة الغربية", "PT": "Lisbon|Lisboa",
	"QA": "Doha|الدوحة|دوحه|דוחא|Доха|多哈", "RO": "Bucharest|بوخارست", "RS": "Belgrade|بلغراد", "RU": "Moscow|Moscou|Moskau|Moscú|موسكو|مسکو|מוסקבה|Moskova|Москв*|莫斯科|Kremlin|الكرملين",
	"SA": "Riyadh|Riad|الرياض|ریاض|Riyad|Эр Рияд|利雅得|Jeddah|جدة", "SD": "Khartoum|الخرطوم", "SE": "Stockholm|ستوكهولم", "SO": "Mogadishu|مقديشو", "SY": "Damascus|Damas|Damaskus|دمشق|דמשק|Şam|Дамаск|大马士革",
	"TN": "Tunis", "TR": "Ankara|أنقرة|آنکارا|Анкара|安卡拉|Istanbul|إسطنبول|İstanbul", "UA": "Kyiv|Kiev|Kiew|كييف|Киев*|Київ|基辅", "US": "Washington|واشنطن|واشینگتن|וושינגטון|Вашингтон|华盛顿|White House|البيت الأبيض",
	"VE": "Caracas|كراكاس", "YE": "Sanaa|صنعاء|Aden", "ZA": "Pretoria|بريتوريا",
}

// shortNames are names of countries that the common data does not print the way newsrooms do.
var shortNames = map[string]string{
	"US": "United States|USA|U.S.|US|الولايات المتحدة|أمريكا|أميركا|États Unis|Vereinigten Staaten|Vereinigte Staaten|Estados Unidos|EE UU|ABD|ארצות הברית|ארה ב|США|آمریکا|ایالات متحده|VS|Verenigde Staten",
	"GB": "Britain|UK|بريطانيا|Großbritannien|Grande Bretagne|Gran Bretaña|İngiltere|בריטניה|Великобритани*|بریتانیا|انگلیس", "AE": "UAE|الإمارات|Émirats|Emirate|BAE|ОАЭ|阿联酋",
	"RU": "روسيا|روسیه", "SA": "السعودية|عربستان|Suudi Arabistan|沙特", "SY": "سوريا|سورية", "PS": "Palestine|فلسطين|Palästina|Palestina", "CZ": "التشيك", "KR": "South Korea|كوريا الجنوبية", "KP": "North Korea|كوريا الشمالية",
	"CD": "DR Congo|Congo", "TR": "تركيا|Türkiye|Turkey", "CN": "الصين", "HK": "Hong Kong|هونغ كونغ|香港", "IL": "Израил*|Israël", "EG": "Египт*", "IR": "Иран*", "IQ": "Ирак*", "LB": "Ливан*", "QA": "Катар*|קטר", "UA": "Украин*",
}

// ambiguous are country names that are common words in the language named.
var ambiguous = map[string]string{"en": "chad jersey guernsey turkey georgia", "ar": "عمان مالي توغو", "fr": "tchad", "ru": "того", "tr": "çad mali fas", "es": "mali", "de": "mali", "nl": "mali", "fa": "مالی چاد", "he": "מאלי", "zh": ""}

var places = sync.OnceValue(func() map[string]*index[string] {
	shared := newIndex[string]()
	for code, names := range capitals {
		shared.add(names, code)
	}
	for code, names := range shortNames {
		shared.add(names, code)
	}
	all := map[string]*index[string]{"": shared}
	for lang := range tables {
		x := newIndex[string]()
		namer := display.Regions(language.MustParse(lang))
		common := strings.Fields(ambiguous[lang])
		for _, code := range countryCodes() {
			name := namer.Name(language.MustParseRegion(code))
			if name == "" || isOneOf(common, name) {
				continue
			}
			name, _, _ = strings.Cut(name, " (")
			x.add(name, code)
		}
		all[lang] = x
	}
	return all
})

func isOneOf(common []string, name string) bool {
	for _, c := range common {
		if strings.EqualFold(c, name) {
			return true
		}
	}
	return false
}

// countryCodes lists the codes of ISO 3166-1 that x/text knows as countries.
func countryCodes() []string {
	var codes []string
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string(a) + string(b)
			if r, err := language.ParseRegion(code); err == nil && r.IsCountry() && r.String() == code && r.Canonicalize() == r {
				codes = append(codes, code)
			}
		}
	}
	return codes
}

// placesIn finds countries and capitals by their names in the sentence's language.
func placesIn(s *scanned, lang string) []Place {
	all := places()
	tables := []*index[string]{all[""]}
	if x := all[lang]; x != nil {
		tables = append(tables, x)
	}
	var found []Place
	for i := 0; i < len(s.words); i++ {
		best, length := "", 0
		for _, x := range tables {
			if code, n := x.at(s, i); n > length {
				best, length = code, n
			}
		}
		if length == 0 || abbreviationInLowerCase(s, i, length) || describes(s, i, length) {
			continue
		}
		found = append(found, Place{Text: s.bare(i, i+length), Country: best})
		i += length - 1
	}
	return found
}

// describes reports whether a short name of a country says whose office follows rather than where: "US Secretary of State",
// "UK officials".
func describes(s *scanned, i, n int) bool {
	printed := strings.ReplaceAll(s.words[i].printed, ".", "")
	if n != 1 || len(printed) > 3 || printed != strings.ToUpper(printed) || i+1 >= len(s.words) || !s.together(i+1) {
		return false
	}
	next := s.words[i+1]
	return capitalised(next.printed) || titles[next.folded] || titles[strings.TrimSuffix(next.folded, "s")]
}

// bare is span without the "and" that Arabic writes onto a name.
func (s *scanned) bare(i, j int) string {
	printed := s.span(i, j)
	w := s.words[i]
	if rest, ok := strings.CutPrefix(printed, "و"); ok && w.stem != w.folded && w.stem+"" == strings.TrimPrefix(w.folded, "و") {
		return rest
	}
	return printed
}

// abbreviationInLowerCase keeps "us" and "vs" from being countries.
func abbreviationInLowerCase(s *scanned, i, n int) bool {
	printed := s.words[i].printed
	return n == 1 && len(printed) <= 3 && printed == strings.ToLower(printed) && printed != strings.ToUpper(printed)
}
