package main

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"iobot/bot"
)

// TestReadiness asks /readyz of programs that must not be asked.
func TestReadiness(t *testing.T) {
	tests := []struct {
		name string
		dose string
		up   error
		says string
	}{
		{"a wrong dose", "1.2 mg", nil, "does not answer 0.12 mg"},
		{"no dose", "", nil, "does not answer"},
		{"a platform is down", "1.2 mg", errors.New("no connection is up"), "no connection"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			command := bot.Command{
				Name: "ask", Options: []bot.Option{{Name: "question"}},
				Run: func(context.Context, bot.Input) (bot.Reply, error) {
					return bot.Reply{Outcome: bot.Answer, Dose: &bot.Dose{Dose: tt.dose}}, nil
				},
			}
			p := &program{config: defaults(), bot: bot.New(bot.Config{
				Commands: []bot.Command{command}, Default: "ask", Log: slog.New(slog.DiscardHandler), Now: time.Now,
			})}
			h := &health{program: p, services: []service{{ready: func() error { return tt.up }}}, now: time.Now}
			mux := http.NewServeMux()
			h.routes(mux)
			answer := httptest.NewRecorder()
			mux.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/readyz", nil))
			if answer.Code != http.StatusServiceUnavailable || !strings.Contains(answer.Body.String(), tt.says) {
				t.Errorf("%d %s", answer.Code, answer.Body)
			}
		})
	}
}
