package storage_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/storywatch/storywatch/storage"
	"github.com/storywatch/storywatch/storage/storagetest"
	"github.com/storywatch/storywatch/story"
)

// alerts records a number of alerts to desk, one a minute, ids a1, a2, …; every second one goes to press too.
func alerts(t *testing.T, db *storage.DB, count int) {
	t.Helper()
	for i := 1; i <= count; i++ {
		a := story.Alert{
			ID: fmt.Sprintf("a%d", i), Type: "source.failing", Story: "tour", Source: fmt.Sprintf("s%d", i),
			CreatedAt: noon.Add(time.Duration(i) * time.Minute), Data: []byte(`{}`), Receivers: []string{"desk"},
		}
		if i%2 == 0 {
			a.Receivers = append(a.Receivers, "press")
		}
		record(t, db, storage.Entry{Alerts: []story.Alert{a}})
	}
}

// sent lists the alerts due to a receiver.
func sent(t *testing.T, db *storage.DB, receiver string, at time.Time) (ids []string) {
	t.Helper()
	deliveries, err := db.DueDeliveries(t.Context(), receiver, at, 0)
	must(t, err)
	for _, d := range deliveries {
		ids = append(ids, d.AlertID)
	}
	return ids
}

func TestADeliveryThatWaitsDoesNotHoldUpOthers(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		ctx := t.Context()
		alerts(t, db, 3)
		now := noon.Add(time.Hour)
		one := storage.DeliveryID("a1", "desk")
		try := story.Attempt{At: now, Took: 1500 * time.Millisecond, Status: 503, Error: "busy\x00"}
		must(t, db.Attempted(ctx, one, try, story.DeliveryPending, now.Add(time.Minute)))
		if got := sent(t, db, "desk", now); !slices.Equal(got, []string{"a2", "a3"}) {
			t.Errorf("due are %v, want those behind the one that waits", got)
		}
		must(t, db.Attempted(ctx, storage.DeliveryID("a2", "desk"), story.Attempt{At: now, Status: 204}, story.DeliveryDone, now))
		must(t, db.Attempted(ctx, storage.DeliveryID("a3", "desk"), story.Attempt{At: now, Status: 410}, story.DeliveryDead, now))
		if got := sent(t, db, "desk", now.Add(time.Minute)); !slices.Equal(got, []string{"a1"}) {
			t.Errorf("due later are %v, want the one that waited", got)
		}
		must(t, db.Attempted(ctx, one, story.Attempt{At: now.Add(time.Minute), Status: 200}, story.DeliveryDone, time.Time{}))

		info, err := db.Alert(ctx, "a1")
		must(t, err)
		try.At, try.Error = ms(try.At), "busy"
		second := story.Attempt{At: ms(now.Add(time.Minute)), Status: 200}
		same(t, "the delivery", info.Deliveries, []story.Delivery{{
			ID: one, AlertID: "a1", Receiver: "desk", Seq: 1, State: story.DeliveryDone, Tries: 2, Done: second.At,
			Alert: info.Deliveries[0].Alert, Attempts: []story.Attempt{try, second},
		}}, nil)
		counts, err := db.Counts(ctx)
		same(t, "counts", counts, storage.Counts{Alerts: 3, Pending: 1, Dead: 1, OldestPending: ms(noon.Add(2 * time.Minute))}, err)
	})
}

func TestAPendingDeliveryMustBeDue(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		alerts(t, db, 1)
		err := db.Attempted(t.Context(), storage.DeliveryID("a1", "desk"), story.Attempt{At: noon}, story.DeliveryPending, time.Time{})
		if !says(err, "pending but never due") {
			t.Errorf("error is %v: the alert would be lost", err)
		}
	})
}

func TestResendKeepsTheIdAndCountsTriesAnew(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		ctx := t.Context()
		alerts(t, db, 2)
		now := noon.Add(time.Hour)
		for _, receiver := range []string{"desk", "press"} {
			must(t, db.Attempted(ctx, storage.DeliveryID("a2", receiver), story.Attempt{At: now, Status: 500}, story.DeliveryDead, now))
		}
		count, err := db.Resend(ctx, now, "a2", "unknown")
		same(t, "resent", count, 2, err)
		due, err := db.DueDeliveries(ctx, "press", now, 0)
		if err != nil || len(due) != 1 || due[0].ID != storage.DeliveryID("a2", "press") || due[0].Seq != 1 || due[0].Tries != 0 {
			t.Errorf("due to press is %+v (%v), want the same delivery with no tries", due, err)
		}
		must(t, db.Attempted(ctx, due[0].ID, story.Attempt{At: now, Status: 200}, story.DeliveryDone, now))
		info, err := db.Alert(ctx, "a2")
		if err != nil || len(info.Deliveries[1].Attempts) != 2 {
			t.Errorf("attempts are %+v (%v), want both kept", info.Deliveries, err)
		}
	})
}

func TestAlertsAreFiltered(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		ctx := t.Context()
		alerts(t, db, 4)
		must(t, db.Attempted(ctx, storage.DeliveryID("a2", "press"), story.Attempt{At: noon, Status: 200}, story.DeliveryDone, noon))
		cases := []struct {
			filter storage.AlertFilter
			want   []string
		}{
			{storage.AlertFilter{}, []string{"a4", "a3", "a2", "a1"}},
			{storage.AlertFilter{Limit: 2}, []string{"a4", "a3"}},
			{storage.AlertFilter{Story: "tour", Source: "s3"}, []string{"a3"}},
			{storage.AlertFilter{Story: "other"}, nil},
			{storage.AlertFilter{Receiver: "press"}, []string{"a4", "a2"}},
			{storage.AlertFilter{State: story.DeliveryDone}, []string{"a2"}},
			{storage.AlertFilter{Receiver: "desk", State: story.DeliveryDone}, nil},
			{storage.AlertFilter{Receiver: "press", State: story.DeliveryPending}, []string{"a4"}},
			{storage.AlertFilter{Since: noon.Add(3 * time.Minute)}, []string{"a4", "a3"}},
		}
		for _, c := range cases {
			infos, err := db.Alerts(ctx, c.filter)
			var ids []string
			for _, info := range infos {
				ids = append(ids, info.Alert.ID)
				if len(info.Deliveries) != len(info.Alert.Receivers) || len(info.Deliveries) == 0 {
					t.Errorf("%s has %d deliveries for %v", info.Alert.ID, len(info.Deliveries), info.Alert.Receivers)
				}
			}
			same(t, fmt.Sprintf("alerts %+v", c.filter), ids, c.want, err)
		}
	})
}
