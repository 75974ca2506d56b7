package discord

import (
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"net/http"
	"strings"
	"time"

	"iobot/bot/platform"
)

// verifier tells Discord's requests from all others. It does not use the
// SDK's check, which reads bodies of any length, takes a timestamp of any age
// and panics when the key has another length.
type verifier struct {
	key ed25519.PublicKey
	now func() time.Time
}

// newVerifier reads a public key of 64 hexadecimal digits.
func newVerifier(digits string, now func() time.Time) (verifier, error) {
	key, err := hex.DecodeString(digits)
	if err != nil || len(key) != ed25519.PublicKeySize || strings.Trim(digits, "0") == "" {
		return verifier{}, errors.New("set up Discord: the public key must be the 64 hexadecimal digits of the application's page")
	}
	return verifier{key, now}, nil
}

// ok reports whether the request was signed with the key within the last five
// minutes. It looks at the bytes of the body, before anything parses them.
func (v verifier) ok(h http.Header, body []byte) bool {
	stamp, signature := h.Values("X-Signature-Timestamp"), h.Values("X-Signature-Ed25519")
	if len(stamp) != 1 || len(signature) != 1 || !platform.Fresh(stamp[0], v.now()) {
		return false
	}
	if len(v.key) != ed25519.PublicKeySize || signature[0] != strings.ToLower(signature[0]) {
		return false
	}
	sum, err := hex.DecodeString(signature[0])
	if err != nil || len(sum) != ed25519.SignatureSize {
		return false
	}
	return ed25519.Verify(v.key, append([]byte(stamp[0]), body...), sum)
}
