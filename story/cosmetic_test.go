package story

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// cosmetics are edits of a sentence that leave what it says as it is.
var cosmetics = map[string]func(string) string{
	"tatweel":          func(s string) string { return strings.Replace(s, "لا", "لـا", 1) },
	"a diacritic":      func(s string) string { return strings.Replace(s, "ن", "نَ", 1) },
	"hamza":            func(s string) string { return strings.Replace(s, "أ", "ا", 1) },
	"alef maqsura":     func(s string) string { return strings.Replace(s, "ى ", "ي ", 1) },
	"digits":           func(s string) string { return strings.NewReplacer("3", "٣", "4", "٤", "7", "٧").Replace(s) },
	"a comma":          func(s string) string { return strings.Replace(s, " و", "، و", 1) },
	"a no-break space": func(s string) string { return strings.Replace(s, " ", "\u00a0", 1) },
	"two spaces":       func(s string) string { return strings.Replace(s, " ", "  ", 1) },
	"quotation marks":  func(s string) string { return strings.NewReplacer("«", "\"", "»", "\"").Replace(s) },
	"no full stop":     func(s string) string { return strings.TrimSuffix(s, ".") },
	"a direction mark": func(s string) string { return "\u200f" + s },
}

var flood = []string{
	"وادي نجمة: ارتفاع الحصيلة إلى 34 قتيلا",
	"لقي 34 شخصا مصرعهم وفقد 7 آخرون جراء سيول جارفة ضربت وادي نجمة فجر الثلاثاء، بحسب الدفاع المدني.",
	"وقال المتحدث باسم الدفاع المدني سالم الحربي إن «فرق الإنقاذ تعمل في ظروف صعبة» وإن المساعدات في الطريق.",
	"وأغلقت السلطات الطريق الذي يربط نجمة بالعاصمة حتى إشعار آخر.",
	"ومن المقرر أن يزور رئيس الوزراء المنطقة المنكوبة يوم الخميس.",
}

// However many cosmetic edits meet, and wherever the paragraphs go, nobody hears of it.
func TestCosmeticEditsNeverRing(t *testing.T) {
	names := make([]string, 0, len(cosmetics))
	for name := range cosmetics {
		names = append(names, name)
	}
	slices.Sort(names)
	rapid.Check(t, func(rt *rapid.T) {
		te := newTeller(t)
		te.tell("paper", "ar", flood...)
		edited := slices.Clone(flood)
		for _, name := range rapid.SliceOfN(rapid.SampledFrom(names), 1, 6).Draw(rt, "edits") {
			i := rapid.IntRange(0, len(edited)-1).Draw(rt, "sentence")
			edited[i] = cosmetics[name](edited[i])
		}
		if rapid.Bool().Draw(rt, "move") {
			edited[1], edited[3] = edited[3], edited[1]
		}
		if n := te.tell("paper", "ar", edited...); len(kinds(n)) > 0 {
			rt.Fatalf("rang %v: %q", kinds(n), evidence(n))
		}
	})
}
