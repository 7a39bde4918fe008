package alert

import (
	"math"
	"slices"
	"time"

	"github.com/storywatch/storywatch/diff"
	"github.com/storywatch/storywatch/story"
)

// payload is what an alert says under "data", but for seq, which differs by receiver. Instants are texts here, so that one
// out of the years of RFC 3339 is left out instead of spoiling the whole.
type payload struct {
	Alert       string           `json:"alert"`
	Story       *storyPart       `json:"story,omitempty"`
	Stories     []string         `json:"stories,omitempty"`
	Development *developmentPart `json:"development,omitempty"`
	Article     *articlePart     `json:"article,omitempty"`
	Change      *changePart      `json:"change,omitempty"`
	Sightings   *sightingsPart   `json:"sightings,omitempty"`
	Source      *sourcePart      `json:"source,omitempty"`
	Truncated   bool             `json:"truncated,omitempty"`
	More        string           `json:"more,omitempty"`
}

type storyPart struct {
	Name  string `json:"name"`
	Title string `json:"title,omitempty"`
	URL   string `json:"url,omitempty"`
}

type developmentPart struct {
	ID         string         `json:"id"`
	Kind       story.Kind     `json:"kind"`
	Kinds      []story.Kind   `json:"kinds"`
	Headline   string         `json:"headline"`
	Lang       string         `json:"lang,omitempty"`
	Dir        string         `json:"dir,omitempty"`
	Importance float64        `json:"importance"`
	Confidence float64        `json:"confidence"`
	Reason     string         `json:"reason"`
	Who        []string       `json:"who,omitempty"`
	Where      []story.Place  `json:"where,omitempty"`
	When       []momentPart   `json:"when,omitempty"`
	Figures    []story.Figure `json:"figures,omitempty"`
	Evidence   []evidencePart `json:"evidence"`
	URL        string         `json:"url,omitempty"`
}

type momentPart struct {
	Text string `json:"text"`
	From string `json:"from,omitempty"`
	To   string `json:"to,omitempty"`
	Part string `json:"part,omitempty"`
}

type evidencePart struct {
	Text    string `json:"text"`
	Lang    string `json:"lang,omitempty"`
	Dir     string `json:"dir,omitempty"`
	Removed bool   `json:"removed,omitempty"`
	Source  string `json:"source"`
	Version string `json:"version"`
	URL     string `json:"url,omitempty"`
}

type articlePart struct {
	URL       string `json:"url,omitempty"`
	Title     string `json:"title"`
	Source    string `json:"source"`
	Version   string `json:"version"`
	Number    int    `json:"number"`
	Published string `json:"published,omitempty"`
	Seen      string `json:"seen,omitempty"`
	Lang      string `json:"lang,omitempty"`
	Dir       string `json:"dir,omitempty"`
}

type changePart struct {
	Sentences []sentencePart `json:"sentences"`
	URL       string         `json:"url,omitempty"`
}

type sentencePart struct {
	Op     diff.Op `json:"op"`
	Before string  `json:"before,omitempty"`
	After  string  `json:"after,omitempty"`
}

type sightingsPart struct {
	Count   int    `json:"count"`
	Sources int    `json:"sources"`
	First   string `json:"first,omitempty"`
	Last    string `json:"last,omitempty"`
}

type sourcePart struct {
	Name     string        `json:"name"`
	URL      string        `json:"url,omitempty"`
	Outcome  story.Outcome `json:"outcome,omitempty"`
	Note     string        `json:"note,omitempty"`
	Failures int           `json:"failures"`
	LastGood string        `json:"last_good,omitempty"`
}

func developmentAlert(d story.Development, about Context) (story.Alert, error) {
	created := d.SeenAt
	if created.IsZero() {
		created = about.Version.SeenAt
	}
	a := story.Alert{
		ID: idOf(developmentType(d), d.ID), Type: developmentType(d), Story: d.Story, DevelopmentID: d.ID,
		Source: about.Version.Source, CreatedAt: wholeMilliseconds(created),
	}
	data, err := fit(a, func(r *room) payload { return developmentPayload(d, about, r) })
	a.Data = data
	return a, err
}

func developmentPayload(d story.Development, about Context, r *room) payload {
	v := about.Version
	p := payload{
		Story:       &storyPart{Name: r.text(d.Story), Title: r.text(about.StoryTitle), URL: r.url(about.Links.story(d.Story))},
		Development: writeDevelopment(d, about, r),
		Article:     writeArticle(v, r),
		Change:      writeChange(about.Change, r),
		Sightings:   writeSightings(d),
		More:        r.url(about.Links.version(v)),
	}
	if p.Change != nil {
		p.Change.URL = p.More
	}
	return p
}

func writeDevelopment(d story.Development, about Context, r *room) *developmentPart {
	part := &developmentPart{
		ID: d.ID, Kind: d.Kind, Kinds: kindsOf(d), Headline: r.text(d.Headline), Lang: r.text(d.Lang), Dir: direction(about.Version.Article.Dir),
		Importance: share(d.Importance), Confidence: share(d.Confidence), Reason: r.text(d.Reason), Evidence: []evidencePart{},
		URL: r.url(about.Links.development(d)),
	}
	if len(d.Evidence) > 0 && direction(d.Evidence[0].Dir) != "" {
		part.Dir = d.Evidence[0].Dir // the headline is in the words of the article that the evidence is from
	}
	for _, who := range first(r, d.Who, r.items) {
		part.Who = append(part.Who, r.text(who))
	}
	for _, p := range first(r, d.Where, r.items) {
		part.Where = append(part.Where, story.Place{Name: r.text(p.Name), Country: r.text(p.Country)})
	}
	for _, m := range first(r, d.When, r.items) {
		part.When = append(part.When, momentPart{Text: r.text(m.Text), From: instant(m.From), To: instant(m.To), Part: r.text(m.Part)})
	}
	for _, f := range first(r, d.Figures, r.items) {
		if f, ok := writeFigure(f, r); ok {
			part.Figures = append(part.Figures, f)
		}
	}
	for _, e := range first(r, d.Evidence, r.sentences) {
		part.Evidence = append(part.Evidence, evidencePart{
			Text: r.sentence(e.Text), Lang: r.text(e.Lang), Dir: direction(e.Dir), Removed: e.Removed, Source: r.text(e.Source), Version: e.VersionID,
			URL: r.url(e.URL),
		})
	}
	return part
}

// writeFigure leaves out what JSON cannot say: infinities and NaN.
func writeFigure(f story.Figure, r *room) (story.Figure, bool) {
	if !finite(f.Value) {
		return f, false
	}
	if f.Old != nil && !finite(*f.Old) {
		f.Old = nil
	}
	f.Role, f.Text = r.text(f.Role), r.text(f.Text)
	return f, true
}

func writeArticle(v story.Version, r *room) *articlePart {
	a := v.Article
	return &articlePart{
		URL: r.url(a.URL), Title: r.text(a.Title), Source: r.text(v.Source), Version: v.ID, Number: v.Number,
		Published: instant(a.Published), Seen: instant(v.SeenAt), Lang: r.text(a.Lang), Dir: direction(a.Dir),
	}
}

// writeChange lists the sentences that differ, in the order of the newer version. What only moved, or looks different and
// says the same, is left to the page that shows the whole change.
func writeChange(c diff.Change, r *room) *changePart {
	var told []diff.Edit
	for _, paragraph := range c.Edits {
		edits := []diff.Edit{paragraph}
		if len(paragraph.Sentences) > 0 {
			edits = paragraph.Sentences
		}
		told = append(told, slices.DeleteFunc(slices.Clone(edits), saysNothing)...)
	}
	if len(told) == 0 {
		return nil
	}
	part := &changePart{}
	for _, e := range first(r, told, r.sentences) {
		part.Sentences = append(part.Sentences, sentencePart{Op: e.Op, Before: r.sentence(e.Before), After: r.sentence(e.After)})
	}
	return part
}

func saysNothing(e diff.Edit) bool {
	switch e.Op {
	case diff.Added:
		return clean(e.After) == ""
	case diff.Removed:
		return clean(e.Before) == ""
	case diff.Reworded:
		return clean(e.Before) == "" || clean(e.After) == ""
	}
	return true
}

func writeSightings(d story.Development) *sightingsPart {
	part := &sightingsPart{Count: max(1, d.Sightings), Sources: max(1, d.Sources), First: instant(d.SeenAt), Last: instant(d.LastSeen)}
	if part.Last == "" {
		part.Last = part.First
	}
	return part
}

func eventAlert(e Event) (story.Alert, error) {
	a := story.Alert{
		ID: idOf(e.Type, e.Page.Source, e.Page.URL, instant(e.At)), Type: e.Type, Source: e.Page.Source,
		CreatedAt: wholeMilliseconds(e.At),
	}
	if len(e.Stories) > 0 {
		a.Story = e.Stories[0]
	}
	data, err := fit(a, func(r *room) payload { return eventPayload(e, r) })
	a.Data = data
	return a, err
}

func eventPayload(e Event, r *room) payload {
	p := payload{
		Source: &sourcePart{
			Name: r.text(e.Page.Source), URL: r.url(e.Page.URL), Outcome: e.Page.Outcome, Note: r.text(e.Page.Note),
			Failures: e.Page.Failures, LastGood: instant(e.Page.Good),
		},
		More: r.url(e.Links.front()),
	}
	for _, name := range first(r, e.Stories, r.items) {
		p.Stories = append(p.Stories, r.text(name))
	}
	if e.Version != nil {
		p.Article, p.More = writeArticle(*e.Version, r), r.url(e.Links.version(*e.Version))
	}
	return p
}

// instant writes a time as RFC 3339 in UTC with milliseconds, and one that has no such form as nothing.
func instant(t time.Time) string {
	t = t.UTC()
	if t.IsZero() || t.Year() < 1 || t.Year() > 9999 {
		return ""
	}
	return t.Format(instantForm)
}

const instantForm = "2006-01-02T15:04:05.000Z"

// wholeMilliseconds is a time as the database will give it back, so that a body is the same before and after.
func wholeMilliseconds(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }

// direction is a writing direction, or nothing where it is neither of the two.
func direction(s string) string {
	if s == "rtl" || s == "ltr" {
		return s
	}
	return ""
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// share holds a number between 0 and 1; NaN is 0.
func share(x float64) float64 {
	if math.IsNaN(x) {
		return 0
	}
	return min(1, max(0, x))
}
