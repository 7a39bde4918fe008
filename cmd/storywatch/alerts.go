package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/storywatch/storywatch/storage"
	"github.com/storywatch/storywatch/story"
)

type alertsCommand struct {
	List   alertsListCommand   `cmd:"" default:"withargs" help:"List alerts, the latest first."`
	Show   alertsShowCommand   `cmd:"" help:"Show one alert: what was sent, and every try."`
	Resend alertsResendCommand `cmd:"" help:"Send alerts again, under the same ids."`
}

// alertFilter narrows a list of alerts.
type alertFilter struct {
	Story    string        `help:"Only alerts of this story." placeholder:"NAME"`
	Source   string        `help:"Only alerts of this source." placeholder:"NAME"`
	Receiver string        `help:"Only alerts to this receiver." placeholder:"NAME"`
	State    string        `enum:",pending,delivered,dead" default:"" help:"Only alerts with a delivery in this state: pending, delivered or dead."`
	Since    time.Duration `help:"Only alerts of this last while, as 90m or 24h." placeholder:"TIME"`
}

func (f alertFilter) filter(limit int) storage.AlertFilter {
	filter := storage.AlertFilter{Story: f.Story, Source: f.Source, Receiver: f.Receiver, State: story.DeliveryState(f.State), Limit: limit}
	if f.Since > 0 {
		filter.Since = time.Now().Add(-f.Since)
	}
	return filter
}

func (f alertFilter) empty() bool { return f == alertFilter{} }

type alertsListCommand struct {
	alertFilter
	Limit int  `default:"50" help:"At most so many; 0 for all."`
	JSON  bool `name:"json" help:"Write the list as JSON."`
}

// Run lists alerts.
func (c *alertsListCommand) Run(ctx context.Context, p *program) error {
	db, cfg, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer closing(db)
	list, err := db.Alerts(ctx, c.filter(c.Limit))
	if err != nil {
		return err
	}
	if c.JSON {
		return p.json(append([]storage.AlertInfo{}, list...))
	}
	t := tabwriter.NewWriter(p.out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "ALERT\tTIME\tTYPE\tSTORY\tDELIVERIES\tHEADLINE")
	for _, a := range list {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\n", a.Alert.ID, stamp(a.Alert.CreatedAt, cfg.Timezone), a.Alert.Type, a.Alert.Story,
			states(a.Deliveries), headlineOf(a.Alert))
	}
	return t.Flush()
}

func states(deliveries []story.Delivery) string {
	var all []string
	for _, d := range deliveries {
		all = append(all, d.Receiver+": "+string(d.State))
	}
	return strings.Join(all, ", ")
}

// headlineOf is the line by which a person knows an alert.
func headlineOf(a story.Alert) string {
	var data struct {
		Development struct{ Headline string }
		Article     struct{ Title string }
		Source      struct{ Note string }
	}
	if json.Unmarshal(a.Data, &data) != nil {
		return ""
	}
	for _, line := range []string{data.Development.Headline, data.Article.Title, data.Source.Note} {
		if line != "" {
			return line
		}
	}
	return a.Source
}

type alertsShowCommand struct {
	ID   string `arg:"" help:"The alert's id."`
	JSON bool   `name:"json" help:"Write the alert as JSON."`
}

// shownAlert is an alert as JSON, its data as they were sent rather than as bytes.
type shownAlert struct {
	ID         string           `json:"id"`
	Type       string           `json:"type"`
	Story      string           `json:"story,omitempty"`
	Source     string           `json:"source,omitempty"`
	Created    time.Time        `json:"created"`
	Data       json.RawMessage  `json:"data"`
	Deliveries []story.Delivery `json:"deliveries"`
}

// Run shows one alert.
func (c *alertsShowCommand) Run(ctx context.Context, p *program) error {
	db, cfg, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer closing(db)
	a, err := db.Alert(ctx, c.ID)
	if errors.Is(err, storage.ErrNotFound) {
		return fmt.Errorf("no alert %s is known; \"storywatch alerts\" lists them", c.ID)
	}
	if err != nil {
		return err
	}
	shown := shownAlert{a.Alert.ID, a.Alert.Type, a.Alert.Story, a.Alert.Source, a.Alert.CreatedAt, a.Alert.Data, a.Deliveries}
	if c.JSON {
		return p.json(shown)
	}
	p.printf("%s  %s  %s\n\n", shown.ID, shown.Type, stamp(shown.Created, cfg.Timezone))
	if err := p.json(shown.Data); err != nil {
		return err
	}
	for _, d := range a.Deliveries {
		p.printf("\n%s: %s, number %d, webhook-id %s\n", d.Receiver, d.State, d.Seq, d.ID)
		for _, try := range d.Attempts {
			p.printf("  %s  status %d  %v  %s\n", stamp(try.At, cfg.Timezone), try.Status, try.Took, try.Error)
		}
		if d.State == story.DeliveryPending {
			p.printf("  next try %s\n", stamp(d.Due, cfg.Timezone))
		}
	}
	return nil
}

type alertsResendCommand struct {
	ID []string `arg:"" optional:"" help:"The ids of the alerts."`
	alertFilter
}

// Run makes the deliveries of alerts due again. The daemon, or the next crawl, sends them.
func (c *alertsResendCommand) Run(ctx context.Context, p *program) error {
	if len(c.ID) == 0 && c.empty() {
		return errors.New("name the alerts to send again by id, or by --story, --source, --receiver, --state or --since")
	}
	db, _, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer closing(db)
	ids := c.ID
	if !c.empty() {
		list, err := db.Alerts(ctx, c.filter(0))
		if err != nil {
			return err
		}
		for _, a := range list {
			ids = append(ids, a.Alert.ID)
		}
	}
	n := 0
	if len(ids) > 0 {
		if n, err = db.Resend(ctx, time.Now(), ids...); errors.Is(err, storage.ErrNotFound) {
			return fmt.Errorf("%w; \"storywatch alerts\" lists the alerts there are", err)
		} else if err != nil {
			return err
		}
	}
	p.printf("%s due again; the daemon (or \"storywatch crawl\") sends them\n", plural(n, "delivery"))
	return nil
}
