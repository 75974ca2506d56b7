package index

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"testing"

	"iobot/knowledge"
)

// revision returns a base in which only one word says which one it is.
func revision(n int) *knowledge.Base {
	b := fixture()
	b.Revision = fmt.Sprint("revision", n)
	b.Articles = append(b.Articles, article("article/zz-revision", b.Revision, "The revision."))
	return b
}

// While revisions are published, every search succeeds and its index, its
// base and its texts are of one revision.
func TestPublishWhileSearching(t *testing.T) {
	library := NewLibrary(build(t, revision(0)))
	done := make(chan struct{})
	var searchers sync.WaitGroup
	for range 8 {
		searchers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
					oneRevision(t, library.Snapshot())
				}
			}
		})
	}
	for n := range 20 {
		library.Publish(build(t, revision(n)))
	}
	close(done)
	searchers.Wait()
}

func oneRevision(t *testing.T, s *Snapshot) {
	want := s.Base().Revision
	r, err := s.Search(context.Background(), Query{Text: want})
	if err != nil || len(r.Hits) == 0 || r.Hits[0].Title != want {
		t.Errorf("%s found %v, error %v", want, r.Hits, err)
	}
}

func TestWithdraw(t *testing.T) {
	before := build(t, fixture())
	library := NewLibrary(before)
	if err := library.Withdraw("drug/epinephrine", "wrong dose"); err != nil {
		t.Fatal(err)
	}
	live := library.Snapshot()
	if d, ok := live.Base().Drug("drug/epinephrine"); !ok || d.Review.Status != knowledge.Withdrawn || d.Review.Why != "wrong dose" {
		t.Errorf("live: %v, %v", ok, d.Review)
	}
	if d, _ := before.Base().Drug("drug/epinephrine"); d.Review.Status == knowledge.Withdrawn {
		t.Error("the snapshot that somebody holds was changed")
	}
	if r := find(t, live, Query{Text: "epinephrine arrest"}); r.Hits[0].Entry != "drug/epinephrine" {
		t.Errorf("not found any more: %v", r.Hits)
	}
	if err := library.Withdraw("drug/none", ""); err == nil {
		t.Error("withdrew an entry that is not there")
	}
}

// Nothing runs behind a snapshot: a leak would be one goroutine a build. The
// runtime may start a few of its own meanwhile.
func TestBuildsLeaveNoGoroutines(t *testing.T) {
	before := runtime.NumGoroutine()
	for range 50 {
		build(t, fixture())
	}
	if after := runtime.NumGoroutine(); after > before+5 {
		t.Errorf("%d goroutines before, %d after 50 builds", before, after)
	}
}
