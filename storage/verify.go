package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/storywatch/storywatch/diff"
	"github.com/storywatch/storywatch/story"
	sqlite3 "modernc.org/sqlite/lib"
)

// Damage is a version whose chain does not hold, or another row that is damaged, named in Problem.
type Damage struct {
	ArticleID string `json:"article"`
	VersionID string `json:"version"`
	Problem   string `json:"problem"`
}

// VerifyResult is what Verify counted.
type VerifyResult struct {
	Articles int      `json:"articles"`
	Versions int      `json:"versions"`
	Damage   []Damage `json:"damage"`
}

// Verify walks the hash chain of every article, and the rows that must belong together. It reads one state of the
// database, row by row, while others go on writing. An error means that it could not finish, not that there is damage.
//
// Someone who may write to the database can make a whole chain anew, up to its head in the article's row. Keeping the
// heads elsewhere (an export, a printout) makes that visible too.
func (db *DB) Verify(ctx context.Context) (VerifyResult, error) {
	tx, err := db.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true, Isolation: db.snapshot()})
	if err != nil {
		return VerifyResult{}, fmt.Errorf("verify: %w", err)
	}
	defer tx.Rollback()
	c := &checker{db: db, tx: tx}
	for _, step := range []func(context.Context) error{c.pages, c.chains, c.developments, c.rows} {
		err := step(ctx)
		if primary(err) == sqlite3.SQLITE_CORRUPT {
			c.found("", "", "database file: %v", err)
		} else if err != nil {
			return c.VerifyResult, fmt.Errorf("verify: %w", err)
		}
	}
	return c.VerifyResult, nil
}

// snapshot is the isolation in which all reads of a transaction see one state. On SQLite every transaction is so.
func (db *DB) snapshot() sql.IsolationLevel {
	if db.Postgres() {
		return sql.LevelRepeatableRead
	}
	return sql.LevelDefault
}

// Check looks for damage in the structure of a SQLite file, without looking at what it means. On PostgreSQL, which
// has checksums and tools of its own for that, it does nothing.
func (db *DB) Check(ctx context.Context) error {
	if db.Postgres() {
		return nil
	}
	rows, err := db.read.QueryContext(ctx, `PRAGMA quick_check(1)`)
	problems, err := collect(rows, err, scanString)
	switch {
	case err != nil:
		return fmt.Errorf("check database: %w", explain(db.name, err))
	case len(problems) != 1 || problems[0] != "ok":
		return fmt.Errorf("check database: %s is damaged; move it away or restore a backup: %v", db.name, problems)
	}
	return nil
}

// checker collects damage within one transaction.
type checker struct {
	VerifyResult
	db *DB
	tx *sql.Tx
}

func (c *checker) found(article, version, problem string, args ...any) {
	c.Damage = append(c.Damage, Damage{article, version, fmt.Sprintf(problem, args...)})
}

// of is found for a version whose id alone is known.
func (c *checker) of(version, problem string, args ...any) {
	article, _, _ := strings.Cut(version, ".")
	c.found(article, version, problem, args...)
}

// pages asks SQLite about the structure of its file and of its indexes.
func (c *checker) pages(ctx context.Context) error {
	if c.db.Postgres() {
		return nil
	}
	rows, err := c.tx.QueryContext(ctx, `PRAGMA integrity_check`)
	problems, err := collect(rows, err, scanString)
	for _, problem := range problems {
		if problem != "ok" {
			c.found("", "", "database file: %s", problem)
		}
	}
	return err
}

// link is a version in the walk along a chain, as stored.
type link struct {
	article  string
	versions int // as the article's row has it
	head     string
	title    string
	source   string
	version  story.Version
	body     []byte
	change   []byte
	reason   sql.NullString // NULL when there is no row for a change or reason
}

// chains walks all articles by their versions, in order.
func (c *checker) chains(ctx context.Context) error {
	rows, err := c.tx.QueryContext(ctx, `
		SELECT article.id, article.versions, article.head, article.title, article.source, COALESCE(version.id, ''), COALESCE(version.number, 0),
			COALESCE(version.source, ''), COALESCE(version.page_url, ''), COALESCE(version.seen_ms, 0),
			COALESCE(version.prev, ''), COALESCE(version.hash, ''), version.body, change.body, change.reason
		FROM article
		LEFT JOIN version ON version.article_id = article.id
		LEFT JOIN change ON change.version_id = version.id
		ORDER BY article.id, version.number`)
	if err != nil {
		return err
	}
	defer rows.Close()
	var before link
	for rows.Next() {
		var l link
		v := &l.version
		if err := rows.Scan(&l.article, &l.versions, &l.head, &l.title, &l.source, &v.ID, &v.Number, &v.Source, &v.PageURL,
			moment{&v.SeenAt}, &v.Prev, &v.Hash, &l.body, &l.change, &l.reason); err != nil {
			return err
		}
		v.ArticleID = l.article
		if l.article != before.article {
			c.end(before)
			before = link{}
			c.Articles++
		}
		if v.ID != "" {
			c.Versions++
			c.link(before.version, &l)
		}
		before = l
	}
	c.end(before)
	return rows.Err()
}

// link checks one version against the one before it, the zero Version for the first.
func (c *checker) link(before story.Version, l *link) {
	v := &l.version
	bad := func(problem string, args ...any) { c.found(l.article, v.ID, problem, args...) }
	switch {
	case v.Number != before.Number+1:
		bad("versions %d to %d, before it, are missing", before.Number+1, v.Number-1)
	case v.Prev != before.Hash:
		bad("it does not follow the version before it: prev is %.12s…, that has hash %.12s…", v.Prev, before.Hash)
	}
	if v.ID != VersionID(l.article, v.Number) {
		bad("its id does not say that it is number %d of %s", v.Number, l.article)
	}
	if body, err := c.db.zstd.unpack(l.body); err != nil {
		bad("its content cannot be read: %v", err)
	} else if hashOf(*v, body) != v.Hash {
		bad("its content is not what was recorded: the hash differs")
	} else if err := json.Unmarshal(body, &v.Article); err != nil {
		bad("its content cannot be read: %v", err)
	}
	c.change(*l, bad)
}

// change checks what led to a version.
func (c *checker) change(l link, bad func(string, ...any)) {
	switch {
	case !l.reason.Valid:
		bad("neither its change nor a reason for none is there")
	case l.change != nil:
		if err := c.db.zstd.unpackJSON(l.change, new(diff.Change)); err != nil {
			bad("its change cannot be read: %v", err)
		}
	case l.version.Number > 1 && l.reason.String == "":
		bad("it has neither a change nor a reason for none")
	}
}

// end checks the last version of an article against what the article's row says of it.
func (c *checker) end(last link) {
	switch v := last.version; {
	case last.article == "":
	case v.Number < last.versions:
		c.found(last.article, VersionID(last.article, last.versions), "the chain ends at version %d of %d: what came after is missing", v.Number, last.versions)
	case v.Number > last.versions:
		c.found(last.article, v.ID, "the article is said to have %d versions only", last.versions)
	case v.Hash != last.head:
		c.found(last.article, v.ID, "it is not the version that the article is said to end with: the hash differs")
	case clean(v.Article.Title) != last.title || v.Source != last.source:
		c.found(last.article, v.ID, "the list of articles gives it another title or source: %q of %s", last.title, last.source)
	}
}

// developments makes sure that every development can be read and counts its sightings right.
func (c *checker) developments(ctx context.Context) error {
	rows, err := c.tx.QueryContext(ctx, `
		SELECT development.id, development.version_id, development.body, development.sightings, COUNT(sighting.version_id)
		FROM development LEFT JOIN sighting ON sighting.development_id = development.id
		GROUP BY development.id, development.version_id, development.body, development.sightings
		ORDER BY development.id`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id, version, body string
		var said, counted int
		if err := rows.Scan(&id, &version, &body, &said, &counted); err != nil {
			return err
		}
		var d story.Development
		if err := json.Unmarshal([]byte(body), &d); err != nil {
			c.of(version, "development %s cannot be read: %v", id, err)
		} else if d.ID != id || d.VersionID != version {
			c.of(version, "development %s is not what was recorded: it names itself %s of %s", id, d.ID, d.VersionID)
		}
		if said != counted {
			c.of(version, "development %s is said to have %d sightings, %d are there", id, said, counted)
		}
	}
	return rows.Err()
}

// rules are queries that find rows which do not belong to what they should: the version concerned, what the row is
// called, and what is wrong with it. A %s in the problem stands for the name.
var rules = []struct{ problem, query string }{
	{"it belongs to article %s, which is missing", `
		SELECT version.id, version.article_id FROM version
		WHERE NOT EXISTS (SELECT 1 FROM article WHERE article.id = version.article_id)`},
	{"story %s learned this version, which is missing", `
		SELECT learned.version_id, learned.story FROM learned
		WHERE NOT EXISTS (SELECT 1 FROM version WHERE version.id = learned.version_id)`},
	{"a change that led to this version is there, but the version is missing%.0s", `
		SELECT change.version_id, '' FROM change
		WHERE NOT EXISTS (SELECT 1 FROM version WHERE version.id = change.version_id)`},
	{"story %s has a gap in the order of what it learned", `
		SELECT '', story FROM learned GROUP BY story HAVING COUNT(*) <> MAX(seq)`},
	{"development %s came from this version, which is missing", `
		SELECT development.version_id, development.id FROM development
		WHERE NOT EXISTS (SELECT 1 FROM version WHERE version.id = development.version_id)`},
	{"development %s was seen in this version, which is missing", `
		SELECT sighting.version_id, sighting.development_id FROM sighting
		WHERE NOT EXISTS (SELECT 1 FROM version WHERE version.id = sighting.version_id)`},
	{"development %s was seen in this version, but the development is missing", `
		SELECT sighting.version_id, sighting.development_id FROM sighting
		WHERE NOT EXISTS (SELECT 1 FROM development WHERE development.id = sighting.development_id)`},
	{"alert %s tells of a development that is missing", `
		SELECT '', alert.id FROM alert
		WHERE alert.development_id IS NOT NULL
			AND NOT EXISTS (SELECT 1 FROM development WHERE development.id = alert.development_id)`},
	{"delivery %s sends an alert that is missing", `
		SELECT '', delivery.id FROM delivery
		WHERE NOT EXISTS (SELECT 1 FROM alert WHERE alert.id = delivery.alert_id)`},
	{"delivery %s is in a state that does not exist, or pending but never due", `
		SELECT '', id FROM delivery
		WHERE state NOT IN ('pending', 'delivered', 'dead') OR state = 'pending' AND due_ms = 0`},
	{"delivery %s is missing, but its attempts are there", `
		SELECT DISTINCT '', attempt.delivery_id FROM attempt
		WHERE NOT EXISTS (SELECT 1 FROM delivery WHERE delivery.id = attempt.delivery_id)`},
	{"receiver %s has a gap in the numbers of its deliveries", `
		SELECT '', receiver.name FROM receiver
		WHERE receiver.seq <> (SELECT COUNT(*) FROM delivery WHERE delivery.receiver = receiver.name)
			OR receiver.seq <> (SELECT COALESCE(MAX(delivery.seq), 0) FROM delivery WHERE delivery.receiver = receiver.name)`},
}

// rows applies the rules.
func (c *checker) rows(ctx context.Context) error {
	for _, rule := range rules {
		rows, err := c.tx.QueryContext(ctx, rule.query)
		bad, err := collect(rows, err, func(r row) ([2]string, error) {
			var found [2]string
			err := r.Scan(&found[0], &found[1])
			return found, err
		})
		if err != nil {
			return err
		}
		for _, found := range bad {
			c.of(found[0], rule.problem, found[1])
		}
	}
	return nil
}
