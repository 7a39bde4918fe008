package extract

import (
	"strings"

	"github.com/storywatch/storywatch/text"
)

// The reasons for leaving out what stands in the body.
const (
	reasonTitle   = "the headline itself"
	reasonLinks   = "links"
	reasonSection = "a section of the page"
	reasonBefore  = "before the story"
	reasonAfter   = "after the story"
	reasonEmpty   = "a heading without text"
	reasonTwice   = "said before"
	reasonOutside = "outside of the story"
)

// plainText is the kind of a block that is neither heading, list item, quote nor row.
const plainText = ""

// keep decides for each block of a box whether it belongs to the story.
func (d *document) keep(b *box) {
	seen := map[string]bool{}
	title := text.Key(d.title)
	stopped := false
	for i, block := range d.blocks[b.first:b.last] {
		if block.kind == text.Heading && isStop(block) {
			stopped = true
		} else if stopped && block.kind == text.Heading && d.storyGoesOn(b, b.first+i) {
			stopped = false
		}
		key := text.Key(block.text)
		switch {
		case d.sel.Body == "" && block.box.out != "":
			block.reason = block.box.out
		case stopped:
			block.reason = reasonSection
		case key == title && title != "":
			block.reason = reasonTitle
		case seen[key] && block.units >= shortBlock:
			block.reason = reasonTwice
		case isLinks(block):
			block.reason = reasonLinks
		default:
			block.reason = furnitureReason(block)
		}
		block.kept = block.reason == ""
		if block.kept {
			seen[key] = true
		}
	}
}

// storyGoesOn reports whether more than half of a box's running text comes after a block, so that a heading before it has
// opened an inset rather than the end.
func (d *document) storyGoesOn(b *box, at int) bool {
	rest := 0.0
	for _, block := range d.blocks[at:b.last] {
		rest += max(block.value, 0)
	}
	return rest > 0.4*b.value.value
}

func isLinks(b *block) bool {
	share := b.linked / b.units
	return share > 0.8 && (b.kind != plainText || !b.ends) || share > mostlyLinks && !b.ends
}

// trim leaves out what stands around the story's sentences: labels and credits before the first and after the last, and
// headings that nothing follows.
func (d *document) trim() {
	first, last := -1, -1
	holders := map[*box]bool{}
	for i, b := range d.blocks {
		if b.kept && b.ends && b.kind != text.Heading && b.units >= shortBlock && !isCredit(b) {
			if first < 0 {
				first = i
			}
			last = i
			holders[b.box.parent] = true
		}
	}
	for i, b := range d.blocks {
		switch {
		case !b.kept:
		case first < 0:
			// A story without a full sentence: what is there is all there is.
		case i < first && !d.isLead(b):
			b.kept, b.reason = false, reasonBefore
		case i > last && (b.kind == plainText || b.kind == text.Heading) && (b.units < 2*shortBlock || !b.ends && !holders[b.box.parent]):
			b.kept, b.reason = false, reasonAfter
		case isCredit(b):
			b.kept, b.reason = false, outByline
		}
	}
	d.dropBareHeadings()
}

// isLead reports whether a block before the first sentence is the story's own beginning.
func (d *document) isLead(b *block) bool {
	for at := b.box; at != nil; at = at.parent {
		if at.cue.lead {
			return true
		}
	}
	return b.units >= 2*shortBlock && !b.dated && !b.bare && b.linked == 0
}

// isCredit reports whether a line names who wrote or when, and says nothing else.
func isCredit(b *block) bool {
	if b.units > 12 {
		return false
	}
	return namesAuthor(b) || b.dated && !b.ends
}

func (d *document) dropBareHeadings() {
	hasText := false
	for i := len(d.blocks) - 1; i >= 0; i-- {
		switch b := d.blocks[i]; {
		case !b.kept:
		case b.kind != text.Heading:
			hasText = true
		case !hasText:
			b.kept, b.reason = false, reasonEmpty
		}
	}
}

// lead returns the standfirst that stands outside of the body, between the headline and its first paragraph.
func (d *document) lead() string {
	if len(d.chosen) == 0 {
		return ""
	}
	for i := d.chosen[0].first - 1; i >= 0 && i >= d.chosen[0].first-8; i-- {
		b := d.blocks[i]
		if b.kind == text.Heading && b.level == 1 {
			return ""
		}
		if b.box.out != "" || b.units < shortBlock || b.linked > 0 {
			continue
		}
		for at := b.box; at != nil; at = at.parent {
			if at.cue.lead {
				b.kept = true
				return b.text
			}
		}
	}
	return ""
}

// paragraphs returns what was kept, in reading order.
func (d *document) paragraphs() []text.Paragraph {
	var all []text.Paragraph
	for _, c := range d.chosen {
		for _, b := range d.blocks[c.first:c.last] {
			if b.kept {
				all = append(all, text.Paragraph{Kind: b.kind, Text: b.text})
			}
		}
	}
	for _, b := range d.blocks {
		if !b.kept && b.reason == "" {
			b.reason = reasonOutside
		}
	}
	return all
}

// joined is all that was kept as one text.
func joined(all []text.Paragraph) string {
	lines := make([]string, 0, len(all))
	for _, p := range all {
		lines = append(lines, p.Text)
	}
	return strings.Join(lines, "\n")
}
