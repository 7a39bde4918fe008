package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/storywatch/storywatch/config"
	"github.com/storywatch/storywatch/watch"
)

type initCommand struct {
	File string `arg:"" optional:"" help:"Where to write it (storywatch.yml)."`
}

// Run writes a configuration to begin with, never over another.
func (c *initCommand) Run(p *program) error {
	path := c.File
	if path == "" {
		path = p.config
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already and was left as it is; name another file", path)
	}
	if err != nil {
		return err
	}
	_, err = file.Write(config.Starter())
	if err := errors.Join(err, file.Close()); err != nil {
		return err
	}
	p.printf("wrote %s: name your stories and sources there, then\n  storywatch --config %[1]s check\n  storywatch --config %[1]s run\n", path)
	return nil
}

type checkCommand struct {
	File string `arg:"" optional:"" help:"The configuration to check."`
	JSON bool   `name:"json" help:"Write the answer as JSON."`
}

// checked is the answer of check as JSON.
type checked struct {
	File      string           `json:"file"`
	Good      bool             `json:"good"`
	Problems  []config.Problem `json:"problems"`
	Stories   int              `json:"stories"`
	Sources   int              `json:"sources"`
	Receivers int              `json:"receivers"`
}

// Run says everything that is wrong with the configuration, or when each source is looked at next.
func (c *checkCommand) Run(p *program) error {
	if c.File != "" {
		p.config = c.File
	}
	cfg, err := config.Load(p.config, p.getenv)
	if err == nil {
		_, err = watch.Matchers(cfg.Stories, cfg.Timezone)
	}
	var wrong *config.Errors
	switch {
	case errors.As(err, &wrong) && c.JSON:
		if err := p.json(checked{File: p.config, Problems: wrong.Problems}); err != nil {
			return err
		}
		return errFound
	case errors.As(err, &wrong):
		fmt.Fprintln(p.err, err)
		return errFound
	case err != nil:
		_, err := p.load()
		return err
	case c.JSON:
		return p.json(checked{
			File: p.config, Good: true, Problems: []config.Problem{}, Stories: len(cfg.Stories), Sources: len(cfg.Sources), Receivers: len(cfg.Receivers),
		})
	}
	p.printf("%s is good: %s, %s, %s\n", p.config, plural(len(cfg.Stories), "story"), plural(len(cfg.Sources), "source"),
		plural(len(cfg.Receivers), "receiver"))
	for _, s := range cfg.Sources {
		p.printf("  %-20s %-20s next %s\n", s.Name, s.Schedule, s.Schedule.Next(time.Now()).Format("Mon 2006-01-02 15:04 MST"))
	}
	return nil
}
