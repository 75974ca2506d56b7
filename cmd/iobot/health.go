package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"iobot/bot"
)

// checkEvery is how old the result of a self-check may be.
const checkEvery = 15 * time.Second

// selfCheck is a question whose answer is known.
type selfCheck struct{ line, dose string }

// selfChecks are asked before anybody else may ask. Their doses count only
// where the built-in content answers them by calculation.
func selfChecks() []selfCheck {
	return []selfCheck{
		{"dose adrenaline 12 kg", "0.12 mg"},
		{"dose adrenaline 40 kg child", "0.4 mg"},
		{"site 8 months", ""},
		{"ask why flush", ""},
	}
}

// health says whether the program is up and whether it answers rightly.
type health struct {
	program  *program
	services []service
	now      func() time.Time

	mu      sync.Mutex
	checked time.Time
	wrong   error
}

// routes adds /livez, which answers as long as the process does, and /readyz,
// which answers 503 while the knowledge or a platform cannot be relied on.
func (h *health) routes(mux *http.ServeMux) {
	mux.HandleFunc("GET /livez", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if err := h.ready(r.Context()); err != nil {
			http.Error(w, "not ready: "+err.Error(), http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, "ok")
		for _, trouble := range h.program.trouble() {
			fmt.Fprintln(w, trouble)
		}
	})
}

// trouble is what somebody has to look at while the program answers as before:
// mistakes in the content folder, a state that cannot be written, a record that
// is not whole.
func (p *program) trouble() []string {
	if p.desk == nil {
		return nil
	}
	list := p.desk.Trouble()
	if found := p.audit.Load(); found != nil && *found != nil {
		list = append([]string{"The audit is not whole: " + (*found).Error()}, list...)
	}
	return list
}

// ready returns why the program should not be asked now.
func (h *health) ready(ctx context.Context) error {
	for _, s := range h.services {
		if err := s.ready(); err != nil {
			return err
		}
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if at := h.now(); at.Sub(h.checked) >= checkEvery {
		h.checked, h.wrong = at, h.program.selfCheck(context.WithoutCancel(ctx))
	}
	return h.wrong
}

// selfCheck asks questions whose answers are known.
func (p *program) selfCheck(ctx context.Context) error {
	var wrong []error
	for _, check := range selfChecks() {
		reply := p.bot.Answer(ctx, bot.Request{Platform: "selfcheck", Line: check.line})
		if reply.Outcome == bot.Failed {
			wrong = append(wrong, fmt.Errorf("%q cannot be answered", check.line))
		}
		if check.dose != "" && p.ownContent() && (reply.Dose == nil || reply.Dose.Dose != check.dose) {
			wrong = append(wrong, fmt.Errorf("%q does not answer %s", check.line, check.dose))
		}
	}
	return errors.Join(wrong...)
}

// ownContent reports whether the built-in content answers, by calculation.
func (p *program) ownContent() bool {
	return p.config.Knowledge.Dir == "" && p.config.multiplies()
}
