package extract

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/storywatch/storywatch/story"
)

// Asked is a line that Lines reads: where a page is, and the address it is said to have.
type Asked struct {
	ID   string `json:"id"`
	URL  string `json:"url"`
	Path string `json:"path"`           // of a file with the page's bytes, UTF-8 unless Decode is given
	HTML string `json:"html,omitempty"` // the page itself, instead of Path
	Type string `json:"content_type"`   // as an HTTP header would say it
}

// Answered is a line that Lines writes: the article, and what was wrong when there is none.
type Answered struct {
	ID        string `json:"id"`
	Title     string `json:"title"`
	Text      string `json:"text"` // a paragraph a line
	Published string `json:"published"`
	Modified  string `json:"modified"`
	Author    string `json:"author"` // several parted by ";"
	Lang      string `json:"lang"`
	Outcome   string `json:"outcome,omitempty"`
	Error     string `json:"error,omitempty"`
}

// Lines reads pages as JSON lines and answers each with its article at once. decode makes the bytes of a page UTF-8 by
// what its content type says. The error is of reading or writing, and names the line; a page that cannot be read is
// answered with what is wrong with it.
func Lines(ctx context.Context, in io.Reader, out io.Writer, decode func(body []byte, contentType string) []byte) error {
	lines := bufio.NewReaderSize(in, 1<<16)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for n := 1; ctx.Err() == nil; n++ {
		line, err := lines.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			var asked Asked
			if err := json.Unmarshal(line, &asked); err != nil {
				return fmt.Errorf("line %d: %w", n, err)
			}
			if err := enc.Encode(asked.answer(decode)); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return ctx.Err()
}

func (a Asked) answer(decode func([]byte, string) []byte) Answered {
	body := []byte(a.HTML)
	if a.Path != "" {
		var err error
		if body, err = os.ReadFile(a.Path); err != nil {
			return Answered{ID: a.ID, Outcome: string(story.OutcomeUnreadable), Error: err.Error()}
		}
		body = decode(body, a.Type)
	}
	article, err := FromHTML(a.URL, body, Selectors{})
	var refused *Error
	if errors.As(err, &refused) {
		return Answered{ID: a.ID, Outcome: string(refused.Outcome), Error: refused.Reason}
	}
	said := Answered{
		ID: a.ID, Title: article.Title, Published: written(article.Published), Modified: written(article.Modified),
		Author: strings.Join(article.Authors, "; "), Lang: article.Lang,
	}
	if article.Standfirst != "" {
		said.Text = article.Standfirst + "\n"
	}
	said.Text += joined(article.Paragraphs)
	return said
}

func written(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.Format(time.RFC3339)
}
