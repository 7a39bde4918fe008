package config

import (
	"errors"
	"fmt"
	"math/bits"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// Schedule says when a source is looked at. It is made by ParseSchedule; the zero Schedule never comes.
//
// Times are wall times of its zone. Where the clock is changed, one rule holds, that of Vixie cron: a schedule with fixed
// hours and minutes (no * in either field) runs each of its times once on every local day it names.
//   - A time that is skipped in spring runs at the moment the clock has been put forward, and times skipped together run
//     once. Where the skipped hour is the last of its day, it runs in the last second before.
//   - A time that comes twice in autumn runs the first time.
//   - A day that a place leaves out when it crosses the date line has no runs.
//
// A schedule with * in the hour or minute field follows elapsed time instead: "*/15 * * * *" runs every 15 minutes through
// a repeated hour too. So does "@every", which counts from the run before.
type Schedule struct {
	Text  string // as written
	zone  *time.Location
	every time.Duration      // of @every; else 0
	spec  *cron.SpecSchedule // of everything else; never written to
	fixed bool               // hours and minutes are fixed
}

// horizon is how far a schedule may be ahead. 29 February is eight years away around 2100.
const horizon = 9

// beginning is where a schedule is tried out when it is read. What is found there does not depend on the day of reading.
var beginning = time.Date(2024, time.January, 1, 0, 0, 0, 0, time.UTC)

// ParseSchedule reads a cron line of five fields (minute hour day month weekday) or six (second first), "@every 15m" or
// "@hourly", "@daily", "@weekly", "@monthly", "@yearly". Times are those of the zone; nil means UTC. The error says what
// is wrong and what to write instead.
func ParseSchedule(text string, zone *time.Location) (Schedule, error) {
	s, err := parseSchedule(text, zone)
	if err != nil {
		return Schedule{}, fmt.Errorf("schedule %s %w", quote(text), err)
	}
	return s, nil
}

// parseSchedule guards the parser against what it is known to do: panic on "TZ=0", make a second of "@every -5m", refuse
// Sunday as 7, take steps that never land, accept days that never come. Its errors continue a sentence.
func parseSchedule(text string, zone *time.Location) (Schedule, error) {
	if zone == nil {
		zone = time.UTC
	}
	s := Schedule{Text: text, zone: zone}
	fields := strings.Fields(text)
	switch {
	case len(fields) == 0:
		return s, errors.New(`is empty; write five fields such as "*/15 * * * *", or "@every 15m"`)
	case len(text) > maxText:
		return s, fmt.Errorf("is longer than %d bytes", maxText)
	case strings.HasPrefix(fields[0], "TZ=") || strings.HasPrefix(fields[0], "CRON_TZ="):
		return s, errors.New(`has a time zone in it; write the zone beside it, as in timezone: Asia/Baghdad`)
	case fields[0] == "@every":
		every, err := parseEvery(fields[1:])
		s.every = every
		return s, err
	}
	return s.parseCron(fields)
}

// longestEvery bounds what @every may say, so that adding it to a time stays a time.
const longestEvery = 366 * 24 * time.Hour

// parseEvery reads what follows @every.
func parseEvery(rest []string) (time.Duration, error) {
	const say = "needs one length of time after @every, as in @every 15m or @every 1h30m"
	if len(rest) != 1 {
		return 0, errors.New(say)
	}
	every, err := parseDuration(rest[0])
	switch {
	case err != nil:
		return 0, errors.New(say)
	case every < time.Second || every%time.Second != 0:
		return 0, errors.New("has to be whole seconds and at least 1s")
	case every > longestEvery:
		return 0, errors.New("is longer than 366d")
	}
	return every, nil
}

// parseCron reads descriptors and cron lines.
func (s Schedule) parseCron(fields []string) (Schedule, error) {
	line := strings.Join(fields, " ")
	if strings.HasPrefix(line, "@") {
		if err := checkDescriptor(line); err != nil {
			return s, err
		}
	} else {
		checked, err := checkFields(fields)
		if err != nil {
			return s, err
		}
		line = strings.Join(checked, " ")
		s.fixed = !strings.ContainsAny(checked[1]+checked[2], "*?")
	}
	spec, err := parseSpec(line)
	if err != nil {
		return s, errors.New(`is not a schedule; write five fields such as "*/15 * * * *", or "@every 15m"`)
	}
	s.spec = spec
	if strings.HasPrefix(line, "@") {
		s.fixed = line != "@hourly"
	}
	if s.Next(beginning).IsZero() {
		return s, errors.New("never comes, because no month it names has such a day; correct the day (third field) or the month (fourth)")
	}
	return s, nil
}

// descriptors are the words that stand for a cron line.
var descriptors = []string{"@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@yearly", "@annually"}

// checkDescriptor accepts the words that the library knows, written as it knows them.
func checkDescriptor(line string) error {
	for _, d := range descriptors {
		if line == d {
			return nil
		}
	}
	if d := Nearest(line, descriptors); d != "" {
		return fmt.Errorf("is not known; did you mean %s?", d)
	}
	return errors.New("is not known; write @every 15m, @hourly, @daily, @weekly, @monthly or @yearly")
}

// parseSpec lets the library read a line that has been checked; the recover is for what the check did not foresee.
func parseSpec(line string) (spec *cron.SpecSchedule, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("parse schedule: %v", fault)
		}
	}()
	parser := cron.NewParser(cron.Second | cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow | cron.Descriptor)
	parsed, err := parser.Parse(line)
	if err != nil {
		return nil, err
	}
	spec, ok := parsed.(*cron.SpecSchedule)
	if !ok {
		return nil, errors.New("parse schedule: not a calendar schedule")
	}
	return spec, nil
}

// String returns the schedule as written.
func (s Schedule) String() string { return s.Text }

// Next returns the first run after a moment, in the schedule's zone; the zero time if none comes within nine years.
func (s Schedule) Next(after time.Time) time.Time {
	switch {
	case s.every > 0:
		return after.In(s.zone).Add(s.every).Truncate(time.Second)
	case s.spec == nil:
		return time.Time{}
	case s.fixed:
		return s.nextFixed(after.In(s.zone))
	default:
		return s.nextElapsed(after.In(s.zone))
	}
}

// Interval returns the longest time between two runs that follow each other, by the calendar and without regard to clock
// changes: a source that has not been looked at for longer than that is late.
func (s Schedule) Interval() time.Duration {
	if s.spec == nil {
		return s.every
	}
	hours, minutes, seconds := values(s.spec.Hour), values(s.spec.Minute), values(s.spec.Second)
	wait := time.Duration(widest(seconds)) * time.Second
	// From the last run of one minute, hour or day to the first of the next that has any.
	between := time.Duration(seconds[0]-seconds[len(seconds)-1]) * time.Second
	if len(minutes) > 1 {
		wait = max(wait, time.Duration(widest(minutes))*time.Minute+between)
	}
	between += time.Duration(minutes[0]-minutes[len(minutes)-1]) * time.Minute
	if len(hours) > 1 {
		wait = max(wait, time.Duration(widest(hours))*time.Hour+between)
	}
	between += time.Duration(hours[0]-hours[len(hours)-1]) * time.Hour
	return max(wait, time.Duration(widestDays(s.spec))*24*time.Hour+between)
}

// widest returns the greatest difference between neighbours.
func widest(sorted []int) int {
	most := 0
	for i := 1; i < len(sorted); i++ {
		most = max(most, sorted[i]-sorted[i-1])
	}
	return most
}

// widestDays returns the greatest number of days from one that a schedule names to the next, over a little more than a
// year, or longer where it takes longer to find two.
func widestDays(spec *cron.SpecSchedule) int {
	const enough = 400
	most, last := 0, -1
	for i := range horizon * 366 {
		if i > enough && most > 0 {
			break
		}
		if date := beginning.AddDate(0, 0, i); !runsOn(spec, date.Year(), date.Month(), date.Day()) {
			continue
		}
		if last >= 0 {
			most = max(most, i-last)
		}
		last = i
	}
	return most
}

// shortest returns a bound for the time between two runs: exact below a minute, a minute for all that is not below.
func (s Schedule) shortest() time.Duration {
	if s.every > 0 {
		return s.every
	}
	// Runs of one minute differ in their second only, so more than one second means less than a minute.
	seconds := s.spec.Second &^ (1 << 63)
	if bits.OnesCount64(seconds) < 2 {
		return time.Minute
	}
	least, last := 60, -1
	first := bits.TrailingZeros64(seconds)
	for second := range 60 {
		if seconds&(1<<second) == 0 {
			continue
		}
		if last >= 0 {
			least = min(least, second-last)
		}
		last = second
	}
	least = min(least, first+60-last)
	return time.Duration(least) * time.Second
}
