package console

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"iobot/bot"
)

// Once answers single requests, for scripts and programs.
type Once struct {
	Bot    Answerer
	Style  Style
	Media  Media
	JSON   bool              // print replies as JSON, one on a line
	Values map[string]string // what to fill the reply's form with; nil shows the form
}

// ValuesError says why Once.Values could not be sent.
type ValuesError string

// Error returns what to do.
func (e ValuesError) Error() string { return string(e) }

// Ask answers one request. When there are values for the form of the reply,
// they are sent with what its other fields hold, and the reply to that is
// printed.
func (o Once) Ask(ctx context.Context, q bot.Request, out io.Writer) error {
	r := o.Bot.Answer(ctx, q)
	if o.Values != nil && r.Form != nil {
		filled, err := fillIn(*r.Form, o.Values)
		if err != nil {
			return err
		}
		q.Line, q.Values = r.Form.Line, filled
		r = o.Bot.Answer(ctx, q)
	} else if o.Values != nil && r.Outcome == bot.Answer {
		return ValuesError("this asks for no values: leave them out")
	}
	if err := o.print(ctx, q, r, out); err != nil {
		return fmt.Errorf("write reply: %w", err)
	}
	return o.save(ctx, r, out)
}

// fillIn returns the values of all fields of a form. Those without a new one
// keep theirs: a value that is missing could be read as one that was emptied.
func fillIn(form bot.Form, values map[string]string) (map[string]string, error) {
	filled := map[string]string{}
	for _, field := range form.Fields {
		filled[field.Name] = field.Value
		value, ok := values[field.Name]
		if !ok {
			continue
		}
		filled[field.Name] = value
		if chosen, ok := choiceOf(field, value); ok {
			filled[field.Name] = chosen
		}
	}
	for name := range values {
		if _, ok := filled[name]; !ok {
			return nil, ValuesError(fmt.Sprintf("there is no field %q here; the fields are %s", name, strings.Join(names(form), ", ")))
		}
	}
	return filled, nil
}

func names(form bot.Form) []string {
	list := make([]string, 0, len(form.Fields))
	for _, field := range form.Fields {
		list = append(list, field.Name)
	}
	return list
}

// print writes a reply as JSON or text.
func (o Once) print(ctx context.Context, q bot.Request, r bot.Reply, out io.Writer) error {
	if o.JSON {
		return writeJSON(r, out)
	}
	text := Render(r, o.Style)
	if r.Form != nil {
		text += o.Style.form(*r.Form)
	}
	if _, err := io.WriteString(out, text); err != nil {
		return err
	}
	o.Media.show(ctx, r, o.Style, out)
	return nil
}

// save writes pictures and files to the folder where there is one, and
// otherwise says how to.
func (o Once) save(ctx context.Context, r bot.Reply, out io.Writer) error {
	if len(r.Pictures)+len(r.Files) == 0 {
		return nil
	}
	if o.Media.Folder == "" {
		if !o.JSON && o.Media.Assets != nil && len(r.Files) > 0 {
			fmt.Fprint(out, o.Style.line(dim, "", "iobot ask --save FOLDER … writes "+assetsOf(r)+" to a folder."))
		}
		return nil
	}
	paths, err := o.Media.save(ctx, r)
	for _, path := range paths {
		if !o.JSON {
			fmt.Fprint(out, whole("Saved: "+path))
		}
	}
	return err
}

func writeJSON(r bot.Reply, out io.Writer) error {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	return enc.Encode(r)
}

// maxLine is the longest line that is read. Longer than any question may be,
// so that a question that is too long is answered as one.
const maxLine = 1 << 20

// Batch reads one question a line and answers each with a JSON object a line,
// in order. The questions do not know of each other, and no form is filled in.
func Batch(ctx context.Context, b Answerer, q bot.Request, in io.Reader, out io.Writer) error {
	buffered := bufio.NewWriter(out)
	defer buffered.Flush()
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxLine)
	for lines.Scan() {
		q.Line = lines.Text()
		if err := writeJSON(b.Answer(ctx, q), buffered); err != nil {
			return fmt.Errorf("write reply: %w", err)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read questions: %w", err)
	}
	return buffered.Flush()
}
