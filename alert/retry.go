package alert

import (
	"crypto/sha256"
	"encoding/binary"
	"net/http"
	"time"

	"github.com/storywatch/storywatch/story"
)

// waits are the times between one try and the next, those Standard Webhooks 1.0.0 gives as its example: ten tries over three
// days and four hours.
var waits = []time.Duration{
	5 * time.Second, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 5 * time.Hour, 10 * time.Hour, 14 * time.Hour,
	20 * time.Hour, 24 * time.Hour,
}

const (
	jitterShare    = 0.2         // a wait is that much longer or shorter, so that deliveries that failed together come back apart
	refusedWait    = time.Minute // between tries that are refused
	refusedMost    = 3           // refusals in a row that are taken for final
	maxRetryAfter  = 24 * time.Hour
	unroutedWait   = time.Hour        // between looks at a delivery whose receiver is not in the configuration
	answerDeadline = 20 * time.Second // for one try
)

// answer is what came back from one try.
type answer struct {
	status     int           // HTTP status; 0: none, the connection failed or took too long
	retryAfter time.Duration // how long the receiver asks to be left alone; 0: it does not
	refusals   int           // answers in a row, this one included, that say the request itself is wrong
}

// nextTry decides where a delivery stands after a try: tries counts this one, jitter is between -1 and 1. The due time is zero
// unless the delivery is pending.
func nextTry(tries int, a answer, now time.Time, jitter float64) (story.DeliveryState, time.Time) {
	switch {
	case a.status >= 200 && a.status < 300:
		return story.DeliveryDone, time.Time{}
	case a.status == http.StatusGone, tries > len(waits), a.refusals >= refusedMost:
		return story.DeliveryDead, time.Time{}
	case refused(a.status):
		return story.DeliveryPending, now.Add(refusedWait)
	}
	wait := waits[max(0, tries-1)]
	wait += time.Duration(jitter * jitterShare * float64(wait))
	if throttled(a.status) {
		wait = max(wait, min(a.retryAfter, maxRetryAfter))
	}
	return story.DeliveryPending, now.Add(wait)
}

// refused reports whether a status says that the request itself is wrong, so that repeating it is of little use. 408 and 425
// (RFC 9110, RFC 8470) invite a repeat; 410 and 429 have their own meaning.
func refused(status int) bool {
	switch status {
	case http.StatusRequestTimeout, http.StatusTooEarly, http.StatusGone, http.StatusTooManyRequests:
		return false
	}
	return status >= 400 && status < 500
}

// throttled reports whether a status says that the receiver is there and has too much to do.
func throttled(status int) bool {
	switch status {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return false
}

// jitterOf spreads the tries of deliveries over their waits, evenly between -1 and 1, and the same way every time.
func jitterOf(deliveryID string, tries int) float64 {
	h := sha256.Sum256(binary.BigEndian.AppendUint64([]byte(deliveryID), uint64(tries)))
	return float64(binary.BigEndian.Uint32(h[:]))/float64(1<<31) - 1
}
