package config

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/robfig/cron/v3"
	"pgregory.net/rapid"
)

func zoneOf(t testing.TB, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func mustSchedule(t testing.TB, text string, zone *time.Location) Schedule {
	t.Helper()
	s, err := ParseSchedule(text, zone)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Runs around the days on which clocks are changed, written as wall time and offset.
func TestRunsWhereClocksAreChanged(t *testing.T) {
	for _, c := range []struct{ name, zone, text, after, want string }{
		{"a skipped time runs when the clock has gone forward", "Europe/Berlin", "30 2 * * *", "2025-03-29T12:00:00+01:00",
			"2025-03-30T03:00:00+02:00 2025-03-31T02:30:00+02:00"},
		{"times skipped together run once", "Europe/Berlin", "15,45 2 * * *", "2025-03-29T12:00:00+01:00",
			"2025-03-30T03:00:00+02:00 2025-03-31T02:15:00+02:00"},
		{"a skipped time and the one after it both run", "Europe/Berlin", "30 2,3 * * *", "2025-03-29T12:00:00+01:00",
			"2025-03-30T03:00:00+02:00 2025-03-30T03:30:00+02:00"},
		{"a repeated time runs the first time", "Europe/Berlin", "30 2 * * *", "2025-10-25T12:00:00+02:00",
			"2025-10-26T02:30:00+02:00 2025-10-27T02:30:00+01:00"},
		{"it does not run again for who asks between the two", "Europe/Berlin", "30 2 * * *", "2025-10-26T02:45:00+02:00",
			"2025-10-27T02:30:00+01:00"},
		{"a quarter of an hour is one through a repeated hour", "Europe/Berlin", "*/30 * * * *", "2025-10-26T02:00:00+02:00",
			"2025-10-26T02:30:00+02:00 2025-10-26T02:00:00+01:00 2025-10-26T02:30:00+01:00 2025-10-26T03:00:00+01:00"},
		{"midnight that does not exist", "Asia/Beirut", "0 0 * * *", "2025-03-29T12:00:00+02:00",
			"2025-03-30T01:00:00+03:00 2025-03-31T00:00:00+03:00"},
		{"midnight that comes twice", "Asia/Beirut", "30 23 * * *", "2025-10-25T12:00:00+03:00",
			"2025-10-25T23:30:00+03:00 2025-10-26T23:30:00+02:00"},
		{"the last hour of a day is skipped", "America/Nuuk", "30 23 * * *", "2024-03-29T12:00:00-02:00",
			"2024-03-29T23:30:00-02:00 2024-03-30T22:59:59-02:00 2024-03-31T23:30:00-01:00"},
		{"half an hour is skipped", "Australia/Lord_Howe", "15 2 * * *", "2025-10-04T12:00:00+10:30",
			"2025-10-05T02:30:00+11:00 2025-10-06T02:15:00+11:00"},
		{"half an hour is repeated", "Australia/Lord_Howe", "45 1 * * *", "2025-04-05T12:00:00+11:00",
			"2025-04-06T01:45:00+11:00 2025-04-07T01:45:00+10:30"},
		{"six hours stay six where half an hour is repeated", "Australia/Lord_Howe", "0 */6 * * *", "2025-04-06T00:00:00+11:00",
			"2025-04-06T06:00:00+10:30 2025-04-06T12:00:00+10:30"},
		{"a day that does not exist", "Pacific/Apia", "0 8 * * *", "2011-12-29T07:00:00-10:00",
			"2011-12-29T08:00:00-10:00 2011-12-31T08:00:00+14:00"},
		{"clocks that are never changed", "Asia/Baghdad", "30 2 * * *", "2025-03-29T12:00:00+03:00",
			"2025-03-30T02:30:00+03:00 2025-03-31T02:30:00+03:00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := mustSchedule(t, c.text, zoneOf(t, c.zone))
			run, err := time.Parse(time.RFC3339, c.after)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for range strings.Fields(c.want) {
				run = s.Next(run)
				got = append(got, run.Format(time.RFC3339))
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("%s in %s after %s\n got %s\nwant %s", c.text, c.zone, c.after, strings.Join(got, " "), c.want)
			}
		})
	}
}

// A sample of zones: both hemispheres, changes at midnight, before midnight, of half an hour, during Ramadan, abolished,
// and none at all.
var sampleZones = strings.Fields(`
	UTC Africa/Cairo Africa/Casablanca Africa/El_Aaiun Africa/Johannesburg America/Asuncion America/Bogota America/Chicago
	America/Godthab America/Goose_Bay America/Havana America/Los_Angeles America/Mexico_City America/Miquelon America/New_York
	America/Phoenix America/Santiago America/Sao_Paulo America/Scoresbysund America/St_Johns Antarctica/Troll Asia/Amman
	Asia/Baghdad Asia/Beirut Asia/Damascus Asia/Gaza Asia/Jerusalem Asia/Kathmandu Asia/Kolkata Asia/Tehran Asia/Tokyo
	Atlantic/Azores Australia/Adelaide Australia/Lord_Howe Australia/Sydney Europe/Berlin Europe/Chisinau Europe/Dublin
	Europe/London Europe/Moscow Pacific/Auckland Pacific/Chatham Pacific/Easter Pacific/Norfolk`)

// dailyTimes are minutes and hours at which clocks are changed somewhere, and one at which they are not.
var dailyTimes = []string{"0 0", "30 0", "30 1", "0 2", "30 2", "30 23", "0 12"}

// checkDaily fails for each local day of some years on which a daily schedule does not run exactly once.
func checkDaily(t *testing.T, zone *time.Location, at string, from, years int) {
	s := mustSchedule(t, at+" * * *", zone)
	end := time.Date(from+years, 1, 1, 0, 0, 0, 0, zone)
	day := time.Date(from, 1, 1, 12, 0, 0, 0, zone)
	run := s.Next(time.Date(from-1, 12, 31, 23, 59, 59, 0, zone))
	for day.Before(end) {
		if !sameDay(run, day) {
			t.Errorf("%s at %s: the run for %s comes at %s", zone, at, day.Format(time.DateOnly), run)
			return
		}
		run = s.Next(run)
		day = day.AddDate(0, 0, 1)
	}
}

func sameDay(a, b time.Time) bool {
	ay, am, ad := a.Date()
	by, bm, bd := b.Date()
	return ay == by && am == bm && ad == bd
}

func TestEveryLocalDayHasOneRun(t *testing.T) {
	for _, name := range sampleZones {
		for _, at := range dailyTimes {
			checkDaily(t, zoneOf(t, name), at, 2024, 2)
		}
	}
}

// In a zone whose clocks are never changed, runs are those of the library, for fixed and for repeating schedules.
func TestRunsAreThoseOfCronWithoutClockChanges(t *testing.T) {
	library := cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow)
	rapid.Check(t, func(t *rapid.T) {
		field := func(label string, least, most int) string {
			n := rapid.IntRange(least, most).Draw(t, label)
			m := rapid.IntRange(n, most).Draw(t, label+" end")
			forms := []string{"*", fmt.Sprint(n), fmt.Sprintf("%d-%d", n, m), fmt.Sprintf("*/%d", 1+n%(most-least)), fmt.Sprintf("%d,%d", m, n)}
			return rapid.SampledFrom(forms).Draw(t, label+" form")
		}
		text := strings.Join([]string{field("minute", 0, 59), field("hour", 0, 23), field("day", 1, 28), field("month", 1, 12), field("weekday", 0, 6)}, " ")
		s, err := ParseSchedule(text, time.UTC)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		want, err := library.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		run := time.Unix(rapid.Int64Range(1.7e9, 2e9).Draw(t, "after"), 0).UTC()
		for range 5 {
			next := s.Next(run)
			if !next.Equal(want.Next(run)) {
				t.Fatalf("%s after %s: %s, want %s", text, run, next, want.Next(run))
			}
			run = next
		}
	})
}

func TestSundayIsSevenToo(t *testing.T) {
	for text, want := range map[string]string{
		"0 8 * * 7":        "Sun",
		"0 8 * * 0":        "Sun",
		"0 8 * * sun":      "Sun",
		"0 8 * * 5-7":      "Fri Sat Sun",
		"0 8 * * fri-sun":  "Fri Sat Sun",
		"0 8 * * 1,7":      "Mon Sun",
		"0 8 * * 0-7":      "Mon Tue Wed Thu Fri Sat Sun",
		"0 8 * * 1-7/2":    "Mon Wed Fri Sun",
		"0 8 * * sun-tue":  "Mon Tue Sun",
		"0 8 * * MON-Fri":  "Mon Tue Wed Thu Fri",
		"0 8 * * 5/2":      "Fri",
		"0 0 8 * * 7":      "Sun", // six fields
		" 0  8 *  * 7 ":    "Sun",
		"0 8 ? * sat,SUN ": "Sat Sun",
	} {
		s := mustSchedule(t, text, time.UTC)
		var got []string
		for day := beginning; day.Before(beginning.AddDate(0, 0, 7)); day = day.AddDate(0, 0, 1) {
			if sameDay(s.Next(day), day) {
				got = append(got, day.Format("Mon"))
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q runs on %v, want %s", text, got, want)
		}
	}
}

func TestIntervalIsTheLongestWait(t *testing.T) {
	const day = 24 * time.Hour
	for text, want := range map[string]time.Duration{
		"@every 90s":            90 * time.Second,
		"@every 2d":             2 * day,
		"*/5 * * * *":           5 * time.Minute,
		"@hourly":               time.Hour,
		"@daily":                day,
		"0 8,20 * * *":          12 * time.Hour,
		"*/10 8-18 * * *":       13*time.Hour + 10*time.Minute,
		"*/10 8-18 * * mon-fri": 2*day + 13*time.Hour + 10*time.Minute,
		"* 9-16 * * mon-fri":    2*day + 16*time.Hour + time.Minute,
		"0,30 9 * * * *":        59*time.Minute + 30*time.Second,
		"0 0 29 2 *":            1461 * day,
		"0 8 * * mon-fri":       3 * day,
		"@monthly":              31 * day,
		"@yearly":               366 * day, // 2024
	} {
		if got := mustSchedule(t, text, time.UTC).Interval(); got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}

// ParseSchedule is what other packages call; its error stands alone.
func TestParseScheduleNamesTheSchedule(t *testing.T) {
	_, err := ParseSchedule("0 8 31 4 *", nil)
	want := `schedule "0 8 31 4 *" never comes, because no month it names has such a day; correct the day (third field) or the month (fourth)`
	if err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
	s := mustSchedule(t, "0 8 * * *", nil)
	if next := s.Next(beginning); next.Location() != time.UTC || next.Hour() != 8 || s.String() != "0 8 * * *" {
		t.Errorf("without a zone: %s at %s", s, next)
	}
	if (Schedule{}).Next(beginning) != (time.Time{}) || (Schedule{}).Interval() != 0 {
		t.Error("a schedule that was not made comes")
	}
}

func TestEveryCountsFromTheRunBefore(t *testing.T) {
	s := mustSchedule(t, "@every 1h30m", zoneOf(t, "Asia/Baghdad"))
	after := time.Date(2025, 5, 1, 8, 0, 0, 123456789, time.UTC)
	if got := s.Next(after).Format(time.RFC3339Nano); got != "2025-05-01T12:30:00+03:00" {
		t.Error(got)
	}
}

// Whatever a schedule's text, reading it neither panics nor hangs, and one that is read always comes, later than asked.
func FuzzParseSchedule(f *testing.F) {
	for _, text := range []string{"*/5 * * * *", "TZ=0", "CRON_TZ=Asia/Riyadh", "@every -1h", "@every 1ns", "0 0 31 2 *", "*/999999999999 * * * *",
		"0 0 8 * * 1-7/2", "@daily", "59 59 23 31 12 sun", "1-2-3 * * * *", "* * * * /", "0 0 29 2 *", "@every 9999999w", "+5 * * * *"} {
		f.Add(text, int64(1.7e9))
	}
	zone := zoneOf(f, "Asia/Beirut")
	f.Fuzz(func(t *testing.T, text string, at int64) {
		s, err := ParseSchedule(text, zone)
		if err != nil {
			return
		}
		after := time.Unix(at%4e9, 0)
		next := s.Next(after)
		if !next.After(after) {
			t.Errorf("%q after %s comes at %s", text, after, next)
		}
		if s.Interval() <= 0 || s.shortest() <= 0 {
			t.Errorf("%q has an interval of %s", text, s.Interval())
		}
	})
}
