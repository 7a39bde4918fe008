package fetch

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
)

// encoded writes a text in a charset.
func encoded(t testing.TB, text, name string) []byte {
	t.Helper()
	e, _ := charset.Lookup(name)
	if e == nil {
		t.Fatalf("no charset %s", name)
	}
	b, err := e.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatalf("%q in %s: %v", text, name, err)
	}
	return b
}

// samples are a sentence each of what is still published in its charset.
var samples = map[string]string{
	"windows-1256": "وصل الوزير إلى الدوحة مساء الثلاثاء لبحث وقف إطلاق النار",
	"windows-1251": "Министр прибыл в столицу во вторник вечером",
	"koi8-r":       "Министр прибыл в столицу во вторник вечером",
	"windows-1252": "Le ministre s’est rendu à Genève « mardi soir » pour négocier",
	"windows-1253": "Ο υπουργός έφτασε στην πρωτεύουσα το βράδυ",
	"windows-1254": "Bakan salı akşamı başkente ulaştı, görüşmeler başlıyor",
	"windows-1255": "השר הגיע לבירה ביום שלישי בערב",
	"iso-8859-2":   "Minister přijel v úterý večer do hlavního města",
	"gbk":          "部长星期二晚上抵达首都举行会谈",
	"gb18030":      "部长星期二晚上抵达首都举行会谈",
	"big5":         "部長星期二晚上抵達首都舉行會談",
	"shift_jis":    "大臣は火曜日の夜に首都に到着した",
	"euc-jp":       "大臣は火曜日の夜に首都に到着した",
	"iso-2022-jp":  "大臣は火曜日の夜に首都に到着した",
	"euc-kr":       "장관은 화요일 저녁 수도에 도착했다",
	"windows-874":  "รัฐมนตรีเดินทางถึงเมืองหลวงเมื่อคืนวันอังคาร",
	"utf-8":        "وصل الوزير إلى 首都 во вторник",
}

func TestCharsetsAreReadWhereverTheyAreDeclared(t *testing.T) {
	for name, text := range samples {
		for place, c := range map[string]struct{ contentType, before, after string }{
			"header":                                {"text/html; charset=" + name, "<p>", "</p>"},
			"quoted header":                         {`text/html; charset="` + strings.ToUpper(name) + `"`, "<p>", "</p>"},
			"meta charset":                          {"text/html", `<html><head><meta charset="` + name + `"><p>`, "</p>"},
			"meta http-equiv":                       {"", `<META HTTP-EQUIV="Content-Type" content="text/html; charset=` + name + `"><p>`, "</p>"},
			"late meta":                             {"text/html", "<!--" + strings.Repeat("x", 30_000) + "-->" + `<meta charset=` + name + `><p>`, "</p>"},
			"XML declaration":                       {"application/xml", `<?xml version="1.0" encoding="` + name + `"?><p>`, "</p>"},
			"unknown in header":                     {"text/html; charset=nonsense", `<meta charset="` + name + `"><p>`, "</p>"},
			"UTF-7 in header":                       {"text/html; charset=utf-7", `<meta charset="` + name + `"><p>`, "</p>"},
			"UTF-8 in header, which the bytes deny": {"text/html; charset=utf-8", `<meta charset="` + name + `"><p>`, "</p>"},
		} {
			if name == "iso-2022-jp" && strings.HasPrefix(place, "UTF-8") {
				continue // it is ASCII to the byte, so nothing denies the header
			}
			body := append([]byte(c.before), encoded(t, text, name)...)
			body = append(body, c.after...)
			got := Decode(body, c.contentType)
			if !bytes.Contains(got.Body, []byte(text)) || got.Broken > 0 {
				t.Errorf("%s in the %s: read as %s: %.80q", name, place, got.Charset, got.Body)
			}
		}
	}
}

func TestUTF8WinsOverALyingDeclaration(t *testing.T) {
	for name, text := range samples {
		if name == "iso-2022-jp" || name == "utf-8" {
			continue
		}
		got := Decode([]byte(`<meta charset="`+name+`"><p>`+text), "text/html; charset="+name)
		if got.Charset != "utf-8" || !bytes.Contains(got.Body, []byte(text)) {
			t.Errorf("UTF-8 that says %s is read as %s", name, got.Charset)
		}
	}
	// One broken byte must not turn the whole page into another charset: that would be a change of every sentence.
	text := strings.Repeat(samples["windows-1256"], 5)
	got := Decode([]byte(text+"\xff"), "text/html; charset=iso-8859-1")
	if got.Charset != "utf-8" || got.Broken != 1 || string(got.Body) != text+"\ufffd" {
		t.Errorf("a broken byte makes it %s with %d broken", got.Charset, got.Broken)
	}
}

func TestByteOrderMarksWin(t *testing.T) {
	text := samples["windows-1256"]
	for name, mark := range map[string]string{"utf-8": "\xef\xbb\xbf", "utf-16le": "\xff\xfe", "utf-16be": "\xfe\xff"} {
		body := append([]byte(mark), encoded(t, text, name)...)
		if got := Decode(body, "text/html; charset=windows-1251"); string(got.Body) != text || got.Charset != name {
			t.Errorf("%s with a mark is read as %s: %.60q", name, got.Charset, got.Body)
		}
	}
	for _, name := range []string{"utf-16le", "utf-16be"} {
		if got := Decode(encoded(t, "<p>"+text, name), "text/html; charset="+name); string(got.Body) != "<p>"+text {
			t.Errorf("%s by the header alone is read as %s", name, got.Charset)
		}
	}
}

func TestTextWithoutADeclarationIsReadByItsLanguage(t *testing.T) {
	for lang, name := range map[string]string{"ar": "windows-1256", "ar-EG": "windows-1256", "ru": "windows-1251", "he": "windows-1255",
		"ja": "shift_jis", "zh-CN": "gbk", "zh-TW": "big5", "ko": "euc-kr", "el": "windows-1253", "tr": "windows-1254",
		"fr": "windows-1252", "th": "windows-874"} {
		text := samples[name]
		body := append([]byte(`<html dir="auto" lang="`+lang+`"><p>`), encoded(t, text, name)...)
		if got := Decode(body, "text/html"); !bytes.Contains(got.Body, []byte(text)) {
			t.Errorf("%s in %s without a declaration is read as %s", lang, name, got.Charset)
		}
	}
	rss := append([]byte("<rss><channel><language>ar-sa</language><title>"), encoded(t, samples["windows-1256"], "windows-1256")...)
	if got := Decode(rss, "text/xml"); !bytes.Contains(got.Body, []byte(samples["windows-1256"])) {
		t.Errorf("an Arabic feed without a declaration is read as %s", got.Charset)
	}
}

func TestXMLDeclarationSaysWhatTheBodyIs(t *testing.T) {
	body := append([]byte(`<?xml version='1.0' encoding='windows-1256' standalone="yes"?><rss>`), encoded(t, samples["windows-1256"], "windows-1256")...)
	got := string(Decode(body, "").Body)
	if want := `<?xml version='1.0' encoding='utf-8' standalone="yes"?><rss>` + samples["windows-1256"]; got != want {
		t.Errorf("the feed is now %.80q", got)
	}
	utf16 := append([]byte("\xff\xfe"), encoded(t, `<?xml version="1.0" encoding="utf-16"?><rss/>`, "utf-16le")...)
	if got := string(Decode(utf16, "").Body); got != `<?xml version="1.0" encoding="utf-8"?><rss/>` {
		t.Errorf("the UTF-16 feed is now %q", got)
	}
}

func TestBrokenTextIsReplacedAndCounted(t *testing.T) {
	pad := strings.Repeat("plain words ", 200)
	for name, c := range map[string]struct {
		body, want string
		broken     int
	}{
		"a lone byte":       {pad + "\xff", pad + "\ufffd", 1},
		"a lone surrogate":  {"سلام سلام سلام سلام سلام سلام سلام سلام سلام سلام سلام سلام سلام سلام سلام سلام \xed\xa0\x80", "سلام سلام سلام سلام سلام سلام سلام سلام سلام سلام سلام سلام سلام سلام سلام سلام \ufffd\ufffd\ufffd", 3},
		"null bytes":        {"a\x00b\x00", "a\ufffdb\ufffd", 2},
		"one already there": {"a\ufffd" + pad, "a\ufffd" + pad, 1},
		"overlong":          {pad + "\xc0\xaf", pad + "\ufffd\ufffd", 2},
	} {
		got := Decode([]byte(c.body), "text/html; charset=utf-8")
		if string(got.Body) != c.want || got.Broken != c.broken {
			t.Errorf("%s: %d broken, %.40q…", name, got.Broken, got.Body)
		}
	}
}

func FuzzDecodeCharset(f *testing.F) {
	for name, text := range samples {
		f.Add(encoded(f, text, name), "text/html; charset="+name)
		f.Add(append([]byte(`<?xml version="1.0" encoding="`+name+`"?>`), encoded(f, text, name)...), "")
	}
	f.Add([]byte("\xff\xfe\x00"), `text/html; charset="`)
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		was := bytes.Clone(body)
		got := Decode(body, contentType)
		if !utf8.Valid(got.Body) || bytes.IndexByte(got.Body, 0) >= 0 {
			t.Errorf("read as %s it is not clean UTF-8", got.Charset)
		}
		if !bytes.Equal(body, was) {
			t.Error("the bytes given were changed")
		}
		if n := bytes.Count(got.Body, []byte("\ufffd")); n != got.Broken {
			t.Errorf("%d broken characters, %d counted", n, got.Broken)
		}
	})
}
