package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"
)

// heard makes a desk that took some deliveries, each an id and the tokens of its evidence, rightly signed.
func heard(t *testing.T, deliveries ...[2]string) *desk {
	t.Helper()
	d, err := openDesk(1)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.close)
	for _, one := range deliveries {
		id, text := one[0], one[1]
		deliver(d, id, text, d.key)
	}
	return d
}

func deliver(d *desk, id, text string, key []byte) {
	body := fmt.Appendf(nil, `{"data":{"development":{"evidence":[{"text":%q}]},"change":{"sentences":[{"after":"K999999Q"}]}}}`, text)
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "%s.%d.%s", id, 7, body)
	d.keep(http.Header{
		"Webhook-Id":        {id},
		"Webhook-Timestamp": {"7"},
		"Webhook-Signature": {"v1,AAAA v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))},
	}, body)
}

// memory is what a program would say that stored two changes after a first version and recorded a delivery for each.
func memory() stored {
	k := stored{baseline: map[string]bool{}, tokens: map[string]string{}}
	k.learn([]version{
		{ID: "a.2", Number: 2, Content: json.RawMessage(`["K000001Q","K000002Q"]`)},
		{ID: "a.1", Number: 1, Content: json.RawMessage(`["K000001Q"]`)},
		{ID: "a.3", Number: 3, Content: json.RawMessage(`["K000001Q","K000002Q","K000003Q"]`)},
	})
	if err := json.Unmarshal([]byte(`[
		{"deliveries":[{"id":"one","state":"delivered"}]},
		{"deliveries":[{"id":"two","state":"delivered"}]}]`), &k.alerts); err != nil {
		panic(err)
	}
	return k
}

func TestNothingIsWrongWhenAllThatIsStoredWasTold(t *testing.T) {
	got := compare(memory(), heard(t, [2]string{"one", "file K000002Q"}, [2]string{"two", "file K000003Q"}, [2]string{"two", "file K000003Q"}))
	for what, all := range got.faults() {
		if len(all) > 0 {
			t.Errorf("%s: %v", what, all)
		}
	}
	if got.doubled != 1 {
		t.Errorf("%d doubled deliveries, want 1", got.doubled)
	}
	if err := got.judge(settings{kills: 2}, memory()); err != nil {
		t.Error(err)
	}
}

func TestEveryFaultIsFound(t *testing.T) {
	one, two := [2]string{"one", "K000002Q"}, [2]string{"two", "K000003Q"}
	for what, c := range map[string]struct {
		desk   *desk
		change func(*stored)
	}{
		"stored but never told":      {desk: heard(t, one, [2]string{"two", "nothing"})},
		"told under two ids":         {desk: heard(t, one, two, [2]string{"one", "K000003Q"})},
		"told but not stored":        {desk: heard(t, one, two, [2]string{"two", "K000004Q"})},
		"recorded but never arrived": {desk: heard(t, one)},
		"arrived but not recorded":   {desk: heard(t, one, two, [2]string{"three", "K000003Q"})},
		"one id with two bodies":     {desk: heard(t, one, two, [2]string{"two", "K000003Q again"})},
		"not delivered":              {desk: heard(t, one, two), change: func(k *stored) { k.alerts[1].Deliveries[0].State = "pending" }},
	} {
		known := memory()
		if c.change != nil {
			c.change(&known)
		}
		got := compare(known, c.desk)
		if len(got.faults()[what]) == 0 {
			t.Errorf("%s: not found", what)
		}
		if got.judge(settings{}, known) == nil {
			t.Errorf("%s: does not fail the run", what)
		}
	}
}

func TestDamageForgeryAndAnIdleRunFail(t *testing.T) {
	known := memory()
	if (tally{}).judge(settings{kills: 3}, known) == nil {
		t.Error("two changes in three lives prove nothing, and passed")
	}
	known.broken = true
	if (tally{}).judge(settings{}, known) == nil {
		t.Error("verify failed, and the run passed")
	}
	d := heard(t)
	deliver(d, "one", "K000002Q", []byte("another key"))
	if got := compare(memory(), d); got.forged != 1 || got.judge(settings{}, memory()) == nil {
		t.Errorf("a delivery signed with another key passed: %+v", got)
	}
}

func TestATokenOfTheFirstVersionNeedNotBeTold(t *testing.T) {
	if known := memory(); !known.baseline["K000001Q"] || known.tokens["K000001Q"] != "" || known.tokens["K000002Q"] != "a.2" {
		t.Errorf("baseline %v, tokens %v", known.baseline, known.tokens)
	}
}

func TestEvidenceThatIsGoneFromThePageIsNotTold(t *testing.T) {
	got := evidence([]byte(`{"data":{"development":{"evidence":[{"text":"K000001Q","removed":true},{"text":"K000002Q and K000003Q"}]}}}`))
	if strings.Join(got, " ") != "K000002Q K000003Q" {
		t.Error(got)
	}
}

// Sentences must not look alike, or the program would be right to take one for a repeat of another.
func TestSentencesHaveOneTokenAndLittleInCommon(t *testing.T) {
	draw := rand.New(rand.NewPCG(1, 2))
	seen := map[string]int{}
	for n := range 2000 {
		text := sentence(draw, n)
		if got := token.FindAllString(text, -1); len(got) != 1 || got[0] != fmt.Sprintf("K%06dQ", n) || strings.Contains(text, "%!") {
			t.Fatalf("%s: tokens %v", text, got)
		}
		seen[regexp.MustCompile(`[A-Z]\w+|\d+`).ReplaceAllString(text, "")]++
	}
	for text, n := range seen {
		if n > 20 {
			t.Errorf("%d sentences differ in names only: %s", n, text)
		}
	}
}

func TestAPageChangesOnlyOnceItHasBeenRead(t *testing.T) {
	p, err := openPress(settings{seed: 1, outlets: 1, pages: 1, pace: time.Nanosecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.close)
	get := func(tag string) (int, string) {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, p.outlets[0].base+p.outlets[0].pages[0].path, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("If-None-Match", tag)
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		return resp.StatusCode, resp.Header.Get("ETag")
	}
	_, first := get("")
	if status, second := get(first); status != http.StatusOK || second == first || p.published() != 1 {
		t.Errorf("the second look brought %d, %d changes published", status, p.published())
	}
	p.rest()
	_, last := get("")
	if status, _ := get(last); status != http.StatusNotModified {
		t.Errorf("a page at rest answered %d to its own tag", status)
	}
	if !p.read() {
		t.Error("a page asked for twice at rest does not count as read")
	}
}
