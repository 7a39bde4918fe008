package config

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml/token"
)

// How large a file may be before it is parsed; beyond these the YAML library takes seconds or longer. Ten thousand sources
// stay below all of them.
const (
	maxLines   = 100_000
	maxSigns   = 250_000 // brackets, braces, commas and colons, wherever they stand
	maxNesting = 64
	maxTokens  = 400_000
	maxKeys    = 1000 // of one mapping
	maxMissing = 1000 // keys and list entries without a value, in the whole file
)

// checkText refuses what is no text, and the one thing that YAML forbids and editors do not show: a tab as indentation.
// It returns the text without byte order mark.
func checkText(data []byte) (string, *Problem) {
	if bytes.HasPrefix(data, []byte{0xff, 0xfe}) || bytes.HasPrefix(data, []byte{0xfe, 0xff}) {
		return "", &Problem{Text: "is saved as UTF-16; save it as UTF-8"}
	}
	text := string(bytes.TrimPrefix(data, []byte("\ufeff")))
	signs := 0
	for _, sign := range []string{"[", "{", ",", ":"} {
		signs += strings.Count(text, sign)
	}
	if strings.Count(text, "\n") > maxLines || signs > maxSigns {
		return "", tooMuch(0, "has more lines, brackets and commas than a configuration has; this is probably another file")
	}
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSuffix(line, "\r")
		switch {
		case !utf8.ValidString(line):
			return "", tooMuch(i+1, "holds bytes that are not UTF-8; save the file as UTF-8")
		case strings.ContainsFunc(line, isUnseen):
			return "", tooMuch(i+1, "holds a control character; remove it (retyping the line does)")
		case strings.HasPrefix(strings.TrimLeft(line, " "), "\t") && strings.TrimSpace(line) != "":
			return "", tooMuch(i+1, "is indented with a tab; use blanks")
		}
	}
	return text, nil
}

// isUnseen reports control characters other than the tab.
func isUnseen(r rune) bool { return unicode.IsControl(r) && r != '\t' || r == '\ufeff' }

// refused are the features of YAML that a configuration does without, and what to do instead.
var refused = map[token.Type]string{
	token.AnchorType:     "uses a YAML anchor (&), which is not supported; write the value out, or put a text that begins with & in quotes",
	token.AliasType:      "uses a YAML alias (*), which is not supported; write the value out, or put a text that begins with * in quotes",
	token.MergeKeyType:   "uses a YAML merge key (<<), which is not supported; write the values out",
	token.TagType:        "uses a YAML tag (!), which is not supported; remove it, or put a text that begins with ! in quotes",
	token.DirectiveType:  "begins with %, which is not supported; remove the line, or put a value that begins with % in quotes",
	token.MappingKeyType: "uses a YAML key with ?, which is not supported; write key: value, or put a text that begins with ? in quotes",
}

// checkTokens refuses what a configuration does without and what would make the parser slow.
func checkTokens(tokens token.Tokens) *Problem {
	if len(tokens) > maxTokens {
		return tooMuch(0, "has more than %d words and signs; split it over several programs", maxTokens)
	}
	var b bounds
	content := false
	for _, tk := range tokens {
		line := tk.Position.Line
		if say, ok := refused[tk.Type]; ok {
			return &Problem{Line: line, Column: tk.Position.Column, Text: say}
		}
		switch tk.Type {
		case token.DocumentHeaderType:
			if content {
				return tooMuch(line, "begins a second document with ---; keep one document in the file")
			}
		case token.CommentType, token.DocumentEndType:
		default:
			content = true
			b.add(tk)
		}
		if b.depth() > maxNesting {
			return tooMuch(line, "is nested more than %d levels deep; no setting needs that, look for a bracket that is not closed", maxNesting)
		}
		if b.full {
			return tooMuch(line, "belongs to a group of more than %d keys; no setting needs that", maxKeys)
		}
		if b.missing > maxMissing {
			return tooMuch(line, "is one of more than %d keys and list entries without a value; no setting needs that", maxMissing)
		}
	}
	return nil
}

// bounds follows the nesting of a run of tokens from above: it may count a level too many, never one too few.
type bounds struct {
	open    []level // brackets and, outside of them, the columns at which blocks begin
	missing int
	full    bool
}

// level is one open block, bracket or brace.
type level struct {
	column  int // of a block; 0 for a bracket or brace
	mapping bool
	keys    int
}

func (b *bounds) depth() int { return len(b.open) }

// add takes the next token into account.
func (b *bounds) add(tk *token.Token) {
	switch tk.Type {
	case token.SequenceStartType, token.MappingStartType:
		b.open = append(b.open, level{mapping: tk.Type == token.MappingStartType})
	case token.SequenceEndType, token.MappingEndType:
		b.lone(tk)
		if b.inFlow() {
			b.open = b.open[:len(b.open)-1]
		}
	case token.CollectEntryType:
		b.lone(tk)
	case token.SequenceEntryType:
		b.begin(tk.Position.Column)
		if next := tk.Next; next == nil || next.Type == token.SequenceEntryType && next.Position.Line > tk.Position.Line {
			b.missing++
		}
	case token.MappingValueType:
		b.key(tk)
	}
}

// inFlow reports whether the innermost level is a bracket or brace.
func (b *bounds) inFlow() bool { return len(b.open) > 0 && b.open[len(b.open)-1].column == 0 }

// begin notes that a list entry or a key begins at a column.
func (b *bounds) begin(column int) {
	if b.inFlow() {
		return
	}
	n := len(b.open)
	for n > 0 && b.open[n-1].column > column {
		n--
	}
	b.open = b.open[:n]
	if n == 0 || b.open[n-1].column < column {
		b.open = append(b.open, level{column: column})
	}
}

// key notes the colon after a key.
func (b *bounds) key(colon *token.Token) {
	if colon.Prev != nil {
		b.begin(colon.Prev.Position.Column)
	}
	if lacksValue(colon) {
		b.missing++
	}
	if n := len(b.open); n > 0 {
		b.open[n-1].keys++
		b.full = b.full || b.open[n-1].keys > maxKeys
	}
}

// lone notes a word inside braces that is a key without colon and value.
func (b *bounds) lone(end *token.Token) {
	if !b.inFlow() || !b.open[len(b.open)-1].mapping || end.Prev == nil || end.Prev.Prev == nil {
		return
	}
	if before := end.Prev.Prev.Type; before == token.CollectEntryType || before == token.MappingStartType {
		b.missing++
	}
}

// lacksValue reports a colon that nothing follows.
func lacksValue(colon *token.Token) bool {
	next := colon.Next
	if next == nil {
		return true
	}
	switch next.Type {
	case token.CollectEntryType, token.MappingEndType, token.SequenceEndType:
		return true
	}
	if colon.Prev == nil || next.Position.Line == colon.Position.Line {
		return false
	}
	// A list may begin in the column of its key.
	column := next.Position.Column
	if next.Type == token.SequenceEntryType {
		column++
	}
	return column <= colon.Prev.Position.Column
}
