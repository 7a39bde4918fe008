package web

import (
	"context"
	"errors"
	"net/http"

	"github.com/storywatch/storywatch/diff"
	"github.com/storywatch/storywatch/storage"
	"github.com/storywatch/storywatch/story"
)

// articlePage is one article: what it is, its last change, and all its versions, newest first.
type articlePage struct {
	frame
	Head     articleHead
	Stories  []storyHead
	Change   []block // of the last version, without what stayed; empty for a first version
	Versions []versionLine
}

// articleHead is what a version says of its article.
type articleHead struct {
	Title      fragment
	Standfirst fragment
	Source     string
	Link       link
	Authors    []string
	Published  stamp
	Modified   stamp
	Path       string
}

// versionLine is a version in a list.
type versionLine struct {
	Number int
	Title  fragment
	Seen   stamp
	Path   string
}

func (s *server) article(ctx context.Context, r *http.Request) (any, error) {
	id := r.PathValue("id")
	if !validKey(id) {
		return nil, storage.ErrNotFound
	}
	all, err := s.db.Versions(ctx, id)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, storage.ErrNotFound
	}
	last := all[len(all)-1]
	page := articlePage{frame: s.frame(last.Article.Title)}
	page.Head = page.articleHead(last)
	for i := len(all) - 1; i >= 0; i-- {
		page.Versions = append(page.Versions, page.versionLine(all[i]))
	}
	change, err := s.changeOf(ctx, last.ID)
	if err != nil {
		return nil, err
	}
	page.Change = changedOnly(blocks(last.Article, change))
	if page.Stories, err = s.storiesOf(ctx, last, page.frame); err != nil {
		return nil, err
	}
	return page, nil
}

// changeOf returns the change that led to a version, an empty one where there is none.
func (s *server) changeOf(ctx context.Context, versionID string) (diff.Change, error) {
	change, err := s.db.ChangeOf(ctx, versionID)
	if errors.Is(err, storage.ErrNotFound) {
		return diff.Change{}, nil
	}
	return change, err
}

// storiesOf returns the stories that an article belongs to.
func (s *server) storiesOf(ctx context.Context, v story.Version, f frame) ([]storyHead, error) {
	found, err := s.db.Articles(ctx, storage.ArticleFilter{URL: v.PageURL})
	if err != nil {
		return nil, err
	}
	var heads []storyHead
	for _, a := range found {
		if a.ID != v.ArticleID {
			continue // another that was read at the same address
		}
		for _, name := range a.Stories {
			heads = append(heads, f.head(storage.StoryInfo{Name: name}))
		}
	}
	return heads, nil
}

func (f frame) articleHead(v story.Version) articleHead {
	a := v.Article
	head := articleHead{
		Title: articleTitle(v), Source: shown(v.Source), Link: newLink(a.URL), Authors: shownAll(a.Authors),
		Published: f.stamp(a.Published), Modified: f.stamp(a.Modified), Path: articlePath(v.ArticleID),
	}
	if a.URL == "" {
		head.Link = newLink(v.PageURL)
	}
	if a.Standfirst != "" {
		head.Standfirst = newFragment(a.Standfirst, a.Lang, a.Dir)
	}
	return head
}

// articleTitle is an article's title, or its address when it has none.
func articleTitle(v story.Version) fragment {
	if v.Article.Title == "" {
		return newFragment(v.PageURL, "", "ltr")
	}
	return newFragment(v.Article.Title, v.Article.Lang, v.Article.Dir)
}

func (f frame) versionLine(v story.Version) versionLine {
	return versionLine{Number: v.Number, Title: articleTitle(v), Seen: f.stamp(v.SeenAt), Path: versionPath(v.ID)}
}
