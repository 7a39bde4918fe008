package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// request takes a turn, waits, and is on the network for a while.
func request(t *testing.T, h *hosts, name string, takes, crawlDelay time.Duration) (began, ended time.Time) {
	t.Helper()
	turn, err := h.enter(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	defer turn.leave()
	if err := turn.pause(t.Context(), crawlDelay); err != nil {
		t.Fatal(err)
	}
	began = time.Now()
	time.Sleep(takes)
	turn.sent(began)
	return began, time.Now()
}

func TestPauseIsTheLongestThatIsAskedFor(t *testing.T) {
	for name, c := range map[string]struct{ gap, takes, crawlDelay, want time.Duration }{
		"the gap":                        {time.Second, 10 * time.Millisecond, 0, time.Second},
		"the crawl-delay":                {time.Second, 10 * time.Millisecond, 7 * time.Second, 7 * time.Second},
		"a crawl-delay of a minute":      {time.Second, 10 * time.Millisecond, time.Hour, time.Minute},
		"five times a slow answer":       {time.Second, 2 * time.Second, 0, 10 * time.Second},
		"half a minute for the slowest":  {time.Second, 20 * time.Second, 0, 30 * time.Second},
		"nothing without a gap":          {0, 2 * time.Second, 0, 0},
		"but the crawl-delay":            {0, 2 * time.Second, 3 * time.Second, 3 * time.Second},
		"a gap longer than the breath":   {time.Minute, 20 * time.Second, 0, time.Minute},
		"a crawl-delay shorter than gap": {5 * time.Second, 0, time.Second, 5 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h := newHosts(c.gap, DefaultLimits())
				_, ended := request(t, h, "paper.example", c.takes, c.crawlDelay)
				began, _ := request(t, h, "paper.example", 0, c.crawlDelay)
				if got := began.Sub(ended); got != c.want {
					t.Errorf("the pause is %v, want %v", got, c.want)
				}
			})
		})
	}
}

func TestOneRequestAtATimePerHost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHosts(time.Second, DefaultLimits())
		var mu sync.Mutex
		ends := map[string]time.Time{}
		var all sync.WaitGroup
		start := time.Now()
		for i := range 40 {
			name := fmt.Sprintf("%d.example", i%4)
			all.Go(func() {
				began, ended := request(t, h, name, 100*time.Millisecond, 0)
				mu.Lock()
				defer mu.Unlock()
				if last := ends[name]; !last.IsZero() && began.Sub(last) < time.Second {
					t.Errorf("%s was asked %v after the last request", name, began.Sub(last))
				}
				ends[name] = ended
			})
		}
		all.Wait()
		// Ten requests to each of four hosts, side by side.
		if took := time.Since(start); took != 9*time.Second+10*100*time.Millisecond {
			t.Errorf("it took %v", took)
		}
	})
}

func TestWaitsObeyTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHosts(time.Minute, DefaultLimits())
		request(t, h, "paper.example", time.Millisecond, 0)
		turn, err := h.enter(t.Context(), "paper.example")
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		start := time.Now()
		if err := turn.pause(ctx, 0); !errors.Is(err, context.DeadlineExceeded) || time.Since(start) != time.Second {
			t.Errorf("the pause ended with %v after %v", err, time.Since(start))
		}
		if _, err := h.enter(ctx, "paper.example"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a turn was given with %v while another has it", err)
		}
		turn.leave()
		turn, err = h.enter(t.Context(), "paper.example")
		if err != nil {
			t.Fatalf("who gave up waiting kept the turn: %v", err)
		}
		turn.leave()
	})
}

func answered(t *testing.T, h *hosts, name string, status int, retryAfter string) {
	t.Helper()
	turn, err := h.enter(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	header := http.Header{}
	if retryAfter != "" {
		header.Set("Retry-After", retryAfter)
	}
	turn.heed(status, header)
	turn.leave()
}

func TestHostIsLeftAloneUntilTheTimeItNames(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHosts(time.Second, DefaultLimits())
		answered(t, h, "paper.example", 429, "120")
		var refusal *Refusal
		_, err := h.enter(t.Context(), "paper.example")
		if !errors.As(err, &refusal) || refusal.Outcome != Retry || time.Until(refusal.After) != 2*time.Minute {
			t.Fatalf("enter says %v", err)
		}
		if _, err := h.enter(t.Context(), "other.example"); err != nil {
			t.Errorf("another host waits too: %v", err)
		}
		time.Sleep(2 * time.Minute)
		answered(t, h, "paper.example", 200, "")
		if !h.held("paper.example").IsZero() {
			t.Error("the host is still left alone")
		}
	})
}

func TestHostThatNamesNoTimeIsLeftAloneLongerEachTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHosts(time.Second, DefaultLimits())
		for _, minutes := range []int{1, 2, 4, 8, 16, 32, 60, 60} {
			answered(t, h, "paper.example", 503, "")
			wait, least := time.Until(h.held("paper.example")), time.Duration(minutes)*time.Minute
			if wait < least || wait > least+least/10 {
				t.Errorf("it is left alone for %v, want %v and a tenth at most", wait, least)
			}
			time.Sleep(wait)
		}
		answered(t, h, "paper.example", 404, "")
		answered(t, h, "paper.example", 503, "")
		if wait := time.Until(h.held("paper.example")); wait > 2*time.Minute {
			t.Errorf("an answer in between changes nothing: %v", wait)
		}
	})
	h := newHosts(0, DefaultLimits())
	answered(t, h, "paper.example", 503, "")
	answered(t, h, "paper.example", 503, "")
}

func TestManyHostsAreForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHosts(time.Second, DefaultLimits())
		answered(t, h, "held.example", 503, "86400")
		for i := range manyHosts + 10 {
			request(t, h, fmt.Sprintf("%d.example", i), 0, 0)
		}
		if len(h.byName) < manyHosts {
			t.Errorf("hosts were forgotten that may have to be waited for: %d left", len(h.byName))
		}
		time.Sleep(2 * time.Minute)
		request(t, h, "one.more.example", 0, 0)
		if len(h.byName) != 2 || h.held("held.example").IsZero() {
			t.Errorf("%d hosts are remembered, want the new one and the one left alone", len(h.byName))
		}
	})
}
