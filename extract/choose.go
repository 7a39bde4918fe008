package extract

import (
	"bytes"
	"time"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/storywatch/storywatch/story"
	"github.com/storywatch/storywatch/text"
)

// sums are what the blocks of a box come to: how much they read like running text, and how many words they have.
type sums struct {
	value, units, linked float64
}

// What blocks are worth. Running text counts by its words; links, labels and lists of names count against the box they
// stand in, so that a box which adds nothing but those to another one never beats it.
const (
	shortBlock  = 5   // words; below, a block is a label
	longBlock   = 120 // words; more count no more
	labelValue  = -1.0
	linkValue   = -0.6 // per linked word of a block that is mostly links
	mostlyLinks = 0.5
	openValue   = 0.35 // per word of a text that never ends a sentence
	itemValue   = 0.5  // list items and rows, against paragraphs
	sureBody    = 1.5  // how much an element is favoured that says to hold the story
	likelyBody  = 1.1
	overrule    = 0.5 // share of the page's running text from which an element's name is not believed to rule it out
	namedEnough = 0.4 // share of the best box's value from which one that surely names itself the body is taken instead
)

// read parses a page and reads it into boxes and blocks.
func read(page story.Fetched, sel Selectors) (*document, error) {
	root, err := html.Parse(bytes.NewReader(page.Body))
	if err != nil {
		return nil, unreadable("this page cannot be read as HTML: %v", err)
	}
	d := &document{page: page, sel: sel, deadline: time.Now().Add(maxTime), root: root, cues: map[string]cue{}}
	for _, remove := range sel.Remove {
		goquery.NewDocumentFromNode(root).Find(remove).Remove()
	}
	d.readHead()
	return d, d.readBlocks()
}

// choose finds the body, and what of it is the story.
func (d *document) choose() {
	d.title = d.readTitle()
	if d.sel.Body != "" {
		d.chooseSelected()
	} else if len(d.boxes) > 0 {
		d.ruleOut()
		d.chosen = []*box{d.best()}
	}
	for _, b := range d.chosen {
		d.keep(b)
	}
	d.trim()
}

// chooseSelected takes the boxes of the elements that the source's selector names.
func (d *document) chooseSelected() {
	named := map[*html.Node]bool{}
	for _, n := range goquery.NewDocumentFromNode(d.root).Find(d.sel.Body).Nodes {
		named[n] = true
	}
	last := 0
	for _, b := range d.boxes {
		if named[b.node] && b.first >= last {
			d.chosen = append(d.chosen, b)
			last = b.last
		}
	}
}

// ruleOut settles which boxes are left out by what their elements say, and adds the rest up.
func (d *document) ruleOut() {
	d.value(func(*box) bool { return false })
	total := d.boxes[0].value.value
	d.markOut(func(b *box) bool {
		share := b.value.value / max(total, 1)
		if b.cue.out == outComments {
			return true
		}
		return share < overrule
	})
	d.value(func(b *box) bool { return b.out != "" })
	if d.boxes[0].value.value < 0.2*total && total > 2*longBlock {
		// Nearly all text is gone: the names lie, but for comments and navigation.
		d.markOut(func(b *box) bool { return b.cue.out == outComments || b.cue.out == outNavigation })
		d.value(func(b *box) bool { return b.out != "" })
	}
}

// markOut takes out the boxes whose cue says so, as far as it is believed.
func (d *document) markOut(believed func(*box) bool) {
	for _, b := range d.boxes {
		b.out = ""
		switch {
		case b.parent != nil && b.parent.out != "":
			b.out = b.parent.out
		case b.cue.out == "" || b.node.DataAtom == atom.Html || b.node.DataAtom == atom.Body:
		case b.cue.body >= 2 && !b.cue.firm:
		case believed(b):
			b.out = b.cue.out
		}
	}
}

// value gives each block its value and each box the sum over its own; boxes that are out have none.
func (d *document) value(out func(*box) bool) {
	for _, b := range d.boxes {
		b.value = sums{}
	}
	for _, b := range d.blocks {
		if out(b.box) {
			b.value = 0
			continue
		}
		b.value = blockValue(b)
		for at := b.box; at != nil; at = at.parent {
			at.value.value += b.value
			at.value.units += b.units
			at.value.linked += b.linked
		}
	}
}

func blockValue(b *block) float64 {
	share := b.linked / b.units
	switch {
	case share > mostlyLinks && (!b.ends || share > 0.8 || b.units < 3*shortBlock):
		return max(linkValue*b.linked, -10)
	case b.units < shortBlock, b.kind == text.Heading, b.bare && b.kind != text.Table:
		return labelValue
	case furnitureReason(b) != "":
		return 2 * labelValue
	}
	v := min(b.units-b.linked, longBlock)
	if !b.ends {
		v *= openValue
	}
	if b.kind == text.ListItem || b.kind == text.Table {
		v *= itemValue
	}
	return v
}

// best returns the box that reads most like the story.
func (d *document) best() *box {
	best := d.boxes[0]
	score := func(b *box) float64 {
		switch {
		case b.cue.body >= 2:
			return b.value.value * sureBody
		case b.cue.body == 1:
			return b.value.value * likelyBody
		}
		return b.value.value
	}
	for _, b := range d.boxes {
		// Of boxes that hold the same, the innermost.
		if b.out == "" && score(b) >= score(best) && b.value.value > 0 {
			best = b
		}
	}
	best = d.articleIn(best)
	for _, b := range d.within(best) {
		if b.cue.body == 3 && b.out == "" && b.value.value >= namedEnough*best.value.value {
			return b
		}
	}
	return best
}

// within returns the boxes inside another one.
func (d *document) within(b *box) []*box {
	for i, other := range d.boxes {
		if other == b {
			return d.boxes[i+1 : b.next]
		}
	}
	return nil
}

// articleIn narrows a box that holds several articles, as pages do that go on with the next story, to the one that the page
// is about. A live blog's entries are articles too: they stay.
func (d *document) articleIn(b *box) *box {
	if d.head.linked.live {
		return b
	}
	var articles []*box
	for _, in := range d.within(b) {
		nested := len(articles) > 0 && in.first < articles[len(articles)-1].last
		if in.node.DataAtom == atom.Article && in.out == "" && !nested && in.value.value > 0 {
			articles = append(articles, in)
		}
	}
	if len(articles) < 2 {
		return b
	}
	for _, a := range articles {
		if a.value.value >= namedEnough*b.value.value && d.holdsTitle(a) {
			return a
		}
	}
	if first := articles[0]; first.value.value >= 0.5*b.value.value {
		return first
	}
	return b
}

// holdsTitle reports whether a box has a heading that says what the title says.
func (d *document) holdsTitle(b *box) bool {
	key := text.Key(d.title)
	for _, block := range d.blocks[b.first:b.last] {
		if block.kind == text.Heading && key != "" && text.Key(block.text) == key {
			return true
		}
	}
	return false
}
