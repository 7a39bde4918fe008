package watch

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/storywatch/storywatch/diff"
	"github.com/storywatch/storywatch/extract"
	"github.com/storywatch/storywatch/story"
	"github.com/storywatch/storywatch/text"
)

// History is a recorded story: its versions in the order a watcher saw them, over one or several addresses.
type History struct {
	ID       string            `json:"id"`
	Lang     string            `json:"lang"`
	Story    string            `json:"story"`
	Versions []RecordedVersion `json:"versions"`
}

// RecordedVersion is one state of one page, as text with a paragraph a line, or as HTML.
type RecordedVersion struct {
	URL       string    `json:"url"`
	FetchedAt time.Time `json:"fetched_at"`
	Title     string    `json:"title"`
	Text      string    `json:"text"`
	HTML      string    `json:"html"`
	Lang      string    `json:"lang"`
}

// Prediction says what a recorded version was held to be.
type Prediction struct {
	ID           string       `json:"id"`
	At           int          `json:"at"` // index of the version in the history
	Alert        bool         `json:"alert"`
	Score        float64      `json:"score"`
	Kinds        []story.Kind `json:"kinds"`
	Text         string       `json:"text"` // all that the alerts would show
	NewSentences []string     `json:"new_sentences"`
	Reason       string       `json:"reason,omitempty"`
}

// Replay reads histories, one JSON object a line, judges each version after the first as the daemon would, and writes a
// Prediction a line. The error names the line that cannot be read.
func Replay(ctx context.Context, in io.Reader, out io.Writer) error {
	lines := bufio.NewReader(in)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for n := 1; ; n++ {
		line, err := lines.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			if err := replayLine(ctx, line, enc); err != nil {
				return fmt.Errorf("line %d: %w", n, err)
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func replayLine(ctx context.Context, line []byte, enc *json.Encoder) error {
	var h History
	if err := json.Unmarshal(line, &h); err != nil {
		return fmt.Errorf("not a history: %w", err)
	}
	if h.ID == "" || len(h.Versions) == 0 {
		return errors.New("not a history: it has no id or no versions")
	}
	predictions, err := ReplayHistory(ctx, h)
	if err != nil {
		return fmt.Errorf("history %s: %w", h.ID, err)
	}
	for _, p := range predictions {
		if err := enc.Encode(p); err != nil {
			return err
		}
	}
	return nil
}

// ReplayHistory judges the versions of one history one after the other and returns a prediction for each after the first.
func ReplayHistory(ctx context.Context, h History) ([]Prediction, error) {
	matcher, err := story.NewMatcher(story.Rule{Name: h.ID})
	if err != nil {
		return nil, err
	}
	known := story.NewMemory(matcher)
	last := map[string]story.Version{}
	var predictions []Prediction
	for at, recorded := range h.Versions {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		p := Prediction{ID: h.ID, At: at, Kinds: []story.Kind{}, NewSentences: []string{}}
		article, err := recorded.article(h.Lang)
		var unreadable *extract.Error
		if errors.As(err, &unreadable) {
			p.Reason = unreadable.Reason
			predictions = append(predictions, p)
			continue
		} else if err != nil {
			return nil, err
		}
		before := last[recorded.URL]
		v := story.Version{
			ID: fmt.Sprintf("%s.%d", recorded.URL, before.Number+1), ArticleID: recorded.URL, Number: before.Number + 1, Source: "replay",
			PageURL: recorded.URL, SeenAt: recorded.FetchedAt, Article: article,
		}
		var change diff.Change
		if before.ID != "" {
			change = diff.Compare(before.Article.Text(), article.Text())
			if change.Empty() {
				p.Reason = "unchanged"
				predictions = append(predictions, p)
				continue
			}
		}
		news := story.Develop(known, v, change)
		known.Learn(news.Seq, v)
		known.Know(news.Developments...)
		last[recorded.URL] = v
		predictions = append(predictions, p.of(news))
	}
	return predictions[min(1, len(predictions)):], nil
}

func (r RecordedVersion) article(lang string) (story.Article, error) {
	if r.Lang != "" {
		lang = r.Lang
	}
	if r.HTML != "" {
		return extract.Article(story.Fetched{URL: r.URL, Body: []byte(r.HTML), At: r.FetchedAt}, extract.Selectors{})
	}
	a := story.Article{URL: r.URL, Title: text.Clean(r.Title), Lang: lang, Dir: text.DirectionOf(lang)}
	for line := range strings.Lines(r.Text) {
		if p := text.Clean(line); p != "" {
			a.Paragraphs = append(a.Paragraphs, text.Paragraph{Text: p})
		}
	}
	return a, nil
}

// of fills a prediction from what was judged.
func (p Prediction) of(news story.News) Prediction {
	p.Score, p.Reason = news.Score, news.Verdict
	var shown, reasons []string
	for _, d := range news.Developments {
		if !d.Alerts {
			continue
		}
		p.Alert = true
		shown, reasons = append(shown, d.Headline), append(reasons, d.Reason)
		for _, k := range d.Kinds {
			if !slices.Contains(p.Kinds, k) {
				p.Kinds = append(p.Kinds, k)
			}
		}
		for _, e := range d.Evidence {
			shown = append(shown, e.Text)
			if !e.Removed {
				p.NewSentences = append(p.NewSentences, e.Text)
			}
		}
	}
	p.Text = strings.Join(shown, "\n")
	if p.Alert {
		p.Reason = strings.Join(reasons, " | ")
	}
	return p
}
