package watch

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
	"github.com/riverqueue/river/rivertype"

	"github.com/storywatch/storywatch/storage"
)

// How the queue is run. A look may wait a minute for a site's crawl-delay and then take half a minute, which is why a job
// may take so long; a job whose process died is taken up again after rescueAfter and up to half a minute more.
const (
	pumpEvery    = time.Second
	jobTime      = 95 * time.Second
	rescueAfter  = 100 * time.Second
	softStop     = 3 * time.Second
	hardStop     = 5 * time.Second
	keepJobs     = time.Minute
	hostsAtOnce  = 32
	desksAtOnce  = 32
	hostsPerPump = 500

	visits     = "visit"
	deliveries = "deliver"
)

// A job wakes somebody up; what there is to do stands in the database. One for each host and each receiver at a time.
var unique = river.UniqueOpts{
	ByArgs: true,
	ByState: []rivertype.JobState{
		rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning, rivertype.JobStateRetryable, rivertype.JobStateScheduled,
	},
}

type visitArgs struct {
	Host string `json:"host"`
}

func (visitArgs) Kind() string { return "visit" }

func (visitArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{MaxAttempts: 1, Queue: visits, UniqueOpts: unique}
}

type deliverArgs struct {
	Receiver string `json:"receiver"`
}

func (deliverArgs) Kind() string { return "deliver" }

func (deliverArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{MaxAttempts: 1, Queue: deliveries, UniqueOpts: unique}
}

type queue = river.Client[*sql.Tx]

// openQueue makes the job queue on the watcher's database, its tables included.
func (w *Watcher) openQueue(ctx context.Context) (*queue, error) {
	driver := driverOf(w.db)
	log := slog.New(leveled{w.log.Handler(), slog.LevelWarn})
	migrator, err := rivermigrate.New(driver, &rivermigrate.Config{Logger: log})
	if err != nil {
		return nil, err
	}
	if _, err := migrator.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return nil, err
	}
	workers := river.NewWorkers()
	river.AddWorker(workers, river.WorkFunc(func(ctx context.Context, job *river.Job[visitArgs]) error {
		return w.done(ctx, w.visit(ctx, job.Args.Host))
	}))
	river.AddWorker(workers, river.WorkFunc(func(ctx context.Context, job *river.Job[deliverArgs]) error {
		return w.done(ctx, w.deliverer.Deliver(ctx, job.Args.Receiver))
	}))
	return river.NewClient(driver, &river.Config{
		Logger:                      log,
		Workers:                     workers,
		Queues:                      map[string]river.QueueConfig{visits: {MaxWorkers: hostsAtOnce}, deliveries: {MaxWorkers: desksAtOnce}},
		FetchCooldown:               20 * time.Millisecond,
		FetchPollInterval:           200 * time.Millisecond,
		JobTimeout:                  jobTime,
		RescueStuckJobsAfter:        rescueAfter,
		CompletedJobRetentionPeriod: keepJobs,
		CancelledJobRetentionPeriod: keepJobs,
		DiscardedJobRetentionPeriod: keepJobs,
		SoftStopTimeout:             softStop,
	})
}

func driverOf(db *storage.DB) riverdriver.Driver[*sql.Tx] {
	if db.Postgres() {
		return riverdatabasesql.NewWithPgxListener(db.SQL(), db.Pool())
	}
	return riversqlite.New(db.SQL())
}

// done logs what went wrong with a job. The job itself is over: what it left undone is still due, and wakes the next.
func (w *Watcher) done(ctx context.Context, err error) error {
	if err != nil && ctx.Err() == nil {
		w.log.Error("work", "err", err)
	}
	return nil
}

// Run works until the context ends, then finishes what is being written. The error is of starting, not of the work.
func (w *Watcher) Run(ctx context.Context) error {
	if err := w.sync(ctx); err != nil {
		return err
	}
	q, err := w.openQueue(ctx)
	if err != nil {
		return fmt.Errorf("open the job queue: %w", err)
	}
	if err := w.db.Reclaim(ctx); err != nil {
		return err
	}
	w.wake = func(ctx context.Context, receivers []string) { w.insert(ctx, q, nil, receivers) }
	if err := q.Start(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("start the job queue: %w", err)
	}
	w.pump(ctx, q)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), softStop+hardStop)
	defer cancel()
	if err := q.Stop(ctx); err != nil {
		w.log.Warn("work was cut off at the end; it is taken up at the next start", "err", err)
	}
	return nil
}

// pump asks each second what is due, and wakes who is to do it, until the context ends.
func (w *Watcher) pump(ctx context.Context, q *queue) {
	tick := time.NewTicker(pumpEvery)
	defer tick.Stop()
	for {
		hosts, err := w.db.DueHosts(ctx, w.now(), hostsPerPump)
		if err == nil {
			var receivers []string
			receivers, err = w.db.DueReceivers(ctx, w.now())
			w.insert(ctx, q, hosts, receivers)
		}
		if err != nil && ctx.Err() == nil {
			w.log.Error("look for due work; trying again", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// insert adds the jobs that are not there. One that cannot be added is added by a later pump.
func (w *Watcher) insert(ctx context.Context, q *queue, hosts, receivers []string) {
	var jobs []river.InsertManyParams
	for _, h := range hosts {
		jobs = append(jobs, river.InsertManyParams{Args: visitArgs{h}})
	}
	for _, r := range receivers {
		jobs = append(jobs, river.InsertManyParams{Args: deliverArgs{r}})
	}
	if len(jobs) == 0 {
		return
	}
	if _, err := q.InsertMany(ctx, jobs); err != nil && ctx.Err() == nil {
		w.log.Warn("wake up for due work; trying again", "err", err)
	}
}

// leveled drops records under a level: the queue's own life is not ours to tell.
type leveled struct {
	slog.Handler
	least slog.Level
}

func (l leveled) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= l.least && l.Handler.Enabled(ctx, level)
}

func (l leveled) WithAttrs(attrs []slog.Attr) slog.Handler {
	return leveled{l.Handler.WithAttrs(attrs), l.least}
}

func (l leveled) WithGroup(name string) slog.Handler {
	return leveled{l.Handler.WithGroup(name), l.least}
}
