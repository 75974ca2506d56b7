// Package slacktest is a Slack for tests: its Web API, the addresses that
// answers are posted to, its sockets, and the ways in which all of them fail.
// The program under test reaches it over real HTTP and real WebSockets, so
// nothing in the program is replaced. It keeps every request as it came.
package slacktest

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path"
	"strings"
	"sync"
	"testing"
	"time"
)

// Call is a request that the program made.
type Call struct {
	Method string         // "chat.postMessage", or "response_url"
	Token  string         // without "Bearer "
	Path   string         // of the address
	Args   map[string]any // what was sent; JSON inside a form field is decoded
}

// Fault is one way to fail. The zero value is none.
type Fault struct {
	Status     int             // HTTP status with an empty body
	RetryAfter string          // header of a 429
	Error      string          // {"ok":false,"error":…}
	Needed     string          // scope that the error says is missing
	Hold       <-chan struct{} // nothing is answered until it is closed
	Reset      bool            // the connection is cut
	Body       string          // is answered as it is
}

// Server is the fake Slack.
type Server struct {
	http    *httptest.Server
	sockets sockets

	mu      sync.Mutex
	calls   []Call
	changed chan struct{} // closed at every new call
	faults  map[string][]Fault
	uses    map[string]int // of response_urls
	hooks   int
	grants  grants
	files   files
	outside map[string]bool // channels that the bot is not in
	sent    int             // messages
}

// New starts a server that stops with the test.
func New(t testing.TB) *Server {
	s := &Server{changed: make(chan struct{}), faults: map[string][]Fault{}, uses: map[string]int{}}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /api/{method}", s.api)
	mux.HandleFunc("POST /hook/{id}", s.hook)
	mux.HandleFunc("POST /upload/{id}", s.upload)
	mux.HandleFunc("GET /socket", s.sockets.serve)
	s.http = httptest.NewServer(mux)
	s.sockets.open = make(chan *Socket, 100)
	t.Cleanup(func() {
		s.sockets.closeAll()
		s.http.CloseClientConnections()
		s.http.Close()
	})
	return s
}

// APIURL is the address of the Web API.
func (s *Server) APIURL() string { return s.http.URL + "/api/" }

// Hook returns a new response_url.
func (s *Server) Hook() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hooks++
	return fmt.Sprintf("%s/hook/SECRET%d", s.http.URL, s.hooks)
}

// Fail makes the next calls of a method, or of "response_url", fail one after
// the other.
func (s *Server) Fail(method string, faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults[method] = append(s.faults[method], faults...)
}

// Calls returns the calls of a method so far, all when it is empty.
func (s *Server) Calls(method string) []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []Call
	for _, c := range s.calls {
		if method == "" || c.Method == method {
			list = append(list, c)
		}
	}
	return list
}

// patience is how long a test waits for what should happen at once.
const patience = 20 * time.Second

// Await waits until a method was called n times and returns those calls.
func (s *Server) Await(ctx context.Context, method string, n int) ([]Call, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		if list := s.Calls(method); len(list) >= n {
			return list, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return nil, fmt.Errorf("%s was called %d times, not %d", method, len(s.Calls(method)), n)
		}
	}
}

func (s *Server) record(c Call) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = append(s.calls, c)
	close(s.changed)
	s.changed = make(chan struct{})
}

// fault takes the next fault of a method.
func (s *Server) fault(method string) Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := s.faults[method]
	if len(list) == 0 {
		return Fault{}
	}
	s.faults[method] = list[1:]
	return list[0]
}

// api answers a Web API call.
func (s *Server) api(w http.ResponseWriter, r *http.Request) {
	method := r.PathValue("method")
	args, err := arguments(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	fault := s.fault(method)
	s.record(Call{Method: method, Token: token, Path: r.URL.Path, Args: args})
	if fault.apply(w, r) {
		return
	}
	reply := map[string]any{"ok": true}
	switch {
	case method == "oauth.v2.access":
		reply = s.access(args)
	case token == "":
		reply = map[string]any{"ok": false, "error": "not_authed"}
	case strings.HasPrefix(method, "chat."):
		reply = s.message(method, args)
	case strings.HasPrefix(method, "views."):
		reply["view"] = map[string]any{"id": "V1", "type": "modal", "hash": "h1"}
	case strings.HasPrefix(method, "files."):
		reply = s.file(method, args)
	case method == "apps.connections.open":
		reply["url"] = "ws" + strings.TrimPrefix(s.http.URL, "http") + "/socket"
	}
	writeJSON(w, reply)
}

// hook takes a message at a response_url, five times.
func (s *Server) hook(w http.ResponseWriter, r *http.Request) {
	args, err := arguments(r)
	if err != nil {
		http.Error(w, "invalid_payload", http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	s.uses[r.URL.Path]++
	used := s.uses[r.URL.Path]
	s.mu.Unlock()
	fault := s.fault("response_url")
	s.record(Call{Method: "response_url", Token: r.Header.Get("Authorization"), Path: path.Base(r.URL.Path), Args: args})
	switch {
	case fault.apply(w, r):
	case used > 5:
		http.Error(w, "used_url", http.StatusNotFound)
	case s.unknownFile(args["blocks"]):
		http.Error(w, "invalid_blocks", http.StatusBadRequest)
	default:
		_, _ = io.WriteString(w, "ok")
	}
}

// apply fails as told; false when there is nothing to fail.
func (f Fault) apply(w http.ResponseWriter, r *http.Request) bool {
	if f.Hold != nil {
		select {
		case <-f.Hold:
		case <-r.Context().Done():
		}
	}
	switch {
	case f.Reset:
		panic(http.ErrAbortHandler)
	case f.Error != "":
		writeJSON(w, map[string]any{"ok": false, "error": f.Error, "needed": f.Needed})
	case f.Body != "":
		_, _ = io.WriteString(w, f.Body)
	case f.Status != 0:
		if f.RetryAfter != "" {
			w.Header().Set("Retry-After", f.RetryAfter)
		}
		w.WriteHeader(f.Status)
	default:
		return false
	}
	return true
}

// arguments reads JSON, or a form whose fields may hold JSON.
func arguments(r *http.Request) (map[string]any, error) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil {
		return nil, err
	}
	args := map[string]any{}
	if len(body) == 0 {
		return args, nil // the SDK says JSON and sends nothing
	}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		return args, json.Unmarshal(body, &args)
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, err
	}
	for name := range form {
		var inner any
		value := form.Get(name)
		if strings.HasPrefix(value, "[") || strings.HasPrefix(value, "{") {
			if json.Unmarshal([]byte(value), &inner) == nil {
				args[name] = inner
				continue
			}
		}
		args[name] = value
		if value == "true" || value == "false" {
			args[name] = value == "true"
		}
	}
	return args, nil
}

func writeJSON(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v)
}
