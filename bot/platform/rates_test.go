package platform

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestRates(t *testing.T) {
	at := time.Unix(1_790_000_000, 0)
	r := NewRates(60, 3, 10)
	for range 3 {
		if !r.Admit("a", at) {
			t.Error("refused within the burst")
		}
	}
	if r.Admit("a", at) {
		t.Error("a fourth at once was admitted")
	}
	if !r.Admit("b", at) {
		t.Error("one was refused for what another did")
	}
	if !r.Admit("a", at.Add(time.Second)) {
		t.Error("refused a second later, at 60 a minute")
	}
}

func TestTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turns, leave := NewTurns(), make(chan struct{})
		for range cap(turns) {
			go turns.Take(t.Context(), func() { <-leave })
		}
		synctest.Wait()
		if turns.Take(t.Context(), func() { t.Error("ran without a place") }) {
			t.Error("a place was found where all were taken")
		}
		go func() { leave <- struct{}{} }()
		ran := false
		if !turns.Take(t.Context(), func() { ran = true }) || !ran {
			t.Error("did not run in the place that was left")
		}
		close(leave)
	})
}
