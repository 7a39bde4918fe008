package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// appID is the application_id in the header of our files: "StWa" in ASCII.
const appID = 0x53745761

// leastSQLite is the first version without the race that could corrupt a database when its write-ahead log is reset.
const leastSQLite = "3.51.3"

// readers is how many connections read at the same time, beside the one that writes.
const readers = 4

func openSQLite(ctx context.Context, path string, log *slog.Logger) (*DB, error) {
	// POSIX drops all of a process's locks on a file when it closes any handle to it, and inspect closes one. Where
	// Linux offers locks without that trap they are used; elsewhere a process must not open one file twice at a time.
	if _, err := sqlite.OFDLocking(true); err != nil && !errors.Is(err, sqlite.ErrOFDLockingUnavailable) {
		log.Debug("open database", "path", path, "err", err)
	}
	found, err := inspect(path)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	switch found {
	case absent:
		err = create(ctx, path)
	case blank:
		err = initialize(ctx, path)
	}
	if err != nil {
		return nil, fmt.Errorf("create database %s: %w", path, err)
	}
	db, err := connectSQLite(ctx, path, log)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", explain(path, err))
	}
	return db, nil
}

// connectSQLite opens the two pools of a file that has passed inspect, and migrates.
func connectSQLite(ctx context.Context, path string, log *slog.Logger) (*DB, error) {
	zstd, err := newCodec()
	if err != nil {
		return nil, err
	}
	db := &DB{name: path, log: log, zstd: zstd}
	if db.write, err = pool(path, 1, url.Values{"_txlock": {"immediate"}}); err != nil {
		return nil, err
	}
	if db.read, err = pool(path, readers, url.Values{"_query_only": {"1"}}); err != nil {
		return nil, errors.Join(err, db.write.Close())
	}
	if err := errors.Join(db.checkEngine(ctx), db.migrate(ctx)); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// pool opens a number of connections with our settings and a few more.
func pool(path string, size int, more url.Values) (*sql.DB, error) {
	settings := url.Values{
		"_busy_timeout": {"10000"}, // milliseconds: a backup or a second process may hold the lock for a moment
		"_foreign_keys": {"1"},
		"_defensive":    {"1"},
		"_dqs":          {"0"},
		"_pragma":       {"synchronous(FULL)", "mmap_size(0)", "journal_size_limit(67108864)", "trusted_schema(0)"},
	}
	for key, values := range more {
		settings[key] = values
	}
	pool, err := sql.Open("sqlite", address(path, settings))
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(size)
	pool.SetMaxIdleConns(size)
	return pool, nil
}

// checkEngine makes sure of what our promises rest on.
func (db *DB) checkEngine(ctx context.Context) error {
	var version, mode string
	var sync int
	if err := errors.Join(
		db.write.QueryRowContext(ctx, `SELECT sqlite_version()`).Scan(&version),
		db.write.QueryRowContext(ctx, `PRAGMA journal_mode = WAL`).Scan(&mode),
		db.write.QueryRowContext(ctx, `PRAGMA synchronous`).Scan(&sync),
	); err != nil {
		return err
	}
	switch {
	case older(version, leastSQLite):
		return fmt.Errorf("SQLite %s is too old: %s or newer is needed", version, leastSQLite)
	case mode != "wal":
		return fmt.Errorf("%s: the write-ahead log cannot be used here (journal mode is %q): use a local disk", db.name, mode)
	case sync != 2:
		return fmt.Errorf("%s: synchronous is %d, not FULL", db.name, sync)
	}
	return nil
}

// older reports whether a dotted version comes before another.
func older(version, than string) bool {
	numbers := func(s string) (n []int) {
		for part := range strings.SplitSeq(s, ".") {
			i, _ := strconv.Atoi(part) // what is no number counts as 0, the oldest
			n = append(n, i)
		}
		return n
	}
	return slices.Compare(numbers(version), numbers(than)) < 0
}

// create makes an empty database of ours. It becomes visible under its name only when it is whole: a process that is
// killed on the way leaves no file that would be refused at the next start.
func create(ctx context.Context, path string) error {
	draft, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".new-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(draft.Name()) }() // gone already when all went well
	if err := draft.Close(); err != nil {
		return err
	}
	if err := initialize(ctx, draft.Name()); err != nil {
		return err
	}
	// A link, unlike a rename, does not replace what another process has put there meanwhile.
	switch err := os.Link(draft.Name(), path); {
	case errors.Is(err, fs.ErrExist):
		return nil
	case err != nil: // a file system without links
		if err := os.Rename(draft.Name(), path); err != nil {
			return err
		}
	}
	return syncFolder(filepath.Dir(path))
}

// initialize marks an empty database as ours.
func initialize(ctx context.Context, path string) error {
	file, err := pool(path, 1, nil)
	if err != nil {
		return err
	}
	_, err = file.ExecContext(ctx, fmt.Sprintf(`PRAGMA application_id = %d; PRAGMA journal_mode = WAL`, appID))
	return errors.Join(err, file.Close())
}

// syncFolder makes sure that a new name in a folder survives a power loss.
func syncFolder(folder string) error {
	dir, err := os.Open(folder)
	if err != nil {
		return err
	}
	defer dir.Close()
	// Some file systems can't sync a folder; they make no such promise in the first place.
	if err := dir.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, fs.ErrInvalid) {
		return err
	}
	return nil
}

// explain says in words what SQLite says in codes.
func explain(path string, err error) error {
	switch primary(err) {
	case sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM:
		return fmt.Errorf("%s cannot be written: %w", path, err)
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return fmt.Errorf("%s is damaged; move it away or restore a backup: %w", path, err)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return fmt.Errorf("%s is held by another process: %w", path, err)
	}
	return err
}

// primary is the primary result code of a SQLite error, 0 for any other error.
func primary(err error) int {
	var lite *sqlite.Error
	if !errors.As(err, &lite) {
		return 0
	}
	return lite.Code() & 0xff
}

// Fatal reports whether an error means that the disk under a SQLite database cannot be trusted any more: what was
// written may not be there. The process must stop and start anew from what is on the disk, not try again.
func Fatal(err error) bool {
	switch primary(err) {
	case sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return true
	}
	return false
}

// Full reports whether an error means that the disk of a SQLite database is full. Nothing is damaged; it works again
// when there is space.
func Full(err error) bool { return primary(err) == sqlite3.SQLITE_FULL }
