package fetch

import (
	"net/http"
	"testing"
	"time"
)

var noon = time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)

func TestRetryAfter(t *testing.T) {
	day := 24 * time.Hour
	for value, want := range map[string]time.Duration{
		"0":                                 0,
		"120":                               2 * time.Minute,
		" 120 ":                             2 * time.Minute,
		"-1":                                0,
		"-120":                              0,
		"86400":                             day,
		"86401":                             day,
		"1000000000":                        day,
		"999999999999999999999999999":       day,
		"Wed, 04 Mar 2026 12:05:00 GMT":     5 * time.Minute,
		"Wednesday, 04-Mar-26 12:05:00 GMT": 5 * time.Minute,
		"Wed Mar  4 12:05:00 2026":          5 * time.Minute,
		"Wed, 04 Mar 2026 11:00:00 GMT":     0,
		"Thu, 08 Apr 2027 12:00:00 GMT":     day,
		"Fri, 31 Dec 9999 23:59:59 GMT":     day,
		"Thu, 01 Jan 0001 00:00:00 GMT":     0,
	} {
		at, ok := RetryAfter(http.Header{"Retry-After": {value}}, noon)
		if !ok || !at.Equal(noon.Add(want)) {
			t.Errorf("%q: %v after now, %v; want %v", value, at.Sub(noon), ok, want)
		}
	}
}

func TestRetryAfterIgnoresGarbage(t *testing.T) {
	for _, value := range []string{"", "-", "1e9", "1.5", "soon", "12 s", "٣", "2026-03-04T12:05:00Z", "+5", "--5"} {
		if at, ok := RetryAfter(http.Header{"Retry-After": {value}}, noon); ok {
			t.Errorf("%q is read as %v", value, at)
		}
	}
	if at, ok := RetryAfter(nil, noon); ok {
		t.Errorf("no header is read as %v", at)
	}
}

func FuzzRetryAfter(f *testing.F) {
	for _, s := range []string{"0", "-1", "99999999999999999999", "Wed, 04 Mar 2026 12:05:00 GMT", "1e9"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, value string) {
		at, ok := RetryAfter(http.Header{"Retry-After": {value}}, noon)
		if ok && (at.Before(noon) || at.After(noon.Add(24*time.Hour))) {
			t.Errorf("%q asks for %v, outside of now and a day from now", value, at)
		}
	})
}
