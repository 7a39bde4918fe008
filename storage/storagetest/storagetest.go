// Package storagetest gives tests an empty database of each engine.
package storagetest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver pgx, to make and drop databases
	"github.com/storywatch/storywatch/storage"
)

// PostgresEnv names the environment variable with the address of a PostgreSQL server, as a user who may make databases.
const PostgresEnv = "STORYWATCH_TEST_POSTGRES"

// Each runs a test on both engines, each time with a database of its own. Without a PostgreSQL server the test of that
// engine is skipped.
func Each(t *testing.T, test func(t *testing.T, db *storage.DB)) {
	t.Helper()
	EachAddress(t, func(t *testing.T, dsn string) { test(t, Open(t, dsn)) })
}

// EachAddress is like Each, with the address of a database that nobody has opened yet.
func EachAddress(t *testing.T, test func(t *testing.T, dsn string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, Postgres(t)) })
}

// Open opens a database until the test ends.
func Open(t testing.TB, dsn string) *storage.DB {
	t.Helper()
	db, err := storage.Open(t.Context(), dsn, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("close database: %v", err)
		}
	})
	return db
}

// SQLite returns the path of a database that is not there yet.
func SQLite(t testing.TB) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "storywatch.db")
}

// Postgres makes an empty database, which is dropped when the test ends, and returns its address. It skips the test
// when no server is given.
func Postgres(t testing.TB) string {
	t.Helper()
	server := os.Getenv(PostgresEnv)
	if server == "" {
		t.Skipf("%s is not set: `make test` starts a PostgreSQL server and sets it", PostgresEnv)
	}
	address, err := url.Parse(server)
	if err != nil {
		t.Fatalf("%s is not an address", PostgresEnv)
	}
	admin, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	name := "storywatch_test_" + rand.Text()
	if _, err := admin.ExecContext(t.Context(), `CREATE DATABASE "`+name+`"`); err != nil {
		admin.Close()
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := admin.ExecContext(context.Background(), `DROP DATABASE "`+name+`" WITH (FORCE)`); err != nil {
			t.Errorf("drop database: %v", err)
		}
		admin.Close()
	})
	address.Path = "/" + name
	return address.String()
}
