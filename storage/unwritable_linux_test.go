package storage_test

import (
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"

	"github.com/storywatch/storywatch/storage"
)

// nobody takes the right to read and write everything from root, for the rest of the test.
func nobody(t *testing.T) {
	t.Helper()
	if os.Getuid() != 0 {
		return
	}
	runtime.LockOSThread() // and never unlocked: the thread ends with the test's goroutine
	syscall.RawSyscall(syscall.SYS_SETFSUID, 65534, 0, 0)
	t.Cleanup(func() { syscall.RawSyscall(syscall.SYS_SETFSUID, 0, 0, 0) })
}

func TestOpenRefusesWhatItMayNotWrite(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "news.db")
	ours(t, path)
	must(t, os.Chmod(path, 0o444))
	must(t, os.Chmod(folder, 0o555))
	t.Cleanup(func() { os.Chmod(folder, 0o755) })
	must(t, os.Chmod(filepath.Dir(folder), 0o755))
	nobody(t)
	for path, want := range map[string]string{
		path:                              "open database: " + path + " cannot be written: permission denied",
		filepath.Join(folder, "other.db"): "create database " + filepath.Join(folder, "other.db") + ": ",
	} {
		if _, err := storage.Open(t.Context(), path, discard()); !says(err, want) || !says(err, "permission denied") {
			t.Errorf("error is %v, want %q", err, want)
		}
	}
}
