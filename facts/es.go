package facts

var spanish = table{
	months:   [12]string{"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre|setiembre", "octubre", "noviembre", "diciembre"},
	weekdays: [7]string{"domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"},
	parts:    map[string]string{"morning": "mañana|por la mañana|madrugada", "noon": "mediodía", "afternoon": "tarde|por la tarde", "evening": "noche|por la noche", "night": "medianoche"},
	days:     map[int]string{0: "hoy", 1: "mañana", 2: "pasado mañana", -1: "ayer", -2: "anteayer"},
	next:     "próximo|próxima|que viene", last: "pasado|pasada|último",
	numbers: map[float64]string{
		2: "dos", 3: "tres", 4: "cuatro", 5: "cinco", 6: "seis", 7: "siete", 8: "ocho", 9: "nueve", 10: "diez", 11: "once", 12: "doce|docena", 13: "trece",
		14: "catorce", 15: "quince", 16: "dieciséis", 17: "diecisiete", 18: "dieciocho", 19: "diecinueve", 20: "veinte", 30: "treinta", 40: "cuarenta", 50: "cincuenta",
		60: "sesenta", 70: "setenta", 80: "ochenta", 90: "noventa", 100: "cien|ciento",
	},
	scales: map[float64]string{1e3: "mil|miles", 1e6: "millón|millones", 1e12: "billón|billones"},
	roles: map[string]string{
		"killed": "muertos|muertas|muerto|fallecidos|fallecidas|fallecido|muertes|víctimas|asesinados", "injured": "heridos|heridas|herido|lesionados", "missing": "desaparecidos|desaparecidas|desaparecido",
		"arrested": "detenidos|detenidas|arrestados|detenciones", "displaced": "desplazados|evacuados|evacuadas|refugiados", "rescued": "rescatados|supervivientes|sobrevivientes",
		"percent": "por ciento", "money": "euros|euro|dólares|dólar|pesos", "votes": "votos|escaños", "degrees": "grados", "hours": "horas|hora", "days": "días|día",
		"people": "personas|trabajadores|habitantes|pasajeros", "distance": "kilómetros|km",
	},
	triggers: map[Trigger]string{
		Plan:       "planea*|prevé|previsto|prevista|tiene previsto|se espera|pretende|viajará|visitará|se reunirá|está previsto|celebrará|comenzará|se celebrará|prepara|piensa|tendrá lugar|entrará en vigor",
		Postpone:   "aplaz*|pospone*|pospuso|pospuesto|pospuesta|postergad*|retrasad*|retrasa|demorad*",
		Cancel:     "cancel*|suspendido definitivamente|anulad*|anula",
		Adjust:     "prorrog*|ampliad*|amplía|acortad*|adelantad*|adelanta|trasladad*|extendid*",
		Deny:       "es niega|niega|negó|desmiente|desmintió|desmentid*|rechaza|rechazó",
		Reverse:    "retira|retirad*|retiró|suspende|suspendi*|revoca*|reabr*|reabierto|reapertura|reanuda*|levanta|levantó|da marcha atrás|absuelt*|absuelve",
		Correct:    "corrección|fe de errores|fe de erratas|rectificación|rectifica|corrige|una versión anterior|aclaración",
		Background: "anteriormente|previamente|la semana pasada|el año pasado|el mes pasado|en 19*|en 20*|desde hace|desde",
		Furniture:  "actualizado|última actualización|lea también|lee también|compartir|síguenos|publicidad|suscríbete|boletín|comentarios|todos los derechos|minutos de lectura|visitas|le puede interesar",
		NoComment:  "no quiso comentar|declinó comentar|no hizo comentarios|no ha comentado|sin comentarios|rehusó comentar",
		Say:        "dijo|afirmó|declaró|anunció|informó|según|señaló|añadió|aseguró|explicó|indicó|anuncia",
		Tally:      "sube|subió|asciende|ascendió|aumenta|aumentó|baja|se eleva|elevó",
	},
}
