// Command replay runs the real storywatch as a black box over recorded histories and scores what it alerted.
//
// The histories are served as a news site on loopback by tools/revisions/replay.py of the shared folder, which also takes
// the webhooks. For every step of the histories the program crawls once. What the site was told is then scored by
// evalrev.py beside it, and held against floors: the exit code is 1 when one is not reached.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"
)

// database is the file the program keeps what it knows in.
const database = "replay.db"

// settings are what the command line says.
type settings struct {
	shared, binary, python, keep string
	all                          bool
	floorF1                      float64
	noise                        int
	tour                         bool
	crawl                        time.Duration
	files                        []string
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "replay:", err)
		stop()
		os.Exit(1)
	}
}

func parse(args []string) (settings, error) {
	var s settings
	flags := flag.NewFlagSet("replay", flag.ContinueOnError)
	flags.StringVar(&s.shared, "shared", "../shared", "folder with tools/revisions and data/revisions")
	flags.StringVar(&s.binary, "binary", "", "storywatch to run; built from the tree when empty")
	flags.StringVar(&s.python, "python", "python3", "Python 3 to run the site and the scoring with")
	flags.StringVar(&s.keep, "keep", "", "folder to keep configuration, database, log and predictions in; a temporary one when empty")
	flags.BoolVar(&s.all, "all", false, "replay every history of the folder, not only the synthetic and Arabic ones")
	flags.Float64Var(&s.floorF1, "f1", 0.85, "least F1 over all transitions")
	flags.IntVar(&s.noise, "noise", 0, "most alerts for cosmetic and noise transitions")
	flags.BoolVar(&s.tour, "tour", true, "require the planned tour and its postponement to be alerted")
	flags.DurationVar(&s.crawl, "crawl", 5*time.Minute, "most time for one crawl")
	if err := flags.Parse(args); err != nil {
		return s, err
	}
	var err error
	s.files, err = histories(s, flags.Args())
	return s, err
}

// histories are the files to replay: those named, or the usual ones of the shared folder.
func histories(s settings, named []string) ([]string, error) {
	if len(named) > 0 {
		return named, nil
	}
	patterns := []string{"synthetic*.jsonl", "ar_shafaq_*.jsonl"}
	if s.all {
		patterns = []string{"*.jsonl"}
	}
	var files []string
	for _, pattern := range patterns {
		found, err := filepath.Glob(filepath.Join(s.shared, "data", "revisions", pattern))
		if err != nil {
			return nil, err
		}
		files = append(files, found...)
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("no histories under %s: name the folder with -shared", s.shared)
	}
	return files, nil
}

func run(ctx context.Context, args []string) error {
	s, err := parse(args)
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	if err != nil {
		return err
	}
	dir, done, err := folder(s.keep)
	if err != nil {
		return err
	}
	defer done()
	if s.binary == "" {
		if s.binary, err = build(ctx, dir); err != nil {
			return err
		}
	}
	site, err := serve(ctx, s)
	if err != nil {
		return err
	}
	defer site.stop()
	if err := walk(ctx, s, site, dir); err != nil {
		return err
	}
	return score(ctx, s, site, dir)
}

// folder is where the run keeps its files, and what to do with them at the end.
func folder(keep string) (string, func(), error) {
	if keep != "" {
		dir, err := filepath.Abs(keep)
		if err != nil {
			return "", nil, err
		}
		// What an earlier run left would be remembered as known.
		old, _ := filepath.Glob(filepath.Join(dir, database+"*"))
		for _, name := range old {
			if err := os.Remove(name); err != nil {
				return "", nil, err
			}
		}
		return dir, func() {}, os.MkdirAll(dir, 0o755)
	}
	dir, err := os.MkdirTemp("", "storywatch-replay-")
	return dir, func() { os.RemoveAll(dir) }, err
}

// build makes the program as it is released: without cgo.
func build(ctx context.Context, dir string) (string, error) {
	binary := filepath.Join(dir, "storywatch")
	cmd := exec.CommandContext(ctx, "go", "build", "-o", binary, "./cmd/storywatch")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("build storywatch: %w", err)
	}
	return binary, nil
}

// walk crawls once at the first state of every history and once after each step, until no history moves.
func walk(ctx context.Context, s settings, site *site, dir string) error {
	stories, err := site.index(ctx)
	if err != nil {
		return err
	}
	config := filepath.Join(dir, "storywatch.yml")
	if err := os.WriteFile(config, configuration(site.base, stories), 0o600); err != nil {
		return err
	}
	log, err := os.Create(filepath.Join(dir, "storywatch.log"))
	if err != nil {
		return err
	}
	defer log.Close()
	fmt.Printf("%d histories, %d pages, %s\n", len(stories), pages(stories), s.binary)
	began := time.Now()
	for step := 0; ; step++ {
		took, err := crawl(ctx, s, dir, config, log)
		if err != nil {
			return fmt.Errorf("step %d: %w", step, err)
		}
		moved, err := site.step(ctx)
		if err != nil {
			return err
		}
		fmt.Printf("step %2d: crawled in %4.1f s; %d histories move on\n", step, took.Seconds(), moved)
		if moved == 0 {
			fmt.Printf("%d crawls in %.0f s\n", step+1, time.Since(began).Seconds())
			return nil
		}
	}
}

// crawl runs one pass of the program and waits for it: whatever it has to deliver is delivered when it exits.
func crawl(ctx context.Context, s settings, dir, config string, log *os.File) (time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, s.crawl)
	defer cancel()
	cmd := exec.CommandContext(ctx, s.binary, "--config", config, "crawl")
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, log, log
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 10 * time.Second
	began := time.Now()
	if err := cmd.Run(); err != nil {
		return 0, fmt.Errorf("storywatch crawl: %w\n%s", err, tail(log.Name(), 2000))
	}
	return time.Since(began), nil
}

// tail is the end of a file, for an error message.
func tail(name string, most int) string {
	text, err := os.ReadFile(name)
	if err != nil {
		return err.Error()
	}
	return string(text[max(0, len(text)-most):])
}
