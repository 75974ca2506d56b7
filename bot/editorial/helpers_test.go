package editorial

import (
	"strings"
	"testing"

	"iobot/bot"
)

func request(platform, name string) bot.Request {
	return bot.Request{Platform: platform, Tenant: map[string]string{"slack": "T1", "discord": "9"}[platform], User: name}
}

func replaceOnce(t testing.TB, text, old, with string) string {
	t.Helper()
	if strings.Count(text, old) != 1 {
		t.Fatalf("%q stands %d times in the text", old, strings.Count(text, old))
	}
	return strings.Replace(text, old, with, 1)
}
