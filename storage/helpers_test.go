package storage_test

import (
	"database/sql"
	"log/slog"
	"strings"
	"testing"

	"github.com/storywatch/storywatch/storage"
)

// says reports whether an error has some words in it.
func says(err error, words string) bool { return err != nil && strings.Contains(err.Error(), words) }

// tamper changes rows behind the back of the program, foreign keys or not.
func tamper(t *testing.T, db *storage.DB, statements ...string) {
	t.Helper()
	off, on := `PRAGMA foreign_keys = OFF`, `PRAGMA foreign_keys = ON`
	if db.Postgres() {
		off, on = `SET session_replication_role = replica`, `RESET session_replication_role`
	}
	conn, err := db.SQL().Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	for _, statement := range append(append([]string{off}, statements...), on) {
		result, err := conn.ExecContext(t.Context(), statement)
		if err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
		mustTouch(t, statement, result)
	}
}

// mustTouch fails a test whose tampering with chosen rows changed nothing.
func mustTouch(t *testing.T, statement string, result sql.Result) {
	t.Helper()
	narrow := strings.Contains(statement, "WHERE")
	if n, err := result.RowsAffected(); narrow && (err != nil || n == 0) {
		t.Fatalf("%s: %d rows (%v)", statement, n, err)
	}
}

// discard is a logger that says nothing.
func discard() *slog.Logger { return slog.New(slog.DiscardHandler) }
