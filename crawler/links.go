package crawler

import (
	"bytes"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/publicsuffix"

	"github.com/storywatch/storywatch/config"
	"github.com/storywatch/storywatch/fetch"
	"github.com/storywatch/storywatch/story"
)

// links gathers what a source offers: each address once, in the order of the source, as far as the patterns let it.
type links struct {
	page     *url.URL // where they stand
	base     *url.URL // what relative ones are relative to
	self     string   // the page's own address
	sameSite bool
	rules    config.Links
	place    map[string]int // address to index in list
	list     []story.Link
}

func newLinks(page *url.URL, rules config.Links, sameSite bool) *links {
	self, _ := Canonical(page.String())
	return &links{page: page, base: page, self: self, sameSite: sameSite, rules: rules, place: map[string]int{}}
}

// add takes a link up if it is one of an article.
func (l *links) add(href, title string, at time.Time) {
	address, ok := l.resolve(href)
	if !ok {
		return
	}
	if i, known := l.place[address]; known {
		l.list[i].Title = firstOf(l.list[i].Title, title)
		if l.list[i].At.IsZero() {
			l.list[i].At = at
		}
		return
	}
	l.place[address] = len(l.list)
	l.list = append(l.list, story.Link{URL: address, Title: title, At: at})
}

// resolve turns what stands in a link into the address to keep, and says whether it is wanted.
func (l *links) resolve(href string) (string, bool) {
	u, err := l.base.Parse(strings.TrimSpace(href))
	if err != nil {
		return "", false
	}
	address, err := Canonical(u.String())
	if err != nil || address == l.self || l.sameSite && !sameSite(u, l.page) {
		return "", false
	}
	return address, wanted(address, l.rules)
}

// Canonical returns the address under which an article is known: without fragment, without the parameters that only say
// where a reader came from, with the host in lower case, escapes in capitals and no port that goes without saying. The error is fetch.Check's.
func Canonical(raw string) (string, error) {
	if err := fetch.Check(raw); err != nil {
		return "", err
	}
	u, err := url.Parse(raw)
	if err != nil {
		return "", err
	}
	u.Host = fetch.Host(raw)
	u.Fragment, u.RawFragment = "", ""
	if u.Path == "" {
		u.Path = "/"
	}
	u.RawQuery = withoutTracking(u.RawQuery)
	u.ForceQuery = false
	address := upperEscapes(u.String())
	return address, fetch.Check(address)
}

// upperEscapes writes percent-encoded bytes in capitals, so that two spellings of one address are one (RFC 3986 section
// 6.2.2.1). Addresses in Arabic letters are published in both.
func upperEscapes(address string) string {
	b := []byte(address)
	for i := 0; i+2 < len(b); i++ {
		if b[i] == '%' {
			copy(b[i+1:i+3], bytes.ToUpper(b[i+1:i+3]))
		}
	}
	return string(b)
}

// tracking are the parameters that advertising and mail systems add to a link; those that begin with utm_ are too.
var tracking = map[string]bool{"fbclid": true, "gclid": true, "dclid": true, "msclkid": true, "yclid": true, "twclid": true,
	"igshid": true, "mc_cid": true, "mc_eid": true}

// withoutTracking drops parameters and leaves the bytes and the order of the others alone.
func withoutTracking(query string) string {
	if query == "" {
		return ""
	}
	var kept []string
	for part := range strings.SplitSeq(query, "&") {
		name, _, _ := strings.Cut(strings.ToLower(part), "=")
		if part != "" && !tracking[name] && !strings.HasPrefix(name, "utm_") {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, "&")
}

// sameSite reports whether two addresses belong to one registered name (www.paper.example and news.paper.example), or, for
// hosts without one, are the same host and port.
func sameSite(a, b *url.URL) bool {
	if strings.EqualFold(a.Host, b.Host) {
		return true
	}
	one, err := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(a.Hostname()))
	if err != nil || strings.Trim(one, "0123456789.") == "" {
		return false
	}
	two, err := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(b.Hostname()))
	return err == nil && one == two
}

// wanted applies the include and exclude patterns of a source.
func wanted(address string, rules config.Links) bool {
	for _, pattern := range rules.Exclude {
		if matches(address, pattern) {
			return false
		}
	}
	for _, pattern := range rules.Include {
		if matches(address, pattern) {
			return true
		}
	}
	return len(rules.Include) == 0
}

// matches reports whether a pattern occurs in an address; a star stands for any run of characters. Addresses are also
// matched in the letters people write rather than percent signs.
func matches(address, pattern string) bool {
	if contains(address, pattern) {
		return true
	}
	plain, err := url.PathUnescape(address)
	return err == nil && plain != address && contains(plain, pattern)
}

func contains(s, pattern string) bool {
	for piece := range strings.SplitSeq(pattern, "*") {
		i := strings.Index(s, piece)
		if i < 0 {
			return false
		}
		s = s[i+len(piece):]
	}
	return true
}

// maxTitle is how many characters of a title are kept as a hint.
const maxTitle = 300

// plain returns a title as one line of text. Feeds write titles as text, as HTML, and as HTML escaped once more.
func plain(title string) string {
	title = title[:min(len(title), 20*maxTitle)]
	for range 2 {
		if !strings.ContainsAny(title, "<&") {
			break
		}
		title = stripTags(title)
	}
	return oneLine(title)
}

func stripTags(s string) string {
	z := html.NewTokenizer(strings.NewReader(s))
	var b strings.Builder
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			b.Write(z.Text())
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			switch name, _ := z.TagName(); string(name) {
			case "br", "p", "div":
				b.WriteByte(' ')
			}
		}
	}
}

// oneLine joins white space, drops control characters, and cuts what is too long for a title.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && !unicode.IsSpace(r) || r == utf8.RuneError {
			return -1
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) > maxTitle {
		s = string([]rune(s)[:maxTitle-1]) + "…"
	}
	return s
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
