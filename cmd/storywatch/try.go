package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/storywatch/storywatch/config"
	"github.com/storywatch/storywatch/crawler"
	"github.com/storywatch/storywatch/extract"
	"github.com/storywatch/storywatch/fetch"
	"github.com/storywatch/storywatch/story"
	"github.com/storywatch/storywatch/watch"
)

type tryCommand struct {
	Page   string `arg:"" help:"An address, a file, or - for standard input."`
	URL    string `help:"The address that a file is said to have." placeholder:"URL"`
	Source string `help:"Go by the settings of this source; else by those of one on the same host." placeholder:"NAME"`
	Blocks bool   `help:"Show every block of text of the page, and why it was kept or left out."`
	JSON   bool   `name:"json" help:"Write the answer as JSON."`
}

// tried is what try found.
type tried struct {
	URL     string          `json:"url,omitempty"`
	Kind    story.PageKind  `json:"kind"`
	Outcome story.Outcome   `json:"outcome"`
	Note    string          `json:"note,omitempty"`
	Article *story.Article  `json:"article,omitempty"`
	Stories []string        `json:"stories"` // those the article belongs to
	Links   []triedLink     `json:"links,omitempty"`
	Blocks  []extract.Piece `json:"blocks,omitempty"`
	source  string
	missing bool // there are no stories to match
}

type triedLink struct {
	URL   string    `json:"url"`
	Title string    `json:"title,omitempty"`
	At    time.Time `json:"at,omitzero"`
	May   bool      `json:"may_match"` // nothing that is known before reading speaks against it
}

// Run shows what would be read of a page and matched.
func (c *tryCommand) Run(ctx context.Context, p *program) error {
	cfg, err := p.loadIfThere()
	if err != nil {
		return err
	}
	src, err := c.source(cfg)
	if err != nil {
		return err
	}
	f, err := c.fetch(ctx, p, cfg, src)
	if err != nil {
		return err
	}
	found, err := c.judge(cfg, src, f)
	if err != nil {
		return err
	}
	if c.JSON {
		err = p.json(found)
	} else {
		found.print(p)
	}
	if err == nil && (found.Outcome != story.OutcomeVersion && found.Outcome != story.OutcomeListed) {
		err = errFound
	}
	return err
}

// source returns the settings to go by.
func (c *tryCommand) source(cfg *config.Config) (config.Source, error) {
	for _, s := range cfg.Sources {
		if c.Source == s.Name {
			return s, nil
		}
	}
	if c.Source != "" {
		return config.Source{}, fmt.Errorf("the configuration has no source %q", c.Source)
	}
	address := c.Page
	if c.URL != "" {
		address = c.URL
	}
	for _, s := range cfg.Sources {
		if s.URL == address {
			return s, nil
		}
	}
	for _, s := range cfg.Sources {
		if host := fetch.Host(address); host != "" && fetch.Host(s.URL) == host {
			s.Kind = "" // the page may be of another kind than the source
			return s, nil
		}
	}
	return config.Source{Name: "try"}, nil
}

// fetch gets the page from where it is.
func (c *tryCommand) fetch(ctx context.Context, p *program, cfg *config.Config, src config.Source) (story.Fetched, error) {
	if isAddress(c.Page) {
		return fetchPage(ctx, cfg, src, c.Page, p.logger("text", slog.LevelError))
	}
	body, err := p.read(c.Page)
	if err != nil {
		return story.Fetched{}, err
	}
	return story.Fetched{Page: story.Page{URL: c.URL, Kind: story.KindArticle}, URL: c.URL, At: time.Now(), Body: body}, nil
}

// judge reads the page, and matches what it tells or offers.
func (c *tryCommand) judge(cfg *config.Config, src config.Source, f story.Fetched) (*tried, error) {
	matchers, err := watch.Matchers(cfg.Stories, cfg.Timezone)
	if err != nil {
		return nil, err
	}
	t := &tried{URL: f.URL, Kind: f.Page.Kind, Outcome: f.Outcome, Note: f.Note, Stories: []string{}, source: src.Name, missing: len(matchers) == 0}
	for _, l := range f.Links {
		may := false
		for _, m := range matchers {
			may = may || m.MayMatch(l, src.Name)
		}
		t.Links = append(t.Links, triedLink{l.URL, l.Title, l.At, may})
	}
	if f.Outcome != "" {
		return t, nil
	}
	article, pieces, err := extract.Explain(f, extract.Selectors{Title: src.Article.Title, Body: src.Article.Body, Remove: src.Article.Remove})
	if c.Blocks {
		t.Blocks = pieces
	}
	var refused *extract.Error
	if errors.As(err, &refused) {
		t.Outcome, t.Note = refused.Outcome, refused.Reason
		return t, nil
	}
	t.Outcome, t.Article = story.OutcomeVersion, &article
	for _, m := range matchers {
		if m.Matches(story.Version{Source: src.Name, PageURL: f.Page.URL, Article: article}) {
			t.Stories = append(t.Stories, m.Name)
		}
	}
	return t, nil
}

// shownLinks is how many links are printed; --json has them all.
const shownLinks = 30

func (t *tried) print(p *program) {
	p.printf("outcome   %s\n", t.Outcome)
	if t.Note != "" {
		p.printf("          %s\n", t.Note)
	}
	if t.Kind != "" {
		p.printf("kind      %s\n", t.Kind)
	}
	if t.URL != "" {
		p.printf("address   %s\n", t.URL)
	}
	t.printArticle(p)
	for i, l := range t.Links {
		if i == shownLinks {
			p.printf("          … and %d more\n", len(t.Links)-i)
			break
		}
		mark := " "
		if l.May {
			mark = "*"
		}
		p.printf("%s %s  %s\n", mark, l.URL, l.Title)
	}
	if len(t.Links) > 0 && !t.missing {
		p.printf("(* would be read: nothing in title or address speaks against it)\n")
	}
	for _, b := range t.Blocks {
		mark := "-"
		if b.Kept {
			mark = "+"
		}
		p.printf("%s %-28s %s\n", mark, b.Reason, b.Text)
	}
}

func (t *tried) printArticle(p *program) {
	a := t.Article
	if a == nil {
		return
	}
	p.printf("title     %s\n", a.Title)
	for _, line := range []struct{ name, value string }{
		{"language", strings.TrimSpace(a.Lang + " " + a.Dir)}, {"authors", strings.Join(a.Authors, ", ")},
		{"published", instant(a.Published)}, {"modified", instant(a.Modified)}, {"section", a.Section}, {"canonical", a.Canonical},
	} {
		if line.value != "" {
			p.printf("%-9s %s\n", line.name, line.value)
		}
	}
	switch {
	case t.missing:
		p.printf("stories   none: there is no configuration with stories\n")
	case len(t.Stories) == 0:
		p.printf("stories   none matches\n")
	default:
		p.printf("stories   %s\n", strings.Join(t.Stories, ", "))
	}
	p.printf("\n")
	if a.Standfirst != "" {
		p.printf("%s\n\n", a.Standfirst)
	}
	for _, par := range a.Paragraphs {
		p.printf("%s\n\n", par.Text)
	}
}

func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

func isAddress(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}

// read reads a file, or standard input for -, as UTF-8.
func (p *program) read(name string) ([]byte, error) {
	var body []byte
	var err error
	if name == "-" {
		body, err = io.ReadAll(p.in)
	} else {
		body, err = os.ReadFile(name)
	}
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("there is no file %s; an address begins with http:// or https://", name)
	}
	if err != nil {
		return nil, err
	}
	return bytes.TrimSpace(fetch.Decode(body, "text/html").Body), nil
}

// fetchPage looks at one address through the gate.
func fetchPage(ctx context.Context, cfg *config.Config, src config.Source, address string, log *slog.Logger) (story.Fetched, error) {
	if u, err := url.Parse(address); err != nil || u.Host == "" {
		return story.Fetched{}, fmt.Errorf("%q is not an address", address)
	}
	page := story.Page{URL: address, Host: fetch.Host(address), Source: src.Name, Root: true, Kind: story.PageKind(src.Kind)}
	for f := range crawler.New(gate(cfg, log)).Visit(ctx, []story.Page{page}, map[string]config.Source{src.Name: src}) {
		return f, nil
	}
	return story.Fetched{}, context.Cause(ctx)
}
