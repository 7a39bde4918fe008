package main

import (
	"context"
	"fmt"
	"os"

	"github.com/storywatch/storywatch/extract"
	"github.com/storywatch/storywatch/fetch"
	"github.com/storywatch/storywatch/watch"
)

type replayCommand struct {
	File []string `arg:"" help:"Files of recorded histories, one JSON object a line; - for standard input."`
}

// Run judges recorded histories as the daemon would, and writes a prediction a line.
func (c *replayCommand) Run(ctx context.Context, p *program) error {
	for _, name := range c.File {
		if err := c.replay(ctx, p, name); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func (c *replayCommand) replay(ctx context.Context, p *program, name string) error {
	if name == "-" {
		return watch.Replay(ctx, p.in, p.out)
	}
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	return watch.Replay(ctx, file, p.out)
}

type extractCommand struct{}

// Run reads pages as JSON lines and answers each with its article, at once.
func (c *extractCommand) Run(ctx context.Context, p *program) error {
	return extract.Lines(ctx, p.in, p.out, func(body []byte, contentType string) []byte { return fetch.Decode(body, contentType).Body })
}
