package main

import (
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/term"

	"iobot/bot"
	"iobot/bot/console"
)

// screen returns the file that output goes to when it is a terminal.
func screen(w world) *os.File {
	file, ok := w.out.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return nil
	}
	return file
}

// style is plain text, wrapped and coloured only where a person reads it.
func style(w world) console.Style {
	file := screen(w)
	if file == nil {
		return console.Style{}
	}
	width, _, err := term.GetSize(int(file.Fd()))
	if err != nil {
		width = 0
	}
	color := w.getenv("NO_COLOR") == "" && w.getenv("TERM") != "dumb"
	return console.Style{Width: width, Color: color}
}

// media is how pictures are shown: drawn where the terminal can, as a path
// where it cannot, and by their titles alone where no person is looking.
func media(w world, assets bot.Assets) console.Media {
	m := console.Media{Assets: assets}
	if screen(w) == nil {
		return m
	}
	m.Inline = protocol(w.getenv)
	if dir, err := os.UserCacheDir(); err == nil {
		m.Cache = filepath.Join(dir, "iobot")
	}
	return m
}

// protocol tells from the environment how a terminal draws pictures. Those
// that run inside another, such as tmux, pass no pictures on; and a terminal
// that was started from another one may have inherited its variables, so the
// more telling ones come first.
func protocol(getenv func(string) string) console.Protocol {
	name, program := getenv("TERM"), getenv("TERM_PROGRAM")
	switch {
	case getenv("TMUX") != "", getenv("STY") != "", strings.HasPrefix(name, "screen"), strings.HasPrefix(name, "tmux"), name == "dumb":
		return console.None
	case name == "xterm-kitty", name == "xterm-ghostty":
		return console.Kitty
	case program == "iTerm.app", program == "WezTerm":
		return console.ITerm2
	case program == "ghostty", program == "" && getenv("KITTY_WINDOW_ID") != "":
		return console.Kitty
	}
	return console.None
}
