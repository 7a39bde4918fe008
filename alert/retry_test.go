package alert

import (
	"math"
	"testing"
	"time"

	"github.com/storywatch/storywatch/story"
)

const (
	done    = story.DeliveryDone
	dead    = story.DeliveryDead
	pending = story.DeliveryPending
)

func TestEveryAnswerLeadsWhereItShould(t *testing.T) {
	for _, c := range []struct {
		name   string
		tries  int
		answer answer
		state  story.DeliveryState
		wait   time.Duration
	}{
		{"200 is done", 1, answer{status: 200}, done, 0},
		{"201 is done", 1, answer{status: 201}, done, 0},
		{"202 is done", 3, answer{status: 202}, done, 0},
		{"204 is done", 1, answer{status: 204}, done, 0},
		{"299 is done", 9, answer{status: 299}, done, 0},
		{"200 at the last try is done", 10, answer{status: 200}, done, 0},
		{"200 with Retry-After is done", 1, answer{status: 200, retryAfter: time.Hour}, done, 0},

		{"301 is a failure", 1, answer{status: 301}, pending, 5 * time.Second},
		{"302 is a failure", 2, answer{status: 302}, pending, 5 * time.Minute},
		{"304 is a failure", 3, answer{status: 304}, pending, 30 * time.Minute},
		{"307 is a failure", 4, answer{status: 307}, pending, 2 * time.Hour},
		{"308 is a failure, its Retry-After is none of ours", 1, answer{status: 308, retryAfter: time.Hour}, pending, 5 * time.Second},
		{"300 at the last try", 10, answer{status: 300}, dead, 0},

		{"410 ends it at the first try", 1, answer{status: 410}, dead, 0},
		{"410 ends it later too", 5, answer{status: 410}, dead, 0},

		{"400 is looked at again in a minute", 1, answer{status: 400, refusals: 1}, pending, time.Minute},
		{"401 a second time", 2, answer{status: 401, refusals: 2}, pending, time.Minute},
		{"403 a third time is final", 3, answer{status: 403, refusals: 3}, dead, 0},
		{"404 for the first time after failures", 5, answer{status: 404, refusals: 1}, pending, time.Minute},
		{"404 a third time after failures", 7, answer{status: 404, refusals: 3}, dead, 0},
		{"404 at the last try", 10, answer{status: 404, refusals: 1}, dead, 0},
		{"413 is a refusal", 1, answer{status: 413, refusals: 1}, pending, time.Minute},
		{"422 is a refusal", 2, answer{status: 422, refusals: 2}, pending, time.Minute},
		{"499 is a refusal, its Retry-After is none of ours", 1, answer{status: 499, refusals: 1, retryAfter: time.Hour}, pending, time.Minute},
		{"408 invites a repeat", 2, answer{status: 408}, pending, 5 * time.Minute},
		{"425 invites a repeat", 1, answer{status: 425}, pending, 5 * time.Second},

		{"429 without Retry-After", 1, answer{status: 429}, pending, 5 * time.Second},
		{"429 asks for longer than our wait", 1, answer{status: 429, retryAfter: time.Minute}, pending, time.Minute},
		{"429 asks for less than our wait", 4, answer{status: 429, retryAfter: time.Minute}, pending, 2 * time.Hour},
		{"502 asks for longer", 2, answer{status: 502, retryAfter: time.Hour}, pending, time.Hour},
		{"503 asks for longer", 3, answer{status: 503, retryAfter: 3 * time.Hour}, pending, 3 * time.Hour},
		{"504 asks for longer", 1, answer{status: 504, retryAfter: time.Second * 90}, pending, 90 * time.Second},
		{"503 asks for more than a day", 1, answer{status: 503, retryAfter: 400 * 24 * time.Hour}, pending, 24 * time.Hour},
		{"503 at the last try", 10, answer{status: 503, retryAfter: time.Hour}, dead, 0},

		{"500 after the first try", 1, answer{status: 500}, pending, 5 * time.Second},
		{"500 asks for longer in vain", 1, answer{status: 500, retryAfter: time.Hour}, pending, 5 * time.Second},
		{"501 after the fifth try", 5, answer{status: 501}, pending, 5 * time.Hour},
		{"505 after the sixth try", 6, answer{status: 505}, pending, 10 * time.Hour},
		{"520 after the seventh try", 7, answer{status: 520}, pending, 14 * time.Hour},
		{"599 after the eighth try", 8, answer{status: 599}, pending, 20 * time.Hour},
		{"500 after the ninth try", 9, answer{status: 500}, pending, 24 * time.Hour},
		{"500 after the tenth try", 10, answer{status: 500}, dead, 0},
		{"500 after more tries than there are", 37, answer{status: 500}, dead, 0},

		{"no answer after the first try", 1, answer{}, pending, 5 * time.Second},
		{"no answer after the ninth try", 9, answer{}, pending, 24 * time.Hour},
		{"no answer after the tenth try", 10, answer{}, dead, 0},
		{"101 is no way to answer", 1, answer{status: 101}, pending, 5 * time.Second},
		{"999 is no status", 1, answer{status: 999}, pending, 5 * time.Second},
		{"a count that is damaged", 0, answer{status: 500}, pending, 5 * time.Second},
	} {
		state, due := nextTry(c.tries, c.answer, seen, 0)
		if state != c.state {
			t.Errorf("%s: %s, want %s", c.name, state, c.state)
		}
		if c.state != pending && !due.IsZero() {
			t.Errorf("%s: due %s though it is over", c.name, due)
		}
		if c.state == pending && due.Sub(seen) != c.wait {
			t.Errorf("%s: wait %s, want %s", c.name, due.Sub(seen), c.wait)
		}
	}
}

func TestTheWaitsLastThreeDaysAndJitterStaysWithinAFifth(t *testing.T) {
	total := time.Duration(0)
	for tries := 1; tries <= len(waits); tries++ {
		_, due := nextTry(tries, answer{status: 500}, seen, 0)
		total += due.Sub(seen)
		for _, jitter := range []float64{-1, 1} {
			_, off := nextTry(tries, answer{status: 500}, seen, jitter)
			if got, want := off.Sub(due).Seconds(), 0.2*jitter*waits[tries-1].Seconds(); math.Abs(got-want) > 0.001 {
				t.Errorf("try %d, jitter %v: %v s from the plan, want %v s", tries, jitter, got, want)
			}
		}
	}
	if want := 75*time.Hour + 35*time.Minute + 5*time.Second; total != want {
		t.Errorf("all waits = %s, want %s", total, want)
	}
}

func TestJitterNeverBringsATryForwardOfRetryAfter(t *testing.T) {
	for _, jitter := range []float64{-1, -0.3, 0, 0.7, 1} {
		if _, due := nextTry(1, answer{status: 503, retryAfter: 2 * time.Minute}, seen, jitter); due.Sub(seen) != 2*time.Minute {
			t.Errorf("jitter %v: wait %s, want the two minutes asked for", jitter, due.Sub(seen))
		}
	}
}

func TestJitterIsSpreadEvenlyAndIsTheSameEveryTime(t *testing.T) {
	var tenths [10]int
	for i := range 10_000 {
		j := jitterOf("dl_"+string(rune('a'+i%26)), i)
		if j != jitterOf("dl_"+string(rune('a'+i%26)), i) || j < -1 || j >= 1 {
			t.Fatalf("jitter %d = %v", i, j)
		}
		tenths[int((j+1)*5)]++
	}
	for i, n := range tenths {
		if n < 850 || n > 1150 {
			t.Errorf("%d of 10,000 fall into tenth %d, want about 1,000", n, i)
		}
	}
}
