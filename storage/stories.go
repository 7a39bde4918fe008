package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/storywatch/storywatch/story"
)

// Learned is a version that a story has learned, and what it meant.
type Learned struct {
	Seq     int64
	Version story.Version
	Verdict string  // why there was nothing new, if so
	Score   float64 // how much was new
}

// Learned returns what a story learned after a place in its order, in order.
func (db *DB) Learned(ctx context.Context, storyName string, after int64) ([]Learned, error) {
	rows, err := db.read.QueryContext(ctx, `
		SELECT learned.seq, learned.verdict, learned.score, `+versionColumns+`
		FROM learned JOIN version ON version.id = learned.version_id
		WHERE learned.story = $1 AND learned.seq > $2
		ORDER BY learned.seq`, storyName, after)
	learned, err := collect(rows, err, func(r row) (Learned, error) {
		var l Learned
		var err error
		l.Version, err = db.scanVersion(ahead{r, []any{&l.Seq, &l.Verdict, &l.Score}})
		return l, err
	})
	if err != nil {
		return nil, fmt.Errorf("read what %s learned: %w", storyName, err)
	}
	return learned, nil
}

// ahead is a row with columns ahead of those that its reader knows of.
type ahead struct {
	row
	dest []any
}

// Scan scans all columns.
func (a ahead) Scan(dest ...any) error { return a.row.Scan(append(a.dest, dest...)...) }

const developmentColumns = `body, alerts, seen_ms, sightings, sources, last_ms`

func scanDevelopment(r row) (story.Development, error) {
	var d, stored story.Development
	var body string
	if err := r.Scan(&body, &d.Alerts, moment{&d.SeenAt}, &d.Sightings, &d.Sources, moment{&d.LastSeen}); err != nil {
		return story.Development{}, err
	}
	if err := json.Unmarshal([]byte(body), &stored); err != nil {
		return story.Development{}, err
	}
	stored.Alerts, stored.SeenAt, stored.LastSeen = d.Alerts, d.SeenAt, d.LastSeen
	stored.Sightings, stored.Sources = d.Sightings, d.Sources
	return stored, nil
}

// Developments returns the developments of a story (of all when empty), newest first, at most limit (0: all).
func (db *DB) Developments(ctx context.Context, storyName string, limit int) ([]story.Development, error) {
	query := `SELECT ` + developmentColumns + ` FROM development WHERE story = $1 ORDER BY seen_ms DESC, id LIMIT $2`
	args := []any{storyName, atMost(limit)}
	if storyName == "" {
		query = `SELECT ` + developmentColumns + ` FROM development ORDER BY seen_ms DESC, id LIMIT $1`
		args = args[1:]
	}
	rows, err := db.read.QueryContext(ctx, query, args...)
	developments, err := collect(rows, err, scanDevelopment)
	if err != nil {
		return nil, fmt.Errorf("read developments of %s: %w", storyName, err)
	}
	return developments, nil
}

// Development returns one by id, or ErrNotFound.
func (db *DB) Development(ctx context.Context, id string) (story.Development, error) {
	d, err := scanDevelopment(db.read.QueryRowContext(ctx, `
		SELECT `+developmentColumns+` FROM development WHERE id = $1`, id))
	if err != nil {
		return story.Development{}, fmt.Errorf("read development %s: %w", id, missing(err))
	}
	return d, nil
}

// Sightings returns the sightings of a development, oldest first.
func (db *DB) Sightings(ctx context.Context, developmentID string) ([]story.Sighting, error) {
	rows, err := db.read.QueryContext(ctx, `
		SELECT development_id, version_id, source, url, seen_ms
		FROM sighting WHERE development_id = $1
		ORDER BY seen_ms, version_id`, developmentID)
	sightings, err := collect(rows, err, func(r row) (story.Sighting, error) {
		var s story.Sighting
		err := r.Scan(&s.DevelopmentID, &s.VersionID, &s.Source, &s.URL, moment{&s.SeenAt})
		return s, err
	})
	if err != nil {
		return nil, fmt.Errorf("read sightings of %s: %w", developmentID, err)
	}
	return sightings, nil
}

// StoryInfo is a story in a list.
type StoryInfo struct {
	Name         string    `json:"name"`
	Articles     int       `json:"articles"`
	Versions     int       `json:"versions"`
	Developments int       `json:"developments"`
	Last         time.Time `json:"last,omitzero"` // of the last development
}

// Stories lists what is known of each story that has anything.
func (db *DB) Stories(ctx context.Context) ([]StoryInfo, error) {
	rows, err := db.read.QueryContext(ctx, `
		SELECT learned.story, COUNT(DISTINCT version.article_id), COUNT(*),
			COALESCE((SELECT COUNT(*) FROM development WHERE development.story = learned.story), 0),
			COALESCE((SELECT MAX(seen_ms) FROM development WHERE development.story = learned.story), 0)
		FROM learned JOIN version ON version.id = learned.version_id
		GROUP BY learned.story
		ORDER BY learned.story`)
	stories, err := collect(rows, err, func(r row) (StoryInfo, error) {
		var s StoryInfo
		err := r.Scan(&s.Name, &s.Articles, &s.Versions, &s.Developments, moment{&s.Last})
		return s, err
	})
	if err != nil {
		return nil, fmt.Errorf("read stories: %w", err)
	}
	return stories, nil
}

// Counts are figures for metrics and health.
type Counts struct {
	Sources, Pages, Articles, Versions, Developments, Alerts int
	Pending, Dead                                            int       // deliveries
	OldestPending                                            time.Time // when the oldest pending delivery was created
}

// Counts counts.
func (db *DB) Counts(ctx context.Context) (Counts, error) {
	var c Counts
	err := db.read.QueryRowContext(ctx, `
		SELECT (SELECT COUNT(*) FROM page WHERE root AND live), (SELECT COUNT(*) FROM page),
			(SELECT COUNT(*) FROM article), (SELECT COUNT(*) FROM version),
			(SELECT COUNT(*) FROM development), (SELECT COUNT(*) FROM alert),
			(SELECT COUNT(*) FROM delivery WHERE state = 'pending'), (SELECT COUNT(*) FROM delivery WHERE state = 'dead'),
			COALESCE((SELECT MIN(created_ms) FROM delivery WHERE state = 'pending'), 0)`).Scan(
		&c.Sources, &c.Pages, &c.Articles, &c.Versions, &c.Developments, &c.Alerts, &c.Pending, &c.Dead, moment{&c.OldestPending})
	if err != nil {
		return Counts{}, fmt.Errorf("count: %w", err)
	}
	return c, nil
}
