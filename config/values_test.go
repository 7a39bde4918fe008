package config

import (
	"fmt"
	"net/netip"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// same compares configurations by what they mean: schedules and rules by their text.
var same = cmp.Options{
	cmp.Comparer(func(a, b Schedule) bool { return a.Text == b.Text && a.zone.String() == b.zone.String() }),
	cmp.Comparer(func(a, b When) bool { return a.Text == b.Text }),
	cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() }),
	cmp.Comparer(func(a, b netip.Prefix) bool { return a == b }),
	cmp.AllowUnexported(Secret{}),
}

func TestTheLeastFileHasAllDefaults(t *testing.T) {
	got := mustParse(t, minimal)
	schedule := mustSchedule(t, "@every 15m", time.UTC)
	want := &Config{
		Path:     "storywatch.yml",
		Database: "storywatch.db",
		Timezone: time.UTC,
		Network:  Network{Gap: time.Second, Robots: true},
		Web:      Web{Listen: "127.0.0.1:8383", PublicURL: "http://127.0.0.1:8383"},
		Sources: []Source{{
			Name: "wire", URL: "https://wire.example/world.xml", Schedule: schedule, Timezone: time.UTC, Baseline: true,
			Follow: Follow{For: 14 * 24 * time.Hour, Every: 15 * time.Minute, Slowest: 6 * time.Hour}, Budget: 50,
		}},
	}
	if d := cmp.Diff(want, got, same); d != "" {
		t.Error(d)
	}
}

func TestTheExampleMeansWhatItSays(t *testing.T) {
	cfg := example(t)
	if s := cfg.Stories[0]; s.Title != "جولة بلينكن في الشرق الأوسط" || s.Match.Any[0] != "بلينكن" || s.Match.Sources[0] != "ministry-statement" {
		t.Errorf("story %+v", s)
	}
	if s := cfg.Stories[1]; s.Name != "انتخابات-العراق" || s.Match.All[0] != "العراق" {
		t.Errorf("story %+v", s)
	}
	feed, statement := cfg.Sources[0], cfg.Sources[2]
	if feed.Timezone.String() != "Europe/London" || statement.Timezone.String() != "Asia/Baghdad" {
		t.Errorf("zones %s and %s", feed.Timezone, statement.Timezone)
	}
	next := statement.Schedule.Next(time.Date(2025, 5, 2, 12, 0, 0, 0, time.UTC)) // a Friday
	if next.Format(time.RFC3339) != "2025-05-04T08:00:00+03:00" {
		t.Errorf("the statement is looked at at %s", next)
	}
	desk, archive := cfg.Receivers[0], cfg.Receivers[1]
	if desk.URL.Reveal() != "https://hooks.example/storywatch?token=CANARYtoken" || desk.Host() != "hooks.example" {
		t.Errorf("desk at %s", desk.URL.Reveal())
	}
	if len(archive.Secrets) != 2 || archive.Secrets[0] != desk.Secrets[0] || archive.Secrets[1] == desk.Secrets[0] {
		t.Error("the archive's secrets are not those of the environment")
	}
	if wants, err := desk.When.Match(RuleEnv{Kind: "plan_change"}); err != nil || !wants {
		t.Errorf("the desk does not want a change of plan: %v", err)
	}
}

func TestTheStarterFileLoadsWithoutVariables(t *testing.T) {
	cfg := mustParse(t, string(Starter()))
	if len(cfg.Stories) != 1 || len(cfg.Sources) != 1 || len(cfg.Receivers) != 0 {
		t.Errorf("it holds %s", cfg)
	}
	// What is commented out is right too, once the secret is set.
	lines := strings.Split(string(Starter()), "\n")
	from := indexOf(lines, "# receivers:")
	for i := from; i < len(lines); i++ {
		lines[i] = strings.TrimPrefix(lines[i], "# ")
	}
	cfg, err := Parse("starter.yml", []byte(strings.Join(lines, "\n")), env("DESK_SECRET="+signing))
	if err != nil || len(cfg.Receivers) != 1 {
		t.Errorf("with its receiver: %v", err)
	}
	Starter()[0] = 'x'
	if Starter()[0] == 'x' {
		t.Error("a caller can change the starter file")
	}
}

func indexOf(lines []string, line string) int {
	for i, l := range lines {
		if l == line {
			return i
		}
	}
	return len(lines)
}

// A few settings that are accepted, with what becomes of them.
func TestSettingsAreReadAsMeant(t *testing.T) {
	source := func(c *Config) Source { return c.Sources[0] }
	for name, c := range map[string]struct {
		text string
		get  func(*Config) any
		want any
	}{
		"an address loses its fragment":       {"sources: [{name: a, url: 'https://Wire.Example/A?b=c#d'}]", func(c *Config) any { return source(c).URL }, "https://wire.example/A?b=c"},
		"words that YAML 1.1 took for others": {minimal + "stories:\n  - name: no\n    match:\n      any: [no, on, 012]\n      all:\n        - 1:30\n        - y", func(c *Config) any { return append(c.Stories[0].Match.Any, c.Stories[0].Match.All...) }, []string{"no", "on", "012", "1:30", "y"}},
		"a port in braces":                    {minimal + "web: {listen: 127.0.0.1:8383}", func(c *Config) any { return c.Web.Listen }, "127.0.0.1:8383"},
		"digits stay as written":              {minimal + "stories: [{name: 012, match: {any: [0x1F, 1.10, 2024]}}]", func(c *Config) any { return c.Stories[0].Match.Any }, []string{"0x1F", "1.10", "2024"}},
		"a title is the name":                 {minimal + "stories: [{name: هدنة, match: {any: [هدنة]}}]", func(c *Config) any { return c.Stories[0].Title }, "هدنة"},
		"an address alone":                    {minimal + "network: {allow: [10.0.0.5, 'fd00::/8', '::ffff:10.1.1.1']}", func(c *Config) any { return c.Network.Allow }, []netip.Prefix{netip.MustParsePrefix("10.0.0.5/32"), netip.MustParsePrefix("fd00::/8"), netip.MustParsePrefix("10.1.1.1/32")}},
		"no pause":                            {minimal + "network: {gap: 0s, robots: false}", func(c *Config) any { return c.Network }, Network{}},
		"weeks and days":                      {minimal + "    follow: {for: 2w3d, every: 1.5h}", func(c *Config) any { return source(c).Follow }, Follow{17 * 24 * time.Hour, 90 * time.Minute, 6 * time.Hour}},
		"a short following":                   {minimal + "    follow: {for: 2h}", func(c *Config) any { return source(c).Follow }, Follow{2 * time.Hour, 15 * time.Minute, 2 * time.Hour}},
		"a very short following":              {minimal + "    follow: {for: 5m}", func(c *Config) any { return source(c).Follow }, Follow{5 * time.Minute, 5 * time.Minute, 5 * time.Minute}},
		"a rare look":                         {minimal + "    follow: {every: 1d}", func(c *Config) any { return source(c).Follow }, Follow{14 * 24 * time.Hour, 24 * time.Hour, 24 * time.Hour}},
		"a steady look":                       {minimal + "    follow: {slowest: 5m}", func(c *Config) any { return source(c).Follow }, Follow{14 * 24 * time.Hour, 5 * time.Minute, 5 * time.Minute}},
		"a long wait":                         {minimal + "    follow: {slowest: 30d}", func(c *Config) any { return source(c).Follow.For }, 30 * 24 * time.Hour},
		"alerts from the beginning":           {minimal + "    baseline: alert", func(c *Config) any { return source(c).Baseline }, false},
		"fast":                                {minimal + "    fast: true\n    schedule: '@every 10s'", func(c *Config) any { return source(c).Schedule.Interval() }, 10 * time.Second},
		"fast following":                      {minimal + "    fast: true\n    follow: {every: 1s, slowest: 2s}", func(c *Config) any { return source(c).Follow }, Follow{14 * 24 * time.Hour, time.Second, 2 * time.Second}},
		"no pages":                            {minimal + "web: {listen: off}", func(c *Config) any { return c.Web }, Web{Listen: "off"}},
		"open pages":                          {minimal + "web: {listen: ':80', open: true}", func(c *Config) any { return c.Web }, Web{":80", true, "http://localhost:80"}},
		"loopback in IPv6":                    {minimal + "web: {listen: '[::1]:80'}", func(c *Config) any { return c.Web.PublicURL }, "http://[::1]:80"},
		"a slash at the end":                  {minimal + "web: {public_url: 'https://x.example/watch/'}", func(c *Config) any { return c.Web.PublicURL }, "https://x.example/watch"},
		"a dollar":                            {minimal + "    article: {body: 'a[href$=\".html\"]'}", func(c *Config) any { return source(c).Article.Body }, `a[href$=".html"]`},
		"a rule over lines":                   {minimal + "stories: [{name: a, match: {any: [a]}}]\nreceivers:\n  - {name: d, url: 'https://h.example', secret: " + signing + ", when: \"kind == 'removal'\\nor importance > 0.5\"}", func(c *Config) any { return c.Receivers[0].When.Text }, "kind == 'removal'\nor importance > 0.5"},
		"windows lines and a byte mark":       {"\ufeff" + strings.ReplaceAll(minimal, "\n", "\r\n"), func(c *Config) any { return source(c).URL }, "https://wire.example/world.xml"},
		"a mail address":                      {minimal + "contact: desk@desk.example", func(c *Config) any { return c.Contact }, "desk@desk.example"},
		"a network of one's own":              {minimal + "database: postgres://u:p%40@db/news?sslmode=require", func(c *Config) any { return c.Database }, "postgres://u:p%40@db/news?sslmode=require"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.get(mustParse(t, c.text)); !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

// A file of thousands of sources is read in a moment.
func TestManySourcesLoad(t *testing.T) {
	const n = 5000
	var b strings.Builder
	b.WriteString("sources:\n")
	for i := range n {
		fmt.Fprintf(&b, "  - name: s%d\n    url: https://s%d.example/feed.xml\n    kind: feed\n    schedule: \"*/15 * * * *\"\n", i, i)
	}
	start := time.Now()
	if cfg := mustParse(t, b.String()); len(cfg.Sources) != n {
		t.Errorf("%d sources", len(cfg.Sources))
	}
	t.Logf("%d sources, %d bytes, in %v", n, b.Len(), time.Since(start))
}

// Whatever the bytes, reading them ends, without a panic and with a configuration or complaints.
func FuzzParse(f *testing.F) {
	f.Add(Starter())
	if data, err := os.ReadFile("../storywatch.example.yml"); err == nil {
		f.Add(data)
	}
	for _, text := range []string{minimal, "a: [", "- - - -", "? a\n: b", "a: &x [*x]", "{a, b: , c}", "a: |\n b\n", "a: \"\\x\"", "sources: [{name: a, url: ${A:-b}}]",
		"\ufeff\n---\n", "a: !!binary x", "receivers: [{when: 'any(who, # == 1)', secret: whsec_x}]", "stories: [{match: {any: ['/(/', '/./']}}]"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		start := time.Now()
		cfg, err := Parse("f.yml", data, env("A=b"))
		if (cfg == nil) == (err == nil) {
			t.Errorf("configuration %v and error %v", cfg, err)
		}
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("took %v", took)
		}
	})
}
