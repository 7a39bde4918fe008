package watch

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"time"

	"github.com/storywatch/storywatch/alert"
	"github.com/storywatch/storywatch/config"
	"github.com/storywatch/storywatch/diff"
	"github.com/storywatch/storywatch/extract"
	"github.com/storywatch/storywatch/storage"
	"github.com/storywatch/storywatch/story"
	"github.com/storywatch/storywatch/text"
)

// staleTries is how often a version is judged anew because another process has taught its story something meanwhile.
const staleTries = 10

// look takes in what one look at a page brought: it reads, compares, judges and records. An error means that nothing was
// recorded; the page is then still due.
func (w *Watcher) look(ctx context.Context, f story.Fetched) (Look, error) {
	began := time.Now()
	src := w.sources[f.Page.Source]
	before := f.Page
	article := w.read(&f, src)
	var seen Look
	var err error
	switch {
	case article != nil:
		seen, err = w.takeIn(ctx, f, src, *article)
	case f.Outcome == story.OutcomeListed:
		seen, err = w.takeLinks(ctx, f, src)
	default:
		seen, err = w.record(ctx, f, src, storage.Entry{})
	}
	if err != nil {
		return seen, fmt.Errorf("look at %s: %w", f.Page.URL, err)
	}
	w.report(before, seen)
	w.counted.looks.WithLabelValues(string(seen.Page.Outcome)).Inc()
	w.counted.seconds.Observe(f.Took.Seconds())
	w.counted.judged.Observe(time.Since(began).Seconds())
	w.looked(seen)
	return seen, nil
}

// read extracts the article of a page that came well. Where there is none, it says so in f and returns nil.
func (w *Watcher) read(f *story.Fetched, src config.Source) *story.Article {
	if f.Outcome != "" {
		return nil
	}
	article, err := extract.Article(*f, extract.Selectors{Title: src.Article.Title, Body: src.Article.Body, Remove: src.Article.Remove})
	var refused *extract.Error
	switch {
	case errors.As(err, &refused):
		f.Outcome, f.Note = refused.Outcome, refused.Reason
		return nil
	case err != nil:
		f.Outcome, f.Note = story.OutcomeUnreadable, err.Error()
		return nil
	}
	return &article
}

// takeIn makes a version of an article that differs from the last one, and judges it for every story it belongs to.
func (w *Watcher) takeIn(ctx context.Context, f story.Fetched, src config.Source, article story.Article) (Look, error) {
	for try := 1; ; try++ {
		seen, err := w.takeInOnce(ctx, f, src, article)
		if !errors.Is(err, storage.ErrStale) || try == staleTries {
			return seen, err
		}
	}
}

func (w *Watcher) takeInOnce(ctx context.Context, f story.Fetched, src config.Source, article story.Article) (Look, error) {
	last, err := w.db.Latest(ctx, storage.ArticleID(f.Page.URL))
	if err != nil && !errors.Is(err, storage.ErrNotFound) {
		return Look{}, err
	}
	change := diff.Compare(last.Article.Text(), article.Text())
	if last.ID != "" && change.Empty() {
		f.Outcome = story.OutcomeUnchanged
		return w.record(ctx, f, src, storage.Entry{})
	}
	if shrunken(last.Article, article) && f.Page.Failures < shrunkenLooks {
		f.Outcome, f.BodyHash = story.OutcomeUnreadable, ""
		f.Note = "the article has shrunk to a fraction of itself, as cut pages and walls do; it is believed if it stays so"
		return w.record(ctx, f, src, storage.Entry{})
	}
	next := storage.Seal(story.Version{
		Source: f.Page.Source, PageURL: f.Page.URL, SeenAt: f.At, Article: article,
	}, last)
	stories := w.storiesOf(next, last)
	if len(stories) == 0 && !f.Page.Root {
		return w.leave(ctx, f, src, article)
	}
	f.Outcome = story.OutcomeVersion
	entry := storage.Entry{Version: &next, Reason: "first version"}
	if last.ID != "" {
		entry.Change, entry.Reason = &change, change.Summary()
	} else {
		change = diff.Change{}
	}
	release := hold(stories)
	defer release()
	if err := w.judge(ctx, &entry, stories, change, quiet(f.Page, src, last)); err != nil {
		return Look{}, err
	}
	seen, err := w.record(ctx, f, src, entry)
	if err != nil {
		return seen, err
	}
	for i, s := range stories {
		s.learn(entry.News[i], next)
	}
	return seen, nil
}

// An article that falls to less than a third of its words, from a length at which that is no edit, is taken for a page that
// was cut or walled off until so many looks in a row have seen it.
const (
	shrunkenFrom  = 120 // words
	shrunkenShare = 3
	shrunkenLooks = 2
)

func shrunken(last, now story.Article) bool {
	before := words(last)
	return before >= shrunkenFrom && words(now)*shrunkenShare < before
}

func words(a story.Article) int {
	n := 0
	for _, p := range a.Paragraphs {
		n += len(text.Words(p.Text))
	}
	return n
}

// storiesOf returns the stories that a version belongs to, or that the version before it belonged to: a story whose only
// name is edited out of an article has not let go of it.
func (w *Watcher) storiesOf(next, last story.Version) []*followed {
	var all []*followed
	for _, s := range w.stories {
		if s.matcher.Matches(next) || (last.ID != "" && s.matcher.Matches(last)) {
			all = append(all, s)
		}
	}
	return all
}

// hold locks stories, always in the order of the configuration.
func hold(stories []*followed) (release func()) {
	for _, s := range stories {
		s.mu.Lock()
	}
	return func() {
		for _, s := range stories {
			s.mu.Unlock()
		}
	}
}

// quiet reports whether a version belongs to what the first look at a source finds, which is known, not news.
func quiet(p story.Page, src config.Source, last story.Version) bool {
	if last.ID != "" {
		return false
	}
	return p.BaseOnly || (p.Root && src.Baseline && !p.Baseline)
}

// judge adds to an entry what its version means for each story, and the alerts that follow.
func (w *Watcher) judge(ctx context.Context, e *storage.Entry, stories []*followed, change diff.Change, quiet bool) error {
	for _, s := range stories {
		if err := s.catchUp(ctx, w.db); err != nil {
			return err
		}
		news := story.Develop(s.known, *e.Version, change)
		for i := range news.Developments {
			news.Developments[i].Alerts = news.Developments[i].Alerts && !quiet
		}
		e.News = append(e.News, news)
		alerts, err := alert.Match(w.cfg.Receivers, news.Developments, alert.Context{
			StoryTitle: s.matcher.Title, Version: *e.Version, Change: change, Links: w.links(),
		})
		if err != nil {
			w.log.Warn("a receiver's rule could not be evaluated; the receiver is told", "story", s.matcher.Name, "err", err)
		}
		e.Alerts = append(e.Alerts, alerts...)
	}
	return nil
}

// leave remembers that a page tells of nothing that is followed. It is not looked at again unless its source dates it anew.
func (w *Watcher) leave(ctx context.Context, f story.Fetched, src config.Source, article story.Article) (Look, error) {
	f.Outcome, f.Note = story.OutcomeUnchanged, "belongs to no story"
	f.Page.FollowUntil, f.Page.Title = f.At, article.Title
	return w.record(ctx, f, src, storage.Entry{})
}

// takeLinks records what a source offers.
func (w *Watcher) takeLinks(ctx context.Context, f story.Fetched, src config.Source) (Look, error) {
	found, fresh, err := w.found(ctx, f, src)
	if err != nil {
		return Look{}, err
	}
	seen, err := w.record(ctx, f, src, storage.Entry{Found: found})
	seen.Found = fresh
	return seen, err
}

// record completes an entry with the page's new state and events, and writes it.
func (w *Watcher) record(ctx context.Context, f story.Fetched, src config.Source, e storage.Entry) (Look, error) {
	before := f.Page
	e.Page = after(f)
	e.Page.Due = nextLook(e.Page, src, e.Version != nil, f.NotBefore)
	if e.Page.Due.IsZero() && !e.Page.Root {
		e.Page.FollowUntil = e.Page.Looked // given up: no longer followed, however its follow time was
	}
	e.HostFree = f.NotBefore
	if w.db.Postgres() && e.HostFree.IsZero() {
		e.HostFree = f.At.Add(w.cfg.Network.Gap) // the next visit may be another node's
	}
	if err := w.addEvents(ctx, &e, before, src); err != nil {
		return Look{}, err
	}
	if err := w.db.Record(ctx, e); err != nil {
		return Look{}, err
	}
	if receivers := receiversOf(e.Alerts); len(receivers) > 0 {
		w.wake(ctx, receivers)
	}
	return lookOf(e), nil
}

func lookOf(e storage.Entry) Look {
	seen := Look{Page: e.Page, Alerts: len(e.Alerts)}
	if e.Version != nil {
		seen.Title, seen.Version = e.Version.Article.Title, e.Version.ID
	}
	for _, n := range e.News {
		seen.Stories = append(seen.Stories, n.Story)
		seen.Developments = append(seen.Developments, n.Developments...)
	}
	return seen
}

func receiversOf(alerts []story.Alert) []string {
	var all []string
	for _, a := range alerts {
		all = append(all, a.Receivers...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// after returns the state of a page after a look: what the next look needs, and how this one went.
func after(f story.Fetched) story.Page {
	p := f.Page
	p.Looked, p.Outcome, p.Note = f.At, f.Outcome, f.Note
	switch f.Outcome {
	case story.OutcomeVersion, story.OutcomeUnchanged, story.OutcomeListed:
	default:
		p.Failures++
		return p
	}
	p.Failures, p.Good = 0, f.At
	p.Baseline = p.Baseline || p.Root
	if f.BodyHash != "" {
		p.BodyHash = f.BodyHash
	}
	if etag := f.Header.Get("ETag"); etag != "" || f.BodyHash != "" {
		p.ETag = etag
	}
	if modified := f.Header.Get("Last-Modified"); modified != "" || f.BodyHash != "" {
		p.LastModified = modified
	}
	return p
}

// report writes a look into the log: what was read, and what somebody may have to act on, once per state rather than per
// look.
func (w *Watcher) report(before story.Page, seen Look) {
	p := seen.Page
	attrs := []any{"source", p.Source, "url", p.URL, "outcome", string(p.Outcome)}
	switch {
	case p.Outcome == story.OutcomeVersion:
		w.log.Info("looked at page", append(attrs, "version", seen.Version, "stories", seen.Stories,
			"developments", len(seen.Developments), "alerts", seen.Alerts)...)
	case p.Failures == 0:
		w.log.Debug("looked at page", append(attrs, "note", p.Note, "found", seen.Found)...)
	case p.Failures == 1 || before.Outcome != p.Outcome:
		w.log.Warn("page did not end well", append(attrs, "note", p.Note, "next", p.Due)...)
	default:
		w.log.Debug("page did not end well", append(attrs, "note", p.Note, "failures", p.Failures, "next", p.Due)...)
	}
}

// guarded is look, and turns a panic, which is a fault of ours, into an outcome of the page.
func (w *Watcher) guarded(ctx context.Context, f story.Fetched) (seen Look, err error) {
	defer func() {
		p := recover()
		if p == nil {
			return
		}
		w.log.Error("a page broke the program; it is left out, please report it", "url", f.Page.URL, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
		f.Outcome, f.Note, f.BodyHash, f.Header = story.OutcomeUnreadable, "this page broke the program", "", nil
		seen, err = w.record(ctx, f, w.sources[f.Page.Source], storage.Entry{})
	}()
	return w.look(ctx, f)
}
