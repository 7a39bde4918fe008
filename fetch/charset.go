package fetch

import (
	"bytes"
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
)

// prolog is how much of a document is searched for what it says of its own charset. Browsers stop at 1,024 bytes; pages
// with scripts before the meta element are common enough to look further.
const prolog = 64 << 10

// Text is a document made valid UTF-8.
type Text struct {
	Body    []byte
	Charset string // what it was in, as the WHATWG names it
	Broken  int    // bytes and pairs that were no text and became U+FFFD
}

// Decode makes a document valid UTF-8. A byte order mark decides; then bytes that are UTF-8 but for one character in twenty are
// UTF-8, whatever is declared, since text of another charset is next to never so by chance; then the header, the XML declaration, the meta
// element, and the charset that was usual in the language the page names. A declared charset that the bytes contradict is
// passed over. UTF-7 is never read. The XML declaration of the result says UTF-8, so that nobody decodes twice.
func Decode(body []byte, contentType string) Text {
	if text, ok := marked(body); ok {
		return finish(text)
	}
	unicode := isUTF8(body)
	if unicode && bytes.IndexByte(body, 0) < 0 && bytes.IndexByte(body, esc) < 0 {
		return finish(Text{Body: body, Charset: "utf-8"})
	}
	head := body[:min(len(body), prolog)]
	declared := declarations(head, contentType)
	if unicode && !otherwise(body, declared) {
		return finish(Text{Body: body, Charset: "utf-8"})
	}
	if len(declared) == 0 || declared[0] == "utf-8" && len(declared) == 1 {
		declared = append(declared, usual(head))
	}
	var first Text
	for i, name := range declared {
		text := convert(body, name)
		if plausible(text, body) {
			return finish(text)
		}
		if i == 0 {
			first = text
		}
	}
	return finish(first)
}

// esc begins the sequences by which ISO-2022-JP switches between alphabets.
const esc = 0x1b

// isUTF8 reports whether a document is UTF-8, a broken character here and there aside.
func isUTF8(body []byte) bool {
	if utf8.Valid(body) {
		return true
	}
	good, broken := count(body)
	return broken*20 <= good
}

// marked reads a document that begins with a byte order mark.
func marked(body []byte) (Text, bool) {
	for mark, name := range map[string]string{"\xef\xbb\xbf": "utf-8", "\xff\xfe": "utf-16le", "\xfe\xff": "utf-16be"} {
		if rest, ok := bytes.CutPrefix(body, []byte(mark)); ok {
			return convert(rest, name), true
		}
	}
	return Text{}, false
}

// otherwise reports whether bytes that happen to be valid UTF-8 are declared, and look, to be one of the charsets that
// write everything in ASCII or in pairs of bytes.
func otherwise(body []byte, declared []string) bool {
	if len(declared) == 0 {
		return false
	}
	switch declared[0] {
	case "iso-2022-jp":
		return bytes.Contains(body, []byte{esc, '$'}) || bytes.Contains(body, []byte{esc, '('})
	case "utf-16le", "utf-16be":
		return bytes.IndexByte(body, 0) >= 0
	}
	return false
}

// declarations returns the charsets that a document is said to be in, the most trusted first, each once.
func declarations(head []byte, contentType string) []string {
	var names []string
	add := func(label string) {
		_, name := charset.Lookup(strings.TrimSpace(label))
		switch name {
		case "", "replacement", "x-user-defined":
			return
		}
		for _, n := range names {
			if n == name {
				return
			}
		}
		names = append(names, name)
	}
	add(headerCharset(contentType))
	if m := xmlEncoding.FindSubmatch(head); m != nil {
		add(notUTF16(string(m[2])))
	}
	if label := metaCharset(head); label != "" {
		add(notUTF16(label))
	}
	return names
}

// headerCharset returns the charset of a Content-Type, also of one too odd for the mime package.
func headerCharset(contentType string) string {
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		return params["charset"]
	}
	_, rest, _ := strings.Cut(strings.ToLower(contentType), "charset=")
	rest, _, _ = strings.Cut(strings.Trim(rest, `"' `), ";")
	return strings.Trim(rest, `"' `)
}

// notUTF16: a document whose declaration could be read as ASCII is not in UTF-16 (WHATWG HTML, prescan).
func notUTF16(label string) string {
	if strings.HasPrefix(strings.ToLower(strings.TrimSpace(label)), "utf-16") {
		return "utf-8"
	}
	return label
}

var xmlEncoding = regexp.MustCompile(`^(\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["'])([A-Za-z0-9._:-]{1,40})(["'])`)

// metaCharset returns what the first meta element that speaks of it says.
func metaCharset(head []byte) string {
	z := html.NewTokenizer(bytes.NewReader(head))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken, html.SelfClosingTagToken:
			if name, more := z.TagName(); string(name) == "meta" && more {
				if label := metaLabel(z); label != "" {
					return label
				}
			}
		}
	}
}

func metaLabel(z *html.Tokenizer) string {
	var label, content string
	var equiv bool
	for more := true; more; {
		var key, value []byte
		key, value, more = z.TagAttr()
		switch string(key) {
		case "charset":
			label = string(value)
		case "http-equiv":
			equiv = strings.EqualFold(string(value), "content-type")
		case "content":
			content = string(value)
		}
	}
	if label == "" && equiv {
		label = headerCharset(content)
	}
	return label
}

var htmlLang = regexp.MustCompile(`(?i)<(?:html|rss|feed)\b[^>]{0,500}?\blang\s*=\s*["']?([a-z]{2,3}(?:-[a-z]+)?)|<language>\s*([a-z]{2,3}(?:-[a-z]+)?)`)

// usualIn are the charsets that were usual before UTF-8, as browsers fall back to them by language.
var usualIn = map[string]string{
	"ar": "windows-1256", "fa": "windows-1256", "ur": "windows-1256", "ckb": "windows-1256",
	"ru": "windows-1251", "uk": "windows-1251", "be": "windows-1251", "bg": "windows-1251", "sr": "windows-1251",
	"mk": "windows-1251", "he": "windows-1255", "el": "windows-1253", "tr": "windows-1254", "az": "windows-1254",
	"pl": "windows-1250", "cs": "windows-1250", "sk": "windows-1250", "hu": "windows-1250", "sl": "windows-1250",
	"hr": "windows-1250", "ro": "windows-1250", "et": "windows-1257", "lv": "windows-1257", "lt": "windows-1257",
	"vi": "windows-1258", "th": "windows-874", "ja": "shift_jis", "ko": "euc-kr", "zh": "gbk", "zh-tw": "big5",
	"zh-hk": "big5",
}

// usual guesses the charset of a document that declares none and is not UTF-8.
func usual(head []byte) string {
	if m := htmlLang.FindSubmatch(head); m != nil {
		lang := strings.ToLower(string(m[1]) + string(m[2]))
		primary, _, _ := strings.Cut(lang, "-")
		for _, l := range []string{lang, primary} {
			if name := usualIn[l]; name != "" {
				return name
			}
		}
	}
	return "windows-1252"
}

// convert reads a document in one charset.
func convert(body []byte, name string) Text {
	if name == "utf-8" {
		return Text{Body: body, Charset: name}
	}
	out, err := decoderOf(name).Bytes(body)
	if err != nil {
		out = body
	}
	return Text{Body: out, Charset: name}
}

func decoderOf(name string) *encoding.Decoder {
	switch name {
	case "utf-16le":
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder()
	case "utf-16be":
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder()
	}
	e, _ := charset.Lookup(name)
	if e == nil {
		return encoding.Nop.NewDecoder()
	}
	return e.NewDecoder()
}

// plausible reports whether a conversion left most of what is not ASCII standing. One broken character in twenty is
// damage; more is the wrong charset.
func plausible(text Text, body []byte) bool {
	good, broken := count(text.Body)
	return broken*20 <= good+broken || broken <= 2 && len(body) > 1000
}

// count counts the characters beyond ASCII of what is held to be UTF-8, and what is broken among them. Control characters
// of the upper range count as broken: a text holds none, and a wrong charset makes many.
func count(body []byte) (good, broken int) {
	for len(body) > 0 {
		r, n := rune(body[0]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRune(body)
			if r == utf8.RuneError || r < 0xa0 {
				broken++
			} else {
				good++
			}
		}
		body = body[n:]
	}
	return good, broken
}

// finish replaces what is no text and rewrites the XML declaration.
func finish(text Text) Text {
	text.Body, text.Broken = valid(text.Body)
	if m := xmlEncoding.FindSubmatchIndex(text.Body[:min(len(text.Body), 1024)]); m != nil {
		rest := text.Body[m[5]:]
		text.Body = append(append(bytes.Clone(text.Body[:m[4]]), "utf-8"...), rest...)
	}
	return text
}

// valid replaces each broken byte, and each NUL, which no document may hold, by U+FFFD and counts them. Those that a
// decoder put in already count too.
func valid(body []byte) ([]byte, int) {
	broken := bytes.Count(body, []byte("\ufffd"))
	if utf8.Valid(body) && bytes.IndexByte(body, 0) < 0 {
		return body, broken
	}
	out := make([]byte, 0, len(body)+len(body)/8)
	for len(body) > 0 {
		r, n := utf8.DecodeRune(body)
		if r == 0 || r == utf8.RuneError && n == 1 {
			out = append(out, "\ufffd"...)
			broken++
		} else {
			out = append(out, body[:n]...)
		}
		body = body[n:]
	}
	return out, broken
}
