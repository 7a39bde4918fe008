package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

type healthCommand struct {
	URL  string `help:"Address of the pages, when the configuration does not say." placeholder:"URL"`
	JSON bool   `name:"json" help:"Write the daemon's answer as it is."`
}

// healthTime bounds the question; containers give it little more.
const healthTime = 4 * time.Second

// Run asks the running daemon whether it is well.
func (c *healthCommand) Run(ctx context.Context, p *program) error {
	base := c.URL
	if base == "" {
		cfg, err := p.load()
		if err != nil {
			return err
		}
		if cfg.Web.Listen == "off" {
			return errors.New("the configuration serves no pages (web: {listen: off}), so there is nobody to ask")
		}
		base = "http://" + reachable(cfg.Web.Listen)
	}
	ctx, cancel := context.WithTimeout(ctx, healthTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSuffix(base, "/")+"/healthz", nil)
	if err != nil {
		return err
	}
	resp, err := (&http.Client{Transport: &http.Transport{Proxy: nil}}).Do(req)
	var failed *url.Error
	if errors.As(err, &failed) {
		err = failed.Err
	}
	if err != nil {
		return fmt.Errorf("no daemon answers at %s: %w", base, err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	if err != nil {
		return fmt.Errorf("ask %s: %w", base, err)
	}
	return c.tell(p, resp.StatusCode, body)
}

func (c *healthCommand) tell(p *program, status int, body []byte) error {
	var answer struct {
		Status string
		Late   []struct {
			Source string
			Late   int64 `json:"late_seconds"`
			Every  int64 `json:"interval_seconds"`
		}
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return fmt.Errorf("what answers there is not storywatch (status %d)", status)
	}
	if c.JSON {
		p.printf("%s\n", strings.TrimSpace(string(body)))
	} else {
		p.printf("%s\n", answer.Status)
		for _, l := range answer.Late {
			p.printf("  %s is %v late; it is to be looked at every %v\n", l.Source, time.Duration(l.Late)*time.Second, time.Duration(l.Every)*time.Second)
		}
	}
	if status != http.StatusOK {
		return errFound
	}
	return nil
}

// reachable turns an address to listen at into one to ask: all interfaces are asked at this machine's own.
func reachable(listen string) string {
	for _, all := range []string{"0.0.0.0:", "[::]:", ":"} {
		if port, ok := strings.CutPrefix(listen, all); ok {
			return "127.0.0.1:" + port
		}
	}
	return listen
}
