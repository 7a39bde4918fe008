package story

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/storywatch/storywatch/diff"
	"github.com/storywatch/storywatch/facts"
	"github.com/storywatch/storywatch/text"
)

// What a sentence must reach to be news, and what its parts weigh. Found on labelled histories by cross-validation over
// stories; docs/measurements.md has the scores.
const (
	newsFrom       = 0.55 // a sentence from this score on is news
	likeFrom       = 0.45 // a known sentence that covers this much tells the same thing
	titleWeight    = 0.9  // a headline over a body says less than a sentence
	quietWeight    = 0.5  // background, and fragments
	fragment       = 3    // words; less is none
	deedScore      = 0.58 // a sentence like known ones, but that it puts off, calls off or takes back
	deedCovered    = 0.4  // how much of it they cover
	figureScore    = 0.62 // a sentence like a known one but for a figure
	dayScore       = 0.58 // … but for a day
	namesScore     = 0.58 // … but for all its names
	noveltyPart    = 0.1  // what new words add to those two
	newFigureBonus = 0.08 // a figure that the story has not had, in a sentence unlike any
	newNameBonus   = 0.05 // … a name
	mostNewNames   = 3
	goneFrom       = 0.7 // a removed sentence that nothing in the new page covers by more than the rest is gone
	goneScore      = 0.56
	echoWeight     = 0.5  // a sentence whose facts are all known, in other words
	echoFacts      = 1.5  // how many facts that takes, where the words agree a little or cannot be compared
	echoOwn        = 1.0  // … in a later version of the same article
	echoWhole      = 2.0  // … in all of an article
	fewSentences   = 4    // up to so many, a story has hardly been told in a language
	echoCovered    = 0.2  // how much "a little" is
	echoNames      = 2    // new names from which a sentence of a known language is no echo
	echoOwnCovered = 0.35 // … there
	goneWords      = 8    // shorter sentences are removed for space
)

// Develop judges what a version means for a story: developments where something is newly known, sightings where it
// repeats what was told, and a verdict in words where there is nothing. change is what differs from the version of the same
// article before it; it is empty for a first version. known does not yet hold the version: Learn adds it afterwards.
func Develop(known *Memory, v Version, change diff.Change) News {
	news := News{Story: known.matcher.Name, Seq: known.Seq + 1}
	before := known.articles[v.ArticleID]
	if before != nil && !change.Empty() && change.Cosmetic() {
		news.Verdict = "the words are the same: only marks, spacing, spelling variants or the order changed"
		return news
	}
	j := judge{known: known, version: v, before: before, sightings: map[string]Sighting{}}
	j.readSentences(known.readingOf(v))
	if len(j.found) == 0 { // else what is gone made room for what is new
		j.readRemovals()
	}
	news.Score = j.score
	news.Developments = j.developments()
	news.Sightings = j.sighted()
	if len(news.Developments) == 0 {
		news.Verdict = j.verdict()
	}
	return news
}

// judge holds the judgement of one version.
type judge struct {
	known     *Memory
	version   Version
	before    *reading // of the same article, nil for its first version
	found     []finding
	whole     tally // of all its sentences
	sightings map[string]Sighting
	score     float64
	repeats   int
	asides    int
}

// finding is a sentence that is news.
type finding struct {
	sentence
	score   float64
	kinds   []Kind
	like    *sentence // the known sentence it is most like, nil when it is like none
	changed []Figure  // figures with what was known before
	gone    bool      // it was removed
}

func (j *judge) readSentences(r *reading) {
	hasBody := slices.ContainsFunc(r.sentences, func(s sentence) bool { return s.kind != text.Title })
	for _, s := range r.sentences {
		j.whole = j.whole.plus(j.known.factsOf(s))
	}
	for _, s := range r.sentences {
		if t := j.known.carriers[s.key]; t != nil {
			j.sight(t)
		}
		if _, known := j.known.byKey[s.key]; known {
			j.repeats++
			continue
		}
		if s.facts.Has(facts.Furniture, facts.NoComment) || s.facts.Content == 0 {
			j.asides++
			continue
		}
		f := j.weigh(s, hasBody)
		j.score = max(j.score, f.score)
		if f.score >= newsFrom {
			j.found = append(j.found, f)
		}
	}
}

// weigh scores one sentence that was never seen: how much of it nothing known covers, then what its facts say.
func (j *judge) weigh(s sentence, hasBody bool) finding {
	covered, best := j.known.cover(s.grams)
	novelty := 1 - covered
	f := finding{sentence: s, score: novelty}
	if s.kind == text.Title && hasBody {
		f.score *= titleWeight
	}
	if len(best) > 0 && best[0].share >= likeFrom {
		f.like = &j.known.sentences[best[0].index]
		j.compareFacts(&f, novelty)
	} else {
		f.score = min(1, f.score+j.bonus(s))
	}
	if covered >= deedCovered && j.isNewDeed(f, best) {
		f.score = max(f.score, deedScore+noveltyPart*novelty)
	}
	f.changed = append(f.changed, j.changedRoles(s)...)
	if s.facts.Has(facts.Background) || (s.facts.Words < fragment && !spaceless(s.lang)) {
		f.score *= quietWeight
	}
	if t := j.repeatByFacts(f, covered); t != nil {
		j.sight(t)
		j.repeats++
		f.score = 0
	} else if j.echoes(f, covered) {
		j.repeats++
		f.score *= echoWeight
	}
	f.kinds = j.kindsOf(f, novelty)
	return f
}

func spaceless(lang string) bool { return lang == "zh" || lang == "ja" }

// bonus is what a sentence gains that is like no known one, for a figure and for names that the story has not had: where
// sentences are made after one pattern, they are all that differs.
func (j *judge) bonus(s sentence) float64 {
	b := 0.0
	if len(j.unknownFigures(s)) > 0 {
		b = newFigureBonus
	}
	return b + newNameBonus*float64(min(j.newNames(s), mostNewNames))
}

// newNames counts the names of a sentence that the story has not had in that spelling.
func (j *judge) newNames(s sentence) int {
	fresh := 0
	for _, n := range s.facts.Names {
		if !j.known.spelled[text.Key(n.Text)] {
			fresh++
		}
	}
	return fresh
}

// isNewDeed reports whether a sentence puts something off, calls it off or takes it back, and the known sentences that are
// nearest to it don't.
func (j *judge) isNewDeed(f finding, nearest []nearest) bool {
	deed := deedKind(f.facts)
	if deed == "" || deed == PlannedEvent {
		return false
	}
	for _, n := range nearest {
		if deedKind(j.known.sentences[n.index].facts) == deed {
			return false
		}
	}
	return true
}

// compareFacts raises a sentence that is like a known one but states another figure or day.
func (j *judge) compareFacts(f *finding, novelty float64) {
	for _, n := range j.unknownFigures(f.sentence) {
		if !hasFigure(f.like.facts, n.Value) {
			f.score = max(f.score, figureScore+noveltyPart*novelty)
			f.kinds = append(f.kinds, NumberChange)
			f.changed = append(f.changed, changedFrom(n, f.like.facts))
			break
		}
	}
	if j.newNames(f.sentence) >= mostNewNames {
		f.score = max(f.score, namesScore+noveltyPart*novelty)
	}
	if len(f.like.facts.Times) == 0 {
		return
	}
	for _, t := range f.facts.Times {
		if !hasDay(f.like.facts, t.Key) {
			f.score = max(f.score, dayScore+noveltyPart*novelty)
			f.kinds = append(f.kinds, PlanChange)
			break
		}
	}
}

func (j *judge) unknownFigures(s sentence) []facts.Figure {
	var unknown []facts.Figure
	for _, n := range s.facts.Figures {
		if !j.known.knowsFigure(n) {
			unknown = append(unknown, n)
		}
	}
	return unknown
}

func hasFigure(f facts.Facts, value float64) bool {
	return slices.ContainsFunc(f.Figures, func(n facts.Figure) bool { return n.Value == value })
}

func hasDay(f facts.Facts, key string) bool {
	return slices.ContainsFunc(f.Times, func(t facts.Time) bool { return t.Key == key })
}

// changedFrom pairs a figure with the one of the same role in the sentence it is like.
func changedFrom(n facts.Figure, like facts.Facts) Figure {
	f := Figure{Role: n.Role, Value: n.Value, Text: n.Text}
	for _, old := range like.Figures {
		if old.Role == n.Role || n.Role == "" {
			f.Old = &old.Value
			if f.Role == "" {
				f.Role = old.Role
			}
			break
		}
	}
	return f
}

// countedRoles are those whose figure, once changed, is a development wherever it stands.
var countedRoles = map[string]bool{"killed": true, "injured": true, "missing": true, "arrested": true, "displaced": true, "rescued": true}

// changedRoles finds figures of a counted role that the story knew with other values only, in whatever words. In an article
// that had none, the first one is a change too: "two dead" where nobody was.
func (j *judge) changedRoles(s sentence) []Figure {
	var changed []Figure
	for _, n := range s.facts.Figures {
		values := j.known.roles[n.Role]
		switch {
		case !countedRoles[n.Role] || values[n.Value]:
			continue
		case len(values) == 0 && j.before == nil:
			continue
		case len(values) == 0:
			changed = append(changed, Figure{Role: n.Role, Value: n.Value, Text: n.Text})
			continue
		}
		old := 0.0
		for v := range values {
			old = max(old, v)
		}
		changed = append(changed, Figure{Role: n.Role, Value: n.Value, Old: &old, Text: n.Text})
	}
	return changed
}

// repeatByFacts returns the development that a sentence tells again in other words: the same kind of news whose countries
// and days it shares without adding any. Within a language the words must agree a little too.
func (j *judge) repeatByFacts(f finding, covered float64) *told {
	kind := deedKind(f.facts)
	if kind == "" || len(j.unknownFigures(f.sentence)) > 0 {
		return nil
	}
	for _, t := range j.known.told {
		if t.Kind != kind && !(kind == PlannedEvent && slices.Contains(t.Kinds, kind)) {
			continue
		}
		sameLanguage := t.Lang == f.lang
		if sameLanguage && covered < likeFrom {
			continue
		}
		if shared, added := t.overlap(f.facts); shared > 0 && added == 0 {
			return t
		}
	}
	return nil
}

// tally weighs the facts of a text that the story knows, and counts those it does not.
type tally struct {
	weight       float64
	known, fresh int
}

func (t tally) plus(o tally) tally {
	return tally{t.weight + o.weight, t.known + o.known, t.fresh + o.fresh}
}

// echoes reports whether a sentence says in other words what the story knows: it states several facts, and none that is
// new. Where the story has hardly been told in its language, only the facts can be compared. The first version of an
// article none of whose facts is new echoes as a whole: it is another outlet's report of the same.
func (j *judge) echoes(f finding, covered float64) bool {
	if len(j.known.sentences) == 0 || f.facts.Has(facts.Postpone, facts.Cancel, facts.Adjust, facts.Reverse, facts.Deny, facts.Correct) {
		return false
	}
	own := j.known.factsOf(f.sentence)
	foreign := j.known.langs[f.lang] < fewSentences
	switch {
	case own.fresh > 0, !foreign && j.newNames(f.sentence) >= echoNames:
		return false
	case j.before == nil && j.whole.fresh == 0 && j.whole.weight >= echoWhole:
		return true
	case foreign && j.before == nil && j.whole.fresh == 0 && j.whole.known >= 2:
		return true
	case foreign:
		return own.weight >= echoFacts || (own.weight >= 1 && j.whole.weight >= echoWhole)
	case j.before != nil:
		return own.weight >= echoOwn && covered >= echoOwnCovered
	}
	return own.weight >= echoFacts && covered >= echoCovered
}

// factsOf holds the facts of a sentence against what the story knows. A figure with its role and a full name tell most, a
// day or country less.
func (m *Memory) factsOf(s sentence) tally {
	var t tally
	add := func(known bool, weight float64) {
		if known {
			t.known++
			t.weight += weight
		} else {
			t.fresh++
		}
	}
	for _, n := range s.facts.Figures {
		if n.Role != "" && m.roles[n.Role][n.Value] {
			add(true, 1)
		} else {
			add(m.knowsFigure(n), 0.5)
		}
	}
	for _, d := range s.facts.Times {
		add(m.knowsDay(d), 0.5)
	}
	for _, c := range s.facts.Countries() {
		add(m.countries[c], 0.5)
	}
	for _, n := range s.facts.Names {
		if strings.Contains(n.Key, " ") && m.names[n.Key] { // an unknown name may be no name
			add(true, 1)
		}
	}
	return t
}

// overlap counts the countries and days that a sentence shares with a development, and those it adds.
func (t *told) overlap(f facts.Facts) (shared, added int) {
	for _, c := range f.Countries() {
		if t.countries[c] {
			shared++
		} else {
			added++
		}
	}
	for _, d := range f.Times {
		if t.days[d.Key] || (!d.From.IsZero() && t.days[dateOf(d)]) {
			shared++
		} else {
			added++
		}
	}
	return shared, added
}

// deedKind says whether a sentence is about a plan, moves one, or takes something back.
func deedKind(f facts.Facts) Kind {
	switch {
	case f.Has(facts.Postpone, facts.Cancel):
		return PlanChange
	case f.Has(facts.Reverse):
		return Reversal
	case f.Has(facts.Plan):
		return PlannedEvent
	}
	return ""
}

// kindsOf names what kind of news a sentence is, the most telling first.
func (j *judge) kindsOf(f finding, novelty float64) []Kind {
	var kinds []Kind
	add := func(k Kind, when bool) {
		if when && !slices.Contains(kinds, k) {
			kinds = append(kinds, k)
		}
	}
	add(Correction, f.facts.Has(facts.Correct))
	add(PlanChange, f.facts.Has(facts.Postpone, facts.Cancel) || (f.facts.Has(facts.Adjust) && (len(f.facts.Times) > 0 || f.like != nil)))
	add(Reversal, f.facts.Has(facts.Reverse) || (f.facts.Has(facts.Deny) && (f.like != nil || j.before != nil)))
	add(NumberChange, len(f.changed) > 0 || slices.Contains(f.kinds, NumberChange))
	add(PlanChange, slices.Contains(f.kinds, PlanChange) && f.facts.Has(facts.Plan))
	add(PlannedEvent, j.isPlan(f) && !slices.Contains(kinds, PlanChange))
	add(QuoteAdded, len(f.facts.Quoted) > 0)
	add(HeadlineChange, f.kind == text.Title && j.before != nil && novelty > 0.25)
	add(NewDevelopment, novelty > 0.5 || len(kinds) == 0)
	return kinds
}

// isPlan reports whether a sentence tells of something that is meant to happen, and says where or when: on or after the day
// of the article.
func (j *judge) isPlan(f finding) bool {
	if !f.facts.Has(facts.Plan) {
		return false
	}
	if len(f.facts.Times) == 0 {
		return len(f.facts.Places) > 0
	}
	from := writtenAt(j.version).Add(-24 * time.Hour)
	return slices.ContainsFunc(f.facts.Times, func(t facts.Time) bool { return t.From.IsZero() || t.To.After(from) })
}

// readRemovals looks for sentences of the version before that stand nowhere in the new one.
func (j *judge) readRemovals() {
	if j.before == nil {
		return
	}
	page := NewMemory(j.known.matcher)
	now := j.known.readingOf(j.version)
	for _, s := range now.sentences {
		page.add(s)
	}
	for _, s := range j.before.sentences {
		if now.keys[s.key] || s.kind == text.Title || s.facts.Words < goneWords || s.facts.Has(facts.Furniture) || s.facts.Has(facts.Background) {
			continue
		}
		if covered, _ := page.cover(s.grams); 1-covered > goneFrom {
			j.found = append(j.found, finding{sentence: s, score: goneScore, kinds: []Kind{Removal}, gone: true})
			j.score = max(j.score, goneScore)
		}
	}
}

func (j *judge) sight(t *told) {
	j.sightings[t.ID] = Sighting{
		DevelopmentID: t.ID, VersionID: j.version.ID, Source: j.version.Source, URL: j.version.PageURL, SeenAt: j.version.SeenAt,
	}
}

// sighted returns the sightings in the order of the developments they confirm. The article that first carried a
// development does not confirm it by still saying so.
func (j *judge) sighted() []Sighting {
	var all []Sighting
	for _, t := range j.known.told {
		s, ok := j.sightings[t.ID]
		if ok && !strings.HasPrefix(t.VersionID, j.version.ArticleID+".") {
			all = append(all, s)
		}
	}
	return all
}

func (j *judge) verdict() string {
	switch {
	case len(j.sightings) > 0:
		return "it repeats what the story already told"
	case j.repeats > 0 && j.score == 0:
		return "every sentence was seen before in this story"
	case j.asides > 0 && j.score == 0:
		return "what is new belongs to the page, not to the story"
	}
	return "what is new in it says too little to be a development"
}

// strongest sorts findings so that the most telling comes first; the order on the page decides between equals.
func strongest(fs []finding) []finding {
	sorted := slices.Clone(fs)
	slices.SortStableFunc(sorted, func(a, b finding) int { return cmp.Compare(b.score, a.score) })
	return sorted
}
