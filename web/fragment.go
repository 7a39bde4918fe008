package web

import (
	"net/url"
	"regexp"
	"strings"
	"time"
	"unicode"
)

// fragment is a piece of somebody's writing. It is always shown in an element with its own language and direction, so
// that Arabic and English on one page don't pull at each other's punctuation.
type fragment struct {
	Text string
	Lang string // BCP 47, empty when unknown: lang="" says so
	Dir  string // rtl, ltr or auto
}

func newFragment(text, lang, dir string) fragment {
	return fragment{Text: shown(text), Lang: langOf(lang), Dir: dirOf(dir)}
}

// dirOf returns a value of the dir attribute. What is not known is left to the first strong character (auto).
func dirOf(dir string) string {
	if dir == "rtl" || dir == "ltr" {
		return dir
	}
	return "auto"
}

var langTag = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}$`)

func langOf(lang string) string {
	if langTag.MatchString(lang) {
		return lang
	}
	return ""
}

// shown returns text as it may stand on a page. Escaping is the templates' work; this takes care of characters nobody
// sees. Controls, direction overrides and tag characters become U+FFFD, so that a reader sees that something was there.
// Embeddings and isolates are dropped: every fragment is isolated by its element. Direction marks and joiners stay, as
// Arabic and Persian need them.
func shown(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\u202A' || r == '\u202B' || r == '\u202C', r >= '\u2066' && r <= '\u2069', r == '\uFEFF':
			return -1
		case unicode.IsControl(r), r == '\u202D' || r == '\u202E', r == '\u2028' || r == '\u2029',
			r >= '\uFFF9' && r <= '\uFFFB', r >= 0xE0000 && r <= 0xE0FFF, r&0xFFFE == 0xFFFE:
			return unicode.ReplacementChar
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

// shownAll is shown over a list, without the empty ones.
func shownAll(list []string) []string {
	var all []string
	for _, s := range list {
		if s = strings.TrimSpace(shown(s)); s != "" {
			all = append(all, s)
		}
	}
	return all
}

// link is an address that a reader may follow out of storywatch.
type link struct {
	URL  string // empty: not to be followed, Text is shown alone
	Text string
}

// newLink allows http and https with a host and without user information, which only serves to deceive. Its text is the
// host, as the reader's browser will show it.
func newLink(address string) link {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || u.Scheme != "http" && u.Scheme != "https" {
		return link{Text: shown(address)}
	}
	return link{URL: u.String(), Text: shown(u.Host)}
}

// stamp is a time for a <time> element.
type stamp struct {
	ISO  string // RFC 3339, for the datetime attribute
	Text string // for a person, in the configured zone
}

// stamp writes a time as a person says it who reads the page now: only as much as is needed to be certain.
func (f frame) stamp(t time.Time) stamp {
	if t.IsZero() {
		return stamp{}
	}
	local := t.In(f.settings.Zone)
	text := local.Format("2 Jan 2006, 15:04")
	switch local.Format(time.DateOnly) {
	case f.now.Format(time.DateOnly):
		text = "today " + local.Format("15:04")
	case f.now.AddDate(0, 0, -1).Format(time.DateOnly):
		text = "yesterday " + local.Format("15:04")
	}
	return stamp{ISO: local.Format(time.RFC3339), Text: text}
}

// dayOf is the day of a time, for a heading.
func (f frame) dayOf(t time.Time) stamp {
	local := t.In(f.settings.Zone)
	date := stamp{ISO: local.Format(time.DateOnly), Text: local.Format("Monday 2 January 2006")}
	switch date.ISO {
	case f.now.Format(time.DateOnly):
		date.Text = "Today"
	case f.now.AddDate(0, 0, -1).Format(time.DateOnly):
		date.Text = "Yesterday"
	}
	return date
}

// versionPath returns the address of a version's page by the version's id, empty when that is no id.
func versionPath(id string) string {
	i := strings.LastIndexByte(id, '.')
	if i <= 0 || !validKey(id[:i]) || versionNumber(id[i+1:]) == 0 {
		return ""
	}
	return articlePath(id[:i]) + "/" + id[i+1:]
}

func articlePath(id string) string { return "/articles/" + url.PathEscape(id) }

func storyPath(name string) string { return "/stories/" + url.PathEscape(name) }

// validKey reports whether a part of a path can be a name or id at all. PostgreSQL refuses NUL and broken UTF-8 with an
// error; to the reader they are as unknown as any other.
func validKey(s string) bool {
	return s != "" && s != "." && s != ".." && len(s) <= 300 && shown(s) == s && !strings.ContainsAny(s, "\n\t")
}
