package alert

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/storywatch/storywatch/config"
	"github.com/storywatch/storywatch/story"
)

func manual(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../docs/webhooks.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// code is the first block of the manual in a language.
func code(t *testing.T, language string) string {
	t.Helper()
	found := regexp.MustCompile("(?s)```" + language + "\n(.*?)```").FindStringSubmatch(manual(t))
	if found == nil {
		t.Fatalf("the manual has no %s", language)
	}
	return found[1]
}

func TestTheBodyInTheManualIsOneOfOurs(t *testing.T) {
	var want bytes.Buffer
	if err := json.Indent(&want, bodyOf(t, examples(t)["arabic-trip"], 17), "", "  "); err != nil {
		t.Fatal(err)
	}
	if got := strings.TrimSpace(code(t, "json")); got != want.String() {
		t.Errorf("the manual shows\n%s\nwant\n%s", got, want.String())
	}
}

func TestTheGoInTheManualIsTheExample(t *testing.T) {
	example, err := os.ReadFile("example_test.go")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(example), code(t, "go")) {
		t.Error("the Go of the manual is not in example_test.go")
	}
}

func TestTheManualNamesEveryWaitTypeAndKind(t *testing.T) {
	text := manual(t)
	for i, wait := range waits {
		if row := fmt.Sprintf("| %d | %s |", i+2, spoken(wait)); !strings.Contains(text, row) {
			t.Errorf("the manual has no row %q", row)
		}
	}
	for _, word := range []string{
		ArticleNew, ArticleRemoved, SourceFailing, SourceRecovered, string(story.NewDevelopment), string(story.PlannedEvent),
		string(story.PlanChange), string(story.NumberChange), string(story.Correction), string(story.Reversal),
		string(story.Removal), string(story.QuoteAdded), string(story.HeadlineChange),
	} {
		if !strings.Contains(text, "`"+word+"`") {
			t.Errorf("the manual does not say %s", word)
		}
	}
}

// spoken writes a wait as a person would.
func spoken(d time.Duration) string {
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%d s", int(d.Seconds()))
	case d < time.Hour:
		return fmt.Sprintf("%d min", int(d.Minutes()))
	}
	return fmt.Sprintf("%d h", int(d.Hours()))
}

// The driver of each language reads a line for each case from its input, and prints whether verify took it.
const (
	pythonDriver = `
import json, sys
for line in sys.stdin:
    c = json.loads(line)
    try:
        verify(c["secret"], c["headers"], c["body"].encode())
        print("taken")
    except ValueError:
        print("refused")
`
	jsDriver = `
for (const line of require("node:fs").readFileSync(0, "utf8").trim().split("\n")) {
  const c = JSON.parse(line);
  try {
    verify(c.secret, c.headers, Buffer.from(c.body));
    console.log("taken");
  } catch {
    console.log("refused");
  }
}
`
)

func TestThePythonAndJavaScriptOfTheManualVerify(t *testing.T) {
	input, want := verifyCases(t)
	for _, c := range []struct{ language, program, file, driver string }{
		{"python", "python3", "verify.py", pythonDriver}, {"js", "node", "verify.js", jsDriver},
	} {
		t.Run(c.language, func(t *testing.T) {
			program, err := exec.LookPath(c.program)
			if err != nil {
				t.Skipf("%s is not installed", c.program)
			}
			script := filepath.Join(t.TempDir(), c.file)
			if err := os.WriteFile(script, []byte(code(t, c.language)+c.driver), 0o600); err != nil {
				t.Fatal(err)
			}
			run := exec.CommandContext(t.Context(), program, script)
			run.Stdin = strings.NewReader(input)
			got, err := run.CombinedOutput()
			if err != nil || string(got) != want {
				t.Errorf("%v\n%s\nwant\n%s", err, got, want)
			}
		})
	}
}

// verifyCases are requests, a JSON object a line, and what a receiver with the secret of the tests should make of each.
func verifyCases(t *testing.T) (input, want string) {
	t.Helper()
	another := config.NewSecret("whsec_" + strings.Repeat("bm9w", 8))
	ours, now := config.NewSecret(testSecret), time.Now()
	body := string(bodyOf(t, examples(t)["arabic-trip"], 17))
	for _, c := range []struct {
		secrets []config.Secret
		at      time.Time
		body    string
		verdict string
	}{
		{[]config.Secret{ours}, now, body, "taken"},
		{[]config.Secret{another, ours}, now, body, "taken"},
		{[]config.Secret{another}, now, body, "refused"},
		{[]config.Secret{ours}, now, strings.Replace(body, "قطر", "قطز", 1), "refused"},
		{[]config.Secret{ours}, now.Add(-time.Hour), body, "refused"},
		{[]config.Secret{ours}, now.Add(time.Hour), body, "refused"},
	} {
		header, err := Sign(c.secrets, "dl_1", c.at, []byte(body))
		if err != nil {
			t.Fatal(err)
		}
		headers := map[string]string{}
		for name := range header {
			headers[strings.ToLower(name)] = header.Get(name)
		}
		line, err := encode(map[string]any{"secret": testSecret, "headers": headers, "body": c.body})
		if err != nil {
			t.Fatal(err)
		}
		input += string(line) + "\n"
		want += c.verdict + "\n"
	}
	return input, want
}
