package config

import (
	"math/bits"
	"time"

	"github.com/robfig/cron/v3"
)

// starBit marks a field of the library's schedule that holds *.
const starBit = 1 << 63

// runsOn reports whether a schedule names a calendar day. As in cron, when both day fields are restricted one suffices.
func runsOn(s *cron.SpecSchedule, year int, month time.Month, day int) bool {
	weekday := time.Date(year, month, day, 12, 0, 0, 0, time.UTC).Weekday()
	dom, dow := s.Dom&(1<<day) != 0, s.Dow&(1<<weekday) != 0
	switch {
	case s.Month&(1<<month) == 0:
		return false
	case s.Dom&starBit != 0 || s.Dow&starBit != 0:
		return dom && dow
	default:
		return dom || dow
	}
}

// nextFixed goes through calendar days and their wall times. Wall times in order are moments in order, so that whole
// hours and minutes can be passed over by their last moment.
func (s Schedule) nextFixed(after time.Time) time.Time {
	hours, minutes, seconds := values(s.spec.Hour), values(s.spec.Minute), values(s.spec.Second)
	lastMinute, lastSecond := minutes[len(minutes)-1], seconds[len(seconds)-1]
	year, month, day := after.Date()
	// The day before: where a clock is put back over midnight, its times may lie ahead of a moment of this day.
	date := time.Date(year, month, day-1, 0, 0, 0, 0, time.UTC)
	for end := date.AddDate(horizon, 0, 0); date.Before(end); date = date.AddDate(0, 0, 1) {
		if !runsOn(s.spec, date.Year(), date.Month(), date.Day()) {
			continue
		}
		for _, h := range hours {
			if last, ok := s.moment(date, h, lastMinute, lastSecond); ok && !last.After(after) {
				continue
			}
			for _, m := range minutes {
				if last, ok := s.moment(date, h, m, lastSecond); ok && !last.After(after) {
					continue
				}
				for _, sec := range seconds {
					if t, ok := s.moment(date, h, m, sec); ok && t.After(after) {
						return t
					}
				}
			}
		}
	}
	return time.Time{}
}

// moment returns when a schedule with fixed times runs for one wall time of a calendar day; false for a day that the
// zone leaves out.
func (s Schedule) moment(date time.Time, hour, minute, second int) (time.Time, bool) {
	year, month, day := date.Date()
	t := time.Date(year, month, day, hour, minute, second, 0, s.zone)
	wall := time.Date(year, month, day, hour, minute, second, 0, time.UTC)
	start, end := t.ZoneBounds()

	// The offset is the one before, within or after the period that time.Date chose; the first that fits is the earliest.
	for _, near := range []time.Time{start.Add(-time.Second), t, end} {
		_, offset := near.In(s.zone).Zone()
		if at := wall.Add(-time.Duration(offset) * time.Second).In(s.zone); showing(at).Equal(wall) {
			return at, true
		}
	}
	return skipped(wall, start, end, s.zone)
}

// skipped returns the moment that stands for a wall time which no clock shows.
func skipped(wall, start, end time.Time, zone *time.Location) (time.Time, bool) {
	for _, change := range []time.Time{start, end} {
		if change.IsZero() {
			continue
		}
		change = change.In(zone)
		before := change.Add(-time.Second)
		if !showing(before).Before(wall) || showing(change).Before(wall) {
			continue
		}
		switch wall.Day() {
		case change.Day():
			return change, true
		case before.Day():
			return before, true
		}
		return time.Time{}, false
	}
	return time.Time{}, false
}

// showing is what a clock of t's zone shows, as if it were UTC.
func showing(t time.Time) time.Time {
	_, offset := t.Zone()
	return t.Add(time.Duration(offset) * time.Second).UTC()
}

// nextElapsed goes through moments: days that do not fit are passed over at once, the rest minute by minute.
func (s Schedule) nextElapsed(after time.Time) time.Time {
	t := after.Truncate(time.Second).Add(time.Second)
	end := after.AddDate(horizon, 0, 0)
	for t.Before(end) {
		year, month, day := t.Date()
		switch {
		case !runsOn(s.spec, year, month, day):
			t = s.nextDay(t)
		case s.spec.Hour&(1<<t.Hour()) == 0 || s.spec.Minute&(1<<t.Minute()) == 0:
			t = t.Add(time.Duration(60-t.Second()) * time.Second)
		case s.spec.Second&(1<<t.Second()) == 0:
			t = t.Add(time.Second)
		default:
			return t
		}
	}
	return time.Time{}
}

// nextDay returns the beginning of the day after t, or of the month after t if the schedule has none of its days; a minute
// after t where the zone leaves that day out or where it has begun once already.
func (s Schedule) nextDay(t time.Time) time.Time {
	year, month, day := t.Date()
	date := time.Date(year, month, day+1, 0, 0, 0, 0, time.UTC)
	if s.spec.Month&(1<<month) == 0 {
		date = time.Date(year, month+1, 1, 0, 0, 0, 0, time.UTC)
	}
	if start, ok := s.moment(date, 0, 0, 0); ok && start.After(t) {
		return start
	}
	return t.Add(time.Minute)
}

// values lists the bits that are set.
func values(field uint64) []int {
	field &^= starBit
	all := make([]int, 0, bits.OnesCount64(field))
	for i := range 60 {
		if field&(1<<i) != 0 {
			all = append(all, i)
		}
	}
	return all
}
