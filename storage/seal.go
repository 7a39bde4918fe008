package storage

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"strconv"
	"time"

	"github.com/storywatch/storywatch/story"
	"github.com/storywatch/storywatch/text"
)

// Seal numbers a version after the one before it (the zero Version for the first) and sets its id, Prev and Hash.
// An empty ArticleID is taken from the version before, or else made from PageURL.
//
// It also gives the version the form in which it will be read back, so that the hash stays true: times in whole
// milliseconds of UTC, texts in valid UTF-8.
//
// Hash is the SHA-256, in hex, of these nine byte strings, each written as a netstring (its length in decimal, a colon,
// the bytes, a comma; https://cr.yp.to/proto/netstrings.txt):
//
//  1. storywatch version 1
//  2. Prev: the hash of the version before, empty for the first
//  3. the version's id
//  4. the article's id
//  5. the number, in decimal
//  6. the source's name
//  7. the page's address
//  8. when it was seen: milliseconds since 1970 in UTC, in decimal
//  9. the article as JSON, byte for byte as it is stored (the unpacked body of the version)
func Seal(v story.Version, before story.Version) story.Version {
	if v.ArticleID == "" {
		v.ArticleID = before.ArticleID
	}
	if v.ArticleID == "" {
		v.ArticleID = ArticleID(v.PageURL)
	}
	v.Number = before.Number + 1
	v.ID = VersionID(v.ArticleID, v.Number)
	v.Prev = before.Hash
	v.Source, v.PageURL = clean(v.Source), clean(v.PageURL)
	v.SeenAt = whole(v.SeenAt)
	v.Article = settle(v.Article)
	v.Hash = hashOf(v, articleJSON(v.Article))
	return v
}

// VersionID is the id of a version of an article.
func VersionID(articleID string, number int) string { return articleID + "." + strconv.Itoa(number) }

// hashOf computes the hash of a version whose article is stored as body. See Seal.
func hashOf(v story.Version, body []byte) string {
	sum := sha256.New()
	for _, field := range []string{
		"storywatch version 1", v.Prev, v.ID, v.ArticleID, strconv.Itoa(v.Number),
		v.Source, v.PageURL, strconv.FormatInt(millis(v.SeenAt), 10),
	} {
		netstring(sum, []byte(field))
	}
	netstring(sum, body)
	return hex.EncodeToString(sum.Sum(nil))
}

func netstring(to hash.Hash, field []byte) {
	fmt.Fprintf(to, "%d:", len(field)) // a hash never fails to be written to
	to.Write(field)
	to.Write([]byte{','})
}

// settle gives an article the form that survives being stored: writing it and reading it back changes nothing.
func settle(a story.Article) story.Article {
	a.Published, a.Modified = whole(a.Published), whole(a.Modified)
	paragraphs := make([]text.Paragraph, len(a.Paragraphs))
	for i, p := range a.Paragraphs {
		p.At = whole(p.At)
		paragraphs[i] = p
	}
	a.Paragraphs = paragraphs
	// Reading back what was written puts U+FFFD where a text was not valid UTF-8.
	var settled story.Article
	if err := json.Unmarshal(articleJSON(a), &settled); err != nil {
		panic(fmt.Sprintf("storage: an article does not read back: %v", err)) // its JSON is ours
	}
	return settled
}

// articleJSON writes an article as it is hashed and stored.
func articleJSON(a story.Article) []byte {
	var body bytes.Buffer
	write := json.NewEncoder(&body)
	write.SetEscapeHTML(false)
	if err := write.Encode(a); err != nil {
		panic(fmt.Sprintf("storage: an article does not write as JSON: %v", err)) // strings and whole times always do
	}
	return bytes.TrimSuffix(body.Bytes(), []byte{'\n'})
}

// whole cuts a time to whole milliseconds of UTC. A time that JSON cannot hold becomes the zero time.
func whole(t time.Time) time.Time {
	t = t.UTC()
	if t.Year() < 1 || t.Year() > 9999 {
		return time.Time{}
	}
	return t.Truncate(time.Millisecond)
}
