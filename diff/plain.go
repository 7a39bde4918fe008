package diff

import (
	"fmt"
	"io"
	"strings"
	"unicode"
)

// Plain writes c for a terminal: what is gone behind "-", what is new behind "+", a reworded sentence behind "~" with its words
// as [-before-]{+after+}, what moved behind ">", what was only set differently behind "=".
func Plain(w io.Writer, c Change) error {
	p := printer{w: w}
	for i, e := range c.Edits {
		if !c.told(i) {
			p.edit(e)
		}
	}
	return p.err
}

// printer writes lines until the first error.
type printer struct {
	w   io.Writer
	err error
}

func (p *printer) line(sign, s string) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, "%s %s\n", sign, strings.Map(harmless, s))
	}
}

// harmless turns controls into spaces: a page must not steer the terminal.
func harmless(r rune) rune {
	if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
		return ' '
	}
	return r
}

func (p *printer) edit(e Edit) {
	switch e.Op {
	case Added:
		p.line("+", e.After)
	case Removed:
		p.line("-", e.Before)
	case Reworded:
		if len(e.Words) > 0 {
			p.line("~", inline(e.Words))
		}
	case Moved:
		if len(e.Sentences) == 0 {
			p.line(">", e.After)
		}
	case Cosmetic:
		if len(e.Sentences) == 0 {
			p.line("=", e.After)
		}
	}
	for _, s := range e.Sentences {
		p.edit(s)
	}
}

// inline marks the words of a reworded sentence.
func inline(words []Span) string {
	var b strings.Builder
	for _, s := range words {
		switch s.Op {
		case Added:
			b.WriteString("{+" + s.Text + "+}")
		case Removed:
			b.WriteString("[-" + s.Text + "-]")
		default:
			b.WriteString(s.Text)
		}
	}
	return b.String()
}
