package store

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// apart runs a test once more in a process of its own, in which it may mount
// and limit what it likes, and says whether this is that process.
func apart(t *testing.T, flags uintptr) bool {
	t.Helper()
	const within = "STORE_TEST_APART"
	if os.Getenv(within) != "" {
		return true
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	again := exec.CommandContext(t.Context(), self, "-test.v", "-test.run=^"+t.Name()+"$")
	again.Env = append(os.Environ(), within+"=1")
	again.SysProcAttr = &syscall.SysProcAttr{Cloneflags: flags}
	if flags != 0 {
		again.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}}
		again.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}}
	}
	out, err := again.CombinedOutput()
	switch {
	case errors.Is(err, syscall.EPERM):
		t.Skip("this machine lets nobody mount a disk of their own")
	case err != nil || !strings.Contains(string(out), "--- PASS: "+t.Name()):
		t.Errorf("%v\n%s", err, out)
	}
	return false
}

// disk mounts a small disk. It goes with the process.
func disk(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("none", dir, "tmpfs", 0, "size=2m"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir
}

func remount(t *testing.T, dir string, flags uintptr) {
	t.Helper()
	if err := syscall.Mount("none", dir, "tmpfs", syscall.MS_REMOUNT|flags, "size=2m"); err != nil {
		t.Fatal(err)
	}
}

// next publishes the revision after the last.
func next(t *testing.T, s *Store) error {
	return s.Update(t.Context(), func(tx *Tx) error {
		last, err := tx.LastRevision()
		if err != nil {
			return err
		}
		_, err = tx.AddRevision(revision(last+1, text("a", fmt.Sprint(last+1)), text("b", bulk(last+1))))
		return errors.Join(err, tx.Append(Act{Verb: "publish"}))
	})
}

// published checks that there are so many revisions, all whole.
func published(t *testing.T, s *Store, want int64) {
	t.Helper()
	same(t, "revisions", want, read(t, s, (*Tx).LastRevision))
	if n, err := s.VerifyAudit(t.Context()); n != want || err != nil {
		t.Errorf("%d of %d acts, %v", n, want, err)
	}
	if got := overlay(t, s); want > 0 && got != fmt.Sprintf("a=%d@%d b=%s@%d", want, want, bulk(want), want) {
		t.Errorf("after %d revisions there is %.60s", want, got)
	}
}

// TestDiskFull fills the disk again and again. What was there stays, the
// error says what to do, and with room on the disk all goes on.
func TestDiskFull(t *testing.T) {
	if !apart(t, syscall.CLONE_NEWUSER|syscall.CLONE_NEWNS) {
		return
	}
	dir := disk(t)
	s := open(t, filepath.Join(dir, "state.db"), firstKey)
	if err := next(t, s); err != nil {
		t.Fatal(err)
	}
	for n := range int64(20) {
		ballast := filepath.Join(dir, "ballast")
		if err := os.WriteFile(ballast, make([]byte, 4<<20), 0o600); !errors.Is(err, syscall.ENOSPC) {
			t.Fatal(err)
		}
		var err error
		for err == nil { // the log may have room for some more
			if err = next(t, s); err == nil {
				n++
			}
		}
		if !errors.Is(err, ErrUnwritable) || !strings.Contains(err.Error(), "make room") && !strings.Contains(err.Error(), "check it") {
			t.Fatalf("on a full disk: %v", err)
		}
		last := read(t, s, (*Tx).LastRevision)
		published(t, s, last)
		if err := os.Remove(ballast); err != nil {
			t.Fatal(err)
		}
		if err := next(t, s); err != nil {
			t.Fatalf("with room again: %v", err)
		}
		published(t, s, last+1)
	}
}

// TestFileLimit makes writing fail in another way than a full disk does.
func TestFileLimit(t *testing.T) {
	if !apart(t, 0) {
		return
	}
	signal.Ignore(syscall.SIGXFSZ)
	path := filepath.Join(t.TempDir(), "state.db")
	s := open(t, path, firstKey)
	var was syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &was); err != nil {
		t.Fatal(err)
	}
	for n := range int64(20) {
		if err := next(t, s); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(path + "-wal")
		if err != nil {
			t.Fatal(err)
		}
		limit := syscall.Rlimit{Cur: uint64(info.Size()) + 4096, Max: was.Max}
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
			t.Fatal(err)
		}
		err = next(t, s)
		if !errors.Is(err, ErrUnwritable) || !strings.Contains(err.Error(), "nothing was kept, the disk with the state") {
			t.Errorf("when writing fails: %v", err)
		}
		published(t, s, n+1)
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &was); err != nil {
			t.Fatal(err)
		}
	}
	if err := next(t, s); err != nil {
		t.Error(err)
	}
	published(t, s, 21)
}

// TestReadOnlyDisk starts on a disk that cannot be written: what was there is
// read, writing says why not, and goes on when the disk can be written. The
// log of a process that was killed counts.
func TestReadOnlyDisk(t *testing.T) {
	if !apart(t, syscall.CLONE_NEWUSER|syscall.CLONE_NEWNS) {
		return
	}
	dir := disk(t)
	path := filepath.Join(dir, "state.db")
	for n := range int64(2) {
		kept := killed(t, path, 0)
		if n == 0 { // closed in order there is no log
			if err := open(t, path).Close(); err != nil {
				t.Fatal(err)
			}
		}
		remount(t, dir, syscall.MS_RDONLY)
		s, err := Open(t.Context(), path, firstKey)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Unwritable(); err == nil || !strings.Contains(err.Error(), "let the program write to this file and its folder") {
			t.Errorf("it says: %v", err)
		}
		last := read(t, s, (*Tx).LastRevision)
		if last < kept {
			t.Errorf("of %d revisions there are %d", kept, last)
		}
		if _, err := s.VerifyAudit(t.Context()); err != nil {
			t.Error(err)
		}
		for what, err := range map[string]error{
			"update":  s.Update(t.Context(), func(*Tx) error { return nil }),
			"install": s.SaveInstall(t.Context(), ward),
		} {
			if !unwritable(err) || !strings.Contains(err.Error(), "let the program write") {
				t.Errorf("%s: %v", what, err)
			}
		}
		remount(t, dir, 0)
		if err := s.SaveInstall(t.Context(), ward); err != nil {
			t.Error(err)
		}
		if err := next(t, s); err != nil {
			t.Error(err)
		}
		if err := s.Unwritable(); err != nil {
			t.Errorf("it still says: %v", err)
		}
		same(t, "revisions", last+1, read(t, s, (*Tx).LastRevision))
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestNowhere: a start that cannot do anything says what to do.
func TestNowhere(t *testing.T) {
	if !apart(t, syscall.CLONE_NEWUSER|syscall.CLONE_NEWNS) {
		return
	}
	dir := disk(t)
	remount(t, dir, syscall.MS_RDONLY)
	for path, want := range map[string]string{
		filepath.Join(dir, "state.db"):            "let the program write to this file and its folder",
		filepath.Join(dir, "no", "state.db"):      "there is no folder " + filepath.Join(dir, "no") + ": make it, or change the setting state",
		filepath.Join(dir, "no", "no", "state.x"): "there is no folder",
	} {
		if _, err := Open(t.Context(), path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", path, err)
		}
	}
}
