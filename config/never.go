package config

import (
	"slices"

	"github.com/expr-lang/expr/ast"
)

// truth is what can be known of a condition without an alert at hand.
type truth int

const (
	maybe truth = iota
	no
	yes
)

func truthOf(b bool) truth {
	if b {
		return yes
	}
	return no
}

func (t truth) not() truth {
	switch t {
	case yes:
		return no
	case no:
		return yes
	}
	return maybe
}

// world is a kind and a story that an alert may have; a story is known only when the rule stands in a file.
type world struct {
	kind, story string
	storyKnown  bool
}

// neverTrue reports whether a rule is false whatever happens. Every kind that alerts, and none for what is no development,
// is tried with every story that the rule names and the receiver hears, one other, and none. All else is unknown, except
// that importance and confidence lie between 0 and 1. What cannot be decided counts as possible.
func neverTrue(rule ast.Node, a audience) bool {
	for _, story := range worldStories(rule, a) {
		for _, kind := range append(slices.Clone(kinds), "") {
			if (world{kind, story, len(a.stories) > 0}).eval(rule) != no {
				return false
			}
		}
	}
	return true
}

// worldStories picks the stories worth trying.
func worldStories(rule ast.Node, a audience) []string {
	heard := a.hears
	if len(heard) == 0 {
		heard = a.stories
	}
	named := map[string]bool{}
	visit(rule, func(n ast.Node) {
		if s, ok := n.(*ast.StringNode); ok {
			named[s.Value] = true
		}
	})
	worth, other := []string{""}, false
	for _, s := range heard {
		if named[s] || !other {
			worth = append(worth, s)
		}
		other = other || !named[s]
	}
	return worth
}

// eval says what is known of a condition in this world.
func (w world) eval(n ast.Node) truth {
	switch n := n.(type) {
	case *ast.BoolNode:
		return truthOf(n.Value)
	case *ast.UnaryNode:
		if n.Operator == "not" || n.Operator == "!" {
			return w.eval(n.Node).not()
		}
	case *ast.BinaryNode:
		return w.binary(n)
	case *ast.ConditionalNode:
		switch w.eval(n.Cond) {
		case yes:
			return w.eval(n.Exp1)
		case no:
			return w.eval(n.Exp2)
		}
		if first := w.eval(n.Exp1); first == w.eval(n.Exp2) {
			return first
		}
	}
	return maybe
}

// binary decides and, or, in and comparisons.
func (w world) binary(n *ast.BinaryNode) truth {
	switch n.Operator {
	case "and", "&&":
		return both(w.eval(n.Left), w.eval(n.Right))
	case "or", "||":
		return both(w.eval(n.Left).not(), w.eval(n.Right).not()).not()
	case "in":
		return w.among(n)
	}
	if left, ok := w.text(n.Left); ok {
		if right, ok := w.text(n.Right); ok {
			return compareTexts(n.Operator, left, right)
		}
		return maybe
	}
	left, ok := rangeOf(n.Left)
	if !ok {
		return maybe
	}
	right, ok := rangeOf(n.Right)
	if !ok {
		return maybe
	}
	return compareRanges(n.Operator, left, right)
}

func both(a, b truth) truth {
	switch {
	case a == no || b == no:
		return no
	case a == yes && b == yes:
		return yes
	}
	return maybe
}

// among decides kind in ["a", "b"].
func (w world) among(n *ast.BinaryNode) truth {
	left, ok := w.text(n.Left)
	array, isArray := n.Right.(*ast.ArrayNode)
	if !ok || !isArray {
		return maybe
	}
	answer := no
	for _, item := range array.Nodes {
		text, ok := w.text(item)
		switch {
		case ok && text == left:
			return yes
		case !ok:
			answer = maybe
		}
	}
	return answer
}

// text returns what a node is known to say.
func (w world) text(n ast.Node) (string, bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.IdentifierNode:
		switch {
		case n.Value == "kind":
			return w.kind, true
		case n.Value == "story" && w.storyKnown:
			return w.story, true
		}
	}
	return "", false
}

func compareTexts(operator, left, right string) truth {
	switch operator {
	case "==":
		return truthOf(left == right)
	case "!=":
		return truthOf(left != right)
	}
	return maybe
}

// span is the least and the most a number can be.
type span struct{ low, high float64 }

// rangeOf returns within which bounds a number lies, for literals and for the two fields whose bounds are known.
func rangeOf(n ast.Node) (span, bool) {
	switch n := n.(type) {
	case *ast.IntegerNode:
		return span{float64(n.Value), float64(n.Value)}, true
	case *ast.FloatNode:
		return span{n.Value, n.Value}, true
	case *ast.UnaryNode:
		if s, ok := rangeOf(n.Node); ok && n.Operator == "-" {
			return span{-s.high, -s.low}, true
		}
	case *ast.IdentifierNode:
		if n.Value == "importance" || n.Value == "confidence" {
			return span{0, 1}, true
		}
	}
	return span{}, false
}

// compareRanges decides a comparison where the bounds alone do.
func compareRanges(operator string, a, b span) truth {
	switch operator {
	case ">":
		return compareRanges("<", b, a)
	case ">=":
		return compareRanges("<=", b, a)
	case "<":
		return between(a.high < b.low, a.low >= b.high)
	case "<=":
		return between(a.high <= b.low, a.low > b.high)
	case "==":
		return between(a.low == a.high && a == b, a.high < b.low || b.high < a.low)
	case "!=":
		return compareRanges("==", a, b).not()
	}
	return maybe
}

func between(always, never bool) truth {
	switch {
	case always:
		return yes
	case never:
		return no
	}
	return maybe
}

// quietHint explains a rule that waits for a kind that never alerts.
func quietHint(rule ast.Node) string {
	hint := ""
	visit(rule, func(n ast.Node) {
		if s, ok := n.(*ast.StringNode); ok && hint == "" && slices.Contains(quiet, s.Value) {
			hint = "; " + s.Value + " never alerts by itself"
		}
	})
	return hint
}
