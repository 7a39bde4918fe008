package diff

import (
	"strings"
	"unicode/utf8"

	"github.com/storywatch/storywatch/text"
)

// unit is what is paired between two versions: a paragraph while whole is true, else one of its sentences.
type unit struct {
	whole bool
	title bool
	para  int    // index of the paragraph in its version
	place int    // index of the sentence in its paragraph
	start int    // where the sentence begins in its paragraph, in bytes
	text  string // as printed
	size  int    // how much there is to read: the characters of text and one more
	key   string // text.Key, marked for titles; the text itself where it has neither letters nor digits
	pair  int    // index of its counterpart in the other version, -1 for none
	alike bool   // paired by likeness: the two don't say the same
	moved bool
}

// paragraphUnits makes one unit of every paragraph of both versions and pairs the paragraphs at the start and at the end that
// are the same to the letter, which in most cases leaves few to look at more closely.
func paragraphUnits(old, new []text.Paragraph) (a, b []unit) {
	a, b = wholes(old), wholes(new)
	head, tail := 0, 0
	for head < min(len(a), len(b)) && identical(a[head], b[head]) {
		pair(a, b, head, head)
		head++
	}
	for tail < min(len(a), len(b))-head && identical(a[len(a)-1-tail], b[len(b)-1-tail]) {
		tail++
		pair(a, b, len(a)-tail, len(b)-tail)
	}
	for _, units := range [][]unit{a[head : len(a)-tail], b[head : len(b)-tail]} {
		for i := range units {
			units[i].key = keyOf(units[i])
		}
	}
	return a, b
}

func wholes(paras []text.Paragraph) []unit {
	units := make([]unit, len(paras))
	for i, p := range paras {
		units[i] = unit{whole: true, title: p.Kind == text.Title, para: i, text: p.Text, size: sizeOf(p.Text), pair: -1}
	}
	return units
}

func sizeOf(s string) int { return utf8.RuneCountInString(s) + 1 }

func identical(x, y unit) bool { return x.title == y.title && x.text == y.text }

func keyOf(u unit) string {
	key := text.Key(u.text)
	if key == "" {
		key = "\x01" + u.text
	}
	if u.title {
		key = "\x02" + key
	}
	return key
}

// pairSame pairs units with the same key after Paul Heckel, "A technique for isolating differences between files"
// (CACM 21(4), 1978): what occurs once in both versions is certain; its neighbours, if they are the same, belong to it;
// what is left over is paired in order of appearance. Units already paired stay as they are.
func pairSame(a, b []unit) {
	left, right := places(a), places(b)
	for i := range a {
		if here := left[a[i].key]; len(here) == 1 && a[i].pair < 0 {
			if there := right[a[i].key]; len(there) == 1 {
				pair(a, b, i, there[0])
			}
		}
	}
	spread(a, b, 1)
	spread(a, b, -1)
	right = places(b)
	for i := range a {
		if a[i].pair >= 0 {
			continue
		}
		if there := right[a[i].key]; len(there) > 0 {
			pair(a, b, i, there[0])
			right[a[i].key] = there[1:]
		}
	}
}

// spread pairs the unpaired neighbours of pairs where they are the same, going through the text in one direction.
// The ends of the two versions count as a pair.
func spread(a, b []unit, step int) {
	i, j := -1, -1
	if step < 0 {
		i, j = len(a), len(b)
	}
	for range a {
		i, j = i+step, j+step
		if j >= 0 && j < len(b) && a[i].pair < 0 && b[j].pair < 0 && a[i].key == b[j].key {
			pair(a, b, i, j)
		}
		if j = a[i].pair; j < 0 {
			j = -2 * len(b) // no neighbour until the next pair
		}
	}
}

func pair(a, b []unit, i, j int) { a[i].pair, b[j].pair = j, i }

func unpair(a, b []unit, i int) {
	b[a[i].pair].pair, b[a[i].pair].alike = -1, false
	a[i].pair, a[i].alike = -1, false
}

// places lists where each key stands among the unpaired units.
func places(units []unit) map[string][]int {
	at := make(map[string][]int, len(units))
	for i, u := range units {
		if u.pair < 0 {
			at[u.key] = append(at[u.key], i)
		}
	}
	return at
}

// split returns both versions with every unpaired paragraph but titles cut into its sentences.
func split(a, b []unit) ([]unit, []unit) {
	cutA, cutB := cut(a), cut(b)
	keysA, keysB := keys(cutA), keys(cutB)
	join(a, cutA, keysB)
	join(b, cutB, keysA)
	flatA, atA := flatten(cutA)
	flatB, atB := flatten(cutB)
	for i, u := range a {
		if u.pair >= 0 {
			pair(flatA, flatB, atA[i], atB[u.pair])
		}
	}
	return flatA, flatB
}

// cut returns for each paragraph its sentences, or the paragraph itself where it stays whole.
func cut(paras []unit) [][]unit {
	all := make([][]unit, len(paras))
	for i, p := range paras {
		if p.pair < 0 && !p.title {
			all[i] = sentences(p)
		}
		if len(all[i]) == 0 {
			all[i] = paras[i : i+1 : i+1]
		}
	}
	return all
}

func sentences(p unit) []unit {
	var all []unit
	end := 0
	for k, s := range text.Sentences(p.text) {
		u := unit{para: p.para, place: k, text: s, size: sizeOf(s), pair: -1}
		u.start = end + strings.Index(p.text[end:], s)
		end = u.start + len(s)
		u.key = keyOf(u)
		all = append(all, u)
	}
	return all
}

// keys returns the keys of all sentences.
func keys(cut [][]unit) map[string]bool {
	known := make(map[string]bool)
	for _, sentences := range cut {
		for _, u := range sentences {
			known[u.key] = true
		}
	}
	return known
}

// join puts neighbouring sentences together, two or three, where the other version has them as one: a full stop that
// became a comma or lost its space must not make the rest look new.
func join(paras []unit, cut [][]unit, other map[string]bool) {
	for i, all := range cut {
		var joined []unit
		for k := 0; k < len(all); {
			u, n := joinFrom(paras[i].text, all[k:], other)
			joined = append(joined, u)
			k += n
		}
		cut[i] = joined
	}
}

// joinFrom returns the unit that the first of the sentences, or the first two or three, make, and how many it took.
func joinFrom(paragraph string, sentences []unit, other map[string]bool) (u unit, n int) {
	u = sentences[0]
	if u.whole || other[u.key] {
		return u, 1
	}
	key := u.key
	for n = 1; n < min(3, len(sentences)); n++ {
		last := sentences[n]
		if key += last.key; other[key] {
			u.key, u.text = key, paragraph[u.start:last.start+len(last.text)]
			u.size = sizeOf(u.text)
			return u, n + 1
		}
	}
	return u, 1
}

// flatten returns all sentences in order, and where each paragraph begins among them.
func flatten(cut [][]unit) (flat []unit, at []int) {
	for _, sentences := range cut {
		at = append(at, len(flat))
		for _, u := range sentences {
			u.pair = -1
			flat = append(flat, u)
		}
	}
	return flat, at
}
