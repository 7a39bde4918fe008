package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"storywatch": main})
}

// Each script is a person at a terminal: what they type, and what they are told. They have these commands beside the
// usual ones:
//
//	site DIR       serves a folder on loopback and puts its address into $SITE; a file NAME.down in it makes NAME answer 500
//	desk FILE      a receiver at $DESK that verifies signatures with $SECRET and writes each body as a line;
//	               while there is a file FILE.down, it answers 503
//	exits N CMD…   runs a command that must end with that code
//	port           puts a free address of this machine into $LISTEN
//	busy           listens at $LISTEN until the script ends
//	daemon ARG…    runs storywatch in the background until the script ends or stop is called
//	stop           ends it with SIGTERM; it must exit with 0 within ten seconds
//	until CMD…     runs a command again and again until it succeeds, for 20 seconds
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("SECRET", newSecret())
			env.Values[running{}] = &background{}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"site": siteCmd, "desk": deskCmd, "exits": exitsCmd, "port": portCmd, "busy": busyCmd, "daemon": daemonCmd, "stop": stopCmd,
			"until": untilCmd,
		},
	})
}

// running is the key of a script's background process.
type running struct{}

type background struct {
	cmd *exec.Cmd
	out strings.Builder
}

// serve serves a handler on loopback until the script ends, and returns its address.
func serveScript(ts *testscript.TestScript, h http.Handler) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	s := &http.Server{Handler: h, ReadHeaderTimeout: 5 * time.Second}
	var serving sync.WaitGroup
	serving.Go(func() { s.Serve(l) })
	ts.Defer(func() { s.Close(); serving.Wait() })
	return "http://" + l.Addr().String()
}

func siteCmd(ts *testscript.TestScript, _ bool, args []string) {
	dir := ts.MkAbs(args[0])
	ts.Setenv("SITE", serveScript(ts, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := filepath.Join(dir, filepath.FromSlash(r.URL.Path))
		if _, err := os.Stat(name + ".down"); err == nil {
			http.Error(w, "down", http.StatusInternalServerError)
			return
		}
		body, err := os.ReadFile(name)
		if err != nil {
			http.NotFound(w, r)
			return
		}
		kind := map[string]string{".xml": "application/rss+xml", ".pdf": "application/pdf"}[filepath.Ext(name)]
		if kind == "" {
			kind = "text/html; charset=utf-8"
		}
		w.Header().Set("Content-Type", kind)
		w.Write([]byte(strings.ReplaceAll(string(body), "$SITE", "http://"+r.Host)))
	})))
}

func deskCmd(ts *testscript.TestScript, _ bool, args []string) {
	name := ts.MkAbs(args[0])
	verifier, err := standardwebhooks.NewWebhook(ts.Getenv("SECRET"))
	ts.Check(err)
	ts.Check(os.WriteFile(name, nil, 0o600))
	ts.Setenv("DESK", serveScript(ts, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err == nil {
			err = verifier.Verify(body, r.Header)
		}
		if _, down := os.Stat(name + ".down"); down == nil || err != nil {
			http.Error(w, "not now", http.StatusServiceUnavailable)
			return
		}
		f, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY, 0o600)
		if err == nil {
			_, err = fmt.Fprintf(f, "%s %s\n", r.Header.Get("webhook-id"), body)
			f.Close()
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	})))
}

func exitsCmd(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	code := 0
	if exit, ok := err.(*exec.ExitError); ok {
		code = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if (code == want) == neg {
		ts.Fatalf("exit code %d", code)
	}
}

func portCmd(ts *testscript.TestScript, _ bool, _ []string) {
	ts.Setenv("LISTEN", freeAddress(context.Background(), "127.0.0.1:0"))
}

func busyCmd(ts *testscript.TestScript, _ bool, _ []string) {
	l, err := net.Listen("tcp", ts.Getenv("LISTEN"))
	ts.Check(err)
	ts.Defer(func() { l.Close() })
}

func daemonCmd(ts *testscript.TestScript, _ bool, args []string) {
	b := ts.Value(running{}).(*background)
	// testscript puts each command on the path under its name.
	b.cmd = exec.Command(lookIn(ts.Getenv("PATH"), "storywatch"), args...)
	b.cmd.Dir = ts.MkAbs(".")
	b.cmd.Env = append(os.Environ(), "SECRET="+ts.Getenv("SECRET"), "SITE="+ts.Getenv("SITE"), "DESK="+ts.Getenv("DESK"), "LISTEN="+ts.Getenv("LISTEN"))
	b.cmd.Stdout, b.cmd.Stderr = &b.out, &b.out
	ts.Check(b.cmd.Start())
	ts.Defer(func() {
		if b.cmd.ProcessState == nil {
			b.cmd.Process.Kill()
			b.cmd.Wait()
		}
		ts.Logf("daemon: %s", b.out.String())
	})
}

func lookIn(path, name string) string {
	for _, dir := range filepath.SplitList(path) {
		if full := filepath.Join(dir, name); isFile(full) {
			return full
		}
	}
	return ""
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

func stopCmd(ts *testscript.TestScript, _ bool, _ []string) {
	b := ts.Value(running{}).(*background)
	ts.Check(b.cmd.Process.Signal(syscall.SIGTERM))
	late := time.AfterFunc(10*time.Second, func() { b.cmd.Process.Kill() })
	defer late.Stop()
	if err := b.cmd.Wait(); err != nil {
		ts.Fatalf("daemon: %v", err)
	}
}

func untilCmd(ts *testscript.TestScript, _ bool, args []string) {
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(100 * time.Millisecond) {
		err := ts.Exec(args[0], args[1:]...)
		if err == nil {
			return
		}
		if time.Now().After(deadline) {
			ts.Fatalf("%s never succeeded: %v", strings.Join(args, " "), err)
		}
	}
}
