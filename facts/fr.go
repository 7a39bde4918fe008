package facts

var french = table{
	months:   [12]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
	weekdays: [7]string{"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"},
	parts:    map[string]string{"morning": "matin|matinée", "noon": "midi", "afternoon": "après midi", "evening": "soir|soirée", "night": "nuit"},
	days:     map[int]string{0: "aujourd hui|aujourd'hui", 1: "demain", 2: "après demain", -1: "hier", -2: "avant hier"},
	next:     "prochain|prochaine", last: "dernier|dernière|passé",
	numbers: map[float64]string{
		2: "deux", 3: "trois", 4: "quatre", 5: "cinq", 6: "six", 7: "sept", 8: "huit", 9: "neuf", 10: "dix", 11: "onze", 12: "douze", 13: "treize",
		14: "quatorze", 15: "quinze", 16: "seize", 20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 100: "cent",
	},
	scales: map[float64]string{100: "cents", 1e3: "mille|milliers", 1e6: "million|millions", 1e9: "milliard|milliards"},
	roles: map[string]string{
		"killed": "mort|morts|mortes|tués|tué|tuées|décès|victimes|bilan", "injured": "blessés|blessé|blessées", "missing": "disparus|disparu|disparues",
		"arrested": "arrêtés|interpellés|arrestations|interpellations|gardes à vue", "displaced": "déplacés|évacués|évacuées|réfugiés", "rescued": "secourus|sauvés|rescapés",
		"percent": "pour cent|pourcent", "money": "euros|euro|dollars|dollar|francs", "votes": "voix|sièges|suffrages", "degrees": "degrés",
		"hours": "heures|heure", "days": "jours|jour", "people": "personnes|habitants|salariés|passagers", "distance": "kilomètres|km",
	},
	triggers: map[Trigger]string{
		Plan:       "prévoit|prévoient|prévu*|envisage*|compte se|doit se|devrait|devraient|s apprête*|a l intention|sera|seront|aura lieu|se rendra|entend|va se|vont se|programmé*|débutera|ouvrira|entrera en vigueur",
		Postpone:   "report|reporte|reporté*|reportée|repoussé*|repousse|différé*|décalé*|ajourné*|retardé*",
		Cancel:     "annul*|supprimé*|renonce*|abandonné*",
		Adjust:     "prolong*|raccourci*|écourt*|avancé au|avancée au|déplacé à|transféré*",
		Deny:       "dément*|nie|nié|rejett*|rejeté*",
		Reverse:    "retiré*|retire|suspend*|suspension|rouvre*|rouvert*|réouverture|reprend|reprise|lève|levée|revient sur|recul|revirement|invalid*|relaxé*|acquitté*",
		Correct:    "correction|rectificatif|erratum|corrigé*|une version précédente|mise au point|précision",
		Background: "auparavant|précédemment|la semaine dernière|l an dernier|l année dernière|le mois dernier|en 19*|en 20*|depuis|pour rappel|rappelons",
		Furniture:  "publié le|mis à jour|partager|lire aussi|à lire aussi|à lire|suivez nous|publicité|abonnez vous|newsletter|commentaires|tous droits réservés|temps de lecture|vues",
		NoComment:  "n a pas commenté|n ont pas commenté|s est refusé à tout commentaire|n a pas souhaité commenter|n a pas réagi|pas donné suite",
		Say:        "a déclaré|a dit|a annoncé|a indiqué|a affirmé|selon|a précisé|a ajouté|a expliqué|a estimé|annonce|déclare",
		Tally:      "passe de|est passé de|grimpe|augment*|baisse|s alourdit",
	},
}
