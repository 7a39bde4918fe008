package story

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"github.com/storywatch/storywatch/facts"
	"github.com/storywatch/storywatch/text"
)

// mostEvidence is how many sentences a development shows.
const mostEvidence = 10

// importance says what a kind of news is worth before its facts are weighed. Kinds that never alert have none.
var importance = map[Kind]float64{
	PlanChange: 0.85, PlannedEvent: 0.8, Reversal: 0.8, NumberChange: 0.75, Correction: 0.7, NewDevelopment: 0.65,
	Removal: 0.5, QuoteAdded: 0.5, HeadlineChange: 0.4,
}

// developments groups the findings of a version: one development for each kind of news, the headline with the sentences it
// stands over, so that an editor hears of an edit once and not of each of its sentences.
func (j *judge) developments() []Development {
	var groups [][]finding
	byKind := map[Kind]int{}
	corrects := slices.ContainsFunc(j.found, func(f finding) bool { return f.kinds[0] == Correction })
	for _, f := range j.found {
		kind := f.kinds[0]
		if corrects && (f.like != nil || kind == NumberChange) {
			kind = Correction // what the outlet has corrected
		}
		if i, ok := byKind[kind]; ok {
			groups[i] = append(groups[i], f)
			continue
		}
		byKind[kind] = len(groups)
		groups = append(groups, []finding{f})
	}
	groups = underHeadline(groups)
	groups = quotesJoin(groups)
	ds := make([]Development, 0, len(groups))
	for _, g := range groups {
		ds = append(ds, j.development(g))
	}
	if len(ds) > 0 && j.retitled() && !slices.Contains(ds[0].Kinds, HeadlineChange) {
		ds[0].Kinds = append(ds[0].Kinds, HeadlineChange)
	}
	return ds
}

// retitled reports whether the article has another headline than in the version before.
func (j *judge) retitled() bool {
	return j.before != nil && text.Key(j.before.version.Article.Title) != text.Key(j.version.Article.Title)
}

// underHeadline lets a changed headline that stands alone join the first of the groups that its page brings.
func underHeadline(groups [][]finding) [][]finding {
	if len(groups) < 2 {
		return groups
	}
	for i, g := range groups {
		onlyTitle := !slices.ContainsFunc(g, func(f finding) bool { return f.sentence.kind != text.Title })
		if !onlyTitle {
			continue
		}
		rest := slices.Delete(slices.Clone(groups), i, i+1)
		rest[0] = append(slices.Clone(g), rest[0]...)
		return rest
	}
	return groups
}

// quotesJoin lets new quotes go along with plain news of the same page.
func quotesJoin(groups [][]finding) [][]finding {
	quotes := slices.IndexFunc(groups, func(g []finding) bool { return g[0].kinds[0] == QuoteAdded })
	plain := slices.IndexFunc(groups, func(g []finding) bool { return g[0].kinds[0] == NewDevelopment })
	if quotes < 0 || plain < 0 {
		return groups
	}
	groups[plain] = append(groups[plain], groups[quotes]...)
	return slices.Delete(groups, quotes, quotes+1)
}

// development writes down one group.
func (j *judge) development(group []finding) Development {
	sorted := strongest(group)
	d := Development{
		Story: j.known.matcher.Name, Lang: sorted[0].lang, SeenAt: j.version.SeenAt, VersionID: j.version.ID, LastSeen: j.version.SeenAt,
		Sightings: 1, Sources: 1,
	}
	d.Kinds = kindsOfGroup(group)
	d.Kind = d.Kinds[0]
	for _, f := range sorted[:min(len(sorted), mostEvidence)] {
		d.Evidence = append(d.Evidence, Evidence{
			Text: f.text, Lang: f.lang, Dir: text.Direction(f.text), VersionID: j.version.ID, URL: j.version.Article.URL,
			Source: j.version.Source, Removed: f.gone,
		})
	}
	j.gather(&d, group)
	d.Headline = headline(j.version, sorted)
	d.Reason = reason(d, j)
	d.Confidence = confidence(sorted[0].score)
	d.Importance = weightOf(d)
	d.Alerts = true
	d.ID = developmentID(d, group)
	return d
}

// kindsOfGroup puts the kind that most defines the group first: what a body sentence says before what the headline is.
func kindsOfGroup(group []finding) []Kind {
	var kinds []Kind
	for _, f := range group {
		for _, k := range f.kinds {
			if !slices.Contains(kinds, k) {
				kinds = append(kinds, k)
			}
		}
	}
	slices.SortStableFunc(kinds, func(a, b Kind) int {
		return rank(a) - rank(b)
	})
	return kinds
}

// rank orders kinds from the one that says most about a development to the one that says least.
func rank(k Kind) int {
	return slices.Index([]Kind{Correction, PlanChange, Reversal, NumberChange, PlannedEvent, NewDevelopment, QuoteAdded, Removal, HeadlineChange}, k)
}

// gather collects who, where, when and the figures of a group.
func (j *judge) gather(d *Development, group []finding) {
	names, countries, days := map[string]bool{}, map[string]bool{}, map[string]int{}
	for _, f := range group {
		for _, term := range j.known.matcher.any {
			if term.pattern == nil && term.in(stems(f.text), f.text) && !names[facts.Skeleton(term.printed)] {
				names[facts.Skeleton(term.printed)] = true
				d.Who = append(d.Who, term.printed)
			}
		}
		for _, n := range f.facts.Names {
			if !names[n.Key] && !isPlace(f.facts, n) {
				names[n.Key] = true
				d.Who = append(d.Who, n.Text)
			}
		}
		for _, p := range f.facts.Places {
			if !countries[p.Country] {
				countries[p.Country] = true
				d.Where = append(d.Where, Place{Name: p.Text, Country: p.Country})
			}
		}
		for _, t := range f.facts.Times {
			d.When = addMoment(d.When, days, Moment{Text: t.Text, From: t.From, To: t.To, Part: t.Part}, t.Key)
		}
		for _, n := range figuresOf(f) {
			if !slices.ContainsFunc(d.Figures, func(o Figure) bool { return o.Value == n.Value && o.Role == n.Role }) {
				d.Figures = append(d.Figures, n)
			}
		}
	}
}

// addMoment keeps one moment a day, the one that names a part of the day where any does.
func addMoment(all []Moment, seen map[string]int, m Moment, key string) []Moment {
	if i, ok := seen[key]; ok {
		if all[i].Part == "" && m.Part != "" {
			all[i] = m
		}
		return all
	}
	seen[key] = len(all)
	return append(all, m)
}

func isPlace(f facts.Facts, n facts.Name) bool {
	return slices.ContainsFunc(f.Places, func(p facts.Place) bool { return p.Text == n.Text })
}

func figuresOf(f finding) []Figure {
	figures := slices.Clone(f.changed)
	for _, n := range f.facts.Figures {
		if !slices.ContainsFunc(figures, func(c Figure) bool { return c.Value == n.Value }) {
			figures = append(figures, Figure{Role: n.Role, Value: n.Value, Text: n.Text})
		}
	}
	return figures
}

// confidence maps a score, which starts at newsFrom, onto one half to one.
func confidence(score float64) float64 {
	return round(min(1, 0.5+0.5*(score-newsFrom)/(1-newsFrom)))
}

// weightOf is the importance of a kind, lifted by what a desk can act on.
func weightOf(d Development) float64 {
	w := importance[d.Kind]
	if len(d.Where) > 0 {
		w += 0.03
	}
	if len(d.When) > 0 {
		w += 0.03
	}
	for _, f := range d.Figures {
		if countedRoles[f.Role] {
			w += 0.05
			break
		}
	}
	return round(min(1, w))
}

func round(x float64) float64 { return float64(int(x*100+0.5)) / 100 }

// developmentID is made of what the development says and where, so that judging the same version again makes the same id.
func developmentID(d Development, group []finding) string {
	h := sha256.New()
	for _, part := range []string{d.Story, d.VersionID, string(d.Kind), group[0].key} {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	return "dev_" + hex.EncodeToString(h.Sum(nil))[:20]
}
