package fetch

import (
	"bytes"
	"strconv"
	"strings"
	"time"
)

// rules are what a robots.txt says to us. We read it ourselves, since the parser at hand gives up on a whole file for one
// odd line, matches wildcard rules anywhere in a path, and lets the first of two equal rules win rather than the allowing
// one; RFC 9309 (sections 2.2.1 to 2.2.3) says otherwise in each case. A test holds the differences.
type rules struct {
	list     []rule
	delay    time.Duration // crawl-delay, 0 when none is asked for
	sitemaps []string
}

// rule is one allow or disallow line. The path is in the form that pathOf gives an address.
type rule struct {
	allow  bool
	pieces []string // the path between its stars
	toEnd  bool     // whether the path must end where the rule does ("$")
	octets int      // how long the rule is: the longest that matches wins
}

// maxLine is how much of one line is read.
const maxLine = 16 << 10

// group is what is gathered for one of the two agents that concern us.
type group struct {
	seen  bool
	list  []rule
	delay time.Duration
}

// parseRobots reads a robots.txt for our product token. Groups that name it are read as one; if none does, those for
// every robot count. Lines that are not understood are passed over.
func parseRobots(body []byte) *rules {
	var (
		ours, all group
		now       []*group // the groups that the current lines belong to
		ruled     bool     // whether the current group has rules, so that an agent line begins another
		sitemaps  []string
	)
	body = bytes.TrimPrefix(body, []byte("\ufeff"))
	for line := range bytes.FieldsFuncSeq(body, func(r rune) bool { return r == '\n' || r == '\r' }) {
		key, value := field(line)
		switch key {
		case "user-agent":
			if ruled {
				now, ruled = nil, false
			}
			switch agent := productToken(value); {
			case agent == "*":
				now = append(now, &all)
			case strings.EqualFold(agent, Token):
				now = append(now, &ours)
			}
			for _, g := range now {
				g.seen = true
			}
		case "allow", "disallow":
			ruled = true
			if value == "" {
				continue
			}
			for _, g := range now {
				g.list = append(g.list, newRule(key == "allow", value))
			}
		case "crawl-delay":
			for _, g := range now {
				g.delay = max(g.delay, crawlDelay(value))
			}
		case "sitemap":
			if len(sitemaps) < 1000 {
				sitemaps = append(sitemaps, value)
			}
		}
	}
	if !ours.seen {
		ours = all
	}
	return &rules{list: ours.list, delay: ours.delay, sitemaps: sitemaps}
}

// field splits a line into its key, in lower case, and its value, without comment.
func field(line []byte) (key, value string) {
	line = line[:min(len(line), maxLine)]
	if i := bytes.IndexByte(line, '#'); i >= 0 {
		line = line[:i]
	}
	k, v, ok := strings.Cut(string(line), ":")
	if !ok {
		return "", ""
	}
	return strings.ToLower(strings.TrimSpace(k)), strings.TrimSpace(v)
}

// productToken returns the part of an agent line that is compared: "storywatch/1.2" names storywatch.
func productToken(value string) string {
	if value == "*" || strings.HasPrefix(value, "* ") {
		return "*"
	}
	end := strings.IndexFunc(value, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '-' && r != '_'
	})
	if end < 0 {
		return value
	}
	return value[:end]
}

// crawlDelay reads a number of seconds; what is not one counts as none.
func crawlDelay(value string) time.Duration {
	s, err := strconv.ParseFloat(value, 64)
	if err != nil || !(s > 0) {
		return 0
	}
	return time.Duration(min(s, 24*60*60) * float64(time.Second))
}

func newRule(allow bool, value string) rule {
	path, toEnd := strings.CutSuffix(value, "$")
	if !strings.HasPrefix(path, "/") && !strings.HasPrefix(path, "*") {
		path = "/" + path
	}
	parts := strings.Split(path, "*")
	for i := range parts {
		parts[i] = normal(parts[i])
	}
	octets := len(parts) - 1
	for _, p := range parts {
		octets += len(p)
	}
	if toEnd {
		octets++
	}
	return rule{allow: allow, pieces: parts, toEnd: toEnd, octets: octets}
}

// normal writes a path so that two spellings of it compare equal: unreserved characters plain, all others percent-encoded
// in capitals where they are not ASCII or already encoded. Stars and dollars of an address are encoded too, as they mean
// themselves there (RFC 9309 section 2.2.3).
func normal(path string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	b.Grow(len(path))
	for i := 0; i < len(path); i++ {
		c, encoded := path[i], false
		if c == '%' && i+2 < len(path) {
			if v, err := strconv.ParseUint(path[i+1:i+3], 16, 8); err == nil {
				c, encoded, i = byte(v), true, i+2
			}
		}
		if unreserved(c) || !encoded && c < 0x80 && c != '*' && c != '$' {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(hex[c>>4])
		b.WriteByte(hex[c&15])
	}
	return b.String()
}

// unreserved reports whether a character means the same encoded and plain (RFC 3986 section 2.3).
func unreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0
}

// allows reports whether a path, with its query, may be read. The longest rule that matches decides, the allowing one of
// two that are equally long; without any the answer is yes. The robots.txt itself may always be read.
func (r *rules) allows(path string) bool {
	path = normal(path)
	if path == "/robots.txt" {
		return true
	}
	allow, octets := true, -1
	for _, rule := range r.list {
		if rule.octets < octets || rule.octets == octets && !rule.allow || !rule.matches(path) {
			continue
		}
		allow, octets = rule.allow, rule.octets
	}
	return allow
}

// matches compares piece by piece, each at its first place after the one before: linear, whatever the number of stars.
func (r rule) matches(path string) bool {
	rest, ok := strings.CutPrefix(path, r.pieces[0])
	if !ok {
		return false
	}
	if len(r.pieces) == 1 {
		return !r.toEnd || rest == ""
	}
	last := len(r.pieces) - 1
	for _, piece := range r.pieces[1:last] {
		i := strings.Index(rest, piece)
		if i < 0 {
			return false
		}
		rest = rest[i+len(piece):]
	}
	if r.toEnd {
		return strings.HasSuffix(rest, r.pieces[last])
	}
	return strings.Contains(rest, r.pieces[last])
}
