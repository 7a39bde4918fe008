package storage_test

import (
	"encoding/json"
	"math"
	"reflect"
	"testing"
	"time"

	"github.com/storywatch/storywatch/storage"
	"github.com/storywatch/storywatch/story"
	"github.com/storywatch/storywatch/text"
)

func TestSealNumbersAndChains(t *testing.T) {
	one := first("https://a.example/1", "أ")
	two := next(one, "ب")
	id := storage.ArticleID("https://a.example/1")
	if one.ID != id+".1" || one.Number != 1 || one.Prev != "" || len(one.Hash) != 64 {
		t.Errorf("the first version is %s, number %d, after %q", one.ID, one.Number, one.Prev)
	}
	if two.ID != id+".2" || two.Number != 2 || two.Prev != one.Hash || two.Hash == one.Hash {
		t.Errorf("the second version is %s, number %d, after %q", two.ID, two.Number, two.Prev)
	}
	if again := storage.Seal(two, one); !reflect.DeepEqual(again, two) {
		t.Errorf("sealed twice it is another: %+v", again)
	}
	bare := story.Version{PageURL: "https://a.example/1?utm_source=x"}
	if v := storage.Seal(bare, story.Version{}); v.ArticleID != id {
		t.Errorf("without an article id it belongs to %s, want %s", v.ArticleID, id)
	}
	if v := storage.Seal(bare, one); v.ArticleID != id || v.Number != 2 {
		t.Errorf("without an article id it is %s, want the article's before it", v.ID)
	}
}

func TestSealGivesTheFormThatIsReadBack(t *testing.T) {
	far := time.Date(20000, 1, 1, 0, 0, 0, 0, time.UTC) // JSON has no such year
	v := storage.Seal(story.Version{
		PageURL: "https://a.example/\x00\xff", Source: "a", SeenAt: noon,
		Article: story.Article{
			Title: "a\xffb\u2028<i>", Published: noon, Modified: far,
			Paragraphs: []text.Paragraph{{Text: "\xed\xa0\x80", At: far}, {Text: "é", At: noon}},
		},
	}, story.Version{})
	body, err := json.Marshal(v)
	must(t, err)
	var back story.Version
	must(t, json.Unmarshal(body, &back))
	same(t, "version after JSON", back, v, nil)
	if !v.Article.Modified.IsZero() || !v.Article.Published.Equal(ms(noon)) || v.Article.Published.Location() != time.UTC {
		t.Errorf("published %v, modified %v", v.Article.Published, v.Article.Modified)
	}
	if v.PageURL != "https://a.example/\uFFFD" || v.Article.Title != "a\uFFFDb\u2028<i>" {
		t.Errorf("page %q, title %q", v.PageURL, v.Article.Title)
	}
}

func TestSealLeavesTheCallersArticleAlone(t *testing.T) {
	a := article("عنوان")
	at := a.Paragraphs[1].At
	storage.Seal(story.Version{PageURL: "https://a.example/1", Article: a}, story.Version{})
	if !a.Paragraphs[1].At.Equal(at) {
		t.Error("a paragraph of the caller's has changed")
	}
}

// Whatever a page says, a sealed version is the same after it has been written and read.
func FuzzSeal(f *testing.F) {
	f.Add("عنوان", "نص\x00\xff", "https://a.example/1", int64(0), int64(math.MaxInt64))
	f.Add("", "\u2028</script>", "", int64(math.MinInt64), int64(1))
	f.Fuzz(func(t *testing.T, title, body, url string, seen, published int64) {
		v := storage.Seal(story.Version{
			PageURL: url, Source: title, SeenAt: time.UnixMilli(seen),
			Article: story.Article{
				URL: url, Title: title, Paragraphs: []text.Paragraph{{Kind: title, Text: body, At: time.UnixMilli(published)}},
				Authors: []string{body}, Published: time.UnixMilli(published),
			},
		}, story.Version{})
		written, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		var back story.Version
		if err := json.Unmarshal(written, &back); err != nil {
			t.Fatal(err)
		}
		if again := storage.Seal(back, story.Version{}); again.Hash != v.Hash {
			t.Errorf("read back it has hash %s, was %s", again.Hash, v.Hash)
		}
	})
}
