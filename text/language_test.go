package text

import "testing"

func TestHeadlinesTellTheirLanguage(t *testing.T) {
	for headline, want := range map[string]string{
		"وزير الخارجية يصل إلى القاهرة مساء الثلاثاء":            "ar",
		"مقتل ١٢ شخصاً في انهيار مبنى":                           "ar",
		"سفر وزیر خارجه به تهران لغو شد":                         "fa",
		"زلزله شدید در غرب کشور، ده‌ها نفر زخمی شدند":            "fa",
		"وزیر خارجہ منگل کو قاہرہ کا دورہ کریں گے":               "ur",
		"בניין קרס במרכז העיר, שלושה נפצעו":                      "he",
		"Министр вылетел в Каир, переговоры начнутся во вторник": "ru",
		"Міністр закордонних справ прибув до Києва":              "uk",
		"外长周二访问开罗":                                                      "zh",
		"外交部長將於週二訪問開羅，隨後前往多哈":                                           "zh",
		"外相、火曜日にカイロ訪問へ":                                                 "ja",
		"외교부 장관, 화요일 카이로 방문":                                            "ko",
		"Ο υπουργός ταξιδεύει στο Κάιρο":                                "el",
		"विदेश मंत्री मंगलवार को काहिरा जाएंगे":                         "hi",
		"Foreign minister to visit Cairo on Tuesday":                    "en",
		"Two people killed after bridge collapses in the north":         "en",
		"Außenminister reist am Dienstag nach Kairo":                    "de",
		"Zwei Tote bei Brand in einem Wohnhaus":                         "de",
		"Le ministre des affaires étrangères se rend au Caire":          "fr",
		"Incendie dans une usine : deux blessés":                        "fr",
		"El ministro viajará a El Cairo el martes":                      "es",
		"Dos muertos en un incendio en el centro de la ciudad":          "es",
		"Dışişleri Bakanı salı günü Kahire'ye gidiyor":                  "tr",
		"Depremde iki kişi öldü, çok sayıda yaralı var":                 "tr",
		"Minister reist dinsdag naar Caïro voor overleg":                "nl",
		"Twee doden bij brand in een flat, politie zoekt naar getuigen": "nl",
		"Il ministro degli Esteri vola al Cairo per i colloqui":         "it",
		"Ministro viaja ao Cairo na terça-feira para negociações":       "pt",
		"Minister spraw zagranicznych jedzie we wtorek do Kairu":        "pl",
		"12:30":      "",
		"":           "",
		"Cairo Doha": "",
		"部长周二在开罗会见 Antony Blinken": "zh",
	} {
		if got := Language(headline, ""); got != want {
			t.Errorf("Language(%q) = %q, want %q", headline, got, want)
		}
	}
}

func TestAHintIsBelievedWhileTheScriptAgrees(t *testing.T) {
	const arabic, english, chinese, serbian = "وزير الخارجية يصل إلى القاهرة", "Minister to visit Cairo on Tuesday", "外长访问开罗", "Министар стиже у Београд"
	for _, c := range []struct{ text, hint, want string }{
		{arabic, "ar-IQ", "ar"},
		{arabic, "en-US", "ar"},
		{arabic, "ckb", "ckb"},
		{english, "en", "en"},
		{english, "AR", "en"},
		{"Ministern reser till Kairo", "sv_SE", "sv"},
		{chinese, "zh-Hant-HK", "zh"},
		{chinese, "ja", "ja"},
		{serbian, "sr", "sr"},
		{"", "fa", "fa"},
		{"2024", "iw", "he"},
		{english, "und", "en"},
		{english, "<script>", "en"},
		{english, "english language", "en"},
	} {
		if got := Language(c.text, c.hint); got != c.want {
			t.Errorf("Language(%q, %q) = %q, want %q", c.text, c.hint, got, c.want)
		}
	}
}

func TestDirectionFollowsMostLetters(t *testing.T) {
	for s, want := range map[string]string{
		"":                      "ltr",
		"2024":                  "ltr",
		"Minister visits Cairo": "ltr",
		"الوزير يزور القاهرة":   "rtl",
		"iPhone 15 يصل إلى الأسواق غداً": "rtl",
		"He said «لا»": "ltr",
		"אב ab":        "rtl",
		"ab אב":        "ltr",
		"١٢٣ 部长":       "ltr",
		"ދިވެހި":       "rtl",
	} {
		if got := Direction(s); got != want {
			t.Errorf("Direction(%q) = %q, want %q", s, got, want)
		}
	}
}

func TestDirectionOfKnowsTheLanguagesWrittenFromTheRight(t *testing.T) {
	for lang, want := range map[string]string{"ar": "rtl", "fa-IR": "rtl", "he": "rtl", "ur": "rtl", "ckb": "rtl", "iw": "rtl", "en": "ltr", "zh": "ltr", "": "ltr"} {
		if got := DirectionOf(lang); got != want {
			t.Errorf("DirectionOf(%q) = %q, want %q", lang, got, want)
		}
	}
}
