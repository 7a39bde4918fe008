package facts

var dutch = table{
	months:   [12]string{"januari|jan", "februari|feb", "maart|mrt", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"},
	weekdays: [7]string{"zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"},
	parts:    map[string]string{"morning": "ochtend|morgen|ochtends", "noon": "middaguur", "afternoon": "middag|middags", "evening": "avond|avonds", "night": "nacht|nachts"},
	days:     map[int]string{0: "vandaag|vanavond|vannacht", 1: "morgen", 2: "overmorgen", -1: "gisteren", -2: "eergisteren"},
	next:     "volgende|komende|aanstaande", last: "afgelopen|vorige",
	numbers: map[float64]string{
		2: "twee", 3: "drie", 4: "vier", 5: "vijf", 6: "zes", 7: "zeven", 8: "acht", 9: "negen", 10: "tien", 11: "elf", 12: "twaalf|dozijn", 13: "dertien", 14: "veertien",
		15: "vijftien", 16: "zestien", 17: "zeventien", 18: "achttien", 19: "negentien", 20: "twintig", 30: "dertig", 40: "veertig", 50: "vijftig", 60: "zestig", 70: "zeventig",
		80: "tachtig", 90: "negentig", 100: "honderd",
	},
	scales: map[float64]string{1e3: "duizend", 1e6: "miljoen", 1e9: "miljard"},
	roles: map[string]string{
		"killed": "doden|dode|omgekomen|dodental|gedood|slachtoffers|overleden", "injured": "gewonden|gewond|gewonde", "missing": "vermisten|vermist", "arrested": "aangehouden|aanhoudingen|gearresteerd|arrestaties|opgepakt",
		"displaced": "geëvacueerd|evacués|vluchtelingen|ontheemden", "rescued": "gered|overlevenden", "percent": "procent", "money": "euro|dollar", "votes": "stemmen|zetels", "degrees": "graden",
		"hours": "uur|uren", "days": "dagen|dag", "people": "mensen|personen|medewerkers|inwoners", "distance": "kilometer|km",
	},
	triggers: map[Trigger]string{
		Plan:       "plant|plannen|gepland*|van plan|wil|willen|verwacht|verwachten|zal|zullen|staat gepland|bereidt|gaat naar|naar verwachting|voornemens",
		Postpone:   "uitgesteld*|stelt uit|uitstel|verschoven|verzet|vertraagd|vertraging",
		Cancel:     "afgelast*|geannuleerd*|geschrapt|gaat niet door|annuleert|schrapt",
		Adjust:     "verlengd*|verlengt|ingekort|vervroegd|verplaatst*",
		Deny:       "ontken*|weerlegt|weerlegd|verwerpt|verworpen|weigert|afgewezen|wijst af",
		Reverse:    "ingetrokken|trekt in|opgeschort|schort op|heropen*|hervat*|opgeheven|teruggedraaid|draait terug|vrijgesproken",
		Correct:    "correctie|rectificatie|gecorrigeerd|in een eerdere versie|herstel",
		Background: "eerder|vorige week|vorig jaar|vorige maand|sinds|destijds|toen",
		Furniture:  "lees ook|lees meer|laatst bijgewerkt|bijgewerkt|advertentie|deel|volg ons|nieuwsbrief|reacties|alle rechten voorbehouden|bekijk ook|leestijd",
		NoComment:  "wilde niet reageren|wil niet reageren|gaf geen commentaar|geen commentaar|reageerde niet",
		Say:        "zei|zegt|zeggen|meldt|melden|aldus|volgens|liet weten|laat weten|verklaarde|stelt",
		Tally:      "gestegen|stijgt|loopt op|opgelopen|gedaald|daalt",
	},
}
