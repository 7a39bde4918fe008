package storage_test

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/storywatch/storywatch/storage"
	"github.com/storywatch/storywatch/storage/storagetest"
	"github.com/storywatch/storywatch/story"
)

// nodes opens a database as two processes of a cluster do. On SQLite there is one, used by both.
func nodes(t *testing.T, dsn string) [2]*storage.DB {
	t.Helper()
	one := storagetest.Open(t, dsn)
	if !one.Postgres() {
		return [2]*storage.DB{one, one}
	}
	return [2]*storage.DB{one, storagetest.Open(t, dsn)}
}

func TestOfTwoWhoJudgeAtOnceOneIsStale(t *testing.T) {
	const rounds = 20
	storagetest.EachAddress(t, func(t *testing.T, dsn string) {
		both := nodes(t, dsn)
		for round := 1; round <= rounds; round++ {
			var stale, recorded atomic.Int64
			var all sync.WaitGroup
			for i, db := range both {
				// Different articles, but the same place in the story.
				v := first(fmt.Sprintf("https://a.example/%d/%d", round, i), "عنوان")
				all.Go(func() {
					switch err := db.Record(t.Context(), storage.Entry{Version: &v, News: learn("tour", int64(round))}); {
					case err == nil:
						recorded.Add(1)
					case errors.Is(err, storage.ErrStale):
						stale.Add(1)
					default:
						t.Error(err)
					}
				})
			}
			all.Wait()
			if stale.Load() != 1 || recorded.Load() != 1 {
				t.Fatalf("round %d: %d recorded, %d stale; want one each", round, recorded.Load(), stale.Load())
			}
		}
		result, err := both[0].Verify(t.Context())
		same(t, "result", result, storage.VerifyResult{Articles: rounds, Versions: rounds}, err)
	})
}

// Four writers race for the same article and the same story, read again when they are stale, and send alerts to the same
// receivers named in different orders. At the end all of it is there, in one chain, one order and without gaps.
func TestWritersWhoReadAgainLoseNothing(t *testing.T) {
	const writers, each = 4, 8
	storagetest.EachAddress(t, func(t *testing.T, dsn string) {
		both := nodes(t, dsn)
		id := storage.ArticleID("https://a.example/1")
		var all sync.WaitGroup
		for w := range writers {
			all.Go(func() {
				for i := range each {
					if err := appendVersion(t, both[w%2], id, fmt.Sprintf("%d-%d", w, i), w%2 == 0); err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		all.Wait()
		db := both[1]
		result, err := db.Verify(t.Context())
		same(t, "result", result, storage.VerifyResult{Articles: 1, Versions: writers * each}, err)
		for _, receiver := range []string{"desk", "press"} {
			due, err := db.DueDeliveries(t.Context(), receiver, noon, 0)
			if err != nil || len(due) != 2*writers*each {
				t.Fatalf("%d deliveries to %s (%v), want %d", len(due), receiver, err, 2*writers*each)
			}
			for i, d := range due {
				if d.Seq != int64(i)+1 {
					t.Fatalf("delivery %d to %s has Seq %d", i+1, receiver, d.Seq)
				}
			}
		}
	})
}

// appendVersion reads, judges and records until it is not stale.
func appendVersion(t *testing.T, db *storage.DB, articleID, title string, forward bool) error {
	receivers := []string{"desk", "press"}
	if forward {
		receivers = []string{"press", "desk"}
	}
	for {
		last, err := db.Latest(t.Context(), articleID)
		if err != nil && !errors.Is(err, storage.ErrNotFound) {
			return err
		}
		learned, err := db.Learned(t.Context(), "tour", 0)
		if err != nil {
			return err
		}
		v := storage.Seal(story.Version{ArticleID: articleID, PageURL: "https://a.example/1", SeenAt: noon, Article: article(title)}, last)
		entry := storage.Entry{Version: &v, Reason: "cosmetic", News: learn("tour", int64(len(learned))+1)}
		for _, suffix := range []string{"x", "y"} {
			entry.Alerts = append(entry.Alerts, story.Alert{ID: title + suffix, CreatedAt: noon, Receivers: receivers})
		}
		if err := db.Record(t.Context(), entry); !errors.Is(err, storage.ErrStale) {
			return err
		}
	}
}

// Pages found by two nodes in opposite order, each looking at what the other has found, must not lock each other out.
func TestNodesThatFindTheSamePagesGetOn(t *testing.T) {
	storagetest.EachAddress(t, func(t *testing.T, dsn string) {
		both := nodes(t, dsn)
		var all sync.WaitGroup
		for n, db := range both {
			all.Go(func() {
				for round := range 20 {
					var pages []story.Page
					for i := range 20 {
						pages = append(pages, found(fmt.Sprintf("https://akhbar.example/%d", (i*(1-2*n)+20)%20), noon.Add(-1000*1000*1000*100)))
					}
					entry := storage.Entry{Page: found(fmt.Sprintf("https://akhbar.example/%d", (round+n*10)%20), noon), Found: pages, HostFree: noon}
					if err := db.Record(t.Context(), entry); err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		all.Wait()
		counts, err := both[0].Counts(t.Context())
		same(t, "counts", counts, storage.Counts{Pages: 20}, err)
	})
}
