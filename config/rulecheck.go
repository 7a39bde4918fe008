package config

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
)

// ruleChecker looks for what the language allows and a rule should not have.
type ruleChecker struct {
	text     string
	audience audience
	names    []string // of fields and of variables the rule declares
	faults   map[int]error
}

// checkRule returns what is wrong with a rule that can be read, in the order of its text.
func checkRule(text string, tree ast.Node, a audience) []error {
	c := &ruleChecker{text: text, audience: a, names: fieldNames(), faults: map[int]error{}}
	visit(tree, func(n ast.Node) {
		if v, ok := n.(*ast.VariableDeclaratorNode); ok {
			c.names = append(c.names, v.Name)
		}
	})
	visit(tree, c.node)
	var all []error
	for _, from := range slices.Sorted(maps.Keys(c.faults)) {
		all = append(all, c.faults[from])
	}
	return all
}

// visitor makes the library's walk of a function.
type visitor func(ast.Node)

func (v visitor) Visit(n *ast.Node) { v(*n) }

func visit(tree ast.Node, f func(ast.Node)) { ast.Walk(&tree, visitor(f)) }

func (c *ruleChecker) complain(at file.Location, format string, args ...any) {
	if _, twice := c.faults[at.From]; !twice {
		c.faults[at.From] = atColumn(c.text, at.From, format, args...)
	}
}

func (c *ruleChecker) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.IdentifierNode:
		c.name(n)
	case *ast.CallNode:
		c.complain(n.Location(), "calls a function that rules do not have; they have %s", listed(functions))
	case *ast.BuiltinNode:
		c.function(n)
	case *ast.BinaryNode:
		c.operator(n)
	}
}

// name refuses what is neither a field nor declared in the rule, the whole environment ($env) included.
func (c *ruleChecker) name(n *ast.IdentifierNode) {
	if slices.Contains(c.names, n.Value) || slices.Contains(functions, n.Value) {
		return
	}
	hint := "a rule knows " + listed(fieldNames())
	if k := Nearest(n.Value, fieldNames()); k != "" {
		hint = "did you mean " + k + "?"
	}
	c.complain(n.Location(), "unknown name %s; %s", quote(n.Value), hint)
}

// function refuses what is not in the table, and a loop inside a loop.
func (c *ruleChecker) function(n *ast.BuiltinNode) {
	if !slices.Contains(functions, n.Name) {
		c.complain(n.Location(), "calls %s, which rules do not have; they have %s", n.Name, listed(functions))
	}
	for _, argument := range n.Arguments {
		p, ok := argument.(*ast.PredicateNode)
		if !ok {
			continue
		}
		subject, _ := n.Arguments[0].(*ast.IdentifierNode)
		visit(p.Node, func(inner ast.Node) {
			switch inner := inner.(type) {
			case *ast.PredicateNode:
				c.complain(n.Location(), "%s holds another condition over a list; they cannot be put inside each other", n.Name)
			case *ast.BinaryNode:
				if subject != nil {
					c.compare(inner, subject.Value)
				}
			}
		})
	}
}

// operator refuses ranges, which make lists of any length, and checks what texts are compared with.
func (c *ruleChecker) operator(n *ast.BinaryNode) {
	if n.Operator == ".." {
		c.complain(n.Location(), "makes a list with .., which rules do not have")
	}
	c.compare(n, "")
}

// compare checks the texts that are compared with a field whose values are known. element is the list that # stands for.
func (c *ruleChecker) compare(n *ast.BinaryNode, element string) {
	switch n.Operator {
	case "==", "!=":
		c.texts(fieldOf(n.Left, element), n.Right)
		c.texts(fieldOf(n.Right, element), n.Left)
	case "in":
		c.texts(fieldOf(n.Left, element), n.Right)
		if field := fieldOf(n.Right, element); isList(field) {
			c.texts(field, n.Left)
		}
	}
}

// fieldOf names the field that a node stands for, or nothing.
func fieldOf(n ast.Node, element string) string {
	switch n := n.(type) {
	case *ast.IdentifierNode:
		return n.Value
	case *ast.PointerNode:
		if n.Name == "" {
			return element
		}
	}
	return ""
}

func isList(field string) bool { return slices.Contains([]string{"kinds", "countries", "who"}, field) }

// texts checks one text or a list of them against what a field can hold.
func (c *ruleChecker) texts(field string, n ast.Node) {
	switch n := n.(type) {
	case *ast.StringNode:
		if say := c.fault(field, n.Value); say != "" {
			c.complain(n.Location(), "%s", say)
		}
	case *ast.ArrayNode:
		for _, item := range n.Nodes {
			c.texts(field, item)
		}
	}
}

var countryCode = regexp.MustCompile(`^[A-Z]{2}$`)

// fault says why a field can never hold a text, or nothing.
func (c *ruleChecker) fault(field, text string) string {
	switch field {
	case "kind", "kinds":
		return notKind(text)
	case "type":
		if kind, ok := strings.CutPrefix(text, "development."); ok {
			return notKind(kind)
		}
	case "countries":
		if !countryCode.MatchString(text) {
			return quote(text) + " is not a country; countries are two capital letters, such as IQ"
		}
	case "story":
		return c.notNamed("story", text, c.audience.stories)
	case "source":
		return c.notNamed("source", text, c.audience.sources)
	}
	return ""
}

// notKind says what is wrong with a word that should be a kind, or nothing. Empty stands for what is no development.
func notKind(text string) string {
	if text == "" || slices.Contains(Kinds(), text) {
		return ""
	}
	if k := Nearest(text, Kinds()); k != "" {
		return fmt.Sprintf("no development is of kind %s; did you mean %s?", quote(text), k)
	}
	return fmt.Sprintf("no development is of kind %s; there are %s", quote(text), listed(Kinds()))
}

// notNamed says what is wrong with a name that the file does not define. A rule read without a file has nothing to go by.
func (c *ruleChecker) notNamed(what, text string, defined []string) string {
	if text == "" || len(defined) == 0 || slices.Contains(defined, text) {
		return ""
	}
	return quote(text) + " " + notDefined(what, text, defined).Error()
}
