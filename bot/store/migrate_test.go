package store

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// earlier is a copy of what version 1 of the tables held.
func earlier(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("testdata/state-1.db")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "state.db")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestMigrateEarlier(t *testing.T) {
	path := earlier(t)
	written := at(5)
	if err := os.Chtimes(path, written, written); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time there is nothing to do
		s, err := Open(t.Context(), path, firstKey)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []Install{ward, hospital} {
			same(t, "install", want, find(t, s, want.Team, want.Enterprise))
		}
		same(t, "revisions", int64(0), read(t, s, (*Tx).LastRevision))
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	copies, err := filepath.Glob(path + ".*")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{path + ".before-2-20261122T050000"}, copies); diff != "" {
		t.Fatalf("copies (-want +got):\n%s", diff)
	}
	if info, err := os.Stat(copies[0]); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the copy has mode %v, %v", info.Mode(), err)
	}
	h, err := openWriting(copies[0])
	if err != nil {
		t.Fatal(err)
	}
	defer h.close()
	if n, err := version(t.Context(), h.read, 99); n != 1 || err != nil {
		t.Errorf("the copy has tables of version %d, %v", n, err)
	}
	old := &Store{handles: h}
	if old.seal, err = newSealer([]string{firstKey}); err != nil {
		t.Fatal(err)
	}
	same(t, "install in the copy", ward, find(t, old, "T1", ""))
}

// TestNoCopy: without a copy nothing is migrated.
func TestNoCopy(t *testing.T) {
	path := earlier(t)
	written := at(5)
	if err := os.Chtimes(path, written, written); err != nil {
		t.Fatal(err)
	}
	inTheWay := path + ".before-2-20261122T050000.part"
	if err := os.MkdirAll(filepath.Join(inTheWay, "full"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), path, firstKey); err == nil || !strings.Contains(err.Error(), "back up to") {
		t.Errorf("opened without a copy: %v", err)
	}
	if err := os.RemoveAll(inTheWay); err != nil {
		t.Fatal(err)
	}
	open(t, path, firstKey)
}

func TestNewFileHasNoCopy(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.db")
	open(t, path)
	if copies, _ := filepath.Glob(path + ".*"); len(copies) > 0 {
		t.Errorf("there are %v", copies)
	}
}

func TestMigrate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.db")
	h, err := openWriting(path)
	if err != nil {
		t.Fatal(err)
	}
	defer h.close()
	first := &fstest.MapFile{Data: []byte("CREATE TABLE a (x); INSERT INTO a VALUES (1);")}
	wrong := &fstest.MapFile{Data: []byte("INSERT INTO a VALUES (2); nonsense;")}
	second := &fstest.MapFile{Data: []byte("INSERT INTO a VALUES (3);")}
	step := func(want int, ok bool, files fstest.MapFS) {
		t.Helper()
		if err := migrate(t.Context(), h.write, files, path); (err == nil) != ok {
			t.Errorf("migrate: %v", err)
		}
		var sum int
		if err := h.write.QueryRowContext(t.Context(), "SELECT sum(x) FROM a").Scan(&sum); err != nil || sum != want {
			t.Errorf("the sum is %d, not %d, %v", sum, want, err)
		}
	}
	step(1, true, fstest.MapFS{"migrations/0001_a.sql": first})
	step(1, true, fstest.MapFS{"migrations/0001_a.sql": first})
	step(1, false, fstest.MapFS{"migrations/0001_a.sql": first, "migrations/0002_b.sql": wrong})
	step(4, true, fstest.MapFS{"migrations/0001_a.sql": first, "migrations/0002_b.sql": second})
	step(4, false, fstest.MapFS{"migrations/0001_a.sql": first}) // an earlier program
}

// TestPortable: what only SQLite understands stays in the files that open it
// and migrate it.
func TestPortable(t *testing.T) {
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	only := regexp.MustCompile(`PRAGMA|INSERT OR|VACUUM|sqlite_|strftime|rowid|[=(] ?\?`)
	for _, name := range names {
		switch name {
		case "doc.go", "store.go", "sqlite.go", "migrate.go", "backup.go", "fault.go":
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if found := only.Find(text); found != nil && !strings.HasSuffix(name, "_test.go") {
			t.Errorf("%s has %s, which PostgreSQL does not know", name, found)
		}
	}
}
