package extract

import (
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html/atom"

	"github.com/storywatch/storywatch/story"
	"github.com/storywatch/storywatch/text"
)

// article puts together what was found. Where the page's own text was empty, what its JSON-LD holds of it is taken.
func (d *document) article() story.Article {
	a := story.Article{
		URL: d.page.URL, Canonical: d.head.canonicalAddress(), Title: d.title, Standfirst: d.lead(), Paragraphs: d.paragraphs(),
		Authors: d.authors(), Section: d.section(), Image: d.head.address(first(d.head.say("og:image", "twitter:image"), d.head.linked.image)),
		Paywalled: d.head.linked.paywalled,
	}
	if len(a.Paragraphs) == 0 {
		a.Paragraphs = linkedParagraphs(d.head.linked.body)
	}
	a.Published, a.Modified = d.published(), d.modified()
	if a.Modified.Before(a.Published) {
		a.Modified = a.Published
	}
	body := joined(a.Paragraphs)
	a.Lang = text.Language(a.Title+"\n"+body, d.declaredLanguage())
	a.Dir = text.DirectionOf(a.Lang)
	if dir := text.Direction(body); dir != "" {
		a.Dir = dir
	}
	return a
}

func linkedParagraphs(body string) []text.Paragraph {
	var all []text.Paragraph
	if strings.Contains(body, "</p>") || strings.Contains(body, "<br") {
		body = strings.NewReplacer("</p>", "\n", "<br", "\n<br").Replace(body)
		body = stripTags(body)
	}
	for line := range strings.Lines(body) {
		if p := plain(line); p != "" {
			all = append(all, text.Paragraph{Text: p})
		}
	}
	return all
}

func stripTags(s string) string {
	var b strings.Builder
	in := false
	for _, r := range s {
		switch {
		case r == '<':
			in = true
		case r == '>' && in:
			in = false
		case !in:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// declaredLanguage is what the page says of itself; it is a hint, as many templates say en whatever they hold.
func (d *document) declaredLanguage() string {
	lang := first(d.head.lang, d.head.linked.lang, d.head.say("og:locale", "content-language", "language", "dc.language"))
	primary, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(lang), "_", "-"), "-")
	if len(primary) < 2 || len(primary) > 3 {
		return ""
	}
	return primary
}

func (d *document) section() string {
	return first(d.head.say("article:section"), d.head.linked.section)
}

// mostAuthors is how many names an author line may give before it is no author line.
const mostAuthors = 12

// authors are those that the page's data name, else those of its byline.
func (d *document) authors() []string {
	names := d.head.linked.authors
	if len(names) == 0 {
		names = slices.Concat(d.head.meta["author"], d.head.meta["article:author"], d.head.meta["byl"], d.head.meta["dc.creator"],
			d.head.meta["parsely-author"], d.head.meta["sailthru.author"])
	}
	if len(names) == 0 {
		names = d.bylines()
	}
	var all []string
	for _, name := range names {
		for _, one := range splitNames(name) {
			if one = cleanName(one); one != "" && !slices.Contains(all, one) {
				all = append(all, one)
			}
		}
	}
	if len(all) > mostAuthors {
		return nil
	}
	return all
}

// bylines are the texts of elements that say to name the author.
func (d *document) bylines() []string {
	var all []string
	find := goquery.NewDocumentFromNode(d.root)
	for _, selector := range []string{"[rel=author]", "[itemprop=author] [itemprop=name]", "[itemprop=author]", "a[href*='/author/']", "[class*=byline]"} {
		find.Find(selector).Each(func(_ int, s *goquery.Selection) {
			if name := text.Clean(s.Text()); name != "" && units(name) <= 8 {
				all = append(all, name)
			}
		})
		if len(all) > 0 {
			return all
		}
	}
	for _, b := range d.blocks {
		if b.reason == outByline || b.reason == reasonBefore {
			if namesAuthor(b) {
				return []string{b.text}
			}
		}
	}
	return nil
}

// splitNames parts a line that names several people. A comma parts names unless what follows it is a single word, as in
// "Doe, Jane".
func splitNames(line string) []string {
	for _, mark := range []string{" and ", " und ", " et ", " y ", " e ", " og ", " en ", " & ", ";", "؛", "|", "、", "，", "،"} {
		line = strings.ReplaceAll(line, mark, "\x00")
	}
	line = strings.ReplaceAll(line, " و", "\x00و") // the letter may be the name's own
	parts := strings.Split(line, "\x00")
	var all []string
	for _, p := range parts {
		if commas := strings.Split(p, ","); len(commas) > 1 && strings.Contains(strings.TrimSpace(commas[0]), " ") {
			all = append(all, commas...)
			continue
		}
		all = append(all, p)
	}
	return all
}

// cleanName takes a name out of a byline; "" when what is left is none.
func cleanName(s string) string {
	s = strings.Trim(text.Clean(s), " \t,.;:·•–—-|/()")
	if strings.Contains(s, "://") || strings.HasPrefix(s, "@") {
		return ""
	}
	key := lookup(s)
	if phrase := starts(furniture.byline, key); phrase != "" {
		words, n := strings.Fields(s), strings.Count(phrase, " ")+1
		if n >= len(words) {
			return ""
		}
		s = strings.Trim(strings.Join(words[n:], " "), " :")
	}
	if units(s) > 7 || strings.ContainsAny(s, "0123456789<>{}") {
		return ""
	}
	return s
}

// readTitle returns the headline.
func (d *document) readTitle() string {
	if d.sel.Title != "" {
		if t := text.Clean(goquery.NewDocumentFromNode(d.root).Find(d.sel.Title).First().Text()); t != "" {
			return t
		}
	}
	told := []string{plain(d.head.linked.headline), plain(d.head.say("og:title", "twitter:title", "dc.title")), d.head.title}
	best, bestScore := "", 0.0
	for i, b := range d.blocks {
		if b.kind != text.Heading || b.level > 2 || b.units == 0 || b.units > 60 {
			continue
		}
		score := 0.0
		for _, t := range told {
			score = max(score, headlineScore(b.text, t))
		}
		if b.level == 1 {
			score += 0.2
		}
		score -= float64(i) / 2000
		if b.box.cue.out != "" || b.linked > b.units/2 {
			score -= 0.15
		}
		if score > bestScore {
			best, bestScore = b.text, score
		}
	}
	if bestScore >= 0.5 {
		return best
	}
	site := d.head.say("og:site_name", "application-name")
	for _, t := range told {
		if t = withoutSite(t, site); t != "" {
			return t
		}
	}
	return best
}

// headlineScore says how much of a told title a heading is: 1 when it is all of it or the part before the site's name.
func headlineScore(heading, told string) float64 {
	h, t := lookup(heading), lookup(told)
	if h == "" || t == "" {
		return 0
	}
	if strings.Contains(t, h) {
		return min(1, 0.5+float64(len(h))/float64(len(t)))
	}
	if strings.Contains(h, t) {
		return 0.8
	}
	shared := text.Shared(text.Grams(h, 4), text.Grams(t, 4))
	return float64(shared) / float64(max(len(text.Grams(t, 4)), 1)) * 0.8
}

// titleMarks part a headline from the name of the site.
var titleMarks = []string{" | ", " - ", " – ", " — ", " :: ", " · ", " • ", " » ", " / ", " ‹ ", "｜", "_", " ₪ "}

// withoutSite takes the site's name off a title: what follows the last mark, if it is that name or is short.
func withoutSite(title, site string) string {
	title = text.Clean(title)
	for _, mark := range titleMarks {
		i := strings.LastIndex(title, mark)
		if i <= 0 {
			continue
		}
		head, tail := strings.TrimSpace(title[:i]), strings.TrimSpace(title[i+len(mark):])
		switch {
		case site != "" && text.Key(tail) == text.Key(site):
			return withoutSite(head, site)
		case site != "" && text.Key(head) == text.Key(site):
			return tail
		case units(tail) <= 4 && units(head) > units(tail):
			return withoutSite(head, "")
		}
	}
	return title
}

// timesIn returns the instants of the page's time elements that stand outside of boxes that are out.
func (d *document) timesIn() []string {
	var all []string
	for n := range d.root.Descendants() {
		if n.DataAtom == atom.Time {
			if at := first(attr(n, "datetime"), inner(n)); at != "" {
				all = append(all, at)
			}
		}
	}
	return all
}
