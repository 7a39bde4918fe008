package storywatch_test

import (
	"cmp"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/storywatch/storywatch/config"
	"github.com/storywatch/storywatch/story"
)

// read returns a file of the tree.
func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.FromSlash(name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The configuration imports nothing of ours, so it keeps a list of its own of the kinds a rule may name.
func TestConfigurationKnowsTheKindsOfStory(t *testing.T) {
	kinds := []story.Kind{
		story.NewDevelopment, story.PlannedEvent, story.PlanChange, story.NumberChange, story.Correction, story.Reversal, story.Removal,
		story.QuoteAdded, story.HeadlineChange, story.MinorFact, story.BackgroundAdded, story.StubFilled, story.Reword, story.Reorder,
		story.CosmeticEdit, story.Duplicate,
	}
	var want []string
	for _, k := range kinds {
		want = append(want, string(k))
	}
	if got := config.Kinds(); !slices.Equal(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))) {
		t.Errorf("config knows %v\nstory knows %v", got, want)
	}
	// The list above could lack one itself: count the constants where they are declared.
	declared := regexp.MustCompile(`(?m)^\t\w+\s+Kind = "`).FindAllString(read(t, "story/story.go"), -1)
	if len(declared) != len(kinds) {
		t.Errorf("story declares %d kinds, this test names %d", len(declared), len(kinds))
	}
}

// required are the direct dependencies of go.mod.
func required(t *testing.T) []string {
	t.Helper()
	var modules []string
	for _, m := range regexp.MustCompile(`(?m)^(?:require )?\t?(\S+\.\S+/\S+|\S+\.\S+) v\S+$`).FindAllStringSubmatch(read(t, "go.mod"), -1) {
		modules = append(modules, m[1])
	}
	if len(modules) == 0 {
		t.Fatal("go.mod requires nothing")
	}
	return modules
}

func TestEveryDependencyHasALineOfWhy(t *testing.T) {
	modules := required(t)
	var explained []string
	for _, m := range regexp.MustCompile("(?m)^\\| `([^`]+)` \\| (.+) \\|$").FindAllStringSubmatch(read(t, "docs/dependencies.md"), -1) {
		explained = append(explained, m[1])
		if len(m[2]) < 15 {
			t.Errorf("docs/dependencies.md: %s: %q is no reason", m[1], m[2])
		}
	}
	for _, module := range modules {
		if !slices.Contains(explained, module) {
			t.Errorf("docs/dependencies.md has no line for %s", module)
		}
	}
	for _, module := range explained {
		if !slices.Contains(modules, module) {
			t.Errorf("docs/dependencies.md explains %s, which go.mod does not require directly", module)
		}
	}
}

// Configurations that people are shown must be ones that the program takes.
func TestConfigurationsShownToPeopleAreGood(t *testing.T) {
	variables := map[string]string{"DESK_SECRET": "whsec_" + strings.Repeat("QUJD", 11), "PGPASSWORD": "secret"}
	lookup := func(name string) (string, bool) {
		value, set := variables[name]
		return value, set
	}
	shown := map[string]string{"deploy/storywatch.yml": read(t, "deploy/storywatch.yml")}
	for _, block := range regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(read(t, "README.md"), -1) {
		shown["README.md: "+cmp.Or(strings.SplitN(block[1], "\n", 2)[0], "a block")] = block[1]
	}
	if len(shown) < 2 {
		t.Fatal("README.md shows no configuration")
	}
	for where, text := range shown {
		file := filepath.Join(t.TempDir(), "storywatch.yml")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := config.Load(file, lookup); err != nil {
			t.Errorf("%s: %v", where, err)
		}
	}
}

// The image is not built here, so its build line is the one that is: make build.
func TestImageIsBuiltByTheTargetThatIsTriedOutside(t *testing.T) {
	docker, makefile := read(t, "Dockerfile"), read(t, "Makefile")
	if !strings.Contains(docker, "RUN make build OUT=") {
		t.Error("Dockerfile does not build with make build")
	}
	if !regexp.MustCompile(`(?m)^build:.*\n\t\$\(GO\) build .*-o \$\(OUT\) \./cmd/storywatch$`).MatchString(makefile) {
		t.Error("make build does not build ./cmd/storywatch to OUT")
	}
	if !strings.Contains(makefile, "export CGO_ENABLED := 0") {
		t.Error("the Makefile does not turn cgo off, so the binary would not be static")
	}
	for _, line := range strings.Split(docker, "\n") {
		if strings.HasPrefix(line, "USER ") && !regexp.MustCompile(`^USER [1-9]\d*(:[1-9]\d*)?$`).MatchString(line) {
			t.Errorf("Dockerfile: %q is not a numeric user without rights", line)
		}
	}
}

// A link in the documents leads somewhere.
func TestDocumentsLinkToFilesThatExist(t *testing.T) {
	files, err := filepath.Glob("docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append(files, "README.md", "CHANGELOG.md", "CONTRIBUTING.md") {
		for _, m := range regexp.MustCompile(`\]\(([^)#:]+)(?:#[^)]*)?\)`).FindAllStringSubmatch(read(t, file), -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(file), m[1])); err != nil {
				t.Errorf("%s links to %s: %v", file, m[1], err)
			}
		}
	}
}
