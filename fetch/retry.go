package fetch

import (
	"net/http"
	"strings"
	"time"
)

// maxRetryAfter is the longest a site can make us stay away by asking once.
const maxRetryAfter = 24 * time.Hour

// RetryAfter reads when a site asked to be visited again (RFC 9110 section 10.2.3: seconds, or a date). The time is never
// before now nor more than 24 hours after it. It reports false where nothing, or nothing legible, was asked.
func RetryAfter(header http.Header, now time.Time) (time.Time, bool) {
	text := strings.TrimSpace(header.Get("Retry-After"))
	wait, ok := seconds(text)
	if !ok {
		at, err := http.ParseTime(text)
		if err != nil {
			return time.Time{}, false
		}
		// Compared before it is subtracted: a Duration holds 292 years only.
		if at.After(now.Add(maxRetryAfter)) {
			wait = maxRetryAfter
		} else {
			wait = max(0, at.Sub(now))
		}
	}
	return now.Add(wait), true
}

// seconds reads a whole number of seconds within the limits of a wait, whatever its length. A negative one is no wait.
func seconds(text string) (time.Duration, bool) {
	digits, negative := strings.CutPrefix(text, "-")
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return 0, false
	}
	if negative {
		return 0, true
	}
	var wait time.Duration
	for _, d := range digits {
		wait = wait*10 + time.Duration(d-'0')*time.Second
		if wait > maxRetryAfter {
			return maxRetryAfter, true
		}
	}
	return wait, true
}
