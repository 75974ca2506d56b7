package discord

import (
	"regexp"
	"strings"
	"unicode"
)

// literal makes a text show as it is written where Discord reads Markdown:
// no emphasis, list, heading, link, mention or time comes of it.
func literal(s string) string {
	s = markup.Replace(plain(s))
	if !opening.MatchString(s) {
		return s
	}
	return opening.ReplaceAllString(s, `$1\$2`)
}

// markup escapes what means something anywhere in a line. The zero-width space
// keeps "@everyone" from looking like a call; nobody is called anyway.
var markup = strings.NewReplacer(`\`, `\\`, `*`, `\*`, `_`, `\_`, `~`, `\~`, "`", "\\`", `|`, `\|`,
	`<`, `\<`, `[`, `\[`, `://`, `:\//`, `@`, "@\u200b")

// opening matches what means something at the start of a line only: headings,
// quotes, lists and small print.
var opening = regexp.MustCompile(`(?m)^(\s*\d*)([#>+\-]|[.)]\s)`)

// plain drops what is invisible or turns text around, and knows one line end.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && (unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point)) {
			return -1
		}
		return r // an invalid byte arrives here as U+FFFD
	}, ends.Replace(s))
}

// ends makes every end of a line "\n", and a tab a space.
var ends = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\t", " ")

// line is a text as a single line.
func line(s string) string { return strings.Join(strings.Fields(plain(s)), " ") }
