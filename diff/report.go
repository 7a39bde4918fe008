package diff

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/storywatch/storywatch/text"
)

// Cosmetic reports whether the two versions say the same: nothing was added, removed or reworded. An empty change is cosmetic.
func (c Change) Cosmetic() bool {
	for _, e := range c.Edits {
		if e.Op != Cosmetic && e.Op != Moved {
			return false
		}
	}
	return true
}

// Added returns the sentences that are new, as printed, in reading order. Reworded ones are not among them.
func (c Change) Added() []string {
	return c.collect(Added, func(e Edit) string { return e.After })
}

// Removed returns the sentences that are gone, as printed, in reading order.
func (c Change) Removed() []string {
	return c.collect(Removed, func(e Edit) string { return e.Before })
}

func (c Change) collect(op Op, side func(Edit) string) []string {
	var all []string
	for _, e := range c.Edits {
		switch {
		case e.Op == op && e.Kind == text.Title:
			all = append(all, side(e))
		case e.Op == op:
			all = append(all, text.Sentences(side(e))...)
		}
		for _, s := range e.Sentences {
			if s.Op == op {
				all = append(all, side(s))
			}
		}
	}
	return all
}

// Summary returns one line for a person: "2 sentences added, 1 reworded, 3 moved".
func (c Change) Summary() string {
	if c.Empty() {
		return "nothing changed"
	}
	counts := c.counts()
	var parts []string
	for _, op := range []Op{Added, Removed, Reworded, Moved} {
		switch n := counts[op]; {
		case n == 0:
		case len(parts) > 0:
			parts = append(parts, fmt.Sprintf("%d %s", n, op))
		default:
			parts = append(parts, fmt.Sprintf("%s %s", several(n, "sentence"), op))
		}
	}
	if n := counts[Cosmetic]; n > 0 {
		parts = append(parts, several(n, "passage")+" set differently")
	}
	return strings.Join(parts, ", ")
}

// told reports whether the edit at i only says that another older paragraph went into a newer one already told of.
func (c Change) told(i int) bool {
	e := c.Edits[i]
	return i > 0 && e.New >= 0 && e.New == c.Edits[i-1].New && len(e.Sentences) == 0
}

func several(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// counts returns how many sentences each operation touched; a passage that was only set differently counts once.
func (c Change) counts() map[Op]int {
	n := make(map[Op]int)
	for i, e := range c.Edits {
		switch {
		case c.told(i):
		case len(e.Sentences) > 0:
			for _, s := range e.Sentences {
				n[s.Op]++
			}
		case e.Op == Cosmetic || e.Kind == text.Title:
			n[e.Op]++
		default:
			n[e.Op] += max(1, len(text.Sentences(cmp.Or(e.After, e.Before))))
		}
	}
	return n
}
