package slack

import (
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"iobot/bot/slack/slacktest"
)

func TestTimestamps(t *testing.T) {
	now := time.Unix(1_763_800_000, 0)
	v := verifier{secrets: [][]byte{[]byte(testSecret)}, now: func() time.Time { return now }}
	at := func(seconds int64) string { return strconv.FormatInt(now.Unix()+seconds, 10) }
	tests := map[string]bool{
		at(0): true, at(-300): true, at(300): true, at(-301): false, at(301): false,
		"": false, "0": false, "-1": false, "1e9": false, "99999999999999": false, "253402300799": false,
		" " + at(0): false, "+" + at(0): false, "١٧٦٣٨٠٠٠٠٠": false, "9999999999": false,
	}
	for stamp, want := range tests {
		h := http.Header{}
		h.Set("X-Slack-Request-Timestamp", stamp)
		h.Set("X-Slack-Signature", "v0="+hex.EncodeToString(sign([]byte(testSecret), stamp, []byte("body"))))
		if got := v.ok(h, []byte("body")); got != want {
			t.Errorf("timestamp %q: accepted %v, want %v", stamp, got, want)
		}
	}
}

func TestSecondSecretWhileRotating(t *testing.T) {
	other := strings.Repeat("z", 32)
	w := newWard(t, func(c *Config) { c.Secrets = []string{testSecret, other} })
	for _, secret := range []string{testSecret, other} {
		if status, _ := w.do(slacktest.Request(w.url+"/slack/commands", secret, w.now(), "text=x")); status != 200 {
			t.Errorf("status %d with one of two secrets", status)
		}
	}
}

func TestSecretsFailClosed(t *testing.T) {
	for _, secret := range []string{"", " ", "\t\n", "short", strings.Repeat(" ", 40), "fifteen-letters"} {
		w := Config{Bot: newWard(t).app.config.Bot, APIURL: "http://x/", BotToken: testToken, Secrets: []string{secret}, Log: newWard(t).app.config.Log, Now: time.Now}
		if _, err := New(w); err == nil {
			t.Errorf("a signing secret of %d characters was accepted", len(secret))
		}
	}
}

// TestMutatedSignatures changes 10,000 signed requests in one place each.
// None is accepted, none has an effect, and no answer or log line holds the
// signature that would have been right.
func TestMutatedSignatures(t *testing.T) {
	w := newWard(t)
	handler := w.app.Handler()
	hook := w.slack.Hook()
	bodies := map[string]string{
		"/slack/commands":      slacktest.Command("U1", "dose testodrin 12 kg", hook),
		"/slack/interactivity": slacktest.Payload(slacktest.Tap("U1", "t1", hook, Action{Verb: Dismiss}.id(), "")),
		"/slack/events":        `{"type":"url_verification","challenge":"abc"}`,
	}
	random := rand.New(rand.NewPCG(1, 2))
	for n := range 10_000 {
		for path, body := range bodies {
			if n%len(bodies) != map[string]int{"/slack/commands": 0, "/slack/interactivity": 1, "/slack/events": 2}[path] {
				continue
			}
			r, right := mutate(random, path, body, w.now())
			answer := httptest.NewRecorder()
			handler.ServeHTTP(answer, r)
			if answer.Code != http.StatusUnauthorized || answer.Body.String() != "Unauthorized\n" {
				t.Fatalf("mutation %d of %s: status %d %q", n, path, answer.Code, answer.Body)
			}
			if strings.Contains(w.log.String(), right) {
				t.Fatal("the log holds the right signature")
			}
		}
	}
	if calls := w.calls(""); len(calls) != 0 {
		t.Errorf("%d calls by requests that were refused", len(calls))
	}
}

// mutate returns a request that was signed and then changed, with the
// signature that it should have had.
func mutate(random *rand.Rand, path, body string, at time.Time) (*http.Request, string) {
	header := http.Header{}
	slacktest.Sign(header, testSecret, at, body)
	stamp, signature := header.Get("X-Slack-Request-Timestamp"), header.Get("X-Slack-Signature")
	flip := func(s string) string {
		b := []byte(s)
		b[random.IntN(len(b))] ^= 1 << random.IntN(7)
		return string(b)
	}
	switch random.IntN(10) {
	case 0, 1:
		body = flip(body)
	case 2:
		header.Set("X-Slack-Request-Timestamp", flip(stamp))
	case 3, 4:
		header.Set("X-Slack-Signature", flip(signature))
	case 5:
		slacktest.Sign(header, fmt.Sprintf("another secret %d", random.Int()), at, body)
	case 6:
		header.Set("X-Slack-Signature", signature[:random.IntN(len(signature))])
	case 7:
		header.Set("X-Slack-Signature", "v1="+signature[3:])
	case 8:
		header.Set("X-Slack-Signature", signature+signature[3:])
	case 9:
		slacktest.Sign(header, testSecret, at.Add(time.Duration(301+random.IntN(1e6))*time.Second), body)
	}
	right := hex.EncodeToString(sign([]byte(testSecret), header.Get("X-Slack-Request-Timestamp"), []byte(body)))
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
	r.Header = header
	r.Header.Set("Content-Type", formType)
	return r, right
}
