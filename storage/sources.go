package storage

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"github.com/storywatch/storywatch/story"
)

// SyncSources makes the root pages those of the configuration: new ones are due at their Due, known ones keep what is
// remembered and take the new kind and an earlier due time; roots and article pages of sources no longer named are never
// due again. A source that comes back goes on where it stopped, and so do its articles that are still followed.
// A source whose address has changed keeps its Baseline; a kind that has changed makes the next look unconditional.
func (db *DB) SyncSources(ctx context.Context, roots []story.Page) error {
	byURL := func(a, b story.Page) int { return strings.Compare(a.URL, b.URL) }
	sorted := slices.SortedFunc(slices.Values(roots), byURL)
	err := db.tx(ctx, func(tx *sql.Tx) error {
		for _, root := range sorted {
			if err := syncRoot(ctx, tx, root); err != nil {
				return fmt.Errorf("source %s: %w", root.Source, err)
			}
		}
		return retire(ctx, tx, sorted)
	})
	if err != nil {
		return fmt.Errorf("sync sources: %w", err)
	}
	return nil
}

// syncRoot writes one root. A due time of 0, or one of before the source was taken out, says nothing any more.
func syncRoot(ctx context.Context, tx *sql.Tx, root story.Page) error {
	root.Root = true
	if _, err := tx.ExecContext(ctx, `
		INSERT INTO page (`+pageColumns+`, live)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, TRUE)
		ON CONFLICT (url) DO UPDATE SET
			source = excluded.source, root = TRUE, live = TRUE, host = excluded.host, follow_ms = 0,
			kind = CASE WHEN excluded.kind = '' AND page.root THEN page.kind ELSE excluded.kind END,
			due_ms = CASE
				WHEN page.due_ms = 0 OR NOT page.root OR NOT page.live THEN excluded.due_ms
				WHEN excluded.due_ms > 0 AND excluded.due_ms < page.due_ms THEN excluded.due_ms
				ELSE page.due_ms END,
			etag = CASE WHEN `+kindChanged+` THEN '' ELSE page.etag END,
			last_modified = CASE WHEN `+kindChanged+` THEN '' ELSE page.last_modified END,
			body_hash = CASE WHEN `+kindChanged+` THEN '' ELSE page.body_hash END`, pageValues(root)...); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `
		UPDATE page SET baseline = TRUE
		WHERE url = $1 AND NOT baseline
			AND EXISTS (SELECT 1 FROM page old WHERE old.source = $2 AND old.root AND old.baseline)`,
		clean(root.URL), root.Source)
	return err
}

// kindChanged is true where what is remembered of a root was read as another kind of page.
const kindChanged = `(NOT page.root OR excluded.kind <> '' AND excluded.kind <> page.kind)`

// retire takes the pages of sources that are not among the roots out of the schedule, and puts those that are back in.
func retire(ctx context.Context, tx *sql.Tx, roots []story.Page) error {
	named := map[string]bool{}
	current := map[string]bool{}
	for _, root := range roots {
		named[root.Source] = true
		current[clean(root.URL)] = true
	}
	rows, err := tx.QueryContext(ctx, `SELECT DISTINCT source FROM page ORDER BY source`)
	sources, err := collect(rows, err, scanString)
	if err != nil {
		return err
	}
	for _, source := range sources {
		if _, err := tx.ExecContext(ctx, `
			UPDATE page SET live = $1 WHERE source = $2 AND NOT root AND live <> $1`, named[source], source); err != nil {
			return fmt.Errorf("pages of %s: %w", source, err)
		}
	}
	rows, err = tx.QueryContext(ctx, `SELECT url FROM page WHERE root AND live ORDER BY url`)
	live, err := collect(rows, err, scanString)
	if err != nil {
		return err
	}
	for _, url := range live {
		if current[url] {
			continue
		}
		if _, err := tx.ExecContext(ctx, `UPDATE page SET live = FALSE WHERE url = $1`, url); err != nil {
			return fmt.Errorf("former source %s: %w", url, err)
		}
	}
	return nil
}
