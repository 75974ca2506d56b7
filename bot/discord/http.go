package discord

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
)

// maxBody is the largest request in bytes. Discord's stay far below it.
const maxBody = 256 << 10

// Handler returns the handler of the one address that Discord calls in HTTP
// mode: /discord/interactions.
func (a *App) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /discord/interactions", a.serve)
	return mux
}

// serve reads and verifies a request, and only then has it parsed. The answer
// goes back inside the response; what is left to do follows it.
func (a *App) serve(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		refuse(w, http.StatusRequestEntityTooLarge)
		return
	case err != nil:
		refuse(w, http.StatusBadRequest)
		return
	case !a.verify.ok(r.Header, body):
		refuse(w, http.StatusUnauthorized)
		return
	}
	answer, err := a.receive(r.Context(), body)
	switch {
	case errors.Is(err, errSeen):
		w.WriteHeader(http.StatusAccepted) // it has its answer
	case err != nil:
		refuse(w, http.StatusBadRequest)
	default:
		a.write(r.Context(), w, answer)
	}
}

// refuse answers with the status in words and nothing else, whatever was
// wrong.
func refuse(w http.ResponseWriter, status int) {
	http.Error(w, http.StatusText(status), status)
}

// write has Discord receive the answer and starts what is left. Files cannot
// go back inside the response, so an answer with some is a call of its own.
func (a *App) write(ctx context.Context, w http.ResponseWriter, answer response) {
	written := make(chan struct{})
	defer close(written)
	after := answer.after
	if after != nil && !a.jobs.Start(func(ctx context.Context) error { <-written; return after(ctx) }) {
		a.config.Log.Error("send", "err", "too much to send; something asked for was not sent")
		if answer.otherwise != nil {
			answer = *answer.otherwise
		}
	}
	if a.illustrated(ctx, answer) {
		w.WriteHeader(http.StatusAccepted)
	} else {
		a.writeJSON(w, answer.plain())
	}
	_ = http.NewResponseController(w).Flush()
}

func (a *App) writeJSON(w http.ResponseWriter, answer response) {
	body, err := json.Marshal(answer)
	if err != nil {
		a.config.Log.Error("write answer", "err", err)
		refuse(w, http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(body) // the client may have gone
}
