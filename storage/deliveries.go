package storage

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/storywatch/storywatch/story"
)

// DueReceivers returns the names of receivers with a due delivery.
func (db *DB) DueReceivers(ctx context.Context, now time.Time) ([]string, error) {
	rows, err := db.read.QueryContext(ctx, `
		SELECT name FROM receiver
		WHERE EXISTS (
			SELECT 1 FROM delivery
			WHERE delivery.receiver = receiver.name AND delivery.state = 'pending' AND delivery.due_ms <= $1)
		ORDER BY name`, millis(now))
	names, err := collect(rows, err, scanString)
	if err != nil {
		return nil, fmt.Errorf("read due receivers: %w", err)
	}
	return names, nil
}

const deliveryColumns = `delivery.id, delivery.alert_id, delivery.receiver, delivery.seq, delivery.state, delivery.due_ms,
	delivery.tries, delivery.done_ms`

const alertColumns = `alert.id, alert.type, alert.story, COALESCE(alert.development_id, ''), alert.source,
	alert.created_ms, alert.data`

func deliveryDest(d *story.Delivery) []any {
	return []any{&d.ID, &d.AlertID, &d.Receiver, &d.Seq, &d.State, moment{&d.Due}, &d.Tries, moment{&d.Done}}
}

func alertDest(a *story.Alert) []any {
	return []any{&a.ID, &a.Type, &a.Story, &a.DevelopmentID, &a.Source, moment{&a.CreatedAt}, &a.Data}
}

// DueDeliveries returns a receiver's due deliveries with their alerts, in the order of Seq. A delivery that waits for its
// next try does not hold up those behind it. Of an alert's receivers it gives this one.
func (db *DB) DueDeliveries(ctx context.Context, receiver string, now time.Time, limit int) ([]story.Delivery, error) {
	rows, err := db.read.QueryContext(ctx, `
		SELECT `+deliveryColumns+`, `+alertColumns+`
		FROM delivery JOIN alert ON alert.id = delivery.alert_id
		WHERE delivery.receiver = $1 AND delivery.state = 'pending' AND delivery.due_ms <= $2
		ORDER BY delivery.seq
		LIMIT $3`, receiver, millis(now), atMost(limit))
	deliveries, err := collect(rows, err, func(r row) (story.Delivery, error) {
		var d story.Delivery
		err := r.Scan(append(deliveryDest(&d), alertDest(&d.Alert)...)...)
		d.Alert.Receivers = []string{d.Receiver}
		return d, err
	})
	if err != nil {
		return nil, fmt.Errorf("read due deliveries to %s: %w", receiver, err)
	}
	return deliveries, nil
}

// Attempted records a try and where the delivery stands after it: due counts for one that is still pending.
// ErrNotFound when there is no such delivery.
func (db *DB) Attempted(ctx context.Context, deliveryID string, a story.Attempt, state story.DeliveryState, due time.Time) error {
	if state == story.DeliveryPending && due.IsZero() {
		return fmt.Errorf("record attempt of %s: it is pending but never due", deliveryID)
	}
	if state != story.DeliveryPending {
		due = time.Time{}
	}
	done := time.Time{}
	if state == story.DeliveryDone {
		done = a.At
	}
	err := db.tx(ctx, func(tx *sql.Tx) error {
		found, err := affected(tx.ExecContext(ctx, `
			UPDATE delivery SET state = $1, due_ms = $2, done_ms = $3, tries = tries + 1 WHERE id = $4`,
			string(state), millis(due), millis(done), deliveryID))
		if err != nil {
			return err
		}
		if found == 0 {
			return ErrNotFound
		}
		_, err = tx.ExecContext(ctx, `
			INSERT INTO attempt (delivery_id, number, at_ms, took_ms, status, error)
			SELECT $1, COALESCE(MAX(number), 0) + 1, $2, $3, $4, $5 FROM attempt WHERE delivery_id = $1`,
			deliveryID, millis(a.At), a.Took.Milliseconds(), a.Status, clean(a.Error))
		return err
	})
	if err != nil {
		return fmt.Errorf("record attempt of %s: %w", deliveryID, err)
	}
	return nil
}

// AlertFilter narrows a list of alerts; zero fields do not.
type AlertFilter struct {
	Story, Source, Receiver string
	State                   story.DeliveryState
	Since                   time.Time
	Limit                   int
}

// AlertInfo is an alert with its deliveries.
type AlertInfo struct {
	Alert      story.Alert      `json:"alert"`
	Deliveries []story.Delivery `json:"deliveries"`
}

// Alerts lists alerts, newest first, with all their deliveries but without attempts. Receiver and State together ask
// for alerts with a delivery to that receiver in that state.
func (db *DB) Alerts(ctx context.Context, f AlertFilter) ([]AlertInfo, error) {
	rows, err := db.read.QueryContext(ctx, `
		SELECT `+alertColumns+` FROM alert
		WHERE ($1 = '' OR story = $1) AND ($2 = '' OR source = $2) AND created_ms >= $3
			AND ($4 = '' AND $5 = '' OR EXISTS (
				SELECT 1 FROM delivery
				WHERE delivery.alert_id = alert.id AND ($4 = '' OR receiver = $4) AND ($5 = '' OR state = $5)))
		ORDER BY created_ms DESC, id
		LIMIT $6`, f.Story, f.Source, millis(f.Since), f.Receiver, string(f.State), atMost(f.Limit))
	alerts, err := collect(rows, err, scanAlert)
	if err == nil {
		err = db.addDeliveries(ctx, alerts)
	}
	if err != nil {
		return nil, fmt.Errorf("read alerts: %w", err)
	}
	return alerts, nil
}

func scanAlert(r row) (AlertInfo, error) {
	var info AlertInfo
	err := r.Scan(alertDest(&info.Alert)...)
	return info, err
}

// addDeliveries adds the deliveries of alerts to them.
func (db *DB) addDeliveries(ctx context.Context, alerts []AlertInfo) error {
	if len(alerts) == 0 {
		return nil
	}
	read, err := db.read.PrepareContext(ctx, `
		SELECT `+deliveryColumns+` FROM delivery WHERE alert_id = $1 ORDER BY receiver`)
	if err != nil {
		return err
	}
	defer read.Close()
	for i := range alerts {
		alert := &alerts[i].Alert
		rows, err := read.QueryContext(ctx, alert.ID)
		alerts[i].Deliveries, err = collect(rows, err, func(r row) (story.Delivery, error) {
			var d story.Delivery
			err := r.Scan(deliveryDest(&d)...)
			d.Alert = *alert
			return d, err
		})
		if err != nil {
			return fmt.Errorf("deliveries of %s: %w", alert.ID, err)
		}
		for _, d := range alerts[i].Deliveries {
			alert.Receivers = append(alert.Receivers, d.Receiver)
		}
	}
	return nil
}

// Alert returns one by id, with deliveries and attempts, or ErrNotFound.
func (db *DB) Alert(ctx context.Context, id string) (AlertInfo, error) {
	info, err := scanAlert(db.read.QueryRowContext(ctx, `SELECT `+alertColumns+` FROM alert WHERE id = $1`, id))
	one := []AlertInfo{info}
	if err == nil {
		err = db.addDeliveries(ctx, one)
	}
	for i := 0; err == nil && i < len(one[0].Deliveries); i++ {
		one[0].Deliveries[i].Attempts, err = db.attempts(ctx, one[0].Deliveries[i].ID)
	}
	if err != nil {
		return AlertInfo{}, fmt.Errorf("read alert %s: %w", id, missing(err))
	}
	return one[0], nil
}

// attempts returns the tries of a delivery, oldest first.
func (db *DB) attempts(ctx context.Context, deliveryID string) ([]story.Attempt, error) {
	rows, err := db.read.QueryContext(ctx, `
		SELECT at_ms, took_ms, status, error FROM attempt WHERE delivery_id = $1 ORDER BY number`, deliveryID)
	return collect(rows, err, func(r row) (story.Attempt, error) {
		var a story.Attempt
		var took int64
		err := r.Scan(moment{&a.At}, &took, &a.Status, &a.Error)
		a.Took = time.Duration(took) * time.Millisecond
		return a, err
	})
}

// Resend makes the deliveries of alerts due again now, under the ids they had and with their tries counted from 0;
// it returns how many.
func (db *DB) Resend(ctx context.Context, now time.Time, alertIDs ...string) (int, error) {
	var count int64
	err := db.tx(ctx, func(tx *sql.Tx) error {
		count = 0
		for _, id := range alertIDs {
			n, err := affected(tx.ExecContext(ctx, `
				UPDATE delivery SET state = 'pending', due_ms = $1, tries = 0, done_ms = 0 WHERE alert_id = $2`,
				millis(now), id))
			if err != nil {
				return fmt.Errorf("alert %s: %w", id, err)
			}
			count += n
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("resend: %w", err)
	}
	return int(count), nil
}
