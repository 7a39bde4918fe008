package extract

import (
	"bytes"
	"fmt"
	"time"

	"golang.org/x/net/html"

	"github.com/storywatch/storywatch/story"
)

// What a document may cost. The fetcher bounds bodies too; files come without it.
const (
	maxBody       = 5 << 20 // bytes
	maxElements   = 50_000
	maxDepth      = 512 // the parser's own bound
	maxAttributes = 256 // of one tag
	maxTime       = 5 * time.Second
)

func limited(format string, args ...any) error {
	return &Error{story.OutcomeLimited, fmt.Sprintf(format, args...)}
}

// checkLimits reads a document once as a stream of tags, before any tree is built, and refuses what would cost too much.
func checkLimits(body []byte) error {
	if len(body) > maxBody {
		return limited("this page is larger than %d MiB", maxBody>>20)
	}
	elements, depth := 0, 0
	z := html.NewTokenizer(bytes.NewReader(body))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return nil // the end, or what the parser will stop at too
		case html.StartTagToken, html.SelfClosingTagToken:
			elements++
			name, more := z.TagName()
			if !endsByItself(name) {
				depth++
			}
			n := 0
			for ; more; n++ {
				_, _, more = z.TagAttr()
			}
			if n > maxAttributes {
				return limited("a tag of this page has more than %d attributes", maxAttributes)
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); depth > 0 && !endsByItself(name) {
				depth--
			}
		case html.TextToken, html.CommentToken, html.DoctypeToken:
		}
		if elements > maxElements {
			return limited("this page has more than %d elements", maxElements)
		}
		if depth > maxDepth {
			return unreadable("the elements of this page are nested more than %d deep", maxDepth)
		}
	}
}

// endsByItself reports elements that have no end tag or may leave it out (WHATWG HTML, optional tags). They don't add to
// the depth: many pages never close a paragraph. Were they nested, what they nest through is counted.
func endsByItself(name []byte) bool {
	switch string(name) {
	case "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
		"p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "tbody", "thead", "tfoot", "colgroup", "rt", "rp",
		"html", "head", "body", "path", "circle", "rect", "use", "polygon", "line", "stop", "ellipse", "polyline":
		return true
	}
	return false
}
