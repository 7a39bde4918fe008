package crawler

import (
	"net/url"
	"strings"
	"unicode"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// headline is an anchor that leads to an article.
type headline struct {
	node        *html.Node
	href, title string
	rank        rank
}

// rank says how sure it is that an anchor is a headline.
type rank int

const (
	notHeadline rank = iota
	byText           // reads like one
	byCard           // stands in an article element
	byHeading        // is a heading, or holds one
)

// headlines finds the article links of a page without being told where they are. What counts is where an anchor stands (in
// a heading, in an article element, in the main part, not in navigation), how long its text is, and whether its address
// looks like that of an article rather than a section. A page whose class names hide all of it is read without them.
//
// The same address is often linked three times, by picture, headline and "read more": it keeps its first place and gets
// the title of its surest link.
func headlines(doc *goquery.Document, base *url.URL) []headline {
	for _, heedClasses := range []bool{true, false} {
		s := &search{base: base, heedClasses: heedClasses, place: map[string]int{}}
		for _, root := range doc.Nodes {
			s.walk(root, where{})
		}
		var found []headline
		for _, h := range s.found {
			if h.rank != notHeadline {
				found = append(found, h)
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// search is one pass over a page.
type search struct {
	base        *url.URL
	heedClasses bool
	place       map[string]int // address to index in found
	found       []headline
}

// where is what is known of the place of a node.
type where struct {
	heading, article, main bool
}

// walk goes through the tree once. The parser bounds its depth, so recursion is safe.
func (s *search) walk(n *html.Node, at where) {
	if n.Type == html.ElementNode {
		if s.skips(n, at) {
			return
		}
		switch n.DataAtom {
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
			at.heading = true
		case atom.Article:
			at.article = true
		case atom.Main:
			at.main = true
		case atom.A:
			s.take(n, at)
			return
		}
		at.main = at.main || attr(n, "role") == "main"
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		s.walk(c, at)
	}
}

// chrome are the words in class names and ids of what surrounds the content of a page.
var chrome = map[string]bool{"nav": true, "navbar": true, "navigation": true, "menu": true, "submenu": true, "footer": true,
	"breadcrumb": true, "breadcrumbs": true, "sidebar": true, "cookie": true, "cookies": true, "consent": true,
	"newsletter": true, "social": true, "share": true, "sharing": true, "pagination": true, "pager": true, "copyright": true,
	"ad": true, "ads": true, "advert": true, "advertisement": true, "sponsored": true, "login": true, "tags": true}

// skips reports whether a part of the page holds no headlines.
func (s *search) skips(n *html.Node, at where) bool {
	switch n.DataAtom {
	case atom.Nav, atom.Footer, atom.Aside, atom.Form, atom.Dialog, atom.Script, atom.Style, atom.Noscript, atom.Template,
		atom.Head, atom.Select, atom.Iframe, atom.Svg:
		return true
	case atom.Header:
		if !at.article && !at.main {
			return true
		}
	case atom.Html, atom.Body, atom.Main, atom.Article:
		return false // their classes speak of the whole page
	}
	switch attr(n, "role") {
	case "navigation", "contentinfo", "complementary", "banner", "search", "menu", "menubar", "dialog":
		return true
	}
	if attr(n, "aria-hidden") == "true" && n.DataAtom != atom.A || hasAttr(n, "hidden") {
		return true
	}
	return s.heedClasses && n.DataAtom != atom.A && isChrome(attr(n, "class")+" "+attr(n, "id"))
}

// isChrome reports whether a class name is, or consists of words one of which is, a name for what surrounds the content.
// Words that say a part is there ("has-sidebar") say nothing of this one.
func isChrome(names string) bool {
	for name := range strings.FieldsSeq(strings.ToLower(names)) {
		words := strings.FieldsFunc(name, func(r rune) bool { return r == '-' || r == '_' })
		if len(words) == 0 || words[0] == "has" || words[0] == "with" || words[0] == "no" || words[0] == "without" {
			continue
		}
		for _, word := range words {
			if chrome[word] {
				return true
			}
		}
	}
	return false
}

// take weighs one anchor.
func (s *search) take(a *html.Node, at where) {
	href := strings.TrimSpace(attr(a, "href"))
	u, err := s.base.Parse(href)
	if href == "" || err != nil {
		return
	}
	h := headline{node: a, href: href, title: titleOf(a)}
	h.rank = weighHeadline(h.title, u, at, hasHeading(a))
	u.Fragment = ""
	key := u.String()
	i, known := s.place[key]
	if !known {
		s.place[key] = len(s.found)
		s.found = append(s.found, h)
		return
	}
	if old := s.found[i]; h.rank > old.rank {
		s.found[i] = h
	}
}

// weighHeadline says how sure it is that an anchor leads to an article.
func weighHeadline(title string, u *url.URL, at where, holdsHeading bool) rank {
	long, short, article := lengthOf(title) >= 8, lengthOf(title) >= 4, articlePath(u)
	switch {
	case servicePath(u):
		return notHeadline
	case (at.heading || holdsHeading) && (long || short && article):
		return byHeading
	case at.article && long:
		return byCard
	case long && (article || at.main):
		return byText
	}
	return notHeadline
}

// lengthOf measures a title so that one measure does for all scripts: two for a word, one for an ideograph or a syllable,
// and one for every two letters of scripts that write no spaces. Four words are as long as eight ideographs.
func lengthOf(title string) int {
	length, spaceless := 0, 0
	inWord := false
	for _, r := range title {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
			length++
			inWord = false
		case unicode.In(r, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
			spaceless++
			inWord = false
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			if !inWord {
				length += 2
			}
			inWord = true
		case r != '\'' && r != '’' && r != '-':
			inWord = false
		}
	}
	return length + spaceless/2
}

// articlePath reports whether an address looks like that of an article: with a number, or several words in its last part.
func articlePath(u *url.URL) bool {
	path := strings.Trim(u.Path, "/")
	if path == "" {
		return strings.ContainsAny(u.RawQuery, "0123456789")
	}
	last := path[strings.LastIndexByte(path, '/')+1:]
	joints := strings.Count(last, "-") + strings.Count(last, "_")
	return strings.ContainsAny(path, "0123456789") || joints >= 2 || strings.ContainsAny(u.RawQuery, "0123456789") ||
		strings.Contains(path, "/") && (strings.HasSuffix(last, ".html") || strings.HasSuffix(last, ".htm"))
}

// services are the parts of a path that say that something else than an article is there.
var services = map[string]bool{"author": true, "authors": true, "tag": true, "tags": true, "topic": true, "topics": true,
	"category": true, "categories": true, "section": true, "login": true, "signin": true, "register": true, "account": true,
	"profile": true, "subscribe": true, "subscription": true, "newsletters": true, "search": true, "privacy": true,
	"terms": true, "contact": true}

func servicePath(u *url.URL) bool {
	for part := range strings.SplitSeq(strings.ToLower(u.Path), "/") {
		if services[part] {
			return true
		}
	}
	return false
}

// titleOf returns what an anchor is called: by the heading in it, by its text, or by what it says for those who see no
// picture.
func titleOf(a *html.Node) string {
	if h := headingIn(a); h != nil {
		if text := oneLine(textOf(h)); text != "" {
			return text
		}
	}
	if text := oneLine(textOf(a)); text != "" {
		return text
	}
	for _, name := range []string{"aria-label", "title"} {
		if text := oneLine(attr(a, name)); text != "" {
			return text
		}
	}
	return ""
}

func hasHeading(n *html.Node) bool { return headingIn(n) != nil }

// headingIn returns the first heading within a node.
func headingIn(n *html.Node) *html.Node {
	for d := range n.Descendants() {
		switch d.DataAtom {
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
			return d
		}
	}
	return nil
}

// textOf joins the text in a node, blocks apart.
func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		switch {
		case d.Type == html.TextNode:
			if p := d.Parent; p == nil || p.DataAtom != atom.Script && p.DataAtom != atom.Style {
				b.WriteString(d.Data)
			}
		case d.DataAtom == atom.Br, d.DataAtom == atom.Div, d.DataAtom == atom.P, d.DataAtom == atom.Span:
			b.WriteByte(' ')
		}
	}
	return b.String()
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}
