package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/storywatch/storywatch/diff"
	"github.com/storywatch/storywatch/storage"
)

type storiesCommand struct {
	JSON bool `name:"json" help:"Write the list as JSON."`
}

// storyLine is a story in the JSON list.
type storyLine struct {
	storage.StoryInfo
	Title string `json:"title,omitempty"`
}

// Run lists the stories of the configuration, and those that the database knows beside them.
func (c *storiesCommand) Run(ctx context.Context, p *program) error {
	db, cfg, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer closing(db)
	known, err := db.Stories(ctx)
	if err != nil {
		return err
	}
	byName := map[string]storage.StoryInfo{}
	for _, s := range known {
		byName[s.Name] = s
	}
	lines := []storyLine{}
	for _, s := range cfg.Stories {
		info := byName[s.Name]
		info.Name = s.Name
		lines = append(lines, storyLine{info, s.Title})
		delete(byName, s.Name)
	}
	for _, s := range known {
		if _, left := byName[s.Name]; left {
			lines = append(lines, storyLine{s, "(not in the configuration any more)"})
		}
	}
	if c.JSON {
		return p.json(lines)
	}
	t := tabwriter.NewWriter(p.out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "STORY\tARTICLES\tVERSIONS\tDEVELOPMENTS\tLAST\tTITLE")
	for _, l := range lines {
		fmt.Fprintf(t, "%s\t%d\t%d\t%d\t%s\t%s\n", l.Name, l.Articles, l.Versions, l.Developments, stamp(l.Last, cfg.Timezone), l.Title)
	}
	return t.Flush()
}

type articlesCommand struct {
	Story  string `help:"Only articles of this story." placeholder:"NAME"`
	Source string `help:"Only articles of this source." placeholder:"NAME"`
	URL    string `help:"Only the article at this address." placeholder:"URL"`
	Limit  int    `default:"50" help:"At most so many, the latest first; 0 for all."`
	JSON   bool   `name:"json" help:"Write the list as JSON."`
}

// Run lists articles.
func (c *articlesCommand) Run(ctx context.Context, p *program) error {
	db, cfg, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer closing(db)
	list, err := db.Articles(ctx, storage.ArticleFilter{Story: c.Story, Source: c.Source, URL: c.URL, Limit: c.Limit})
	if err != nil {
		return err
	}
	if c.JSON {
		return p.json(append([]storage.ArticleInfo{}, list...))
	}
	t := tabwriter.NewWriter(p.out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "ARTICLE\tVERSIONS\tLAST\tSOURCE\tSTORIES\tTITLE")
	for _, a := range list {
		fmt.Fprintf(t, "%s\t%d\t%s\t%s\t%s\t%s\n", a.ID, a.Versions, stamp(a.Last, cfg.Timezone), a.Source, strings.Join(a.Stories, ","), a.Title)
	}
	return t.Flush()
}

type historyCommand struct {
	Article string `arg:"" help:"The article: its id (see \"storywatch articles\") or its address."`
	Full    bool   `help:"Show every change in full."`
	JSON    bool   `name:"json" help:"Write the versions as JSON."`
}

// Run shows every version of an article and what changed.
func (c *historyCommand) Run(ctx context.Context, p *program) error {
	db, cfg, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer closing(db)
	id := c.Article
	if strings.Contains(id, "://") {
		id = storage.ArticleID(id)
	}
	versions, err := db.Versions(ctx, id)
	if err == nil && len(versions) == 0 {
		err = storage.ErrNotFound
	}
	if errors.Is(err, storage.ErrNotFound) {
		return fmt.Errorf("no article %s is known; \"storywatch articles\" lists them", c.Article)
	}
	if err != nil {
		return err
	}
	if c.JSON {
		return p.json(versions)
	}
	p.printf("%s\n%s\n\n", versions[len(versions)-1].Article.Title, versions[0].PageURL)
	for _, v := range versions {
		if err := c.version(ctx, p, db, v.ID, v.SeenAt, cfg.Timezone); err != nil {
			return err
		}
	}
	return nil
}

func (c *historyCommand) version(ctx context.Context, p *program, db *storage.DB, id string, seen time.Time, zone *time.Location) error {
	reason, err := db.ReasonOf(ctx, id)
	if err != nil {
		return err
	}
	p.printf("%-22s %s  %s\n", id, stamp(seen, zone), reason)
	if !c.Full {
		return nil
	}
	change, err := db.ChangeOf(ctx, id)
	if err != nil || change.Empty() {
		return err
	}
	if err := diff.Plain(p.out, change); err != nil {
		return err
	}
	p.printf("\n")
	return nil
}
