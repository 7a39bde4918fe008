package story

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/storywatch/storywatch/diff"
	"github.com/storywatch/storywatch/text"
)

// teller tells one story to a memory, version by version, as the daemon would.
type teller struct {
	t      testing.TB
	memory *Memory
	last   map[string]Version
	at     time.Time
}

func newTeller(t testing.TB, any ...string) *teller {
	t.Helper()
	m, err := NewMatcher(Rule{Name: "tale", Any: any, Zone: time.FixedZone("Baghdad", 3*3600)})
	if err != nil {
		t.Fatal(err)
	}
	return &teller{t: t, memory: NewMemory(m), last: map[string]Version{}, at: time.Date(2024, 8, 12, 6, 0, 0, 0, time.UTC)}
}

// version makes the next version of the article of an outlet. The first line is the headline.
func (te *teller) version(outlet, lang string, lines ...string) Version {
	before := te.last[outlet]
	te.at = te.at.Add(10 * time.Minute)
	v := Version{
		ID: fmt.Sprintf("%s.%d", outlet, before.Number+1), ArticleID: outlet, Number: before.Number + 1, Source: outlet,
		PageURL: "https://" + outlet + ".example/1", SeenAt: te.at,
		Article: Article{URL: "https://" + outlet + ".example/1", Title: lines[0], Lang: lang, Dir: text.DirectionOf(lang)},
	}
	for _, line := range lines[1:] {
		v.Article.Paragraphs = append(v.Article.Paragraphs, text.Paragraph{Text: line})
	}
	v.Hash = v.ID
	return v
}

// tell judges a version and learns it.
func (te *teller) tell(outlet, lang string, lines ...string) News {
	te.t.Helper()
	v := te.version(outlet, lang, lines...)
	var change diff.Change
	if before := te.last[outlet]; before.ID != "" {
		change = diff.Compare(before.Article.Text(), v.Article.Text())
	}
	news := Develop(te.memory, v, change)
	te.memory.Learn(news.Seq, v)
	te.memory.Know(news.Developments...)
	te.last[outlet] = v
	return news
}

// kinds are the kinds of what a version tells anew.
func kinds(n News) []Kind {
	var all []Kind
	for _, d := range n.Developments {
		if d.Alerts {
			all = append(all, d.Kind)
		}
	}
	return all
}

func (te *teller) want(n News, want ...Kind) {
	te.t.Helper()
	if got := kinds(n); !slices.Equal(got, want) {
		te.t.Errorf("got %v, want %v; %q %v", got, want, n.Verdict, evidence(n))
	}
}

func evidence(n News) []string {
	var all []string
	for _, d := range n.Developments {
		for _, e := range d.Evidence {
			all = append(all, e.Text)
		}
	}
	return all
}

func countries(d Development) []string {
	var all []string
	for _, p := range d.Where {
		all = append(all, p.Country)
	}
	return all
}

const (
	callTitle = "بلينكن يبحث مع السوداني هاتفيا التهدئة"
	call1     = "بحث وزير الخارجية الأميركي أنتوني بلينكن في اتصال هاتفي مع رئيس الوزراء العراقي محمد شياع السوداني سبل خفض التصعيد."
	call2     = "وقال المكتب الإعلامي إن الجانبين اتفقا على مواصلة التشاور بين البلدين."
	tour      = "وأبلغ بلينكن رئيس الوزراء العراقي أنه يعتزم القيام بجولة مساء الثلاثاء تشمل قطر ومصر وإسرائيل."
	putOff    = "وأعلنت الخارجية الأميركية لاحقا تأجيل جولة بلينكن إلى أجل غير مسمى."
)

func TestThePlannedTourIsToldOnceAndItsPostponementAgain(t *testing.T) {
	te := newTeller(t, "بلينكن", "Blinken")
	te.want(te.tell("paper", "ar", callTitle, call1, call2), NewDevelopment)

	n := te.tell("paper", "ar", callTitle, call1, call2, tour)
	te.want(n, PlannedEvent)
	d := n.Developments[0]
	if got := countries(d); !slices.Equal(got, []string{"QA", "EG", "IL"}) {
		t.Errorf("the tour goes to %v", got)
	}
	if len(d.When) != 1 || d.When[0].Part != "evening" || !d.When[0].From.Equal(time.Date(2024, 8, 13, 15, 0, 0, 0, time.UTC)) {
		t.Errorf("the tour begins %+v; want Tuesday evening in Baghdad", d.When)
	}
	if len(d.Who) == 0 || d.Who[0] != "بلينكن" {
		t.Errorf("the tour is that of %q", d.Who)
	}
	if len(d.Evidence) != 1 || d.Evidence[0].Text != tour || d.Evidence[0].Dir != "rtl" || d.Evidence[0].VersionID != "paper.2" {
		t.Errorf("the evidence is %+v", d.Evidence)
	}

	// Other outlets, other words, another language.
	n = te.tell("agency", "ar", "بلينكن إلى المنطقة", "يعتزم وزير الخارجية الأميركي أنتوني بلينكن التوجه مساء الثلاثاء إلى قطر ومصر وإسرائيل.")
	te.want(n)
	if len(n.Sightings) == 0 || n.Sightings[0].DevelopmentID != d.ID {
		t.Errorf("the agency confirms nothing: %+v, %q", n.Sightings, n.Verdict)
	}
	n = te.tell("wire", "en", "Blinken plans to visit Qatar, Egypt and Israel on Tuesday", "US Secretary of State Antony Blinken plans to travel to Qatar, Egypt and Israel on Tuesday evening.")
	te.want(n)
	if len(n.Sightings) == 0 || n.Sightings[0].DevelopmentID != d.ID {
		t.Errorf("the wire confirms nothing: %+v, %q", n.Sightings, n.Verdict)
	}

	n = te.tell("paper", "ar", callTitle, call1, call2, tour, putOff)
	te.want(n, PlanChange)
	te.want(te.tell("agency", "ar", "بلينكن إلى المنطقة", "يعتزم وزير الخارجية الأميركي أنتوني بلينكن التوجه مساء الثلاثاء إلى قطر ومصر وإسرائيل.", putOff))
}

// What changes on a page without changing the story.
func TestWhatMustNotRing(t *testing.T) {
	base := []string{callTitle, call1, call2, tour}
	for name, edit := range map[string][]string{
		"nothing":             base,
		"diacritics":          {callTitle, strings.Replace(call1, "بحث وزير", "بحثَ وزيرُ", 1), strings.Replace(call2, "اتفقا", "اتّفقا", 1), tour},
		"commas":              {callTitle, strings.Replace(call1, "الأميركي أنتوني", "الأميركي، أنتوني", 1), call2, tour},
		"spelling":            {callTitle, strings.Replace(call1, "الأميركي", "الأمريكي", 1), strings.Replace(call2, "إن", "ان", 1), tour},
		"tatweel":             {callTitle, strings.Replace(call1, "بلينكن", "بلينـــكن", 1), call2, tour},
		"order":               {callTitle, call2, tour, call1},
		"a clock":             append(slices.Clone(base), "آخر تحديث: 12 آب 2024، الساعة 10:57"),
		"a counter":           append(slices.Clone(base), "عدد المشاهدات: 1843"),
		"other stories":       append(slices.Clone(base), "اقرأ أيضاً: أسعار الدولار اليوم في بغداد"),
		"no comment":          append(slices.Clone(base), "ورفضت الوزارة التعليق."),
		"what was known then": append(slices.Clone(base), "وكان العراق قد أعلن في وقت سابق رفضه أن تكون أراضيه ساحة لتصفية الحسابات."),
		"a paragraph cut":     {callTitle, call1 + " " + call2, tour},
	} {
		t.Run(name, func(t *testing.T) {
			te := newTeller(t, "بلينكن")
			te.tell("paper", "ar", base...)
			if n := te.tell("paper", "ar", edit...); len(kinds(n)) > 0 {
				t.Errorf("rang %v: %q", kinds(n), evidence(n))
			} else if n.Verdict == "" && len(n.Developments) == 0 {
				t.Error("nothing says why nothing is new")
			}
		})
	}
}

func TestKindsOfNews(t *testing.T) {
	for _, c := range []struct {
		name, lang    string
		before, after []string
		want          Kind
	}{
		{"a toll rises", "en", []string{"Quake hits Marva", "A strong quake struck Marva before dawn, killing at least 12 people."},
			[]string{"Quake hits Marva", "A strong quake struck Marva before dawn, killing at least 19 people."}, NumberChange},
		{"a toll rises, in Arabic", "ar", []string{"سيول في الوادي", "لقي 12 شخصاً مصرعهم جراء السيول التي ضربت الوادي."},
			[]string{"سيول في الوادي", "ارتفع عدد ضحايا السيول التي ضربت الوادي إلى 34 قتيلاً."}, NumberChange},
		{"the first dead", "de", []string{"Zug entgleist", "Bei Harlingen ist am Sonntag ein Zug entgleist."},
			[]string{"Zug entgleist", "Bei Harlingen ist am Sonntag ein Zug entgleist.", "Zwei Menschen kamen ums Leben, teilte die Polizei mit."}, NumberChange},
		{"an offer", "es", []string{"Huelga de metro", "La compañía ofrece un aumento salarial del 4 % a la plantilla, según su director."},
			[]string{"Huelga de metro", "La compañía ofrece un aumento salarial del 6,5 % a la plantilla, según su director."}, NumberChange},
		{"a correction", "en", []string{"Vote in Kesh", "The parliament of Kesh voted for the dam on Tuesday."},
			[]string{"Vote in Kesh", "The parliament of Kesh voted for the dam on Wednesday.", "Correction: an earlier version of this report gave a wrong day for the vote."}, Correction},
		{"a road reopens", "ar", []string{"سيول في الوادي", "وأغلقت السلطات الطريق الرابط بين الوادي والعاصمة."},
			[]string{"سيول في الوادي", "وأعادت السلطات فتح الطريق الرابط بين الوادي والعاصمة."}, Reversal},
		{"a court suspends", "fr", []string{"Le barrage", "Les trois pays ont signé un accord sur les données du barrage."},
			[]string{"Le barrage", "Les trois pays ont signé un accord sur les données du barrage.", "La Cour suprême a suspendu mercredi l'accord jusqu'à une audience."}, Reversal},
		{"a plan", "tr", []string{"Bakan konuştu", "Bakan, barajla ilgili soruları yanıtladı."},
			[]string{"Bakan konuştu", "Bakan, barajla ilgili soruları yanıtladı.", "Bakan, cuma günü Mısır'a gitmeyi planlıyor."}, PlannedEvent},
		{"a match called off", "ru", []string{"Матч в субботу", "Матч двух команд назначен на субботу."},
			[]string{"Матч в субботу", "Матч двух команд назначен на субботу.", "Матч отменили из-за сильного снегопада, сообщил клуб."}, PlanChange},
		{"a removal", "en", []string{"Quake hits Marva", "A strong quake struck Marva before dawn on Monday.", "A local radio station said that a dam near Ashkel had cracked."},
			[]string{"Quake hits Marva", "A strong quake struck Marva before dawn on Monday."}, Removal},
		{"something new", "zh", []string{"港口爆炸", "港口周一凌晨发生爆炸，火势已经受到控制。"},
			[]string{"港口爆炸", "港口周一凌晨发生爆炸，火势已经受到控制。", "检察官说仓库经理因涉嫌违反安全规定被带走问话。"}, NewDevelopment},
		{"something new, in Persian", "fa", []string{"آتش‌سوزی در بازار", "بازار قدیمی شهر صبح دوشنبه دچار آتش‌سوزی شد."},
			[]string{"آتش‌سوزی در بازار", "بازار قدیمی شهر صبح دوشنبه دچار آتش‌سوزی شد.", "شهردار گفت علت حریق اتصال برق در یک مغازه پارچه‌فروشی بوده است."}, NewDevelopment},
		{"something new, in Hebrew", "he", []string{"השיחות נפתחו", "השיחות על הסכם המים נפתחו הבוקר בבניין העירייה."},
			[]string{"השיחות נפתחו", "השיחות על הסכם המים נפתחו הבוקר בבניין העירייה.", "ראש העירייה הציע לבנות מתקן התפלה משותף בחוף הצפוני."}, NewDevelopment},
	} {
		t.Run(c.name, func(t *testing.T) {
			te := newTeller(t)
			te.tell("paper", c.lang, c.before...)
			n := te.tell("paper", c.lang, c.after...)
			if len(n.Developments) == 0 || n.Developments[0].Kind != c.want || !n.Developments[0].Alerts {
				t.Errorf("got %v %q, want %s", kinds(n), n.Verdict, c.want)
				return
			}
			if d := n.Developments[0]; d.Reason == "" || d.Confidence < 0.5 || d.Confidence > 1 || d.Importance <= 0 || len(d.Evidence) == 0 {
				t.Errorf("the development is incomplete: %+v", d)
			}
		})
	}
}

func TestAChangedFigureSaysWhatItWas(t *testing.T) {
	te := newTeller(t)
	te.tell("paper", "en", "Quake hits Marva", "A strong quake struck Marva before dawn, killing at least 12 people.")
	n := te.tell("paper", "en", "Quake hits Marva", "A strong quake struck Marva before dawn, killing at least 19 people.")
	for _, d := range n.Developments {
		for _, f := range d.Figures {
			if f.Role == "killed" && f.Value == 19 && f.Old != nil && *f.Old == 12 {
				return
			}
		}
	}
	t.Errorf("no figure says that 12 became 19: %+v", n.Developments)
}

func TestTheSameVersionTwiceTellsNothing(t *testing.T) {
	te := newTeller(t)
	te.tell("paper", "ar", callTitle, call1, tour)
	te.want(te.tell("paper", "ar", callTitle, call1, tour))
	te.want(te.tell("copy", "ar", callTitle, call1, tour))
}

func TestJudgingAgainMakesTheSameIDs(t *testing.T) {
	one, two := newTeller(t, "بلينكن"), newTeller(t, "بلينكن")
	for range 2 {
		a, b := one.tell("paper", "ar", callTitle, call1, tour), two.tell("paper", "ar", callTitle, call1, tour)
		for i := range a.Developments {
			if a.Developments[i].ID != b.Developments[i].ID {
				t.Errorf("the ids are %s and %s", a.Developments[i].ID, b.Developments[i].ID)
			}
		}
	}
}

// A process that starts anew learns the versions and is told the developments, and then judges alike.
func TestAMemoryRebuiltJudgesAlike(t *testing.T) {
	te := newTeller(t, "بلينكن")
	first := te.tell("paper", "ar", callTitle, call1, call2)
	second := te.tell("paper", "ar", callTitle, call1, call2, tour)
	again := newTeller(t, "بلينكن")
	v1 := again.version("paper", "ar", callTitle, call1, call2)
	again.memory.Learn(1, v1)
	again.last["paper"] = v1
	v2 := again.version("paper", "ar", callTitle, call1, call2, tour)
	again.memory.Learn(2, v2)
	again.last["paper"] = v2
	again.memory.Know(first.Developments...)
	again.memory.Know(second.Developments...)
	again.memory.Know(second.Developments...) // twice, as catching up may
	n := again.tell("agency", "ar", "بلينكن إلى المنطقة", tour)
	again.want(n)
	if len(n.Sightings) != 1 || n.Sightings[0].DevelopmentID != second.Developments[0].ID || n.Seq != 3 {
		t.Errorf("the agency confirms %+v at place %d", n.Sightings, n.Seq)
	}
}

func BenchmarkDevelop(b *testing.B) {
	te := newTeller(b)
	for i := range 500 {
		te.tell(fmt.Sprintf("outlet%d", i), "en", fmt.Sprintf("Report %d from the valley", i),
			fmt.Sprintf("Mayor number %d of the town of Place%d said that %d sheep had crossed the bridge.", i, i, 1000+i))
	}
	lines := []string{"A long report"}
	for i := range 60 {
		lines = append(lines, fmt.Sprintf("The engineer of dam %d told the council of Village%d that %d cubic metres had been let out.", i, i, 5000+i))
	}
	v := te.version("long", "en", lines...)
	for b.Loop() {
		te.memory.read = nil // as for a version seen for the first time
		Develop(te.memory, v, diff.Change{})
	}
}
