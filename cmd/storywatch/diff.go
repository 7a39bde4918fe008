package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"

	"github.com/storywatch/storywatch/config"
	"github.com/storywatch/storywatch/diff"
	"github.com/storywatch/storywatch/extract"
	"github.com/storywatch/storywatch/storage"
	"github.com/storywatch/storywatch/text"
)

type diffCommand struct {
	A    string `arg:"" help:"The older: a version's id, an article's id (its latest version), a file of HTML or text, or an address."`
	B    string `arg:"" help:"The newer, likewise."`
	JSON bool   `name:"json" help:"Write the change as JSON."`
}

// Run shows what differs between two versions.
func (c *diffCommand) Run(ctx context.Context, p *program) error {
	older, err := p.paragraphs(ctx, c.A)
	if err != nil {
		return err
	}
	newer, err := p.paragraphs(ctx, c.B)
	if err != nil {
		return err
	}
	change := diff.Compare(older, newer)
	if c.JSON {
		return p.json(change)
	}
	if change.Empty() {
		p.printf("nothing differs\n")
		return nil
	}
	if err := diff.Plain(p.out, change); err != nil {
		return err
	}
	p.printf("%s\n", change.Summary())
	return nil
}

// paragraphs returns the text of a version, named in any of the ways that diff takes.
func (p *program) paragraphs(ctx context.Context, name string) ([]text.Paragraph, error) {
	if isAddress(name) {
		return p.paragraphsAt(ctx, name)
	}
	if _, err := os.Stat(name); err == nil || name == "-" {
		return p.paragraphsIn(name)
	}
	db, _, err := p.open(ctx)
	if err != nil {
		return nil, fmt.Errorf("%s is neither a file nor an address, and no version can be looked up: %w", name, err)
	}
	defer closing(db)
	find := db.Latest
	if strings.Contains(name, ".") {
		find = db.Version
	}
	v, err := find(ctx, name)
	if errors.Is(err, storage.ErrNotFound) {
		return nil, fmt.Errorf("%s is neither a file, an address nor a version; \"storywatch articles\" lists articles, \"storywatch history\" versions", name)
	}
	return v.Article.Text(), err
}

func (p *program) paragraphsAt(ctx context.Context, address string) ([]text.Paragraph, error) {
	cfg, err := p.loadIfThere()
	if err != nil {
		return nil, err
	}
	f, err := fetchPage(ctx, cfg, config.Source{Name: "diff", Kind: "article"}, address, p.logger("text", slog.LevelError))
	if err != nil {
		return nil, err
	}
	if f.Outcome != "" {
		return nil, fmt.Errorf("%s: %s: %s", address, f.Outcome, f.Note)
	}
	a, err := extract.Article(f, extract.Selectors{})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", address, err)
	}
	return a.Text(), nil
}

// paragraphsIn reads a file: HTML where it begins with a tag, else text with a paragraph a line.
func (p *program) paragraphsIn(name string) ([]text.Paragraph, error) {
	body, err := p.read(name)
	if err != nil {
		return nil, err
	}
	if bytes.HasPrefix(body, []byte("<")) {
		a, err := extract.FromHTML("", body, extract.Selectors{})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		return a.Text(), nil
	}
	var all []text.Paragraph
	for line := range strings.Lines(string(body)) {
		if s := text.Clean(line); s != "" {
			all = append(all, text.Paragraph{Text: s})
		}
	}
	return all, nil
}
