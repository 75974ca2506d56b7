package slack

import (
	"context"
	"fmt"
	"log/slog"
	"regexp"
	"sync"
	"time"
)

const (
	maxJobs    = 64               // sent at the same time
	jobTimeout = 15 * time.Second // for one job with all its calls
)

// jobs runs what has to be sent after Slack got its answer, a bounded number
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

// start runs a job beside everything else. It reports false when there are
// too many already or the program is stopping; the job is then not run.
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
		if err := safely(ctx, job); err != nil {
			j.log.Error("send", "err", redact(err))
		}
	})
	return true
}

// safely runs a job and turns a panic into an error.
func safely(ctx context.Context, job func(context.Context) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = panicked(p)
		}
	}()
	return job(ctx)
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

var (
	addresses = regexp.MustCompile(`(?i)\b(https?|wss?)://[^\s"]+`)
	tokens    = regexp.MustCompile(`\bx(ox[a-z]|app)[-.][A-Za-z0-9.-]+`)
)

// redact returns the text of an error without addresses and tokens.
func redact(err error) string {
	text := addresses.ReplaceAllString(err.Error(), "[address]")
	return tokens.ReplaceAllString(text, "[token]")
}
