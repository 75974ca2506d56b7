package slack

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"time"

	"iobot/bot/platform"
)

// minSecret is the shortest signing secret in bytes that is accepted.
const minSecret = 16

// verifier tells Slack's requests from all others. It does not use the SDK's
// own check: the text of that one's error is the signature that would have
// been right, and it accepts times far in the future.
type verifier struct {
	secrets [][]byte // more than one while a secret is being replaced
	now     func() time.Time
}

// ok reports whether the request was signed with one of the secrets within
// the last five minutes. It looks at the bytes of the body, before anything
// parses them.
func (v verifier) ok(h http.Header, body []byte) bool {
	stamp, signature := h.Values("X-Slack-Request-Timestamp"), h.Values("X-Slack-Signature")
	if len(stamp) != 1 || len(signature) != 1 || !platform.Fresh(stamp[0], v.now()) {
		return false
	}
	got, ok := decodeSignature(signature[0])
	if !ok {
		return false
	}
	match := false
	for _, secret := range v.secrets {
		match = hmac.Equal(got, sign(secret, stamp[0], body)) || match
	}
	return match
}

// decodeSignature reads "v0=" and 64 lower-case hexadecimal digits.
func decodeSignature(s string) ([]byte, bool) {
	digits, ok := strings.CutPrefix(s, "v0=")
	if !ok || len(digits) != 2*sha256.Size || digits != strings.ToLower(digits) {
		return nil, false
	}
	sum, err := hex.DecodeString(digits)
	return sum, err == nil
}

// sign returns the v0 signature of a body.
func sign(secret []byte, stamp string, body []byte) []byte {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte("v0:" + stamp + ":"))
	mac.Write(body)
	return mac.Sum(nil)
}
