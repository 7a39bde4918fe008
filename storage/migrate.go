package storage

import (
	"context"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*.sql
var migrations embed.FS

// schemaTable is where goose keeps which migrations have run.
const schemaTable = "schema_version"

// migrate brings the schema up to date. Each step is a transaction of its own, so a process killed on the way goes on
// where it stopped; on PostgreSQL the nodes of a cluster wait for the one that migrates.
func (db *DB) migrate(ctx context.Context) error {
	provider, err := db.provider()
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	has, knows, err := provider.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("read schema version: %w", err)
	}
	if has > knows {
		return fmt.Errorf("%s was written by a newer storywatch (schema %d, this program knows up to %d): update the program",
			db.name, has, knows)
	}
	for {
		steps, err := provider.Up(ctx)
		for _, step := range steps {
			db.log.Info("schema migrated", "version", step.Source.Version, "took", step.Duration)
		}
		if err == nil {
			return nil
		}
		// On SQLite two processes that start at once try the same step: one waits for the other, then fails on what is
		// there already. As long as the schema gets on, there is no harm done.
		now, _, readErr := provider.GetVersions(ctx)
		if readErr != nil || now <= has {
			return fmt.Errorf("migrate: %w", err)
		}
		has = now
	}
}

func (db *DB) provider() (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	options := []goose.ProviderOption{goose.WithTableName(schemaTable), goose.WithDisableGlobalRegistry(true)}
	if !db.Postgres() {
		return goose.NewProvider(goose.DialectSQLite3, db.write, files, options...)
	}
	// Ask for the lock once a second, for five minutes.
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300))
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectPostgres, db.write, files, append(options, goose.WithSessionLocker(locker))...)
}
