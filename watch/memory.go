package watch

import (
	"context"
	"slices"
	"sync"

	"github.com/storywatch/storywatch/storage"
	"github.com/storywatch/storywatch/story"
)

// followed is a story that is followed, with what is known of it. Whoever judges for the story holds the lock until what
// was judged is recorded: news judged at the same time would otherwise be told twice.
type followed struct {
	matcher *story.Matcher

	mu    sync.Mutex
	known *story.Memory // nil until the story is first needed
}

// catchUp reads what the story has learned since: all of it at first, then what other processes recorded.
func (f *followed) catchUp(ctx context.Context, db *storage.DB) error {
	known := f.known
	if known == nil {
		known = story.NewMemory(f.matcher)
	}
	learned, err := db.Learned(ctx, f.matcher.Name, known.Seq)
	if err != nil {
		return err
	}
	if f.known != nil && len(learned) == 0 {
		return nil
	}
	developments, err := db.Developments(ctx, f.matcher.Name, 0)
	if err != nil {
		return err
	}
	slices.Reverse(developments) // in the order they became known
	for _, l := range learned {
		known.Learn(l.Seq, l.Version)
	}
	known.Know(developments...)
	f.known = known
	return nil
}

// learn adds what has just been recorded, which saves reading it back.
func (f *followed) learn(n story.News, v story.Version) {
	f.known.Learn(n.Seq, v)
	f.known.Know(n.Developments...)
}
