package config

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"
)

// decoder reads nodes into values and gathers what is wrong with them.
type decoder struct {
	getenv   func(string) (string, bool)
	problems []Problem
}

// complain notes what is wrong at a node; the decoder then goes on with a default, so that one reading finds everything.
func (d *decoder) complain(n *node, at place, format string, args ...any) {
	d.problems = append(d.problems, Problem{Line: n.line, Column: n.column, Path: at.String(), Text: fmt.Sprintf(format, args...)})
}

// group is a mapping whose keys are known and stand there once. The zero group has no keys, and so yields defaults.
type group struct {
	d    *decoder
	at   place
	node *node
	name string // in the table of known keys
}

// group checks that a node is a mapping and that its keys are known and not doubled.
func (d *decoder) group(n *node, at place, name string) group {
	if n.kind != mapping {
		d.complain(n, at, "is %s, needs keys below it: %s", n.kind, listed(known[name]))
		return group{d: d, at: at}
	}
	first := map[string]int{}
	for _, f := range n.fields {
		key := &node{line: f.line, column: f.column}
		line, double := first[f.name]
		switch {
		case double:
			d.complain(key, at.key(shorten(f.name)), "stands here a second time (first on line %d); keep one", line)
		case !slices.Contains(known[name], f.name):
			d.complain(key, at, "%s", unknownKey(f.name, name))
		}
		if !double {
			first[f.name] = f.line
		}
	}
	return group{d, at, n, name}
}

// find returns the value of a key, or nil.
func (g group) find(key string) *node {
	if g.node == nil {
		return nil
	}
	for _, f := range g.node.fields {
		if f.name == key {
			if f.value.kind == empty {
				// The place of a missing value is the next line or the end of the file: the key's own is meant.
				return &node{line: f.line, column: f.column}
			}
			return f.value
		}
	}
	return nil
}

// has reports whether a key stands there, with whatever value.
func (g group) has(key string) bool { return g.find(key) != nil }

// missing complains about a key that has to be there. A group that is not one has been complained about already.
func (g group) missing(key, say string) {
	if g.node != nil {
		g.d.complain(g.node, g.at, "has no %s; %s", key, say)
	}
}

// value is a scalar with the environment put in.
type value struct {
	d    *decoder
	at   place
	node *node
	text string
	safe bool // it holds nothing of the environment, and so may be shown
}

// wrong complains about the value, showing it as it stands in the file. What a check says of it is left out when it could
// quote the environment.
func (v value) wrong(err error) {
	if v.safe {
		v.d.complain(v.node, v.at, "%s %s", quote(v.node.text), err)
		return
	}
	v.d.complain(v.node, v.at, "%s does not fit here; look at what the variable holds (it is not shown)", quote(v.node.text))
}

// wrongUnseen complains without showing the value; the check must not quote it.
func (v value) wrongUnseen(err error) { v.d.complain(v.node, v.at, "%s", err) }

// scalar reads a node that has to be a single value, whatever its type in YAML: what type is meant, the key decides.
func (d *decoder) scalar(n *node, at place) (value, bool) {
	switch n.kind {
	case empty:
		d.complain(n, at, "has no value; give it one or remove the key")
		return value{}, false
	case list, mapping:
		d.complain(n, at, "is %s, needs a single value", n.kind)
		return value{}, false
	}
	text, used, err := expand(n.text, d.getenv)
	if err != nil {
		d.complain(n, at, "%s", err)
		return value{}, false
	}
	return value{d, at, n, text, !used}, true
}

// scalar reads the value of a key; false when the key is missing or complained about.
func (g group) scalar(key string) (value, bool) {
	n := g.find(key)
	if n == nil {
		return value{}, false
	}
	return g.d.scalar(n, g.at.key(key))
}

// text reads a text that a check accepts. It returns the default when the key is missing or its value refused.
func (g group) text(key, otherwise string, check func(string) error) string {
	v, ok := g.scalar(key)
	if !ok {
		return otherwise
	}
	if err := check(v.text); err != nil {
		v.wrong(err)
		return otherwise
	}
	return v.text
}

// unseen is text for values that must not be shown.
func (g group) unseen(key, otherwise string, check func(string) error) string {
	v, ok := g.scalar(key)
	if !ok {
		return otherwise
	}
	if err := check(v.text); err != nil {
		v.wrongUnseen(err)
		return otherwise
	}
	return v.text
}

// truth reads true or false. The other words of YAML 1.1 (yes, on) are texts in YAML 1.2, and refused here.
func (g group) truth(key string, otherwise bool) bool {
	text := g.text(key, strconv.FormatBool(otherwise), func(s string) error {
		if s != "true" && s != "false" {
			return errors.New("has to be true or false")
		}
		return nil
	})
	return text == "true"
}

// number reads a whole number between bounds, both included.
func (g group) number(key string, otherwise, least, most int) int {
	v, ok := g.scalar(key)
	if !ok {
		return otherwise
	}
	n, err := strconv.Atoi(v.text)
	if err != nil || n < least || n > most {
		v.wrong(fmt.Errorf("has to be a whole number from %d to %d", least, most))
		return otherwise
	}
	return n
}

// duration reads a length of time between bounds, both included.
func (g group) duration(key string, otherwise, least, most time.Duration) time.Duration {
	v, ok := g.scalar(key)
	if !ok {
		return otherwise
	}
	d, err := parseDuration(v.text)
	switch {
	case err != nil:
		v.wrong(err)
	case d < least || d > most:
		v.wrong(fmt.Errorf("is out of range; it goes from %s to %s", formatDuration(least), formatDuration(most)))
	default:
		return d
	}
	return otherwise
}

// choice reads one of a few words.
func (g group) choice(key, otherwise string, words ...string) string {
	return g.text(key, otherwise, func(s string) error {
		if slices.Contains(words, s) {
			return nil
		}
		if k := Nearest(s, words); k != "" {
			return fmt.Errorf("is not known; did you mean %s?", k)
		}
		return fmt.Errorf("is not known; it can be %s", orList(words))
	})
}

// values reads a list of scalars.
func (g group) values(key string) []value {
	n := g.find(key)
	if n == nil {
		return nil
	}
	at := g.at.key(key)
	switch {
	case n.kind == scalar:
		g.d.complain(n, at, "is a single value, needs a list; put it in [ ]")
		return nil
	case n.kind != list:
		g.d.complain(n, at, "is %s, needs a list; write [ ] for an empty one", n.kind)
		return nil
	case len(n.items) > maxList:
		g.d.complain(n, at, "has %d entries, may have %d", len(n.items), maxList)
		return nil
	}
	var all []value
	for i, item := range n.items {
		if v, ok := g.d.scalar(item, at.index(i)); ok {
			all = append(all, v)
		}
	}
	return all
}

// texts reads a list of texts that a check accepts.
func (g group) texts(key string, check func(string) error) []string {
	var all []string
	for _, v := range g.values(key) {
		if err := check(v.text); err != nil {
			v.wrong(err)
			continue
		}
		all = append(all, v.text)
	}
	return all
}

// group reads the group below a key; the zero group when there is none.
func (g group) group(key string) group {
	n := g.find(key)
	if n == nil {
		return group{d: g.d, at: g.at.key(key)}
	}
	name := key
	if g.name != "" {
		name = g.name + "." + key
	}
	return g.d.group(n, g.at.key(key), name)
}

// groups reads a list of groups, each named in messages by its place and its name.
func (g group) groups(key string) []group {
	n := g.find(key)
	if n == nil {
		return nil
	}
	if n.kind != list {
		g.d.complain(n, g.at.key(key), `is %s, needs a list; begin each entry with "- name: …"`, n.kind)
		return nil
	}
	all := make([]group, len(n.items))
	for i, item := range n.items {
		all[i] = g.d.group(item, place{entry: entryName(key, i, item)}, key)
	}
	return all
}

// entryName writes sources[1] "politics", with the name as it stands in the file.
func entryName(key string, i int, n *node) string {
	entry := fmt.Sprintf("%s[%d]", key, i)
	for _, f := range n.fields {
		if f.name == "name" && f.value.kind == scalar && f.value.text != "" {
			return entry + " " + quote(f.value.text)
		}
	}
	return entry
}
