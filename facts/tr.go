package facts

var turkish = table{
	months:   [12]string{"ocak*", "şubat*", "mart|martta|mart'ta", "nisan*", "mayıs*", "haziran*", "temmuz*", "ağustos*", "eylül*", "ekim*", "kasım*", "aralık*"},
	weekdays: [7]string{"pazar|pazar günü", "pazartesi|pazartesi günü", "salı|salı günü", "çarşamba|çarşamba günü", "perşembe|perşembe günü", "cuma|cuma günü", "cumartesi|cumartesi günü"},
	parts:    map[string]string{"morning": "sabah|sabahı", "noon": "öğle|öğlen", "afternoon": "öğleden sonra", "evening": "akşam|akşamı", "night": "gece|gecesi"},
	days:     map[int]string{0: "bugün", 1: "yarın", 2: "öbür gün", -1: "dün"},
	next:     "gelecek|önümüzdeki", last: "geçen|geçtiğimiz",
	numbers: map[float64]string{
		2: "iki", 3: "üç", 4: "dört", 5: "beş", 6: "altı", 7: "yedi", 8: "sekiz", 9: "dokuz", 10: "on", 20: "yirmi", 30: "otuz", 40: "kırk", 50: "elli", 60: "altmış",
		70: "yetmiş", 80: "seksen", 90: "doksan", 100: "yüz",
	},
	scales: map[float64]string{1e3: "bin", 1e6: "milyon", 1e9: "milyar"},
	roles: map[string]string{
		"killed": "ölü|öldü|hayatını kaybetti|can kaybı|ölenlerin|ölen|hayatını kaybedenlerin|şehit", "injured": "yaralı|yaralandı|yaralanan", "missing": "kayıp", "arrested": "gözaltı*|tutuklandı|tutuklu",
		"displaced": "tahliye*|yerinden", "rescued": "kurtarıldı|kurtarılan", "percent": "yüzde", "money": "lira*|dolar*|euro|avro", "votes": "oy|sandalye|milletvekili", "degrees": "derece",
		"hours": "saat", "days": "gün|günlük", "people": "kişi|kişinin|işçi|yolcu", "distance": "kilometre|km",
	},
	triggers: map[Trigger]string{
		Plan:       "planlıyor*|planlanıyor|planladı*|planlanan|bekleniyor|beklenen|gidecek|ziyaret edecek|görüşecek|yapılacak|düzenlenecek|düzenleyecek|başlayacak|hazırlanıyor|niyetinde|olacak|gelecek hafta|açılacak|toplanacak",
		Postpone:   "ertele*|ertelendi|ertelenen|geciktir*|gecikti",
		Cancel:     "iptal*|vazgeçti|vazgeçildi",
		Adjust:     "uzat*|kısalt*|öne çekildi|öne alındı|taşındı",
		Deny:       "yalanla*|reddetti|reddedildi|inkar*",
		Reverse:    "askıya al*|askıya|yeniden aç*|geri çek*|geri adım|kaldırıldı|yeniden başla*|durdur*|beraat",
		Correct:    "düzeltme|düzeltildi|tekzip|özür",
		Background: "daha önce|geçen hafta|geçen yıl|geçen ay|önceki|hatırlanacağı",
		Furniture:  "son güncelleme|güncellendi|ayrıca okuyun|bunlar da ilginizi|paylaş|reklam|abone|yorumlar|tüm hakları|ilgili haberler|okunma|görüntülenme",
		NoComment:  "yorum yapmadı|yorum yapmaktan kaçındı|açıklama yapmadı|yorum yapmayı reddetti",
		Say:        "dedi|söyledi|açıkladı|belirtti|bildirdi|ifade etti|duyurdu|göre|vurguladı|aktardı",
		Tally:      "yükseldi|arttı|çıktı|düştü|azaldı",
	},
}
