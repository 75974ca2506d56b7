package console

import (
	"bytes"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
)

// The keys of a terminal.
const (
	enter = "\r"
	up    = "\x1b[A"
	back  = "\x7f"
	ctrlC = "\x03"
	ctrlD = "\x04"
	tabs  = "\t"
)

// press runs a chat between a keyboard and a screen, and returns what the
// screen got.
func press(t *testing.T, d *desk, keys string) string {
	t.Helper()
	var screen bytes.Buffer
	s := &session{Chat: Chat{Bot: d.bot()}}
	tty := (&tty{keys: iotest.OneByteReader(strings.NewReader(keys)), screen: &screen, style: &s.Style,
		size:     func() (int, int, error) { return 80, 24, nil },
		complete: func(line string) []string { return []string{line + "pinephrine"} }}).start()
	s.in, s.out = tty, tty
	if err := s.loop(t.Context()); err != nil {
		t.Fatal(err)
	}
	return ansi.Strip(screen.String())
}

// TestAFieldIsEditedInPlace holds that the up arrow brings back what a field
// holds, line by line, so that one figure is changed without typing the rest.
func TestAFieldIsEditedInPlace(t *testing.T) {
	d := &desk{}
	press(t, d, "edit"+enter+
		up+strings.Repeat(back, 7)+"2 mg/kg"+enter+
		up+strings.Repeat(back, 8)+"Newborns"+enter+
		up+enter+up+strings.Repeat(back, 1)+" twice."+enter+"."+enter+
		up+enter)
	want := []map[string]string{{"dose": "0.02 mg/kg", "for": "newborn", "how": "Push.\nFlush twice.", "note": "Old note."}}
	if diff := cmp.Diff(want, d.sent); diff != "" {
		t.Error(diff)
	}
}

// TestKeysLeaveTheFormAndNotTheChat holds for Ctrl-C in the middle of a word
// as well. At the prompt of the chat the same keys end it.
func TestKeysLeaveTheFormAndNotTheChat(t *testing.T) {
	for _, keys := range []string{ctrlD, ctrlC, "0.1" + ctrlC} {
		d := &desk{}
		screen := press(t, d, "edit"+enter+keys+"what now"+enter+keys+"late"+enter)
		if len(d.sent) > 0 || !strings.Contains(screen, "Nothing was changed.") || !strings.Contains(screen, "You asked: what now") || strings.Contains(screen, "late") {
			t.Errorf("%q: sent %v\n%s", keys, d.sent, screen)
		}
	}
}

func TestTabAndHistoryStayOutOfForms(t *testing.T) {
	d := &desk{}
	screen := press(t, d, "e"+tabs+enter+"edit"+enter+"0.1"+tabs+" mg/kg"+enter+enter+enter+enter+up+up+enter)
	if !strings.Contains(screen, "You asked: epinephrine") || len(d.sent) != 1 || d.sent[0]["dose"] != "0.1 mg/kg" {
		t.Errorf("sent %v\n%s", d.sent, screen)
	}
	if n := strings.Count(screen, "You asked: epinephrine"); n != 2 {
		t.Errorf("two questions back is not the one asked before the form:\n%s", screen)
	}
}

// TestTextCommandsNoTerminal holds that what somebody else wrote is shown as
// text and nothing more.
func TestTextCommandsNoTerminal(t *testing.T) {
	got := Style{Width: 40}.line(plain, "", "a\x1b[2Jb\x07\u009b31mc\td\r\ne")
	if got != "a[2Jb31mc d\ne\n" {
		t.Errorf("%q", got)
	}
	var screen bytes.Buffer
	chat := Chat{Bot: (&desk{}).bot()}
	if err := chat.Run(t.Context(), strings.NewReader("edit\nx\x1b]0;title\x07\n\n\n\n\n"), &screen); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(screen.String(), "\x1b\x07") {
		t.Errorf("%q", screen.String())
	}
}
