package discord

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestVerdicts(t *testing.T) {
	answered := func(status int, after string) *http.Response {
		return &http.Response{StatusCode: status, Header: http.Header{"Retry-After": {after}}}
	}
	dial := &net.OpError{Op: "dial", Err: errors.New("refused")}
	for _, x := range []struct {
		name   string
		method string
		resp   *http.Response
		err    error
		pause  time.Duration
		retry  bool
	}{
		{"done", "POST", answered(200, ""), nil, serverPause, false},
		{"limited, no time to wait", "POST", answered(429, "0"), nil, minPause, true},
		{"limited, a while", "PATCH", answered(429, "2.5"), nil, 2500 * time.Millisecond, true},
		{"limited for long", "PATCH", answered(429, "65.1"), nil, 2 * maxPatience, false},
		{"limited, nobody says how long", "GET", answered(429, ""), nil, 2 * maxPatience, false},
		{"limited, nonsense", "GET", answered(429, "NaN"), nil, 2 * maxPatience, false},
		{"error, may have happened", "POST", answered(502, ""), nil, serverPause, false},
		{"error, may happen twice", "PUT", answered(500, ""), nil, serverPause, true},
		{"refused", "PATCH", answered(403, ""), nil, serverPause, false},
		{"never left", "POST", nil, dial, serverPause, true},
		{"lost", "POST", nil, errors.New("reset"), serverPause, false},
		{"lost, may happen twice", "GET", nil, errors.New("reset"), serverPause, true},
	} {
		if pause, retry := verdict(x.method, x.resp, x.err); pause != x.pause || retry != x.retry {
			t.Errorf("%s: %v %v", x.name, pause, retry)
		}
	}
}

func TestCallEndsWithItsContext(t *testing.T) {
	f := newFake(t)
	f.fail = []int{429, 429, 429}
	a, err := newAPI(f.URL+"/", "9001", "")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := a.call(ctx, http.MethodGet, "https://discord.com/api/v9/secret-token/commands", nil); !errors.Is(err, context.DeadlineExceeded) || strings.Contains(err.Error(), "secret") {
		t.Error(err)
	}
	if n := len(f.seen()); n != 1 {
		t.Errorf("%d calls", n)
	}
}

func TestAddressesAndIDsAreChecked(t *testing.T) {
	for _, x := range [][2]string{{"", "9001"}, {"discord.com", "9001"}, {"ftp://x/", "9001"}, {"https://discord.com/", ""}, {"https://discord.com/", "12a"}} {
		if _, err := newAPI(x[0], x[1], ""); err == nil {
			t.Errorf("%v is accepted", x)
		}
	}
}
