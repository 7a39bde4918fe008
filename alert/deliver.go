package alert

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/storywatch/storywatch/config"
	"github.com/storywatch/storywatch/fetch"
	"github.com/storywatch/storywatch/storage"
	"github.com/storywatch/storywatch/story"
)

const (
	batch      = 50              // deliveries read at a time
	recordTime = 5 * time.Second // to write down an answer after the context has ended
	unrouted   = "not sent: the receiver is not in the configuration"
)

// Deliverer sends what is due. It is safe for concurrent use; one receiver should be served by one Deliver at a time.
type Deliverer struct {
	db        *storage.DB
	gate      *fetch.Gate
	receivers map[string]config.Receiver
	log       *slog.Logger
	now       func() time.Time

	mu     sync.Mutex
	held   map[string]time.Time // receivers that asked to be left alone, and until when
	warned map[string]bool      // receivers that are not in the configuration, once said
}

// NewDeliverer makes a deliverer for the receivers of one state of the configuration.
func NewDeliverer(db *storage.DB, gate *fetch.Gate, receivers []config.Receiver, log *slog.Logger, now func() time.Time) *Deliverer {
	d := &Deliverer{
		db: db, gate: gate, receivers: map[string]config.Receiver{}, log: log, now: now,
		held: map[string]time.Time{}, warned: map[string]bool{},
	}
	for _, r := range receivers {
		d.receivers[r.Name] = r
	}
	return d
}

// Deliver sends what is due for one receiver, in the order of seq, until nothing is due or the context ends, which is no
// error: what is left is still due. A delivery that fails waits for its next try without holding up those behind it; a
// receiver that asks to be left alone (Retry-After) is, and everything of its stays due. Failed deliveries are logged and
// tried again, not returned; an error means that the database could not be read or written. A context should last longer than
// the 20 seconds a receiver may take: a try that it cuts off counts for nothing, and is made again.
//
// Delivery is at least once: when the process dies between the answer and its record, the try is repeated under the same id.
func (d *Deliverer) Deliver(ctx context.Context, receiver string) error {
	r, known := d.receivers[receiver]
	if !known {
		d.warnUnknown(receiver)
	}
	for !d.isHeld(receiver) && ctx.Err() == nil {
		due, err := d.db.DueDeliveries(ctx, receiver, d.now(), batch)
		switch {
		case ctx.Err() != nil:
			return nil //nolint:nilerr // the error, if any, is the context's
		case err != nil:
			return fmt.Errorf("deliver to %s: %w", receiver, err)
		case len(due) == 0:
			return nil
		}
		for _, delivery := range due {
			if ctx.Err() != nil || d.isHeld(receiver) {
				return nil //nolint:nilerr // what is left is still due
			}
			step := d.try
			if !known {
				step = d.putOff
			}
			if err := step(ctx, r, delivery); err != nil {
				return fmt.Errorf("deliver to %s: %w", receiver, err)
			}
		}
	}
	return nil
}

// try sends one delivery once and records what came of it. A try that the context cut off has not happened.
func (d *Deliverer) try(ctx context.Context, r config.Receiver, delivery story.Delivery) error {
	at := d.now()
	body, err := Body(delivery)
	if err != nil {
		return d.record(context.WithoutCancel(ctx), delivery, story.Attempt{At: at, Error: err.Error()}, story.DeliveryDead, time.Time{})
	}
	a, fault := d.send(ctx, r, delivery.ID, at, body)
	if a.status == 0 && ctx.Err() != nil {
		return nil
	}
	// The answer is here: it is written down even if the context ended while it came.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), recordTime)
	defer cancel()
	now := d.now()
	tries, refusals, err := d.history(ctx, delivery, a)
	if err != nil {
		return err
	}
	a.refusals = refusals
	if throttled(a.status) {
		d.hold(r.Name, now.Add(a.retryAfter))
	}
	state, due := nextTry(tries, a, now, jitterOf(delivery.ID, tries))
	return d.record(ctx, delivery, story.Attempt{At: at, Took: now.Sub(at), Status: a.status, Error: fault}, state, due)
}

// send makes the request. It returns the answer and, unless that is 2xx, what went wrong in words that hold nothing of the
// receiver's address but what the configuration calls it.
func (d *Deliverer) send(ctx context.Context, r config.Receiver, id string, at time.Time, body []byte) (answer, string) {
	header, err := Sign(r.Secrets, id, at, body)
	if err != nil {
		return answer{}, err.Error()
	}
	ctx, cancel := context.WithTimeout(ctx, answerDeadline)
	defer cancel()
	d.log.Debug("send delivery", "receiver", r.Name, "delivery", id, "bytes", len(body))
	status, answered, _, err := d.gate.Post(ctx, r.URL.Reveal(), header, body, r.Allow)
	a := answer{status: status}
	switch now := d.now(); {
	case status == 0:
		return a, faultOf(err, r)
	case status >= 200 && status < 300:
		return a, ""
	default:
		if until, asked := fetch.RetryAfter(answered, now); asked {
			a.retryAfter = until.Sub(now)
		}
		return a, "answered " + strconv.Itoa(status)
	}
}

// faultOf says why there was no answer. The gate's reasons are sentences without secrets; any other error may quote the
// address, whose path is often the receiver's only lock, and is not passed on.
func faultOf(err error, r config.Receiver) string {
	var refusal *fetch.Refusal
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return "no answer in time"
	case errors.As(err, &refusal) && !tellsOn(refusal.Reason, r.URL.Reveal()):
		return refusal.Reason
	}
	return "no answer"
}

// tellsOn reports whether a sentence quotes what follows the host in an address.
func tellsOn(sentence, address string) bool {
	_, rest, _ := strings.Cut(address, "://")
	_, rest, _ = strings.Cut(rest, "/")
	for _, part := range strings.FieldsFunc(rest, func(c rune) bool { return strings.ContainsRune("/?&=#", c) }) {
		if len(part) > 3 && strings.Contains(sentence, part) {
			return true
		}
	}
	return false
}

// history counts the tries of a delivery, the present one included, and the refusals in a row that it ends with. Times when
// the receiver was not in the configuration are no tries: nothing was sent.
func (d *Deliverer) history(ctx context.Context, delivery story.Delivery, a answer) (tries, refusals int, err error) {
	if delivery.Tries > 0 {
		info, err := d.db.Alert(ctx, delivery.AlertID)
		if err != nil {
			return 0, 0, err
		}
		for _, other := range info.Deliveries {
			if other.ID == delivery.ID {
				// A resend counts the tries from 0 again and keeps the attempts before it.
				delivery.Attempts = other.Attempts[max(0, len(other.Attempts)-delivery.Tries):]
			}
		}
	}
	for _, past := range append(delivery.Attempts, story.Attempt{Status: a.status}) {
		if past.Error == unrouted {
			continue
		}
		tries++
		refusals++
		if !refused(past.Status) {
			refusals = 0
		}
	}
	return tries, refusals, nil
}

// record writes a try down, and says aloud what a person must know of it.
func (d *Deliverer) record(ctx context.Context, delivery story.Delivery, a story.Attempt, state story.DeliveryState, due time.Time) error {
	if err := d.db.Attempted(ctx, delivery.ID, a, state, due); err != nil {
		return err
	}
	log := d.log.With("receiver", delivery.Receiver, "delivery", delivery.ID, "alert", delivery.AlertID, "seq", delivery.Seq,
		"status", a.Status, "took", a.Took)
	switch state {
	case story.DeliveryDone:
		log.Info("delivered")
	case story.DeliveryDead:
		log.Error("delivery given up, resend it when the receiver is well", "err", a.Error)
	default:
		log.Warn("delivery failed, will be tried again", "err", a.Error, "due", due)
	}
	return nil
}

// putOff leaves a delivery for later whose receiver is not in the configuration: it may come back, and nothing is lost.
func (d *Deliverer) putOff(ctx context.Context, _ config.Receiver, delivery story.Delivery) error {
	now := d.now()
	attempt := story.Attempt{At: now, Error: unrouted}
	return d.db.Attempted(context.WithoutCancel(ctx), delivery.ID, attempt, story.DeliveryPending, now.Add(unroutedWait))
}

func (d *Deliverer) warnUnknown(receiver string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.warned[receiver] {
		d.warned[receiver] = true
		d.log.Warn("receiver is not in the configuration, its deliveries wait", "receiver", receiver)
	}
}

// hold keeps a receiver from being asked again before it wants to be. Lost in a restart, it costs one request.
func (d *Deliverer) hold(receiver string, until time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.held[receiver] = until
}

func (d *Deliverer) isHeld(receiver string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.now().Before(d.held[receiver])
}
