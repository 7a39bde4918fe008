package storage

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
)

// connections is the size of the pool where the address does not give pool_max_conns.
const connections = 16

func openPostgres(ctx context.Context, dsn string, log *slog.Logger) (*DB, error) {
	cfg, err := parsePostgres(dsn)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	name := fmt.Sprintf("postgres database %q at %s", cfg.ConnConfig.Database, cfg.ConnConfig.Host)
	db, err := connectPostgres(ctx, cfg, name, log)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", name, hide(err, cfg.ConnConfig.Password))
	}
	return db, nil
}

// parsePostgres reads an address. pgx repeats the address in its complaints and can only guess where the password is
// in one that is malformed; so its words are used only where the password is known and not among them.
func parsePostgres(dsn string) (*pgxpool.Config, error) {
	const hint = "the postgres address cannot be read; write postgres://user:password@host:5432/name and " +
		"percent-encode characters such as @ : / ? # % in the password"
	parsed, err := url.Parse(dsn)
	if err != nil || ambiguous(parsed) {
		return nil, errors.New(hint)
	}
	cfg, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		if parsed.User != nil || parsed.RawQuery != "" {
			return nil, errors.New(hint)
		}
		return nil, fmt.Errorf("%s: %w", hint, err)
	}
	if !parsed.Query().Has("pool_max_conns") {
		cfg.MaxConns = connections
	}
	if cfg.ConnConfig.ConnectTimeout == 0 {
		cfg.ConnConfig.ConnectTimeout = 10 * time.Second
	}
	if cfg.ConnConfig.RuntimeParams["application_name"] == "" {
		cfg.ConnConfig.RuntimeParams["application_name"] = "storywatch"
	}
	return cfg, nil
}

// ambiguous reports whether a part of what was meant as the password may stand elsewhere in an address.
func ambiguous(parsed *url.URL) bool {
	for key := range parsed.Query() {
		if strings.ContainsAny(key, "@/:") {
			return true
		}
	}
	return strings.Contains(parsed.Path, "@") || parsed.Fragment != ""
}

func connectPostgres(ctx context.Context, cfg *pgxpool.Config, name string, log *slog.Logger) (*DB, error) {
	zstd, err := newCodec()
	if err != nil {
		return nil, err
	}
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, err
	}
	both := stdlib.OpenDBFromPool(pool)
	db := &DB{write: both, read: both, pool: pool, name: name, log: log, zstd: zstd}
	err = db.checkServer(ctx)
	if err == nil {
		err = db.migrate(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// checkServer makes sure of what our promises rest on.
func (db *DB) checkServer(ctx context.Context) error {
	var commit, standby string
	if err := db.write.QueryRowContext(ctx, `
		SELECT current_setting('synchronous_commit'), current_setting('transaction_read_only')`).Scan(&commit, &standby); err != nil {
		return err
	}
	switch {
	case commit == "off":
		return errors.New("synchronous_commit is off: a power loss could lose alerts that were recorded; turn it on")
	case standby == "on":
		return errors.New("it can only be read: is it a standby server?")
	}
	return nil
}

// hide takes a secret out of an error's words.
func hide(err error, secret string) error {
	if secret == "" || !strings.Contains(err.Error(), secret) {
		return err
	}
	return errors.New(strings.ReplaceAll(err.Error(), secret, "xxxxx"))
}
