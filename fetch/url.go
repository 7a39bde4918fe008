package fetch

import (
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// maxURL is the longest address that is asked for, in bytes.
const maxURL = 2048

// Check says what is wrong with an address before anything is sent: scheme, user info, control characters, hosts that are
// numbers in disguise. The error is a *Refusal whose sentence does not repeat the address, which may hold a token.
// Check looks up nothing; whether the host may be reached is decided when it is dialled.
func Check(address string) error {
	if len(address) > maxURL {
		return refuse(Blocked, "the address is longer than %d characters", maxURL)
	}
	if reason := badText(address); reason != "" {
		return refuse(Blocked, "the address holds %s", reason)
	}
	u, err := url.Parse(address)
	if err != nil {
		return refuse(Blocked, "the address is not a URL")
	}
	switch {
	case u.Scheme == "":
		return refuse(Blocked, "the address does not begin with http:// or https://")
	case u.Scheme != "http" && u.Scheme != "https":
		return refuse(Blocked, "the address has the scheme %s; only http and https are read", u.Scheme)
	case u.User != nil:
		return refuse(Blocked, "the address holds a user name before the host")
	case u.Opaque != "" || u.Hostname() == "":
		return refuse(Blocked, "the address names no host")
	}
	return checkHost(u)
}

// badText names the first character that no address we ask for may hold.
func badText(address string) string {
	if !utf8.ValidString(address) {
		return "bytes that are not UTF-8"
	}
	if strings.Contains(strings.ToLower(address), "%00") {
		return "a null character"
	}
	for _, r := range address {
		switch {
		case r == '\\':
			return "a backslash"
		case unicode.IsSpace(r):
			return "white space"
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r) && r != '\u200c' && r != '\u200d':
			return "a control character"
		}
	}
	return ""
}

// checkHost judges host and port of a parsed address.
func checkHost(u *url.URL) error {
	if port := u.Port(); port != "" {
		if n, err := strconv.Atoi(port); err != nil || n < 1 || n > 65535 {
			return refuse(Blocked, "the address has the port %s, which does not exist", port)
		}
	} else if strings.HasSuffix(u.Host, ":") {
		return refuse(Blocked, "the address has a colon but no port")
	}
	host := u.Hostname()
	if strings.Contains(u.Host, "[") {
		if ip, err := netip.ParseAddr(host); err != nil || ip.Zone() != "" || !ip.Is6() {
			return refuse(Blocked, "the address has a malformed IPv6 host")
		}
		return nil
	}
	name, err := ascii(host)
	if err != nil {
		return refuse(Blocked, "the address has a host name that does not exist")
	}
	if !numeric(name) {
		return nil
	}
	// What ends in a number is an IPv4 address (WHATWG URL, "ends in a number checker"), and resolvers read many spellings
	// of one: 2130706433, 0x7f.1, 0177.0.0.1, 127.1. Only the plain one is let through.
	if ip, err := netip.ParseAddr(name); err != nil || !ip.Is4() || name != host {
		return refuse(Blocked, "the address has a number as its host that is not a plain IPv4 address")
	}
	return nil
}

// numeric reports whether the last label of a host name is a number.
func numeric(name string) bool {
	name = strings.TrimSuffix(name, ".")
	last := name[strings.LastIndexByte(name, '.')+1:]
	if rest, ok := strings.CutPrefix(last, "0x"); ok {
		return strings.Trim(rest, "0123456789abcdef") == ""
	}
	return last != "" && strings.Trim(last, "0123456789") == ""
}

// ascii returns a host name as DNS writes it: lower case, internationalised labels in punycode.
func ascii(host string) (string, error) {
	plain := strings.ToLower(host)
	if strings.IndexFunc(plain, func(r rune) bool { return r >= utf8.RuneSelf }) < 0 {
		if strings.Trim(plain, "abcdefghijklmnopqrstuvwxyz0123456789-_.") != "" || strings.Contains(plain, "..") ||
			strings.HasPrefix(plain, ".") || len(plain) > 254 {
			return "", refuse(Blocked, "the address has a host name that does not exist")
		}
		return plain, nil
	}
	return idna.Lookup.ToASCII(plain)
}

// Host returns the unit of politeness of an address: its host and, where not the scheme's own, its port. It is empty for
// an address that Check refuses.
func Host(address string) string {
	if Check(address) != nil {
		return ""
	}
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	host := strings.ToLower(u.Hostname())
	if !strings.Contains(host, ":") {
		if host, err = ascii(host); err != nil {
			return ""
		}
	}
	host = strings.TrimSuffix(host, ".")
	if port := u.Port(); port != "" && port != defaultPort(u.Scheme) {
		return net.JoinHostPort(host, port)
	}
	if strings.Contains(host, ":") {
		return "[" + host + "]"
	}
	return host
}

func defaultPort(scheme string) string {
	if scheme == "https" {
		return "443"
	}
	return "80"
}

// Token is the product token that robots.txt groups are matched on.
const Token = "storywatch"

// Agent returns the User-Agent: the product token, the version, and where to read about the crawler.
func Agent(version, contact string) string {
	agent := Token
	if v := printable(version); v != "" {
		agent += "/" + v
	}
	if c := printable(contact); c != "" {
		agent += " (+" + c + ")"
	}
	return agent
}

// printable keeps the characters of a text that may stand in a comment of a header line.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r <= ' ' || r > '~' || strings.ContainsRune(`()\`, r) {
			return -1
		}
		return r
	}, s)
}
