package slack

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"

	"iobot/bot/platform"
)

// maxBody is the largest request in bytes. Slack's stay far below it.
const maxBody = 256 << 10

const (
	formType = "application/x-www-form-urlencoded"
	jsonType = "application/json"
)

var (
	errMalformed = errors.New("malformed request")
	errFull      = errors.New("too much to send")
)

// receiver takes the body of a request that is known to be Slack's and
// returns what goes back inside the answer: nil for nothing.
type receiver func(ctx context.Context, h http.Header, body []byte) (reply any, err error)

// Handler returns the handler of the three addresses that Slack calls in HTTP
// mode, /slack/commands, /slack/interactivity and /slack/events, and for many
// workspaces of the two of InstallHandler.
func (a *App) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("POST /slack/commands", a.receive("command", formType, a.receiveCommand))
	mux.Handle("POST /slack/interactivity", a.receive("interaction", formType, a.receiveInteraction))
	mux.Handle("POST /slack/events", a.receive("event", jsonType, a.receiveEvent))
	if a.installer != nil {
		a.installer.routes(mux)
	}
	return mux
}

// receive reads and verifies a request, and only then has it parsed.
func (a *App) receive(came, contentType string, f receiver) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := a.config.Now()
		status, reply := a.serve(w, r, contentType, f)
		if status == http.StatusInternalServerError && came == "command" {
			status, reply = http.StatusOK, noAnswer() // the asker would see an error code
		}
		write(w, status, reply)
		a.config.Observe(came, http.StatusText(status), a.config.Now().Sub(start))
	})
}

func (a *App) serve(w http.ResponseWriter, r *http.Request, contentType string, f receiver) (status int, reply any) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return http.StatusRequestEntityTooLarge, nil
	case err != nil:
		return http.StatusBadRequest, nil
	case !a.verify.ok(r.Header, body):
		return http.StatusUnauthorized, nil
	}
	if got, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || got != contentType {
		return http.StatusUnsupportedMediaType, nil
	}
	reply, err = a.guard(r.Context(), r.Header, body, f)
	switch {
	case err == nil:
		return http.StatusOK, reply
	case errors.Is(err, errFull):
		return http.StatusServiceUnavailable, nil
	case errors.Is(err, errMalformed):
		return http.StatusBadRequest, nil
	}
	a.config.Log.Error("receive", "err", redact(err))
	return http.StatusInternalServerError, nil
}

// guard turns a panic into an error.
func (a *App) guard(ctx context.Context, h http.Header, body []byte, f receiver) (reply any, err error) {
	err = platform.Safely(func() (err error) {
		reply, err = f(ctx, h, body)
		return err
	})
	return reply, err
}

// write sends the answer. A refusal is its status in words and nothing else,
// whatever was wrong.
func write(w http.ResponseWriter, status int, reply any) {
	switch {
	case status != http.StatusOK:
		if status != http.StatusServiceUnavailable {
			w.Header().Set("X-Slack-No-Retry", "1") // it would not get better
		}
		http.Error(w, http.StatusText(status), status)
	case reply == nil:
		w.WriteHeader(http.StatusOK)
	default:
		writeJSON(w, reply)
	}
}

func writeJSON(w http.ResponseWriter, reply any) {
	body, ready := reply.(json.RawMessage)
	var err error
	if !ready {
		body, err = json.Marshal(reply)
	}
	if err != nil {
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body) // the client may have gone
}

func (a *App) receiveCommand(ctx context.Context, _ http.Header, body []byte) (any, error) {
	c, err := parseCommand(body)
	if err != nil {
		return nil, errMalformed
	}
	return a.command(ctx, c)
}

func (a *App) receiveInteraction(ctx context.Context, h http.Header, body []byte) (any, error) {
	i, err := parseInteraction(body)
	if err != nil {
		return nil, errMalformed
	}
	if !i.acts() {
		return a.interaction(ctx, i) // two look-ups in one second may be signed alike
	}
	return a.once(h, func() (any, error) { return a.interaction(ctx, i) })
}

func (a *App) receiveEvent(ctx context.Context, h http.Header, body []byte) (any, error) {
	outer, inner, err := parseEvent(body)
	if err != nil {
		return nil, errMalformed
	}
	if outer.Type == "url_verification" {
		return map[string]string{"challenge": outer.Challenge}, nil
	}
	return a.once(h, func() (any, error) { return nil, a.event(ctx, outer, inner) })
}

// once does what a signed request asks for unless the same request was here
// before. What could not be done may come again.
func (a *App) once(h http.Header, do func() (any, error)) (any, error) {
	signature := h.Get("X-Slack-Signature")
	if !a.signatures.First(signature, a.config.Now()) {
		return nil, nil
	}
	reply, err := do()
	if errors.Is(err, errFull) {
		a.signatures.Forget(signature)
	}
	return reply, err
}
