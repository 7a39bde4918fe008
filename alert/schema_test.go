package alert

import (
	"bytes"
	"encoding/json"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// published is the schema as it is shipped, closed the same with every object closed to properties it does not describe.
var published, closed = sync.OnceValues(func() (*jsonschema.Schema, error) { return compile(false) }),
	sync.OnceValues(func() (*jsonschema.Schema, error) { return compile(true) })

func compile(strict bool) (*jsonschema.Schema, error) {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema()))
	if err != nil {
		return nil, err
	}
	if strict {
		closeObjects(document)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	if err := c.AddResource("payload.schema.json", document); err != nil {
		return nil, err
	}
	return c.Compile("payload.schema.json")
}

// closeObjects refuses unknown properties wherever a schema lists those it knows.
func closeObjects(node any) {
	switch node := node.(type) {
	case map[string]any:
		if node["type"] == "object" {
			node["additionalProperties"] = false
		}
		for _, child := range node {
			closeObjects(child)
		}
	case []any:
		for _, child := range node {
			closeObjects(child)
		}
	}
}

func validate(schema func() (*jsonschema.Schema, error), body []byte) error {
	s, err := schema()
	if err != nil {
		return err
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		return err
	}
	return s.Validate(value)
}

// mustConform holds a body against the schema and against its closed form: what we send must be described.
func mustConform(t testing.TB, body []byte) {
	t.Helper()
	if err := validate(published, body); err != nil {
		t.Fatalf("%v\n%s", err, body)
	}
	if err := validate(closed, body); err != nil {
		t.Fatalf("not described: %v\n%s", err, body)
	}
}

func TestEveryTypeOfBodyConformsToTheSchema(t *testing.T) {
	for _, a := range examples(t) {
		mustConform(t, bodyOf(t, a, 1))
	}
}

func TestTheSchemaAllowsWhatIsAddedLater(t *testing.T) {
	body := strings.Replace(string(bodyOf(t, examples(t)["arabic-trip"], 1)), `"seq":1`, `"seq":1,"later":{"a":1}`, 1)
	if err := validate(published, []byte(body)); err != nil {
		t.Error(err)
	}
	if validate(closed, []byte(body)) == nil {
		t.Error("the closed schema lets an undescribed property pass: it would not notice one of ours")
	}
}

func TestTheSchemaRefusesWhatIsWrong(t *testing.T) {
	for _, c := range []struct{ example, old, new string }{
		{"arabic-trip", `"type":"development.planned_event"`, `"type":"planned_event"`},
		{"arabic-trip", `"type":"development.planned_event"`, `"type":"development."`},
		{"arabic-trip", `"type":"development.planned_event"`, `"type":"source.failing"`},
		{"arabic-trip", `"type":"development.planned_event"`, `"type":"source.burning"`},
		{"arabic-trip", `"timestamp":"2024-03-04T09:12:30.451Z"`, `"timestamp":"2024-03-04 09:12:30"`},
		{"arabic-trip", `"timestamp":"2024-03-04T09:12:30.451Z"`, `"timestamp":1709543550`},
		{"arabic-trip", `"timestamp":"2024-03-04T09:12:30.451Z",`, ``},
		{"arabic-trip", `"seq":1`, `"seq":0`},
		{"arabic-trip", `"seq":1`, `"seq":"1"`},
		{"arabic-trip", `"seq":1,`, ``},
		{"arabic-trip", `"alert":"al_`, `"alert":"`},
		{"arabic-trip", `"story":{`, `"tale":{`},
		{"arabic-trip", `"development":{`, `"evolution":{`},
		{"arabic-trip", `"article":{`, `"page":{`},
		{"arabic-trip", `"sightings":{"count":1`, `"sightings":{"count":0`},
		{"arabic-trip", `"importance":0.86`, `"importance":1.01`},
		{"arabic-trip", `"confidence":0.87`, `"confidence":-0.1`},
		{"arabic-trip", `"kinds":["planned_event","new_development"]`, `"kinds":[]`},
		{"arabic-trip", `"kinds":["planned_event","new_development"]`, `"kinds":["planned_event","planned_event"]`},
		{"arabic-trip", `"country":"QA"`, `"country":"Qatar"`},
		{"arabic-trip", `"dir":"rtl"`, `"dir":"auto"`},
		{"arabic-trip", `"part":"evening"`, `"part":"soon"`},
		{"arabic-trip", `"op":"added"`, `"op":"moved"`},
		{"arabic-trip", `"op":"added"`, `"op":"removed"`},
		{"arabic-trip", `"op":"added"`, `"op":"reworded"`},
		{"english-toll", `"op":"removed"`, `"op":"added"`},
		{"english-toll", `"value":19`, `"value":"19"`},
		{"english-toll", `"removed":true`, `"removed":false`},
		{"source-failing", `"source":{`, `"origin":{`},
		{"source-failing", `"outcome":"blocked"`, `"outcome":"broken"`},
		{"source-failing", `"failures":6`, `"failures":-1`},
		{"source-failing", `"source":{`, `"development":{},"source":{`},
		{"article-removed", `"article":{`, `"page":{`},
		{"article-removed", `"number":3`, `"number":0`},
	} {
		body := string(bodyOf(t, examples(t)[c.example], 1))
		wrong := strings.Replace(body, c.old, c.new, 1)
		if wrong == body || !json.Valid([]byte(wrong)) {
			t.Errorf("%s: %s is not there, or the case is no JSON", c.example, c.old)
			continue
		}
		if validate(published, []byte(wrong)) == nil {
			t.Errorf("%s with %s for %s passes", c.example, c.new, c.old)
		}
	}
}

func TestNobodyCanChangeTheSchema(t *testing.T) {
	Schema()[0] = 'x'
	if Schema()[0] != '{' {
		t.Error("Schema gives its own bytes away")
	}
}
