package extract

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/publicsuffix"

	"github.com/storywatch/storywatch/text"
)

// head is what a page says of itself outside of its text.
type head struct {
	meta      map[string][]string // name, property or itemprop, in lower case, to what it says, in order
	title     string              // of the title element
	canonical string              // as written
	amp       string              // address of the short version
	lang, dir string
	linked    linked // JSON-LD
	base      *url.URL
	scripts   int // bytes of script on the page
	noscript  strings.Builder
	markers   []string // ids, names and sources of what challenge pages are made of
}

// readHead collects metadata from the whole tree: many pages put it into the body.
func (d *document) readHead() {
	h := &d.head
	h.meta = map[string][]string{}
	h.base, _ = url.Parse(d.page.URL)
	if h.base == nil {
		h.base = &url.URL{}
	}
	for n := range d.root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.DataAtom {
		case atom.Html, atom.Body:
			h.lang = first(h.lang, attr(n, "lang"), attr(n, "xml:lang"))
			h.dir = first(h.dir, strings.ToLower(attr(n, "dir")))
		case atom.Meta:
			h.readMeta(n)
		case atom.Link:
			h.readLink(n)
		case atom.Base:
			if u, err := h.base.Parse(attr(n, "href")); err == nil && d.page.URL == "" {
				h.base = u
			}
		case atom.Title:
			if h.title == "" && (n.Parent == nil || n.Parent.DataAtom != atom.Svg) {
				h.title = text.Clean(inner(n))
			}
		case atom.Script:
			h.readScript(n)
		case atom.Noscript:
			if h.noscript.Len() < 4096 {
				h.noscript.WriteString(inner(n))
			}
		case atom.Iframe, atom.Form, atom.Div:
			h.readMarker(n)
		}
	}
	h.linked.settle()
}

func (h *head) readMeta(n *html.Node) {
	content := text.Clean(attr(n, "content"))
	if content == "" {
		return
	}
	for _, key := range []string{"property", "name", "itemprop", "http-equiv"} {
		if name := strings.ToLower(strings.TrimSpace(attr(n, key))); name != "" {
			h.meta[name] = append(h.meta[name], content)
		}
	}
}

func (h *head) readLink(n *html.Node) {
	switch strings.ToLower(attr(n, "rel")) {
	case "canonical":
		h.canonical = first(h.canonical, strings.TrimSpace(attr(n, "href")))
	case "amphtml":
		h.amp = attr(n, "href")
	}
}

func (h *head) readScript(n *html.Node) {
	if strings.Contains(strings.ToLower(attr(n, "type")), "ld+json") {
		h.linked.read(inner(n))
		return
	}
	h.readMarker(n)
	h.scripts += len(attr(n, "src"))
	for c := range n.ChildNodes() {
		h.scripts += len(c.Data)
	}
}

// readMarker remembers what challenge pages are recognised by. Div elements matter by id only.
func (h *head) readMarker(n *html.Node) {
	if len(h.markers) >= 500 {
		return
	}
	for _, key := range []string{"id", "src", "action", "class"} {
		if v := attr(n, key); v != "" && (key != "class" || n.DataAtom == atom.Div) {
			h.markers = append(h.markers, strings.ToLower(cut(v, 200)))
		}
	}
}

// say returns the first thing that meta elements of any of the names say.
func (h *head) say(names ...string) string {
	for _, name := range names {
		if all := h.meta[name]; len(all) > 0 {
			return all[0]
		}
	}
	return ""
}

// address returns ref as an absolute http address, "" when it is none.
func (h *head) address(ref string) string {
	ref = strings.TrimSpace(ref)
	if ref == "" {
		return ""
	}
	u, err := h.base.Parse(ref)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return ""
	}
	u.Fragment, u.User = "", nil
	return u.String()
}

// canonicalAddress returns the address that the page gives itself, when it is one of the same site.
func (h *head) canonicalAddress() string {
	for _, ref := range []string{h.canonical, h.say("og:url"), h.linked.url} {
		abs := h.address(ref)
		if abs == "" {
			continue
		}
		u, err := url.Parse(abs)
		if err != nil || (h.base.Host != "" && !sameSite(u.Hostname(), h.base.Hostname())) {
			continue
		}
		if strings.Trim(u.Path, "/") == "" && u.RawQuery == "" && strings.Trim(h.base.Path, "/") != "" {
			continue // some templates name the front page on every page
		}
		return abs
	}
	return ""
}

// sameSite reports whether two hosts belong to the same registered domain.
func sameSite(a, b string) bool {
	if strings.EqualFold(a, b) {
		return true
	}
	x, errX := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(a))
	y, errY := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(b))
	return errX == nil && errY == nil && x == y
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// inner returns all text below n.
func inner(n *html.Node) string {
	if c := n.FirstChild; c != nil && c.NextSibling == nil && c.Type == html.TextNode {
		return c.Data
	}
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

// first returns the first string that is not empty.
func first(all ...string) string {
	for _, s := range all {
		if s != "" {
			return s
		}
	}
	return ""
}
