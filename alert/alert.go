// Package alert decides who must hear of a development, writes what they are told, signs it and delivers it until it is
// taken or given up. Which deliveries there are, and when each is due, is in the database; nothing is remembered here.
package alert

import (
	"crypto/sha256"
	"encoding/hex"
	"time"

	"github.com/storywatch/storywatch/diff"
	"github.com/storywatch/storywatch/story"
)

// The types of alert beside developments, whose type is "development." and their kind.
const (
	ArticleNew      = "article.new"      // an article of a story was seen for the first time
	ArticleRemoved  = "article.removed"  // an article is no longer to be had
	SourceFailing   = "source.failing"   // nothing good came from a source for too long
	SourceRecovered = "source.recovered" // and now it does again
)

// Context is what an alert says beside the development itself.
type Context struct {
	StoryTitle string
	Version    story.Version // that carried the development
	Change     diff.Change   // that led to the version; empty for a first version
	Links      Links
}

// Event is what befell a source, or an article apart from its text.
type Event struct {
	Type    string         // ArticleNew, ArticleRemoved, SourceFailing or SourceRecovered
	At      time.Time      // when it was noticed: with type, source and page it is the event's identity
	Page    story.Page     // the source's root, or the page of the article, as the last look left it
	Version *story.Version // the last good version of the article; nil for a source
	Stories []string       // the stories the article belongs to; empty for a source
	Links   Links
}

// idOf makes the id of an alert: the same news makes the same id however often it is judged. 128 bits of SHA-256.
func idOf(kind string, subject ...string) string {
	h := sha256.New()
	h.Write([]byte(kind))
	for _, s := range subject {
		h.Write([]byte{0})
		h.Write([]byte(s))
	}
	return "al_" + hex.EncodeToString(h.Sum(nil)[:16])
}
