package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// told makes predictions of the tour: which transitions were alerted.
func told(at ...int) []prediction {
	all := make([]prediction, 9)
	for i := range all {
		all[i] = prediction{ID: tourHistory, At: i + 1}
	}
	for _, n := range at {
		all[n-1].Alert = true
	}
	return all
}

func TestFloorsThatAreNotReachedAreNamed(t *testing.T) {
	s := settings{floorF1: 0.85, tour: true}
	for _, c := range []struct {
		about, verdict string
		predictions    []prediction
		wrong          []string
	}{
		{"all well", `{"alerts":{"all":{"F1":0.9}},"false_alarms_by_kind":{"cosmetic":"0/34"}}`, told(3, 6), nil},
		{"low score", `{"alerts":{"all":{"F1":0.8}}}`, told(3, 6), []string{"F1 0.800 is under 0.850"}},
		{"noise", `{"alerts":{"all":{"F1":0.9}},"false_alarms_by_kind":{"cosmetic":"1/34","noise":"2/9"}}`, told(3, 6), []string{"3 cosmetic or noise"}},
		{"tour missed", `{"alerts":{"all":{"F1":0.9}}}`, told(6), []string{"planned tour"}},
		{"postponement missed", `{"alerts":{"all":{"F1":0.9}}}`, told(3), []string{"postponement"}},
		{"tour not replayed", `{"alerts":{"all":{"F1":0.9}}}`, nil, nil},
		{"no score at all", `{}`, nil, []string{"F1 0.000"}},
	} {
		var v verdict
		if err := json.Unmarshal([]byte(c.verdict), &v); err != nil {
			t.Fatal(err)
		}
		err := judge(s, v, c.predictions)
		if (err == nil) != (len(c.wrong) == 0) {
			t.Errorf("%s: %v", c.about, err)
			continue
		}
		for _, want := range c.wrong {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v does not say %q", c.about, err, want)
			}
		}
	}
}

func TestPredictionsAreOneALine(t *testing.T) {
	got := decode([]byte("{\"id\":\"a\",\"at\":1,\"alert\":true}\n\nnoise\n{\"id\":\"b\",\"at\":2,\"alert\":false}\n"))
	if len(got) != 2 || !got[0].Alert || got[1].ID != "b" {
		t.Errorf("%+v", got)
	}
}

func TestConfigurationNamesEveryPageAndHistory(t *testing.T) {
	text := string(configuration("http://127.0.0.1:9", []history{{ID: "a b", URLs: []string{"/n/a b/0", "/n/a b/1"}}, {ID: "c", URLs: []string{"/n/c/0"}}}))
	for _, want := range []string{
		`"http://127.0.0.1:9/n/a%20b/0"`, `"http://127.0.0.1:9/n/a%20b/1"`, `"http://127.0.0.1:9/n/c/0"`, `urls: ["/n/a%20b/"]`, `urls: ["/n/c/"]`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in\n%s", want, text)
		}
	}
}
