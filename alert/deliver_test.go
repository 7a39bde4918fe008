package alert

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
	"github.com/storywatch/storywatch/config"
	"github.com/storywatch/storywatch/fetch"
	"github.com/storywatch/storywatch/storage"
	"github.com/storywatch/storywatch/story"
)

func TestADevelopmentReachesItsReceiverSigned(t *testing.T) {
	desk := newDesk(t, takesAll)
	o := newOffice(t, to("desk", desk.URL+"/hook"))
	d, about := arabicTrip()
	about.Version = storage.Seal(about.Version, story.Version{})
	d.VersionID = about.Version.ID
	alerts, err := Match(o.receivers, []story.Development{d}, about)
	if err != nil {
		t.Fatal(err)
	}
	entry := storage.Entry{Version: &about.Version, Alerts: alerts, Reason: "first version",
		News: []story.News{{Story: d.Story, Seq: 1, Developments: []story.Development{d}}}}
	if err := o.db.Record(t.Context(), entry); err != nil {
		t.Fatal(err)
	}
	o.deliver("desk")
	if len(desk.messages()) != 1 {
		t.Fatalf("%d requests, want 1", len(desk.messages()))
	}
	got := desk.messages()[0]
	verifier, err := standardwebhooks.NewWebhook(testSecret)
	if err != nil {
		t.Fatal(err)
	}
	if err := verifier.VerifyIgnoringTimestamp([]byte(got.body), got.header); err != nil {
		t.Error(err)
	}
	for header, want := range map[string]string{
		"Content-Type": "application/json; charset=utf-8", "User-Agent": "storywatch/test (+https://desk.example/about)",
		"webhook-timestamp": fmt.Sprint(o.at.Unix()), "webhook-id": o.is(alerts[0], done, 1).ID,
	} {
		if got.header.Get(header) != want {
			t.Errorf("%s = %q, want %q", header, got.header.Get(header), want)
		}
	}
	mustConform(t, []byte(got.body))
	if want := string(bodyOf(t, alerts[0], 1)); got.body != want {
		t.Errorf("body = %s\nwant   %s", got.body, want)
	}
}

func TestDeliveriesGoOutInTheOrderOfSeqWithoutAGap(t *testing.T) {
	desk := newDesk(t, takesAll)
	o := newOffice(t, to("desk", desk.URL))
	o.alerts(2*batch + 7)
	o.deliver("desk")
	if got, want := len(desk.messages()), 2*batch+7; got != want {
		t.Fatalf("%d requests, want %d", got, want)
	}
	for i, m := range desk.messages() {
		var body struct{ Data struct{ Seq int } }
		if err := json.Unmarshal([]byte(m.body), &body); err != nil || body.Data.Seq != i+1 {
			t.Fatalf("request %d has seq %d, %v", i+1, body.Data.Seq, err)
		}
	}
	o.deliver("desk")
	if got := len(desk.messages()); got != 2*batch+7 {
		t.Errorf("a second run sent %d more", got-2*batch-7)
	}
}

func TestAFailedDeliveryDoesNotHoldUpThoseBehindIt(t *testing.T) {
	desk := newDesk(t, statuses(500, 200))
	o := newOffice(t, to("desk", desk.URL))
	alerts := o.alerts(3)
	o.deliver("desk")
	failed := o.is(alerts[0], pending, 1)
	o.is(alerts[1], done, 1)
	o.is(alerts[2], done, 1)
	if wait := failed.Due.Sub(o.at); wait < 4*time.Second || wait > 6*time.Second {
		t.Errorf("the next try is in %s, want 5 s give or take a fifth", wait)
	}
	o.pass(6 * time.Second)
	o.deliver("desk")
	o.is(alerts[0], done, 2)
	if ids := desk.ids(); len(ids) != 4 || ids[3] != ids[0] {
		t.Errorf("ids = %v, want the first again at the end", ids)
	}
}

func TestWhatFailedTogetherDoesNotComeBackTogether(t *testing.T) {
	desk := newDesk(t, statuses(500))
	o := newOffice(t, to("desk", desk.URL))
	alerts := o.alerts(20)
	o.deliver("desk")
	dues := map[time.Time]bool{}
	for _, a := range alerts {
		dues[o.is(a, pending, 1).Due] = true
	}
	if len(dues) < 15 {
		t.Errorf("20 deliveries are due at %d different times", len(dues))
	}
}

func TestARestartLosesNothingAndRepeatsTheSameBytes(t *testing.T) {
	desk := newDesk(t, statuses(503, 200))
	o := newOffice(t, to("desk", desk.URL))
	alert := o.alerts(1)[0]
	o.deliver("desk")
	o.is(alert, pending, 1)
	o.restart()
	o.deliver("desk")
	if n := len(desk.messages()); n != 1 {
		t.Fatalf("%d requests before the delivery is due again", n)
	}
	o.pass(6 * time.Second)
	o.deliver("desk")
	o.is(alert, done, 2)
	got := desk.messages()
	if len(got) != 2 || got[0].body != got[1].body || got[0].header.Get("webhook-id") != got[1].header.Get("webhook-id") {
		t.Errorf("the repeat differs: %v", got)
	}
	if got[0].header.Get("webhook-timestamp") == got[1].header.Get("webhook-timestamp") {
		t.Error("the repeat has the time of the first try")
	}
}

func TestTheWholeScheduleSurvivesARestartAtEveryTry(t *testing.T) {
	desk := newDesk(t, statuses(500))
	o := newOffice(t, to("desk", desk.URL))
	alert := o.alerts(1)[0]
	begin := o.at
	for tries := 1; tries <= 9; tries++ {
		o.deliver("desk")
		d := o.is(alert, pending, tries)
		o.restart()
		o.at = d.Due.Add(-time.Millisecond)
		o.deliver("desk")
		o.is(alert, pending, tries)
		o.pass(time.Millisecond)
	}
	o.deliver("desk")
	o.is(alert, dead, 10)
	if lasted := o.at.Sub(begin); lasted < 60*time.Hour || lasted > 91*time.Hour {
		t.Errorf("ten tries took %s, want 75 h 35 min give or take a fifth", lasted)
	}
	if !strings.Contains(o.log.String(), "level=ERROR") {
		t.Error("nobody is told that the delivery was given up")
	}
	o.pass(1000 * time.Hour)
	o.deliver("desk")
	o.is(alert, dead, 10)
}

func TestAResendStartsTheScheduleAgainUnderTheSameId(t *testing.T) {
	desk := newDesk(t, statuses(404, 404, 404, 404, 404, 200))
	o := newOffice(t, to("desk", desk.URL))
	alert := o.alerts(1)[0]
	threeTries := func() {
		for range 3 {
			o.deliver("desk")
			o.pass(time.Minute)
		}
	}
	threeTries()
	o.is(alert, dead, 3)
	if n, err := o.db.Resend(t.Context(), o.at, alert.ID); n != 1 || err != nil {
		t.Fatalf("Resend = %d, %v", n, err)
	}
	threeTries()
	o.is(alert, done, 6)
	if ids := slices.Compact(desk.ids()); len(ids) != 1 {
		t.Errorf("ids = %v, want one", ids)
	}
}

func TestGoneEndsADeliveryAndLeavesTheOthers(t *testing.T) {
	desk := newDesk(t, statuses(410, 200))
	o := newOffice(t, to("desk", desk.URL))
	alerts := o.alerts(2)
	o.deliver("desk")
	o.is(alerts[0], dead, 1)
	o.is(alerts[1], done, 1)
}

func TestThreeRefusalsInARowAreFinal(t *testing.T) {
	for _, c := range []struct {
		name  string
		codes []int
		waits []time.Duration // what passes before each further try
		state story.DeliveryState
	}{
		{"three at once", []int{404, 404, 404}, []time.Duration{time.Minute, time.Minute}, dead},
		{"different ones", []int{400, 401, 422}, []time.Duration{time.Minute, time.Minute}, dead},
		{"a failure between", []int{404, 404, 500, 404}, []time.Duration{time.Minute, time.Minute, time.Hour}, pending},
		{"after failures", []int{500, 500, 404, 404, 404}, []time.Duration{time.Hour, time.Hour, time.Minute, time.Minute}, dead},
		{"taken at last", []int{404, 404, 200}, []time.Duration{time.Minute, time.Minute}, done},
	} {
		desk := newDesk(t, statuses(c.codes...))
		o := newOffice(t, to("desk", desk.URL))
		alert := o.alerts(1)[0]
		o.deliver("desk")
		for _, wait := range c.waits {
			o.pass(wait)
			o.deliver("desk")
		}
		if d := o.delivery(alert); d.State != c.state || len(d.Attempts) != len(c.codes) {
			t.Errorf("%s: %s after %d tries, want %s after %d", c.name, d.State, len(d.Attempts), c.state, len(c.codes))
		}
	}
}

func TestAReceiverThatAsksToBeLeftAloneIs(t *testing.T) {
	for name, retryAfter := range map[string]func(o *office) string{
		"seconds": func(*office) string { return "120" },
		"a date":  func(o *office) string { return o.at.Add(120 * time.Second).UTC().Format(http.TimeFormat) },
	} {
		var o *office
		desk := newDesk(t, func(n int, w http.ResponseWriter, _ *http.Request) {
			if n == 1 {
				w.Header().Set("Retry-After", retryAfter(o))
				w.WriteHeader(http.StatusServiceUnavailable)
			}
		})
		o = newOffice(t, to("desk", desk.URL))
		alerts := o.alerts(2)
		for range 3 {
			o.deliver("desk")
			o.pass(39 * time.Second)
		}
		if n := len(desk.messages()); n != 1 {
			t.Errorf("%s: %d requests within two minutes, want 1", name, n)
		}
		o.pass(3 * time.Second)
		o.deliver("desk")
		o.is(alerts[0], done, 2)
		o.is(alerts[1], done, 1)
	}
}

func TestRetryAfterThatIsNoneOrFarAwayIsBounded(t *testing.T) {
	for text, most := range map[string]time.Duration{
		"-1": 6 * time.Second, "1e9": 6 * time.Second, "soon": 6 * time.Second, "": 6 * time.Second,
		"Fri, 01 Jan 1999 00:00:00 GMT": 6 * time.Second, "34560000": 24 * time.Hour, "99999999999999999999999": 24 * time.Hour,
		"Fri, 01 Jan 2100 00:00:00 GMT": 24 * time.Hour,
	} {
		desk := newDesk(t, func(_ int, w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", text)
			w.WriteHeader(http.StatusTooManyRequests)
		})
		o := newOffice(t, to("desk", desk.URL))
		alert := o.alerts(1)[0]
		o.deliver("desk")
		wait := o.is(alert, pending, 1).Due.Sub(o.at)
		if wait > most || wait < min(most, 4*time.Second) || most > time.Hour && wait < most-time.Second {
			t.Errorf("Retry-After %q: wait %s, want at most %s", text, wait, most)
		}
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	other := newDesk(t, takesAll)
	for _, code := range []int{301, 302, 303, 307, 308} {
		desk := newDesk(t, func(_ int, w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, other.URL, code) })
		o := newOffice(t, to("desk", desk.URL))
		alert := o.alerts(1)[0]
		o.deliver("desk")
		if d := o.is(alert, pending, 1); d.Attempts[0].Status != code || d.Attempts[0].Error != fmt.Sprint("answered ", code) {
			t.Errorf("attempt = %+v", d.Attempts[0])
		}
	}
	if n := len(other.messages()); n != 0 {
		t.Errorf("%d requests came where a redirect pointed", n)
	}
}

func TestTheEndOfTheContextLeavesTheRestDue(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	desk := newDesk(t, func(int, http.ResponseWriter, *http.Request) {})
	o := newOffice(t, to("desk", desk.URL))
	desk.answer = func(n int, w http.ResponseWriter, _ *http.Request) {
		if n == 2 {
			cancel()
			<-ctx.Done()
			panic(http.ErrAbortHandler) // no answer to the second
		}
	}
	alerts := o.alerts(3)
	if err := o.deliverer.Deliver(ctx, "desk"); err != nil {
		t.Errorf("Deliver = %v, want nil: what is left is still due", err)
	}
	o.is(alerts[0], done, 1)
	o.is(alerts[1], pending, 0)
	o.is(alerts[2], pending, 0)
	if err := o.deliverer.Deliver(ctx, "desk"); err != nil {
		t.Errorf("Deliver with an ended context = %v", err)
	}
	o.deliver("desk")
	o.is(alerts[1], done, 1)
	o.is(alerts[2], done, 1)
}

func TestAnAnswerThatCameIsWrittenDownThoughTheContextEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	desk := newDesk(t, takesAll)
	o := newOffice(t, to("desk", desk.URL))
	alerts := o.alerts(2)
	o.deliverer.now = func() time.Time {
		if len(desk.messages()) > 0 {
			cancel()
		}
		return o.at
	}
	if err := o.deliverer.Deliver(ctx, "desk"); err != nil {
		t.Fatal(err)
	}
	o.is(alerts[0], done, 1)
	o.is(alerts[1], pending, 0)
}

func TestADeathBetweenAnswerAndRecordRepeatsUnderTheSameId(t *testing.T) {
	desk := newDesk(t, takesAll)
	o := newOffice(t, to("desk", desk.URL))
	alert := o.alerts(1)[0]
	desk.answer = func(n int, _ http.ResponseWriter, _ *http.Request) {
		if n == 1 {
			o.db.Close()
		}
	}
	if err := o.deliverer.Deliver(t.Context(), "desk"); err == nil {
		t.Fatal("an answer that could not be written down is no error")
	}
	o.restart()
	o.is(alert, pending, 0)
	o.deliver("desk")
	o.is(alert, done, 1)
	got := desk.messages()
	if len(got) != 2 || got[0].body != got[1].body || got[0].header.Get("webhook-id") != got[1].header.Get("webhook-id") {
		t.Errorf("the repeat cannot be recognised: %v", got)
	}
}

func TestAReceiverThatLeftTheConfigurationKeepsItsDeliveries(t *testing.T) {
	desk := newDesk(t, statuses(500, 200))
	o := newOffice(t, to("desk", desk.URL))
	alerts := o.alerts(2)
	receivers := o.receivers
	o.receivers = nil
	o.restart()
	const hours = 12 // more than there are tries
	for range hours {
		o.deliver("desk")
		o.deliver("desk")
		o.pass(time.Hour)
	}
	for _, a := range alerts {
		if d := o.is(a, pending, hours); d.Due.After(o.at) || len(desk.messages()) != 0 {
			t.Errorf("due %s, %d requests", d.Due, len(desk.messages()))
		}
	}
	if n := strings.Count(o.log.String(), "receiver is not in the configuration"); n != 1 {
		t.Errorf("warned %d times, want once", n)
	}
	o.receivers = receivers
	o.restart()
	o.deliver("desk")
	o.is(alerts[1], done, hours+1)
	if d := o.is(alerts[0], pending, hours+1); d.Due.Sub(o.at) > 6*time.Second {
		t.Errorf("after its first try it is due in %s: the hours away were counted as tries", d.Due.Sub(o.at))
	}
}

func TestWhatCannotBeWrittenIsGivenUpAndSaid(t *testing.T) {
	desk := newDesk(t, takesAll)
	o := newOffice(t, to("desk", desk.URL))
	bad := story.Alert{ID: "al_bad", Type: SourceFailing, CreatedAt: seen, Data: []byte("[]"), Receivers: []string{"desk"}}
	o.record(bad)
	good := o.alerts(1)[0]
	o.deliver("desk")
	o.is(bad, dead, 1)
	o.is(good, done, 1)
	if !strings.Contains(o.log.String(), "not a JSON object") {
		t.Error("the reason is not in the log")
	}
}

func TestAReceiverThatHangsOrIsAwayIsTriedAgain(t *testing.T) {
	away := httptest.NewServer(http.NotFoundHandler())
	away.Close()
	stop := make(chan struct{})
	hanging := newDesk(t, func(int, http.ResponseWriter, *http.Request) { <-stop })
	defer close(stop)
	stranger := httptest.NewUnstartedServer(http.NotFoundHandler())
	stranger.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	stranger.StartTLS()
	defer stranger.Close()
	for name, url := range map[string]string{"away": away.URL, "hanging": hanging.URL, "unknown certificate": stranger.URL} {
		o := newOffice(t, to("desk", url))
		alert := o.alerts(1)[0]
		o.deliver("desk")
		d := o.is(alert, pending, 1)
		if a := d.Attempts[0]; a.Status != 0 || a.Error == "" || a.Error == "no answer" {
			t.Errorf("%s: attempt = %+v, want it to say why there was no answer", name, a)
		}
	}
}

func TestNothingOfTheAddressOrSecretShows(t *testing.T) {
	const path, query, user = "CANARYpath", "CANARYquery", "CANARYuser"
	away := httptest.NewServer(http.NotFoundHandler())
	away.Close()
	answers := map[string]func(int, http.ResponseWriter, *http.Request){
		"taken": takesAll,
		"failed, with the address in its answer": func(_ int, w http.ResponseWriter, r *http.Request) {
			http.Error(w, r.URL.String(), http.StatusInternalServerError)
		},
		"redirect": func(_ int, w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, r.URL.String()+"/x", http.StatusFound)
		},
		"redirect that cannot be read": func(_ int, w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", "http://%zz/"+path)
			w.WriteHeader(http.StatusFound)
		},
		"gone":   statuses(410),
		"broken": func(int, http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
	}
	urls := map[string]string{
		"away": away.URL, "not reachable": "http://169.254.1.1", "no host": "http://nowhere.invalid", "user info": "http://" + user + ":pw@127.0.0.1",
		"no URL": "http://127.0.0.1:99999", "other scheme": "ftp://127.0.0.1", "bad escape": "http://127.0.0.1/%zz", "space": "http://127.0.0.1/ ",
	}
	for name, answer := range answers {
		urls[name] = newDesk(t, answer).URL
	}
	for name, url := range urls {
		r := to("desk", url+"/"+path+"?token="+query)
		r.Secrets = append(r.Secrets, config.NewSecret("whsec_CANARYsecretCANARYsecretCANARY12"))
		o := newOffice(t, r)
		alert := o.alerts(1)[0]
		o.deliver("desk")
		if delivered := o.delivery(alert).State == done; delivered != (name == "taken") {
			t.Errorf("%s: delivered: %v", name, delivered)
		}
		shown := o.log.String()
		for _, a := range o.delivery(alert).Attempts {
			shown += a.Error
		}
		o.db.Close()
		o.pass(time.Hour)
		if err := o.deliverer.Deliver(t.Context(), "desk"); err == nil {
			t.Errorf("%s: a closed database is no error", name)
		} else {
			shown += err.Error()
		}
		if strings.Contains(shown, "CANARY") || strings.Contains(shown, strings.TrimPrefix(testSecret, "whsec_")) {
			t.Errorf("%s: a secret shows in\n%s", name, shown)
		}
		if !strings.Contains(shown, "receiver=desk") {
			t.Errorf("%s: the receiver is not named in\n%s", name, shown)
		}
	}
}

func TestAnErrorThatQuotesTheAddressIsNotPassedOn(t *testing.T) {
	r := to("desk", "https://hooks.example/services/T0K3N?key=s3cr3t")
	for _, err := range []error{
		fmt.Errorf("post to hooks.example: %w", fmt.Errorf("Post %q: EOF", r.URL.Reveal())),
		refusal("the server sent /services/T0K3N back"), refusal("key=s3cr3t is wrong"),
	} {
		if got := faultOf(err, r); got != "no answer" {
			t.Errorf("%v is told as %q", err, got)
		}
	}
	if got := faultOf(fmt.Errorf("post: %w", refusal("the host name could not be found")), r); got != "the host name could not be found" {
		t.Errorf("a harmless reason is told as %q", got)
	}
	if got := faultOf(fmt.Errorf("post: %w", context.DeadlineExceeded), r); got != "no answer in time" {
		t.Errorf("a timeout is told as %q", got)
	}
}

func refusal(reason string) error { return &fetch.Refusal{Outcome: fetch.Retry, Reason: reason} }
