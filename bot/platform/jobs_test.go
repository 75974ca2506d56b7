package platform

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
)

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

func TestJobsAreBounded(t *testing.T) {
	j := NewJobs(quiet(), nil)
	leave := make(chan struct{})
	for n := range MaxJobs {
		if !j.Start(func(context.Context) error { <-leave; return nil }) {
			t.Fatalf("job %d was refused", n)
		}
	}
	if j.Start(func(context.Context) error { return nil }) {
		t.Error("one job too many was taken")
	}
	close(leave)
	j.Idle()
	if !j.Start(func(context.Context) error { return nil }) {
		t.Error("a job was refused when all others had ended")
	}
	j.Idle()
}

func TestCloseWaitsForJobs(t *testing.T) {
	j := NewJobs(quiet(), nil)
	leave, done := make(chan struct{}), false
	j.Start(func(context.Context) error { <-leave; done = true; return nil })
	go close(leave)
	if err := j.Close(t.Context()); err != nil || !done {
		t.Errorf("closed with %v, job done: %v", err, done)
	}
	if j.Start(func(context.Context) error { return nil }) {
		t.Error("a job was taken after Close")
	}
}

func TestCloseGivesUp(t *testing.T) {
	j := NewJobs(quiet(), nil)
	j.Start(func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() })
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if err := j.Close(over); !errors.Is(err, context.Canceled) {
		t.Errorf("closed with %v", err)
	}
	j.Idle() // the job was told to end
}

func TestErrorsOfJobsAreLogged(t *testing.T) {
	hide := func(error) string { return "hidden" }
	for name, c := range map[string]struct {
		redact    func(error) string
		job       func(context.Context) error
		want, not string
	}{
		"whole":    {nil, func(context.Context) error { return errors.New("lost") }, "lost", "hidden"},
		"redacted": {hide, func(context.Context) error { return errors.New("lost") }, "hidden", "lost"},
		"panic":    {nil, func(context.Context) error { panic("dose epi 12kg") }, "panic: string", "12kg"},
	} {
		t.Run(name, func(t *testing.T) {
			var b strings.Builder
			j := NewJobs(slog.New(slog.NewTextHandler(&b, nil)), c.redact)
			j.Start(c.job)
			j.Idle()
			if log := b.String(); !strings.Contains(log, c.want) || strings.Contains(log, c.not) {
				t.Errorf("logged %s", log)
			}
		})
	}
}

func TestSafely(t *testing.T) {
	lost := errors.New("lost")
	if err := Safely(func() error { return lost }); !errors.Is(err, lost) {
		t.Errorf("got %v", err)
	}
	var none []int
	if err := Safely(func() error { none[0]++; return nil }); err == nil || !strings.Contains(err.Error(), "index out of range") {
		t.Errorf("a panic of the runtime became %v", err)
	}
}

func TestWait(t *testing.T) {
	if err := Wait(t.Context(), 0); err != nil {
		t.Errorf("a wait to its end: %v", err)
	}
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Wait(over, jobTimeout); !errors.Is(err, context.Canceled) {
		t.Errorf("a wait cut short: %v", err)
	}
}
