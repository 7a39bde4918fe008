package diff

import (
	"slices"

	"github.com/storywatch/storywatch/text"
)

const (
	// Two paragraphs belong together when they share sentences of this many letters, or this share of the smaller one; less is
	// a coincidence such as "He said.".
	weakLetters = 12
	weakShare   = 0.3
)

// link counts the letters that an older and a newer paragraph share.
type link struct{ old, new int }

func links(a, b []unit) map[link]int {
	shared := make(map[link]int)
	for _, u := range a {
		if u.pair >= 0 {
			shared[link{u.para, b[u.pair].para}] += u.size
		}
	}
	return shared
}

// unpairWeak gives up the pairs that would tie together paragraphs which otherwise have nothing in common.
func unpairWeak(a, b []unit) {
	shared := links(a, b)
	sizeA, sizeB := sizes(a), sizes(b)
	for i, u := range a {
		if u.pair < 0 || u.whole {
			continue
		}
		l := link{u.para, b[u.pair].para}
		smaller := min(sizeA[l.old], sizeB[l.new])
		if shared[l] < weakLetters && float64(shared[l]) < weakShare*float64(smaller) {
			unpair(a, b, i)
		}
	}
}

// sizes returns the letters of each paragraph.
func sizes(units []unit) map[int]int {
	n := make(map[int]int)
	for _, u := range units {
		n[u.para] += u.size
	}
	return n
}

// homes returns for each paragraph the one of the other version it shares most with, the earlier one when even.
func homes(shared map[link]int) (ofOld, ofNew map[int]int) {
	ofOld, ofNew = make(map[int]int), make(map[int]int)
	for l, n := range shared {
		if best, ok := ofOld[l.old]; !ok || n > shared[link{l.old, best}] || n == shared[link{l.old, best}] && l.new < best {
			ofOld[l.old] = l.new
		}
		if best, ok := ofNew[l.new]; !ok || n > shared[link{best, l.new}] || n == shared[link{best, l.new}] && l.old < best {
			ofNew[l.new] = l.old
		}
	}
	return ofOld, ofNew
}

// reader reads the edits off the pairs of two versions.
type reader struct {
	old, new     []text.Paragraph
	a, b         []unit
	atA, atB     []int // where the units of each paragraph begin; one more at the end
	ofOld, ofNew map[int]int
}

// edits reads the edits off the paired units: those of the newer paragraphs in order, each removed paragraph after the one it
// stood behind.
func edits(old, new []text.Paragraph, a, b []unit) Change {
	r := reader{old: old, new: new, a: a, b: b, atA: starts(a, len(old)), atB: starts(b, len(new))}
	r.ofOld, r.ofNew = homes(links(a, b))
	behind := r.behind()
	var c Change
	c.Edits = append(c.Edits, behind[-1]...)
	for j := range new {
		if e, differs := r.newer(j); differs {
			c.Edits = append(c.Edits, e)
		}
		c.Edits = append(c.Edits, behind[j]...)
	}
	return c
}

// starts returns where the units of each of n paragraphs begin.
func starts(units []unit, n int) []int {
	at := make([]int, n+1)
	k := 0
	for p := range at {
		for k < len(units) && units[k].para < p {
			k++
		}
		at[p] = k
	}
	return at
}

// behind returns the edits of older paragraphs that went into none of the newer ones, or are not the main part of the one
// they went into, under the newer paragraph they come after; -1 is the start.
func (r *reader) behind() map[int][]Edit {
	all := make(map[int][]Edit)
	last := -1
	for i := range r.old {
		j, ok := r.ofOld[i]
		switch {
		case !ok:
			all[last] = append(all[last], Edit{Op: Removed, Old: i, New: -1, Kind: r.old[i].Kind, Before: r.old[i].Text})
			continue
		case r.ofNew[j] != i:
			e := r.edit(i, j)
			e.Sentences = r.removed(i)
			e.Op = opOf(e.Sentences, allMoved(r.oldUnits(i)))
			all[j] = append(all[j], e)
		}
		if !allMoved(r.oldUnits(i)) {
			last = j
		}
	}
	return all
}

// newer returns the edit of a newer paragraph; differs is false when it stayed as it was.
func (r *reader) newer(j int) (e Edit, differs bool) {
	i, ok := r.ofNew[j]
	if !ok {
		return Edit{Op: Added, Old: -1, New: j, Kind: r.new[j].Kind, After: r.new[j].Text}, true
	}
	e = r.edit(i, j)
	first := r.b[r.atB[j]]
	if first.whole && !first.alike {
		switch {
		case first.moved:
			e.Op = Moved
		case e.Before == e.After && r.old[i].Kind == r.new[j].Kind:
			return Edit{}, false
		default:
			e.Op = Cosmetic
		}
		return e, true
	}
	e.Sentences = r.sentences(i, j)
	e.Op = opOf(e.Sentences, allMoved(r.newUnits(j)))
	return e, true
}

func (r *reader) edit(i, j int) Edit {
	return Edit{Old: i, New: j, Kind: r.new[j].Kind, Before: r.old[i].Text, After: r.new[j].Text}
}

// opOf names what happened to a paragraph with these edits of its sentences.
func opOf(sentences []Edit, moved bool) Op {
	for _, s := range sentences {
		if s.Op == Added || s.Op == Removed || s.Op == Reworded {
			return Reworded
		}
	}
	if moved || slices.ContainsFunc(sentences, func(s Edit) bool { return s.Op == Moved }) {
		return Moved
	}
	return Cosmetic
}

// allMoved reports whether everything in a paragraph that the other version has too stands elsewhere there.
func allMoved(units []unit) bool {
	for _, u := range units {
		if u.pair >= 0 && !u.moved {
			return false
		}
	}
	return true
}

func (r *reader) oldUnits(i int) []unit { return r.a[r.atA[i]:r.atA[i+1]] }

func (r *reader) newUnits(j int) []unit { return r.b[r.atB[j]:r.atB[j+1]] }

// sentences returns the edits of the sentences of newer paragraph j, whose main part is older paragraph i, with those that
// i has lost at the place they stood.
func (r *reader) sentences(i, j int) []Edit {
	home := r.ofOld[i] == j
	told := make(map[int]bool)
	var all []Edit
	lost := func(k int) {
		for ; home && k < r.atA[i+1] && r.a[k].pair < 0 && !told[k]; k++ {
			told[k] = true
			all = append(all, r.a[k].gone())
		}
	}
	lost(r.atA[i])
	for _, u := range r.newUnits(j) {
		if e, differs := r.sentence(u, i); differs {
			all = append(all, e)
		}
		if u.pair >= 0 && r.a[u.pair].para == i {
			lost(u.pair + 1)
		}
	}
	for k := r.atA[i]; k < r.atA[i+1]; k++ { // those behind a sentence that went to another paragraph
		lost(k)
	}
	return all
}

// removed returns the sentences of older paragraph i that are gone.
func (r *reader) removed(i int) []Edit {
	var all []Edit
	for _, u := range r.oldUnits(i) {
		if u.pair < 0 {
			all = append(all, u.gone())
		}
	}
	return all
}

func (u unit) gone() Edit { return Edit{Op: Removed, Old: u.place, New: -1, Before: u.text} }

// sentence returns the edit of one sentence of a newer paragraph whose main part is older paragraph i.
func (r *reader) sentence(u unit, i int) (e Edit, differs bool) {
	e = Edit{Op: Added, Old: -1, New: u.place, After: u.text}
	if u.pair < 0 {
		return e, true
	}
	from := r.a[u.pair]
	e.Before = from.text
	if from.para == i {
		e.Old = from.place
	}
	switch {
	case u.alike:
		e.Op, e.Words = Reworded, Words(from.text, u.text)
	case u.moved:
		e.Op = Moved
	case u.text != from.text:
		e.Op = Cosmetic
	default:
		return Edit{}, false
	}
	return e, true
}
