// Command storywatch follows news stories: see the README.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/storywatch/storywatch/config"
)

// The exit codes; the README has them too.
const (
	exitGood   = 0 // done, and nothing is wrong
	exitFailed = 1 // it failed, or found what it was asked to look for
	exitUsage  = 2 // the command line is wrong
)

// errFound ends a command that has already said what it found.
var errFound = errors.New("found")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	go func() {
		<-ctx.Done()
		stop() // a second signal ends the program at once
	}()
	os.Exit(run(ctx, os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr}, os.LookupEnv))
}

// streams are where a command reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// run runs one command line and returns the exit code.
func run(ctx context.Context, args []string, io streams, getenv func(string) (string, bool)) int {
	var line commandLine
	code := -1
	parser, err := kong.New(&line,
		kong.Name("storywatch"),
		kong.Description("Follows news stories and tells you when something new is known."),
		kong.Writers(io.out, io.err),
		kong.Exit(func(c int) { code = c }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true}),
		kong.Vars{"version": version()},
		kong.BindTo(ctx, (*context.Context)(nil)),
	)
	if err != nil {
		fmt.Fprintln(io.err, "storywatch:", err)
		return exitFailed
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	parsed, err := parser.Parse(args)
	if code >= 0 { // --help or --version has been answered
		return code
	}
	if err != nil {
		fmt.Fprintf(io.err, "storywatch: %v%s\n\"storywatch --help\" lists commands, \"storywatch COMMAND --help\" flags\n", err, meant(err, args))
		return exitUsage
	}
	err = parsed.Run(&program{streams: io, getenv: getenv, config: line.Config, named: line.named(getenv)})
	switch {
	case err == nil:
		return exitGood
	case errors.Is(err, errFound):
	case errors.Is(err, context.Canceled) && ctx.Err() != nil:
		fmt.Fprintln(io.err, "storywatch: interrupted")
	default:
		fmt.Fprintf(io.err, "storywatch: %v\n", err)
	}
	return exitFailed
}

// meant suggests a command of a group that has a default one, where the parser takes a mistyped command for an argument.
func meant(err error, args []string) string {
	var wrong *kong.ParseError
	if !errors.As(err, &wrong) || strings.Contains(err.Error(), "did you mean") {
		return ""
	}
	group := wrong.Context.Selected()
	if group != nil && group.Parent != nil && len(group.Parent.Children) > 1 && group.Parent.DefaultCmd == group {
		group = group.Parent
	}
	if group == nil {
		return ""
	}
	var known []string
	for _, command := range group.Children {
		known = append(known, command.Name)
	}
	for _, word := range args {
		if guess := config.Nearest(word, known); guess != "" && guess != word {
			return fmt.Sprintf("; did you mean %q?", guess)
		}
	}
	return ""
}
