package watch

import (
	"time"

	"github.com/storywatch/storywatch/config"
	"github.com/storywatch/storywatch/story"
)

// The ladder by which an article is looked at ever less often while it does not change: most edits come within hours of
// the first publication (figures on that in docs/measurements.md), a few after days.
var ladder = []struct{ age, every time.Duration }{
	{3 * time.Hour, time.Hour},
	{24 * time.Hour, 3 * time.Hour},
	{72 * time.Hour, 6 * time.Hour},
}

// How soon a look that came to nothing for a passing reason is tried again: doubled with each failure, up to a day.
const (
	firstRetry = time.Minute
	lastRetry  = 24 * time.Hour
)

// giveUpAfter is how many looks in a row must find an article gone before it is not followed any more.
const giveUpAfter = 3

// nextLook says when a page is to be looked at next, after a look has been written into it; the zero time means never.
// changed says whether the look brought a new version, and notBefore when the site asked to be visited again.
func nextLook(p story.Page, src config.Source, changed bool, notBefore time.Time) time.Time {
	var due time.Time
	if p.Root {
		due = nextRoot(p, src)
	} else {
		due = nextArticle(p, src.Follow, changed)
	}
	if !due.IsZero() && due.Before(notBefore) {
		due = notBefore
	}
	return due
}

// nextRoot follows the schedule. A passing failure is tried again sooner where the schedule leaves time for it.
func nextRoot(p story.Page, src config.Source) time.Time {
	due := src.Schedule.Next(p.Looked)
	if p.Outcome == story.OutcomeRetry {
		if again := p.Looked.Add(backoff(p.Failures)); again.Before(due) || due.IsZero() {
			return again
		}
	}
	return due
}

// nextArticle follows an article found at a source: often at first and after a change, then ever less, until the end of
// its follow time.
func nextArticle(p story.Page, f config.Follow, changed bool) time.Time {
	if p.Outcome == story.OutcomeGone && p.Failures >= giveUpAfter {
		return time.Time{}
	}
	wait := f.Every
	if !changed {
		for _, step := range ladder {
			if p.Looked.Sub(p.First) >= step.age {
				wait = max(f.Every, step.every)
			}
		}
	}
	wait = min(wait, max(f.Slowest, f.Every))
	if p.Failures > 0 {
		wait = max(wait, backoff(p.Failures))
	}
	due := p.Looked.Add(wait)
	if !p.FollowUntil.IsZero() && !due.Before(p.FollowUntil) {
		return time.Time{}
	}
	return due
}

func backoff(failures int) time.Duration {
	wait := firstRetry
	for i := 1; i < failures && wait < lastRetry; i++ {
		wait *= 2
	}
	return min(wait, lastRetry)
}
