package main

import (
	"bytes"
	"testing"

	"iobot/bot/console"
)

// TestPicturesAreDrawnWhereTheTerminalCan lists what terminals say of
// themselves, those that run inside another one too.
func TestPicturesAreDrawnWhereTheTerminalCan(t *testing.T) {
	for _, test := range []struct {
		name string
		env  map[string]string
		want console.Protocol
	}{
		{"kitty", map[string]string{"TERM": "xterm-kitty", "KITTY_WINDOW_ID": "1"}, console.Kitty},
		{"kitty with another TERM", map[string]string{"TERM": "xterm-256color", "KITTY_WINDOW_ID": "1"}, console.Kitty},
		{"Ghostty", map[string]string{"TERM": "xterm-ghostty", "TERM_PROGRAM": "ghostty"}, console.Kitty},
		{"Ghostty with another TERM", map[string]string{"TERM": "xterm-256color", "TERM_PROGRAM": "ghostty"}, console.Kitty},
		{"iTerm2", map[string]string{"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, console.ITerm2},
		{"WezTerm", map[string]string{"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, console.ITerm2},
		{"WezTerm started from kitty", map[string]string{"TERM_PROGRAM": "WezTerm", "KITTY_WINDOW_ID": "1"}, console.ITerm2},
		{"kitty started from iTerm2", map[string]string{"TERM": "xterm-kitty", "TERM_PROGRAM": "iTerm.app"}, console.Kitty},
		{"an editor started from kitty", map[string]string{"TERM_PROGRAM": "vscode", "KITTY_WINDOW_ID": "1"}, console.None},
		{"tmux in kitty", map[string]string{"TERM": "tmux-256color", "TMUX": "/tmp/tmux", "KITTY_WINDOW_ID": "1"}, console.None},
		{"screen in iTerm2", map[string]string{"TERM": "screen", "TERM_PROGRAM": "iTerm.app"}, console.None},
		{"xterm", map[string]string{"TERM": "xterm-256color"}, console.None},
		{"dumb", map[string]string{"TERM": "dumb", "KITTY_WINDOW_ID": "1"}, console.None},
		{"nothing", nil, console.None},
	} {
		if got := protocol(func(key string) string { return test.env[key] }); got != test.want {
			t.Errorf("%s: protocol %d, want %d", test.name, got, test.want)
		}
	}
}

// TestNothingIsDrawnIntoAPipe holds whatever the environment says.
func TestNothingIsDrawnIntoAPipe(t *testing.T) {
	w := world{getenv: func(string) string { return "xterm-kitty" }, out: &bytes.Buffer{}}
	if m := media(w, nil); m.Inline != console.None || m.Cache != "" {
		t.Errorf("a pipe gets %+v", m)
	}
}
