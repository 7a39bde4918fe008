package fetch

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/temoto/robotstxt"
)

// The cases follow RFC 9309 section by section.
func TestRulesOfRobotsTxt(t *testing.T) {
	for name, c := range map[string]struct {
		file      string
		yes, deny string // paths, separated by space
	}{
		"no file at all allows everything": {"", "/ /a", ""},
		"2.2.1 a group for everyone":       {"User-agent: *\nDisallow: /private", "/ /pri", "/private /private/x /privateer"},
		"2.2.1 our group, not everyone's": {
			"User-agent: *\nDisallow: /\n\nUser-agent: storywatch\nDisallow: /x", "/ /a", "/x"},
		"2.2.1 the token in any case": {"User-Agent: StoryWatch\nDisallow: /x", "/", "/x"},
		"2.2.1 with a version":        {"User-Agent: storywatch/2.0\nDisallow: /x", "/", "/x"},
		"2.2.1 a prefix is not us": {
			"User-agent: story\nDisallow: /\nUser-agent: s\nDisallow: /", "/ /a", ""},
		"2.2.1 we are not a longer name": {"User-agent: storywatcher\nDisallow: /", "/", ""},
		"2.2.1 groups of one agent are one": {
			"User-agent: storywatch\nDisallow: /a\nUser-agent: other\nDisallow: /b\nUser-agent: storywatch\nDisallow: /c", "/b", "/a /c"},
		"2.2.1 several agents share a group": {
			"User-agent: other\nUser-agent: storywatch\nDisallow: /a\nUser-agent: third\nDisallow: /b", "/b", "/a"},
		"2.2.1 a blank line between agents ends no group": {"User-agent: storywatch\n\nUser-agent: *\nDisallow: /", "", "/"},
		"2.2.1 our group without rules":                   {"User-agent: *\nDisallow: /\nUser-agent: storywatch\n", "/ /a", ""},
		"2.2.2 the longest rule wins":                     {"User-agent: *\nDisallow: /\nAllow: /news", "/news /news/1", "/ /other"},
		"2.2.2 whatever the order":                        {"User-agent: *\nAllow: /news\nDisallow: /news/old", "/news /news/1", "/news/old /news/old/1"},
		"2.2.2 of equals the allowing":                    {"User-agent: *\nDisallow: /page\nAllow: /page", "/page /pages", ""},
		"2.2.2 of equals, allowing first":                 {"User-agent: *\nAllow: /page\nDisallow: /page", "/page", ""},
		"2.2.2 an empty rule says nothing":                {"User-agent: *\nDisallow:", "/ /a", ""},
		"2.2.2 paths are case sensitive":                  {"User-agent: *\nDisallow: /News", "/news", "/News"},
		"2.2.2 a path need not begin with a slash":        {"User-agent: *\nDisallow: news", "/", "/news"},
		"2.2.2 percent signs":                             {"User-agent: *\nDisallow: /foo/bar/%62%61%7A", "", "/foo/bar/baz /foo/bar/%62%61%7A"},
		"2.2.2 letters beyond ASCII":                      {"User-agent: *\nDisallow: /أخبار", "/%D8%A3", "/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1 /%d8%a3%d8%ae%d8%a8%d8%a7%d8%b1/1"},
		"2.2.2 the query counts":                          {"User-agent: *\nDisallow: /a?print=1", "/a /a?p=1", "/a?print=1"},
		"2.2.3 a star stands for anything":                {"User-agent: *\nDisallow: /*/print", "/print", "/a/print /a/b/printed"},
		"2.2.3 a star at the end changes nothing":         {"User-agent: *\nDisallow: /a*", "/", "/a /ab"},
		"2.2.3 a dollar ends":                             {"User-agent: *\nDisallow: /*.pdf$", "/a.pdfx /a.pdf?x", "/a.pdf /b/c.pdf"},
		"2.2.3 a dollar without a star":                   {"User-agent: *\nDisallow: /p$", "/pp /p/ /x/p", "/p"},
		"2.2.3 a star rule begins at the beginning":       {"User-agent: *\nDisallow: /a*b", "/x/acb", "/acb /ab"},
		"2.2.3 a dollar in the middle is a dollar":        {"User-agent: *\nDisallow: /a$b", "/a", "/a$b /a$bc"},
		"2.2.3 an encoded star is a star":                 {"User-agent: *\nDisallow: /file-with-a-%2A.html", "/file-with-a-x.html", "/file-with-a-*.html /file-with-a-%2A.html"},
		"2.2.3 stars may overlap nothing":                 {"User-agent: *\nDisallow: /*aa*aa$", "/aaa", "/aaaa /aaxaa"},
		"2.2.4 other lines do not end a group":            {"User-agent: storywatch\nSitemap: https://a.example/s.xml\nUnknown: y\nDisallow: /a", "/", "/a"},
		"3 the file itself is always open":                {"User-agent: *\nDisallow: /", "/robots.txt", "/"},
		"comments":                                        {"# hello\nUser-agent: * # all\nDisallow: /a # not this\n#Disallow: /b", "/b", "/a"},
		"a byte order mark":                               {"\ufeffUser-agent: *\nDisallow: /a", "/", "/a"},
		"lines that end in CR":                            {"User-agent: *\rDisallow: /a\r\rDisallow: /b", "/", "/a /b"},
		"lines that end in CRLF":                          {"User-agent: *\r\nDisallow: /a\r\n", "/", "/a"},
		"blank lines within a group":                      {"User-agent: *\n\nDisallow: /a\n\n\nDisallow: /b", "/", "/a /b"},
		"space before the colon":                          {"User-agent : *\nDisallow : /a", "/", "/a"},
		"rules before any group":                          {"Disallow: /a\nUser-agent: *\nDisallow: /b", "/a", "/b"},
		"a page of HTML":                                  {"<!doctype html><title>Sorry: not here</title>", "/ /a", ""},
		"null bytes":                                      {"User-agent: *\nDisallow: /a\x00\nDisallow: /b", "/a", "/b"},
		"a pattern of many stars":                         {"User-agent: *\nDisallow: /" + strings.Repeat("*a", 1000) + "$", "/" + strings.Repeat("a", 999), "/" + strings.Repeat("a", 1000)},
	} {
		t.Run(name, func(t *testing.T) {
			rules := parseRobots([]byte(c.file))
			for path := range strings.FieldsSeq(c.yes) {
				if !rules.allows(path) {
					t.Errorf("%.40s may not be read", path)
				}
			}
			for path := range strings.FieldsSeq(c.deny) {
				if rules.allows(path) {
					t.Errorf("%.40s may be read", path)
				}
			}
		})
	}
}

func TestCrawlDelayAndSitemaps(t *testing.T) {
	for value, want := range map[string]time.Duration{"5": 5 * time.Second, "0.5": time.Second / 2, "1e9": 24 * time.Hour,
		"-1": 0, "NaN": 0, "Inf": 24 * time.Hour, "soon": 0, "": 0} {
		rules := parseRobots([]byte("User-agent: *\nCrawl-delay: " + value + "\nDisallow: /x"))
		if rules.delay != want {
			t.Errorf("crawl-delay %q is read as %v, want %v", value, rules.delay, want)
		}
		if rules.allows("/x") {
			t.Errorf("crawl-delay %q hides the rule after it", value)
		}
	}
	rules := parseRobots([]byte("Sitemap: https://paper.example/a.xml\nUser-agent: x\nDisallow: /\nsitemap:https://paper.example/b.xml"))
	if got := fmt.Sprint(rules.sitemaps); got != "[https://paper.example/a.xml https://paper.example/b.xml]" {
		t.Errorf("sitemaps are %s", got)
	}
}

func TestManyGroupsAreReadQuickly(t *testing.T) {
	var b strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&b, "User-agent: bot%d\nDisallow: /\n", i)
	}
	b.WriteString("User-agent: storywatch\nDisallow: /a\n")
	began := time.Now()
	rules := parseRobots([]byte(b.String()))
	if rules.allows("/a") || !rules.allows("/b") || time.Since(began) > 2*time.Second {
		t.Errorf("100,000 groups took %v", time.Since(began))
	}
}

// The parser that colly brings along is right on plain files. Where it is not, we must not follow it.
func TestWhereWeDifferFromTheOtherParser(t *testing.T) {
	for name, c := range map[string]struct {
		file, path string
		same       bool
	}{
		"plain rule":                       {"User-agent: *\nDisallow: /a", "/a/b", true},
		"our group":                        {"User-agent: *\nDisallow: /\nUser-agent: storywatch\nAllow: /", "/a", true},
		"longest rule":                     {"User-agent: *\nDisallow: /\nAllow: /news", "/news/1", true},
		"it matches wildcards anywhere":    {"User-agent: *\nDisallow: /a*b", "/x/acb", false},
		"it lets the first of equals win":  {"User-agent: *\nDisallow: /page\nAllow: /page", "/page", false},
		"it takes a prefix of us for us":   {"User-agent: story\nDisallow: /", "/a", false},
		"it gives up on a rule too early":  {"Disallow: /a\nUser-agent: *\nDisallow: /b", "/b", false},
		"it gives up on an odd delay":      {"User-agent: *\nCrawl-delay: soon\nDisallow: /b", "/b", false},
		"it compares percent signs as are": {"User-agent: *\nDisallow: /%62", "/b", false},
	} {
		theirs := true
		if data, err := robotstxt.FromBytes([]byte(c.file)); err == nil {
			theirs = data.TestAgent(c.path, Token)
		}
		if ours := parseRobots([]byte(c.file)).allows(c.path); (ours == theirs) != c.same {
			t.Errorf("%s: we say %v, it says %v", name, ours, theirs)
		}
	}
}

func FuzzRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /a*b$\nAllow: /%2A", "/acb")
	f.Add("\ufeffuser-agent:storywatch\rcrawl-delay:1e309", "/%")
	f.Add("User-agent: *\nDisallow: "+strings.Repeat("*", 100), "/")
	f.Fuzz(func(t *testing.T, file, path string) {
		rules := parseRobots([]byte(file))
		if rules.delay < 0 || rules.delay > 24*time.Hour {
			t.Errorf("crawl-delay %v", rules.delay)
		}
		if first, again := rules.allows(path), rules.allows(path); first != again || !rules.allows("/robots.txt") {
			t.Error("the answer changes, or the file itself is closed")
		}
		if n := normal(path); normal(n) != n && !strings.ContainsAny(path, "*$%") {
			t.Errorf("%q becomes %q and then %q", path, n, normal(n))
		}
	})
}
