package editorial

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"iobot/bot"
	"iobot/bot/store"
	"iobot/index"
	"iobot/knowledge"
	"iobot/knowledge/dose"
)

// Config is what a Desk is made of.
type Config struct {
	Store  *store.Store
	Folder fs.FS // the content that changes lie over
	Fixed  bool  // the folder is built in and never changes
	People []Person

	// Answer answers a question over a snapshot that may not be live yet, for
	// the golden questions.
	Answer func(ctx context.Context, s *index.Snapshot, q bot.Request) bot.Reply

	Log *slog.Logger
	Now func() time.Time
}

// Desk is where the knowledge is changed. It is safe for concurrent use.
type Desk struct {
	config  Config
	library *index.Library
	content atomic.Pointer[content]  // what is live, as files
	trouble atomic.Pointer[[]string] // what somebody has to look at
	outage  atomic.Pointer[error]    // why nothing can be stored; nil when it can

	mu        sync.Mutex // one change after the other; answers do not wait for it
	version   int64      // of the store when the changes over the folder were read
	print     string     // of the folder when it was last looked at
	taken     string     // print of the folder that was last taken over or refused
	mistakes  []string   // why the folder is not live
	conflicts []string   // files that were changed in the folder and in chat
	unsaved   map[knowledge.ID]withdrawal
	retry     time.Time // when what could not be stored is tried again
	judged    judged    // the draft that was looked at last

	heard chan missed // questions without an answer, on their way into the store

	posting   sync.Mutex
	unsettled []outcome // of tasks, that could not be stored
}

// Open reads the folder and the changes over it, and returns the desk with
// the library in which they are live.
func Open(ctx context.Context, c Config) (*Desk, *index.Library, error) {
	d := &Desk{config: c, unsaved: map[knowledge.ID]withdrawal{}, heard: make(chan missed, maxHeard)}
	d.trouble.Store(&[]string{})
	folder, err := knowledge.ReadFiles(c.Folder)
	if err != nil {
		return nil, nil, fmt.Errorf("load knowledge: %w", err)
	}
	over, err := d.readOver(ctx)
	if err != nil {
		return nil, nil, err
	}
	d.content.Store(&content{folder, over})
	if !c.Fixed {
		d.print = fingerprint(c.Folder)
		d.taken = d.print
	}
	base, err := knowledge.Load(d.content.Load().with(nil))
	if err != nil {
		return nil, nil, fmt.Errorf("load knowledge: %w", err)
	}
	snapshot, err := index.Build(base)
	if err != nil {
		return nil, nil, fmt.Errorf("build index: %w", err)
	}
	d.library = index.NewLibrary(snapshot)
	d.noteConflicts()
	return d, d.library, nil
}

// readOver reads the changes that lie over the folder, and notes the version
// of the store.
func (d *Desk) readOver(ctx context.Context) (map[string]store.File, error) {
	version, err := d.config.Store.Version(ctx)
	if err != nil {
		return nil, err
	}
	var files []store.File
	err = d.config.Store.View(ctx, func(tx *store.Tx) (err error) {
		files, err = tx.Overlay()
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the changes made in chat: %w", err)
	}
	over := map[string]store.File{}
	for _, f := range files {
		over[f.Name] = f
	}
	d.version = version
	return over, nil
}

// begin waits for its turn to change something, and takes over what another
// process published. The caller unlocks d.mu when there is no error.
func (d *Desk) begin(ctx context.Context) error {
	d.mu.Lock()
	if err := d.lookAtStore(ctx); err != nil {
		d.mu.Unlock()
		return err
	}
	return nil
}

// text is the live text of a file; nil when there is none.
func (d *Desk) text(file string) []byte { return d.content.Load().text(file) }

// build makes a snapshot with some more changes, or says what is wrong with
// them.
func (d *Desk) build(more map[string][]byte) (*index.Snapshot, error) {
	if problems := d.lint(more); len(problems) > 0 {
		return nil, problems
	}
	s, err := snapshotOf(d.content.Load().with(more))
	if err != nil {
		return nil, err
	}
	return d.withUnsaved(s), nil
}

func snapshotOf(content fs.FS) (*index.Snapshot, error) {
	base, err := knowledge.Load(content)
	if err != nil {
		return nil, err
	}
	return index.Build(base)
}

// lint lists the mistakes that some more changes bring. What was wrong before
// is left to those who start the program with such a folder: it must not keep
// anybody from withdrawing or mending an entry.
func (d *Desk) lint(more map[string][]byte) knowledge.Problems {
	live := d.content.Load()
	return newMistakes(live.with(nil), live.with(more))
}

// newMistakes lists the mistakes of a content that another does not have.
func newMistakes(before, after fs.FS) knowledge.Problems {
	found := knowledge.Lint(after, dose.Check)
	if len(found) == 0 {
		return nil
	}
	known := map[string]bool{}
	for _, p := range knowledge.Lint(before, dose.Check) {
		known[p.File+p.Path+p.Message] = true
	}
	return slices.DeleteFunc(found, func(p knowledge.Problem) bool { return known[p.File+p.Path+p.Message] })
}

// live is the live knowledge.
func (d *Desk) live() *knowledge.Base { return d.library.Snapshot().Base() }

// problemsOf returns the mistakes inside an error.
func problemsOf(err error) knowledge.Problems {
	var problems knowledge.Problems
	errors.As(err, &problems)
	return problems
}

// Content is the live content as files.
func (d *Desk) Content() fs.FS { return d.content.Load().with(nil) }
