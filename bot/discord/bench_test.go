package discord

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// request is a signed command as Discord sends it.
func (c *client) request(id int) *http.Request {
	body := strings.NewReplacer("%ID", strconv.Itoa(id), "%DATA", slash("dose", aDrug+","+fmt.Sprintf(aWeight, "12"))).Replace(question)
	stamp := strconv.FormatInt(c.now.Unix(), 10)
	r := httptest.NewRequest(http.MethodPost, "/discord/interactions", strings.NewReader(body))
	r.Header.Set("X-Signature-Timestamp", stamp)
	r.Header.Set("X-Signature-Ed25519", hex.EncodeToString(ed25519.Sign(c.key, []byte(stamp+body))))
	return r
}

// BenchmarkInteraction measures a signed command up to the whole card, beside
// a handler that only verifies. The difference is what the bot itself takes.
func BenchmarkInteraction(b *testing.B) {
	c := newClient(b)
	bare := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil || !c.app.verify.ok(r.Header, body) {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		_, _ = w.Write([]byte(`{"type":1}`))
	})
	ids := 0
	for _, h := range []struct {
		name    string
		handler http.Handler
	}{{"bare", bare}, {"card", c.app.Handler()}} {
		b.Run(h.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				ids++
				r, w := c.request(ids), httptest.NewRecorder()
				c.log.Reset()
				b.StartTimer()
				h.handler.ServeHTTP(w, r)
				if w.Code != http.StatusOK {
					b.Fatal(w.Code)
				}
			}
		})
	}
}

// TestManyAtOnce has 4,000 interactions of 50 at a time: nothing is lost, and neither memory nor goroutines stay.
func TestManyAtOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	c := newClient(t)
	c.app.config.Log, c.log = discard(), &bytes.Buffer{}
	half := func(from, to int) {
		work := make(chan int)
		var all sync.WaitGroup
		for range 50 {
			all.Go(func() {
				for id := range work {
					w := httptest.NewRecorder()
					c.app.Handler().ServeHTTP(w, c.request(id))
					if w.Code != http.StatusOK {
						t.Errorf("%d: %d", id, w.Code)
					}
				}
			})
		}
		for id := from; id < to; id++ {
			work <- id
		}
		close(work)
		all.Wait()
	}
	half(0, 2_000)
	before, goroutines := heap(), runtime.NumGoroutine()
	half(2_000, 4_000)
	if grown := heap() - before; grown > 10<<20 {
		t.Errorf("memory grew by %d bytes", grown)
	}
	if n := runtime.NumGoroutine(); n > goroutines+5 {
		t.Errorf("%d goroutines, before %d", n, goroutines)
	}
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
