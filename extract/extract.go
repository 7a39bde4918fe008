// Package extract finds the story a page tells: title, paragraphs, authors, dates, language.
//
// A page is read in one pass into blocks of text, each of which knows the box (the element) it stands in. Each block gets a
// value for how much it reads like running text, each box the sum over its blocks; what the names of elements say (comments,
// related stories, advertising) takes whole boxes out. The box with the best sum is the body; what is left of its blocks,
// after the lines that every newsroom puts around its stories, is the article. Every block ends with a reason, so that
// Explain can show why it was kept or left out. The package knows no network, no source and no site by name.
package extract

import (
	"fmt"
	"time"

	"golang.org/x/net/html"

	"github.com/storywatch/storywatch/story"
)

// Selectors are CSS selectors of a source that win over the general extractor.
type Selectors struct {
	Title, Body string
	Remove      []string
}

// Error is why a page could not be read as an article; Outcome is unreadable, blocked or limited.
type Error struct {
	Outcome story.Outcome
	Reason  string
}

func (e *Error) Error() string { return e.Reason }

// Piece is one block of text of a page, in reading order, with what became of it.
type Piece struct {
	Text   string `json:"text"` // the block's beginning, at most 120 characters
	Kept   bool   `json:"kept"`
	Reason string `json:"reason"`
}

// Article returns the story that a fetched page tells. The error is always an *Error.
func Article(page story.Fetched, sel Selectors) (story.Article, error) {
	article, _, err := Explain(page, sel)
	return article, err
}

// FromHTML returns the story that a page tells whose bytes, UTF-8, did not come from the network. url is the address it is
// said to have; it may be empty. The error is always an *Error.
func FromHTML(url string, body []byte, sel Selectors) (story.Article, error) {
	return Article(story.Fetched{URL: url, Body: body}, sel)
}

// Explain is Article, and also says of each block of text on the page whether it was kept and why. The pieces are there
// with an error too, as far as the page could be read.
func Explain(page story.Fetched, sel Selectors) (article story.Article, pieces []Piece, err error) {
	defer func() {
		// The parser and the selectors are other people's code on strangers' bytes: their last resort is an outcome.
		if p := recover(); p != nil {
			article, err = story.Article{}, &Error{story.OutcomeUnreadable, fmt.Sprintf("this page broke the reader: %v", p)}
		}
	}()
	if page.At.IsZero() {
		page.At = time.Now()
	}
	if err := checkLimits(page.Body); err != nil {
		return story.Article{}, nil, err
	}
	d, err := read(page, sel)
	if err != nil {
		return story.Article{}, nil, err
	}
	if err := d.refusal(); err != nil {
		return story.Article{}, d.pieces(), err
	}
	d.choose()
	a := d.article()
	pieces = d.pieces()
	if err := d.emptiness(a); err != nil {
		return story.Article{}, pieces, err
	}
	return a, pieces, nil
}

// document is a page on its way to an article.
type document struct {
	page     story.Fetched
	sel      Selectors
	deadline time.Time
	root     *html.Node
	head     head
	boxes    []*box
	blocks   []*block
	cues     map[string]cue
	chosen   []*box
	title    string
}

// piecesLength is how much of a block Explain shows, in characters.
const pieceLength = 120

func (d *document) pieces() []Piece {
	var all []Piece
	for _, b := range d.blocks {
		reason := b.reason
		if b.kept && reason == "" {
			reason = "article text"
		}
		all = append(all, Piece{Text: cut(b.text, pieceLength), Kept: b.kept, Reason: reason})
	}
	return all
}

// cut returns at most n characters of s, with an ellipsis where some are missing.
func cut(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i] + "…"
		}
		n--
	}
	return s
}

func unreadable(format string, args ...any) error {
	return &Error{story.OutcomeUnreadable, fmt.Sprintf(format, args...)}
}
