package storage

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/storywatch/storywatch/diff"
	"github.com/storywatch/storywatch/story"
)

// Entry is all that one look at a page changed. Record writes it in one transaction.
type Entry struct {
	Page     story.Page     // the new state of the page: due time, validators, outcome; without a URL no page is written
	Found    []story.Page   // articles found at a source; those already known keep their state, but an earlier due time (a hint) is taken over: name them only to have them looked at
	Version  *story.Version // nil when there is no new version; Number, Prev and Hash are set by Record's caller through Seal
	Change   *diff.Change   // nil for a first version
	Reason   string         // why a version has no change, or what kind of change: "first version", "cosmetic", …
	News     []story.News
	Alerts   []story.Alert
	HostFree time.Time // when the page's host may be visited next
}

// Record writes an entry in one transaction, or nothing. ErrStale when the version's number or a story's Seq is taken.
// An alert that is there already is left as it is. Each receiver of a new one gets a delivery, due at the alert's
// CreatedAt, with the next number of that receiver.
func (db *DB) Record(ctx context.Context, e Entry) error {
	written, err := db.prepare(e)
	if err != nil {
		return fmt.Errorf("record %s: %w", e.Page.URL, err)
	}
	err = db.tx(ctx, func(tx *sql.Tx) error { return recordAll(ctx, tx, e, written) })
	if contended(err) {
		err = errors.Join(ErrStale, err)
	}
	if err != nil {
		return fmt.Errorf("record %s: %w", e.Page.URL, err)
	}
	return nil
}

// bodies are the parts of an entry that are encoded before the transaction begins, while nobody waits for it.
type bodies struct{ article, change []byte }

// prepare encodes an entry, and refuses what would be damage once it is stored.
func (db *DB) prepare(e Entry) (bodies, error) {
	var b bodies
	for _, a := range e.Alerts {
		if a.CreatedAt.IsZero() {
			return b, fmt.Errorf("alert %s has no time", a.ID)
		}
	}
	if e.Version == nil {
		if len(e.News) > 0 {
			return b, errors.New("there is news without a version")
		}
		return b, nil
	}
	plain := articleJSON(e.Version.Article)
	if e.Version.Hash != hashOf(*e.Version, plain) {
		return b, fmt.Errorf("version %s is not sealed", e.Version.ID)
	}
	if e.Version.Number > 1 && e.Change == nil && e.Reason == "" {
		return b, fmt.Errorf("version %s has neither a change nor a reason for none", e.Version.ID)
	}
	b.article = db.zstd.pack(plain)
	if e.Change != nil {
		var err error
		if b.change, err = db.zstd.packJSON(e.Change); err != nil {
			return b, fmt.Errorf("encode change: %w", err)
		}
	}
	return b, nil
}

func recordAll(ctx context.Context, tx *sql.Tx, e Entry, b bodies) error {
	if e.Version != nil {
		if err := insertVersion(ctx, tx, e, b); err != nil {
			return err
		}
	}
	for _, news := range e.News {
		if err := insertNews(ctx, tx, news, *e.Version); err != nil {
			return fmt.Errorf("story %s: %w", news.Story, err)
		}
	}
	if err := insertAlerts(ctx, tx, e.Alerts); err != nil {
		return err
	}
	if err := writePages(ctx, tx, e.Page, e.Found); err != nil {
		return err
	}
	return holdHost(ctx, tx, e.Page.Host, e.HostFree)
}

// insertVersion moves the head of the article's chain and adds the version and what led to it.
func insertVersion(ctx context.Context, tx *sql.Tx, e Entry, b bodies) error {
	v := e.Version
	if err := moveHead(ctx, tx, *v); err != nil {
		return fmt.Errorf("version %s: %w", v.ID, err)
	}
	if _, err := tx.ExecContext(ctx, `
		INSERT INTO version (id, article_id, number, source, page_url, seen_ms, prev, hash, body)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		v.ID, v.ArticleID, v.Number, v.Source, v.PageURL, millis(v.SeenAt), v.Prev, v.Hash, b.article); err != nil {
		return fmt.Errorf("version %s: %w", v.ID, err)
	}
	reason := e.Reason
	if reason == "" && e.Change == nil {
		reason = "first version"
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO change (version_id, reason, body) VALUES ($1, $2, $3)`,
		v.ID, clean(reason), b.change); err != nil {
		return fmt.Errorf("change of %s: %w", v.ID, err)
	}
	return nil
}

// moveHead puts a version at the end of its article's chain: ErrStale unless it follows the one that is there.
func moveHead(ctx context.Context, tx *sql.Tx, v story.Version) error {
	address := v.Article.URL
	if address == "" {
		address = v.PageURL
	}
	var moved int64
	var err error
	if v.Number == 1 {
		moved, err = affected(tx.ExecContext(ctx, `
			INSERT INTO article (id, url, page_url, source, title, lang, versions, head, first_ms, last_ms)
			VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $8, $8)
			ON CONFLICT (id) DO NOTHING`,
			v.ArticleID, clean(address), v.PageURL, v.Source, clean(v.Article.Title), clean(v.Article.Lang), v.Hash, millis(v.SeenAt)))
	} else {
		moved, err = affected(tx.ExecContext(ctx, `
			UPDATE article
			SET url = $1, page_url = $2, source = $3, title = $4, lang = $5, versions = $6, head = $7, last_ms = $8
			WHERE id = $9 AND versions = $6 - 1 AND head = $10`,
			clean(address), v.PageURL, v.Source, clean(v.Article.Title), clean(v.Article.Lang), v.Number, v.Hash, millis(v.SeenAt),
			v.ArticleID, v.Prev))
	}
	if err == nil && moved == 0 {
		return ErrStale
	}
	return err
}

// insertNews takes the story's next place for the version, and adds what is new and what was seen again.
func insertNews(ctx context.Context, tx *sql.Tx, n story.News, v story.Version) error {
	taken, err := affected(tx.ExecContext(ctx, `
		INSERT INTO learned (story, seq, version_id, verdict, score)
		SELECT $1, $2, $3, $4, $5
		WHERE $2 = (SELECT COALESCE(MAX(seq), 0) + 1 FROM learned WHERE story = $1)
		ON CONFLICT (story, seq) DO NOTHING`,
		n.Story, n.Seq, v.ID, clean(n.Verdict), n.Score))
	if err != nil {
		return fmt.Errorf("learn %s: %w", v.ID, err)
	}
	if taken == 0 {
		return fmt.Errorf("place %d: %w", n.Seq, ErrStale)
	}
	for _, d := range n.Developments {
		d.Story = n.Story
		if err := insertDevelopment(ctx, tx, d, v); err != nil {
			return fmt.Errorf("development %s: %w", d.ID, err)
		}
	}
	for _, s := range n.Sightings {
		if err := insertSighting(ctx, tx, s, v); err != nil {
			return fmt.Errorf("sighting of %s: %w", s.DevelopmentID, err)
		}
	}
	return nil
}

// insertDevelopment adds a development with its first sighting.
func insertDevelopment(ctx context.Context, tx *sql.Tx, d story.Development, v story.Version) error {
	if d.VersionID == "" {
		d.VersionID = v.ID
	}
	if d.SeenAt.IsZero() {
		d.SeenAt = v.SeenAt
	}
	body, err := json.Marshal(d)
	if err != nil {
		return fmt.Errorf("encode: %w", err)
	}
	if _, err := tx.ExecContext(ctx, `
		INSERT INTO development (id, story, kind, alerts, importance, seen_ms, version_id, sightings, sources, last_ms, body)
		VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, $6, $8)`,
		d.ID, d.Story, string(d.Kind), d.Alerts, d.Importance, millis(d.SeenAt), d.VersionID, string(body)); err != nil {
		return err
	}
	return insertSighting(ctx, tx, story.Sighting{DevelopmentID: d.ID, VersionID: d.VersionID, SeenAt: d.SeenAt}, v)
}

// insertSighting adds a sighting, once per development and version, and counts it. What it leaves out is the version's.
func insertSighting(ctx context.Context, tx *sql.Tx, s story.Sighting, v story.Version) error {
	if s.VersionID == "" {
		s.VersionID = v.ID
	}
	if s.Source == "" {
		s.Source = v.Source
	}
	if s.URL == "" {
		s.URL = v.PageURL
	}
	if s.SeenAt.IsZero() {
		s.SeenAt = v.SeenAt
	}
	added, err := affected(tx.ExecContext(ctx, `
		INSERT INTO sighting (development_id, version_id, source, url, seen_ms)
		VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (development_id, version_id) DO NOTHING`,
		s.DevelopmentID, s.VersionID, s.Source, clean(s.URL), millis(s.SeenAt)))
	if err != nil || added == 0 {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		UPDATE development
		SET sightings = sightings + 1,
			sources = (SELECT COUNT(DISTINCT source) FROM sighting WHERE development_id = $1),
			last_ms = CASE WHEN last_ms < $2 THEN $2 ELSE last_ms END
		WHERE id = $1`, s.DevelopmentID, millis(s.SeenAt))
	return err
}

// insertAlerts adds the alerts that are not there yet, and a delivery for each of their receivers.
func insertAlerts(ctx context.Context, tx *sql.Tx, alerts []story.Alert) error {
	outbox := map[string][]story.Alert{}
	for _, a := range alerts {
		added, err := affected(tx.ExecContext(ctx, `
			INSERT INTO alert (id, type, story, development_id, source, created_ms, data)
			VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (id) DO NOTHING`,
			a.ID, a.Type, a.Story, sql.NullString{String: a.DevelopmentID, Valid: a.DevelopmentID != ""}, a.Source,
			millis(a.CreatedAt), append([]byte{}, a.Data...)))
		if err != nil {
			return fmt.Errorf("alert %s: %w", a.ID, err)
		}
		if added == 0 {
			continue
		}
		receivers := slices.Compact(slices.Sorted(slices.Values(a.Receivers)))
		for _, name := range receivers {
			outbox[name] = append(outbox[name], a)
		}
	}
	// One order for all, so that two transactions never wait for each other's receivers.
	for _, receiver := range slices.Sorted(maps.Keys(outbox)) {
		if err := insertDeliveries(ctx, tx, receiver, outbox[receiver]); err != nil {
			return fmt.Errorf("deliveries to %s: %w", receiver, err)
		}
	}
	return nil
}

// insertDeliveries takes as many numbers of a receiver as there are alerts. The counter's row is locked until the
// transaction ends: if that fails, the numbers are free again, and there is no gap.
func insertDeliveries(ctx context.Context, tx *sql.Tx, receiver string, alerts []story.Alert) error {
	var last int64
	if err := tx.QueryRowContext(ctx, `
		INSERT INTO receiver (name, seq) VALUES ($1, $2)
		ON CONFLICT (name) DO UPDATE SET seq = receiver.seq + $2
		RETURNING seq`, receiver, len(alerts)).Scan(&last); err != nil {
		return err
	}
	for i, a := range alerts {
		seq := last - int64(len(alerts)) + int64(i) + 1
		if _, err := tx.ExecContext(ctx, `
			INSERT INTO delivery (id, alert_id, receiver, seq, state, due_ms, tries, created_ms, done_ms)
			VALUES ($1, $2, $3, $4, $5, $6, 0, $6, 0)`,
			DeliveryID(a.ID, receiver), a.ID, receiver, seq, string(story.DeliveryPending), millis(a.CreatedAt)); err != nil {
			return err
		}
	}
	return nil
}

// DeliveryID is the id of the delivery of an alert to a receiver, the same whenever it is computed:
// msg_ and the first 32 hex digits of the SHA-256 of the alert's id, a line feed and the receiver's name.
func DeliveryID(alertID, receiver string) string {
	sum := sha256.Sum256([]byte(alertID + "\n" + receiver))
	return "msg_" + hex.EncodeToString(sum[:16])
}
