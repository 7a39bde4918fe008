// Package storage keeps everything storywatch knows in one database: SQLite or PostgreSQL, one set of queries.
//
// Times are stored in whole milliseconds; the zero time is stored as 0 and means never, or not known.
package storage

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"math"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// The errors a caller decides by.
var (
	ErrNotFound = errors.New("not found")
	// ErrStale: another process learned something of the article or story since it was read. Read again and judge again.
	ErrStale = errors.New("known state is stale")
)

// DB is the database. Its methods may be called from several goroutines.
type DB struct {
	write *sql.DB
	read  *sql.DB       // the same as write on PostgreSQL
	pool  *pgxpool.Pool // nil on SQLite
	name  string        // for messages: the file's path, or the database and its host, never a password
	log   *slog.Logger
	zstd  codec
}

// Close closes it.
func (db *DB) Close() error {
	err := db.write.Close()
	if db.read != db.write {
		err = errors.Join(db.read.Close(), err)
	}
	if db.pool != nil {
		db.pool.Close()
	}
	return err
}

// Postgres reports whether the engine is PostgreSQL.
func (db *DB) Postgres() bool { return db.pool != nil }

// SQL is the writing handle, for the job queue. On SQLite it has one connection.
func (db *DB) SQL() *sql.DB { return db.write }

// Pool is the pgx pool on PostgreSQL, for LISTEN; nil on SQLite.
func (db *DB) Pool() *pgxpool.Pool { return db.pool }

// tries is how often a transaction that PostgreSQL gave up in favour of another one is begun anew.
const tries = 5

// tx runs do in a transaction and commits it if do returns nil. do may run several times.
func (db *DB) tx(ctx context.Context, do func(tx *sql.Tx) error) error {
	for try := 1; ; try++ {
		err := db.once(ctx, do)
		if err == nil || try == tries || !contended(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Duration(try)*5*time.Millisecond + rand.N(10*time.Millisecond)):
		}
	}
}

func (db *DB) once(ctx context.Context, do func(tx *sql.Tx) error) error {
	tx, err := db.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// contended reports whether PostgreSQL gave the transaction up as a deadlock or a serialization failure.
func contended(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "40001" || pg.Code == "40P01")
}

// row is what *sql.Row and *sql.Rows have in common.
type row interface{ Scan(dest ...any) error }

// collect reads all rows of a query.
func collect[T any](rows *sql.Rows, err error, scan func(row) (T, error)) ([]T, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// affected returns how many rows a statement touched.
func affected(result sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// atMost turns a limit of 0, which means none, into one that SQL understands.
func atMost(limit int) int64 {
	if limit <= 0 {
		return math.MaxInt64
	}
	return int64(limit)
}

// millis is how a time is stored.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// moment reads a stored time back.
type moment struct{ t *time.Time }

// Scan implements sql.Scanner.
func (m moment) Scan(value any) error {
	ms, ok := value.(int64)
	if !ok {
		return errors.New("a time is not stored as whole milliseconds")
	}
	*m.t = time.Time{}
	if ms != 0 {
		*m.t = time.UnixMilli(ms).UTC()
	}
	return nil
}

// clean makes a stranger's text fit for a TEXT column: PostgreSQL takes neither NUL nor what is not UTF-8.
func clean(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}
