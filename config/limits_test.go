package config

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// Each limit is tried at its edge: what just fits loads, one more is refused with these words.
func TestLimitsHoldAtTheirEdges(t *testing.T) {
	const matched = minimal + "stories:\n  - name: talks\n    match: {%s}\n"
	match := func(format string) func(int) string {
		return func(n int) string { return fmt.Sprintf(matched, fmt.Sprintf(format, strings.Repeat("ه", n))) }
	}
	plain := func(format string) func(int) string {
		return func(n int) string { return fmt.Sprintf(matched, fmt.Sprintf(format, strings.Repeat("x", n))) }
	}
	source := func(format string) func(int) string {
		return func(n int) string { return minimal + fmt.Sprintf("    "+format+"\n", n) }
	}
	receiver := func(line string) string {
		return fmt.Sprintf(matched, "any: [talks]") + "receivers:\n  - name: desk\n    url: https://h.example/\n    " + line + "\n"
	}
	for name, c := range map[string]struct {
		file func(int) string
		most int
		say  string
	}{
		"name": {func(n int) string { return strings.Replace(minimal, "wire\n", strings.Repeat("ه", n)+"\n", 1) }, 64, "is longer than 64 characters; shorten it"},
		"title": {func(n int) string {
			return strings.Replace(match("any: [x%s]")(0), "    match", "    title: "+strings.Repeat("ه", n)+"\n    match", 1)
		}, 200, "is longer than 200 characters"},
		"term":               {match("any: [%s]"), 200, "is longer than 200 characters; a term is a word or a short phrase"},
		"regular expression": {plain("any: [/%s/]"), 500, "is longer than 500 bytes"},
		"address pattern":    {plain("urls: [%s]"), 500, "is longer than 500 bytes"},
		"list":               {func(n int) string { return fmt.Sprintf(matched, "any: ["+strings.Repeat("a,", n-1)+"a]") }, 1000, "has 1001 entries, may have 1000"},
		"selector":           {func(n int) string { return minimal + "    article: {body: " + strings.Repeat("x", n) + "}\n" }, 500, "is longer than 500 bytes"},
		"address": {func(n int) string {
			return "sources: [{name: a, url: 'https://a.example/" + strings.Repeat("x", n-18) + "'}]"
		}, 2000, "is longer than 2000 bytes"},
		"budget":         {source("budget: %d"), 1000, "has to be a whole number from 1 to 1000"},
		"gap":            {func(n int) string { return fmt.Sprintf("network: {gap: %ds}\n", n) + minimal }, 3600, "is out of range; it goes from 0s to 1h"},
		"following":      {source("follow: {for: %dd}"), 3650, "is out of range; it goes from 1m to 3650d"},
		"every":          {source(`schedule: "@every %dd"`), 366, "is longer than 366d"},
		"contact":        {func(n int) string { return "contact: https://a.example/" + strings.Repeat("x", n-18) + "\n" + minimal }, 200, "at most 200 plain characters"},
		"port":           {func(n int) string { return fmt.Sprintf("web: {listen: 'localhost:%d'}\n", n) + minimal }, 65535, "is not host:port"},
		"secrets":        {func(n int) string { return receiver("secrets: [" + strings.Repeat(signing+",", n-1) + signing + "]") }, 5, "has 6 entries, needs 1 to 5"},
		"nesting":        {func(n int) string { return "sources: " + strings.Repeat("[", n-1) + strings.Repeat("]", n-1) }, 64, "is nested more than 64 levels deep"},
		"keys":           {func(n int) string { return strings.Repeat("contact: x\n", n) }, 1000, "belongs to a group of more than 1000 keys"},
		"missing values": {func(n int) string { return "sources:\n" + strings.Repeat("-\n", n) }, 1000, "is one of more than 1000 keys and list entries without a value"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := Parse("f.yml", []byte(c.file(c.most)), noEnv); err != nil && strings.Contains(err.Error(), c.say) {
				t.Errorf("%d is refused: %.300s", c.most, err)
			}
			if _, err := Parse("f.yml", []byte(c.file(c.most+1)), noEnv); err == nil || !strings.Contains(err.Error(), c.say) {
				t.Errorf("%d: %.300v", c.most+1, err)
			}
		})
	}
}

func TestAddressesAreJudged(t *testing.T) {
	for _, good := range []string{"http://a.example", "https://a.example:8443/x?y=z%20", "https://[2001:db8::1]/", "https://موقع.example/أخبار", "HTTPS://a.example/"} {
		if err := checkAddress(good); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	for _, bad := range []string{"//a.example/", "file:///etc/passwd", " https://a.example/", "https://a.example/\n", "https://a.example:0/", "https://a.example:x/", "https://@a.example/",
		"JavaScript:alert(1)", "data:text/html,x", "view-source:https://a.example/", "https://a.example/\u00a0", "https:a.example", "https://"} {
		if err := checkAddress(bad); err == nil || strings.Contains(err.Error(), "a.example") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestPagesAreServedToThisMachineOnly(t *testing.T) {
	for listen, local := range map[string]bool{
		"127.0.0.1:8383": true, "127.8.9.1:0": true, "localhost:80": true, "[::1]:80": true, "off": true, "[::ffff:127.0.0.1]:80": true,
		"0.0.0.0:80": false, ":80": false, "[::]:80": false, "192.168.1.5:80": false, "news.example:80": false, "127.0.0.1.example:80": false,
	} {
		if err := checkListen(listen, false); (err == nil) != local {
			t.Errorf("%s: %v", listen, err)
		}
		if err := checkListen(listen, true); err != nil {
			t.Errorf("%s, open: %v", listen, err)
		}
	}
	for _, bad := range []string{"", "8383", "localhost", "127.0.0.1:99999", "127.0.0.1:-1", "127.0.0.1:http", "::1:80"} {
		if err := checkListen(bad, true); err == nil {
			t.Errorf("%q is accepted", bad)
		}
	}
}

func TestSchedulesThatAreRefused(t *testing.T) {
	for text, want := range map[string]string{
		"* * * * /2":                            `has an empty entry in the weekday field`,
		"1-2-3 * * * *":                         `has "2-3" in the minute field, which is not a number`,
		"*-5 * * * *":                           `has "*" in the minute field, which is not a number`,
		"+5 * * * *":                            `has "+5" in the minute field`,
		"٥ * * * *":                             `has "٥" in the minute field`,
		"5/x * * * *":                           `has a step in the minute field that is not a number above 0: "5/x"`,
		"*/999999999999 * * * *":                `has a step in the minute field that is not a number above 0`,
		"60 * * * *":                            `has 60 in the minute field, which goes from 0 to 59`,
		"0 0 0 * *":                             `has 0 in the day field, which goes from 1 to 31`,
		"0 0 * 13 *":                            `has 13 in the month field, which goes from 1 to 12`,
		"0 0 * januar *":                        `has "januar" in the month field, which is neither a number nor a name such as feb`,
		"0 0 * * 8":                             `has 8 in the weekday field, which goes from 0 to 7`,
		"0 0 * * sat-mon":                       `has a range in the weekday field that runs backwards: "sat-mon"`,
		"0 0 31 feb,apr,jun *":                  `never comes`,
		"0 0 L * *":                             `has "L" in the day field`,
		"@every 1ns":                            `needs one length of time after @every`,
		"@every 1.5s":                           `has to be whole seconds`,
		"@every 1h 30m":                         `needs one length of time after @every`,
		"@every99m":                             `is not known; write @every 15m`,
		"CRON_TZ=UTC":                           `has a time zone in it`,
		"*":                                     `has 1 field, needs 5`,
		strings.Repeat("*,", 150) + "* * * * *": `is longer than 200 bytes`,
	} {
		if _, err := parseSchedule(text, time.UTC); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// Programs get the parts of a complaint; people get the lines, in the order of the file.
func TestErrorsHaveTheirParts(t *testing.T) {
	_, err := Parse("news.yml", []byte("web: {listen: x}\nsources:\n  - {name: a, kind: rss, url: ''}\ncontact: 7\n"), noEnv)
	var errs *Errors
	if !errors.As(err, &errs) || errs.File != "news.yml" || len(errs.Problems) != 4 {
		t.Fatalf("%#v", err)
	}
	var at []string
	for _, p := range errs.Problems {
		at = append(at, fmt.Sprintf("%d:%d %s", p.Line, p.Column, p.Path))
	}
	want := `1:15 web.listen|3:21 sources[0] "a": kind|3:31 sources[0] "a": url|4:10 contact`
	if got := strings.Join(at, "|"); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	if n := strings.Count(err.Error(), "\n"); n != 3 {
		t.Errorf("%d line breaks in %s", n, err)
	}
}

// What cannot be seen is spelt out, what was typed stays, what is long is cut.
func TestTextsInMessages(t *testing.T) {
	for text, want := range map[string]string{
		`a\d"b`:                   `"a\d"b"`,
		"a\u202eb\tc\n":           `"a\u202eb\tc\n"`,
		"بلينكن":                  `"بلينكن"`,
		strings.Repeat("x", 61):   `"` + strings.Repeat("x", 60) + `…"`,
		"https://a/whsec_hunter2": `"https://a/whsec_…"`,
	} {
		if got := quote(text); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}
