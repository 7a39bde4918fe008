package alert

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/storywatch/storywatch/story"
)

// Links makes the addresses of our own pages that alerts point to. The zero Links makes none.
type Links struct {
	Public string // how people reach the pages: https://watch.example, or with a path before ours
}

func (l Links) front() string { return l.page("/") }

func (l Links) story(name string) string { return l.page("/stories/" + url.PathEscape(name)) }

// development points at a development's card on the page of its story.
func (l Links) development(d story.Development) string {
	return l.page("/stories/" + url.PathEscape(d.Story) + "#d-" + url.PathEscape(d.ID))
}

// version points at the text of a version with what is new in it marked.
func (l Links) version(v story.Version) string {
	return l.page("/articles/" + url.PathEscape(v.ArticleID) + "/" + strconv.Itoa(v.Number))
}

func (l Links) page(path string) string {
	if l.Public == "" {
		return ""
	}
	return strings.TrimRight(l.Public, "/") + path
}
