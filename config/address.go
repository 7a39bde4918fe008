package config

import (
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// checkAddress says what is wrong with a web address, without showing any of it.
func checkAddress(text string) error {
	_, err := parseAddress(text)
	return err
}

// parseAddress reads a web address. Its fragment is dropped: servers never see one.
func parseAddress(text string) (*url.URL, error) {
	switch {
	case text == "":
		return nil, errors.New("is empty; write an address that begins with https://")
	case len(text) > maxAddress:
		return nil, fmt.Errorf("is longer than %d bytes", maxAddress)
	case strings.ContainsFunc(text, isBlank):
		return nil, errors.New("holds a blank or a control character; write %20 for a blank in an address")
	case strings.Contains(text, `\`):
		return nil, errors.New(`holds a backslash; addresses use /`)
	}
	u, err := url.Parse(text)
	switch {
	case err != nil:
		return nil, errors.New("is not a web address (a % needs two hexadecimal digits after it, a port is a number); copy it from a browser")
	case u.Scheme == "":
		return nil, errors.New("has no https:// or http:// at its beginning; add it")
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, errors.New("begins with neither http:// nor https://; only these are fetched")
	case u.User != nil:
		return nil, errors.New("holds a user name or password before the @; remove it, such addresses are not supported")
	case u.Hostname() == "":
		return nil, errors.New("names no host; write it as https://host/path")
	case u.Port() != "" && !isPort(u.Port(), 1):
		return nil, errors.New("has a port that is not from 1 to 65535")
	}
	u.Host = strings.ToLower(u.Host)
	u.Fragment, u.RawFragment = "", ""
	return u, nil
}

// isPort accepts decimal ports from the least that makes sense: 0 asks the system for a free one.
func isPort(text string, least int) bool {
	n, err := strconv.Atoi(text)
	return err == nil && n >= least && n <= 65535
}

// sameAddress brings an address into the form in which two that mean the same are equal.
func sameAddress(u *url.URL) string {
	same := *u
	if same.Scheme == "http" && same.Port() == "80" || same.Scheme == "https" && same.Port() == "443" {
		same.Host = strings.TrimSuffix(strings.TrimSuffix(same.Host, ":80"), ":443")
	}
	if same.Path == "" {
		same.Path = "/"
	}
	return same.String()
}

// checkContact says what is wrong with the address that goes into the agent name.
func checkContact(text string) error {
	if a, err := mail.ParseAddress(text); err == nil && a.Address == text && isPlain(text) {
		return nil
	}
	if checkAddress(text) == nil && isPlain(text) {
		return nil
	}
	return fmt.Errorf("has to be a web or mail address of at most %d plain characters, as in https://desk.example/crawler or desk@desk.example", maxText)
}

// isPlain reports whether a text can stand in the comment of a User-Agent header (RFC 9110, 5.6.5).
func isPlain(text string) bool {
	return len(text) <= maxText && !strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`()\"`, r) })
}

// checkDatabase says what is wrong with a database, without showing it: it may hold a password.
func checkDatabase(text string) error {
	scheme, _, isAddress := strings.Cut(text, "://")
	switch {
	case text == "":
		return errors.New("is empty; write a file name such as storywatch.db")
	case strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f }):
		return errors.New("holds a control character or a line break")
	case strings.HasPrefix(text, "file:") || strings.HasPrefix(text, "sqlite:"):
		return errors.New("begins with file: or sqlite:; write the file name alone, as in storywatch.db")
	case !isAddress:
		return nil
	case scheme != "postgres" && scheme != "postgresql":
		return errors.New("is of a kind that is not known; write a file name for SQLite or postgres://user:${PGPASSWORD}@host/name")
	}
	if u, err := url.Parse(text); err != nil || u.Path == "" || u.Path == "/" {
		return errors.New("is not a complete PostgreSQL address; write postgres://user:${PGPASSWORD}@host/name (in a password, write / @ : ? # % as %2F %40 %3A %3F %23 %25)")
	}
	return nil
}

// zone reads the name of a time zone; nil as default stands for UTC.
func (g group) zone(key string, otherwise *time.Location) *time.Location {
	if otherwise == nil {
		otherwise = time.UTC
	}
	v, ok := g.scalar(key)
	if !ok {
		return otherwise
	}
	zone, err := parseZone(v.text)
	if err != nil {
		v.wrong(err)
		return otherwise
	}
	return zone
}

// parseZone reads an IANA name. "Local" and "" are refused: what they mean depends on the machine.
func parseZone(text string) (*time.Location, error) {
	if text != "" && text != "Local" {
		if zone, err := time.LoadLocation(text); err == nil {
			return zone, nil
		}
	}
	const say = "is not the name of a time zone; write it as in Asia/Baghdad, Europe/Berlin or UTC"
	if len(text) > maxName {
		return nil, errors.New(say)
	}
	guess := titled(strings.ReplaceAll(strings.TrimSpace(text), " ", "_"))
	for _, region := range []string{"", "Africa/", "America/", "Asia/", "Australia/", "Europe/", "Indian/", "Pacific/"} {
		if _, err := time.LoadLocation(region + guess); err == nil && guess != "" && guess != "Local" {
			return nil, fmt.Errorf("is not the name of a time zone; did you mean %s?", region+guess)
		}
	}
	return nil, errors.New(say)
}

// titled writes every word of a zone's name with a capital letter.
func titled(text string) string {
	out := []byte(strings.ToLower(text))
	for i, c := range out {
		if c >= 'a' && c <= 'z' && (i == 0 || out[i-1] == '/' || out[i-1] == '_') {
			out[i] = c - 'a' + 'A'
		}
	}
	return string(out)
}

// decodeNetwork reads what may be reached and how politely.
func decodeNetwork(g group) Network {
	return Network{
		Allow:  g.networks("allow"),
		Gap:    g.duration("gap", DefaultGap, 0, maxGap),
		Robots: g.truth("robots", true),
	}
}

// networks reads a list of networks and single addresses.
func (g group) networks(key string) []netip.Prefix {
	var all []netip.Prefix
	for _, v := range g.values(key) {
		p, err := parseNetwork(v.text)
		if err != nil {
			v.wrong(err)
			continue
		}
		all = append(all, p)
	}
	return all
}

// parseNetwork is strict where a slip would open more than was meant: 10.1.2.3/8 may mean one address or sixteen million.
func parseNetwork(text string) (netip.Prefix, error) {
	if a, err := netip.ParseAddr(text); err == nil && a.Zone() == "" {
		a = a.Unmap()
		return netip.PrefixFrom(a, a.BitLen()), nil
	}
	p, err := netip.ParsePrefix(text)
	switch {
	case err != nil:
		return netip.Prefix{}, errors.New("is not a network or address; write it as 10.0.0.0/8, 192.168.1.20 or fd00::/8 (names are not supported)")
	case p.Bits() == 0:
		return netip.Prefix{}, errors.New("stands for every address there is; name the networks that are yours")
	case p.Addr().Is4In6():
		return netip.Prefix{}, errors.New("is an IPv4 network written as IPv6; write it as IPv4")
	case p.Masked() != p:
		return netip.Prefix{}, fmt.Errorf("is not the beginning of a network; write %s for the network or %s for the one address", p.Masked(), p.Addr())
	}
	return p, nil
}

// decodeWeb reads where the pages are served. open comes first: it decides what listen may be.
func decodeWeb(g group) Web {
	w := Web{Open: g.truth("open", false)}
	w.Listen = g.text("listen", DefaultListen, func(s string) error { return checkListen(s, w.Open) })
	w.PublicURL = strings.TrimRight(g.text("public_url", defaultURL(w.Listen), checkPublic), "/")
	return w
}

// checkListen refuses an address that other machines reach, unless that was asked for: the pages ask for no login.
func checkListen(text string, open bool) error {
	if text == "off" {
		return nil
	}
	host, port, err := net.SplitHostPort(text)
	if err != nil || !isPort(port, 0) {
		return errors.New("is not host:port; write it as 127.0.0.1:8383, or off for no web pages")
	}
	if open || isLoopback(host) {
		return nil
	}
	return errors.New("can be reached from other machines, and the pages ask for no login; write 127.0.0.1:8383 and put a server that asks for one in front, or add open: true under web if everybody may read them")
}

// isLoopback asks no name server: a name other than localhost may change its address after it was judged.
func isLoopback(host string) bool {
	a, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && a.Unmap().IsLoopback()
}

// defaultURL is the address of the pages on this machine.
func defaultURL(listen string) string {
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return ""
	}
	if a, err := netip.ParseAddr(host); host == "" || err == nil && a.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}

// checkPublic accepts what paths can be put behind.
func checkPublic(text string) error {
	u, err := parseAddress(text)
	if err != nil {
		return err
	}
	if u.RawQuery != "" || u.ForceQuery {
		return errors.New("holds a ?; write the address of the first page alone")
	}
	return nil
}
