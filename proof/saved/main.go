// Command saved runs the real storywatch for ten minutes on saved real pages.
//
// Three outlets on loopback serve pages of the shared folder's extraction archives under a feed and a listing, with clocks
// and advertisements that change at every look, and now and then an error, a wall or a missing page, as real ones do. One
// more page, in Arabic, tells of a planned tour only after a while. The run fails when the program ends by itself, logs an
// error, does not answer on its own pages, or does not tell of the tour exactly once; what it warns of is printed in groups
// for a person to judge.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"
)

// settings are what the command line says.
type settings struct {
	shared, binary, keep string
	span                 time.Duration
	pages                int
	archives             string
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "saved:", err)
		stop()
		os.Exit(1)
	}
}

func parse(args []string) (settings, error) {
	var s settings
	flags := flag.NewFlagSet("saved", flag.ContinueOnError)
	flags.StringVar(&s.shared, "shared", "../shared", "folder with data/extraction and data/seed")
	flags.StringVar(&s.binary, "binary", "", "storywatch to run; built from the tree when empty")
	flags.StringVar(&s.keep, "keep", "", "folder to keep configuration, database and log in; a temporary one when empty")
	flags.DurationVar(&s.span, "for", 10*time.Minute, "how long the program runs; at least four minutes for the tour to be told")
	flags.IntVar(&s.pages, "pages", 60, "saved pages to serve")
	flags.StringVar(&s.archives, "archives", "mlnews,fundus,naeb,zyte", "folders of data/extraction to take the pages from, in turn")
	return s, flags.Parse(args)
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
	saved, err := pages(ctx, s)
	if err != nil {
		return err
	}
	tour, err := seed(s.shared)
	if err != nil {
		return err
	}
	town, err := openTown(s.span, saved, tour)
	if err != nil {
		return err
	}
	defer town.close()
	if s.binary == "" {
		if s.binary, err = build(ctx, dir); err != nil {
			return err
		}
	}
	fmt.Printf("%d saved pages and the tour, for %s\n", len(saved), s.span)
	r, err := watch(ctx, s, dir, town)
	if err != nil {
		return err
	}
	return r.report(town)
}

// folder is where the run keeps its files, and what to do with them at the end.
func folder(keep string) (string, func(), error) {
	if keep == "" {
		dir, err := os.MkdirTemp("", "storywatch-saved-")
		return dir, func() { os.RemoveAll(dir) }, err
	}
	dir, err := filepath.Abs(keep)
	if err != nil {
		return "", nil, err
	}
	if _, err := os.Stat(filepath.Join(dir, database)); err == nil {
		return "", nil, fmt.Errorf("%s holds the database of an earlier run", dir)
	}
	return dir, func() {}, os.MkdirAll(dir, 0o755)
}

// build makes the program as it is released: without cgo.
func build(ctx context.Context, dir string) (string, error) {
	binary := filepath.Join(dir, "storywatch")
	cmd := exec.CommandContext(ctx, "go", "build", "-o", binary, "./cmd/storywatch")
	cmd.Env, cmd.Stderr = append(os.Environ(), "CGO_ENABLED=0"), os.Stderr
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("build storywatch: %w", err)
	}
	return binary, nil
}

// result is what is known at the end of a run.
type result struct {
	log       string // path
	metrics   string // the last answer of /metrics
	unanswer  []string
	verify    string
	verifyBad bool
}

// watch runs the program for the whole time, looks at its own pages now and then, ends it, and has it verify what it kept.
func watch(ctx context.Context, s settings, dir string, town *town) (*result, error) {
	listen, err := freeAddress()
	if err != nil {
		return nil, err
	}
	config := filepath.Join(dir, "storywatch.yml")
	if err := os.WriteFile(config, configuration(town, listen), 0o600); err != nil {
		return nil, err
	}
	log, err := os.Create(filepath.Join(dir, "storywatch.log"))
	if err != nil {
		return nil, err
	}
	defer log.Close()
	cmd := exec.Command(s.binary, "--config", config, "run")
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, log, log
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start storywatch: %w", err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	r := &result{log: log.Name()}
	if err := r.attend(ctx, "http://"+listen, s.span, ended); err != nil {
		cmd.Process.Kill()
		return nil, fmt.Errorf("%w\n%s", err, tail(log.Name(), 4000))
	}
	if err := end(cmd, ended); err != nil {
		return nil, fmt.Errorf("%w\n%s", err, tail(log.Name(), 4000))
	}
	check := exec.CommandContext(ctx, s.binary, "--config", config, "verify")
	check.Dir = dir
	out, err := check.CombinedOutput()
	r.verify, r.verifyBad = string(out), err != nil
	return r, nil
}

// attend waits out the time and asks the program's own pages every quarter of a minute. An error is the program's end.
func (r *result) attend(ctx context.Context, base string, span time.Duration, ended chan error) error {
	over := time.NewTimer(span)
	defer over.Stop()
	look := time.NewTicker(15 * time.Second)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case err := <-ended:
			ended <- nil // end waits for it too
			if err == nil {
				err = errors.New("exit status 0")
			}
			return fmt.Errorf("storywatch ended by itself: %w", err)
		case <-look.C:
			r.look(ctx, base)
		case <-over.C:
			r.look(ctx, base)
			return nil
		}
	}
}

// end asks the program to end, as systemd would, and expects it within ten seconds.
func end(cmd *exec.Cmd, ended chan error) error {
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	select {
	case err := <-ended:
		if err != nil {
			return fmt.Errorf("storywatch was asked to end: %w", err)
		}
		return nil
	case <-time.After(10 * time.Second):
		cmd.Process.Kill()
		return errors.New("storywatch did not end within 10 s of being asked to")
	}
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

// tail is the end of a file, for an error message.
func tail(name string, most int) string {
	text, err := os.ReadFile(name)
	if err != nil {
		return err.Error()
	}
	return string(text[max(0, len(text)-most):])
}
