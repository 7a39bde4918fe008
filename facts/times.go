package facts

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/storywatch/storywatch/text"
)

var weekdayKeys = [7]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// timesIn reads days and hours. A weekday without "last" or "next" is the coming one in a sentence about a plan and the
// past one elsewhere; the article's own day counts as both.
func timesIn(s *scanned, lex *lexicon, at time.Time, plan bool) []Time {
	var found []Time
	for i := 0; i < len(s.words); i++ {
		t, n := timeAt(s, lex, i, at, plan)
		if n == 0 {
			continue
		}
		start := i
		if part, m := partBefore(s, lex, i); m > 0 && t.Part == "" && !strings.Contains(t.Key, ":") {
			t.Part, start = part, i-m
		}
		if part, m := partAt(s, lex, i+n); m > 0 && t.Part == "" && !strings.Contains(t.Key, ":") {
			t.Part, n = part, n+m
		}
		for k := start; k < i+n; k++ {
			s.words[k].used = true
		}
		t.Text = s.span(start, i+n)
		t.From, t.To = hours(t)
		found = append(found, t)
		i += n - 1
	}
	return found
}

func timeAt(s *scanned, lex *lexicon, i int, at time.Time, plan bool) (Time, int) {
	if t, n := clockAt(s, i); n > 0 {
		return t, n
	}
	if t, n := dateAt(s, lex, i, at); n > 0 {
		return t, n
	}
	if t, n := digitDateAt(s, lex, i, at); n > 0 {
		return t, n
	}
	if offset, n := lex.days.at(s, i); n > 0 {
		day := midnight(at).AddDate(0, 0, offset)
		return dayOf(day, day.Format("01-02")), n
	}
	if weekday, n := lex.weekdays.at(s, i); n > 0 {
		next, last := plan, false
		if i+n < len(s.words) {
			if _, m := lex.next.at(s, i+n); m > 0 {
				next, n = true, n+m
			} else if _, m := lex.last.at(s, i+n); m > 0 {
				last, n = true, n+m
			}
		}
		if i > 0 {
			if _, m := lex.next.at(s, i-1); m == 1 {
				next = true
			} else if _, m := lex.last.at(s, i-1); m == 1 {
				last = true
			}
		}
		return dayOf(weekdayNear(at, time.Weekday(weekday), next && !last), weekdayKeys[weekday]), n
	}
	return Time{}, 0
}

// weekdayNear returns the coming or the past day of that name; the day itself counts.
func weekdayNear(at time.Time, weekday time.Weekday, coming bool) time.Time {
	day := midnight(at)
	ahead := (int(weekday) - int(day.Weekday()) + 7) % 7
	if !coming && ahead > 0 {
		ahead -= 7
	}
	return day.AddDate(0, 0, ahead)
}

// dateAt reads "13 August 2024", "13. August", "August 13", "13 آب", "8月13日". A year that is not printed is that of the
// nearest such day to the article.
func dateAt(s *scanned, lex *lexicon, i int, at time.Time) (Time, int) {
	day, month, n := 0, 0, 0
	if d, ok := dayNumber(s.words[i].folded); ok && i+1 < len(s.words) {
		skip := 1
		for skip < 3 && i+skip+1 < len(s.words) && fillers[s.words[i+skip].folded] {
			skip++
		}
		if m, k := lex.months.at(s, i+skip); k > 0 {
			day, month, n = d, m, skip+k
		}
	}
	if n > 0 {
		// "3 September"; "9月5日" begins with a number too, and is read below.
	} else if m, k := lex.months.at(s, i); k > 0 && i+k < len(s.words) {
		if d, ok := dayNumber(s.words[i+k].folded); ok {
			day, month, n = d, m, k+1
		}
	}
	if n == 0 {
		return Time{}, 0
	}
	year := 0
	if i+n < len(s.words) {
		if y, err := strconv.Atoi(s.words[i+n].folded); err == nil && y >= 1900 && y < 2200 {
			year, n = y, n+1
		}
	}
	date := nearest(at, year, month, day)
	if date.Day() != day {
		return Time{}, 0 // 31 April
	}
	if i+n < len(s.words) && (s.words[i+n].folded == "日" || s.words[i+n].folded == "号") {
		n++
	}
	return dayOf(date, date.Format("01-02")), n
}

// digitDateAt reads "4-6-2026", "4/6/2026", "04.06.2026" and "2026-06-04". In English the month comes first where the
// second number can be no month.
func digitDateAt(s *scanned, lex *lexicon, i int, at time.Time) (Time, int) {
	if i+2 >= len(s.words) || !isDigits(s.words[i].folded) || !isDigits(s.words[i+1].folded) || !isDigits(s.words[i+2].folded) {
		return digitDateInOne(s.words[i].folded, lex, at)
	}
	mark := s.gap(i + 1)
	if len(mark) != 1 || !strings.Contains("-/.", mark) || s.gap(i+2) != mark {
		return Time{}, 0
	}
	return digitDate(lex, at, s.words[i].folded, s.words[i+1].folded, s.words[i+2].folded, 3)
}

// digitDateInOne reads a date whose marks have kept it one word.
func digitDateInOne(w string, lex *lexicon, at time.Time) (Time, int) {
	for _, mark := range []string{"-", "/", "."} {
		if parts := strings.Split(w, mark); len(parts) == 3 && isDigits(strings.Join(parts, "")) {
			return digitDate(lex, at, parts[0], parts[1], parts[2], 1)
		}
	}
	return Time{}, 0
}

func digitDate(lex *lexicon, at time.Time, a, b, c string, n int) (Time, int) {
	if len(a) == 4 {
		a, c = c, a
	}
	day, _ := strconv.Atoi(a)
	month, _ := strconv.Atoi(b)
	year, _ := strconv.Atoi(c)
	if lex.lang == "en" && month > 12 {
		day, month = month, day
	}
	if len(c) != 4 || year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1 || day > 31 {
		return Time{}, 0
	}
	date := time.Date(year, time.Month(month), day, 0, 0, 0, 0, at.Location())
	return dayOf(date, date.Format("01-02")), n
}

// fillers stand between a day and its month: "1 de junio", "1st of June", "الأول من شهر حزيران".
var fillers = set("de of del من شهر ماه")

// ordinals are the days of a month that Arabic writes as words before its name.
var ordinals = func() map[string]int {
	m := map[string]int{}
	for i, w := range strings.Fields("الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر") {
		m[text.Fold(w)] = i + 1
	}
	return m
}()

func dayNumber(w string) (int, bool) {
	if d := ordinals[w]; d > 0 {
		return d, true
	}
	w = strings.TrimRight(w, "stndrhe") // 1st, 2nd, 3rd, 4th, 1er
	d, err := strconv.Atoi(w)
	return d, err == nil && d >= 1 && d <= 31
}

func nearest(at time.Time, year, month, day int) time.Time {
	if year != 0 {
		return time.Date(year, time.Month(month), day, 0, 0, 0, 0, at.Location())
	}
	best := time.Date(at.Year(), time.Month(month), day, 0, 0, 0, 0, at.Location())
	for _, y := range []int{at.Year() - 1, at.Year() + 1} {
		other := time.Date(y, time.Month(month), day, 0, 0, 0, 0, at.Location())
		if other.Sub(at).Abs() < best.Sub(at).Abs() {
			best = other
		}
	}
	return best
}

// clockAt reads "16:00" and "16.30 Uhr"; the hour alone is left to the figures.
func clockAt(s *scanned, i int) (Time, int) {
	w := s.words[i]
	hour, minute, n := w.folded, "", 1
	if h, m, ok := strings.Cut(w.folded, ":"); ok {
		hour, minute = h, m
	} else if i+1 < len(s.words) && s.sentence[w.at+len(w.printed):s.words[i+1].at] == ":" {
		minute, n = s.words[i+1].folded, 2
	}
	h, err1 := strconv.Atoi(hour)
	m, err2 := strconv.Atoi(minute)
	if err1 != nil || err2 != nil || h > 24 || m > 59 || len(minute) != 2 {
		return Time{}, 0
	}
	return Time{Key: fmt.Sprintf("%02d:%02d", h, m)}, n
}

func partAt(s *scanned, lex *lexicon, i int) (string, int) {
	if i >= len(s.words) {
		return "", 0
	}
	return lex.parts.at(s, i)
}

// partBefore reads the part of the day that ends right before word i, as in "مساء الثلاثاء".
func partBefore(s *scanned, lex *lexicon, i int) (string, int) {
	for m := 2; m >= 1; m-- {
		if i-m < 0 {
			continue
		}
		if part, n := lex.parts.at(s, i-m); n == m {
			return part, m
		}
	}
	return "", 0
}

// partHours are the parts of a day as newsrooms use them: from, and to, in hours from midnight.
var partHours = map[string][2]int{"morning": {5, 12}, "noon": {11, 14}, "afternoon": {12, 18}, "evening": {18, 24}, "night": {20, 28}}

// hours narrows a day to the part of it that is named.
func hours(t Time) (from, to time.Time) {
	h, ok := partHours[t.Part]
	if !ok || t.From.IsZero() {
		return t.From, t.To
	}
	y, m, d := t.From.Date()
	return time.Date(y, m, d, h[0], 0, 0, 0, t.From.Location()), time.Date(y, m, d, h[1], 0, 0, 0, t.From.Location())
}

func midnight(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, t.Location())
}

func dayOf(day time.Time, key string) Time {
	return Time{From: day, To: day.AddDate(0, 0, 1), Key: key}
}
