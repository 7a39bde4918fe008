package web

import (
	"context"
	"net/http"
	"strconv"

	"github.com/storywatch/storywatch/storage"
)

// versionPage is the text of one version with what is new in it marked.
type versionPage struct {
	frame
	Head         articleHead
	Number, Of   int
	Seen         stamp
	Lang, Dir    string
	Blocks       []block
	Changed      bool
	Before, Next string // paths of the neighbours, empty at the ends
}

func (s *server) version(ctx context.Context, r *http.Request) (any, error) {
	id, number := r.PathValue("id"), versionNumber(r.PathValue("number"))
	if !validKey(id) || number == 0 {
		return nil, storage.ErrNotFound
	}
	v, err := s.db.Version(ctx, storage.VersionID(id, number))
	if err != nil {
		return nil, err
	}
	last, err := s.db.Latest(ctx, id)
	if err != nil {
		return nil, err
	}
	change, err := s.changeOf(ctx, v.ID)
	if err != nil {
		return nil, err
	}
	page := versionPage{
		frame: s.frame(v.Article.Title), Number: v.Number, Of: last.Number, Lang: langOf(v.Article.Lang),
		Dir: dirOf(v.Article.Dir), Blocks: blocks(v.Article, change), Changed: !change.Empty(),
	}
	page.Head, page.Seen = page.articleHead(v), page.stamp(v.SeenAt)
	if number > 1 {
		page.Before = versionPath(storage.VersionID(id, number-1))
	}
	if number < last.Number {
		page.Next = versionPath(storage.VersionID(id, number+1))
	}
	return page, nil
}

// versionNumber reads the number of a version, written in the one way it is written; 0 for anything else.
func versionNumber(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || strconv.Itoa(n) != s {
		return 0
	}
	return n
}
