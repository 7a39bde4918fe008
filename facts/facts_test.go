package facts

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// baghdad is where the desk of most tests sits, three hours ahead of UTC.
var baghdad = time.FixedZone("Baghdad", 3*3600)

// monday is the day the sentences were written on: 12 August 2024.
var monday = time.Date(2024, 8, 12, 9, 30, 0, 0, baghdad)

func TestFiguresAndWhatTheyCount(t *testing.T) {
	type figure struct {
		value float64
		role  string
	}
	for _, c := range []struct {
		lang, sentence string
		want           []figure
	}{
		{"en", "The storm killed two people and injured 16 in the harbour.", []figure{{2, "killed"}, {16, "injured"}}},
		{"en", "At least 19 people died when a quake of magnitude 6.1 struck.", []figure{{19, "killed"}, {6.1, ""}}},
		{"en", "The bridge cost $3.7bn, up from 1,200 million.", []figure{{3.7e9, "money"}, {1.2e9, ""}}},
		{"en", "Turnout rose by 4.5 % to twelve million votes.", []figure{{4.5, "percent"}, {12e6, "votes"}}},
		{"en", "Police arrested eleven people.", []figure{{11, "arrested"}}},
		{"ar", "قُتل 34 شخصاً وفُقد 7 آخرون في السيول.", []figure{{34, "killed"}, {7, "missing"}}},
		{"ar", "أسفر الهجوم عن إصابة خمسة جنود.", []figure{{5, "injured"}}},
		{"ar", "ارتفعت الحصيلة إلى ٣٤ قتيلاً و٧ مفقودين.", []figure{{34, "killed"}, {7, "missing"}}},
		{"ar", "خصصت الحكومة ثلاثة ملايين دولار للمتضررين.", []figure{{3e6, "money"}}},
		{"fa", "در این حادثه ۱۲ نفر کشته شدند.", []figure{{12, "killed"}}},
		{"he", "בתאונה נהרגו 4 בני אדם.", []figure{{4, "killed"}}},
		{"fr", "L'accident a fait trois morts et 17 blessés.", []figure{{3, "killed"}, {17, "injured"}}},
		{"de", "Bei dem Unglück kamen zwei Menschen ums Leben, 17 wurden verletzt.", []figure{{2, "killed"}, {17, "injured"}}},
		{"es", "El derrumbe dejó cinco muertos y 1.200 heridos.", []figure{{5, "killed"}, {1200, "injured"}}},
		{"tr", "Kazada 3 kişi öldü, 8 kişi yaralandı.", []figure{{3, "killed"}, {8, "injured"}}},
		{"ru", "Шесть человек получили травмы.", []figure{{6, "injured"}}},
		{"nl", "Bij het ongeluk vielen drie doden en 9 gewonden.", []figure{{3, "killed"}, {9, "injured"}}},
		{"zh", "大火造成36人死亡，279人失踪。", []figure{{36, "killed"}, {279, "missing"}}},
	} {
		var got []figure
		for _, f := range Find(c.sentence, c.lang, monday).Figures {
			got = append(got, figure{f.Value, f.Role})
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %s\n got %v\nwant %v", c.lang, c.sentence, got, c.want)
		}
	}
}

func TestTimesAreResolvedFromTheDayOfTheArticle(t *testing.T) {
	for _, c := range []struct{ lang, sentence, from, to, part string }{
		{"en", "He plans to leave on Tuesday evening.", "2024-08-13 18:00", "2024-08-14 00:00", "evening"},
		{"en", "The talks broke down on Saturday.", "2024-08-10 00:00", "2024-08-11 00:00", ""},
		{"en", "The summit is due to open on 3 September.", "2024-09-03 00:00", "2024-09-04 00:00", ""},
		{"en", "It was signed on January 5, 2023.", "2023-01-05 00:00", "2023-01-06 00:00", ""},
		{"en", "She will speak tomorrow.", "2024-08-13 00:00", "2024-08-14 00:00", ""},
		{"en", "They will return next Monday morning.", "2024-08-12 05:00", "2024-08-12 12:00", "morning"},
		{"ar", "يعتزم التوجه إلى المنطقة مساء الثلاثاء.", "2024-08-13 18:00", "2024-08-14 00:00", "evening"},
		{"ar", "جرى الاتصال يوم الأحد.", "2024-08-11 00:00", "2024-08-12 00:00", ""},
		{"ar", "تعقد الجلسة في 4-9-2024.", "2024-09-04 00:00", "2024-09-05 00:00", ""},
		{"ar", "ويدخل الاتفاق حيز التنفيذ في الأول من أيلول.", "2024-09-01 00:00", "2024-09-02 00:00", ""},
		{"ar", "وقع الانفجار في الثالث من شهر تموز.", "2024-07-03 00:00", "2024-07-04 00:00", ""},
		{"fr", "Le texte entrera en vigueur le 1er septembre.", "2024-09-01 00:00", "2024-09-02 00:00", ""},
		{"de", "Das Treffen ist für Freitag geplant.", "2024-08-16 00:00", "2024-08-17 00:00", ""},
		{"de", "Die Wahl findet am 22. September statt.", "2024-09-22 00:00", "2024-09-23 00:00", ""},
		{"es", "La visita está prevista para el 2 de septiembre.", "2024-09-02 00:00", "2024-09-03 00:00", ""},
		{"ru", "Встреча состоится 5 сентября.", "2024-09-05 00:00", "2024-09-06 00:00", ""},
		{"tr", "Görüşme 5 Eylül tarihinde yapılacak.", "2024-09-05 00:00", "2024-09-06 00:00", ""},
		{"zh", "會議將於9月5日舉行。", "2024-09-05 00:00", "2024-09-06 00:00", ""},
	} {
		got := Find(c.sentence, c.lang, monday).Times
		if len(got) != 1 {
			t.Errorf("%s: %s: %d times, want one", c.lang, c.sentence, len(got))
			continue
		}
		const layout = "2006-01-02 15:04"
		if got[0].From.Format(layout) != c.from || got[0].To.Format(layout) != c.to || got[0].Part != c.part {
			t.Errorf("%s: %s\n got %s to %s %q\nwant %s to %s %q", c.lang, c.sentence, got[0].From.Format(layout), got[0].To.Format(layout), got[0].Part, c.from, c.to, c.part)
		}
		if got[0].From.Location() != baghdad {
			t.Errorf("%s: the day is not one of the reader's zone", c.sentence)
		}
	}
}

func TestWhatLooksLikeATimeAndIsNone(t *testing.T) {
	for _, sentence := range []string{"The glacier has lost 1914 metres.", "Version 1.2.3 of the plan was shown.", "On 31 April nothing happens, as 31 4 2024 shows."} {
		if got := Find(sentence, "en", monday).Times; len(got) != 0 {
			t.Errorf("%s: %+v", sentence, got)
		}
	}
}

func TestPlacesAreCountriesByNameAndCapital(t *testing.T) {
	for _, c := range []struct {
		lang, sentence string
		want           []string
	}{
		{"en", "He will visit Qatar, Egypt and Israel.", []string{"QA", "EG", "IL"}},
		{"en", "US Secretary of State Antony Blinken left for Doha.", []string{"QA"}},
		{"en", "The US and Iran resumed talks in Vienna; tell us more.", []string{"US", "IR", "AT"}},
		{"ar", "تشمل الجولة قطر ومصر وإسرائيل.", []string{"QA", "EG", "IL"}},
		{"ar", "وصل الوزير إلى بغداد قادما من الدوحة.", []string{"IQ", "QA"}},
		{"ar", "ضربت سيول جارفة الوادي.", nil},
		{"fr", "Il se rendra en Égypte puis au Qatar.", []string{"EG", "QA"}},
		{"de", "Die Reise führt nach Ägypten und Katar.", []string{"EG", "QA"}},
		{"es", "Viajará a Egipto y a Catar.", []string{"EG", "QA"}},
		{"ru", "Он посетит Египет и Катар.", []string{"EG", "QA"}},
		{"tr", "Mısır ve Katar ziyaret edilecek.", []string{"EG", "QA"}},
		{"he", "הוא יבקר במצרים ובקטר.", []string{"EG", "QA"}},
		{"fa", "او به مصر و قطر سفر خواهد کرد.", []string{"EG", "QA"}},
		{"zh", "他将访问埃及和卡塔尔。", []string{"EG", "QA"}},
		{"nl", "Hij reist naar Egypte en Qatar.", []string{"EG", "QA"}},
	} {
		if got := Find(c.sentence, c.lang, monday).Countries(); !slices.Equal(got, c.want) {
			t.Errorf("%s: %s\n got %v\nwant %v", c.lang, c.sentence, got, c.want)
		}
	}
	for _, p := range Find("تشمل الجولة قطر ومصر وإسرائيل.", "ar", monday).Places {
		if strings.HasPrefix(p.Text, "و") {
			t.Errorf("the place %q has kept its particle", p.Text)
		}
	}
}

func TestNames(t *testing.T) {
	for _, c := range []struct {
		lang, sentence string
		want           []string
	}{
		{"en", "Yesterday Secretary of State Antony Blinken met Lina Dorvat.", []string{"Antony Blinken", "Lina Dorvat"}},
		{"en", "Officials said on Tuesday that nothing was known.", nil},
		{"ar", "أجرى وزير الخارجية الأميركي أنتوني بلينكن اتصالا.", []string{"أنتوني بلينكن"}},
		{"ar", "قال رئيس الوزراء العراقي محمد شياع السوداني إن بلاده ترفض ذلك.", []string{"محمد شياع السوداني"}},
		{"de", "Die Polizei sperrte die Straße, sagte Bürgermeister Karl Ehrenfeld.", []string{"Karl Ehrenfeld"}},
	} {
		var got []string
		for _, n := range Find(c.sentence, c.lang, monday).Names {
			got = append(got, n.Text)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %s\n got %q\nwant %q", c.lang, c.sentence, got, c.want)
		}
	}
}

func TestSkeletonIsAlikeOverScripts(t *testing.T) {
	for _, same := range [][]string{{"Blinken", "بلينكن", "Блинкен"}, {"Sudani", "السوداني", "Судани"}, {"Lavrov", "لافروف", "Лавров"}} {
		for _, name := range same[1:] {
			if Skeleton(name) != Skeleton(same[0]) {
				t.Errorf("%s is %q, %s is %q", same[0], Skeleton(same[0]), name, Skeleton(name))
			}
		}
	}
	if Skeleton("Blinken") == Skeleton("Lavrov") {
		t.Error("two names are one")
	}
}

func TestTriggersInEveryLanguage(t *testing.T) {
	for _, c := range []struct {
		lang, sentence string
		want           Trigger
	}{
		{"en", "He intends to visit the region.", Plan}, {"en", "The trip was postponed.", Postpone}, {"en", "The match was called off.", Cancel},
		{"en", "The ministry denied the report.", Deny}, {"en", "The court suspended the law.", Reverse}, {"en", "Correction: the vote was on Monday.", Correct},
		{"en", "In 2019 the line had been renewed.", Background}, {"en", "The officer declined to comment.", NoComment},
		{"ar", "يعتزم الوزير زيارة المنطقة.", Plan}, {"ar", "أرجأ الوزير جولته.", Postpone}, {"ar", "ألغت الشركة رحلاتها.", Cancel}, {"ar", "نفت الوزارة النبأ.", Deny},
		{"ar", "وأعادت السلطات فتح الطريق.", Reverse}, {"ar", "تصحيح: جرى الاتصال صباحا.", Correct}, {"ar", "ويرى مراقبون أن القرار متأخر.", Background},
		{"ar", "ورفضت الوزارة التعليق.", NoComment}, {"ar", "اقرأ أيضا: أسعار الذهب اليوم", Furniture},
		{"fa", "وزیر قصد دارد به منطقه سفر کند.", Plan}, {"fa", "این سفر به تعویق افتاد.", Postpone},
		{"fr", "Le ministre prévoit de se rendre sur place.", Plan}, {"fr", "Le voyage est reporté.", Postpone}, {"fr", "Le concert est annulé.", Cancel}, {"fr", "Le ministère dément.", Deny},
		{"de", "Der Minister plant eine Reise.", Plan}, {"de", "Die Reise wird verschoben.", Postpone}, {"de", "Das Spiel wurde abgesagt.", Cancel}, {"de", "Die Strecke war 2019 modernisiert worden.", Background},
		{"es", "El viaje fue aplazado.", Postpone}, {"es", "El gobierno desmiente la noticia.", Deny},
		{"he", "הנסיעה נדחתה.", Postpone}, {"he", "המשרד הכחיש את הידיעה.", Deny},
		{"tr", "Gezi ertelendi.", Postpone}, {"ru", "Поездку отложили.", Postpone}, {"ru", "Министерство опровергло сообщение.", Deny},
		{"zh", "会议推迟举行。", Postpone}, {"zh", "比赛取消。", Cancel}, {"nl", "De reis is uitgesteld.", Postpone},
	} {
		if got := Find(c.sentence, c.lang, monday); !got.Has(c.want) {
			t.Errorf("%s: %s: %v, want %s", c.lang, c.sentence, got.Triggers, c.want)
		}
	}
}

func TestTriggersThatAreNotMeant(t *testing.T) {
	for _, c := range []struct {
		lang, sentence string
		not            Trigger
	}{
		{"en", "The minister asked everybody to share the cost of the new dam with the people downstream of it.", Furniture},
		{"en", "Residents watch the river closely because the views of the experts on the flood differ a great deal.", Furniture},
		{"en", "The company sold 1914 tractors.", Background},
		{"ar", "قالت الشركة إنها شارك في تدريبها مهندسون من ثلاث دول وإن العمل فيها سيستمر حتى نهاية العام الحالي", Furniture},
	} {
		if got := Find(c.sentence, c.lang, monday); got.Has(c.not) {
			t.Errorf("%s: taken for %s", c.sentence, c.not)
		}
	}
}

func TestQuotesAreThreeWordsOrLonger(t *testing.T) {
	for sentence, want := range map[string]int{
		`He called it "a first step, not the last".`: 1, `The "deal" is off.`: 0, "قال إن «الفجوات كبيرة ويمكن ردمها».": 1,
		"Er sagte: „Wir geben nicht nach.“": 1, "她说：「我们不会让步」。": 1, `An open " quote`: 0,
	} {
		if got := Find(sentence, "", monday).Quoted; len(got) != want {
			t.Errorf("%s: %q", sentence, got)
		}
	}
}

func TestStem(t *testing.T) {
	for word, want := range map[string]string{"ومصر": "مصر", "والوزير": "وزير", "بالعراق": "عراق", "للعراق": "عراق", "قطر": "قطر", "london": "london"} {
		if got := Stem(word); got != want {
			t.Errorf("Stem(%s) = %s, want %s", word, got, want)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{"He leaves on 13 August 2024 at 16:00 for $3.7bn.", "قُتل 34 شخصاً وفُقد ٧ آخرون مساء الثلاثاء.", "大火造成36人死亡", "4-6-2026", "\"«", "و٧"} {
		f.Add(s, "ar")
		f.Add(s, "")
	}
	f.Fuzz(func(t *testing.T, sentence, lang string) {
		found := Find(sentence, lang, monday)
		for _, x := range found.Figures {
			if !strings.Contains(sentence, x.Text) {
				t.Errorf("the figure %q is not in the sentence", x.Text)
			}
		}
		for _, x := range found.Times {
			if !x.From.IsZero() && !x.To.After(x.From) {
				t.Errorf("the time %q ends before it begins", x.Text)
			}
		}
	})
}

func BenchmarkFind(b *testing.B) {
	for b.Loop() {
		Find("وأبلغ بلينكن رئيس الوزراء العراقي أنه يعتزم القيام بجولة في الشرق الأوسط مساء الثلاثاء تشمل قطر ومصر وإسرائيل.", "ar", monday)
	}
}
