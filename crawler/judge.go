package crawler

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/storywatch/storywatch/fetch"
	"github.com/storywatch/storywatch/story"
)

// fault is why something fetched cannot be used.
type fault struct {
	outcome story.Outcome
	note    string
}

func (f *fault) Error() string { return f.note }

func unreadable(format string, args ...any) error {
	return &fault{story.OutcomeUnreadable, fmt.Sprintf(format, args...)}
}

func limited(format string, args ...any) error {
	return &fault{story.OutcomeLimited, fmt.Sprintf(format, args...)}
}

func retry(format string, args ...any) error {
	return &fault{story.OutcomeRetry, fmt.Sprintf(format, args...)}
}

// judge says how a look ended as far as the exchange tells, in an outcome, a sentence for a person, and the time the site
// asked us to wait for. No outcome means that there is a body to read.
func (c *Crawler) judge(got answer, page story.Page, err error) (story.Outcome, string, time.Time) {
	if err != nil {
		r := refusal(err)
		return story.Outcome(r.Outcome), r.Reason, r.After
	}
	outcome, note := judgeStatus(got, page)
	switch {
	case outcome == story.OutcomeRetry:
		until := c.gate.Held(got.url)
		if until.IsZero() {
			until, _ = fetch.RetryAfter(got.header, time.Now())
		}
		if !until.IsZero() {
			note += "; " + waits(got.header) + " until " + fetch.Clock(until)
		}
		return outcome, note, until
	case outcome == "" && len(bytes.TrimSpace(got.body)) == 0:
		return story.OutcomeUnreadable, "the page is empty", time.Time{}
	}
	return outcome, note, time.Time{}
}

func waits(header http.Header) string {
	if header.Get("Retry-After") != "" {
		return "asked to wait"
	}
	return "left alone"
}

// judgeStatus turns a status into an outcome.
func judgeStatus(got answer, page story.Page) (story.Outcome, string) {
	answered := "the server answered " + strings.TrimSpace(fmt.Sprint(got.status, " ", http.StatusText(got.status)))
	switch s := got.status; {
	case s == http.StatusOK, s == http.StatusNonAuthoritativeInfo:
		return "", ""
	case s == http.StatusNotModified && page.ETag == "" && page.LastModified == "":
		return story.OutcomeRetry, answered + ", though nothing was asked to compare with"
	case s == http.StatusNotModified:
		return story.OutcomeUnchanged, ""
	case s == http.StatusNotFound, s == http.StatusGone:
		return story.OutcomeGone, answered
	case strings.EqualFold(got.header.Get("Cf-Mitigated"), "challenge"):
		return story.OutcomeBlocked, "the site wants a browser to prove itself before it shows the page"
	case s == http.StatusUnauthorized, s == http.StatusPaymentRequired, s == http.StatusForbidden,
		s == http.StatusProxyAuthRequired, s == http.StatusUnavailableForLegalReasons:
		return story.OutcomeBlocked, answered
	case s == http.StatusRequestTimeout, s == http.StatusTooEarly, s == http.StatusTooManyRequests, s >= 500:
		return story.OutcomeRetry, answered
	}
	return story.OutcomeUnreadable, answered + ", which is not a page"
}

// hash returns the SHA-256 of a body in hex.
func hash(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}
