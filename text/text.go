// Package text holds what a program must know of human writing before it can compare two texts: folding, sentences,
// words, language and direction. It is pure: strings in, strings out, no network, no clock.
package text

import "time"

// The kinds of paragraph. The empty kind is running text.
const (
	Title    = "title"
	Lead     = "lead"
	Heading  = "heading"
	ListItem = "item"
	Quote    = "quote"
	Table    = "table"
	Entry    = "entry" // an entry of a live blog
)

// Paragraph is one block of an article in reading order.
type Paragraph struct {
	Kind string    `json:"kind,omitempty"`
	Text string    `json:"text"`
	At   time.Time `json:"at,omitzero"` // when a live-blog entry says it was written
}
