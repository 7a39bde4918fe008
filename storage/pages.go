package storage

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/storywatch/storywatch/story"
)

// pageColumns are the columns of a page in the order of pageValues and scanPage, all but live.
const pageColumns = `url, host, source, root, kind, due_ms, first_ms, follow_ms, looked_ms, good_ms, outcome, note,
	failures, etag, last_modified, body_hash, baseline, title, hinted_ms, base_only`

// pageRead are the same columns as they are read: what is not live is never due.
const pageRead = `url, host, source, root, kind, CASE WHEN live THEN due_ms ELSE 0 END, first_ms, follow_ms, looked_ms,
	good_ms, outcome, note, failures, etag, last_modified, body_hash, baseline, title, hinted_ms, base_only`

func pageValues(p story.Page) []any {
	return []any{
		clean(p.URL), clean(p.Host), p.Source, p.Root, string(p.Kind), millis(p.Due), millis(p.First), millis(p.FollowUntil),
		millis(p.Looked), millis(p.Good), string(p.Outcome), clean(p.Note), p.Failures, clean(p.ETag), clean(p.LastModified),
		p.BodyHash, p.Baseline, clean(p.Title), millis(p.Hinted), p.BaseOnly,
	}
}

func scanPage(r row) (story.Page, error) {
	var p story.Page
	err := r.Scan(&p.URL, &p.Host, &p.Source, &p.Root, &p.Kind, moment{&p.Due}, moment{&p.First}, moment{&p.FollowUntil},
		moment{&p.Looked}, moment{&p.Good}, &p.Outcome, &p.Note, &p.Failures, &p.ETag, &p.LastModified,
		&p.BodyHash, &p.Baseline, &p.Title, moment{&p.Hinted}, &p.BaseOnly)
	return p, err
}

// writePage stores the state of a page after a look. Whose page it is and when it was first known stay as they were:
// the configuration may have changed during the look.
func writePage(ctx context.Context, tx *sql.Tx, p story.Page) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO page (`+pageColumns+`, live)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, TRUE)
		ON CONFLICT (url) DO UPDATE SET
			host = excluded.host, kind = excluded.kind, due_ms = excluded.due_ms, follow_ms = excluded.follow_ms,
			first_ms = CASE WHEN page.first_ms = 0 THEN excluded.first_ms ELSE page.first_ms END,
			looked_ms = excluded.looked_ms, good_ms = excluded.good_ms, outcome = excluded.outcome, note = excluded.note,
			failures = excluded.failures, etag = excluded.etag, last_modified = excluded.last_modified,
			body_hash = excluded.body_hash, baseline = excluded.baseline, title = excluded.title,
			hinted_ms = excluded.hinted_ms, base_only = excluded.base_only`, pageValues(p)...)
	return err
}

// writePages writes the page that was looked at and those that were found there, all by address: one order for everyone,
// so that two transactions never wait for each other's pages.
func writePages(ctx context.Context, tx *sql.Tx, looked story.Page, found []story.Page) error {
	byURL := func(a, b story.Page) int { return strings.Compare(a.URL, b.URL) }
	sorted := slices.SortedFunc(slices.Values(found), byURL)
	at, linksToItself := slices.BinarySearchFunc(sorted, looked, byURL)
	if err := insertFound(ctx, tx, sorted[:at]); err != nil {
		return err
	}
	if looked.URL != "" {
		if err := writePage(ctx, tx, looked); err != nil {
			return fmt.Errorf("page: %w", err)
		}
	}
	for linksToItself && at < len(sorted) && sorted[at].URL == looked.URL {
		at++
	}
	return insertFound(ctx, tx, sorted[at:])
}

// insertFound adds pages found at a source. Of a page that is known, an earlier due time is taken over, and the title; one
// that was not followed any more is followed again. A page whose source is gone is taken over by the one that found it.
func insertFound(ctx context.Context, tx *sql.Tx, found []story.Page) error {
	if len(found) == 0 {
		return nil
	}
	insert, err := tx.PrepareContext(ctx, `
		INSERT INTO page (`+pageColumns+`, live)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, TRUE)
		ON CONFLICT (url) DO UPDATE SET
			live = TRUE,
			root = page.root AND page.live,
			source = CASE WHEN page.live THEN page.source ELSE excluded.source END,
			kind = CASE WHEN page.live THEN page.kind ELSE excluded.kind END,
			follow_ms = CASE
				WHEN NOT page.live OR page.due_ms = 0 AND excluded.due_ms > 0 THEN excluded.follow_ms
				ELSE page.follow_ms END,
			due_ms = CASE
				WHEN NOT page.live THEN excluded.due_ms
				WHEN excluded.due_ms > 0 AND (page.due_ms = 0 OR page.due_ms > excluded.due_ms) THEN excluded.due_ms
				ELSE page.due_ms END,
			title = CASE WHEN excluded.title <> '' THEN excluded.title ELSE page.title END
		WHERE NOT page.live
			OR NOT page.root AND excluded.due_ms > 0 AND (page.due_ms = 0 OR page.due_ms > excluded.due_ms)
			OR NOT page.root AND excluded.title <> '' AND page.title <> excluded.title`)
	if err != nil {
		return fmt.Errorf("found pages: %w", err)
	}
	defer insert.Close()
	for _, p := range found {
		if _, err := insert.ExecContext(ctx, pageValues(p)...); err != nil {
			return fmt.Errorf("found page %s: %w", p.URL, err)
		}
	}
	return nil
}

// HoldHost keeps a host from being visited before a time. It never brings that time forward.
func (db *DB) HoldHost(ctx context.Context, host string, until time.Time) error {
	err := db.tx(ctx, func(tx *sql.Tx) error { return holdHost(ctx, tx, host, until) })
	if err != nil {
		return fmt.Errorf("hold host %s: %w", host, err)
	}
	return nil
}

func holdHost(ctx context.Context, tx *sql.Tx, host string, until time.Time) error {
	if host == "" || until.IsZero() {
		return nil
	}
	if _, err := tx.ExecContext(ctx, `
		INSERT INTO host (host, free_ms) VALUES ($1, $2)
		ON CONFLICT (host) DO UPDATE SET free_ms = excluded.free_ms WHERE host.free_ms < excluded.free_ms`,
		clean(host), millis(until)); err != nil {
		return fmt.Errorf("host %s: %w", host, err)
	}
	return nil
}

// HostFree returns when a host may be visited next; the zero time when it is not known.
func (db *DB) HostFree(ctx context.Context, host string) (time.Time, error) {
	var free time.Time
	err := db.read.QueryRowContext(ctx, `SELECT free_ms FROM host WHERE host = $1`, clean(host)).Scan(moment{&free})
	if err != nil && err != sql.ErrNoRows {
		return time.Time{}, fmt.Errorf("read host %s: %w", host, err)
	}
	return free, nil
}

// DueHosts returns the hosts that have a due page and are free to be visited, the longest overdue first.
func (db *DB) DueHosts(ctx context.Context, now time.Time, limit int) ([]string, error) {
	rows, err := db.read.QueryContext(ctx, `
		SELECT page.host
		FROM page LEFT JOIN host ON host.host = page.host
		WHERE page.live AND page.due_ms > 0 AND page.due_ms <= $1
			AND (page.follow_ms = 0 OR page.follow_ms > $1 OR page.looked_ms = 0)
			AND COALESCE(host.free_ms, 0) <= $1
		GROUP BY page.host
		ORDER BY MIN(page.due_ms), page.host
		LIMIT $2`, millis(now), atMost(limit))
	hosts, err := collect(rows, err, scanString)
	if err != nil {
		return nil, fmt.Errorf("read due hosts: %w", err)
	}
	return hosts, nil
}

// DuePages returns the due pages of a host, roots first, then the longest overdue. A page that has been looked at and
// is past its FollowUntil is not due.
func (db *DB) DuePages(ctx context.Context, host string, now time.Time, limit int) ([]story.Page, error) {
	rows, err := db.read.QueryContext(ctx, `
		SELECT `+pageRead+`
		FROM page
		WHERE host = $1 AND live AND due_ms > 0 AND due_ms <= $2
			AND (follow_ms = 0 OR follow_ms > $2 OR looked_ms = 0)
		ORDER BY root DESC, due_ms, url
		LIMIT $3`, clean(host), millis(now), atMost(limit))
	pages, err := collect(rows, err, scanPage)
	if err != nil {
		return nil, fmt.Errorf("read due pages of %s: %w", host, err)
	}
	return pages, nil
}

// MakeDue makes the pages of the named sources (all when none is named) due now, roots only or with their articles.
// Articles that are no longer followed, and sources that are no longer in the configuration, stay as they are.
func (db *DB) MakeDue(ctx context.Context, now time.Time, articles bool, sources ...string) error {
	err := db.tx(ctx, func(tx *sql.Tx) error {
		if len(sources) == 0 {
			return makeDue(ctx, tx, now, articles, "")
		}
		for _, source := range sources {
			if err := makeDue(ctx, tx, now, articles, source); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("make pages due: %w", err)
	}
	return nil
}

// makeDue makes the pages of one source due, of all when it is empty.
func makeDue(ctx context.Context, tx *sql.Tx, now time.Time, articles bool, source string) error {
	_, err := tx.ExecContext(ctx, `
		UPDATE page SET due_ms = $1
		WHERE live AND (due_ms = 0 OR due_ms > $1)
			AND (root OR $2 AND (due_ms > 0 OR follow_ms > $1))
			AND ($3 = '' OR source = $3)`, millis(now), articles, source)
	return err
}

// Roots returns the sources' own pages, by name: those of the configuration that SyncSources saw last.
func (db *DB) Roots(ctx context.Context) ([]story.Page, error) {
	rows, err := db.read.QueryContext(ctx, `SELECT `+pageRead+` FROM page WHERE root AND live ORDER BY source, url`)
	pages, err := collect(rows, err, scanPage)
	if err != nil {
		return nil, fmt.Errorf("read sources: %w", err)
	}
	return pages, nil
}

// Pages returns all pages of a source, the root first.
func (db *DB) Pages(ctx context.Context, source string) ([]story.Page, error) {
	rows, err := db.read.QueryContext(ctx, `
		SELECT `+pageRead+` FROM page WHERE source = $1 ORDER BY root DESC, live DESC, first_ms, url`, source)
	pages, err := collect(rows, err, scanPage)
	if err != nil {
		return nil, fmt.Errorf("read pages of %s: %w", source, err)
	}
	return pages, nil
}

// Page returns one page by its address, or ErrNotFound.
func (db *DB) Page(ctx context.Context, url string) (story.Page, error) {
	p, err := scanPage(db.read.QueryRowContext(ctx, `SELECT `+pageRead+` FROM page WHERE url = $1`, clean(url)))
	if err != nil {
		return story.Page{}, fmt.Errorf("read page %s: %w", url, missing(err))
	}
	return p, nil
}

func scanString(r row) (string, error) {
	var s string
	err := r.Scan(&s)
	return s, err
}
