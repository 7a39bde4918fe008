package story

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/storywatch/storywatch/facts"
	"github.com/storywatch/storywatch/text"
)

// gramLength is the length of the character runs by which sentences are compared; text.KeyGrams shortens it for Han and kana.
const gramLength = 4

// Memory is everything seen so far of one story, over all sources, versions and languages. It is rebuilt from the versions
// the story has learned, so nothing of it is stored.
type Memory struct {
	Seq int64 // place of the last version learned

	matcher   *Matcher
	sentences []sentence
	byKey     map[string]int
	frequency map[uint64]int     // in how many sentences a gram stands
	postings  map[uint64][]int32 // in which
	figures   map[float64]bool
	loose     map[float64]bool // figures that were read without a counted role
	roles     map[string]map[float64]bool
	days      map[string]bool // by key, and by date
	countries map[string]bool
	names     map[string]bool
	spelled   map[string]bool // names as they are written, folded
	langs     map[string]int
	articles  map[string]*reading // last reading of each article
	told      []*told
	carriers  map[string]*told // sentence key → the development it is evidence of
	read      *reading         // of the version judged last, which is learned next

	// Room for cover, used again by each call.
	shares  []float64 // by sentence; zero between calls
	touched []int32
}

// told is a development with the facts of its evidence.
type told struct {
	Development
	countries map[string]bool
	days      map[string]bool
	names     map[string]bool
}

// sentence is one sentence of a version with what is needed to compare it.
type sentence struct {
	text  string
	key   string
	grams []uint64
	facts facts.Facts
	lang  string
	kind  string // of its paragraph
}

// reading is a version read sentence by sentence.
type reading struct {
	version   Version
	sentences []sentence
	keys      map[string]bool
}

// NewMemory returns the memory of a story that nothing is known of yet.
func NewMemory(m *Matcher) *Memory {
	return &Memory{
		matcher: m, byKey: map[string]int{}, frequency: map[uint64]int{}, postings: map[uint64][]int32{},
		figures: map[float64]bool{}, loose: map[float64]bool{}, roles: map[string]map[float64]bool{}, days: map[string]bool{}, countries: map[string]bool{},
		names: map[string]bool{}, spelled: map[string]bool{}, langs: map[string]int{}, articles: map[string]*reading{}, carriers: map[string]*told{},
	}
}

// Learn adds a version at its place in the story's order.
func (m *Memory) Learn(seq int64, v Version) {
	r := m.readingOf(v)
	m.Seq = seq
	m.articles[v.ArticleID] = r
	for _, s := range r.sentences {
		m.add(s)
	}
	m.read = nil
}

// Know adds developments that were told before, so that repeats confirm them. Those it knows it leaves alone.
func (m *Memory) Know(ds ...Development) {
	for _, d := range ds {
		if slices.ContainsFunc(m.told, func(t *told) bool { return t.ID == d.ID }) {
			continue
		}
		t := &told{Development: d, countries: map[string]bool{}, days: map[string]bool{}, names: map[string]bool{}}
		for _, p := range d.Where {
			t.countries[p.Country] = true
		}
		for _, e := range d.Evidence {
			f := facts.Find(e.Text, e.Lang, d.SeenAt.In(m.matcher.Zone))
			for _, c := range f.Countries() {
				t.countries[c] = true
			}
			for _, day := range f.Times {
				t.days[day.Key] = true
				if !day.From.IsZero() {
					t.days[dateOf(day)] = true
				}
			}
			for _, n := range f.Names {
				t.names[n.Key] = true
			}
			m.carriers[text.Key(e.Text)] = t
		}
		m.told = append(m.told, t)
	}
}

func (m *Memory) add(s sentence) {
	if s.key == "" {
		return
	}
	if _, known := m.byKey[s.key]; known {
		return
	}
	index := int32(len(m.sentences))
	m.byKey[s.key] = int(index)
	m.sentences = append(m.sentences, s)
	m.langs[s.lang]++
	for _, g := range s.grams {
		m.frequency[g]++
		m.postings[g] = append(m.postings[g], index)
	}
	for _, f := range s.facts.Figures {
		m.figures[f.Value] = true
		if !countedRoles[f.Role] {
			m.loose[f.Value] = true
		}
		if f.Role != "" {
			if m.roles[f.Role] == nil {
				m.roles[f.Role] = map[float64]bool{}
			}
			m.roles[f.Role][f.Value] = true
		}
	}
	for _, t := range s.facts.Times {
		m.days[t.Key] = true
		if !t.From.IsZero() {
			m.days[dateOf(t)] = true
		}
	}
	for _, c := range s.facts.Countries() {
		m.countries[c] = true
	}
	for _, n := range s.facts.Names {
		m.names[n.Key] = true
		m.spelled[text.Key(n.Text)] = true
	}
}

// dateOf writes the date of a time: two mentions of a day may name it differently.
func dateOf(t facts.Time) string { return t.From.Format("2006-01-02") }

// knowsFigure reports whether the story has had a number. One that counted the injured does not make the same number of dead
// known; one whose role was not read may be anything.
func (m *Memory) knowsFigure(n facts.Figure) bool {
	if !m.figures[n.Value] || !countedRoles[n.Role] || m.roles[n.Role][n.Value] {
		return m.figures[n.Value]
	}
	return m.loose[n.Value]
}

// knowsDay reports whether the story has named a day before, by that name or another.
func (m *Memory) knowsDay(t facts.Time) bool {
	return m.days[t.Key] || (!t.From.IsZero() && m.days[dateOf(t)])
}

// readingOf reads a version, once for judging and learning it.
func (m *Memory) readingOf(v Version) *reading {
	if m.read == nil || m.read.version.ID != v.ID || m.read.version.Hash != v.Hash {
		m.read = read(v, m.matcher.Zone)
	}
	return m.read
}

func read(v Version, zone *time.Location) *reading {
	r := &reading{version: v, keys: map[string]bool{}}
	at := writtenAt(v).In(zone)
	for _, p := range v.Article.Text() {
		for _, printed := range text.Sentences(p.Text) {
			key := text.Key(printed)
			if key == "" || r.keys[key] {
				continue
			}
			r.keys[key] = true
			lang := text.Language(printed, v.Article.Lang)
			r.sentences = append(r.sentences, sentence{
				text: printed, key: key, grams: text.KeyGrams(key, gramLength), facts: facts.Find(printed, lang, at), lang: lang, kind: p.Kind,
			})
		}
	}
	return r
}

// writtenAt is the day that "Tuesday" and "tomorrow" are counted from.
func writtenAt(v Version) time.Time {
	if at := v.Article.Published; !at.IsZero() {
		return at
	}
	return v.SeenAt
}

// weight says how telling a gram is: the rarer in the story, the more (inverse document frequency, Spärck Jones 1972).
func (m *Memory) weight(g uint64) float64 {
	return math.Log(1 + (float64(len(m.sentences))+1)/(0.5+float64(m.frequency[g])))
}

// nearest is a known sentence and how much of the asked sentence it covers.
type nearest struct {
	index int
	share float64
}

// compare puts the one that covers more first, of equals the one that was said first.
func (n nearest) compare(other nearest) int {
	return cmp.Or(cmp.Compare(other.share, n.share), cmp.Compare(n.index, other.index))
}

// cover returns how much of a sentence the best few known sentences cover together, and those sentences, best first.
func (m *Memory) cover(grams []uint64) (float64, []nearest) {
	const few = 3
	total, touched := 0.0, m.touched[:0]
	if len(m.shares) < len(m.sentences) {
		m.shares = make([]float64, 2*len(m.sentences))
	}
	for _, g := range grams {
		w := m.weight(g)
		total += w
		for _, i := range m.postings[g] {
			if m.shares[i] == 0 {
				touched = append(touched, i)
			}
			m.shares[i] += w
		}
	}
	m.touched = touched
	if total == 0 || len(touched) == 0 {
		return 0, nil
	}
	best := make([]nearest, 0, few+1)
	for _, i := range touched {
		n := nearest{int(i), m.shares[i] / total}
		m.shares[i] = 0
		if len(best) == few && n.compare(best[few-1]) >= 0 {
			continue
		}
		best = append(best, n)
		slices.SortFunc(best, nearest.compare)
		best = best[:min(len(best), few)]
	}
	covered := 0.0
	for _, g := range grams {
		for _, n := range best {
			if _, ok := slices.BinarySearch(m.sentences[n.index].grams, g); ok {
				covered += m.weight(g)
				break
			}
		}
	}
	return covered / total, best
}
