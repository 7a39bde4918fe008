package fetch

import (
	"errors"
	"net/url"
	"strings"
	"testing"
)

func TestCheckRefusesAtEntry(t *testing.T) {
	for address, want := range map[string]string{
		"ftp://paper.example/":                       "only http and https",
		"file:///etc/passwd":                         "only http and https",
		"source:file":                                "only http and https",
		"gopher://paper.example/":                    "only http and https",
		"data:text/html,hello":                       "only http and https",
		"javascript:alert(1)":                        "only http and https",
		"JaVaScRiPt:alert(1)":                        "only http and https",
		"  javascript:alert(1)":                      "white space",
		"blob:https://paper.example/1":               "only http and https",
		"":                                           "does not begin with",
		"paper.example/news":                         "does not begin with",
		"//paper.example/":                           "does not begin with",
		"http:paper.example":                         "names no host",
		"http://":                                    "names no host",
		"http:///path":                               "names no host",
		"http://:80/":                                "names no host",
		"https://user@paper.example/":                "user name",
		"https://user:word@paper.example/":           "user name",
		"https://@paper.example/":                    "user name",
		`http://10.0.0.1:80\@paper.example/`:         "backslash",
		`http:\\paper.example\`:                      "backslash",
		"http://paper.example/a b":                   "white space",
		"http://paper.example/a\tb":                  "white space",
		"http://paper.example/a\r\nHost: x":          "white space",
		"http://paper.example/\x07":                  "control character",
		"http://paper.example/\u202e":                "control character",
		"http://paper.example/%00":                   "null character",
		"http://paper\x00.example/":                  "control character",
		"http://paper.example/\xff":                  "not UTF-8",
		"http://2130706433/":                         "number as its host",
		"http://0x7f000001/":                         "number as its host",
		"http://0x7f.1/":                             "number as its host",
		"http://0177.0.0.1/":                         "number as its host",
		"http://127.1/":                              "number as its host",
		"http://0/":                                  "number as its host",
		"http://127.0.0.1./":                         "number as its host",
		"http://1.2.3.4.5/":                          "number as its host",
		"http://256.1.1.1/":                          "number as its host",
		"http://１２７.0.0.1/":                          "number as its host",
		"http://127。0。0。1/":                          "number as its host",
		"http://[fe80::1%25eth0]/":                   "IPv6",
		"http://[::1/":                               "not a URL",
		"http://[1.2.3.4]/":                          "not a URL",
		"http://paper.example:0/":                    "port",
		"http://paper.example:99999/":                "port",
		"http://paper.example:/":                     "no port",
		"http://paper.example:http/":                 "not a URL",
		"http://pa%2fper.example/":                   "not a URL",
		"http://paper..example/":                     "host name",
		"http://.example/":                           "host name",
		"http://paper!.example/":                     "host name",
		"http://" + strings.Repeat("a", 2050) + ".x": "longer than 2048",
	} {
		err := Check(address)
		var refusal *Refusal
		if !errors.As(err, &refusal) || refusal.Outcome != Blocked || !strings.Contains(refusal.Reason, want) {
			t.Errorf("Check(%q) says %v, want a refusal with %q", address, err, want)
		}
	}
}

func TestCheckLetsOrdinaryAddressesThrough(t *testing.T) {
	for _, address := range []string{
		"http://paper.example", "https://paper.example/", "HTTPS://PAPER.EXAMPLE/A", "https://paper.example:8443/x?y=z#f",
		"http://127.0.0.1:8080/", "http://[::1]:80/", "https://صحيفة.مثال/أخبار/جولة", "https://xn--mgbh0fb.example/",
		"https://paper.example/%D8%A3", "https://under_score.example/", "https://3com.example/", "https://paper.example./",
		"https://paper.example/a?q=" + strings.Repeat("x", 2000),
	} {
		if err := Check(address); err != nil {
			t.Errorf("Check(%q): %v", address, err)
		}
	}
}

func TestCheckKeepsTokensToItself(t *testing.T) {
	for _, address := range []string{"ftp://hooks.example/T0KEN", "https://T0KEN@hooks.example/", "https://hooks.example/T0KEN\n",
		"https://hooks.example:T0KEN/", "http://[T0KEN]/"} {
		if err := Check(address); err == nil || strings.Contains(err.Error(), "T0KEN") {
			t.Errorf("Check says %v, which must be an error without the token", err)
		}
	}
}

func TestHostIsTheUnitOfPoliteness(t *testing.T) {
	for address, want := range map[string]string{
		"https://Paper.Example/news":    "paper.example",
		"http://paper.example:80/":      "paper.example",
		"https://paper.example:443/":    "paper.example",
		"https://paper.example:80/":     "paper.example:80",
		"http://paper.example:8080/":    "paper.example:8080",
		"http://paper.example./":        "paper.example",
		"http://127.0.0.1:9/":           "127.0.0.1:9",
		"http://[2001:200::1]/":         "[2001:200::1]",
		"http://[2001:200::1]:81/":      "[2001:200::1]:81",
		"https://bücher.example/":       "xn--bcher-kva.example",
		"https://user@paper.example/":   "",
		"nonsense":                      "",
		"http://2130706433/":            "",
		"https://XN--BCHER-KVA.example": "xn--bcher-kva.example",
	} {
		if got := Host(address); got != want {
			t.Errorf("Host(%q) = %q, want %q", address, got, want)
		}
	}
}

func TestAgentNamesUs(t *testing.T) {
	for _, c := range []struct{ version, contact, want string }{
		{"1.2", "https://desk.example/crawler", "storywatch/1.2 (+https://desk.example/crawler)"},
		{"1.2", "", "storywatch/1.2"},
		{"", "desk@paper.example", "storywatch (+desk@paper.example)"},
		{"1.2\r\nX: y", "a)(b\n", "storywatch/1.2X:y (+ab)"},
	} {
		if got := Agent(c.version, c.contact); got != c.want {
			t.Errorf("Agent(%q, %q) = %q, want %q", c.version, c.contact, got, c.want)
		}
	}
}

// FuzzCheck: whatever is let through is an http address with a host, without anything that a second parser could read
// differently.
func FuzzCheck(f *testing.F) {
	for _, s := range []string{"http://paper.example/", "http://2130706433/", `http://a\@b/`, "http://[::1%25x]/", "https://صحيفة.مثال/",
		"http://0x7f.1", "http:a", "http://a:0/"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, address string) {
		if Check(address) != nil {
			if Host(address) != "" {
				t.Errorf("%q is refused and has a host", address)
			}
			return
		}
		u, err := url.Parse(address)
		if err != nil || u.Hostname() == "" || u.User != nil || u.Scheme != "http" && u.Scheme != "https" {
			t.Fatalf("%q is let through", address)
		}
		if strings.ContainsAny(address, "\\ \t\r\n\x00") || len(address) > maxURL {
			t.Fatalf("%q is let through", address)
		}
		if Host(address) == "" {
			t.Errorf("%q is let through and has no host", address)
		}
	})
}
