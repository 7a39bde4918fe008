package web

import (
	"context"
	"net/http"

	"github.com/storywatch/storywatch/storage"
)

// timelineCards bounds a timeline. A story that outgrows it says so on its page.
const timelineCards = 500

// storyPage is the timeline of one story: all that was learned, the quiet kinds too, newest first.
type storyPage struct {
	frame
	storyHead
	Days        []day
	Cut         int // shown at most, when there are more
	ArticleList []articleLine
}

// day is what was learned on one day in the configured zone.
type day struct {
	Date  stamp
	Cards []development
}

// articleLine is an article in a list.
type articleLine struct {
	Title    fragment
	Path     string
	Source   string
	Versions int
	Last     stamp
}

func (s *server) story(ctx context.Context, r *http.Request) (any, error) {
	name := r.PathValue("name")
	if !validKey(name) {
		return nil, storage.ErrNotFound
	}
	page := storyPage{frame: s.frame("")}
	info, err := s.storyInfo(ctx, name, page.settings)
	if err != nil {
		return nil, err
	}
	page.storyHead = page.head(info)
	page.Tab = page.Title.Text
	if err := s.fillTimeline(ctx, name, &page); err != nil {
		return nil, err
	}
	articles, err := s.db.Articles(ctx, storage.ArticleFilter{Story: name, Limit: 50})
	if err != nil {
		return nil, err
	}
	for _, a := range articles {
		page.ArticleList = append(page.ArticleList, page.articleLine(a))
	}
	return page, nil
}

// storyInfo finds a story that has anything, or one that the configuration names.
func (s *server) storyInfo(ctx context.Context, name string, settings Settings) (storage.StoryInfo, error) {
	all, err := s.db.Stories(ctx)
	if err != nil {
		return storage.StoryInfo{}, err
	}
	for _, info := range all {
		if info.Name == name {
			return info, nil
		}
	}
	if _, named := settings.Titles[name]; named {
		return storage.StoryInfo{Name: name}, nil
	}
	return storage.StoryInfo{}, storage.ErrNotFound
}

func (s *server) fillTimeline(ctx context.Context, name string, page *storyPage) error {
	devs, err := s.db.Developments(ctx, name, timelineCards+1)
	if err != nil {
		return err
	}
	if len(devs) > timelineCards {
		page.Cut, devs = timelineCards, devs[:timelineCards]
	}
	for _, d := range devs {
		card := page.development(d)
		if d.Sightings > 1 {
			seen, err := s.db.Sightings(ctx, d.ID)
			if err != nil {
				return err
			}
			card.Seen = page.sightings(seen)
		}
		page.add(page.dayOf(d.SeenAt), card)
	}
	return nil
}

// add puts a card under its day; cards come newest first, so a day is finished when the next begins.
func (p *storyPage) add(date stamp, card development) {
	if n := len(p.Days); n == 0 || p.Days[n-1].Date != date {
		p.Days = append(p.Days, day{Date: date})
	}
	last := &p.Days[len(p.Days)-1]
	last.Cards = append(last.Cards, card)
}

func (f frame) articleLine(a storage.ArticleInfo) articleLine {
	title := a.Title
	if title == "" {
		title = a.URL
	}
	return articleLine{
		Title: newFragment(title, a.Lang, ""), Path: articlePath(a.ID), Source: shown(a.Source),
		Versions: a.Versions, Last: f.stamp(a.Last),
	}
}
