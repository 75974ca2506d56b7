package discord

import (
	"context"
	"fmt"
	"log/slog"
	"runtime"
	"runtime/debug"
	"sync"
	"time"
)

const (
	maxJobs    = 64 // at the same time
	jobTimeout = 15 * time.Second
)

// jobs runs what is left to do once Discord has its answer, a bounded number
// at a time.
type jobs struct {
	log   *slog.Logger
	slots chan struct{}
	ctx   context.Context // ends when waiting for the last jobs is over
	stop  context.CancelFunc

	mu     sync.Mutex
	closed bool
	all    sync.WaitGroup
}

func newJobs(log *slog.Logger) *jobs {
	ctx, stop := context.WithCancel(context.Background())
	return &jobs{log: log, slots: make(chan struct{}, maxJobs), ctx: ctx, stop: stop}
}

// start runs a job beside everything else; false when there are too many or
// the program is stopping, and the job is not run.
func (j *jobs) start(job func(context.Context) error) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.closed {
		return false
	}
	select {
	case j.slots <- struct{}{}:
	default:
		return false
	}
	j.all.Go(func() {
		defer func() { <-j.slots }()
		ctx, cancel := context.WithTimeout(j.ctx, jobTimeout)
		defer cancel()
		if err := safely(func() error { return job(ctx) }); err != nil {
			j.log.Error("send", "err", err)
		}
	})
	return true
}

// close takes no more jobs and waits for those that run, until ctx ends.
func (j *jobs) close(ctx context.Context) error {
	j.mu.Lock()
	j.closed = true
	j.mu.Unlock()
	done := make(chan struct{})
	go func() { j.all.Wait(); close(done) }()
	defer j.stop()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("wait for what is being sent: %w", ctx.Err())
	}
}

// safely turns a panic into an error, without the panic's value, which may
// quote a question, unless the value is the runtime's.
func safely(f func() error) (err error) {
	defer func() {
		p := recover()
		if p == nil {
			return
		}
		if _, ok := p.(runtime.Error); !ok {
			p = fmt.Sprintf("%T", p)
		}
		err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
	}()
	return f()
}
