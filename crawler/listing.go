package crawler

import (
	"net/url"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"github.com/storywatch/storywatch/fetch"
)

// readListing takes the article links of a page, by the source's selector or by what looks like a headline. The note tells
// of a feed the page offers, which would be cheaper to read.
func readListing(body []byte, selector string, list *links) (string, error) {
	root := rootName(body)
	if isFeed(root) || isSitemap(root) || isJSON(body) {
		return "", unreadable("the address gives data (a feed or sitemap), not a page of links")
	}
	doc, err := document(body)
	if err != nil {
		return "", err
	}
	if href, ok := doc.Find("base[href]").First().Attr("href"); ok {
		if base, err := list.page.Parse(strings.TrimSpace(href)); err == nil {
			list.base = base
		}
	}
	dates := datesOf(doc)
	if selector != "" {
		selected(doc, selector, dates, list)
		if len(list.list) == 0 {
			return "", unreadable("links.select finds no link to an article on the page")
		}
		return feedHint(doc, list.base), nil
	}
	for _, h := range headlines(doc, list.base) {
		list.add(h.href, h.title, dates.of(h.node))
	}
	if len(list.list) == 0 {
		return "", unreadable("no links to articles were found on the page; links.select can say where they are")
	}
	return feedHint(doc, list.base), nil
}

// selected takes the links that a selector names: the anchors themselves, or the first in or around what it names.
func selected(doc *goquery.Document, selector string, dates dates, list *links) {
	doc.Find(selector).Each(func(_ int, s *goquery.Selection) {
		a := s
		if !a.Is("a[href]") {
			if a = s.Find("a[href]").First(); a.Length() == 0 {
				a = s.Closest("a[href]")
			}
		}
		if a.Length() > 0 {
			href, _ := a.Attr("href")
			list.add(href, titleOf(a.Nodes[0]), dates.of(a.Nodes[0]))
		}
	})
}

// feedHint says where a page offers a feed.
func feedHint(doc *goquery.Document, base *url.URL) string {
	hint := ""
	doc.Find(`link[rel~="alternate"][href]`).EachWithBreak(func(_ int, s *goquery.Selection) bool {
		kind, _ := s.Attr("type")
		kind = strings.ToLower(kind)
		if !strings.Contains(kind, "rss") && !strings.Contains(kind, "atom") && !strings.Contains(kind, "feed+json") {
			return true
		}
		href, _ := s.Attr("href")
		u, err := base.Parse(strings.TrimSpace(href))
		if err != nil || fetch.Check(u.String()) != nil {
			return true
		}
		hint = "this page offers a feed at " + u.String()
		return false
	})
	return hint
}

// dates says which time element belongs to an element: the only one below it or a near ancestor.
type dates map[*html.Node]time.Time

// nearby is how many ancestors a headline and its date may be away from the element they share.
const nearby = 4

// datesOf notes every time element at its near ancestors; where two meet, neither counts.
func datesOf(doc *goquery.Document) dates {
	d := dates{}
	doc.Find("time[datetime]").Each(func(_ int, s *goquery.Selection) {
		value, _ := s.Attr("datetime")
		at := w3cTime(strings.TrimSpace(value))
		for n, i := s.Nodes[0].Parent, 0; n != nil && i < nearby; n, i = n.Parent, i+1 {
			if _, taken := d[n]; taken {
				at = time.Time{}
			}
			d[n] = at
		}
	})
	return d
}

func (d dates) of(n *html.Node) time.Time {
	for i := 0; n != nil && i < nearby; n, i = n.Parent, i+1 {
		if at, ok := d[n]; ok {
			return at
		}
	}
	return time.Time{}
}
