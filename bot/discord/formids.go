package discord

import (
	"regexp"
	"strings"

	"iobot/bot"
)

// fieldDivision stands in an id between the name of a field and a part of the
// line.
const fieldDivision = ":"

// fieldName matches the name of a field. It leaves room in an id for a part of
// the line.
var fieldName = regexp.MustCompile(`^[a-z0-9_.-]{1,48}$`)

// formIDs writes the line of a form into its id and, when it is longer, into
// those of its fields behind their names: nothing is kept for it here. It
// reports false for a form that Discord would not take. The number is the
// length of the line, so that no part of it is taken for the whole.
func formIDs(f *bot.Form) ([]string, bool) {
	if f == nil || len(f.Fields) == 0 || len(f.Fields) > maxFormParts || line(f.Title) == "" || !carriesForm(f.Line) {
		return nil, false
	}
	head := action{verb: form, number: chars(f.Line)}.head()
	front, rest := cutInWord(f.Line, maxID-chars(head))
	ids, seen := []string{head + front}, map[string]bool{}
	for _, field := range f.Fields {
		id := field.Name + fieldDivision
		if !fieldName.MatchString(field.Name) || seen[id] || line(field.Label) == "" || chars(field.Value) > bot.MaxFormValue {
			return nil, false
		}
		seen[id] = true
		front, rest = cutInWord(rest, maxID-chars(id))
		ids = append(ids, id+front)
	}
	return ids, rest == ""
}

// carriesForm reports whether a line comes back unchanged from the ids of a
// form with many fields.
func carriesForm(l string) bool { return l != "" && len(l) <= 4*bot.MaxInput && line(l) == l }

// filled reads a form that was sent: the line it is for and what was typed.
// The line is empty for the form that asks again.
func (d inData) filled() (l string, values map[string]string, err error) {
	act, err := parseAction(d.CustomID, "")
	if err != nil || act.verb != form {
		return "", nil, errOutdated
	}
	l, values = act.line, map[string]string{}
	for _, in := range d.inputs() {
		name, part, of := strings.Cut(in.id, fieldDivision)
		if !of {
			continue
		}
		if _, twice := values[name]; twice {
			return "", nil, errOutdated
		}
		values[name] = in.value
		l += part
	}
	if chars(l) != act.number {
		return "", nil, errOutdated
	}
	return l, values, nil
}

// typed finds the text of an input in a form.
func (d inData) typed(id string) string {
	for _, in := range d.inputs() {
		if in.id == id {
			return in.value
		}
	}
	return ""
}
