package diff

import (
	"slices"
	"strings"

	"github.com/storywatch/storywatch/text"
)

// maxRounds bounds the search for the shortest edit of one sentence; past it the whole middle is replaced.
const maxRounds = 400

// Words returns what differs between two sentences, word by word, never within one. The spans that are not Added give
// before back, those that are not Removed give after.
func Words(before, after string) []Span {
	a, b := text.Tokens(before), text.Tokens(after)
	head := 0
	for head < len(a) && head < len(b) && a[head].Text == b[head].Text {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail].Text == b[len(b)-1-tail].Text {
		tail++
	}
	var s spans
	s.add("", a[:head])
	for _, r := range tidy(shortest(a[head:len(a)-tail], b[head:len(b)-tail])) {
		if r.same {
			s.add("", r.a)
			continue
		}
		s.add(Removed, r.a)
		s.add(Added, r.b)
	}
	s.add("", a[len(a)-tail:])
	return s
}

// spans collects runs of tokens, joining neighbours of the same kind.
type spans []Span

func (s *spans) add(op Op, tokens []text.Token) {
	if len(tokens) == 0 {
		return
	}
	var b strings.Builder
	for _, t := range tokens {
		b.WriteString(t.Text)
	}
	if n := len(*s); n > 0 && (*s)[n-1].Op == op {
		(*s)[n-1].Text += b.String()
		return
	}
	*s = append(*s, Span{Op: op, Text: b.String()})
}

// run is a stretch of tokens that both sides have, or that one side has in place of the other's.
type run struct {
	same bool
	a, b []text.Token
}

// shortest returns the shortest edit from a to b as runs that alternate, after Eugene Myers, "An O(ND) difference
// algorithm and its variations" (Algorithmica 1, 1986).
func shortest(a, b []text.Token) []run {
	rounds, ok := search(a, b)
	if !ok {
		return []run{{a: a, b: b}}
	}
	var back []run // from the end to the start
	x, y := len(a), len(b)
	for d := len(rounds) - 1; d >= 0; d-- {
		px, py := 0, 0
		if d > 0 {
			px, py = rounds[d-1].from(x-y, d)
		}
		// The round took one step from (px, py), then went along the diagonal to (x, y).
		sx, sy := step(px, py, x-y, d)
		back = append(back, run{same: true, a: a[sx:x], b: b[sy:y]}, run{a: a[px:sx], b: b[py:sy]})
		x, y = px, py
	}
	slices.Reverse(back)
	return merge(back)
}

// frontier holds how far each diagonal k = x-y reached in a round; diagonal k is at index k+len/2.
type frontier []int

func (f frontier) at(k int) int {
	if i := k + len(f)/2; i >= 0 && i < len(f) {
		return f[i]
	}
	return -1
}

// from returns where a path that reaches diagonal k in round d stood after the round before it, whose frontier f is.
func (f frontier) from(k, d int) (x, y int) {
	if k == -d || k != d && f.at(k-1) < f.at(k+1) {
		return f.at(k + 1), f.at(k+1) - (k + 1)
	}
	return f.at(k - 1), f.at(k-1) - (k - 1)
}

// step returns the place one step from (x, y) on diagonal k; in round 0 there is no step.
func step(x, y, k, d int) (int, int) {
	switch {
	case d == 0:
		return x, y
	case x-y < k:
		return x + 1, y
	}
	return x, y + 1
}

// search returns the frontiers of all rounds up to the one that reaches the end of both.
func search(a, b []text.Token) (rounds []frontier, ok bool) {
	for d := 0; d <= min(len(a)+len(b), maxRounds); d++ {
		f := make(frontier, 2*d+3)
		for i := range f {
			f[i] = -1
		}
		for k := -d; k <= d; k += 2 {
			px, py := 0, 0
			if d > 0 {
				px, py = rounds[d-1].from(k, d)
			}
			x, y := step(px, py, k, d)
			for x >= 0 && y >= 0 && x < len(a) && y < len(b) && a[x].Text == b[y].Text {
				x, y = x+1, y+1
			}
			if x > len(a) || y > len(b) {
				x = -1 - len(a) - len(b) // outside: no path goes on from here
			}
			f[k+len(f)/2] = x
			if x == len(a) && y == len(b) {
				return append(rounds, f), true
			}
		}
		rounds = append(rounds, f)
	}
	return nil, false
}

// merge joins the runs of a kind that touch and drops the empty ones.
func merge(all []run) []run {
	var runs []run
	for _, r := range all {
		if len(r.a)+len(r.b) == 0 {
			continue
		}
		if n := len(runs); n > 0 && runs[n-1].same == r.same {
			runs[n-1].a = extend(runs[n-1].a, r.a)
			runs[n-1].b = extend(runs[n-1].b, r.b)
			continue
		}
		runs = append(runs, r)
	}
	return runs
}

// extend joins two neighbouring slices of one sentence.
func extend(first, next []text.Token) []text.Token {
	if len(first) == 0 {
		return next
	}
	return first[:len(first)+len(next)]
}

// tidy gives up what both sides have only by chance, which reads worse as kept than as replaced with its surroundings: a gap
// between two changes, then a single word between two larger ones.
func tidy(runs []run) []run {
	runs = giveUp(runs, func(kept []text.Token, _, _ run) bool { return wordCount(kept) == 0 })
	return giveUp(runs, func(kept []text.Token, before, after run) bool {
		return wordCount(kept) == 1 && len(kept) <= 3 && changed(before) >= 2 && changed(after) >= 2
	})
}

// giveUp turns the kept runs between two changes that are slight into changes.
func giveUp(runs []run, slight func(kept []text.Token, before, after run) bool) []run {
	out := make([]run, 0, len(runs))
	for i, r := range runs {
		if r.same && i > 0 && i+1 < len(runs) && slight(r.a, runs[i-1], runs[i+1]) {
			r.same = false
		}
		out = append(out, r)
	}
	return merge(out)
}

func changed(r run) int { return max(wordCount(r.a), wordCount(r.b)) }

func wordCount(tokens []text.Token) int {
	n := 0
	for _, t := range tokens {
		if t.Folded != "" {
			n++
		}
	}
	return n
}
