package crawler

import (
	"bytes"
	"encoding/json"
	"net/url"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"github.com/storywatch/storywatch/story"
	"github.com/storywatch/storywatch/text"
)

// kindOf finds out what an address is by what it gives: a feed and a sitemap by their root element, an article by what the
// page says of itself. Everything else is a listing, and so is the front page of a site whatever it says.
func kindOf(body []byte, at *url.URL) (story.PageKind, error) {
	switch root := rootName(body); {
	case isFeed(root), isJSONFeed(body):
		return story.KindFeed, nil
	case isSitemap(root):
		return story.KindSitemap, nil
	}
	if strings.Trim(at.Path, "/") == "" && at.RawQuery == "" {
		return story.KindListing, nil
	}
	doc, err := document(body)
	if err != nil {
		return story.KindUnknown, err
	}
	if saysArticle(doc) || oneArticle(doc) {
		return story.KindArticle, nil
	}
	return story.KindListing, nil
}

// isJSONFeed looks for the version that the JSON Feed format requires.
func isJSONFeed(body []byte) bool {
	head := bytes.TrimLeft(body[:min(len(body), 64<<10)], " \t\r\n")
	return bytes.HasPrefix(head, []byte("{")) && bytes.Contains(head, []byte("jsonfeed.org/version"))
}

// saysArticle reports whether a page calls itself an article, by Open Graph or by schema.org.
func saysArticle(doc *goquery.Document) bool {
	og, _ := doc.Find(`meta[property="og:type"]`).First().Attr("content")
	if strings.EqualFold(strings.TrimSpace(og), "article") {
		return true
	}
	found := false
	doc.Find(`script[type="application/ld+json"]`).EachWithBreak(func(_ int, s *goquery.Selection) bool {
		var data any
		if json.Unmarshal([]byte(s.Text()), &data) == nil {
			found = articleNode(data)
		}
		return !found
	})
	return found
}

// articleNode reports whether a node of JSON-LD is an article, or holds one at its top level. Articles deeper down are
// what a listing lists.
func articleNode(data any) bool {
	switch v := data.(type) {
	case []any:
		for _, item := range v {
			if node, ok := item.(map[string]any); ok && articleNode(node) {
				return true
			}
		}
	case map[string]any:
		if articleName(v["@type"]) {
			return true
		}
		if graph, ok := v["@graph"].([]any); ok {
			return articleNode(graph)
		}
	}
	return false
}

func articleName(name any) bool {
	switch v := name.(type) {
	case string:
		return strings.HasSuffix(v, "Article") || strings.HasSuffix(v, "BlogPosting")
	case []any:
		for _, n := range v {
			if s, ok := n.(string); ok && articleName(s) {
				return true
			}
		}
	}
	return false
}

// longParagraph is how many words a paragraph of running text has; teasers have fewer.
const longParagraph = 15

// oneArticle reports whether a page reads like an article under one main heading: long paragraphs, and not many headlines
// that lead elsewhere.
func oneArticle(doc *goquery.Document) bool {
	if doc.Find("h1").Length() != 1 {
		return false
	}
	long := 0
	doc.Find("p").Each(func(_ int, p *goquery.Selection) {
		if p.Closest("a, li, aside, footer, nav").Length() == 0 && len(text.Words(p.Text())) >= longParagraph {
			long++
		}
	})
	elsewhere := doc.Find("h2 a[href], h3 a[href], a[href] h2, a[href] h3").Length()
	return long >= 2 && elsewhere <= 2*long
}
