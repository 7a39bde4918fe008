package config

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

var durationForm = regexp.MustCompile(`^([0-9]+(\.[0-9]+)?(w|d|h|m|s|ms))+$`)
var durationPart = regexp.MustCompile(`([0-9.]+)(w|d|h|ms|m|s)`)

var units = map[string]time.Duration{
	"w": 7 * 24 * time.Hour, "d": 24 * time.Hour, "h": time.Hour, "m": time.Minute, "s": time.Second, "ms": time.Millisecond,
}

// parseDuration reads 90s, 1h30m, 14d, 2w; a day is 24 hours. 0 needs no unit.
func parseDuration(text string) (time.Duration, error) {
	if text == "0" {
		return 0, nil
	}
	if _, err := strconv.ParseFloat(text, 64); err == nil && !strings.HasPrefix(text, "-") {
		return 0, errors.New("has no unit; write seconds as 30s, minutes as 15m, hours as 6h, days as 14d")
	}
	if !durationForm.MatchString(text) {
		return 0, errors.New("is not a length of time; write it as 30s, 15m, 1h30m, 14d or 2w")
	}
	var sum float64
	for _, part := range durationPart.FindAllStringSubmatch(text, -1) {
		n, err := strconv.ParseFloat(part[1], 64)
		if err != nil {
			return 0, errors.New("is not a length of time; write it as 30s, 15m, 1h30m, 14d or 2w")
		}
		sum += n * float64(units[part[2]])
	}
	if sum >= math.MaxInt64 {
		return 0, errors.New("is too long")
	}
	return time.Duration(sum), nil
}

// formatDuration writes a length of time the way the file does: 14d, 6h, 1h30m.
func formatDuration(d time.Duration) string {
	if d == 0 {
		return "0s"
	}
	if d%units["d"] == 0 {
		return fmt.Sprintf("%dd", d/units["d"])
	}
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}

// listed writes a, b, c.
func listed(words []string) string { return strings.Join(words, ", ") }

// orList writes "a, b or c".
func orList(words []string) string {
	if len(words) < 2 {
		return listed(words)
	}
	return listed(words[:len(words)-1]) + " or " + words[len(words)-1]
}
