package index

import (
	"sync"
	"sync/atomic"

	"iobot/knowledge"
)

// Library holds the live snapshot. It is safe for concurrent use.
type Library struct {
	live   atomic.Pointer[Snapshot]
	change sync.Mutex // one change after the other; readers do not wait
}

// NewLibrary returns a library in which s is live.
func NewLibrary(s *Snapshot) *Library {
	var l Library
	l.live.Store(s)
	return &l
}

// Snapshot returns the live snapshot. An answer takes one and uses it
// throughout; it stays whole for as long as it is held.
func (l *Library) Snapshot() *Snapshot { return l.live.Load() }

// Publish makes s live from the next Snapshot on.
func (l *Library) Publish(s *Snapshot) {
	l.change.Lock()
	defer l.change.Unlock()
	l.live.Store(s)
}

// Withdraw marks an entry withdrawn, at once and without a new index: it is
// still found, so that who asks for it can be told. The next Publish has to
// bring the withdrawal with it. It fails when there is no such entry.
func (l *Library) Withdraw(id knowledge.ID, why string) error {
	l.change.Lock()
	defer l.change.Unlock()
	live := l.live.Load()
	base, err := live.base.Withdrawing(id, why)
	if err != nil {
		return err
	}
	l.live.Store(&Snapshot{data: live.data, base: base, engine: live.engine})
	return nil
}
