package web

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/storywatch/storywatch/story"
)

// development is one development as a card, the same on the front page and in a story's timeline.
type development struct {
	ID         string
	Label      label
	Also       []label // what else it is
	Baseline   bool    // known when watching began
	Headline   fragment
	Dir        string // of the card: that of the headline, so that its parts begin where its text does
	Who        []string
	Where      []place
	When       []moment
	Figures    []figure
	Reason     string
	Confidence string
	Evidence   []evidence
	First      stamp
	Last       stamp // of several sightings
	Repeated   bool  // seen more than once
	Sightings  string
	Seen       []sighting // each of them, where the page lists them
	Version    string     // path of the version it was first seen in
}

type place struct{ Name, Country string }

type moment struct {
	Text string
	Date stamp // the days it means, empty when not known
}

type figure struct{ Text, Role, Old string }

type evidence struct {
	fragment
	Removed bool
	Source  string
	Link    link
	Version string
}

type sighting struct {
	Source  string
	Link    link
	Seen    stamp
	Version string
}

// development turns a stored development into a card.
func (f frame) development(d story.Development) development {
	dir := "auto"
	if len(d.Evidence) > 0 {
		dir = dirOf(d.Evidence[0].Dir) // the headline is in the words of the article that the evidence is from
	}
	card := development{
		ID: "d-" + shown(d.ID), Label: labelOf(d.Kind), Baseline: !d.Alerts && !quiet(d.Kind),
		Headline: newFragment(d.Headline, d.Lang, dir), Dir: dir, Who: shownAll(d.Who), Reason: shown(d.Reason),
		Confidence: percent(d.Confidence), First: f.stamp(d.SeenAt), Sightings: sightingWords(d.Sources, d.Sightings),
		Version: versionPath(d.VersionID),
	}
	if card.Repeated = d.Sightings > 1; card.Repeated && d.LastSeen.After(d.SeenAt) {
		card.Last = f.stamp(d.LastSeen)
	}
	for _, k := range d.Kinds {
		if k != d.Kind {
			card.Also = append(card.Also, labelOf(k))
		}
	}
	for _, p := range d.Where {
		card.Where = append(card.Where, place{shown(p.Name), shown(p.Country)})
	}
	for _, m := range d.When {
		card.When = append(card.When, f.moment(m))
	}
	for _, n := range d.Figures {
		card.Figures = append(card.Figures, newFigure(n))
	}
	for _, e := range d.Evidence {
		card.Evidence = append(card.Evidence, evidence{
			fragment: newFragment(e.Text, e.Lang, e.Dir), Removed: e.Removed, Source: shown(e.Source),
			Link: newLink(e.URL), Version: versionPath(e.VersionID),
		})
	}
	return card
}

// sightings lists where a development was seen.
func (f frame) sightings(all []story.Sighting) []sighting {
	var list []sighting
	for _, s := range all {
		list = append(list, sighting{shown(s.Source), newLink(s.URL), f.stamp(s.SeenAt), versionPath(s.VersionID)})
	}
	return list
}

// sightingWords says how well confirmed a development is. Several sightings in one source confirm nothing.
func sightingWords(sources, sightings int) string {
	switch {
	case sources > 1:
		return fmt.Sprintf("Confirmed by %d sources", sources)
	case sightings > 1:
		return fmt.Sprintf("Seen %d times in one source", sightings)
	}
	return "Seen in one source so far"
}

// moment says which days a time means, beside the words of the article.
func (f frame) moment(m story.Moment) moment {
	out := moment{Text: shown(m.Text)}
	if m.From.IsZero() {
		return out
	}
	from := m.From.In(f.settings.Zone)
	last := from
	if m.To.After(m.From) {
		last = m.To.In(f.settings.Zone).Add(-time.Nanosecond) // To is exclusive
	}
	out.Date = stamp{ISO: from.Format(time.RFC3339), Text: from.Format("Mon 2 Jan 2006")}
	switch {
	case last.Format(time.DateOnly) != from.Format(time.DateOnly) && last.Sub(from) > 24*time.Hour:
		out.Date.Text += " – " + last.Format("Mon 2 Jan 2006")
	case m.Part != "":
		out.Date.Text += ", " + shown(m.Part)
	case last.Sub(from) <= time.Minute: // an instant rather than a day
		out.Date.Text += ", " + from.Format("15:04")
	}
	return out
}

func newFigure(n story.Figure) figure {
	out := figure{Text: shown(n.Text), Role: strings.ReplaceAll(shown(n.Role), "_", " ")}
	if n.Old != nil {
		out.Old = strconv.FormatFloat(*n.Old, 'f', -1, 64)
	}
	return out
}

func percent(x float64) string {
	if math.IsNaN(x) || x <= 0 {
		return ""
	}
	return fmt.Sprintf("%.0f %%", math.Min(x, 1)*100)
}
