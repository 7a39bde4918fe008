package storywatch_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/storywatch/storywatch"

// allowed says which of our packages each of our packages may import. A new arrow is a decision: it has its line here and
// its reason in the commit that adds it. Tests may import what their package may, and storage/storagetest.
var allowed = map[string][]string{
	".":       {"config", "story"}, // in tests of the whole tree
	"text":    {},
	"facts":   {"text"},
	"diff":    {"text"},
	"story":   {"diff", "facts", "text"},
	"config":  {},
	"fetch":   {},
	"extract": {"story", "text"},
	"crawler": {"config", "fetch", "story", "text"},
	"storage": {"diff", "story", "text"},
	"alert":   {"config", "diff", "fetch", "storage", "story"},
	"watch":   {"alert", "config", "crawler", "diff", "extract", "facts", "fetch", "storage", "story", "text"},
	"web":     {"diff", "storage", "story", "text"},

	"storage/storagetest": {"diff", "storage", "story", "text"},

	"cmd/storywatch": {
		"alert", "config", "crawler", "diff", "extract", "facts", "fetch", "storage", "story", "text", "watch", "web",
	},

	// The proofs look at the program from outside, so they know nothing of its inside.
	"proof/kill":   {},
	"proof/replay": {},
	"proof/saved":  {},
}

// kept says which packages may import a package of others that we want in one place only.
var kept = map[string][]string{
	"github.com/gocolly/colly/v2":           {"crawler"},
	"github.com/alecthomas/kong":            {"cmd/storywatch"},
	"github.com/expr-lang/expr":             {"config", "alert"},
	"github.com/goccy/go-yaml":              {"config"},
	"github.com/jackc/pgx/v5":               {"storage", "watch"},
	"github.com/riverqueue/river":           {"watch", "storage"},
	"github.com/robfig/cron/v3":             {"config", "watch"},
	"github.com/temoto/robotstxt":           {"fetch"},
	"github.com/prometheus/client_golang":   {"web", "watch", "cmd/storywatch"},
	"modernc.org/sqlite":                    {"storage"},
	"code.dny.dev/ssrf":                     {"fetch"},
	"github.com/andybalholm/brotli":         {"fetch"},
	"github.com/klauspost/compress":         {"fetch", "storage"},
	"github.com/mmcdole/gofeed":             {"crawler"},
	"github.com/standard-webhooks":          {"alert", "cmd/storywatch"}, // the demonstration has a receiver of its own
	"golang.org/x/net/html/charset":         {"fetch"},
	"golang.org/x/text/unicode/norm":        {"text"},
	"golang.org/x/term":                     {"cmd/storywatch"},
	"github.com/rogpeppe/go-internal":       {},
	"github.com/google/go-cmp":              {},
	"pgregory.net/rapid":                    {},
	"github.com/santhosh-tekuri/jsonschema": {},
}

// pure packages decide by what they are given. They reach for no file, network, database, process or log.
var pure = []string{"text", "facts", "diff"}

// source is a Go file of the tree.
type source struct {
	pkg  string // its folder, with slashes, from the root
	name string
	file *ast.File
}

func (s source) test() bool { return strings.HasSuffix(s.name, "_test.go") }

// imports returns the import paths of the file.
func (s source) imports() []string {
	paths := make([]string, 0, len(s.file.Imports))
	for _, spec := range s.file.Imports {
		p, _ := strconv.Unquote(spec.Path.Value)
		paths = append(paths, p)
	}
	return paths
}

// sources parses every Go file of the tree.
func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	set := token.NewFileSet()
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if base := entry.Name(); entry.IsDir() && name != "." && (strings.HasPrefix(base, ".") || base == "testdata") {
			return fs.SkipDir
		}
		if entry.IsDir() || filepath.Ext(name) != ".go" {
			return nil
		}
		file, err := parser.ParseFile(set, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		all = append(all, source{pkg: filepath.ToSlash(filepath.Dir(name)), name: name, file: file})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestImportsPointOneWay(t *testing.T) {
	for _, src := range sources(t) {
		may, known := allowed[src.pkg]
		if !known {
			t.Errorf("%s: package %s has no line in the table of imports", src.name, src.pkg)
			continue
		}
		for _, imported := range src.imports() {
			own, ours := strings.CutPrefix(imported, module+"/")
			switch {
			case !ours || own == src.pkg || slices.Contains(may, own):
			case src.test() && own == "storage/storagetest":
			default:
				t.Errorf("%s: %s may not import %s", src.name, src.pkg, own)
			}
		}
	}
}

// The table itself must not allow a circle through a detour, and names only packages that it knows.
func TestTableOfImportsHasNoCircle(t *testing.T) {
	var visit func(pkg string, on []string)
	visit = func(pkg string, on []string) {
		if slices.Contains(on, pkg) {
			t.Fatalf("circle: %s", strings.Join(append(on, pkg), " → "))
		}
		for _, next := range allowed[pkg] {
			if _, known := allowed[next]; !known {
				t.Errorf("%s may import %s, which the table does not know", pkg, next)
			}
			visit(next, append(slices.Clone(on), pkg))
		}
	}
	for _, pkg := range slices.Sorted(maps.Keys(allowed)) {
		visit(pkg, nil)
	}
}

func TestTableOfImportsNamesOnlyPackagesThatExist(t *testing.T) {
	seen := map[string]bool{}
	for _, src := range sources(t) {
		seen[src.pkg] = true
	}
	for pkg := range allowed {
		if !seen[pkg] {
			t.Errorf("the table has a line for %s, which does not exist", pkg)
		}
	}
}

func TestNoPackageHasANameThatSaysNothing(t *testing.T) {
	empty := []string{"util", "utils", "common", "model", "models", "service", "services", "internal", "pkg", "helpers", "misc", "types"}
	for _, src := range sources(t) {
		for _, part := range strings.Split(src.pkg, "/") {
			if slices.Contains(empty, part) {
				t.Errorf("%s: %q says nothing of what it gives", src.name, part)
			}
		}
	}
}

func TestEveryPackageSaysWhatItGives(t *testing.T) {
	said := map[string]bool{}
	for _, src := range sources(t) {
		if src.test() {
			continue
		}
		said[src.pkg] = said[src.pkg] || strings.TrimSpace(src.file.Doc.Text()) != ""
	}
	for _, pkg := range slices.Sorted(maps.Keys(said)) {
		if !said[pkg] {
			t.Errorf("package %s has no package comment", pkg)
		}
	}
}

func TestPurePackagesReachForNothing(t *testing.T) {
	reaching := []string{"database/sql", "io/fs", "log", "log/slog", "net", "net/http", "os", "os/exec", "syscall"}
	for _, src := range sources(t) {
		if src.test() || !slices.Contains(pure, src.pkg) {
			continue
		}
		for _, imported := range src.imports() {
			if slices.Contains(reaching, imported) {
				t.Errorf("%s: %s is pure and may not import %s", src.name, src.pkg, imported)
			}
		}
	}
}

func TestDependenciesStayWhereTheyBelong(t *testing.T) {
	for _, src := range sources(t) {
		if src.test() || src.pkg == "storage/storagetest" {
			continue
		}
		for _, imported := range src.imports() {
			for prefix, where := range kept {
				if (imported == prefix || strings.HasPrefix(imported, prefix+"/")) && !slices.Contains(where, src.pkg) {
					t.Errorf("%s: %s belongs to %v only", src.name, imported, where)
				}
			}
		}
	}
}

func TestNothingHappensBeforeMain(t *testing.T) {
	for _, src := range sources(t) {
		for _, decl := range src.file.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
				t.Errorf("%s: has an init function", src.name)
			}
		}
	}
}
