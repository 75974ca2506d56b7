package slack

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// plain makes a text safe to show where Slack reads no markup: rich_text,
// plain_text and raw_text. It is the visible text, and what looks like a call
// ("<!here>", "<@U1>") opens with another bracket, for whatever may read the
// text again later.
func plain(s string) string {
	if simple(s) {
		return s
	}
	s = visible(s)
	var b strings.Builder
	for i, r := range s {
		if r == '<' && opensCall(s[i+1:]) {
			r = '‹'
		}
		b.WriteRune(r)
	}
	return b.String()
}

// visible drops what nobody sees and turns every line end into "\n". A field
// of a form holds it, so that what is sent back is what was there.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r', r == '\u2028', r == '\u2029', r == '\u0085':
			return '\n'
		case r == '\t', r == '\v', r == '\f':
			return ' '
		case invisible(r):
			return -1
		}
		return r // an invalid byte arrives here as U+FFFD
	}, strings.ReplaceAll(s, "\r\n", "\n"))
}

// simple reports whether a text is printable ASCII without a bracket.
func simple(s string) bool {
	for i := range len(s) {
		if s[i] < 0x20 || s[i] > 0x7e || s[i] == '<' {
			return false
		}
	}
	return true
}

func opensCall(rest string) bool {
	return rest != "" && strings.ContainsRune("!@#", rune(rest[0]))
}

// invisible reports whether a character reorders, hides or joins others, or
// shows nothing itself.
func invisible(r rune) bool {
	return unicode.IsControl(r) && r != '\n' ||
		unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// literal makes a text safe to show where Slack does read markup: mrkdwn and
// the text of a message.
func literal(s string) string { return entities(unlinked(quiet(plain(s)))) }

func entities(s string) string {
	if !strings.ContainsAny(s, "&<>") {
		return s
	}
	s = strings.ReplaceAll(s, "&", "&amp;") // first, or it would change the others
	s = strings.ReplaceAll(s, "<", "&lt;")
	return strings.ReplaceAll(s, ">", "&gt;")
}

// quiet swaps each character that could begin bold, a quote, an emoji, a
// mention, a channel or a link for one that looks alike and means nothing to
// Slack. Titles and labels, in which Slack reads no markup, get it too: what
// shows them elsewhere may read it.
func quiet(s string) string {
	if !strings.ContainsAny(s, ">*_~`@#:") {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + len(s)/8)
	before := '\n' // the character before, spaces at the start of a line left out
	for i, r := range s {
		b.WriteRune(quieter(before, r, s[i+utf8.RuneLen(r):]))
		if r != ' ' || before != '\n' {
			before = r
		}
	}
	return b.String()
}

// quieter is what to write in place of a character.
func quieter(before, r rune, after string) rune {
	switch {
	case r == '*':
		return '∗'
	case r == '_':
		return '＿'
	case r == '~':
		return '∼'
	case r == '`':
		return 'ˋ'
	case r == '@':
		return '＠'
	case r == '>' && before == '\n': // a quote
		return '＞'
	case r == '#' && startsWord(after, 1): // a channel
		return '＃'
	case r == ':' && after != "" && after[0] != ' ' && after[0] != '\n': // ":smile:", "https://"
		return '∶'
	}
	return r
}

// unlinked swaps the dot in what reads like the name of a host, such as
// "example.org", but not in "0.5" or "e.g.".
func unlinked(s string) string {
	if !strings.Contains(s, ".") {
		return s
	}
	var b strings.Builder
	before := ' '
	for i, r := range s {
		if r == '.' && (unicode.IsLetter(before) || unicode.IsDigit(before)) && startsWord(s[i+1:], 2) {
			r = '․'
		}
		b.WriteRune(r)
		before = r
	}
	return b.String()
}

// startsWord reports whether a text starts with that many letters.
func startsWord(s string, letters int) bool {
	for _, r := range s {
		if !unicode.IsLetter(r) {
			return false
		}
		if letters--; letters == 0 {
			return true
		}
	}
	return false
}

// clip shortens a text to that many characters and ends it with "…" when it
// had to. Whoever clips shows the whole text elsewhere.
func clip(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	runes := []rune(s)
	return strings.TrimSpace(string(runes[:most-1])) + "…"
}

// line is a text as a single line.
func line(s string) string {
	return strings.Join(strings.Fields(plain(s)), " ")
}
