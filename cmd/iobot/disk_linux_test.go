package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// serveOn starts the bots with the folder "state" on a disk of their own,
// which mount makes in a shell. It goes with the process.
func (h *hospital) serveOn(mount string) *running {
	h.t.Helper()
	serve := h.command("serve", "--config", "iobot.yaml")
	serve.Args = append([]string{"sh", "-c", mount + ` && exec "$0" "$@"`, serve.Path}, serve.Args[1:]...)
	serve.Env = append(serve.Env, "PATH="+os.Getenv("PATH"))
	shell, err := exec.LookPath("sh")
	if err != nil {
		h.t.Fatal(err)
	}
	serve.Path = shell
	serve.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}},
	}
	if err := exec.Command("unshare", "-Urm", "true").Run(); err != nil {
		h.t.Skip("this machine lets nobody mount a disk of their own")
	}
	return h.serveBy(serve)
}

// onDisk is a hospital whose state is in the folder "state".
func onDisk(t *testing.T) *hospital {
	t.Helper()
	h := newHospital(t, "state: \"sqlite:state/iobot.db\"\n")
	if err := os.Mkdir(h.path("state"), 0o700); err != nil {
		t.Fatal(err)
	}
	return h
}

// inside is a path as the program sees it.
func (r *running) inside(path string) string {
	return filepath.Join("/proc", fmt.Sprint(r.cmd.Process.Pid), "root", path)
}

func (r *running) banner(text string) string {
	return r.ask("BO", fmt.Sprintf("admin banner device/ez-io until %s %s", time.Now().AddDate(0, 1, 0).Format(time.DateOnly), text))
}

// TestDiskFull fills the disk with the state while the program serves, and
// makes room again.
func TestDiskFull(t *testing.T) {
	h := onDisk(t)
	r := h.serveOn("mount -t tmpfs -o size=3m none state")
	r.must("with room", r.banner("Recall 0."), "Live: revision 1")
	ballast := r.inside(h.path("state/ballast"))
	if err := os.WriteFile(ballast, make([]byte, 8<<20), 0o600); !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("the disk is not full: %v", err)
	}
	said := ""
	for n := 1; n < 50 && !strings.Contains(said, "make room"); n++ { // the log of the database has room for some more
		said = r.banner(fmt.Sprintf("Recall %d.", n))
	}
	r.must("on a full disk", said, "the disk with the state is full: make room on it and try again")
	r.must("meanwhile", r.ask("DEE", "dose adrenaline 12 kg"), "0.12 mg")

	r.must("withdrawing", r.ask("BO", "admin withdraw site/sternum because the maker recalls it"), "could not be stored")
	r.must("withdrawn", r.ask("DEE", "site sternum adult"), "the maker recalls it")
	r.troubled("sternum")
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	r.untroubled()
	r.must("with room again", r.banner("The last recall."), "Live: revision")

	// Another process reads what would be there after a restart.
	if err := os.CopyFS(h.path("copy"), os.DirFS(r.inside(h.path("state")))); err != nil {
		t.Fatal(err)
	}
	h.change("iobot.yaml", "sqlite:state/", "sqlite:copy/")
	r.must("stored", h.ask("", "site sternum adult"), "the maker recalls it")
	r.must("whole", h.run("audit", "verify", "--config", "iobot.yaml"), "the chain is whole")
	r.stop()
}

// TestReadOnlyDisk starts the program where it cannot write, and lets it write
// after a while.
func TestReadOnlyDisk(t *testing.T) {
	h := onDisk(t)
	h.ask("slack:T0001/ANN", "admin withdraw site/sternum because the maker recalls it")
	r := h.serveOn("mount --bind state state && mount -o remount,bind,ro state")
	const why = "let the program write to"
	r.must("what was there", r.ask("DEE", "site sternum adult"), "the maker recalls it")
	r.must("publishing", r.banner("A recall."), why)
	r.troubled(why)
	r.must("withdrawing", r.ask("BO", "admin withdraw site/iliac-crest because it is not taught here"), "could not be stored")
	r.must("withdrawn", r.ask("DEE", "site iliac crest"), "it is not taught here")

	remount := exec.Command("nsenter", "--target", fmt.Sprint(r.cmd.Process.Pid), "--user", "--preserve-credentials", "--mount",
		"mount", "-o", "remount,bind,rw", h.path("state"))
	if out, err := remount.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	r.untroubled()
	r.must("writable again", r.banner("A recall."), "Live: revision 3")
	r.must("stored", h.ask("", "site iliac crest"), "it is not taught here")
	r.stop()
}
