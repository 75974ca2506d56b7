package editorial

import (
	"errors"
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

// isVisible reports whether an error is a sentence for whoever asked.
func isVisible(err error) bool {
	var visible bot.VisibleError
	return errors.As(err, &visible)
}

func isDenied(err error) bool {
	var denied Denied
	return errors.As(err, &denied)
}
