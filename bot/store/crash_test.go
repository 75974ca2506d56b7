package store

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// childState tells the test binary to be a process that publishes into the
// named file until it is killed.
const childState = "STORE_TEST_PUBLISH_INTO"

func TestMain(m *testing.M) {
	if path := os.Getenv(childState); path != "" {
		fmt.Fprintln(os.Stderr, publishForever(path))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// publishForever writes the number of each revision when it was kept.
func publishForever(path string) error {
	ctx := context.Background()
	s, err := Open(ctx, path, firstKey)
	if err != nil {
		return err
	}
	for {
		var n int64
		err := s.Update(ctx, func(tx *Tx) error {
			last, err := tx.LastRevision()
			if err != nil {
				return err
			}
			n, err = tx.AddRevision(revision(last+1, text("a.yaml", fmt.Sprint("text ", last+1)), text("b.yaml", bulk(last+1))))
			if err != nil {
				return err
			}
			return tx.Append(Act{Verb: "publish", Person: "Kim Lee", Subject: fmt.Sprint(n)})
		})
		if err != nil {
			return err
		}
		fmt.Println(n)
	}
}

// bulk is a text of several pages.
func bulk(n int64) string { return fmt.Sprintf("%09000d", n) }

// TestKill kills a publishing process again and again: what it said to be
// kept is there, what is there is whole, and no number is missing.
func TestKill(t *testing.T) {
	kills := 200
	if testing.Short() {
		kills = 20
	}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	path := filepath.Join(t.TempDir(), "state.db")
	for n := range kills {
		if n%25 == 24 { // the first start too is killed now and then
			path = filepath.Join(t.TempDir(), "state.db")
		}
		kept := killed(t, path, time.Duration(random.IntN(8000))*time.Microsecond)
		checkAfterKill(t, path, kept)
	}
}

// killed lets a process publish something, kills it some time later and
// returns the last number that it said to be kept.
func killed(t *testing.T, path string, after time.Duration) (kept int64) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.CommandContext(t.Context(), self)
	child.Env = append(os.Environ(), childState+"="+path)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if lines.Scan() {
		_, err = fmt.Sscan(lines.Text(), &kept)
	}
	if err != nil || kept == 0 {
		t.Fatalf("the process kept nothing: %q, %v", lines.Text(), err)
	}
	kill := time.AfterFunc(after, func() { _ = child.Process.Kill() })
	defer kill.Stop()
	for lines.Scan() { // a line is written whole or not at all
		if _, err := fmt.Sscan(lines.Text(), &kept); err != nil {
			t.Fatal(err)
		}
	}
	_ = child.Wait() // it was killed
	return kept
}

// TestKillWhileMigrating kills a process that brings the tables of an earlier
// version up to date.
func TestKillWhileMigrating(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for n := range 20 {
		path := earlier(t)
		child := exec.CommandContext(t.Context(), self)
		child.Env = append(os.Environ(), childState+"="+path)
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		kill := time.AfterFunc(time.Duration(n)*3*time.Millisecond, func() { _ = child.Process.Kill() })
		_ = child.Wait() // it was killed
		kill.Stop()
		s := open(t, path, firstKey)
		if got := find(t, s, "T1", ""); got.Token != ward.Token {
			t.Error("the install is lost")
		}
		if _, err := s.VerifyAudit(t.Context()); err != nil {
			t.Error(err)
		}
	}
}

func checkAfterKill(t *testing.T, path string, kept int64) {
	t.Helper()
	s, err := Open(t.Context(), path, firstKey)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	n, err := s.VerifyAudit(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	last := read(t, s, (*Tx).LastRevision)
	if last < kept || last > kept+1 || n != last {
		t.Errorf("revision %d was kept, there are %d and %d acts", kept, last, n)
	}
	want := fmt.Sprintf("a.yaml=text %d@%d b.yaml=%s@%d", last, last, bulk(last), last)
	if got := overlay(t, s); got != want {
		t.Errorf("after %d revisions there is %.100s", last, got)
	}
}
