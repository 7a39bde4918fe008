package config

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	exampleFile = "../storywatch.example.yml"
	docsFile    = "../docs/configuration.md"
)

var exampleEnv = env("DESK_SECRET=" + signing + "\nDESK_SECRET_NEXT=" + signing[:6] + "Tk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5O" + "\nHOOK_TOKEN=CANARYtoken")

func example(t *testing.T) *Config {
	t.Helper()
	cfg, err := Load(exampleFile, exampleEnv)
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

func read2(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// keyPaths lists every key that the loader knows: sources.follow.every.
func keyPaths() []string {
	var all []string
	for group, keys := range known {
		for _, key := range keys {
			all = append(all, strings.TrimPrefix(group+"."+key, "."))
		}
	}
	slices.Sort(all)
	return all
}

// written lists every key in a file by its path.
func written(n *node, path string, into map[string]*node) {
	for _, item := range n.items {
		written(item, path, into)
	}
	for _, f := range n.fields {
		key := strings.TrimPrefix(path+"."+f.name, ".")
		if into[key] == nil {
			into[key] = f.value
		}
		written(f.value, key, into)
	}
}

func TestTheExampleHasEveryKeyInOrder(t *testing.T) {
	root, problem := readYAML([]byte(read2(t, exampleFile)))
	if problem != nil {
		t.Fatal(problem.Text)
	}
	have := map[string]*node{}
	written(root, "", have)
	for _, key := range keyPaths() {
		if have[key] == nil {
			t.Errorf("the example lacks %s", key)
		}
	}
	checkOrder(t, root, "", known)
}

// checkOrder fails where keys of the example stand in another order than in the documentation.
func checkOrder(t *testing.T, n *node, group string, known map[string][]string) {
	for _, item := range n.items {
		checkOrder(t, item, group, known)
	}
	last := -1
	for _, f := range n.fields {
		at := slices.Index(known[group], f.name)
		if at < last {
			t.Errorf("line %d of the example: %s stands too late in %q", f.line, f.name, group)
		}
		last = at
		checkOrder(t, f.value, strings.TrimPrefix(group+"."+f.name, "."), known)
	}
}

// Every key of the example has a comment above it, except where an entry before explained it.
func TestEveryKeyOfTheExampleIsExplained(t *testing.T) {
	lines := strings.Split(read2(t, exampleFile), "\n")
	explained := map[string]bool{}
	key := regexp.MustCompile(`^([ -]*)([a-z_]+):`)
	path := map[int]string{}
	for i, line := range lines {
		m := key.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		path[len(m[1])] = m[2]
		full := ""
		for column := 0; column <= len(m[1]); column++ {
			full += "." + path[column]
		}
		if !explained[full] && i > 0 && !strings.HasPrefix(strings.TrimSpace(lines[i-1]), "#") && !slices.Contains([]string{"network:", "web:"}, line) {
			t.Errorf("line %d: %s is not explained", i+1, m[2])
		}
		explained[full] = true
	}
}

// A line marked as default changes nothing when it is taken out. Where a group has nothing else, it goes too.
func TestDefaultsOfTheExampleAreTheRealOnes(t *testing.T) {
	lines := strings.Split(read2(t, exampleFile), "\n")
	want, marked := example(t), 0
	var without []string
	for i, line := range lines {
		if !strings.HasSuffix(line, " # default") {
			without = append(without, line)
			continue
		}
		marked++
		one := slices.Concat(lines[:i], lines[i+1:])
		got, err := Parse(exampleFile, []byte(emptied(one)), exampleEnv)
		if err != nil {
			t.Errorf("without line %d (%s): %v", i+1, line, err)
		} else if d := cmp.Diff(want, got, same, cmp.Comparer(equalLists)); d != "" {
			t.Errorf("line %d (%s) is no default:\n%s", i+1, line, d)
		}
	}
	got, err := Parse(exampleFile, []byte(emptied(without)), exampleEnv)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got, same, cmp.Comparer(equalLists)); d != "" || marked < 12 {
		t.Errorf("%d defaults; without all of them:\n%s", marked, d)
	}
}

// emptied takes out groups that have lost all their keys.
func emptied(lines []string) string {
	return regexp.MustCompile(`(?m)^ +follow:\n(( +#.*)?\n)*( +budget|\n)`).ReplaceAllString(strings.Join(lines, "\n"), "$3")
}

func equalLists(a, b []string) bool { return slices.Equal(a, b) }

// The tables of the documentation have every key, and the default that the example shows for it.
func TestTheDocumentationHasEveryKeyAndDefault(t *testing.T) {
	rows := docRows(t)
	for _, key := range keyPaths() {
		if rows[key] == nil {
			t.Errorf("the documentation lacks %s", key)
		}
	}
	for key := range rows {
		if !slices.Contains(keyPaths(), key) {
			t.Errorf("the documentation has %s, which is not known", key)
		}
	}
	root, _ := readYAML([]byte(read2(t, exampleFile)))
	at := map[int]string{}
	lineOf(root, "", at)
	for i, line := range strings.Split(read2(t, exampleFile), "\n") {
		if !strings.HasSuffix(line, " # default") {
			continue
		}
		key := at[i+1]
		_, value, _ := strings.Cut(strings.TrimSuffix(line, " # default"), ": ")
		if row := rows[key]; row == nil || strings.Trim(row[1], "` ") != value {
			t.Errorf("the documentation of %s says %q, the example %q", key, row, value)
		}
	}
}

// lineOf notes which key stands on a line.
func lineOf(n *node, path string, into map[int]string) {
	for _, item := range n.items {
		lineOf(item, path, into)
	}
	for _, f := range n.fields {
		key := strings.TrimPrefix(path+"."+f.name, ".")
		into[f.line] = key
		lineOf(f.value, key, into)
	}
}

// docRows reads the tables below the headings: type, default, example and limits of each key.
func docRows(t *testing.T) map[string][]string {
	rows := map[string][]string{}
	group := ""
	under := map[string]string{"At the top": "", "match": "stories.match", "follow": "sources.follow", "links": "sources.links", "article": "sources.article"}
	inTable := false
	for _, line := range strings.Split(read2(t, docsFile), "\n") {
		if heading, ok := strings.CutPrefix(line, "#"); ok {
			heading = strings.Trim(heading, "# ")
			group, inTable = heading, false
			if g, ok := under[heading]; ok {
				group = g
			}
		}
		inTable = strings.HasPrefix(line, "| key |") || inTable && strings.HasPrefix(line, "|")
		cells := strings.Split(line, "|")
		if !inTable || len(cells) != 7 || !strings.HasPrefix(cells[1], " `") {
			continue
		}
		key := strings.TrimPrefix(group+"."+strings.Trim(cells[1], " `"), ".")
		rows[key] = cells[2:6]
	}
	return rows
}

// The lists of kinds, functions and fields in the documentation are those of the code.
func TestTheDocumentationListsWhatRulesKnow(t *testing.T) {
	docs := read2(t, docsFile)
	for _, word := range slices.Concat(Kinds(), functions, fieldNames(), formats, []string{"@hourly", "@daily", "@weekly", "@monthly", "@yearly"}) {
		if !strings.Contains(docs, "`"+word+"`") {
			t.Errorf("the documentation lacks %s", word)
		}
	}
}

// The messages that the documentation shows are the ones that come.
func TestTheMessagesInTheDocumentationAreReal(t *testing.T) {
	files, err := os.ReadDir("testdata/bad")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, f := range files {
		all.WriteString(read2(t, "testdata/bad/"+f.Name()))
	}
	shown := regexp.MustCompile(`(?m)^storywatch\.yml:\d+: \w+\[\d\] "\w+": (.*)$`).FindAllStringSubmatch(read2(t, docsFile), -1)
	for _, m := range shown {
		if !strings.Contains(all.String(), m[1]) {
			t.Errorf("nothing says %s", m[1])
		}
	}
	if len(shown) != 3 {
		t.Errorf("%d messages", len(shown))
	}
}
