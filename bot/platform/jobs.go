package platform

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"
)

// MaxJobs is how many jobs run at the same time.
const MaxJobs = 64

const jobTimeout = 15 * time.Second // for one job with all its calls

// Jobs runs what is left to do once a platform has its answer, MaxJobs at a
// time and each for at most 15 seconds. It is safe for concurrent use. Make
// one with NewJobs.
type Jobs struct {
	log    *slog.Logger
	redact func(error) string
	slots  chan struct{}
	ctx    context.Context // ends when waiting for the last jobs is over
	stop   context.CancelFunc

	mu     sync.Mutex
	closed bool
	all    sync.WaitGroup
}

// NewJobs returns Jobs that log the error of a job as redact writes it, or in
// full when redact is nil.
func NewJobs(log *slog.Logger, redact func(error) string) *Jobs {
	if redact == nil {
		redact = error.Error
	}
	ctx, stop := context.WithCancel(context.Background())
	return &Jobs{log: log, redact: redact, slots: make(chan struct{}, MaxJobs), ctx: ctx, stop: stop}
}

// Start runs a job beside everything else. It reports false when there are
// too many already or the program is stopping; the job is then not run.
func (j *Jobs) Start(job func(context.Context) error) bool {
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
		if err := Safely(func() error { return job(ctx) }); err != nil {
			j.log.Error("send", "err", j.redact(err))
		}
	})
	return true
}

// Idle returns when no job is running.
func (j *Jobs) Idle() { j.all.Wait() }

// Close takes no more jobs and waits for those that run. When ctx ends first
// it cancels them and returns the error of ctx.
func (j *Jobs) Close(ctx context.Context) error {
	j.mu.Lock()
	j.closed = true
	j.mu.Unlock()
	done := make(chan struct{})
	go func() { j.Idle(); close(done) }()
	defer j.stop()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("wait for what is being sent: %w", ctx.Err())
	}
}
