package main

import "github.com/storywatch/storywatch/story"

// demoStage is one thing that the sites publish, and what should be heard of it.
type demoStage struct {
	says   string
	pieces []piece
	dress  int    // 1: advertisements, boxes and links around the articles are exchanged
	kind   string // of the alert; "" when nothing new is known
}

func demoPapers() []*paper {
	return []*paper{
		{name: "rafidain-today", title: "الرافدين اليوم", lang: "ar", dir: "rtl", kind: "listing"},
		{name: "nahrain-agency", title: "وكالة نهرين", lang: "ar", dir: "rtl", kind: "feed"},
		{name: "harbour-wire", title: "The Harbour Wire", lang: "en", dir: "ltr", kind: "listing"},
	}
}

// dress is what surrounds an article without belonging to it.
type dress struct{ ad, related string }

func dresses(lang string) []dress {
	if lang == "ar" {
		return []dress{{"عروض الصيف على المكيفات", "اقرأ أيضا"}, {"اشتر هاتفك الجديد بالتقسيط", "الأكثر قراءة"}}
	}
	return []dress{{"Summer sale on fans and heaters", "More on this"}, {"Your next phone, in twelve payments", "Most read"}}
}

// demoArchive is what the sites hold when the daemon first looks: known, not news.
func demoArchive() []piece {
	return []piece{
		{
			archive: true, paper: "rafidain-today", path: "/news/embassy", title: "السفيرة الأميركية تزور جامعة بغداد",
			paragraphs: []string{
				"زارت السفيرة الأميركية في بغداد صباح اليوم جامعة بغداد والتقت عددا من الطلبة في كلية اللغات.",
				"وقالت السفيرة إن الوزير بلينكن يولي برامج التبادل الطلابي اهتماما كبيرا، وإن عدد المنح سيبقى كما كان في العام الماضي.",
			},
		},
		{
			archive: true, paper: "nahrain-agency", path: "/news/dollar", title: "استقرار سعر صرف الدولار في أسواق بغداد",
			paragraphs: []string{
				"استقرت أسعار صرف الدولار في أسواق العاصمة بغداد مع إغلاق البورصة الرئيسية مساء اليوم.",
				"وسجلت محال الصيرفة في مناطق الكرادة والمنصور أسعارا مقاربة لأسعار الأمس.",
			},
		},
		{
			archive: true, paper: "harbour-wire", path: "/news/grain", title: "Grain ships wait off the southern port",
			paragraphs: []string{
				"Nine ships with wheat are waiting off the southern port because two of its cranes are out of order, the harbour master said.",
				"Repairs are expected to take until the end of the month, and the ministry has hired a floating crane in the meantime.",
			},
		},
	}
}

// theCall is the article that is published first and edited later.
func theCall(toll string, tour bool) piece {
	p := piece{
		paper: "rafidain-today", path: "/news/call", title: "بلينكن يبحث مع السوداني هاتفيا التهدئة في المنطقة",
		paragraphs: []string{
			"بحث وزير الخارجية الأميركي أنتوني بلينكن في اتصال هاتفي مع رئيس الوزراء العراقي محمد شياع السوداني سبل خفض التصعيد في المنطقة.",
			"وقال المكتب الإعلامي لرئيس الوزراء إن السوداني شدد خلال الاتصال على رفض العراق أن تكون أراضيه ساحة لتصفية الحسابات.",
			"وتناول الاتصال الهجوم الصاروخي على قاعدة عين الأسد الذي أسفر عن إصابة " + toll + " جنود أميركيين.",
		},
	}
	if tour {
		p.paragraphs = append(p.paragraphs,
			"وأبلغ بلينكن رئيس الوزراء العراقي أنه يعتزم القيام بجولة في الشرق الأوسط مساء الثلاثاء تشمل قطر ومصر وإسرائيل.")
	}
	return p
}

// demoStages is the story: a call, a planned tour, its echoes, a correction, and the tour put off.
func demoStages() []demoStage {
	corrected := theCall("سبعة", true)
	corrected.paragraphs[2] += " وكانت الحصيلة السابقة خمسة جرحى."
	marks := theCall("خمسة", true)
	marks.paragraphs[1] = "وقال المكتب الإعلامي لرئيس الوزراء، إن السّوداني شدّد خلال الاتصال، على رفض العراق أن تكون أراضيه ساحة لتصفية الحسابات."
	return []demoStage{
		{
			says: "An Arabic paper reports a phone call.", pieces: []piece{theCall("خمسة", false)}, kind: string(story.NewDevelopment),
		},
		{
			says: "It adds a sentence: he means to tour Qatar, Egypt and Israel on Tuesday.", pieces: []piece{theCall("خمسة", true)},
			kind: string(story.PlannedEvent),
		},
		{
			says: "An Arabic agency carries the same news in its own words.",
			pieces: []piece{{
				paper: "nahrain-agency", path: "/news/tour", title: "وزير الخارجية الأميركي بلينكن يعتزم القيام بجولة شرق أوسطية تشمل قطر ومصر وإسرائيل",
				paragraphs: []string{
					"يعتزم وزير الخارجية الأميركي أنتوني بلينكن القيام مساء الثلاثاء بجولة في الشرق الأوسط تشمل إسرائيل ومصر وقطر.",
					"وبحث بلينكن في اتصال هاتفي مع رئيس الوزراء العراقي محمد شياع السوداني خفض التصعيد في المنطقة.",
				},
			}},
		},
		{
			says: "So does an English wire.",
			pieces: []piece{{
				paper: "harbour-wire", path: "/news/blinken-tour", title: "Blinken plans to visit Qatar, Egypt and Israel on Tuesday",
				paragraphs: []string{
					"US Secretary of State Antony Blinken plans to travel to Qatar, Egypt and Israel on Tuesday evening.",
				},
			}},
		},
		{
			says:   "Advertisements, clocks and link boxes change everywhere; commas and diacritics change in the first article.",
			pieces: []piece{marks}, dress: 1,
		},
		{
			says: "The first paper corrects a figure: seven wounded, not five.", pieces: []piece{corrected}, kind: string(story.NumberChange),
		},
		{
			says: "The agency reports that the tour is put off.",
			pieces: []piece{{
				paper: "nahrain-agency", path: "/news/postponed", title: "تأجيل جولة بلينكن في الشرق الأوسط إلى أجل غير مسمى",
				paragraphs: []string{
					"أعلنت الخارجية الأميركية تأجيل جولة وزير الخارجية أنتوني بلينكن في الشرق الأوسط التي كانت مقررة مساء الثلاثاء وتشمل قطر ومصر وإسرائيل.",
				},
			}},
			kind: string(story.PlanChange),
		},
	}
}
