package extract

import (
	"strings"
	"time"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/storywatch/storywatch/text"
)

// box is an element that holds blocks. A box's blocks are those with numbers from first up to, not with, last.
type box struct {
	node        *html.Node
	parent      *box
	cue         cue
	first, last int
	next        int // number of the first box after it that is not inside it
	value       sums
	out         string // why it is left out as a whole
}

// block is one piece of running text: what a reader would call a paragraph, a line, a list item, a row.
type block struct {
	text   string
	kind   string
	level  int // of a heading, 1 to 6
	box    *box
	units  float64 // words; see units
	linked float64 // those of them that are links
	ends   bool    // it holds the end of a sentence
	dated  bool    // it holds a time element
	bare   bool    // it has more figures than letters: a clock, a counter, a score
	value  float64
	kept   bool
	reason string
}

// reader turns the tree into boxes and blocks, in one pass.
type reader struct {
	d      *document
	box    *box
	buf    strings.Builder
	units  float64
	linked float64
	kind   string
	level  int
	inLink int
	breaks int // line breaks since the last text
	dated  bool
}

func (d *document) readBlocks() error {
	r := &reader{d: d}
	start := d.root
	r.openBox(start, cue{})
	r.children(start)
	r.flush()
	r.closeBox()
	if time.Now().After(d.deadline) {
		return limited("this page took more than %v to read", maxTime)
	}
	return nil
}

func (r *reader) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.node(c)
	}
}

func (r *reader) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		r.text(n.Data)
		return
	case html.ElementNode:
	default:
		return
	}
	switch display(n) {
	case never:
		return
	case inline:
		r.inline(n)
	case block_:
		r.element(n)
	}
}

// inline reads an element that does not part a paragraph.
func (r *reader) inline(n *html.Node) {
	switch n.DataAtom {
	case atom.Br:
		r.breaks++
		r.atBreak()
		return
	case atom.Wbr:
		return
	case atom.Time:
		r.dated = true
	}
	if len(n.Attr) > 0 && n.DataAtom != atom.A {
		if c := r.d.cueOf(n); c.out != "" && c.body < 2 && shortText(n, shortInline) {
			return
		}
	}
	if n.DataAtom == atom.A && leavesPage(n) {
		r.inLink++
		r.children(n)
		r.inLink--
		return
	}
	r.children(n)
}

// shortInline is how many bytes an inline element may have to be taken out by its name: a counter, a label, a credit.
const shortInline = 160

func shortText(n *html.Node, limit int) bool {
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			if limit -= len(c.Data); limit < 0 {
				return false
			}
		}
	}
	return true
}

func leavesPage(n *html.Node) bool {
	href := attr(n, "href")
	return href != "" && !strings.HasPrefix(href, "#")
}

// element reads an element that stands on lines of its own.
func (r *reader) element(n *html.Node) {
	r.flush()
	c := r.d.cueOf(n)
	if n.DataAtom == atom.Figure && !hasDescendant(n, atom.Blockquote, atom.Table, atom.Pre, atom.P) {
		c = cue{out: outCaption, firm: true}
	}
	r.openBox(n, c)
	kind, level, link := r.kind, r.level, r.inLink
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		r.kind, r.level = text.Heading, int(n.Data[1]-'0')
	case atom.Li:
		r.kind = text.ListItem
	case atom.Blockquote:
		r.kind = text.Quote
	case atom.Table:
		if isData(n) {
			r.table(n)
			r.closeBox()
			return
		}
	}
	r.children(n)
	r.flush()
	r.kind, r.level, r.inLink = kind, level, link
	r.closeBox()
}

func (r *reader) openBox(n *html.Node, c cue) {
	b := &box{node: n, parent: r.box, cue: c, first: len(r.d.blocks)}
	r.d.boxes = append(r.d.boxes, b)
	r.box = b
}

func (r *reader) closeBox() {
	r.box.last = len(r.d.blocks)
	r.box.next = len(r.d.boxes)
	if r.box.parent != nil {
		r.box = r.box.parent
	}
}

func (r *reader) text(s string) {
	if r.buf.Len() == 0 || r.breaks > 0 {
		s = strings.TrimLeft(s, " \t\r\n")
		if s == "" {
			if r.breaks == 0 && r.buf.Len() > 0 {
				r.buf.WriteByte(' ')
			}
			return
		}
	}
	if r.breaks > 0 && r.buf.Len() > 0 && (r.breaks > 1 || splitsAt(r.buf.String(), s)) {
		r.flush()
	}
	if r.breaks > 0 && r.buf.Len() > 0 {
		r.buf.WriteByte(' ')
	}
	r.breaks = 0
	r.buf.WriteString(s)
	u := units(s)
	r.units += u
	if r.inLink > 0 {
		r.linked += u
	}
}

// atBreak remembers a line break; whether it parts two paragraphs is decided when the next text is known.
func (r *reader) atBreak() {
	if r.buf.Len() == 0 {
		r.breaks = 0
	}
}

// isBare reports whether a text has at least as many digits as letters.
func isBare(s string) bool {
	n := 0
	for _, r := range s {
		switch {
		case unicode.IsLetter(r):
			n--
		case unicode.IsDigit(r):
			n++
		}
	}
	return n >= 0
}

// splitsAt reports whether a single line break between two texts parts paragraphs: after a sentence that is no short line,
// or before the indentation of Chinese and Japanese paragraphs.
func splitsAt(before, after string) bool {
	if strings.HasPrefix(after, "\u3000") {
		return true
	}
	return len(before) > 60 && endsSentence(before)
}

func (r *reader) flush() {
	r.breaks = 0
	if r.buf.Len() == 0 {
		r.units, r.linked, r.dated = 0, 0, false
		return
	}
	s := text.Clean(r.buf.String())
	if s != "" {
		r.add(&block{text: s, kind: r.kind, level: r.level, units: r.units, linked: r.linked, dated: r.dated})
	}
	r.buf.Reset()
	r.units, r.linked, r.dated = 0, 0, false
}

func (r *reader) add(b *block) {
	b.box = r.box
	b.ends, b.bare = holdsSentence(b.text), isBare(b.text)
	if b.units == 0 {
		b.units = 0.1
	}
	r.d.blocks = append(r.d.blocks, b)
}

// table adds the rows of a table of data, each as one block.
func (r *reader) table(n *html.Node) {
	for row := range n.Descendants() {
		if row.DataAtom != atom.Tr {
			continue
		}
		b := &block{kind: text.Table}
		var cells []string
		for cell := row.FirstChild; cell != nil; cell = cell.NextSibling {
			if cell.DataAtom != atom.Td && cell.DataAtom != atom.Th {
				continue
			}
			var s strings.Builder
			readCell(cell, &s, b, 0)
			if c := text.Clean(s.String()); c != "" {
				cells = append(cells, c)
			}
		}
		if b.text = strings.Join(cells, " | "); b.text != "" {
			r.add(b)
		}
	}
}

func readCell(n *html.Node, s *strings.Builder, b *block, links int) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			s.WriteString(c.Data)
			u := units(c.Data)
			b.units += u
			if links > 0 {
				b.linked += u
			}
		case c.Type == html.ElementNode && display(c) != never:
			if display(c) == block_ || c.DataAtom == atom.Br {
				s.WriteByte(' ')
			}
			in := links
			if c.DataAtom == atom.A && leavesPage(c) {
				in++
			}
			readCell(c, s, b, in)
		}
	}
}

// isData tells a table of data from one that lays out a page: several rows of several short cells, none of which holds
// tables, lists or paragraphs of its own.
func isData(table *html.Node) bool {
	rows, cells, long := 0, 0, 0
	for n := range table.Descendants() {
		switch n.DataAtom {
		case atom.Table, atom.Form, atom.H1, atom.H2, atom.Article, atom.Iframe:
			return false
		case atom.Tr:
			rows++
		case atom.Td, atom.Th:
			cells++
			if !shortText(n, 400) {
				long++
			}
		}
	}
	return rows >= 2 && cells >= rows*3/2 && cells >= 4 && long*10 <= cells
}

func hasDescendant(n *html.Node, atoms ...atom.Atom) bool {
	for c := range n.Descendants() {
		for _, a := range atoms {
			if c.DataAtom == a {
				return true
			}
		}
	}
	return false
}

// How an element takes part in the flow of text.
const (
	inline = iota
	block_
	never
)

func display(n *html.Node) int {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Math, atom.Iframe, atom.Object, atom.Embed, atom.Canvas,
		atom.Audio, atom.Video, atom.Map, atom.Select, atom.Textarea, atom.Button, atom.Input, atom.Head, atom.Link, atom.Meta, atom.Title,
		atom.Datalist, atom.Progress, atom.Meter, atom.Rt, atom.Rp, atom.Img, atom.Picture, atom.Frameset, atom.Noframes, atom.Applet:
		return never
	case atom.A, atom.Abbr, atom.Acronym, atom.B, atom.Bdi, atom.Bdo, atom.Big, atom.Br, atom.Cite, atom.Code, atom.Data, atom.Del, atom.Dfn,
		atom.Em, atom.Font, atom.I, atom.Ins, atom.Kbd, atom.Label, atom.Mark, atom.Nobr, atom.Q, atom.Ruby, atom.S, atom.Samp, atom.Small,
		atom.Span, atom.Strike, atom.Strong, atom.Sub, atom.Sup, atom.Time, atom.Tt, atom.U, atom.Var, atom.Wbr, atom.Blink, atom.Rb:
		return inline
	}
	return block_
}

// units counts words; where words are not spaced, two Han or kana characters or four of Thai and its neighbours count as one.
func units(s string) float64 {
	n, word := 0.0, false
	for _, r := range s {
		switch {
		case r < 0x80:
			c := r | 0x20
			if c >= 'a' && c <= 'z' || r >= '0' && r <= '9' {
				if !word {
					n++
				}
				word = true
			} else if r != '\'' && r != '-' {
				word = false
			}
		case spaceless(r):
			n += 0.5
			word = false
		case r >= 0x0E00 && r <= 0x0EFF, r >= 0x1000 && r <= 0x109F, r >= 0x1780 && r <= 0x17FF:
			n += 0.25
			word = false
		case unicode.IsLetter(r), unicode.IsMark(r), unicode.IsDigit(r), r == 0x200C, r == 0x2019:
			if !word {
				n++
			}
			word = true
		default:
			word = false
		}
	}
	return n
}

// spaceless reports characters of Chinese and Japanese.
func spaceless(r rune) bool {
	return r >= 0x3040 && r <= 0x30FF || r >= 0x3400 && r <= 0x9FFF || r >= 0xF900 && r <= 0xFAFF || r >= 0x20000 && r <= 0x3FFFF
}

// sentenceEnds are the marks that end a sentence, or part one, in the scripts of the world.
const sentenceEnds = ".!?…。！？؟۔।॥։።።"

// endsSentence reports whether s ends as a sentence does, closing quotes and brackets aside.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, " \t\r\n\u00a0\"'”’»«“)]」』）】›:：")
	for _, r := range sentenceEnds {
		if strings.HasSuffix(s, string(r)) {
			return true
		}
	}
	return false
}

// holdsSentence reports whether a mark that ends a sentence stands in s at the end or before a space, or anywhere where
// words are not spaced.
func holdsSentence(s string) bool {
	if endsSentence(s) {
		return true
	}
	for i, r := range s {
		switch r {
		case '。', '！', '？', '؟', '۔', '।':
			return true
		case '.', '!', '?':
			if i > 20 && i+1 < len(s) && s[i+1] == ' ' && i > 2 && s[i-1] != '.' && s[i-2] != ' ' && s[i-2] != '.' {
				return true
			}
		}
	}
	return false
}
