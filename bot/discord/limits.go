package discord

import (
	"unicode/utf16"
	"unicode/utf8"
)

// Discord's limits, counted in UTF-16 units where it counts characters. Those
// on text are kept at a distance: above 4,000 characters Discord refuses a
// message, and at about 10,170 bytes its servers fail.
const (
	maxText      = 3500 // characters of all text displays of a message together
	maxTextBytes = 9000 // bytes of the same, with textOverhead for each
	textOverhead = 12

	maxID          = 100
	maxLabel       = 80 // of a button
	maxOption      = 100
	maxOptions     = 25
	maxPlaceholder = 150
	maxDescription = 100 // of a command or an option
	maxComponents  = 40  // of a message, those inside others included
	rowButtons     = 5
	maxChoices     = 25 // of an autocomplete

	readable      = 1800 // characters of body that a person reads at once
	easyLabel     = 38   // a button that a phone shows on one line
	titleRoom     = 400
	warningRoom   = 1500
	warningBytes  = 4000
	footerRoom    = 500
	boldLead      = 160 // characters; a longer one is a paragraph, and no paragraph is bold
	tapsOfAnswer  = 5   // choices of an answer that become buttons; more become a menu
	tapsOfClarify = 10
)

// size is how much of Discord's limits a text takes.
type size struct{ chars, bytes int }

func sizeOf(s string) size { return size{chars(s), len(s)} }

func (s size) plus(t size) size { return size{s.chars + t.chars, s.bytes + t.bytes} }

func (s size) minus(t size) size { return size{s.chars - t.chars, s.bytes - t.bytes} }

func (s size) over(limit size) bool { return s.chars > limit.chars || s.bytes > limit.bytes }

// chars counts as Discord does.
func chars(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// clip shortens a text to so many characters and ends it with "…" when it had
// to. Whoever clips shows the rest elsewhere.
func clip(s string, most int) string {
	head, rest := cut(s, most)
	if rest == "" {
		return s
	}
	head, _ = cut(head, most-1)
	return head + "…"
}

// cut splits a text after at most so many characters.
func cut(s string, most int) (head, rest string) {
	n := 0
	for i, r := range s {
		n += max(utf16.RuneLen(r), 1)
		if n > most {
			return s[:i], s[i:]
		}
	}
	return s, ""
}

// last returns the last rune of a text, first the first one.
func last(s string) rune { r, _ := utf8.DecodeLastRuneInString(s); return r }

func first(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }
