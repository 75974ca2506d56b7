package command_test

import (
	"slices"
	"strings"
	"testing"

	"iobot/bot"
)

// FuzzAnswer types anything at all. Nothing panics, a reply that does not
// answer holds no dose, and a dose is only given with a unit in the line.
func FuzzAnswer(f *testing.F) {
	for _, seed := range []string{
		"dose adrenaline 12 kg", "dose epi 12,5 kg", "dose epinephrine#arrest newborn 3.2 kg", "site 8 months", "needle 22 lb",
		"why no flush no flow", "source RCH", "help dose", "about", "肾上腺素 15公斤", "dose epi 1:10,000 20 kg", "and for 20 kg?",
		"dose lidocaine io pain adult", "ask article/flushing#why", "dose # kg", "dose epinephrine# 12 kg", "/io", "ask ask ask",
	} {
		f.Add(seed)
	}
	b := newBot(f)
	outcomes := []bot.Outcome{bot.Answer, bot.Clarify, bot.NotFound, bot.Refused}
	f.Fuzz(func(t *testing.T, line string) {
		r := ask(b, line)
		if !slices.Contains(outcomes, r.Outcome) || r.Title == "" || len(r.Blocks) == 0 {
			t.Fatalf("%q: %s %q", line, r.Outcome, r.Title)
		}
		if r.Dose != nil && (r.Outcome != bot.Answer || r.Dose.WeightKg != "" && !holdsUnit(line)) {
			t.Errorf("%q: %s with %+v", line, r.Outcome, r.Dose)
		}
		for _, c := range r.Choices {
			if c.Label == "" || c.Command == "" {
				t.Errorf("%q offers an empty choice", line)
			}
		}
	})
}

// holdsUnit reports whether a line can hold a unit of weight, in any of the
// languages that are read.
func holdsUnit(line string) bool {
	line = strings.ToLower(line)
	return strings.ContainsAny(line, "gк公千キ克㎏किگكغ") || strings.Contains(line, "kilo")
}
