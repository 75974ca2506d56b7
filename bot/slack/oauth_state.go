package slack

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"net/http"
	"time"

	"iobot/bot/platform"
)

const (
	stateKeep  = 10 * time.Minute
	stateSize  = 5_000
	stateNonce = 16               // bytes
	stateHead  = stateNonce + 8   // the nonce and when it was made
	cookieName = "__Host-install" // a browser takes it from this host only, over https
)

// states are what goes with a browser to Slack and must come back with the
// same browser: once, within ten minutes. Nothing is kept of those that never
// come back, so that nobody can fill the memory. They end with the program.
type states struct {
	key  []byte
	used *platform.Recent[string, struct{}]
}

func newStates() *states {
	return &states{key: random(32), used: platform.NewRecent[string, struct{}](stateKeep, stateSize)}
}

// issue returns a new state and the cookie that belongs to it.
func (s *states) issue(at time.Time) (state string, cookie *http.Cookie) {
	secret := base64.RawURLEncoding.EncodeToString(random(32))
	head := binary.BigEndian.AppendUint64(random(stateNonce), uint64(at.Unix()))
	return base64.RawURLEncoding.EncodeToString(append(head, s.sign(head, secret)...)), installCookie(secret, int(stateKeep/time.Second))
}

// redeem reports whether a state was issued to this browser, is not too old
// and was not here before.
func (s *states) redeem(state string, r *http.Request, at time.Time) bool {
	cookies := r.CookiesNamed(cookieName)
	raw, err := base64.RawURLEncoding.Strict().DecodeString(state)
	if err != nil || len(raw) != stateHead+sha256.Size || len(cookies) != 1 {
		return false
	}
	head := raw[:stateHead]
	if !hmac.Equal(raw[stateHead:], s.sign(head, cookies[0].Value)) {
		return false
	}
	age := at.Sub(time.Unix(int64(binary.BigEndian.Uint64(head[stateNonce:])), 0))
	return age <= stateKeep && s.used.First(string(head), at)
}

// sign binds a state to the secret of a cookie.
func (s *states) sign(head []byte, secret string) []byte {
	mac := hmac.New(sha256.New, s.key)
	mac.Write(head)
	mac.Write([]byte(secret))
	return mac.Sum(nil)
}

// installCookie is sent along when Slack sends the browser back, and with
// nothing that another page has it load.
func installCookie(value string, seconds int) *http.Cookie {
	return &http.Cookie{
		Name: cookieName, Value: value, Path: "/", MaxAge: seconds,
		Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	}
}

func spentCookie() *http.Cookie { return installCookie("", -1) }

func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // it never fails
	return b
}
