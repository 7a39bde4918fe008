package extract

import (
	"encoding/json"
	"html"
	"strings"

	"github.com/storywatch/storywatch/text"
)

// linked is what a page's JSON-LD (W3C JSON-LD 1.1, vocabulary of schema.org) says of its article.
type linked struct {
	headline, body, section, url, image, lang string
	published, modified                       string
	authors                                   []string
	article                                   bool // an object of an article's type was there
	live                                      bool // of a live blog's
	paywalled                                 bool
	listing                                   bool // the page calls itself a collection

	objects []map[string]any
	people  map[string]string // names by @id
}

const maxLinkedDepth = 12 // objects nested deeper say nothing of the page's own article

// read collects the objects of one script element. Broken JSON says nothing.
func (l *linked) read(src string) {
	src = strings.TrimSpace(src)
	src = strings.TrimSuffix(strings.TrimPrefix(src, "<!--"), "-->")
	src = strings.TrimSuffix(strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(src), "//<![CDATA[")), "//]]>")
	var v any
	if json.Unmarshal([]byte(src), &v) != nil {
		if json.Unmarshal([]byte(spaced(src)), &v) != nil {
			return
		}
	}
	l.collect(v, 0)
}

// spaced puts a space for each control character: raw line breaks within strings are the most frequent fault.
func spaced(src string) string {
	return strings.TrimRight(strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, src), " ;")
}

func (l *linked) collect(v any, depth int) {
	if depth > maxLinkedDepth || len(l.objects) > 1000 {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			l.collect(x, depth+1)
		}
	case map[string]any:
		l.objects = append(l.objects, v)
		if id, name := str(v["@id"]), str(v["name"]); id != "" && name != "" {
			if l.people == nil {
				l.people = map[string]string{}
			}
			l.people[id] = name
		}
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "hasPart", "author", "liveBlogUpdate"} {
			if key != "liveBlogUpdate" {
				l.collect(v[key], depth+1)
			}
		}
	}
}

// settle chooses the article among the objects: the first of an article's type that has a headline, else the first at all.
func (l *linked) settle() {
	var best map[string]any
	for _, o := range l.objects {
		switch kindOf(o) {
		case articleObject:
			l.article = true
			if best == nil || str(best["headline"]) == "" && str(o["headline"]) != "" {
				best = o
			}
			if isLive(o) {
				l.live = true
			}
		case listObject:
			l.listing = true
		case otherObject:
		}
	}
	if best != nil {
		l.take(best)
	}
	for _, o := range l.objects {
		if free, ok := o["isAccessibleForFree"]; ok && kindOf(o) == articleObject && !truth(free) {
			l.paywalled = true
		}
		if kindOf(o) == otherObject && hasType(o, "WebPage") {
			l.published = first(l.published, str(o["datePublished"]))
			l.modified = first(l.modified, str(o["dateModified"]))
		}
	}
	l.objects = nil
}

func (l *linked) take(o map[string]any) {
	l.headline = plain(first(str(o["headline"]), str(o["name"])))
	l.body = str(o["articleBody"])
	l.section = plain(str(o["articleSection"]))
	l.url = first(str(o["url"]), str(o["mainEntityOfPage"]))
	l.image = first(str(o["image"]), str(o["thumbnailUrl"]))
	l.lang = str(o["inLanguage"])
	l.published = str(o["datePublished"])
	l.modified = str(o["dateModified"])
	l.authors = l.names(o["author"])
	if len(l.authors) == 0 {
		l.authors = l.names(o["creator"])
	}
}

// names reads an author property: a name, an object with one, a reference, or a list of those.
func (l *linked) names(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{plain(v)}
	case []any:
		var all []string
		for _, x := range v {
			all = append(all, l.names(x)...)
		}
		return all
	case map[string]any:
		if hasType(v, "Organization", "NewsMediaOrganization") {
			return nil
		}
		if list, ok := v["name"].([]any); ok {
			return l.names(list)
		}
		if name := first(str(v["name"]), l.people[str(v["@id"])]); name != "" {
			return []string{plain(name)}
		}
		if given := plain(str(v["givenName"]) + " " + str(v["familyName"])); given != "" {
			return []string{given}
		}
	}
	return nil
}

// The kinds of object that matter here.
const (
	otherObject = iota
	articleObject
	listObject
)

func kindOf(o map[string]any) int {
	for _, t := range types(o) {
		switch t {
		case "Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle", "BackgroundNewsArticle",
			"ReviewNewsArticle", "AskPublicNewsArticle", "AdvertiserContentArticle", "SatiricalArticle", "BlogPosting", "LiveBlogPosting",
			"SocialMediaPosting", "Report", "ScholarlyArticle", "TechArticle", "Review", "Recipe", "HowTo", "Posting":
			return articleObject
		case "CollectionPage", "ItemList", "SearchResultsPage", "Blog":
			return listObject
		}
	}
	return otherObject
}

func isLive(o map[string]any) bool { return hasType(o, "LiveBlogPosting") }

func hasType(o map[string]any, names ...string) bool {
	for _, t := range types(o) {
		for _, name := range names {
			if t == name {
				return true
			}
		}
	}
	return false
}

func types(o map[string]any) []string {
	var all []string
	switch t := o["@type"].(type) {
	case string:
		all = append(all, t)
	case []any:
		for _, x := range t {
			if s, ok := x.(string); ok {
				all = append(all, s)
			}
		}
	}
	for i, t := range all {
		t = t[strings.LastIndexAny(t, "/:#")+1:]
		all[i] = t
	}
	return all
}

// str returns a value as one string: the first of a list, the value, address or id of an object.
func str(v any) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case []any:
		if len(v) > 0 {
			return str(v[0])
		}
	case map[string]any:
		for _, key := range []string{"@value", "url", "contentUrl", "@id", "name"} {
			if s, ok := v[key].(string); ok {
				return strings.TrimSpace(s)
			}
		}
	}
	return ""
}

// truth reads a boolean in any of the spellings in use.
func truth(v any) bool {
	switch v := v.(type) {
	case bool:
		return v
	case string:
		s := strings.ToLower(strings.TrimSpace(v))
		return s != "false" && s != "no" && s != "0" && !strings.HasSuffix(s, "/false")
	}
	return true
}

// plain makes a JSON or attribute string what a reader would see: entities read, white space collapsed.
func plain(s string) string {
	if strings.ContainsRune(s, '&') {
		s = html.UnescapeString(html.UnescapeString(s))
	}
	return text.Clean(s)
}
