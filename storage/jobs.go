package storage

import (
	"context"
	"fmt"
)

// Reclaim puts jobs that a killed process left marked as running back into the queue, which must have its tables. It does
// so on SQLite only, where Lock says that nobody else is at work; on PostgreSQL the jobs may be another node's.
func (db *DB) Reclaim(ctx context.Context) error {
	if db.Postgres() {
		return nil
	}
	if _, err := db.write.ExecContext(ctx, `UPDATE river_job SET state = 'available' WHERE state = 'running'`); err != nil {
		return fmt.Errorf("reclaim jobs: %w", err)
	}
	return nil
}
