package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/storywatch/storywatch/diff"
	"github.com/storywatch/storywatch/story"
)

const versionColumns = `version.id, version.article_id, version.number, version.source, version.page_url,
	version.seen_ms, version.prev, version.hash, version.body`

func (db *DB) scanVersion(r row) (story.Version, error) {
	var v story.Version
	var body []byte
	if err := r.Scan(&v.ID, &v.ArticleID, &v.Number, &v.Source, &v.PageURL, moment{&v.SeenAt}, &v.Prev, &v.Hash, &body); err != nil {
		return story.Version{}, err
	}
	if err := db.zstd.unpackJSON(body, &v.Article); err != nil {
		return story.Version{}, fmt.Errorf("version %s: %w", v.ID, err)
	}
	return v, nil
}

// missing turns a query's word for no rows into ours.
func missing(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	return err
}

// Latest returns the last version of an article, or ErrNotFound.
func (db *DB) Latest(ctx context.Context, articleID string) (story.Version, error) {
	v, err := db.scanVersion(db.read.QueryRowContext(ctx, `
		SELECT `+versionColumns+` FROM version WHERE article_id = $1 ORDER BY number DESC LIMIT 1`, articleID))
	if err != nil {
		return story.Version{}, fmt.Errorf("read last version of %s: %w", articleID, missing(err))
	}
	return v, nil
}

// Version returns one version by its id, or ErrNotFound.
func (db *DB) Version(ctx context.Context, id string) (story.Version, error) {
	v, err := db.scanVersion(db.read.QueryRowContext(ctx, `SELECT `+versionColumns+` FROM version WHERE id = $1`, id))
	if err != nil {
		return story.Version{}, fmt.Errorf("read version %s: %w", id, missing(err))
	}
	return v, nil
}

// Versions returns all versions of an article, oldest first.
func (db *DB) Versions(ctx context.Context, articleID string) ([]story.Version, error) {
	rows, err := db.read.QueryContext(ctx, `
		SELECT `+versionColumns+` FROM version WHERE article_id = $1 ORDER BY number`, articleID)
	versions, err := collect(rows, err, db.scanVersion)
	if err != nil {
		return nil, fmt.Errorf("read versions of %s: %w", articleID, err)
	}
	return versions, nil
}

// ChangeOf returns the change that led to a version; ErrNotFound for a first version.
func (db *DB) ChangeOf(ctx context.Context, versionID string) (diff.Change, error) {
	var change diff.Change
	var body []byte
	err := db.read.QueryRowContext(ctx, `SELECT body FROM change WHERE version_id = $1`, versionID).Scan(&body)
	if err == nil && body == nil {
		err = ErrNotFound
	}
	if err == nil {
		err = db.zstd.unpackJSON(body, &change)
	}
	if err != nil {
		return diff.Change{}, fmt.Errorf("read change of %s: %w", versionID, missing(err))
	}
	return change, nil
}

// ReasonOf returns why a version has no change, or what kind of change it is, as its Entry said; ErrNotFound when there
// is no such version.
func (db *DB) ReasonOf(ctx context.Context, versionID string) (string, error) {
	reason, err := scanString(db.read.QueryRowContext(ctx, `SELECT reason FROM change WHERE version_id = $1`, versionID))
	if err != nil {
		return "", fmt.Errorf("read reason of %s: %w", versionID, missing(err))
	}
	return reason, nil
}

// ArticleInfo is an article in a list.
type ArticleInfo struct {
	ID       string    `json:"id"`
	URL      string    `json:"url"`
	Source   string    `json:"source"`
	Title    string    `json:"title"`
	Lang     string    `json:"lang,omitempty"`
	Versions int       `json:"versions"`
	First    time.Time `json:"first"`
	Last     time.Time `json:"last"`
	Stories  []string  `json:"stories,omitempty"`
}

// ArticleFilter narrows a list of articles; zero fields do not.
type ArticleFilter struct {
	Story, Source, URL string
	Limit              int
}

// Articles lists articles, the latest changed first. Find one by its URL with ArticleFilter.URL: the address of the
// page, or the one it was read at.
func (db *DB) Articles(ctx context.Context, f ArticleFilter) ([]ArticleInfo, error) {
	id := ""
	if f.URL != "" {
		id = ArticleID(f.URL)
	}
	rows, err := db.read.QueryContext(ctx, `
		SELECT id, url, source, title, lang, versions, first_ms, last_ms, COALESCE((
			SELECT string_agg(its.story, $5 ORDER BY its.story) FROM (
				SELECT DISTINCT learned.story
				FROM version JOIN learned ON learned.version_id = version.id
				WHERE version.article_id = article.id
			) its), '')
		FROM article
		WHERE ($1 = '' OR source = $1)
			AND ($2 = '' OR id = $2 OR url = $3 OR page_url = $3)
			AND ($4 = '' OR id IN (
				SELECT version.article_id
				FROM learned JOIN version ON version.id = learned.version_id
				WHERE learned.story = $4))
		ORDER BY last_ms DESC, id
		LIMIT $6`, f.Source, id, clean(f.URL), f.Story, separator, atMost(f.Limit))
	articles, err := collect(rows, err, scanArticle)
	if err != nil {
		return nil, fmt.Errorf("read articles: %w", err)
	}
	return articles, nil
}

// separator stands between names that a query joins: the unit separator of ASCII, which no name holds.
const separator = "\x1f"

func scanArticle(r row) (ArticleInfo, error) {
	var a ArticleInfo
	var stories string
	err := r.Scan(&a.ID, &a.URL, &a.Source, &a.Title, &a.Lang, &a.Versions, moment{&a.First}, moment{&a.Last}, &stories)
	if stories != "" {
		a.Stories = strings.Split(stories, separator)
	}
	return a, err
}
