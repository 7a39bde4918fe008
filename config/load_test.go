package config

import (
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what is said now into testdata")

// noEnv is an environment without variables.
func noEnv(string) (string, bool) { return "", false }

// env makes an environment of NAME=value lines.
func env(lines string) func(string) (string, bool) {
	set := map[string]string{}
	for _, line := range strings.Split(lines, "\n") {
		if name, value, ok := strings.Cut(line, "="); ok {
			set[name] = value
		}
	}
	return func(name string) (string, bool) {
		value, ok := set[name]
		return value, ok
	}
}

// minimal is the least that loads.
const minimal = "sources:\n  - name: wire\n    url: https://wire.example/world.xml\n"

func mustParse(t *testing.T, text string) *Config {
	t.Helper()
	cfg, err := Parse("storywatch.yml", []byte(text), noEnv)
	if err != nil {
		t.Fatalf("%v\nof\n%s", err, text)
	}
	return cfg
}

// Each file under testdata/bad is refused with exactly the words beside it.
func TestBadFilesSayWhatIsWrong(t *testing.T) {
	files, err := filepath.Glob("testdata/bad/*.txtar")
	if err != nil || len(files) < 40 {
		t.Fatalf("%d cases, %v", len(files), err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			part := map[string]string{}
			for _, f := range archive.Files {
				part[f.Name] = string(f.Data)
			}
			_, err = Parse("storywatch.yml", []byte(part["storywatch.yml"]), env(part["env"]))
			if err == nil {
				t.Fatal("accepted")
			}
			got := err.Error() + "\n"
			if strings.Contains(got, "hunter2") {
				t.Errorf("shows a secret:\n%s", got)
			}
			if *update {
				last := len(archive.Files) - 1
				archive.Files[last].Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got != part["want"] {
				t.Errorf("says\n%swant\n%s", got, part["want"])
			}
		})
	}
}

func TestFilesThatCannotBeReadSayWhatToDo(t *testing.T) {
	dir := t.TempDir()
	missing := filepath.Join(dir, "none.yml")
	_, err := Load(missing, noEnv)
	if !errors.Is(err, fs.ErrNotExist) || err.Error() != missing+`: file does not exist; "storywatch init" writes a starter file` {
		t.Errorf("missing: %v", err)
	}
	if _, err := Load(dir, noEnv); err == nil || err.Error() != dir+": is a folder; name the file in it" {
		t.Errorf("folder: %v", err)
	}
}

// What is no text is refused before the YAML library sees it.
func TestBytesThatAreNoConfigurationAreRefused(t *testing.T) {
	for name, c := range map[string]struct{ data, want string }{
		"nothing":   {"", `f.yml: is empty; "storywatch init" writes a starter file`},
		"mark only": {"\ufeff", `f.yml: is empty; "storywatch init" writes a starter file`},
		"header":    {"---\n", `f.yml: is empty; "storywatch init" writes a starter file`},
		"UTF-16":    {"\xff\xfea\x00", "f.yml: is saved as UTF-16; save it as UTF-8"},
		"latin":     {minimal + "contact: caf\xe9\n", "f.yml:4: holds bytes that are not UTF-8; save the file as UTF-8"},
		"control":   {"contact: a\x00b\n", "f.yml:1: holds a control character; remove it (retyping the line does)"},
		"size":      {strings.Repeat("#", 1<<20+1), "f.yml: is larger than 1 MiB; a configuration is not, so this is probably another file"},
	} {
		if _, err := Parse("f.yml", []byte(c.data), noEnv); err == nil || err.Error() != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Files made to keep a parser busy are refused, or read, within a second.
func TestHostileFilesAreJudgedQuickly(t *testing.T) {
	steps := &strings.Builder{}
	for i := range 1000 {
		steps.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	for name, text := range map[string]string{
		"brackets":        "a: " + strings.Repeat("[", 100_000),
		"bracket lines":   strings.Repeat("[\n", 500_000),
		"braces":          "a: " + strings.Repeat("{", 1_000_000),
		"nested maps":     "a: " + strings.Repeat("{a: ", 100_000),
		"dashes":          "a:\n  " + strings.Repeat("- ", 100_000) + "x",
		"steps":           steps.String(),
		"empty entries":   strings.Repeat("-\n", 500_000),
		"empty keys":      strings.Repeat("a:\n", 300_000),
		"keys":            strings.Repeat("a: b\n", 200_000),
		"flow keys":       "{" + strings.Repeat("a: b, ", 150_000) + "}",
		"lone flow words": "[" + strings.Repeat("{a, b, c},", 90_000) + "]",
		"flow values":     "a: [" + strings.Repeat("{a: },", 150_000) + "]",
		"literals":        strings.Repeat("|\n", 500_000),
		"bomb":            "a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n",
	} {
		text = text[:min(len(text), maxFile)]
		start := time.Now()
		if _, err := Parse("f.yml", []byte(text), noEnv); err == nil {
			t.Errorf("%s: accepted", name)
		}
		// The bound is for a busy machine; what it guards against takes minutes.
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s: took %v", name, took)
		} else if took > time.Second {
			t.Logf("%s: took %v", name, took)
		}
	}
}
