package slack

import "regexp"

var (
	addresses = regexp.MustCompile(`(?i)\b(https?|wss?)://[^\s"]+`)
	tokens    = regexp.MustCompile(`\bx(ox[a-z]|app)[-.][A-Za-z0-9.-]+`)
)

// redact returns the text of an error without addresses and tokens.
func redact(err error) string {
	text := addresses.ReplaceAllString(err.Error(), "[address]")
	return tokens.ReplaceAllString(text, "[token]")
}
