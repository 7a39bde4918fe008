package main

import (
	"runtime/debug"

	"github.com/alecthomas/kong"
)

const defaultConfig = "storywatch.yml"

// commandLine is everything a person may type.
type commandLine struct {
	Config  string           `short:"c" env:"STORYWATCH_CONFIG" default:"storywatch.yml" placeholder:"FILE" help:"The configuration (${default})."`
	Version kong.VersionFlag `help:"Print the version."`

	Run      runCommand      `cmd:"" help:"The daemon: schedule, crawl, judge, deliver, pages."`
	Demo     demoCommand     `cmd:"" help:"The whole thing on a local news site that publishes a story in stages."`
	Init     initCommand     `cmd:"" help:"Write a configuration to begin with."`
	Check    checkCommand    `cmd:"" help:"Say everything that is wrong with the configuration."`
	Try      tryCommand      `cmd:"" help:"What would be read of a page and matched; stores nothing."`
	Crawl    crawlCommand    `cmd:"" help:"One pass now over all sources and followed articles."`
	Diff     diffCommand     `cmd:"" help:"What differs between two versions, files or addresses."`
	Replay   replayCommand   `cmd:"" help:"Recorded histories through the same judgement, as JSON lines."`
	Extract  extractCommand  `cmd:"" help:"Pages as JSON lines in, articles as JSON lines out."`
	Stories  storiesCommand  `cmd:"" help:"The stories, and what is known of them."`
	Articles articlesCommand `cmd:"" help:"The articles that have been read."`
	History  historyCommand  `cmd:"" help:"Every version of an article, and what changed."`
	Alerts   alertsCommand   `cmd:"" help:"The alerts: list, show, send again."`
	Verify   verifyCommand   `cmd:"" help:"Walk the hash chain of every article."`
	Health   healthCommand   `cmd:"" help:"Ask the running daemon whether it is well."`
}

// named reports whether the person has named the configuration, so that it must be there.
func (l commandLine) named(getenv func(string) (string, bool)) bool {
	_, byVariable := getenv("STORYWATCH_CONFIG")
	return byVariable || l.Config != defaultConfig
}

// version is that of the module, or the commit it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return "devel-" + s.Value[:12]
		}
	}
	return "devel"
}
