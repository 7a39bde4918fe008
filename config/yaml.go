package config

import (
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
)

// node is a value of the file with its place, free of the YAML library.
type node struct {
	line, column int
	kind         kind
	text         string  // of a scalar, as written, quotes and escapes undone
	fields       []field // of a mapping, in order, doubles included
	items        []*node // of a list
}

type field struct {
	name         string
	line, column int
	value        *node
}

type kind int

const (
	empty kind = iota // nothing, ~ or null
	scalar
	list
	mapping
)

// String says it as a message does.
func (k kind) String() string {
	return [...]string{"empty", "a single value", "a list", "a group of keys"}[k]
}

// readYAML turns bytes into nodes, or says why they cannot be read. A nil node is a file without content.
//
// The library's lexer is linear in its input but its parser is not: deep nesting, many keys in one mapping and many
// missing values each make it quadratic or worse. So the tokens are judged before they are parsed.
func readYAML(data []byte) (*node, *Problem) {
	text, problem := checkText(data)
	if problem != nil {
		return nil, problem
	}
	tokens := lexer.Tokenize(text)
	if p := checkTokens(tokens); p != nil {
		return nil, p
	}
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		return nil, syntaxProblem(text, err)
	}
	for _, doc := range file.Docs {
		if doc.Body != nil {
			return convert(doc.Body), nil
		}
	}
	return nil, nil
}

// convert copies what is needed of the library's tree. Scalars keep their written form, so that no, 012 and 1:30 are
// texts where a text is asked for.
func convert(n ast.Node) *node {
	tk := n.GetToken()
	out := &node{line: tk.Position.Line, column: tk.Position.Column, kind: scalar, text: tk.Value}
	switch n := n.(type) {
	case *ast.NullNode:
		out.kind = empty
	case *ast.StringNode:
		out.text = n.Value
	case *ast.LiteralNode:
		out.text = n.Value.Value
	case *ast.MappingNode:
		out.kind, out.text = mapping, ""
		for _, v := range n.Values {
			out.fields = append(out.fields, convertField(v))
		}
		if len(out.fields) > 0 && !n.IsFlowStyle {
			out.line, out.column = out.fields[0].line, out.fields[0].column
		}
	case *ast.MappingValueNode:
		f := convertField(n)
		return &node{line: f.line, column: f.column, kind: mapping, fields: []field{f}}
	case *ast.SequenceNode:
		out.kind, out.text = list, ""
		for _, v := range n.Values {
			out.items = append(out.items, convert(v))
		}
	}
	return out
}

// convertField copies a key and its value. The place of a field is that of its key.
func convertField(v *ast.MappingValueNode) field {
	tk := v.Key.GetToken()
	return field{name: tk.Value, line: tk.Position.Line, column: tk.Position.Column, value: convert(v.Value)}
}

// syntaxProblem turns a complaint of the YAML library into a sentence. Its own words are not handed on: they speak of
// tokens, and some quote the file, secrets included.
func syntaxProblem(text string, err error) *Problem {
	var e yaml.Error
	if !errors.As(err, &e) || e.GetToken() == nil {
		return &Problem{Line: 1, Text: "is not YAML; compare it with the example in the documentation"}
	}
	line := e.GetToken().Position.Line
	return &Problem{Line: line, Column: e.GetToken().Position.Column, Text: syntaxSentence(text, line, e.GetMessage())}
}

// syntaxSentences maps the beginning of a complaint to what a person should hear.
var syntaxSentences = []struct{ begins, say string }{
	{"could not find end character of double-quoted", `a text begins with " here and has no closing "; add it`},
	{"could not find end character of single-quoted", `a text begins with ' here and has no closing '; add it, and write '' for an apostrophe inside`},
	{"found unknown escape character", `a text in " has a backslash with a letter that means nothing; write \\ for a backslash, or put the text in ' instead`},
	{"',' or ']' must be specified", `a list that began with [ is not closed before this; add ] or a comma (a text that holds brackets or braces needs quotes)`},
	{"sequence end token ']' not found", `a list that begins with [ here is not closed; add ]`},
	{"expected sequence element", `a list has two commas in a row or begins with one; remove one`},
	{"',' or '}' must be specified", `a group that began with { is not closed before this; add } or a comma (${NAME} inside { } needs quotes: "${NAME}")`},
	{"could not find flow mapping end token", `a group that begins with { here is not closed; add }`},
	{"could not find flow map content", `a group that begins with { here is not closed; add }`},
	{"could not find '['", `there is a ] without a [ before it; remove it or put the text in quotes`},
	{"could not find '{'", `there is a } without a { before it; remove it or put the text in quotes`},
	{"block sequence entries are not allowed", `a list with - begins on its own line; move it below its key, or write it in [ ]`},
	{"could not find multi-line content", `nothing follows | or >; write the text on the next lines, indented`},
}

// syntaxSentence finds the words for a complaint about one line of the text.
func syntaxSentence(text string, line int, message string) string {
	for _, s := range syntaxSentences {
		if strings.HasPrefix(message, s.begins) {
			return s.say
		}
	}
	lines := strings.Split(text, "\n")
	at := func(n int) string {
		if n < 1 || n > len(lines) {
			return ""
		}
		return strings.TrimSuffix(lines[n-1], "\r")
	}
	_, value, hasKey := strings.Cut(strings.TrimLeft(at(line), " -"), ": ")
	value = strings.TrimSpace(value)
	switch {
	case strings.HasSuffix(message, "is a reserved character"), strings.HasPrefix(message, "unexpected directive"):
		return "a value begins with @, ` or %, which YAML keeps for itself; put it in quotes"
	case hasKey && (strings.HasPrefix(value, `"`) || strings.HasPrefix(value, `'`)):
		return `there is more text after a closing quote; put the whole value in quotes of the other kind, as in '"IQ" in countries'`
	case hasKey && strings.Contains(value, ": "):
		return `a value holds a colon and a blank; put it in quotes, as in title: "Iraq: the vote"`
	case !strings.Contains(at(line), ":") && !strings.HasPrefix(strings.TrimSpace(at(line)), "-"):
		return `there is no colon in this line; a setting is written key: value`
	case indent(at(line+1)) > indent(at(line)):
		return `the line after this one is indented although this one is complete; let keys of one group begin in the same column`
	}
	return `this line does not fit what is above it; let keys of one group begin in the same column, entries of a list with "- ", and a key end with ":"`
}

// indent counts the blanks at the beginning of a line that has more than blanks.
func indent(line string) int {
	if strings.TrimSpace(line) == "" {
		return 0
	}
	return len(line) - len(strings.TrimLeft(line, " "))
}

// tooMuch is a problem of a line as a whole.
func tooMuch(line int, format string, args ...any) *Problem {
	return &Problem{Line: line, Text: fmt.Sprintf(format, args...)}
}
