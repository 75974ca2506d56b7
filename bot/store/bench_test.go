package store

import (
	"fmt"
	"path/filepath"
	"testing"
)

func benchmarked(b *testing.B, revisions int64) *Store {
	s, err := Open(b.Context(), filepath.Join(b.TempDir(), "state.db"), firstKey)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := s.Close(); err != nil {
			b.Error(err)
		}
	})
	err = s.Update(b.Context(), func(tx *Tx) error {
		for n := range revisions {
			if _, err := tx.AddRevision(revision(n+1, text(fmt.Sprint("file ", n%50), bulk(n)))); err != nil {
				return err
			}
			if err := tx.Append(Act{Person: "Kim Lee", Account: "chat:T1/U1", Verb: "publish"}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return s
}

// BenchmarkInstall is a look-up as every command makes it.
func BenchmarkInstall(b *testing.B) {
	s := benchmarked(b, 0)
	if err := s.SaveInstall(b.Context(), ward); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := s.Install(b.Context(), "T1", "E1"); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkUpdate publishes one revision of a file of 9 kB.
func BenchmarkUpdate(b *testing.B) {
	s := benchmarked(b, 0)
	n := int64(0)
	for b.Loop() {
		n++
		err := s.Update(b.Context(), func(tx *Tx) error {
			if _, err := tx.AddRevision(revision(n, text("a", bulk(n)))); err != nil {
				return err
			}
			return tx.Append(Act{Person: "Kim Lee", Verb: "publish"})
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkOverlay reads what is live after so many revisions of 50 files.
func BenchmarkOverlay(b *testing.B) {
	for _, revisions := range []int64{50, 1000} {
		b.Run(fmt.Sprint(revisions), func(b *testing.B) {
			s := benchmarked(b, revisions)
			for b.Loop() {
				err := s.View(b.Context(), func(tx *Tx) error {
					list, err := tx.Overlay()
					if len(list) != 50 {
						b.Errorf("%d files", len(list))
					}
					return err
				})
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkVersion is what a process asks now and then to hear of changes.
func BenchmarkVersion(b *testing.B) {
	s := benchmarked(b, 1000)
	for b.Loop() {
		if _, err := s.Version(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkVerify checks 1,000 revisions and acts.
func BenchmarkVerify(b *testing.B) {
	s := benchmarked(b, 1000)
	for b.Loop() {
		if _, err := s.VerifyAudit(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkOpen opens a file with 1,000 revisions of 9 kB.
func BenchmarkOpen(b *testing.B) {
	path := benchmarked(b, 1000).path
	for b.Loop() {
		s, err := Open(b.Context(), path, firstKey)
		if err != nil {
			b.Fatal(err)
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
