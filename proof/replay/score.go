package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
)

// The history that the project began with, and the transitions of it that must not be missed.
const (
	tourHistory  = "syn-blinken-ar-en"
	tourPlanned  = 3
	tourPostpone = 6
)

// prediction is what the site was told about one transition.
type prediction struct {
	ID    string `json:"id"`
	At    int    `json:"at"`
	Alert bool   `json:"alert"`
}

// verdict is what evalrev.py says, as far as the floors need it.
type verdict struct {
	Alerts map[string]struct {
		F1         float64 `json:"F1"`
		FalseAlarm float64 `json:"false_alarm_rate"`
	} `json:"alerts"`
	FalseAlarms map[string]string `json:"false_alarms_by_kind"` // kind: raised/all
}

// raised returns how many transitions of a kind were alerted though they should not have been, and how many there are.
func (v verdict) raised(kind string) (raised, all int) {
	if text, ok := v.FalseAlarms[kind]; ok {
		if _, err := fmt.Sscanf(text, "%d/%d", &raised, &all); err != nil {
			return 0, 0
		}
	}
	return raised, all
}

// score takes the predictions from the site, prints what evalrev.py makes of them, and holds them against the floors.
func score(ctx context.Context, s settings, site *site, dir string) error {
	body, err := site.ask(ctx, http.MethodGet, "/predictions")
	if err != nil {
		return err
	}
	predictions, result := filepath.Join(dir, "predictions.jsonl"), filepath.Join(dir, "score.json")
	if err := os.WriteFile(predictions, body, 0o644); err != nil {
		return err
	}
	args := []string{filepath.Join(s.shared, "tools", "revisions", "evalrev.py"), "score", "--pred", predictions, "--json", result}
	cmd := exec.CommandContext(ctx, s.python, append(append(args, s.files...), "--errors", "40")...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("evalrev.py: %w", err)
	}
	text, err := os.ReadFile(result)
	if err != nil {
		return err
	}
	var v verdict
	if err := json.Unmarshal(text, &v); err != nil {
		return fmt.Errorf("read %s: %w", result, err)
	}
	return judge(s, v, decode(body))
}

// decode reads the site's predictions, one JSON object a line.
func decode(lines []byte) []prediction {
	var all []prediction
	for line := range bytes.Lines(lines) {
		var p prediction
		if json.Unmarshal(line, &p) == nil {
			all = append(all, p)
		}
	}
	return all
}

// judge prints the last line and returns every floor that was not reached.
func judge(s settings, v verdict, predictions []prediction) error {
	all := v.Alerts["all"]
	cosmetic, cosmeticAll := v.raised("cosmetic")
	noise, noiseAll := v.raised("noise")
	planned, inData := alerted(predictions, tourPlanned)
	postponed, _ := alerted(predictions, tourPostpone)
	fmt.Printf("F1 %.3f · false alarm rate %.3f · cosmetic raised %d/%d · noise raised %d/%d · planned tour %s · postponement %s\n",
		all.F1, all.FalseAlarm, cosmetic, cosmeticAll, noise, noiseAll, word(planned, inData), word(postponed, inData))

	var missed []error
	if all.F1 < s.floorF1 {
		missed = append(missed, fmt.Errorf("F1 %.3f is under %.3f", all.F1, s.floorF1))
	}
	if cosmetic+noise > s.noise {
		missed = append(missed, fmt.Errorf("%d cosmetic or noise transitions alerted, %d allowed", cosmetic+noise, s.noise))
	}
	if s.tour && inData && !planned {
		missed = append(missed, fmt.Errorf("%s: the planned tour (at %d) was not alerted", tourHistory, tourPlanned))
	}
	if s.tour && inData && !postponed {
		missed = append(missed, fmt.Errorf("%s: the postponement (at %d) was not alerted", tourHistory, tourPostpone))
	}
	return errors.Join(missed...)
}

// alerted reports whether a transition of the tour was alerted, and whether the tour is among the histories at all.
func alerted(predictions []prediction, at int) (yes, inData bool) {
	i := slices.IndexFunc(predictions, func(p prediction) bool { return p.ID == tourHistory && p.At == at })
	return i >= 0 && predictions[i].Alert, i >= 0
}

func word(yes, inData bool) string {
	switch {
	case !inData:
		return "not replayed"
	case yes:
		return "alerted"
	}
	return "MISSED"
}
