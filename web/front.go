package web

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"slices"
	"time"

	"github.com/storywatch/storywatch/storage"
	"github.com/storywatch/storywatch/story"
)

// What the front page shows of a story, and how many it looks through for those that are not quiet.
const (
	frontCards = 6
	frontLooks = 60
)

// frontPage is every story with its newest developments; stories with the latest news come first.
type frontPage struct {
	frame
	Stories []frontStory
	Silent  []storyHead // followed, and nothing is known of them yet
	Sources sourceLine
}

type frontStory struct {
	storyHead
	Cards []development
	More  int // developments that the story's own page has beside these
}

// storyHead is what a story is called and how much is known of it.
type storyHead struct {
	Title        fragment
	Path         string
	Articles     int
	Developments int
	Last         stamp
	Dropped      bool // no longer named in the configuration
}

// sourceLine is one line about all sources.
type sourceLine struct {
	Count, Failing int
	Last           stamp // the latest look at any
}

func (s *server) front(ctx context.Context, _ *http.Request) (any, error) {
	page := frontPage{frame: s.frame("Stories")}
	page.Home = true
	known, err := s.db.Stories(ctx)
	if err != nil {
		return nil, err
	}
	sortStories(known)
	seen := map[string]bool{}
	for _, info := range known {
		seen[info.Name] = true
		if info.Developments == 0 {
			page.Silent = append(page.Silent, page.head(info))
			continue
		}
		devs, err := s.db.Developments(ctx, info.Name, frontLooks)
		if err != nil {
			return nil, err
		}
		page.Stories = append(page.Stories, page.frontStory(info, devs))
	}
	for _, name := range slices.Sorted(maps.Keys(page.settings.Titles)) {
		if !seen[name] {
			page.Silent = append(page.Silent, page.head(storage.StoryInfo{Name: name}))
		}
	}
	roots, err := s.db.Roots(ctx)
	if err != nil {
		return nil, err
	}
	page.Sources = page.sourceLine(roots)
	return page, nil
}

// frontStory picks what is worth the front page: the newest that could alert.
func (f frame) frontStory(info storage.StoryInfo, devs []story.Development) frontStory {
	out := frontStory{storyHead: f.head(info)}
	for _, d := range devs {
		if !quiet(d.Kind) && len(out.Cards) < frontCards {
			out.Cards = append(out.Cards, f.development(d))
		}
	}
	out.More = max(0, info.Developments-len(out.Cards))
	return out
}

func (f frame) head(info storage.StoryInfo) storyHead {
	title, named := f.settings.Titles[info.Name]
	if title == "" {
		title = info.Name
	}
	return storyHead{
		Title: newFragment(title, "", ""), Path: storyPath(info.Name), Articles: info.Articles,
		Developments: info.Developments, Last: f.stamp(info.Last), Dropped: !named && len(f.settings.Titles) > 0,
	}
}

func (f frame) sourceLine(roots []story.Page) sourceLine {
	line := sourceLine{Count: len(roots)}
	var last time.Time
	for _, p := range roots {
		if p.Failures > 0 {
			line.Failing++
		}
		if p.Looked.After(last) {
			last = p.Looked
		}
	}
	line.Last = f.stamp(last)
	return line
}

// sortStories puts the story with the latest development first.
func sortStories(all []storage.StoryInfo) {
	slices.SortStableFunc(all, func(a, b storage.StoryInfo) int {
		return cmp.Or(b.Last.Compare(a.Last), cmp.Compare(a.Name, b.Name))
	})
}
