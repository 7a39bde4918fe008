package storage

import (
	"crypto/sha256"
	"encoding/hex"
	"net"
	"net/url"
	"strings"

	"golang.org/x/net/idna"
)

// tracking are the names of query parameters that tell a site where a reader came from, and never what is read. A name
// that ends in * stands for all that begin so. Compared without case.
var tracking = []string{
	"utm_*", "mtm_*", "pk_*", "hsa_*", "at_*", // campaign tags: Google, Matomo, Piwik, HubSpot, AT Internet (BBC)
	"fbclid", "igshid", "igsh", "mibextid", // Facebook, Instagram
	"gclid", "gclsrc", "gbraid", "wbraid", "dclid", "_ga", "_gl", "gaa_*", // Google
	"msclkid", "yclid", "ysclid", "twclid", "ttclid", "li_fat_id", "rdt_cid", "epik", // Microsoft, Yandex, X, TikTok, LinkedIn, Reddit, Pinterest
	"ref_src", "ref_url", "__twitter_impression", // X
	"mc_cid", "mc_eid", "_hsenc", "_hsmi", "mkt_tok", "oly_anon_id", "oly_enc_id", "vero_id", "vero_conv", // newsletters
	"cmpid", "cmp_id", "ncid", "s_cid", "wt.mc_id", "xtor", "ito", "smid", "smtyp", "traffic_source", "taid", // newsrooms' own
	"spm", "scm", "share_from", "share_token",
}

// NormalURL writes an address so that two addresses of the same thing become the same text: scheme and host in lower
// case, internationalised hosts as ASCII, percent-encoding as RFC 3986 section 6.2.2 has it; without the scheme's own
// port, user, fragment and tracking parameters; https for http. What remains of the query keeps its order. It is for
// comparing, not for fetching. What is not an absolute address comes back trimmed of white space.
func NormalURL(address string) string {
	address = strings.TrimSpace(address)
	u, err := url.Parse(address)
	if err != nil || u.Scheme == "" || u.Host == "" {
		return address
	}
	scheme := strings.ToLower(u.Scheme)
	host := normalHost(scheme, u)
	if scheme == "http" {
		scheme = "https"
	}
	path := normalEscapes(u.EscapedPath())
	if path == "" {
		path = "/"
	}
	normal := scheme + "://" + host + path
	if query := normalQuery(u.RawQuery); query != "" {
		normal += "?" + query
	}
	return normal
}

// ArticleID is the identity of the article at an address: the first 16 hex digits of the SHA-256 of its NormalURL.
func ArticleID(address string) string {
	sum := sha256.Sum256([]byte(NormalURL(address)))
	return hex.EncodeToString(sum[:8])
}

func normalHost(scheme string, u *url.URL) string {
	host := strings.TrimRight(strings.ToLower(u.Hostname()), ".")
	if ascii, err := idna.Lookup.ToASCII(host); err == nil {
		host = ascii
	}
	switch port := u.Port(); {
	case port == "" || scheme == "http" && port == "80" || scheme == "https" && port == "443":
		if strings.Contains(host, ":") {
			return "[" + host + "]"
		}
		return host
	default:
		return net.JoinHostPort(host, port)
	}
}

// normalQuery drops tracking parameters and empty ones.
func normalQuery(query string) string {
	var kept []string
	for parameter := range strings.SplitSeq(query, "&") {
		name, _, _ := strings.Cut(parameter, "=")
		if plain, err := url.QueryUnescape(name); err == nil {
			name = plain
		}
		if parameter != "" && !isTracking(name) {
			kept = append(kept, normalEscapes(parameter))
		}
	}
	return strings.Join(kept, "&")
}

func isTracking(name string) bool {
	name = strings.ToLower(name)
	for _, pattern := range tracking {
		if begin, open := strings.CutSuffix(pattern, "*"); name == pattern || open && strings.HasPrefix(name, begin) {
			return true
		}
	}
	return false
}

// normalEscapes writes percent-encoding in one way: letters, digits and -._~ bare, hex digits in upper case, whatever
// is neither ASCII nor printable encoded, a percent sign that begins no encoding as %25.
func normalEscapes(s string) string {
	const hexDigits = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c, encoded := s[i], false
		if c == '%' {
			if i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]) {
				c, encoded = unhex(s[i+1])<<4|unhex(s[i+2]), true
				i += 2
			} else {
				encoded = true
			}
		}
		if unreserved(c) || !encoded && c > ' ' && c < 0x7f {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(hexDigits[c>>4])
		b.WriteByte(hexDigits[c&15])
	}
	return b.String()
}

func unreserved(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._~", c) >= 0
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

func unhex(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c <= 'F':
		return c - 'A' + 10
	default:
		return c - 'a' + 10
	}
}
