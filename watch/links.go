package watch

import (
	"context"
	"errors"
	"time"

	"github.com/storywatch/storywatch/config"
	"github.com/storywatch/storywatch/fetch"
	"github.com/storywatch/storywatch/storage"
	"github.com/storywatch/storywatch/story"
)

// found says which of the articles a source offers are to be looked at: those not known, up to the source's budget, and
// those that the source dates later than our last look, followed any more or not. fresh counts the former.
//
// The first good look takes in everything: what exceeds the budget then is remembered, but not followed, so that the next
// look does not take it for news.
func (w *Watcher) found(ctx context.Context, f story.Fetched, src config.Source) (pages []story.Page, fresh int, err error) {
	first := !f.Page.Baseline
	budget := src.Budget
	for _, link := range f.Links {
		p, err := w.db.Page(ctx, link.URL)
		known := err == nil
		if err != nil && !errors.Is(err, storage.ErrNotFound) {
			return nil, 0, err
		}
		switch {
		case known:
			if updated(p, link, f.At) {
				p.Due, p.Title, p.FollowUntil = f.At, link.Title, f.At.Add(src.Follow.For)
				pages = append(pages, p)
			}
		case !w.mayMatter(link, src):
		case tooOld(link, src, f.At) && !first:
		case budget > 0 && !tooOld(link, src, f.At):
			budget--
			fresh++
			pages = append(pages, newPage(link, src, f.At, first && src.Baseline))
		case first && src.Baseline:
			p := newPage(link, src, f.At, true)
			p.Due, p.FollowUntil = time.Time{}, f.At
			pages = append(pages, p)
		}
	}
	return pages, fresh, nil
}

func newPage(link story.Link, src config.Source, at time.Time, base bool) story.Page {
	return story.Page{
		URL: link.URL, Host: fetch.Host(link.URL), Source: src.Name, Kind: story.KindArticle, Due: at, First: at,
		FollowUntil: at.Add(src.Follow.For), Title: link.Title, Hinted: link.At, BaseOnly: base,
	}
}

// updated reports whether a source says that an article has changed since it was looked at. A date ahead of the clock says
// nothing: it would be so at every look.
func updated(p story.Page, link story.Link, now time.Time) bool {
	return !p.Root && !p.Looked.IsZero() && link.At.After(p.Looked) && !link.At.After(now)
}

// tooOld reports whether a source dates an article to before the time it would be followed.
func tooOld(link story.Link, src config.Source, now time.Time) bool {
	return !link.At.IsZero() && now.Sub(link.At) > src.Follow.For
}

// mayMatter reports whether an article may belong to any story, by its title and address.
func (w *Watcher) mayMatter(link story.Link, src config.Source) bool {
	for _, s := range w.stories {
		if s.matcher.MayMatch(link, src.Name) {
			return true
		}
	}
	return false
}
