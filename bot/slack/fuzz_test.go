package slack

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"iobot/bot"
)

// FuzzRender renders one text in every place of a reply, and many times over:
// it never panics, stays within the limits, keeps warnings whole, drops
// nothing and holds nothing that Slack acts on.
func FuzzRender(f *testing.F) {
	for _, s := range hostileTexts(f) {
		f.Add(s, "ask x", 0, len(s))
	}
	f.Add("flow & pressure ", "ask flow", 60, 2)
	f.Add("漢字<", "ask 漢字", 63, 3)
	f.Fuzz(func(t *testing.T, s, command string, times, part int) {
		s = strings.Repeat(s, 1+times&63)
		s = s[:min(len(s), 4_000)]
		r := filled(s)
		ways := everyPayload(r, command)
		name := slices.Sorted(maps.Keys(ways))[(part&0xff)%len(ways)]
		for _, problem := range problems(t, ways[name]()) {
			t.Errorf("%s: %s", name, problem)
		}
		m := Render(r, Card{Line: command, Part: part})
		for _, problem := range problems(t, m) {
			t.Error(problem)
		}
		checkWarnings(t, r, m)
		checkComplete(t, r)
	})
}

// checkComplete reports a block whose text is in no part.
func checkComplete(t *testing.T, r bot.Reply) {
	t.Helper()
	r.Blocks = []bot.Block{r.Blocks[2], bot.Fields{Rows: []bot.Field{{Label: "Label", Value: r.Title}}}}
	r.Title, r.Choices, r.Sources = "A title", nil, nil
	var shown strings.Builder
	for part, parts := 1, 1; part <= parts; part++ {
		l := layOut(r, Card{Line: "ask x", Part: part}, inMessage)
		parts = l.parts
		for _, p := range l.body {
			shown.WriteString(strings.TrimPrefix(p.text, "(continued) "))
		}
	}
	squeezed := func(s string) string { return strings.Join(strings.Fields(s), "") }
	text := squeezed(plain(r.Blocks[0].(bot.Text).Text))
	if got := squeezed(shown.String()); strings.Count(got, text) < 2 && text != "" {
		t.Errorf("not all of %q is in %q", text, got)
	}
}

func BenchmarkRender(b *testing.B) {
	replies := map[string]bot.Reply{"dose": doseReply(), "article": articleReply(8), "longest": longestReply()}
	for name, r := range replies {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Render(r, Card{Line: "dose adrenaline 12 kg"})
			}
		})
	}
}
