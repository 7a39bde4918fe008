package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// site is the running replay.py.
type site struct {
	base string
	cmd  *exec.Cmd
}

// history is one story of the site.
type history struct {
	ID   string   `json:"id"`
	URLs []string `json:"urls"` // paths on the site
}

func pages(stories []history) int {
	n := 0
	for _, h := range stories {
		n += len(h.URLs)
	}
	return n
}

// serve starts the site on a free port and waits until it says that it listens.
func serve(ctx context.Context, s settings) (*site, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	script := filepath.Join(s.shared, "tools", "revisions", "replay.py")
	cmd := exec.CommandContext(ctx, s.python, append([]string{script, "--port", port}, s.files...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", script, err)
	}
	started := &site{base: "http://127.0.0.1:" + port, cmd: cmd}
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		started.stop()
		return nil, fmt.Errorf("%s did not start: %w", script, err)
	}
	if err := started.ready(ctx); err != nil {
		started.stop()
		return nil, err
	}
	return started, nil
}

// ready waits for the first answer: the site says that it starts before it listens.
func (s *site) ready(ctx context.Context) error {
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for try := 0; ; try++ {
		_, err := s.ask(ctx, http.MethodGet, "/robots.txt")
		if err == nil || try == 100 {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}

func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	return port, err
}

func (s *site) stop() {
	s.cmd.Process.Kill()
	s.cmd.Wait()
}

func (s *site) ask(ctx context.Context, method, path string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, method, s.base+path, nil)
	if err != nil {
		return nil, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s %s: %s", method, path, resp.Status)
	}
	return body, err
}

func (s *site) index(ctx context.Context) ([]history, error) {
	body, err := s.ask(ctx, http.MethodGet, "/index.json")
	if err != nil {
		return nil, err
	}
	var stories []history
	return stories, json.Unmarshal(body, &stories)
}

// step moves every history to its next version and returns how many moved.
func (s *site) step(ctx context.Context) (int, error) {
	body, err := s.ask(ctx, http.MethodPost, "/step")
	if err != nil {
		return 0, err
	}
	var answer struct{ Moved int }
	return answer.Moved, json.Unmarshal(body, &answer)
}

// configuration follows every page of the site as an article of its own, and every history as a story matched by address.
// What the first crawl finds is judged too, since a history may begin before its first news. Only developments are
// asked for: a page that does not exist yet makes its source fail, which is no alert of the story.
func configuration(base string, stories []history) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `database: %s
contact: https://desk.example/crawler
timezone: UTC
network: {allow: [127.0.0.0/8], gap: 0s, robots: true}
web: {listen: "off"}
receivers:
  - name: sink
    url: %s/hook
    secret: whsec_cmVwbGF5LXJlcGxheS1yZXBsYXktcmVwbGF5
    allow: [127.0.0.0/8]
    when: type startsWith "development."
stories:
`, database, base)
	for i, h := range stories {
		fmt.Fprintf(&b, "  - {name: h%03d, title: %q, match: {urls: [%q]}}\n", i, h.ID, "/n/"+url.PathEscape(h.ID)+"/")
	}
	b.WriteString("sources:\n")
	for i, h := range stories {
		for k, path := range h.URLs {
			fmt.Fprintf(&b, "  - {name: h%03d-%d, url: %q, kind: article, schedule: \"@every 10s\", fast: true, baseline: alert}\n",
				i, k, base+escape(path))
		}
	}
	return b.Bytes()
}

// escape writes a path of the index as it stands in an address.
func escape(path string) string {
	parts := strings.Split(path, "/")
	for i, part := range parts {
		parts[i] = url.PathEscape(part)
	}
	return strings.Join(parts, "/")
}
