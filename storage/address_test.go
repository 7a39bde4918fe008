package storage_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/storywatch/storywatch/storage"
)

func TestNormalURL(t *testing.T) {
	for address, want := range map[string]string{
		"HTTP://News.Example:80/A/b":                                "https://news.example/A/b",
		"https://news.example:443":                                  "https://news.example/",
		"https://news.example:8443/":                                "https://news.example:8443/",
		"http://news.example:443/":                                  "https://news.example:443/",
		" https://news.example/a#top ":                              "https://news.example/a",
		"https://news.example/a?":                                   "https://news.example/a",
		"https://news.example/a/?":                                  "https://news.example/a/",
		"https://news.example/a?utm_source=x&utm_medium=y":          "https://news.example/a",
		"https://news.example/a?id=7&fbclid=x&page=2&_ga=1.2":       "https://news.example/a?id=7&page=2",
		"https://news.example/a?b=2&a=1&&a=3":                       "https://news.example/a?b=2&a=1&a=3",
		"https://news.example/a?UTM_Source=x&UtmX=1":                "https://news.example/a?UtmX=1",
		"https://news.example/a?utm%5Fsource=x&q=%D8%B9":            "https://news.example/a?q=%D8%B9",
		"https://news.example/a?gclid&yclid=1&igshid=2&ref_src=tw":  "https://news.example/a",
		"https://news.example/a?mc_cid=1&mc_eid=2&cmpid=rss&at_x=1": "https://news.example/a",
		"https://news.example/a?attempt=1&reference=2&gclidx=3":     "https://news.example/a?attempt=1&reference=2&gclidx=3",
		"https://user:word@news.example./a":                         "https://news.example/a",
		"https://news.example/خبر":                                  "https://news.example/%D8%AE%D8%A8%D8%B1",
		"https://news.example/%d8%ae%D8%A8%d8%b1":                   "https://news.example/%D8%AE%D8%A8%D8%B1",
		"https://news.example/%7Euser/a%2Fb":                        "https://news.example/~user/a%2Fb",
		"https://أخبار.example/":                                    "https://xn--igbicxr.example/",
		"http://[2001:DB8::1]:80/a":                                 "https://[2001:db8::1]/a",
		"http://[2001:db8::1]:81/a":                                 "https://[2001:db8::1]:81/a",
		"https://news.example/a?x=100%":                             "https://news.example/a?x=100%25",
		"/relative/path":                                            "/relative/path",
		"mailto:desk@news.example":                                  "mailto:desk@news.example",
		"":                                                          "",
		"https://news.example/a%zz":                                 "https://news.example/a%zz",
	} {
		if got := storage.NormalURL(address); got != want {
			t.Errorf("%q becomes %q, want %q", address, got, want)
		}
	}
}

func TestArticleIDIsTheSameForTheSameArticle(t *testing.T) {
	const want = "997af4ccd7613468"
	for _, address := range []string{
		"https://news.example/a?id=7", "http://NEWS.example/a?id=7", "https://news.example:443/a?id=7#c", "https://news.example/a?id=7&utm_source=x",
	} {
		if got := storage.ArticleID(address); got != want {
			t.Errorf("%s has id %s, want %s", address, got, want)
		}
	}
	for _, address := range []string{"https://news.example/a", "https://news.example/A?id=7", "https://news.example/a/?id=7", "https://www.news.example/a?id=7"} {
		if storage.ArticleID(address) == want {
			t.Errorf("%s has the id of another article", address)
		}
	}
}

// Normal addresses stay as they are, and what makes no difference makes none.
func FuzzNormalURL(f *testing.F) {
	for _, seed := range []string{
		"https://news.example/a?utm_source=x&id=7#top", "http://[::1]:80/%zz?%", "https://أخبار.example/خبر?س=ع", "//a", "http://a/%%41?%%411&a=b",
		"HTTPS://a.:443?utm_=&=", "x:y", "http://a:/", "http://%41/", "http://a/?+%2B+%20",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, address string) {
		normal := storage.NormalURL(address)
		if again := storage.NormalURL(normal); again != normal {
			t.Errorf("%q becomes %q, then %q", address, normal, again)
		}
		id := storage.ArticleID(address)
		if len(id) != 16 || strings.Trim(id, "0123456789abcdef") != "" {
			t.Errorf("%q has id %q", address, id)
		}
		if u, err := url.Parse(normal); err != nil || !u.IsAbs() || u.Host == "" || strings.Contains(address, "#") {
			return
		}
		for _, same := range []string{strings.TrimSpace(address) + "#top", " " + address} {
			if storage.ArticleID(same) != id {
				t.Errorf("%q and %q have different ids", address, same)
			}
		}
	})
}
