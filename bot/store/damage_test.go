package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// contents is everything that governance rests on.
type contents struct {
	drafts    []Draft
	revisions []Revision
	overlay   []File
	acts      []Act
}

func contentsOf(ctx context.Context, s *Store) (c contents, err error) {
	return c, s.View(ctx, func(tx *Tx) error {
		var errs [4]error
		c.drafts, errs[0] = tx.Drafts()
		c.revisions, errs[1] = tx.Revisions("", 0)
		c.overlay, errs[2] = tx.Overlay()
		c.acts, errs[3] = tx.Acts("", 0)
		return errors.Join(errs[:]...)
	})
}

// written is a closed state with some of everything in it.
func written(t *testing.T) (path string, c contents) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "state.db")
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	for n := range int64(12) {
		update(t, s, func(tx *Tx) error {
			_, err := tx.NewDraft(draft())
			return errors.Join(err, tx.Append(Act{At: at(int(n)), Person: "Kim Lee", Account: fmt.Sprint("chat:T1/U", n), Verb: "propose", Detail: bulk(n)[:900]}))
		})
		publish(t, s, revision(n+1, text(fmt.Sprint("a", n%3), bulk(n)), text("b", fmt.Sprint(n))))
	}
	update(t, s, func(tx *Tx) error { return tx.DropOverlay("a1") })
	if c, err = contentsOf(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path, c
}

// TestFlip changes one byte of the file at a time. It is noticed, or it
// changes nothing that anybody would see.
func TestFlip(t *testing.T) {
	path, want := written(t)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	seed := rand.Uint64()
	t.Logf("seed %d, %d bytes", seed, len(whole))
	random := rand.New(rand.NewPCG(seed, 0))
	flips, noticed := 200, 0
	if testing.Short() {
		flips = 40
	}
	for range flips {
		place, flip := random.IntN(len(whole)), byte(1+random.IntN(255))
		text := append([]byte{}, whole...)
		text[place] ^= flip
		copied := filepath.Join(t.TempDir(), "state.db")
		if err := os.WriteFile(copied, text, 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := opened(t.Context(), copied)
		if err != nil {
			noticed++
			continue
		}
		if !reflect.DeepEqual(want, got) {
			t.Errorf("byte %d changed by %x is not noticed", place, flip)
		}
	}
	t.Logf("%d noticed, the others change nothing", noticed)
}

func opened(ctx context.Context, path string) (contents, error) {
	s, err := Open(ctx, path)
	if err != nil {
		return contents{}, err
	}
	defer s.Close()
	if _, err := s.VerifyAudit(ctx); err != nil {
		return contents{}, err
	}
	return contentsOf(ctx, s)
}

// TestTampered changes rows as somebody could who has the file: the triggers
// are dropped first. The error names what is wrong, and Overlay serves none
// of it.
func TestTampered(t *testing.T) {
	path, whole := written(t)
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for statement, want := range map[string]string{
		`UPDATE acts SET verb = 'approve' WHERE number = 3`:                         "audit entry 3 was changed",
		`UPDATE acts SET person = 0 WHERE number = 4`:                               "audit entry 4 was changed",
		`DELETE FROM acts WHERE number = 5`:                                         "audit entry 5 is missing",
		`UPDATE acts SET number = number + 1000 WHERE number > 5`:                   "audit entry 6 is missing",
		`UPDATE revisions SET why = 'because' WHERE number = 3`:                     "revision 3 was changed",
		`UPDATE revisions SET approvers = '[1,2,3]' WHERE number = 3`:               "revision 3 was changed",
		`DELETE FROM revisions WHERE number = 12`:                                   "revision 12 is missing",
		`UPDATE revision_entries SET entry = 'drug/x' WHERE revision = 4`:           "revision 4 was changed",
		`DELETE FROM revision_files WHERE revision = 12 AND name = 'b'`:             "revision 12 was changed",
		`UPDATE revision_files SET removed = 1 WHERE revision = 12`:                 "revision 12 was changed",
		`UPDATE revision_files SET text = x'31' WHERE revision = 12 AND name = 'b'`: "b of revision 12 was changed",
		`UPDATE absorbed SET name = 'a0'`:                                           "was changed",
		`UPDATE drafts SET approvals = '[]' WHERE id = 2`:                           "draft 2 was changed",
		`UPDATE drafts SET text = x'31' WHERE id = 2`:                               "draft 2 was changed",
		`UPDATE people SET name = 'Eve' WHERE name = 'Kim Lee'`:                     "the name of person 1 was changed",
		`UPDATE accounts SET account = 'chat:T6/U6' WHERE number = 2`:               "account 2 was changed",
	} {
		path := filepath.Join(t.TempDir(), "state.db")
		if err := os.WriteFile(path, file, 0o600); err != nil {
			t.Fatal(err)
		}
		s := open(t, path)
		for _, trigger := range []string{"acts", "revisions", "revision_entries", "revision_files", "absorbed"} {
			for _, kind := range []string{"stay", "kept"} {
				if _, err := s.write.ExecContext(t.Context(), "DROP TRIGGER "+trigger+"_"+kind); err != nil {
					t.Fatal(err)
				}
			}
		}
		for _, run := range []string{"PRAGMA foreign_keys = OFF", statement} {
			if _, err := s.write.ExecContext(t.Context(), run); err != nil {
				t.Fatal(err)
			}
		}
		_, err := s.VerifyAudit(t.Context())
		if !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", statement, err)
		}
		var served []File
		err = s.View(t.Context(), func(tx *Tx) (err error) {
			served, err = tx.Overlay()
			return err
		})
		if err == nil && !cmp.Equal(served, whole.overlay) {
			t.Errorf("%s: served %d files", statement, len(served))
		}
	}
}

// TestRefused: what is no whole state does not open.
func TestRefused(t *testing.T) {
	path, _ := written(t)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for what, text := range map[string][]byte{
		"another file": []byte("This is no state, whatever it is.\n"),
		"a half":       whole[:len(whole)/2],
		"a page gone":  zeroed(whole, "propose"),
		"zeros":        append(append([]byte{}, whole[:4096]...), make([]byte, len(whole)-4096)...),
	} {
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		for how, open := range map[string]func() (*Store, error){
			"Open":         func() (*Store, error) { return Open(t.Context(), path) },
			"OpenReadOnly": func() (*Store, error) { return OpenReadOnly(t.Context(), path) },
		} {
			if _, err := open(); !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), "restore a good copy") {
				t.Errorf("%s of %s: %v", how, what, err)
			}
		}
	}
}

// zeroed is a file without the page that holds a word.
func zeroed(whole []byte, word string) []byte {
	const size = 4096
	page := bytes.Index(whole, []byte(word)) / size * size
	text := bytes.Clone(whole)
	clear(text[page : page+size])
	return text
}

// TestEveryCopy changes a word in every place that it has in the file, in
// tables and in indexes.
func TestEveryCopy(t *testing.T) {
	path, _ := written(t)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	word, places := []byte("drug/7"), 0
	for at := bytes.Index(whole, word); at >= 0; places++ {
		text := bytes.Clone(whole)
		text[at+5] = '8'
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := opened(t.Context(), path); !errors.Is(err, ErrDamaged) {
			t.Errorf("at %d: %v", at, err)
		}
		next := bytes.Index(whole[at+1:], word)
		if next < 0 {
			break
		}
		at += 1 + next
	}
	if places < 1 {
		t.Error("the word is in one place only")
	}
}

// TestRehashed: who changes a row and its hash with it breaks the next one.
func TestRehashed(t *testing.T) {
	for table, want := range map[string]string{"revisions": "revision 4 was changed", "acts": "audit entry 4 was changed"} {
		path, _ := written(t)
		s := open(t, path)
		hash := rehashed(t, s, table, 3)
		for _, run := range []string{"DROP TRIGGER " + table + "_stay", "UPDATE " + table + " SET at = 1, hash = '" + hash + "' WHERE number = 3"} {
			if _, err := s.write.ExecContext(t.Context(), run); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := s.VerifyAudit(t.Context()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", table, err)
		}
	}
}

// rehashed is the hash of a row as it would be with another time.
func rehashed(t *testing.T, s *Store, table string, number int64) string {
	t.Helper()
	return read(t, s, func(tx *Tx) (string, error) {
		var before string
		if err := tx.row([]any{&before}, `SELECT hash FROM `+table+` WHERE number = $1`, number-1); err != nil {
			return "", err
		}
		if table == "revisions" {
			r, err := tx.verifiedRow(number)
			r.at = 1
			return r.sum(before), err
		}
		list, err := collect(tx, scanAct, selectActs+`WHERE number = $1`, number)
		if err != nil || len(list) != 1 {
			return "", errors.Join(err, ErrNotFound)
		}
		list[0].at = 1
		return list[0].sum(before), nil
	})
}

// TestErased: what was forgotten is in no file any more.
func TestErased(t *testing.T) {
	dir := t.TempDir()
	s := open(t, filepath.Join(dir, "state.db"))
	if err := act(s, t.Context(), Act{Person: "CANARY Lee", Account: "chat:T1/CANARY", Verb: "propose"}); err != nil {
		t.Fatal(err)
	}
	if !anyHolds(t, dir, "CANARY") {
		t.Fatal("the test looks in the wrong place")
	}
	update(t, s, func(tx *Tx) error {
		n, err := tx.Forget("chat:T1/CANARY")
		same(t, "forgotten", 2, n)
		return err
	})
	if anyHolds(t, dir, "CANARY") {
		t.Error("the name is still there")
	}
}

func anyHolds(t *testing.T, dir, word string) bool {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		text, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), word) {
			return true
		}
	}
	return false
}

func TestOpenReadOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.db")
	if _, err := OpenReadOnly(t.Context(), path); err == nil || !strings.Contains(err.Error(), "serve makes it") {
		t.Errorf("without a file: %v", err)
	}
	live := open(t, path)
	publish(t, live, revision(1, text("a", "1")))
	s, err := OpenReadOnly(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	publish(t, live, revision(2, text("a", "2")))
	same(t, "beside a process that writes", "a=2@2", overlay(t, s))
	if err := s.Update(t.Context(), func(*Tx) error { return nil }); !errors.Is(err, ErrUnwritable) {
		t.Errorf("update: %v", err)
	}
	if _, err := OpenReadOnly(t.Context(), earlier(t)); err == nil || !strings.Contains(err.Error(), "let serve write to it once") {
		t.Errorf("tables of an earlier program: %v", err)
	}
}

// TestPages: a disk that is full as SQLite itself says it.
func TestPages(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "state.db"))
	limit := func(pages int) {
		t.Helper()
		if _, err := s.write.ExecContext(t.Context(), fmt.Sprintf("PRAGMA max_page_count = %d", pages)); err != nil {
			t.Fatal(err)
		}
	}
	publish(t, s, revision(1))
	limit(1) // no fewer than there are
	err := s.Update(t.Context(), func(tx *Tx) error {
		_, err := tx.AddRevision(revision(2, text("a", bulk(1))))
		_ = tx.Subscribe(Channel{"chat", "T1", "C1"}) // what ignores the error keeps nothing either
		return err
	})
	if !errors.Is(err, ErrUnwritable) || !strings.Contains(err.Error(), "the disk with the state is full: make room on it and try again") {
		t.Errorf("on a full disk: %v", err)
	}
	same(t, "channels", []Channel(nil), read(t, s, (*Tx).Channels))
	if _, err := s.write.ExecContext(t.Context(), "PRAGMA query_only = ON"); err != nil {
		t.Fatal(err)
	}
	err = s.Update(t.Context(), func(tx *Tx) error { return tx.Subscribe(Channel{"chat", "T1", "C1"}) })
	if !errors.Is(err, ErrUnwritable) || !strings.Contains(err.Error(), "let the program write to its folder and disk") {
		t.Errorf("where nothing can be written: %v", err)
	}
	if _, err := s.write.ExecContext(t.Context(), "PRAGMA query_only = OFF"); err != nil {
		t.Fatal(err)
	}
	limit(1 << 20)
	publish(t, s, revision(2, text("a", bulk(1))))
}
