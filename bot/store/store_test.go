package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const (
	firstKey  = "first-key-0123456789-0123456789-ab"
	secondKey = "second-key-0123456789-0123456789-a"
)

var (
	ward = Install{
		Team: "T1", Enterprise: "E1", BotUser: "B1", Scopes: []string{"chat:write", "commands"},
		Token: "CANARY-access-token", Refresh: "CANARY-refresh-token",
		Expires: at(12), Installed: at(0), Installer: "U1",
	}
	hospital = Install{
		Enterprise: "E1", OrgWide: true, BotUser: "B2", Scopes: []string{"commands"},
		Token: "CANARY-hospital", Installed: at(1), Installer: "U2",
	}
)

func at(hour int) time.Time { return time.Date(2026, 11, 22, hour, 0, 0, 0, time.UTC) }

func open(t *testing.T, path string, keys ...string) *Store {
	t.Helper()
	s, err := Open(t.Context(), path, keys...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func save(t *testing.T, s *Store, all ...Install) {
	t.Helper()
	for _, in := range all {
		if err := s.SaveInstall(t.Context(), in); err != nil {
			t.Fatal(err)
		}
	}
}

// find returns the install of a place, the zero one when there is none.
func find(t *testing.T, s *Store, team, enterprise string) Install {
	t.Helper()
	in, err := s.Install(t.Context(), team, enterprise)
	if err != nil && !errors.Is(err, ErrNoInstall) {
		t.Fatal(err)
	}
	return in
}

func TestInstall(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "state.db"), firstKey)
	save(t, s, ward, hospital)
	for _, c := range []struct {
		what, team, enterprise string
		want                   Install
	}{
		{"a workspace with its own", "T1", "E1", ward},
		{"a workspace, its organisation not named", "T1", "", ward},
		{"another workspace of the organisation", "T2", "E1", hospital},
		{"the organisation", "", "E1", hospital},
		{"a workspace elsewhere", "T3", "E3", Install{}},
		{"nothing named", "", "", Install{}},
	} {
		if diff := cmp.Diff(c.want, find(t, s, c.team, c.enterprise)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.what, diff)
		}
	}
}

// TestOrganisationOfAnother: the install of one workspace is none for the
// others of its organisation.
func TestOrganisationOfAnother(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "state.db"), firstKey)
	save(t, s, ward)
	if got := find(t, s, "T2", "E1"); got.Token != "" {
		t.Errorf("found %s", got.Team)
	}
}

func TestReplace(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "state.db"), firstKey)
	again := ward
	again.Token, again.Enterprise = "CANARY-newer", "E9"
	save(t, s, ward, again)
	if got := find(t, s, "T1", "E1"); got.Token != again.Token || got.Enterprise != "E9" {
		t.Errorf("got %s of %s", got.Token, got.Enterprise)
	}
}

func TestDelete(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "state.db"), firstKey)
	save(t, s, ward, hospital)
	if err := s.DeleteInstall(t.Context(), "T1", "E1"); err != nil {
		t.Fatal(err)
	}
	if got := find(t, s, "T1", "E1"); got.Token != hospital.Token {
		t.Errorf("the organisation's install went with the workspace's")
	}
	for range 2 { // the second time there is none
		if err := s.DeleteInstall(t.Context(), "", "E1"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Install(t.Context(), "T1", "E1"); !errors.Is(err, ErrNoInstall) {
		t.Errorf("after deleting both: %v", err)
	}
}

func TestListExpiring(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "state.db"), firstKey)
	later := Install{Team: "T4", Token: "t", Expires: at(14)}
	save(t, s, later, ward, hospital)
	for hour, want := range map[int]string{12: "", 13: "T1", 15: "T1 T4"} {
		list, err := s.ListExpiring(t.Context(), at(hour))
		if err != nil {
			t.Fatal(err)
		}
		var teams []string
		for _, in := range list {
			teams = append(teams, in.Team)
		}
		if got := strings.Join(teams, " "); got != want {
			t.Errorf("before %d o'clock: %q, not %q", hour, got, want)
		}
	}
}

func TestRestart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "with space?.db")
	s, err := Open(t.Context(), path, firstKey)
	if err != nil {
		t.Fatal(err)
	}
	save(t, s, ward)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(ward, find(t, open(t, path, firstKey), "T1", "")); diff != "" {
		t.Error(diff)
	}
}

// TestCrash reads what was saved from a copy of the files, as they lie on the
// disk while the program runs.
func TestCrash(t *testing.T) {
	dir, copied := t.TempDir(), t.TempDir()
	save(t, open(t, filepath.Join(dir, "state.db"), firstKey), ward)
	if err := os.CopyFS(copied, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	if got := find(t, open(t, filepath.Join(copied, "state.db"), firstKey), "T1", ""); got.Token != ward.Token {
		t.Error("lost")
	}
}

func TestKeys(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.db")
	openOnce := func(keys ...string) error {
		s, err := Open(t.Context(), path, keys...)
		if err != nil {
			return err
		}
		defer s.Close()
		if got := find(t, s, "T1", ""); got.Token != ward.Token {
			t.Errorf("with %d keys the token is %q", len(keys), got.Token)
		}
		return nil
	}
	save(t, open(t, path, firstKey), ward)
	if err := openOnce(secondKey); !errors.Is(err, errNotOpen) {
		t.Errorf("with a wrong key: %v", err)
	}
	if err := openOnce(secondKey, firstKey); err != nil {
		t.Errorf("with a new key before the old one: %v", err)
	}
	if err := openOnce(secondKey); err != nil {
		t.Errorf("with the new key alone: %v", err)
	}
	if err := openOnce(firstKey); !errors.Is(err, errNotOpen) {
		t.Errorf("with the old key alone: %v", err)
	}
}

func TestNoKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.db")
	for _, key := range []string{"", "   ", firstKey[:MinKey-1]} {
		if _, err := Open(t.Context(), path, key); err == nil {
			t.Errorf("took the key %q", key)
		} else if key != "" && strings.Contains(err.Error(), key) {
			t.Errorf("the error shows the key: %v", err)
		}
	}
	if err := open(t, path).SaveInstall(t.Context(), ward); !errors.Is(err, errNoKey) {
		t.Errorf("without a key: %v", err)
	}
}

// TestMoved puts the sealed token of one workspace into the row of another.
func TestMoved(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "state.db"), firstKey)
	other := Install{Team: "T2", Token: "CANARY-other"}
	save(t, s, ward, other)
	_, err := s.write.ExecContext(t.Context(), `UPDATE installs SET
		access_token = (SELECT access_token FROM installs WHERE place = 'T1') WHERE place = 'T2'`)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Install(t.Context(), "T2", ""); !errors.Is(err, errNotOpen) {
		t.Errorf("a moved token: %v", err)
	}
}

func TestNothingReadable(t *testing.T) {
	dir := t.TempDir()
	s := open(t, filepath.Join(dir, "state.db"), firstKey)
	save(t, s, ward, hospital, ward)
	files, err := os.ReadDir(dir)
	if err != nil || len(files) < 2 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, f := range files {
		text, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{"CANARY", firstKey} {
			if bytes.Contains(text, []byte(secret)) {
				t.Errorf("%s holds %s", f.Name(), secret)
			}
		}
		if info, err := f.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v, %v", f.Name(), info.Mode(), err)
		}
	}
}

func TestSettings(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "state.db"))
	for name, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "busy_timeout": "5000", "foreign_keys": "1"} {
		for _, db := range []*sql.DB{s.write, s.read} {
			var got string
			if err := db.QueryRowContext(t.Context(), "PRAGMA "+name).Scan(&got); err != nil || got != want {
				t.Errorf("%s is %q, not %q, %v", name, got, want, err)
			}
		}
	}
	if _, err := s.read.ExecContext(t.Context(), "DELETE FROM installs"); err == nil {
		t.Error("a reader may write")
	}
}

// TestTogether has several write and read at once, through two opened files
// as two processes would.
func TestTogether(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.db")
	stores := []*Store{open(t, path, firstKey), open(t, path, firstKey)}
	save(t, stores[0], ward)
	var all sync.WaitGroup
	for n := range 4 {
		all.Go(func() {
			s := stores[n%len(stores)]
			for range 25 {
				if err := s.SaveInstall(context.WithoutCancel(t.Context()), ward); err != nil {
					t.Error(err)
				}
				if got, err := s.Install(t.Context(), "T1", ""); err != nil || got.Token != ward.Token {
					t.Error("not found whole", err)
				}
			}
		})
	}
	all.Wait()
}
