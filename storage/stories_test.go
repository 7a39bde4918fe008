package storage_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/storywatch/storywatch/storage"
	"github.com/storywatch/storywatch/storage/storagetest"
	"github.com/storywatch/storywatch/story"
)

func TestDevelopmentsComeNewestFirst(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, db *storage.DB) {
		ctx := t.Context()
		for i := range 4 {
			v := first(fmt.Sprintf("https://a.example/%d", i), "خبر")
			d := development(fmt.Sprintf("d%d", i), story.QuoteAdded, "قال")
			d.SeenAt = noon.Add(time.Duration(i) * time.Minute)
			name := []string{"tour", "other"}[i/3]
			record(t, db, storage.Entry{Version: &v, News: []story.News{{Story: name, Seq: int64(i%3) + 1, Developments: []story.Development{d}}}})
		}
		for _, c := range []struct {
			story string
			limit int
			want  []string
		}{{"", 0, []string{"d3", "d2", "d1", "d0"}}, {"tour", 0, []string{"d2", "d1", "d0"}}, {"tour", 2, []string{"d2", "d1"}}, {"?", 0, nil}} {
			developments, err := db.Developments(ctx, c.story, c.limit)
			var ids []string
			for _, d := range developments {
				ids = append(ids, d.ID)
			}
			same(t, fmt.Sprintf("developments of %q", c.story), ids, c.want, err)
		}
		stories, err := db.Stories(ctx)
		same(t, "stories", stories, []storage.StoryInfo{
			{Name: "other", Articles: 1, Versions: 1, Developments: 1, Last: ms(noon.Add(3 * time.Minute))},
			{Name: "tour", Articles: 3, Versions: 3, Developments: 3, Last: ms(noon.Add(2 * time.Minute))},
		}, err)
		counts, err := db.Counts(ctx)
		same(t, "counts", counts, storage.Counts{Articles: 4, Versions: 4, Developments: 4}, err)
	})
}
