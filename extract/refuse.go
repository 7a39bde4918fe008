package extract

import (
	"strings"

	"github.com/storywatch/storywatch/story"
)

// How little text a page may have to be taken for one that hides its story, in words.
const (
	wallText = 150
	softText = 80
)

// challenges are what pages are made of that want to see a person before they show themselves, by the products in use.
var challenges = []string{
	"cf-challenge", "challenge-platform", "challenge-form", "cf-turnstile", "cf_chl", "captcha-delivery", "px-captcha", "perimeterx", "g-recaptcha",
	"h-captcha", "hcaptcha.com", "datadome", "incapsula", "_incapsula_", "distil_", "arkoselabs", "ddos-guard", "sucuri", "aws-waf", "awswaf", "sec-if-cpt", "akam-sw",
}

// walls are what pages are made of that ask for consent before they show themselves.
var walls = []string{"sp_message", "consent.", "/consent", "cmpbox", "didomi", "onetrust", "qc-cmp", "usercentrics", "cookiewall", "privacy-gate", "privacygate"}

// refusal says why a page is no article, by what it is made of rather than by what was found; nil when nothing speaks
// against it.
func (d *document) refusal() error {
	words := 0.0
	for _, b := range d.blocks {
		words += b.units
	}
	if words > wallText || d.head.linked.body != "" {
		return nil
	}
	switch {
	case d.marked(challenges):
		return &Error{story.OutcomeBlocked, "the site wants to see a person before it shows this page (a challenge); ask the site for access, or take its feed"}
	case d.marked(walls) && words < softText:
		return &Error{story.OutcomeBlocked, "the site asks for consent before it shows this page; ask the site for access, or take its feed"}
	case words < softText && saysNotFound(d.head.title, d.blocks):
		return unreadable("this page says that there is nothing here, although the site answered as if there were")
	}
	return nil
}

func (d *document) marked(marks []string) bool {
	for _, m := range d.head.markers {
		for _, mark := range marks {
			if strings.Contains(m, mark) {
				return true
			}
		}
	}
	return false
}

// notFound is how pages say that they are not there, folded.
var notFound = strings.Split(`page not found;not found;error 404;404 error;404 not found;page cannot be found;page could not be found;page doesn t exist;page does not exist;no longer available;
seite nicht gefunden;seite wurde nicht gefunden;nicht gefunden;page introuvable;page non trouvee;pagina no encontrada;no se encontro la pagina;pagina nao encontrada;pagina non trovata;
pagina niet gevonden;nie znaleziono strony;sayfa bulunamadi;страница не найдена;сторінку не знайдено;الصفحة غير موجودة;لم يتم العثور على الصفحة;الصفحة المطلوبة غير موجودة;
صفحه مورد نظر یافت نشد;صفحه یافت نشد;הדף לא נמצא;העמוד לא נמצא;页面不存在;頁面不存在;找不到页面;ページが見つかりません;페이지를 찾을 수 없습니다`, ";")

var notFoundKeys = func() []string {
	var all []string
	for _, phrase := range notFound {
		all = append(all, lookup(phrase))
	}
	return all
}()

func saysNotFound(title string, blocks []*block) bool {
	said := []string{lookup(title)}
	for _, b := range blocks {
		if b.units <= 12 {
			said = append(said, lookup(b.text))
		}
	}
	for _, s := range said {
		for _, key := range notFoundKeys {
			if key != "" && (s == key || strings.HasPrefix(s, key+" ") || strings.HasSuffix(s, " "+key)) {
				return true
			}
		}
	}
	return false
}

// emptiness says why an article that was found is none: nothing, or hardly anything, was there.
func (d *document) emptiness(a story.Article) error {
	words := 0.0
	for _, p := range a.Paragraphs {
		words += units(p.Text)
	}
	switch {
	case words >= shortBlock, words > 0 && d.sel.Body != "":
		return nil
	case d.head.scripts > 2000:
		return unreadable("this page is empty until its scripts run, and storywatch runs none; take the site's feed or sitemap instead")
	case d.sel.Body != "":
		return unreadable("the selector %q finds no text on this page", d.sel.Body)
	}
	return unreadable("no article text was found on this page; \"storywatch try --blocks\" shows what was seen")
}
