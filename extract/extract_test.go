package extract

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/storywatch/storywatch/story"
)

// The story that most fixtures tell, in the words of nobody else.
const (
	ferry1 = "The ferry between the two islands has been taken out of service because its rudder jammed twice in one week, the harbour office said on Monday."
	ferry2 = "Until a replacement arrives from the mainland, fishing boats will carry mail and medicine, and two extra flights have been put on."
	ferry3 = "The captain, who has run the line for eleven years, told reporters that nobody had been in danger at any time."
)

// surroundings is what changes on a page while its story does not.
type surroundings struct{ clock, ad, related, counter string }

var (
	morning = surroundings{"08:15", "Raincoats at half price this week only", "Cheese fair opens in the upper town", "12 comments"}
	evening = surroundings{"21:40", "Win a trip to the lighthouse with your next newspaper", "Council argues about the new school roof", "348 comments"}
)

// layouts are the structures that news pages have, each with a place for the story.
var pages = map[string]func(s surroundings, title string, paragraphs []string) string{
	"article element": func(s surroundings, title string, ps []string) string {
		return fmt.Sprintf(`<html lang="en"><head><title>%s | The Islander</title></head><body><header><p>%s</p><nav><a href="/">Home</a> <a href="/sea">Sea</a></nav></header>
			<aside class="ad">%s</aside><article><h1>%s</h1>%s</article><section class="related"><h2>Related</h2><ul><li><a href="/x">%s</a></li></ul></section><p>%s</p></body></html>`,
			title, s.clock, s.ad, title, tags("p", ps), s.related, s.counter)
	},
	"anonymous divs": func(s surroundings, title string, ps []string) string {
		return fmt.Sprintf(`<html><head><title>%s - The Islander</title></head><body><div><div>%s</div><div><a href="/a">Home</a><a href="/b">Sea</a><a href="/c">Land</a></div></div>
			<div><div><h1>%s</h1><div>%s</div></div><div><div>%s</div><div><a href="/y">%s</a></div></div></div></body></html>`,
			title, s.clock, title, tags("p", ps), s.ad, s.related)
	},
	"line breaks in a table": func(s surroundings, title string, ps []string) string {
		return fmt.Sprintf(`<html><head><title>%s</title></head><body><table><tr><td><a href="/1">Home</a><br><a href="/2">Sea</a><br><a href="/3">%s</a></td>
			<td><h1>%s</h1><font size="2">%s</font></td><td>%s</td></tr></table></body></html>`, title, s.related, title, strings.Join(ps, "<br><br>"), s.ad)
	},
	"itemprop": func(s surroundings, title string, ps []string) string {
		return fmt.Sprintf(`<html><body itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">%s</h1><span>%s</span>
			<div itemprop="articleBody">%s<div class="promo"><p>%s</p></div></div><div class="sidebar"><h3>Most read</h3><p><a href="/z">%s</a></p></div></body></html>`,
			title, s.clock, tags("p", ps), s.ad, s.related)
	},
	"an inset in the middle": func(s surroundings, title string, ps []string) string {
		return fmt.Sprintf(`<html><body><main><h1>%s</h1><div class="story-body">%s<div class="newsletter-signup"><p>Get our newsletter every morning, %s readers do.</p></div>
			<p class="read-also">Read also: <a href="/z">%s</a></p>%s</div></main></body></html>`, title, tags("p", ps[:1]), s.counter, s.related, tags("p", ps[1:]))
	},
	"comments longer than the story": func(s surroundings, title string, ps []string) string {
		comment := "<li><p>" + strings.Repeat("I have taken this ferry for years and it was late every single time, whatever they say now. ", 3) + s.counter + "</p></li>"
		return fmt.Sprintf(`<html><body><article><h1>%s</h1>%s</article><section id="comments"><h2>Comments</h2><ol>%s</ol></section></body></html>`,
			title, tags("p", ps), strings.Repeat(comment, 8))
	},
	"a wrapper that is named after its sidebar": func(s surroundings, title string, ps []string) string {
		return fmt.Sprintf(`<html><body class="single with-sidebar"><div class="content has-sidebar"><h1>%s</h1><div>%s</div></div><div class="sidebar">%s %s</div></body></html>`,
			title, tags("p", ps), s.ad, s.related)
	},
	"the next story below": func(s surroundings, title string, ps []string) string {
		return fmt.Sprintf(`<html><head><meta property="og:title" content=%q></head><body><main><article><h1>%s</h1>%s</article><article><h1>%s</h1><p>%s %s, and the sun shone all day long over the stalls.</p></article></main></body></html>`,
			title, title, tags("p", ps), s.related, s.ad, "Hundreds of visitors came to the square to taste what the farms had brought")
	},
	"divs for paragraphs": func(s surroundings, title string, ps []string) string {
		return fmt.Sprintf(`<html><body><div class="top">%s</div><div class="wrap"><h1>%s</h1>%s</div><div class="bottom">%s</div></body></html>`, s.clock, title, tags("div", ps), s.ad)
	},
}

func tags(name string, ps []string) string {
	var b strings.Builder
	for _, p := range ps {
		fmt.Fprintf(&b, "<%s>%s</%[1]s>\n", name, p)
	}
	return b.String()
}

func extracted(t *testing.T, body string) story.Article {
	t.Helper()
	a, err := FromHTML("https://islander.example/news/ferry", []byte(body), Selectors{})
	if err != nil {
		t.Fatalf("%v\n%s", err, body)
	}
	return a
}

func TestStoryIsFoundInEveryLayout(t *testing.T) {
	const title = "Ferry out of service"
	for name, page := range pages {
		t.Run(name, func(t *testing.T) {
			a := extracted(t, page(morning, title, []string{ferry1, ferry2, ferry3}))
			if a.Title != title {
				t.Errorf("title %q", a.Title)
			}
			if got := joined(a.Paragraphs); got != ferry1+"\n"+ferry2+"\n"+ferry3 {
				t.Errorf("text %q", got)
			}
			if a.Lang != "en" || a.Dir != "ltr" {
				t.Errorf("language %q, direction %q", a.Lang, a.Dir)
			}
		})
	}
}

func TestChangedSurroundingsChangeNothing(t *testing.T) {
	for name, page := range pages {
		t.Run(name, func(t *testing.T) {
			one := extracted(t, page(morning, "Ferry out of service", []string{ferry1, ferry2}))
			two := extracted(t, page(evening, "Ferry out of service", []string{ferry1, ferry2}))
			if joined(one.Text()) != joined(two.Text()) {
				t.Errorf("the text changed from %q to %q", joined(one.Text()), joined(two.Text()))
			}
		})
	}
}

func TestAnAddedParagraphIsSeen(t *testing.T) {
	for name, page := range pages {
		t.Run(name, func(t *testing.T) {
			for _, ps := range [][]string{{ferry1, ferry3, ferry2}, {ferry3, ferry1, ferry2}, {ferry1, ferry2, ferry3}} {
				if a := extracted(t, page(evening, "Ferry out of service", ps)); joined(a.Paragraphs) != strings.Join(ps, "\n") {
					t.Errorf("want %q, got %q", ps, joined(a.Paragraphs))
				}
			}
		})
	}
}

// One story in the languages that newsrooms here write in: title, two paragraphs, direction.
var tongues = []struct{ lang, dir, title, first, second string }{
	{"ar", "rtl", "توقف العبّارة بين الجزيرتين", "توقفت العبّارة التي تربط الجزيرتين عن العمل يوم الاثنين بعد عطل أصاب دفتها مرتين خلال أسبوع واحد، بحسب مكتب الميناء.", "وستنقل قوارب الصيد البريد والأدوية إلى حين وصول عبّارة بديلة من البر الرئيسي."},
	{"fa", "rtl", "توقف کشتی میان دو جزیره", "کشتی مسافربری میان دو جزیره روز دوشنبه پس از آنکه سکان آن دو بار در یک هفته از کار افتاد، از خدمت خارج شد.", "تا رسیدن کشتی جایگزین، قایق‌های ماهیگیری پست و دارو را جابه‌جا می‌کنند."},
	{"he", "rtl", "המעבורת בין שני האיים הושבתה", "המעבורת שמחברת בין שני האיים הוצאה משירות ביום שני לאחר שההגה שלה נתקע פעמיים בשבוע אחד, כך מסר משרד הנמל.", "עד שתגיע מעבורת חלופית מהיבשה יובילו סירות דיג את הדואר ואת התרופות."},
	{"ru", "ltr", "Паром между островами снят с линии", "Паром, который ходит между двумя островами, в понедельник сняли с линии после того, как у него дважды за неделю заклинило руль, сообщили в порту.", "Пока не придёт замена с материка, почту и лекарства будут возить рыбацкие лодки."},
	{"tr", "ltr", "İki ada arasındaki feribot durdu", "İki ada arasında çalışan feribot, dümeni bir hafta içinde iki kez kilitlendiği için pazartesi günü seferden alındı, liman idaresi böyle açıkladı.", "Anakaradan yedek feribot gelene kadar posta ve ilaçları balıkçı tekneleri taşıyacak."},
	{"zh", "ltr", "两岛之间的渡轮停航", "港务处星期一表示，往返两个岛屿之间的渡轮因为一周之内舵机两次失灵，已经暂停营运，恢复时间尚未确定。", "在替代渡轮从大陆抵达之前，渔船将负责运送邮件和药品，航空公司也增加了两个班次。"},
	{"fr", "ltr", "Le bac entre les deux îles à l'arrêt", "Le bac qui relie les deux îles a été retiré du service lundi après deux blocages du gouvernail en une semaine, a indiqué la capitainerie.", "En attendant un remplaçant venu du continent, des bateaux de pêche transporteront le courrier et les médicaments."},
	{"de", "ltr", "Fähre zwischen den Inseln fällt aus", "Die Fähre zwischen den beiden Inseln ist am Montag aus dem Dienst genommen worden, weil ihr Ruder zweimal in einer Woche klemmte, wie das Hafenamt mitteilte.", "Bis Ersatz vom Festland kommt, bringen Fischerboote Post und Arznei."},
	{"es", "ltr", "El transbordador entre las islas queda fuera de servicio", "El transbordador que une las dos islas quedó el lunes fuera de servicio porque su timón se trabó dos veces en una semana, informó la oficina del puerto.", "Hasta que llegue un reemplazo del continente, los barcos de pesca llevarán el correo y las medicinas."},
}

func TestStoryIsFoundInEveryTongue(t *testing.T) {
	for _, c := range tongues {
		for name, page := range pages {
			if name == "the next story below" || name == "comments longer than the story" {
				continue // their surroundings are in English and say so
			}
			t.Run(c.lang+" "+name, func(t *testing.T) {
				a := extracted(t, strings.Replace(page(morning, c.title, []string{c.first, c.second}), `lang="en"`, "", 1))
				if got := joined(a.Paragraphs); a.Title != c.title || got != c.first+"\n"+c.second {
					t.Errorf("title %q, text %q", a.Title, got)
				}
				if a.Lang != c.lang || a.Dir != c.dir {
					t.Errorf("language %q, direction %q", a.Lang, a.Dir)
				}
			})
		}
	}
}

func TestSelectorsWin(t *testing.T) {
	body := `<html><body><h1>Site name</h1><div class="h">Ferry out of service</div><div class="t"><p>Short.</p><div class="x"><p>` + ferry3 + `</p></div></div><article><p>` + ferry1 + `</p><p>` + ferry2 + `</p></article></body></html>`
	a, err := FromHTML("", []byte(body), Selectors{Title: ".h", Body: ".t", Remove: []string{".x"}})
	if err != nil || a.Title != "Ferry out of service" || joined(a.Paragraphs) != "Short." {
		t.Errorf("got %+v, %v", a, err)
	}
}

func TestWhatIsNoArticleIsRefusedWithASentence(t *testing.T) {
	for name, c := range map[string]struct {
		body    string
		outcome story.Outcome
		says    string
	}{
		"nothing":            {"", story.OutcomeUnreadable, "no article text"},
		"a script shell":     {`<html><body><div id="root"></div><script>` + strings.Repeat("x();", 2000) + `</script></body></html>`, story.OutcomeUnreadable, "scripts"},
		"a challenge":        {`<html><head><title>Just a moment</title></head><body><form id="challenge-form"><p>Checking your browser.</p></form></body></html>`, story.OutcomeBlocked, "challenge"},
		"a soft 404":         {`<html><head><title>Page not found | The Islander</title></head><body><h1>Page not found</h1><p>Sorry, we looked everywhere.</p></body></html>`, story.OutcomeUnreadable, "nothing here"},
		"an Arabic one":      {`<html><head><title>الصفحة غير موجودة</title></head><body><h1>الصفحة غير موجودة</h1></body></html>`, story.OutcomeUnreadable, "nothing here"},
		"nested to no end":   {strings.Repeat("<div>", 5000), story.OutcomeUnreadable, "deep"},
		"elements to no end": {strings.Repeat("<br>", 60000), story.OutcomeLimited, "elements"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := FromHTML("https://islander.example/x", []byte(c.body), Selectors{})
			var refused *Error
			if !errors.As(err, &refused) || refused.Outcome != c.outcome || !strings.Contains(refused.Reason, c.says) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func FuzzArticle(f *testing.F) {
	for _, page := range pages {
		f.Add(page(morning, "Ferry out of service", []string{ferry1, ferry2, ferry3}))
	}
	f.Add("<table><tr><td>1<td>2<tr><td>3<td>4</table><p>x</p><svg><p>y")
	f.Fuzz(func(t *testing.T, body string) {
		a, err := FromHTML("https://islander.example/x", []byte(body), Selectors{})
		var refused *Error
		if err != nil && !errors.As(err, &refused) {
			t.Errorf("an error of another kind: %v", err)
		}
		if err == nil && len(a.Paragraphs) == 0 {
			t.Error("an article without text")
		}
		if strings.Contains(fmt.Sprint(err), "broke the reader") {
			t.Error(err)
		}
	})
}

func BenchmarkArticle(b *testing.B) {
	body := []byte(pages["article element"](morning, "Ferry out of service", strings.Split(strings.Repeat(ferry1+"|"+ferry2+"|", 400), "|")))
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if _, err := FromHTML("", body, Selectors{}); err != nil {
			b.Fatal(err)
		}
	}
}
