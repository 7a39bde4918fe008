package storage_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/storywatch/storywatch/storage"
	"github.com/storywatch/storywatch/storage/storagetest"
	_ "modernc.org/sqlite"
)

func TestOpenRefusesWhatIsNotOurs(t *testing.T) {
	cases := []struct {
		name string
		lay  func(t *testing.T, path string) // puts something at the path
		want string                          // PATH and FOLDER stand for where it is
	}{
		{"empty", write(nil), "open database: PATH is empty (0 bytes): it may be a damaged copy; move it away or restore a backup"},
		{"text", write([]byte("database: storywatch.db\n")), "open database: PATH is not a SQLite database; move it away or name another file"},
		{"long text", write(bytes.Repeat([]byte("أخبار "), 4000)), "open database: PATH is not a SQLite database; move it away or name another file"},
		{"magic only", write([]byte("SQLite format 3\x00")), "open database: PATH is the SQLite database of another program (application_id 0); name another file"},
		{"another program", foreign(`CREATE TABLE note (text TEXT)`), "open database: PATH is the SQLite database of another program (application_id 0); name another file"},
		{"another program with an id", foreign(`PRAGMA application_id = 252006674; CREATE TABLE note (text TEXT)`), "open database: PATH is the SQLite database of another program (application_id 252006674); name another file"},
		{"another program's log", leftLog, "open database: PATH is the SQLite database of another program (application_id 0); name another file"},
		{"cut short", cutShort, "open database: PATH is cut short (8192 of "},
		{"garbled", garbled, "open database: PATH is damaged; move it away or restore a backup: "},
		{"newer", newer, "open database: PATH was written by a newer storywatch (schema 9999, this program knows up to 1): update the program"},
		{"folder", func(t *testing.T, path string) { must(t, os.Mkdir(path, 0o755)) }, "open database: PATH is a folder, not a database file"},
		{"no folder", func(t *testing.T, path string) { must(t, os.Remove(filepath.Dir(path))) }, "open database: the folder FOLDER does not exist"},
		{"a file for a folder", func(t *testing.T, path string) {
			must(t, os.Remove(filepath.Dir(path)))
			must(t, os.WriteFile(filepath.Dir(path), []byte("x"), 0o600))
		}, "open database: FOLDER is not a folder"},
		{"a device", func(t *testing.T, path string) { must(t, os.Symlink(os.DevNull, path)) }, "open database: PATH is not a regular file"},
	}
	for _, c := range cases {
		t.Run(strings.ReplaceAll(c.name, " ", "_"), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "folder", "news.db")
			must(t, os.Mkdir(filepath.Dir(path), 0o755))
			c.lay(t, path)
			before := snapshot(t, filepath.Dir(filepath.Dir(path)))
			db, err := storage.Open(t.Context(), path, discard())
			if err == nil {
				db.Close()
			}
			want := strings.NewReplacer("PATH", path, "FOLDER", filepath.Dir(path)).Replace(c.want)
			if err == nil || err.Error() != want && (len(want) == len(err.Error()) || !strings.HasPrefix(err.Error(), want) || strings.HasSuffix(want, "program")) {
				t.Errorf("error is %q, want %q", fmt.Sprint(err), want)
			}
			if after := snapshot(t, filepath.Dir(filepath.Dir(path))); before != after {
				t.Errorf("what was refused has been written to:\nbefore %s\nafter  %s", before, after)
			}
		})
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func write(content []byte) func(t *testing.T, path string) {
	return func(t *testing.T, path string) { must(t, os.WriteFile(path, content, 0o600)) }
}

// foreign makes a database with SQL that is not ours.
func foreign(statements string) func(t *testing.T, path string) {
	return func(t *testing.T, path string) {
		db, err := sql.Open("sqlite", path)
		must(t, err)
		_, err = db.Exec(statements)
		must(t, err)
		must(t, db.Close())
	}
}

// leftLog leaves the database of another program as a killed process does: its tables are in the log only.
func leftLog(t *testing.T, path string) {
	other := path + "-original"
	db, err := sql.Open("sqlite", other+"?_pragma=journal_mode(WAL)")
	must(t, err)
	_, err = db.Exec(`CREATE TABLE note (text TEXT)`)
	must(t, err)
	for _, suffix := range []string{"", "-wal"} {
		content, err := os.ReadFile(other + suffix)
		must(t, err)
		must(t, os.WriteFile(path+suffix, content, 0o600))
	}
	must(t, db.Close())
	must(t, os.Remove(other))
}

// ours makes a database of ours with something in it, and returns its bytes.
func ours(t *testing.T, path string) []byte {
	db, err := storage.Open(t.Context(), path, discard())
	must(t, err)
	record(t, db, fullEntry())
	must(t, db.Close())
	content, err := os.ReadFile(path)
	must(t, err)
	return content
}

func cutShort(t *testing.T, path string) { must(t, os.WriteFile(path, ours(t, path)[:8192], 0o600)) }

func garbled(t *testing.T, path string) {
	content := ours(t, path)
	for i := 4096; i < len(content); i++ {
		content[i] = byte(i)
	}
	must(t, os.WriteFile(path, content, 0o600))
}

func newer(t *testing.T, path string) {
	ours(t, path)
	foreign(`INSERT INTO schema_version (version_id, is_applied) VALUES (9999, 1)`)(t, path)
}

// snapshot lists all files below a folder with what is in them.
func snapshot(t *testing.T, folder string) string {
	t.Helper()
	var all strings.Builder
	must(t, filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		content, err := os.ReadFile(path)
		fmt.Fprintf(&all, "%s %d %x\n", path, len(content), content)
		return err
	}))
	return all.String()
}

func TestOpenRefusesAddressesItDoesNotKnow(t *testing.T) {
	for dsn, want := range map[string]string{
		"":                               "open database: no database is named",
		"sqlite:":                        "open database: no database is named",
		":memory:":                       "open database: give the database as a plain file path",
		"file:news.db?mode=memory":       "open database: give the database as a plain file path",
		"mysql://root:geheim@db/news":    "open database: mysql:// is not known: give a file path or a postgres:// address",
		"sqlite:http://root:geheim@db/x": "open database: http:// is not known: give a file path or a postgres:// address",
	} {
		if _, err := storage.Open(t.Context(), dsn, discard()); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %q", dsn, err, want)
		}
	}
}

func TestNoErrorHoldsAPassword(t *testing.T) {
	for _, dsn := range []string{
		"postgres://news:geheim@127.0.0.1:1/news",
		"postgres://news:geheim@127.0.0.1:port/news",
		"postgres://news:geheim%zz@127.0.0.1:1/news",
		"postgres://news:geheim#1@127.0.0.1:1/news",
		"postgres://news:ge@geheim/x@127.0.0.1:1/news",
		"postgres://news@127.0.0.1:1/news?password=geheim&sslmode=sometimes",
		"postgres://news:geheim@127.0.0.1:1/news?pool_max_conns=many",
		"postgresql://geheim geheim",
		"geheim://geheim",
	} {
		_, err := storage.Open(t.Context(), dsn, discard())
		if err == nil || strings.Contains(strings.TrimPrefix(err.Error(), "open database: geheim://"), "geheim") {
			t.Errorf("%q: %v, want an error without the password", dsn, err)
		}
	}
}

func TestOpenAgainFindsEverything(t *testing.T) {
	storagetest.EachAddress(t, func(t *testing.T, dsn string) {
		e := fullEntry()
		for i := range 3 {
			var logged bytes.Buffer
			db, err := storage.Open(t.Context(), dsn, slog.New(slog.NewTextHandler(&logged, nil)))
			must(t, err)
			if i == 0 {
				record(t, db, e)
			}
			got, err := db.Latest(t.Context(), e.Version.ArticleID)
			same(t, "version", got, *e.Version, err)
			if migrated := strings.Contains(logged.String(), "schema migrated"); migrated != (i == 0) {
				t.Errorf("open number %d migrated: %v", i+1, migrated)
			}
			must(t, db.Close())
		}
	})
}

func TestSQLiteIsOpenedAsPromised(t *testing.T) {
	path := storagetest.SQLite(t)
	db := storagetest.Open(t, "sqlite:"+path)
	for pragma, want := range map[string]string{
		"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "10000",
		"application_id": "1400133473", "query_only": "0", "mmap_size": "0",
	} {
		var got string
		if err := db.SQL().QueryRow(`PRAGMA ` + pragma).Scan(&got); err != nil || got != want {
			t.Errorf("%s is %s (%v), want %s", pragma, got, err, want)
		}
	}
	if most := db.SQL().Stats().MaxOpenConnections; most != 1 || db.Postgres() || db.Pool() != nil {
		t.Errorf("%d connections may write, PostgreSQL %v, pool %v", most, db.Postgres(), db.Pool())
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v (%v), want it readable by its owner only", info.Mode(), err)
	}
}

func TestAnyPathWillDo(t *testing.T) {
	for _, name := range []string{"أخبار.db", "with space.db", "100%25?mode=ro#x.db", "plus+and&.db"} {
		path := filepath.Join(t.TempDir(), name)
		must(t, storagetest.Open(t, path).Close())
		if info, err := os.Stat(path); err != nil || info.Size() == 0 {
			t.Errorf("%q: %v", name, err)
		}
	}
	t.Chdir(t.TempDir())
	record(t, storagetest.Open(t, "news.db"), fullEntry())
	if _, err := os.Stat("news.db"); err != nil {
		t.Error(err)
	}
}

func TestABlankDatabaseIsTaken(t *testing.T) {
	path := storagetest.SQLite(t)
	foreign(`PRAGMA user_version = 1; VACUUM`)(t, path)
	record(t, storagetest.Open(t, path), fullEntry())
	must(t, storagetest.Open(t, path).Check(t.Context()))
}

// A process killed while it created the database must not keep the next one from starting.
func TestALeftDraftDoesNoHarm(t *testing.T) {
	path := storagetest.SQLite(t)
	must(t, os.WriteFile(filepath.Join(filepath.Dir(path), ".storywatch.db.new-1"), nil, 0o600))
	record(t, storagetest.Open(t, path), fullEntry())
}

func TestNodesMayStartAtOnce(t *testing.T) {
	storagetest.EachAddress(t, func(t *testing.T, dsn string) {
		var all sync.WaitGroup
		opened := make([]*storage.DB, 4)
		for i := range opened {
			all.Go(func() {
				db, err := storage.Open(t.Context(), dsn, discard())
				if err != nil {
					t.Errorf("node %d: %v", i, err)
				}
				opened[i] = db
			})
		}
		all.Wait()
		for i, db := range opened {
			if db == nil {
				continue
			}
			v := first(fmt.Sprintf("https://a.example/%d", i), "عنوان")
			record(t, db, storage.Entry{Version: &v})
			must(t, db.Close())
		}
		db := storagetest.Open(t, dsn)
		result, err := db.Verify(t.Context())
		same(t, "result", result, storage.VerifyResult{Articles: 4, Versions: 4}, err)
	})
}

func TestPostgresIsRefusedWhenItCouldLoseAlerts(t *testing.T) {
	dsn := storagetest.Postgres(t)
	name := strings.TrimPrefix(must1(url.Parse(dsn)).Path, "/")
	db := storagetest.Open(t, dsn)
	for statement, want := range map[string]string{
		`ALTER DATABASE "` + name + `" SET synchronous_commit = off`:                      "synchronous_commit is off: a power loss could lose alerts that were recorded; turn it on",
		`ALTER DATABASE "` + name + `" SET default_transaction_read_only = on`:            "it can only be read: is it a standby server?",
		`INSERT INTO schema_version (version_id, is_applied) VALUES (9999, TRUE)`:         "was written by a newer storywatch (schema 9999, this program knows up to 1): update the program",
		`ALTER DATABASE "` + name + `" RESET ALL; ALTER TABLE schema_version RENAME TO x`: "migrate: ",
	} {
		for _, s := range strings.Split(`ALTER DATABASE "`+name+`" RESET ALL; `+statement, "; ") {
			_, err := db.SQL().ExecContext(t.Context(), s)
			must(t, err)
		}
		again, err := storage.Open(t.Context(), dsn, discard())
		if err == nil {
			must(t, again.Close())
		}
		if !says(err, want) {
			t.Errorf("after %s: %v, want %q in it", statement, err, want)
		}
		if strings.HasPrefix(statement, "INSERT") {
			_, err := db.SQL().ExecContext(t.Context(), `DELETE FROM schema_version WHERE version_id = 9999`)
			must(t, err)
		}
		if strings.Contains(statement, "RENAME") {
			_, err := db.SQL().ExecContext(t.Context(), `DROP TABLE IF EXISTS schema_version`)
			must(t, err)
			_, err = db.SQL().ExecContext(t.Context(), `ALTER TABLE x RENAME TO schema_version`)
			must(t, err)
		}
	}
}

func must1[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func TestOpenEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	path := storagetest.SQLite(t)
	if _, err := storage.Open(ctx, path, discard()); !errors.Is(err, context.Canceled) {
		t.Errorf("open: %v, want the context's error", err)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a database was left behind: %v", err)
	}
}

func TestOneProcessHoldsTheLock(t *testing.T) {
	path := storagetest.SQLite(t)
	release, err := storage.Lock(path)
	must(t, err)
	if _, err := storage.Lock("sqlite:" + path); !errors.Is(err, storage.ErrLocked) {
		t.Errorf("a second lock: %v, want ErrLocked", err)
	}
	must(t, release())
	release, err = storage.Lock(path)
	must(t, err)
	must(t, release())
	if _, err := storage.Lock(filepath.Join(path, "no", "such")); !says(err, "does not exist") {
		t.Errorf("a lock in a folder that is not there: %v", err)
	}
	release, err = storage.Lock("postgres://127.0.0.1/news")
	must(t, err)
	must(t, release())
}
