package slacktest

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Sign sets the headers with which Slack proves that a body is its own.
func Sign(h http.Header, secret string, at time.Time, body string) {
	stamp := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("v0:" + stamp + ":" + body))
	h.Set("X-Slack-Request-Timestamp", stamp)
	h.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
}

// Request is a signed request to an address of the program. A body that
// begins with a brace is sent as JSON, any other as a form.
func Request(address, secret string, at time.Time, body string) *http.Request {
	r, err := http.NewRequest(http.MethodPost, address, strings.NewReader(body))
	if err != nil {
		panic(err) // the address is the test's own
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if strings.HasPrefix(body, "{") {
		r.Header.Set("Content-Type", "application/json")
	}
	Sign(r.Header, secret, at, body)
	return r
}

// Command is the body of a slash command.
func Command(user, text, hook string) string {
	return url.Values{
		"token": {"deprecated"}, "team_id": {"T0001"}, "team_domain": {"ward"}, "enterprise_id": {""},
		"channel_id": {"C0001"}, "channel_name": {"resus"}, "user_id": {user}, "user_name": {"kim"},
		"command": {"/io"}, "text": {text}, "api_app_id": {"A0001"}, "is_enterprise_install": {"false"},
		"response_url": {hook}, "trigger_id": {"1.2." + user},
	}.Encode()
}

// Payload is the body of an interaction.
func Payload(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // the payload is the test's own
	}
	return url.Values{"payload": {string(text)}}.Encode()
}

// Tap is somebody tapping a button under a private answer.
func Tap(user, trigger, hook, actionID, value string) map[string]any {
	return map[string]any{
		"type": "block_actions", "trigger_id": trigger, "response_url": hook, "api_app_id": "A0001",
		"team": map[string]any{"id": "T0001", "domain": "ward"}, "enterprise": nil,
		"user":      map[string]any{"id": user, "name": "kim", "team_id": "T0001"},
		"channel":   map[string]any{"id": "C0001", "name": "resus"},
		"container": map[string]any{"type": "message", "message_ts": "1700000000.000200", "channel_id": "C0001", "is_ephemeral": true},
		"actions":   []any{map[string]any{"type": "button", "block_id": "b1", "action_id": actionID, "value": value, "action_ts": "1.2"}},
	}
}

// Event is the body of an event.
func Event(id string, inner map[string]any) string {
	text, err := json.Marshal(map[string]any{
		"token": "deprecated", "team_id": "T0001", "api_app_id": "A0001", "type": "event_callback",
		"event_id": id, "event_time": 1700000000, "event": inner,
		"authorizations": []any{map[string]any{"team_id": "T0001", "user_id": "UBOT", "is_bot": true}},
	})
	if err != nil {
		panic(err) // the event is the test's own
	}
	return string(text)
}
