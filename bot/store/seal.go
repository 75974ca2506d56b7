package store

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
)

// MinKey is the shortest key in characters that Open takes. A key is meant to
// be random, not a word: `openssl rand -base64 32` prints a good one.
const MinKey = 32

// sealed begins what sealer writes and says how it was written.
const sealed = 1

var (
	errNoKey   = errors.New("there is no key to seal tokens with")
	errNotOpen = errors.New("none of the keys opens the token; is a key missing that was used before?")
)

// sealer encrypts with its first key and decrypts with any.
type sealer []cipher.AEAD

func newSealer(keys []string) (sealer, error) {
	var s sealer
	for i, key := range keys {
		key = strings.TrimSpace(key)
		if len(key) < MinKey {
			return nil, fmt.Errorf("open state: token key %d is empty or shorter than %d characters", i+1, MinKey)
		}
		aead, err := newAEAD(key)
		if err != nil {
			return nil, fmt.Errorf("open state: token key %d: %w", i+1, err)
		}
		s = append(s, aead)
	}
	return s, nil
}

// newAEAD makes 32 bytes of whatever the key looks like.
func newAEAD(key string) (cipher.AEAD, error) {
	raw, err := hkdf.Key(sha256.New, []byte(key), nil, "iobot tokens 1", 32)
	if err != nil {
		return nil, fmt.Errorf("derive key: %w", err)
	}
	block, err := aes.NewCipher(raw)
	if err != nil {
		return nil, fmt.Errorf("use key: %w", err)
	}
	return cipher.NewGCM(block)
}

// seal encrypts text for one place in the file, and no other. The same text
// is never written alike twice.
func (s sealer) seal(text, where string) ([]byte, error) {
	if len(s) == 0 {
		return nil, errNoKey
	}
	nonce := make([]byte, s[0].NonceSize())
	_, _ = rand.Read(nonce) // it never fails
	return s[0].Seal(append([]byte{sealed}, nonce...), nonce, []byte(text), []byte(where)), nil
}

// open decrypts what was sealed for the same place, and says whether another
// key than the first one did it.
func (s sealer) open(box []byte, where string) (text string, old bool, err error) {
	for i, aead := range s {
		n := 1 + aead.NonceSize()
		if len(box) < n || box[0] != sealed {
			break
		}
		plain, err := aead.Open(nil, box[1:n], box[n:], []byte(where))
		if err == nil {
			return string(plain), i > 0, nil
		}
	}
	return "", false, errNotOpen
}
