package console

import (
	"encoding/base64"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/ansi/iterm2"
	"github.com/charmbracelet/x/ansi/kitty"
)

// Protocol is the way a terminal draws pictures between lines of text.
type Protocol int

// The protocols.
const (
	None   Protocol = iota
	Kitty           // of kitty and Ghostty
	ITerm2          // of iTerm2 and WezTerm
)

// pictureWidth is how wide a picture is drawn, in columns: about 480 pixels,
// at which its labels are easy to read.
const pictureWidth = 60

// encode returns the escape sequences that draw a PNG.
func (p Protocol) encode(png []byte, s Style) string {
	columns := pictureWidth
	if s.Width > 0 {
		columns = min(columns, s.Width)
	}
	data := []byte(base64.StdEncoding.EncodeToString(png))
	switch p {
	case Kitty:
		return encodeKitty(data, columns)
	case ITerm2:
		return ansi.ITerm2(iterm2.File{Size: int64(len(png)), Width: iterm2.Cells(columns), Inline: true, Content: data})
	}
	return ""
}

// encodeKitty cuts the data into chunks, as the protocol wants. The terminal
// is told to stay quiet, because what it answers would be read as typed.
func encodeKitty(data []byte, columns int) string {
	var b strings.Builder
	first := kitty.Options{Action: kitty.TransmitAndPut, Format: kitty.PNG, Quiet: 2, Columns: columns}
	options := first.Options()
	for len(data) > 0 {
		chunk := data[:min(len(data), kitty.MaxChunkSize)]
		data = data[len(chunk):]
		more := "m=0"
		if len(data) > 0 {
			more = "m=1"
		}
		b.WriteString(ansi.KittyGraphics(chunk, append(options, more)...))
		options = nil
	}
	return b.String()
}
