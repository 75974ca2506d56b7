package discord

import (
	"crypto/ed25519"
	"encoding/hex"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"iobot/bot/platform"
)

const ping = `{"type":1,"id":"1","application_id":"9001"}`

func TestPing(t *testing.T) {
	if status, text := newClient(t).post(ping); status != 200 || text != `{"type":1}` {
		t.Errorf("got %d %s", status, text)
	}
}

// TestForgedRequests changes one thing of a rightly signed request at a time.
func TestForgedRequests(t *testing.T) {
	c := newClient(t)
	stamp := strconv.FormatInt(c.now.Unix(), 10)
	good := hex.EncodeToString(ed25519.Sign(c.key, []byte(stamp+ping)))
	if status, _ := c.send(ping, stamp, good); status != 200 {
		t.Fatal("the original is refused")
	}
	old := strconv.FormatInt(c.now.Add(-platform.MaxSkew).Unix()-1, 10)
	ahead := strconv.FormatInt(c.now.Add(platform.MaxSkew).Unix()+1, 10)
	_, other, _ := ed25519.GenerateKey(nil)
	sign := func(stamp, body string) string { return hex.EncodeToString(ed25519.Sign(c.key, []byte(stamp+body))) }
	for name, r := range map[string][3]string{
		"no signature":    {ping, stamp, ""},
		"no timestamp":    {ping, "", good},
		"63 bytes":        {ping, stamp, good[:126]},
		"65 bytes":        {ping, stamp, good + "00"},
		"not hexadecimal": {ping, stamp, "zz" + good[2:]},
		"upper case":      {ping, stamp, strings.ToUpper(good)},
		"another key":     {ping, stamp, hex.EncodeToString(ed25519.Sign(other, []byte(stamp+ping)))},
		"another body":    {ping + " ", stamp, good},
		"another time":    {ping, old, good},
		"replayed":        {ping, old, sign(old, ping)},
		"from the future": {ping, ahead, sign(ahead, ping)},
		"moved border":    {ping[1:], stamp + "{", good},
		"odd timestamp":   {ping, "+" + stamp[1:], sign("+"+stamp[1:], ping)},
	} {
		if status, text := c.send(r[0], r[1], r[2]); status != 401 || text != "Unauthorized\n" {
			t.Errorf("%s: %d %q", name, status, text)
		}
	}
}

func TestMutatedSignatures(t *testing.T) {
	c := newClient(t)
	stamp := strconv.FormatInt(c.now.Unix(), 10)
	good := ed25519.Sign(c.key, []byte(stamp+ping))
	random := rand.New(rand.NewPCG(1, 2))
	for range 10_000 {
		sum := append([]byte(nil), good...)
		for range 1 + random.IntN(3) {
			sum[random.IntN(len(sum))] ^= byte(1 << random.IntN(8))
		}
		if string(sum) == string(good) {
			continue
		}
		if status, _ := c.send(ping, stamp, hex.EncodeToString(sum)); status != 401 {
			t.Fatalf("%x is accepted", sum)
		}
	}
}

func TestRefusedBeforeParsing(t *testing.T) {
	c := newClient(t)
	if status, _ := c.post(strings.Repeat("x", maxBody+1)); status != 413 {
		t.Errorf("a large body: %d", status)
	}
	for _, body := range []string{"", "null", "[]", "{", `{"type":0}`, `{"type":"2"}`, "\xff"} {
		if status, _ := c.post(body); status != 400 {
			t.Errorf("%q: %d", body, status)
		}
	}
	w := httptest.NewRecorder()
	c.app.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/discord/interactions", nil))
	if w.Code != 405 {
		t.Errorf("GET: %d", w.Code)
	}
}

func TestKeysAreChecked(t *testing.T) {
	for _, key := range []string{"", "00", strings.Repeat("0", 64), strings.Repeat("g", 64), strings.Repeat("a", 66)} {
		if _, err := newVerifier(key, nil); err == nil {
			t.Errorf("the key %q is accepted", key)
		}
	}
}

func TestSecondDeliveryHasNoEffect(t *testing.T) {
	c := newClient(t)
	body := strings.NewReplacer("%ID", "5", "%DATA", `{"name":"io","type":1,"options":[{"name":"help","type":1}]}`).Replace(question)
	if status, _ := c.post(body); status != 200 {
		t.Fatal(status)
	}
	if status, text := c.post(body); status != 202 || text != "" {
		t.Errorf("the second time: %d %q", status, text)
	}
}
