package diff

import (
	"cmp"
	"maps"
	"slices"

	"github.com/storywatch/storywatch/text"
)

const (
	gramSize = 4

	// Likeness from which two sentences count as one that was reworded, lower where they stand between the same neighbours,
	// lower still for titles, of which a page has one.
	likeAnywhere = 0.45
	likeInPlace  = 0.30
	likeTitle    = 0.20

	// Up to allPairs comparisons every sentence left over is compared with every other. Beyond that each is only compared
	// with the few candidates that share most of its rarest grams; a gram that more than so many sentences have in common
	// says nothing. That makes at most `candidates` comparisons for each sentence, whatever the input.
	allPairs   = 40_000
	sampled    = 3 // one gram in so many is looked at
	rarest     = 8
	candidates = 4
	common     = 24
)

// loose is a unit still without a counterpart.
type loose struct {
	at    int // its index among the units
	gap   int // which pair it follows, told by the index in the older version
	title bool
	grams []uint64
}

// match is a possible pairing of two loose units.
type match struct {
	i, j int // indexes among the units
	like float64
}

// pairAlike pairs what is left over by likeness, the likest first.
func pairAlike(a, b []unit) {
	left, right := looseUnits(a, true), looseUnits(b, false)
	matches := likely(left, right)
	slices.SortFunc(matches, func(x, y match) int {
		return cmp.Or(cmp.Compare(y.like, x.like), cmp.Compare(x.j, y.j), cmp.Compare(x.i, y.i))
	})
	for _, m := range matches {
		if a[m.i].pair < 0 && b[m.j].pair < 0 {
			pair(a, b, m.i, m.j)
			a[m.i].alike, b[m.j].alike = true, true
		}
	}
}

// looseUnits returns the unpaired units of one version.
func looseUnits(units []unit, old bool) []loose {
	var all []loose
	gap := -1
	for i, u := range units {
		switch {
		case u.pair < 0:
			all = append(all, loose{at: i, gap: gap, title: u.title, grams: text.KeyGrams(u.key, gramSize)})
		case old:
			gap = i
		default:
			gap = u.pair
		}
	}
	return all
}

// likely returns all pairs that are alike enough.
func likely(left, right []loose) []match {
	var matches []match
	try := func(l, r loose) {
		if like := likeness(l.grams, r.grams); l.title == r.title && like >= enough(l, r) {
			if l.gap == r.gap {
				like += likeAnywhere - likeInPlace
			}
			matches = append(matches, match{l.at, r.at, like})
		}
	}
	if len(left)*len(right) <= allPairs {
		for _, r := range right {
			for _, l := range left {
				try(l, r)
			}
		}
		return matches
	}
	index := indexGrams(left)
	for _, r := range right {
		for _, k := range index.nearest(r) {
			try(left[k], r)
		}
	}
	return matches
}

func enough(l, r loose) float64 {
	switch {
	case l.title && r.title:
		return likeTitle
	case l.gap == r.gap:
		return likeInPlace
	}
	return likeAnywhere
}

// likeness is the share of grams that two sentences have in common (Dice's coefficient), or, for one that was much
// extended or cut, most of the share of the shorter one's grams that the longer one has.
func likeness(a, b []uint64) float64 {
	short := min(len(a), len(b))
	if short == 0 {
		return 0
	}
	shared := float64(text.Shared(a, b))
	dice := 2 * shared / float64(len(a)+len(b))
	if short < 16 {
		return dice
	}
	return max(dice, 0.7*shared/float64(short))
}

// gramIndex lists for each sampled gram the loose units that have it, cut off once they are too many to be of use.
type gramIndex map[uint64][]int32

func indexGrams(units []loose) gramIndex {
	index := make(gramIndex)
	for k, u := range units {
		for _, h := range u.grams {
			if have := index[h]; h%sampled == 0 && len(have) <= common {
				index[h] = append(have, int32(k))
			}
		}
	}
	return index
}

// nearest returns the few units that share most of u's rarest grams.
func (index gramIndex) nearest(u loose) []int32 {
	var rare []uint64
	for _, h := range u.grams {
		if n := len(index[h]); n > 0 && n <= common {
			rare = append(rare, h)
		}
	}
	slices.SortStableFunc(rare, func(x, y uint64) int { return cmp.Compare(len(index[x]), len(index[y])) })
	votes := make(map[int32]int)
	for _, h := range rare[:min(rarest, len(rare))] {
		for _, k := range index[h] {
			votes[k]++
		}
	}
	found := slices.Collect(maps.Keys(votes))
	slices.SortFunc(found, func(x, y int32) int { return cmp.Or(cmp.Compare(votes[y], votes[x]), cmp.Compare(x, y)) })
	return found[:min(candidates, len(found))]
}
