package extract

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/storywatch/storywatch/text"
)

// published returns when the page says the story was first published, from the surest place to the vaguest.
func (d *document) published() time.Time {
	told := []string{
		d.head.linked.published,
		d.head.say("article:published_time", "og:published_time", "datepublished", "date.published", "publishdate", "publish-date",
			"publish_date", "pubdate", "dc.date.issued", "dc.date", "dcterms.created", "dcterms.date", "date", "sailthru.date",
			"parsely-pub-date", "article.published", "published_time", "datecreated", "cxenseparse:recs:publishtime", "article_date_original",
			"originalpublicationdate", "weibo:article:create_at"),
	}
	told = append(told, d.itemprops("datePublished", "dateCreated")...)
	told = append(told, d.timesIn()...)
	for _, s := range told {
		if at := d.parse(s); !at.IsZero() {
			return at
		}
	}
	if at := dateOfAddress(d.page.URL); d.plausible(at) {
		return at
	}
	return d.dateInText()
}

// modified returns when the page says the story was last changed.
func (d *document) modified() time.Time {
	told := []string{
		d.head.linked.modified,
		d.head.say("article:modified_time", "og:updated_time", "datemodified", "last-modified", "lastmod", "dcterms.modified", "dc.date.modified",
			"article.updated", "updated_time", "revised"),
	}
	told = append(told, d.itemprops("dateModified")...)
	for _, s := range told {
		if at := d.parse(s); !at.IsZero() {
			return at
		}
	}
	return time.Time{}
}

func (d *document) itemprops(names ...string) []string {
	var all []string
	for n := range d.root.Descendants() {
		for _, name := range names {
			if len(n.Attr) > 0 && attr(n, "itemprop") == name {
				all = append(all, first(attr(n, "datetime"), attr(n, "content"), inner(n)))
			}
		}
	}
	return all
}

// oldest is the year before which no web page tells of itself.
const oldest = 1990

// plausible reports whether a page may have been published at a time: not before the web, and not much after it was read.
func (d *document) plausible(at time.Time) bool {
	return !at.IsZero() && at.Year() >= oldest && at.Before(d.page.At.Add(48*time.Hour))
}

func (d *document) parse(s string) time.Time {
	at := ParseTime(s)
	if !d.plausible(at) {
		return time.Time{}
	}
	return at
}

// layouts of times as pages write them for machines. What names no zone is UTC.
var layouts = []string{
	time.RFC3339Nano, "2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05.999Z0700", "2006-01-02T15:04Z07:00", "2006-01-02T15:04Z0700",
	"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05-0700", "2006-01-02 15:04:05 MST",
	"2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02", "2006/01/02 15:04:05", "2006/01/02 15:04", "2006/01/02", "20060102T150405Z",
	"20060102", time.RFC1123Z, time.RFC1123, "Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST", time.RFC850, time.ANSIC, time.UnixDate,
	"Mon Jan 2 2006 15:04:05 GMT-0700", "January 2, 2006 3:04 PM", "January 2, 2006 15:04", "January 2, 2006", "Jan 2, 2006", "2 January 2006",
	"2 January 2006 15:04", "2 Jan 2006", "02.01.2006 15:04", "02.01.2006", "2.1.2006", "02/01/2006", "2006.01.02 15:04", "2006.01.02",
}

// ParseTime reads a time as pages write it for machines: ISO 8601, RFC 1123 and their usual misspellings, seconds since
// 1970, or a date in words. It returns the zero time for anything else; what names no zone is taken as UTC.
func ParseTime(s string) time.Time {
	s = strings.TrimSpace(western(text.Clean(s)))
	if s == "" || len(s) > 80 {
		return time.Time{}
	}
	for _, layout := range layouts {
		if at, err := time.Parse(layout, s); err == nil {
			return at
		}
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		switch len(s) {
		case 10:
			return time.Unix(n, 0).UTC()
		case 13:
			return time.UnixMilli(n).UTC()
		}
	}
	return dateInWords(s)
}

// western writes the digits of all scripts as 0 to 9.
func western(s string) string {
	return strings.Map(func(r rune) rune {
		if n := text.Digit(r); n >= 0 {
			return rune('0' + n)
		}
		return r
	}, s)
}

var addressDate = regexp.MustCompile(`/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?:/|-|_|\.|\d*$)`)

// dateOfAddress reads the date that many sites put into the address of a story.
func dateOfAddress(address string) time.Time {
	m := addressDate.FindStringSubmatch(address)
	if m == nil {
		return time.Time{}
	}
	return day(m[1], m[2], m[3])
}

func day(year, month, dayOfMonth string) time.Time {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(dayOfMonth)
	at := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if at.Day() != d || int(at.Month()) != m {
		return time.Time{}
	}
	return at
}

// monthNames are the months in the languages that newsrooms here write in, folded; the Levant and the Maghreb have their own.
var monthNames = []string{
	`january jan januar janv janvier enero ene gennaio gen janeiro januari ocak oca января январь янв січня يناير كانون_الثاني جانفي ژانویه ינואר ian ianuarie styczen stycznia leden ledna`,
	`february feb februar fevr fevrier febrero febbraio fevereiro fev februari subat sub февраля февраль фев лютого فبراير شباط فيفري فوریه פברואר februarie luty lutego unor unora`,
	`march mar marz maerz mars marzo marco maart mart марта март мар березня مارس آذار اذار מרץ مارچ martie marzec marca brezen brezna`,
	`april apr avril avr abril aprile nisan nis апреля апрель апр квітня ابريل أبريل نيسان أفريل آوریل אפריל aprilie kwiecien kwietnia duben dubna`,
	`may mai mayo maggio maio mei mayis мая май травня مايو أيار ايار ماي مه מאי maj maja kveten kvetna`,
	`june jun juni juin junio giugno junho haziran июня июнь июн червня يونيو حزيران جوان ژوئن יוני iunie czerwiec czerwca cerven cervna`,
	`july jul juli juillet julio luglio julho temmuz июля июль июл липня يوليو تموز جويلية ژوئیه יולי iulie lipiec lipca cervenec cervence`,
	`august aug aout agosto ago augustus agustos августа август авг серпня أغسطس اغسطس آب اب أوت اوت אוגוסט sierpien sierpnia srpen srpna`,
	`september sep sept septembre septiembre settembre set setembro eylul сентября сентябрь сен вересня سبتمبر أيلول ايلول سپتامبر ספטמבר septembrie wrzesien wrzesnia zari`,
	`october oct oktober okt octobre octubre ottobre ott outubro out ekim октября октябрь окт жовтня أكتوبر اكتوبر تشرين_الأول تشرين_الاول اکتبر אוקטובר octombrie pazdziernik pazdziernika rijen rijna`,
	`november nov novembre noviembre novembro kasim ноября ноябрь ноя листопада نوفمبر تشرين_الثاني نوامبر נובמבר noiembrie listopad listopadu`,
	`december dec dezember dez decembre diciembre dic dicembre dezembro desember aralik декабря декабрь дек грудня ديسمبر كانون_الأول كانون_الاول دسامبر דצמבר decembrie grudzien grudnia prosinec prosince`,
}

// months maps folded month names to 1 to 12.
var months = func() map[string]int {
	m := map[string]int{}
	for i, names := range monthNames {
		for name := range strings.FieldsSeq(names) {
			m[monthKey(strings.ReplaceAll(name, "_", " "))] = i + 1
		}
	}
	return m
}()

func monthKey(s string) string { return strings.Join(text.Words(s), " ") }

var han = regexp.MustCompile(`((?:19|20)\d\d)\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일号]`)

var figures = regexp.MustCompile(`^((?:19|20)\d\d)[./-](\d{1,2})[./-](\d{1,2})$|^(\d{1,2})[./-](\d{1,2})[./-]((?:19|20)\d\d)$`)

// dateInWords finds a day, a month by name and a year that stand together.
func dateInWords(s string) time.Time {
	s = western(s)
	if m := han.FindStringSubmatch(s); m != nil {
		return day(m[1], m[2], m[3])
	}
	fields := strings.FieldsFunc(s, func(r rune) bool {
		return r == ' ' || r == ',' || r == '،' || r == '\u00a0' || r == '(' || r == ')' || r == '|'
	})
	for _, f := range fields {
		if m := figures.FindStringSubmatch(strings.Trim(f, ".")); m != nil {
			if m[1] != "" {
				return day(m[1], m[2], m[3])
			}
			return day(m[6], m[5], m[4])
		}
	}
	for i := range fields {
		for _, n := range []int{2, 1} {
			if i+n > len(fields) {
				continue
			}
			name := strings.Trim(strings.Join(fields[i:i+n], " "), "./")
			month := months[monthKey(name)]
			if month == 0 {
				month = months[monthKey(strings.TrimPrefix(name, "ב"))] // Hebrew writes "in" onto the month
			}
			if month == 0 {
				continue
			}
			if at := around(fields, i, i+n, month); !at.IsZero() {
				return at
			}
		}
	}
	return time.Time{}
}

// around reads the day and the year beside a month: "4 March 2026", "March 4, 2026", "4 de marzo de 2026".
func around(fields []string, from, to, month int) time.Time {
	dayOf, year := 0, 0
	take := func(s string) {
		n, err := strconv.Atoi(strings.TrimRight(strings.ToLower(s), ".ndhrst'"))
		switch {
		case err != nil:
		case n >= 1 && n <= 31 && dayOf == 0:
			dayOf = n
		case n >= oldest && n < 2200 && year == 0:
			year = n
		}
	}
	for i := from - 1; i >= max(0, from-2); i-- {
		take(fields[i])
	}
	for i := to; i < min(len(fields), to+3); i++ {
		take(fields[i])
	}
	if dayOf == 0 || year == 0 {
		return time.Time{}
	}
	return day(strconv.Itoa(year), strconv.Itoa(month), strconv.Itoa(dayOf))
}

// dateInText looks for a date in the short lines before the story's first sentences.
func (d *document) dateInText() time.Time {
	for i, b := range d.blocks {
		if b.kept && b.units > 15 && i > 40 {
			break
		}
		if b.units <= 14 {
			if at := dateInWords(b.text); d.plausible(at) {
				return at
			}
		}
	}
	return time.Time{}
}
