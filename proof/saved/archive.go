package main

import (
	"archive/tar"
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// savedPage is one page of an archive, as its site served it.
type savedPage struct {
	name, title string
	body        []byte
}

// contentType is what the page would have been served with: many are UTF-8 under an older charset tag of their own.
func (p savedPage) contentType() string {
	if utf8.Valid(p.body) && utf8.RuneCount(p.body) != len(p.body) {
		return "text/html; charset=utf-8"
	}
	return "text/html"
}

// pages takes pages from the archives, evenly, until there are enough.
func pages(ctx context.Context, s settings) ([]savedPage, error) {
	var sets [][]savedPage
	names := strings.Split(s.archives, ",")
	for _, name := range names {
		dir := filepath.Join(s.shared, "data", "extraction", name)
		titles, err := titles(filepath.Join(dir, "truth.jsonl.gz"))
		if err != nil {
			return nil, err
		}
		set, err := unpack(ctx, filepath.Join(dir, "html.tar.xz"), titles, s.pages)
		if err != nil {
			return nil, err
		}
		sets = append(sets, set)
	}
	var all []savedPage
	for i := 0; len(all) < s.pages; i++ {
		before := len(all)
		for _, set := range sets {
			if i < len(set) && len(all) < s.pages {
				all = append(all, set[i])
			}
		}
		if len(all) == before {
			return nil, fmt.Errorf("%s hold only %d pages, not %d", s.archives, len(all), s.pages)
		}
	}
	return all, nil
}

// titles reads the titles of an archive's pages, where they are known.
func titles(name string) (map[string]string, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	plain, err := gzip.NewReader(file)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	all := map[string]string{}
	lines := json.NewDecoder(bufio.NewReader(plain))
	for {
		var record struct{ Page, Title string }
		switch err := lines.Decode(&record); {
		case errors.Is(err, io.EOF):
			return all, nil
		case err != nil:
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		all[record.Page] = record.Title
	}
}

// unpack reads the first pages of an archive through xz, or through Python where that is missing.
func unpack(ctx context.Context, name string, titles map[string]string, most int) ([]savedPage, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // the rest of the archive is not wanted
	cmd := exec.CommandContext(ctx, "xz", "-dc", name)
	if _, err := exec.LookPath("xz"); err != nil {
		cmd = exec.CommandContext(ctx, "python3", "-c",
			"import lzma, shutil, sys; shutil.copyfileobj(lzma.open(sys.argv[1]), sys.stdout.buffer)", name)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("unpack %s: %w", name, err)
	}
	var all []savedPage
	for files := tar.NewReader(out); len(all) < most; {
		header, err := files.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("unpack %s: %w", name, err)
		}
		page, isPage := strings.CutSuffix(filepath.Base(header.Name), ".html")
		if !isPage {
			continue
		}
		body, err := io.ReadAll(files)
		if err != nil {
			return nil, fmt.Errorf("unpack %s: %w", name, err)
		}
		title := titles[page]
		if title == "" {
			title = "Report " + page
		}
		all = append(all, savedPage{name: page, title: title, body: body})
	}
	cancel()
	cmd.Wait() // ended early on purpose
	return all, nil
}

// report is the text that the project started from: the page that tells of the tour only after a while.
type report struct {
	title           string
	before, telling []string // its paragraphs without the tour, and all of them
}

// tourWords mark the paragraphs that speak of the tour.
var tourWords = []string{"جولة", "لزيارة", "زيارة بلينكن"}

func seed(shared string) (report, error) {
	names, err := filepath.Glob(filepath.Join(shared, "data", "seed", "*.txt"))
	if err != nil || len(names) == 0 {
		return report{}, fmt.Errorf("no text under %s: name the folder with -shared", filepath.Join(shared, "data", "seed"))
	}
	text, err := os.ReadFile(names[0])
	if err != nil {
		return report{}, err
	}
	title, rest, _ := strings.Cut(strings.TrimSpace(string(text)), "\n")
	r := report{title: title}
	for line := range strings.Lines(rest) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		r.telling = append(r.telling, line)
		if !speaksOfTour(line) {
			r.before = append(r.before, line)
		}
	}
	if len(r.before) == len(r.telling) {
		return r, fmt.Errorf("%s does not speak of a tour", names[0])
	}
	return r, nil
}

func speaksOfTour(line string) bool {
	for _, word := range tourWords {
		if strings.Contains(line, word) {
			return true
		}
	}
	return false
}
