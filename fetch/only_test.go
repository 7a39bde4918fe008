package fetch

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// reaching are the names of the standard library that open a way out of the process.
var reaching = map[string][]string{
	"net/http": {"Get", "Head", "Post", "PostForm", "Client", "DefaultClient", "Transport", "DefaultTransport",
		"NewFileTransport", "ProxyFromEnvironment"},
	"net":        {"Dial", "DialTimeout", "DialTCP", "DialUDP", "DialIP", "DialUnix", "Dialer"},
	"crypto/tls": {"Dial", "DialWithDialer", "Dialer"},
	"net/smtp":   {"Dial", "SendMail", "NewClient"},
	"net/rpc":    {"Dial", "DialHTTP", "DialHTTPPath"},
	"os/exec":    {"Command", "CommandContext"},
}

// TestNobodyElseReachesOut holds that this package is the only way out: no other source file of the module names a client,
// a transport, a dialer or a command of the standard library. Tests may, and the programs under proof that play the outside
// world, and the command that asks our own pages for their health.
func TestNobodyElseReachesOut(t *testing.T) {
	root := ".."
	if _, err := os.Stat(filepath.Join(root, "go.mod")); err != nil {
		t.Skip("not run within the module")
	}
	seen := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil //nolint:nilerr // a folder that goes away while we walk is none of ours
		}
		name := d.Name()
		if d.IsDir() && path != root && (strings.HasPrefix(name, ".") || slices.Contains([]string{"fetch", "proof", "testdata", "tools"}, name)) {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || path == filepath.Join(root, "cmd", "storywatch", "health.go") {
			return nil
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return nil //nolint:nilerr // the same
		}
		seen++
		for _, use := range waysOut(path, source) {
			t.Errorf("%s: everything that leaves the process goes through package fetch", use)
		}
		return nil
	})
	if err != nil || seen < 5 {
		t.Errorf("%d files were read, %v", seen, err)
	}
}

// waysOut lists the uses of a reaching name in a source file.
func waysOut(path string, source []byte) []string {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, source, parser.SkipObjectResolution)
	if file == nil || err != nil {
		return nil // the compiler says it better
	}
	imported := map[string]string{} // local name to path
	for _, spec := range file.Imports {
		from := strings.Trim(spec.Path.Value, `"`)
		local := from[strings.LastIndexByte(from, '/')+1:]
		if spec.Name != nil {
			local = spec.Name.Name
		}
		imported[local] = from
	}
	var uses []string
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok && slices.Contains(reaching[imported[x.Name]], s.Sel.Name) {
				uses = append(uses, files.Position(s.Pos()).String()+" uses "+imported[x.Name]+"."+s.Sel.Name)
			}
		}
		return true
	})
	return uses
}

func TestWaysOutAreFound(t *testing.T) {
	source := `package x
import (
	web "net/http"
	"net"
)
var _ = web.DefaultClient
var _ = &web.Client{}
var _ = web.HandlerFunc(nil)
var _, _ = net.Dial("tcp", "x:1")
var d net.Dialer
var _ = net.ParseIP`
	if got := waysOut("x.go", []byte(source)); len(got) != 4 {
		t.Errorf("found %q, want four", got)
	}
}
