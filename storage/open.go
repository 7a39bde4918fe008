package storage

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
)

// ErrLocked says that another process holds the lock of the database.
var ErrLocked = errors.New("another storywatch is using this database")

// Open opens, checks and migrates. dsn is a file path (or sqlite:path) or a postgres:// address. Its errors are
// sentences for the person who started the program; none holds a password. A file that is refused is not written to.
func Open(ctx context.Context, dsn string, log *slog.Logger) (*DB, error) {
	if isPostgres(dsn) {
		return openPostgres(ctx, dsn, log)
	}
	path, err := sqlitePath(dsn)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	return openSQLite(ctx, path, log)
}

// Lock makes sure that one process at a time works on a SQLite database; it returns ErrLocked when another one does.
// The lock is a file beside the database, which stays there, and goes with the process however that ends.
// On PostgreSQL many processes may work at once, and Lock does nothing.
func Lock(dsn string) (release func() error, err error) {
	if isPostgres(dsn) {
		return func() error { return nil }, nil
	}
	path, err := sqlitePath(dsn)
	if err != nil {
		return nil, fmt.Errorf("lock database: %w", err)
	}
	if err := checkFolder(path); err != nil {
		return nil, fmt.Errorf("lock database: %w", err)
	}
	lock := flock.New(path + ".lock")
	switch held, err := lock.TryLock(); {
	case err != nil:
		return nil, fmt.Errorf("lock database %s: %w", path, err)
	case !held:
		return nil, fmt.Errorf("lock database %s: %w", path, ErrLocked)
	}
	return lock.Unlock, nil
}

func isPostgres(dsn string) bool {
	return strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://")
}

// sqlitePath returns the absolute path a dsn names.
func sqlitePath(dsn string) (string, error) {
	path := strings.TrimPrefix(dsn, "sqlite:")
	switch scheme, _, found := strings.Cut(path, "://"); {
	case found:
		// Only the scheme is told: what follows may hold a password.
		return "", fmt.Errorf("%s:// is not known: give a file path or a postgres:// address", scheme)
	case path == "":
		return "", errors.New("no database is named")
	case path == ":memory:" || strings.HasPrefix(path, "file:"):
		return "", errors.New("give the database as a plain file path")
	}
	return filepath.Abs(path)
}

// address is the SQLite address of a file, with settings, whatever characters its path has.
func address(path string, settings url.Values) string {
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // a Windows drive
	}
	return "file:" + (&url.URL{Path: slashed}).EscapedPath() + "?" + settings.Encode()
}
