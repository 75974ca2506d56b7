package slack

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"

	"iobot/bot/slack/slacktest"
)

// TestMemoryStays sends 100,000 commands by as many people, and none of them
// the same.
func TestMemoryStays(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	w := newWard(t, func(c *Config) { c.Live = func() any { return 1 } })
	handler := w.app.Handler()
	ask := func(n int) {
		text := slacktest.Command(fmt.Sprint("U", n), fmt.Sprintf("dose testodrin %d kg", n), "")
		r := httptest.NewRequest(http.MethodPost, "/slack/commands", strings.NewReader(text))
		slacktest.Sign(r.Header, testSecret, w.now(), text)
		r.Header.Set("Content-Type", formType)
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, r)
		if answer.Code != http.StatusOK {
			t.Fatalf("command %d: status %d", n, answer.Code)
		}
		if n%500 == 0 {
			w.pass(1e10) // so that the workspace may go on
			w.log.reset()
		}
	}
	for n := range 1000 {
		ask(n)
	}
	before := heap()
	for n := range 100_000 {
		ask(n)
	}
	if more := int64(heap()) - int64(before); more > 10<<20 {
		t.Errorf("%d KiB more than before", more>>10)
	} else {
		t.Logf("%d KiB more than before", more>>10)
	}
}

func heap() uint64 {
	runtime.GC()
	runtime.GC() // what finalizers let go
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
