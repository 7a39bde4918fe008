// Command kill ends the real storywatch hard, again and again, and counts what was lost.
//
// It plays the world around one program: several news outlets on loopback whose pages change whenever they have been
// read, and a receiver that checks every signature and keeps every id and body. Each change adds one sentence with a number
// of its own. At the end the program's own commands say what it has stored, and that is compared with what the receiver
// heard: every stored change was told, under one id, with one body, and nothing was told that is not stored.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"
)

// settings are what the command line says.
type settings struct {
	binary, keep   string
	kills          int
	span           time.Duration
	seed           uint64
	outlets, pages int
	pace           time.Duration
	early          float64
	quiet          time.Duration
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "kill:", err)
		stop()
		os.Exit(1)
	}
}

func parse(args []string) (settings, error) {
	var s settings
	flags := flag.NewFlagSet("kill", flag.ContinueOnError)
	flags.StringVar(&s.binary, "binary", "", "storywatch to run; built from the tree when empty")
	flags.StringVar(&s.keep, "keep", "", "folder to keep configuration, database and log in; a temporary one when empty")
	flags.IntVar(&s.kills, "kills", 100, "how often the program is ended with SIGKILL")
	flags.DurationVar(&s.span, "for", time.Minute, "the time over which the kills are spread; slow starts make it longer")
	flags.Uint64Var(&s.seed, "seed", 1, "seed of all that is drawn: sentences, moments of the kills")
	flags.IntVar(&s.outlets, "outlets", 8, "news outlets, each on a port of its own")
	flags.IntVar(&s.pages, "pages", 3, "pages of each outlet")
	flags.DurationVar(&s.pace, "pace", 300*time.Millisecond, "least time between two changes of a page")
	flags.Float64Var(&s.early, "early", 0.1, "share of lives that end while the program is still starting")
	flags.DurationVar(&s.quiet, "quiet", 2*time.Minute, "most time to wait at the end until all is told")
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
	press, err := openPress(s)
	if err != nil {
		return err
	}
	defer press.close()
	desk, err := openDesk(s.seed)
	if err != nil {
		return err
	}
	defer desk.close()
	p, err := newProgram(ctx, s.binary, dir, configuration(press, desk))
	if err != nil {
		return err
	}
	defer p.close()

	took, err := lives(ctx, s, p, press, desk)
	if err != nil {
		return err
	}
	if err := settle(ctx, s, p, press, desk); err != nil {
		return err
	}
	return check(ctx, s, p, press, desk, took)
}

// folder is where the run keeps its files, and what to do with them at the end.
func folder(keep string) (string, func(), error) {
	if keep == "" {
		dir, err := os.MkdirTemp("", "storywatch-kill-")
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

// lives starts the program and ends it hard, as often as asked.
func lives(ctx context.Context, s settings, p *program, press *press, desk *desk) (time.Duration, error) {
	draw := rand.New(rand.NewPCG(s.seed, 1))
	began := time.Now()
	for n := 1; n <= s.kills; n++ {
		if err := p.start(); err != nil {
			return 0, err
		}
		if err := live(ctx, s, draw, p, press, began.Add(s.span*time.Duration(n)/time.Duration(s.kills))); err != nil {
			return 0, fmt.Errorf("life %d: %w", n, err)
		}
		if err := p.kill(); err != nil {
			return 0, fmt.Errorf("life %d: %w", n, err)
		}
		if n%10 == 0 {
			fmt.Printf("%3d kills in %3.0f s: %d changes published, %d fetches, %d deliveries\n",
				n, time.Since(began).Seconds(), press.published(), press.fetches(), desk.count())
		}
	}
	return time.Since(began), nil
}

// live returns when a life has been long enough: somewhere in its start, or once the program has read several pages and
// a random time after that, around the moment when this kill is due.
func live(ctx context.Context, s settings, draw *rand.Rand, p *program, press *press, due time.Time) error {
	if draw.Float64() < s.early {
		return p.wait(ctx, time.Duration(draw.Int64N(int64(200*time.Millisecond))))
	}
	enough := press.fetches() + 3 + draw.IntN(10)
	for limit := time.Now().Add(20 * time.Second); press.fetches() < enough; {
		if time.Now().After(limit) {
			return errors.New("the program has read next to nothing for 20 s")
		}
		if err := p.wait(ctx, 5*time.Millisecond); err != nil {
			return err
		}
	}
	slack := max(time.Until(due), 20*time.Millisecond)
	return p.wait(ctx, time.Duration(draw.Int64N(int64(2*slack))))
}

// settle lets the outlets rest and the program live, until it has read the last state of every page, has nothing more to
// tell, and ends when it is asked to.
func settle(ctx context.Context, s settings, p *program, press *press, desk *desk) error {
	press.rest()
	if err := p.start(); err != nil {
		return err
	}
	limit, heard, since := time.Now().Add(s.quiet), desk.count(), time.Now()
	for {
		if err := p.wait(ctx, 100*time.Millisecond); err != nil {
			return fmt.Errorf("last life: %w", err)
		}
		if n := desk.count(); n != heard {
			heard, since = n, time.Now()
		}
		if press.read() && time.Since(since) > 5*time.Second {
			return p.stop()
		}
		if time.Now().After(limit) {
			fmt.Printf("not quiet after %s\n", s.quiet)
			return p.stop()
		}
	}
}
