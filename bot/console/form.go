package console

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"iobot/bot"
)

// errLeft ends a form that the asker left.
var errLeft = errors.New("the form was left")

// filling is a form that is being filled in.
type filling struct {
	form    bot.Form
	typed   map[string]string // by the name of the field
	sent    bool
	failed  bool // the last reply was that there is none
	changed bool // by the last round of questions
}

// values are what is sent: what was typed, and what was there.
func (f *filling) values() map[string]string {
	values := map[string]string{}
	for _, field := range f.form.Fields {
		values[field.Name] = f.value(field)
	}
	return values
}

func (f *filling) value(field bot.FormField) string {
	if typed, ok := f.typed[field.Name]; ok {
		return typed
	}
	return field.Value
}

// toAsk are the fields to ask for: those with a problem when the form came
// back, and all when changing those was of no use.
func (f *filling) toAsk() []bot.FormField {
	if wrong := withProblem(f.form); f.sent && f.changed && len(wrong) > 0 {
		return wrong
	}
	return f.form.Fields
}

func withProblem(form bot.Form) []bot.FormField {
	var wrong []bot.FormField
	for _, field := range form.Fields {
		if field.Problem != "" {
			wrong = append(wrong, field)
		}
	}
	return wrong
}

// back is the form that came back after this one was sent. When it is the same
// one with problems, what was typed is kept, also where the command did not
// send it back. To another form nothing is carried over: its fields may have
// the same names and mean another drug.
func (f *filling) back(form bot.Form) *filling {
	next := &filling{form: form, typed: map[string]string{}, sent: true}
	if form.Line == f.form.Line && len(withProblem(form)) > 0 {
		next.typed, next.changed = f.typed, f.changed
	}
	return next
}

// fill asks for the fields of a form and sends them, until the command takes
// them or the asker leaves.
func (s *session) fill(ctx context.Context, form bot.Form) error {
	f := &filling{form: form, typed: map[string]string{}}
	for ctx.Err() == nil {
		err := s.fields(f)
		switch {
		case errors.Is(err, errLeft) || errors.Is(err, io.EOF):
			s.say(plain, "", left(f))
			return nil
		case err != nil:
			return fmt.Errorf("read form: %w", err)
		}
		fmt.Fprintln(s.out)
		s.answer(ctx, f.form.Line, f.values())
		switch {
		case s.last.Form != nil:
			f = f.back(*s.last.Form)
		case s.last.Outcome == bot.Failed:
			f.sent, f.failed = true, true
		default:
			return nil
		}
	}
	return nil
}

// fields asks for the fields of a form one after the other.
func (s *session) fields(f *filling) error {
	fmt.Fprintln(s.out)
	if f.failed || len(f.form.Fields) == 0 {
		return s.confirm(f)
	}
	if f.form.Title != s.last.Title {
		s.say(bold, "", f.form.Title)
	}
	s.say(dim, "", "An empty line keeps what is there."+s.in.hint()+" cancel leaves and sends nothing.")
	ask := f.toAsk()
	f.changed = false
	for _, field := range ask {
		value, err := s.field(field, f.value(field))
		if err != nil {
			return err
		}
		f.changed = f.changed || value != f.value(field)
		f.typed[field.Name] = value
	}
	return nil
}

// confirm waits for the word to send what needs no more typing.
func (s *session) confirm(f *filling) error {
	what := f.form.Submit
	if f.failed {
		what = "send it again; what you typed is kept"
	}
	for {
		s.say(plain, "", "An empty line: "+what+". cancel leaves.")
		switch line, err := s.line(nil); {
		case err != nil:
			return err
		case line == "":
			return nil
		}
	}
}

// field asks for one field until what was typed can be sent.
func (s *session) field(field bot.FormField, now string) (string, error) {
	s.about(field, now)
	for {
		typed, err := s.typed(field, now)
		if err != nil {
			return "", err
		}
		value, problem := accept(field, now, typed)
		if problem == "" {
			return value, nil
		}
		s.say(red, "  ! ", problem)
	}
}

// about prints what a field is for and what it holds.
func (s *session) about(field bot.FormField, now string) {
	fmt.Fprintln(s.out)
	s.say(bold, "", field.Label)
	if field.Problem != "" {
		s.say(red, "  ! ", field.Problem)
	}
	if field.Hint != "" {
		s.say(dim, "  ", field.Hint)
	}
	for i, c := range field.Choices {
		s.say(cyan, fmt.Sprintf("%4d  ", i+1), c.Label)
	}
	if now != "" {
		s.say(plain, "  Now: ", labelOf(field, now))
	}
	if how := how(field); how != "" {
		s.say(dim, "  ", how)
	}
}

// typed reads what is typed into a field: one line, or several until one that
// holds a single full stop. Up brings back what the field holds.
func (s *session) typed(field bot.FormField, now string) (string, error) {
	recall := strings.Split(labelOf(field, now), "\n")
	if !field.Long {
		return s.line(recall)
	}
	var text []string
	for {
		line, err := s.line(recall[min(len(text), len(recall)):])
		first := len(text) == 0
		switch {
		case err != nil:
			return "", err
		case first && (line == "" || line == empties):
			return line, nil
		case line == ".":
			return strings.TrimRight(strings.Join(text, "\n"), " \n"), nil
		}
		text = append(text, line)
	}
}

// line reads one line of a form.
func (s *session) line(recall []string) (string, error) {
	line, err := s.in.read("> ", recall)
	line = strings.TrimRight(line, " \t\r")
	if err == nil && strings.EqualFold(strings.TrimSpace(line), "cancel") {
		return "", errLeft
	}
	return line, err
}

// left says what leaving a form means.
func left(f *filling) string {
	if f.sent {
		return "Nothing more was sent."
	}
	return "Nothing was changed."
}
