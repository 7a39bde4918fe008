package facts

var english = table{
	months: [12]string{
		"january|jan", "february|feb", "march|mar", "april|apr", "may", "june|jun", "july|jul", "august|aug",
		"september|sept|sep", "october|oct", "november|nov", "december|dec",
	},
	weekdays: [7]string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"},
	parts: map[string]string{
		"morning": "morning|early", "noon": "noon|midday", "afternoon": "afternoon", "evening": "evening|late", "night": "night|overnight",
	},
	days: map[int]string{0: "today|tonight", 1: "tomorrow", 2: "day after tomorrow", -1: "yesterday"},
	next: "next|coming", last: "last|past",
	numbers: map[float64]string{
		2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten", 11: "eleven", 12: "twelve|dozen",
		13: "thirteen", 14: "fourteen", 15: "fifteen", 16: "sixteen", 17: "seventeen", 18: "eighteen", 19: "nineteen", 20: "twenty",
		30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty", 90: "ninety", 100: "hundred",
	},
	scales: map[float64]string{100: "hundred", 1e3: "thousand", 1e6: "million|m|mn", 1e9: "billion|bn", 1e12: "trillion|tn"},
	roles: map[string]string{
		"killed":    "killed|killing|kill|claimed|dead|deaths|died|fatalities|kills|lives|bodies|death toll|toll",
		"injured":   "injured|injuring|wounding|wounded|hurt|injuries|injures|hospitalised|hospitalized",
		"missing":   "missing|unaccounted",
		"arrested":  "arrested|detained|arrests|detainees|suspects",
		"displaced": "displaced|evacuated|homeless|refugees|evacuees",
		"rescued":   "rescued|survivors",
		"percent":   "percent|per cent|pc|percentage",
		"money":     "dollars|dollar|euros|euro|pounds|usd|dinars",
		"votes":     "votes|seats|ballots",
		"degrees":   "degrees", "hours": "hours|hour", "days": "days|day", "people": "people|workers|passengers|residents|soldiers|members",
		"barrels": "barrels", "distance": "km|kilometres|kilometers|miles", "flights": "flights",
	},
	triggers: map[Trigger]string{
		Plan: "plans|plan to|planned|planning|intends|intend|intention|expected to|is expected|are expected|scheduled|is due|are due|due to|will|to visit|to meet|to travel|to hold|to leave|set to|" +
			"to begin|to start|to open|to sign|going to|prepares|preparing to|slated|aims to|would challenge|vows|to challenge",
		Postpone: "postpone*|delay*|put off|puts off|rescheduled|reschedules|pushed back|push back|deferred|adjourned",
		Cancel:   "cancel*|called off|calls off|call off|scrap*|axed|axes|abandoned",
		Adjust:   "extended|extends|extend|shortened|cut short|cuts short|brought forward|moved to|moves to|relocated|prolonged|prolongs",
		Deny:     "denies|denied|deny|denial|refuted|rejects|rejected|reject",
		Reverse:  "withdraws|withdrew|withdrawn|suspends|suspended|suspend|revoked|revokes|reverses|reversed|overturns|overturned|backtracks|backtracked|reopened|reopens|reopen|resumed|resumes|resume|lifted|lifts|u turn|drops|dropped|retracts|retracted|quashed|halted|halts|acquitted|reinstated",
		Correct:  "correction|corrected|corrects|an earlier version|earlier version of this|clarification|amended|erratum|we apologise|misstated|incorrectly",
		Background: "earlier|previously|last week|last month|last year|in 19*|in 20*|had been|since|the country has|background|for years|for decades|over the past|in recent|historically|it comes|this comes|" +
			"founded in|it was the|it is the",
		Furniture: "last updated|updated|read more|read also|related|follow us|advertisement|share|sign up|subscribe|newsletter|comments|all rights reserved|copyright|click here|more on this|min read|minute read|" +
			"views|watch|listen|photo|image source|getty images|download",
		NoComment: "declined to comment|no comment|did not comment|did not respond|did not immediately respond|not immediately available|could not be reached|gave no details|gave no further|has been contacted|have been contacted",
		Say:       "said|says|told|added|announced|announces|stated|reported|according|confirmed|confirms|warned|warns|insisted|tweeted|wrote|claimed|called|declared|argued|urged",
		Tally:     "rises|rose|risen|climbs|climbed|falls|fell|increased|increases|up from|down from|revised",
	},
}
