package console

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"

	"iobot/bot"
)

// Ask answers one line with text.
func Ask(ctx context.Context, b Answerer, q bot.Request, s Style, out io.Writer) error {
	_, err := io.WriteString(out, Render(b.Answer(ctx, q), s))
	return err
}

// AskJSON answers one line with a JSON object on a line of its own.
func AskJSON(ctx context.Context, b Answerer, q bot.Request, out io.Writer) error {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	return enc.Encode(b.Answer(ctx, q))
}

// maxLine is the longest line that Batch reads. Longer than any question may
// be, so that a question that is too long is answered as one.
const maxLine = 1 << 20

// Batch reads one question a line and answers each with a JSON object a line,
// in order. The questions do not know of each other.
func Batch(ctx context.Context, b Answerer, q bot.Request, in io.Reader, out io.Writer) error {
	buffered := bufio.NewWriter(out)
	defer buffered.Flush()
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxLine)
	for lines.Scan() {
		q.Line = lines.Text()
		if err := AskJSON(ctx, b, q, buffered); err != nil {
			return fmt.Errorf("write reply: %w", err)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read questions: %w", err)
	}
	return buffered.Flush()
}
