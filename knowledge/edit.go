package knowledge

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Part is a piece of a file small enough for one form.
type Part struct {
	ID     string // "arrest-child/dose"
	Title  string // "arrest-child: Dose"
	Fields []EditField
}

// EditField is a field of a form: what it is called, and its text as written.
// A list has one item a line.
type EditField struct {
	Name     string
	Label    string   // at most 45 characters
	Hint     string   // at most 100 characters, with an example
	Value    string   // empty when the field is absent
	Long     bool     // needs several lines
	Optional bool     // may be emptied
	Choices  []string // the words that may be written, when only those may
	Locked   string   // why it cannot be edited in chat; empty when it can
	list     bool     // each line is an item
}

// maxEdited is how many characters a text may have to be edited in chat.
const maxEdited = 3_000

// FieldError is a mistake in what was typed into a field of a form.
type FieldError struct {
	Part, Field string
	Message     string // what is wrong and what to write instead
}

// Error names the field and the mistake.
func (e *FieldError) Error() string { return e.Field + ": " + e.Message }

// PartsOf lists the forms in which a file can be edited, in the order of the
// file. It reads files that hold mistakes, so that these can be mended, but not
// files that are no YAML.
func PartsOf(file string, text []byte) ([]Part, error) {
	d, err := readDocument(file, text)
	if err != nil {
		return nil, fmt.Errorf("read the parts of %s: %w", file, err)
	}
	var parts []Part
	for _, s := range d.slots {
		parts = append(parts, s.Part)
	}
	for _, s := range d.sections {
		parts = append(parts, s.part())
	}
	return parts, nil
}

// Edit writes values into fields of a part of a file. Fields that are not in
// values, and all else in the file, keep every byte. A field whose value is
// empty is taken out; an item of a list all of whose fields are empty goes with
// them. A mistake in a value is a *FieldError.
func Edit(file string, text []byte, part string, values map[string]string) ([]byte, error) {
	edited, err := edit(file, text, part, values)
	if err != nil {
		return nil, fmt.Errorf("edit %s of %s: %w", part, file, err)
	}
	return edited, nil
}

func edit(file string, text []byte, part string, values map[string]string) ([]byte, error) {
	d, err := readDocument(file, text)
	if err != nil {
		return nil, err
	}
	p, found := d.part(part)
	if !found {
		return nil, errors.New("there is no such part")
	}
	changed, err := changedValues(p, values)
	if err != nil || len(changed) == 0 {
		return text, err
	}
	if section, ok := d.section(part); ok {
		d, err = d.editSection(section, changed)
	} else {
		d, err = d.editSlot(part, changed)
	}
	if err != nil {
		return nil, err
	}
	return d.bytes(), nil
}

// changedValues are the values that differ from what the part shows, evened
// out, and checked for what no field may hold.
func changedValues(p Part, values map[string]string) (map[string]string, error) {
	changed := map[string]string{}
	for name, value := range values {
		f, found := p.field(name)
		if !found {
			return nil, fmt.Errorf("there is no field %q", name)
		}
		value = f.evened(value)
		if value == f.Value {
			continue
		}
		if message := f.refuses(value); message != "" {
			return nil, &FieldError{p.ID, name, message}
		}
		changed[name] = value
	}
	return changed, nil
}

func (p Part) field(name string) (EditField, bool) {
	for _, f := range p.Fields {
		if f.Name == name {
			return f, true
		}
	}
	return EditField{}, false
}

// evened is a typed value as it will be shown: spaces at the ends and empty
// lines of a list are slips of the keyboard.
func (f EditField) evened(value string) string {
	if f.Name == bodyField {
		return strings.Trim(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(value), " \n")
	}
	if !f.isList() {
		return evened(value)
	}
	var lines []string
	for line := range strings.Lines(value) {
		if line = evened(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// isList says that each line of the value is an item.
func (f EditField) isList() bool { return f.list }

// refuses says what is wrong with a value, if it is wrong in any field.
func (f EditField) refuses(value string) string {
	if f.Locked != "" {
		return f.Locked
	}
	if utf8.RuneCountInString(value) > maxEdited {
		return fmt.Sprintf("has more than %d characters; shorten it, or edit the file", maxEdited)
	}
	message := ""
	hiddenCharacters([]byte(value), func(_ int, found string) { message = found })
	return message
}
