package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// database is the file the program keeps what it knows in.
const database = "kill.db"

// program is the storywatch under test: one life at a time.
type program struct {
	binary, dir, config string
	log                 *os.File
	cmd                 *exec.Cmd
	ended               chan error // of the life that runs, if any
}

func newProgram(ctx context.Context, binary, dir string, config []byte) (*program, error) {
	p := &program{binary: binary, dir: dir, config: filepath.Join(dir, "storywatch.yml")}
	if binary == "" {
		p.binary = filepath.Join(dir, "storywatch")
		cmd := exec.CommandContext(ctx, "go", "build", "-o", p.binary, "./cmd/storywatch")
		cmd.Env, cmd.Stderr = append(os.Environ(), "CGO_ENABLED=0"), os.Stderr
		if err := cmd.Run(); err != nil {
			return nil, fmt.Errorf("build storywatch: %w", err)
		}
	}
	var err error
	if err = os.WriteFile(p.config, config, 0o600); err == nil {
		p.log, err = os.Create(filepath.Join(dir, "storywatch.log"))
	}
	return p, err
}

// start begins a life.
func (p *program) start() error {
	p.cmd = exec.Command(p.binary, "--config", p.config, "run")
	p.cmd.Dir, p.cmd.Stdout, p.cmd.Stderr = p.dir, p.log, p.log
	if err := p.cmd.Start(); err != nil {
		return fmt.Errorf("start storywatch: %w", err)
	}
	cmd, ended := p.cmd, make(chan error, 1)
	p.ended = ended
	go func() { ended <- cmd.Wait() }()
	return nil
}

// wait waits, and complains when the program ends by itself meanwhile.
func (p *program) wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case err := <-p.ended:
		p.ended = nil
		return fmt.Errorf("storywatch ended by itself: %w\n%s", named(err), p.tail())
	}
}

// named gives a clean exit a name.
func named(err error) error {
	if err == nil {
		return errors.New("exit status 0")
	}
	return err
}

// kill ends a life without warning.
func (p *program) kill() error {
	if err := p.cmd.Process.Signal(syscall.SIGKILL); err != nil {
		return fmt.Errorf("kill storywatch: %w", err)
	}
	<-p.ended
	p.ended = nil
	if status, ok := p.cmd.ProcessState.Sys().(syscall.WaitStatus); !ok || status.Signal() != syscall.SIGKILL {
		return fmt.Errorf("storywatch ended by itself: %s\n%s", p.cmd.ProcessState, p.tail())
	}
	return nil
}

// stop asks the program to end and expects it to do so cleanly within ten seconds.
func (p *program) stop() error {
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return fmt.Errorf("stop storywatch: %w", err)
	}
	select {
	case err := <-p.ended:
		p.ended = nil
		if err != nil {
			return fmt.Errorf("storywatch was asked to end: %w\n%s", err, p.tail())
		}
		return nil
	case <-time.After(10 * time.Second):
		return errors.New("storywatch did not end within 10 s of being asked to")
	}
}

// close ends whatever life is left.
func (p *program) close() {
	if p.ended != nil {
		p.cmd.Process.Kill()
		<-p.ended
	}
	p.log.Close()
}

func (p *program) tail() string {
	text, err := os.ReadFile(p.log.Name())
	if err != nil {
		return err.Error()
	}
	return string(text[max(0, len(text)-3000):])
}

// ask runs a command of the program that prints JSON and decodes it into what. The exit code is an answer as well: code
// is 1 for a command that found something wrong, and an error only when nothing could be read.
func (p *program) ask(ctx context.Context, what any, args ...string) (code int, err error) {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, p.binary, append([]string{"--config", p.config}, args...)...)
	var out, complaints bytes.Buffer
	cmd.Dir, cmd.Stdout, cmd.Stderr = p.dir, &out, &complaints
	runErr := cmd.Run()
	if err := json.Unmarshal(out.Bytes(), what); err != nil {
		return 0, fmt.Errorf("storywatch %v: %w\n%s", args, errors.Join(err, runErr), complaints.String())
	}
	return cmd.ProcessState.ExitCode(), nil
}
