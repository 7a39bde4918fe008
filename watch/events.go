package watch

import (
	"context"
	"errors"

	"github.com/storywatch/storywatch/alert"
	"github.com/storywatch/storywatch/config"
	"github.com/storywatch/storywatch/storage"
	"github.com/storywatch/storywatch/story"
)

// failingAfter is how many looks at a source in a row must come to nothing before somebody is told.
const failingAfter = 5

// goneAfter is how many looks in a row must find an article gone before somebody is told: one may be a hiccup.
const goneAfter = 2

func (w *Watcher) links() alert.Links { return alert.Links{Public: w.cfg.Web.PublicURL} }

// addEvents adds the alerts that follow from how the look ended rather than from what was read.
func (w *Watcher) addEvents(ctx context.Context, e *storage.Entry, before story.Page, src config.Source) error {
	p := e.Page
	if e.Version != nil && e.Version.Number == 1 && len(e.News) > 0 && !quiet(before, src, story.Version{}) {
		var stories []string
		for _, n := range e.News {
			stories = append(stories, n.Story)
		}
		w.addEvent(e, alert.Event{Type: alert.ArticleNew, At: p.Looked, Version: e.Version, Stories: stories})
	}
	if p.Root {
		switch {
		case p.Failures == failingAfter:
			w.addEvent(e, alert.Event{Type: alert.SourceFailing, At: p.Looked})
		case p.Failures == 0 && before.Failures >= failingAfter:
			w.addEvent(e, alert.Event{Type: alert.SourceRecovered, At: p.Looked})
		}
	}
	if p.Kind == story.KindArticle && p.Outcome == story.OutcomeGone && p.Failures == goneAfter {
		return w.addRemoved(ctx, e)
	}
	return nil
}

// addRemoved adds the alert that an article of a story is no longer to be had.
func (w *Watcher) addRemoved(ctx context.Context, e *storage.Entry) error {
	last, err := w.db.Latest(ctx, storage.ArticleID(e.Page.URL))
	if errors.Is(err, storage.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	var stories []string
	for _, s := range w.storiesOf(last, story.Version{}) {
		stories = append(stories, s.matcher.Name)
	}
	if len(stories) > 0 {
		w.addEvent(e, alert.Event{Type: alert.ArticleRemoved, At: e.Page.Looked, Version: &last, Stories: stories})
	}
	return nil
}

// addEvent adds the alert of an event to an entry, if a receiver wants it.
func (w *Watcher) addEvent(e *storage.Entry, event alert.Event) {
	event.Page, event.Links = e.Page, w.links()
	a, err := alert.SourceEvent(w.cfg.Receivers, event)
	if err != nil {
		w.log.Warn("a receiver's rule could not be evaluated; the receiver is told", "type", event.Type, "err", err)
	}
	if a != nil {
		e.Alerts = append(e.Alerts, *a)
	}
}
