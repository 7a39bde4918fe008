package facts

var german = table{
	months:   [12]string{"januar|jänner|jan", "februar|feber|feb", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "dezember"},
	weekdays: [7]string{"sonntag", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag|sonnabend"},
	parts:    map[string]string{"morning": "morgen|vormittag|früh", "noon": "mittag", "afternoon": "nachmittag", "evening": "abend", "night": "nacht"},
	days:     map[int]string{0: "heute", 1: "morgen", 2: "übermorgen", -1: "gestern", -2: "vorgestern"},
	next:     "nächsten|nächste|kommenden|kommende|nächster", last: "letzten|vergangenen|letzte|vergangene|vorigen",
	numbers: map[float64]string{
		2: "zwei", 3: "drei", 4: "vier", 5: "fünf", 6: "sechs", 7: "sieben", 8: "acht", 9: "neun", 10: "zehn", 11: "elf", 12: "zwölf|dutzend", 13: "dreizehn",
		14: "vierzehn", 15: "fünfzehn", 16: "sechzehn", 17: "siebzehn", 18: "achtzehn", 19: "neunzehn", 20: "zwanzig", 30: "dreißig", 40: "vierzig",
		50: "fünfzig", 60: "sechzig", 70: "siebzig", 80: "achtzig", 90: "neunzig", 100: "hundert",
	},
	scales: map[float64]string{1e3: "tausend", 1e6: "million|millionen|mio", 1e9: "milliarde|milliarden|mrd"},
	roles: map[string]string{
		"killed": "ums leben|kamen ums leben|leben verloren|tote|toten|toter|getötet|getötete|todesopfer|gestorben|leben gekommen|opfer", "injured": "verletzte|verletzten|verletzt|verletzter|verwundete", "missing": "vermisst|vermisste|vermissten",
		"arrested": "festgenommen|festnahmen|verhaftet|festgenommene", "displaced": "vertriebene|evakuiert|evakuierte|flüchtlinge", "rescued": "gerettet|gerettete|überlebende",
		"percent": "prozent", "money": "euro|dollar|franken", "votes": "stimmen|sitze|mandate", "degrees": "grad", "hours": "stunden|stunde", "days": "tage|tagen|tag",
		"people": "menschen|personen|beschäftigte|mitarbeiter|einwohner", "distance": "kilometer|km",
	},
	triggers: map[Trigger]string{
		Plan:       "plant|planen|geplant*|will|wollen|beabsichtigt|soll|sollen|wird am|werden am|vorgesehen|voraussichtlich|anberaumt|bereitet sich|steht bevor|erwartet",
		Postpone:   "verschoben*|verschiebt|verschieben|verschiebung|vertagt*|vertagen|aufgeschoben|verzöger*|später als geplant",
		Cancel:     "abgesagt*|absage|sagt ab|gestrichen*|annulliert*|storniert*|fällt aus",
		Adjust:     "verlänger*|verkürzt*|vorgezogen|verlegt*|ausgeweitet",
		Deny:       "dementier*|bestreitet|bestritten|weist zurück|zurückgewiesen|lehnt ab|abgelehnt",
		Reverse:    "zurückgezogen|zieht zurück|ausgesetzt|setzt aus|widerruf*|wieder geöffnet|wiedereröffn*|aufgehoben|hebt auf|nimmt zurück|freigesprochen|gestoppt|rücknahme",
		Correct:    "korrektur|berichtigung|richtigstellung|korrigiert*|in einer früheren version|in einer früheren fassung|anmerkung der redaktion",
		Background: "zuvor|zuletzt|bereits im|im vergangenen|vergangene woche|vergangenes jahr|im vorjahr|seit|früher|damals|hintergrund",
		Furniture:  "aktualisiert|zuletzt aktualisiert|lesen sie auch|mehr zum thema|anzeige|teilen|folgen sie|newsletter|kommentare|alle rechte vorbehalten|lesezeit|aufrufe|siehe auch",
		NoComment:  "wollte sich nicht äußern|äußerte sich nicht|keine stellungnahme|lehnte eine stellungnahme ab|kein kommentar|nicht äußern",
		Say:        "sagte|sagt|teilte mit|erklärte|erklärt|nach angaben|laut|betonte|kündigte an|berichtete|berichtet|zufolge",
		Tally:      "gestiegen|steigt|stieg|gesunken|sinkt|erhöht|erhöhte",
	},
}
