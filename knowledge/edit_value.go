package knowledge

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// item is one line of a list in a form: an item of a list in the file, or a
// worked example.
type item struct {
	text string
	node *yaml.Node // where it begins
	last *yaml.Node // where it ends
}

// items lists the items of a list.
func (p place) items() ([]item, error) {
	if isEmpty(p.value) {
		return nil, nil
	}
	if p.isChecks() {
		return checkItems(p)
	}
	if p.value.Kind != yaml.SequenceNode {
		return nil, p.unreadable()
	}
	var all []item
	for _, n := range p.value.Content {
		if n.Kind != yaml.ScalarNode {
			return nil, p.unreadable()
		}
		all = append(all, item{evened(n.Value), n, n})
	}
	return all, nil
}

// checkItems lists worked examples as they are written.
func checkItems(p place) ([]item, error) {
	if p.value.Kind != yaml.MappingNode {
		return nil, p.unreadable()
	}
	var all []item
	for i := 0; i+1 < len(p.value.Content); i += 2 {
		weight, result := p.value.Content[i], p.value.Content[i+1]
		if weight.Kind != yaml.ScalarNode || result.Kind != yaml.ScalarNode {
			return nil, p.unreadable()
		}
		all = append(all, item{evened(weight.Value) + ": " + evened(result.Value), weight, result})
	}
	return all, nil
}

func (p place) unreadable() error {
	return fmt.Errorf("%s is not written as FORMAT.md says; edit the file", p.path)
}

// text is what the field holds, as a form shows it.
func (p place) text() (string, error) {
	if p.isList() {
		items, err := p.items()
		return strings.Join(texts(items), "\n"), err
	}
	switch {
	case isEmpty(p.value):
		return "", nil
	case p.value.Kind != yaml.ScalarNode:
		return "", p.unreadable()
	default:
		return evened(p.value.Value), nil
	}
}

func texts(items []item) []string {
	all := make([]string, len(items))
	for i, it := range items {
		all[i] = it.text
	}
	return all
}

// editField describes the field to the person who fills it in.
func (p place) editField(words formField, value string) EditField {
	f := EditField{
		Name: p.field.name, Label: words.label, Hint: words.hint, Value: value,
		Long: p.isList() || p.typ == reflect.TypeFor[Statement](), Optional: !p.field.required,
		Choices: p.field.oneOf, list: p.isList(),
	}
	if utf8.RuneCountInString(value) > maxEdited {
		f.Locked = fmt.Sprintf("has more than %d characters, too many for chat; edit the file", maxEdited)
	}
	return f
}

// editSlot writes values into the fields of a part, one after another.
func (d *document) editSlot(id string, values map[string]string) (*document, error) {
	s := d.slot(id)
	switch {
	case s.isNew():
		return d.addItem(s, values)
	case s.emptied(values):
		return d.removeItem(s)
	}
	for i, f := range s.Fields {
		value, changed := values[f.Name]
		if !changed {
			continue
		}
		next, err := d.setField(d.slot(id).places[i], value)
		if err != nil {
			return nil, onField(err, id, f.Name)
		}
		d = next
	}
	return d, nil
}

// onField places a mistake beside its field.
func onField(err error, part, name string) error {
	var typed typedError
	if errors.As(err, &typed) {
		return &FieldError{part, name, typed.Error()}
	}
	return err
}

// typedError is a mistake in what was typed.
type typedError struct{ message string }

func (e typedError) Error() string { return e.message }

// emptied says that nothing would be left of what an item of a list must say.
func (s *slot) emptied(values map[string]string) bool {
	if !s.whole {
		return false
	}
	for _, f := range s.Fields {
		value, changed := values[f.Name]
		if !changed {
			value = f.Value
		}
		if value != "" {
			return false
		}
	}
	return true
}

// errBeyond says that a change is more than this package can make safely.
var errBeyond = errors.New("cannot be changed in chat without touching what stands around it; edit the file")

// setField writes one field.
func (d *document) setField(p place, value string) (*document, error) {
	splices, err := d.tree.splicesFor(p, value)
	if err != nil {
		return nil, err
	}
	next := &document{file: d.file, crlf: d.crlf, body: d.body}
	if err := next.read(d.tree.apply(splices)); err != nil {
		return nil, errBeyond
	}
	after, found := next.samePlace(p.path)
	if !found {
		return nil, errBeyond
	}
	if text, err := after.text(); err != nil || text != value {
		return nil, errBeyond
	}
	return next, sameAround(d.tree.root, p.value, next.tree.root, after.value)
}

// samePlace finds the field at a path.
func (d *document) samePlace(path string) (place, bool) {
	for _, s := range d.slots {
		for _, p := range s.places {
			if p.path == path && !s.isNew() {
				return p, true
			}
		}
	}
	return place{}, false
}

// sameAround makes sure that a change touched nothing but the node it was
// meant for.
func sameAround(before, skipBefore, after, skipAfter *yaml.Node) error {
	was, is := leaves(before, "", skipBefore), leaves(after, "", skipAfter)
	if len(was) != len(is) {
		return errBeyond
	}
	for i := range was {
		if was[i] != is[i] {
			return errBeyond
		}
	}
	return nil
}

// splicesFor are the changes to the text that give a field a value.
func (t *tree) splicesFor(p place, value string) ([]splice, error) {
	switch {
	case value == "" && p.key == nil:
		return nil, nil
	case value == "":
		return t.removeKey(p.mapping, p.key, p.value)
	case p.key == nil:
		return t.insertKey(p, value)
	case isEmpty(p.value) || p.isList() && len(p.value.Content) == 0:
		return t.rewriteKey(p, value)
	case p.isList():
		return t.listSplices(p, value)
	}
	end, ok := t.end(p.value)
	if !ok {
		return nil, errBeyond
	}
	return []splice{{t.start(p.value), end, writeScalar(value, p.value, isFlow(p.mapping))}}, nil
}

// rewriteKey writes a field anew that stands there without a value.
func (t *tree) rewriteKey(p place, value string) ([]splice, error) {
	text, err := writeField(p, value, t.column(t.start(p.key)), isFlow(p.mapping))
	end, ok := t.end(p.value)
	if !ok || err != nil {
		return nil, cmpErr(err)
	}
	keyEnd, ok := t.end(p.key)
	if !ok || keyEnd >= len(t.text) || t.text[keyEnd] != ':' {
		return nil, errBeyond
	}
	return []splice{{t.start(p.key), max(end, keyEnd+1), text}}, nil
}

// cmpErr is err, or that the change cannot be made.
func cmpErr(err error) error {
	if err != nil {
		return err
	}
	return errBeyond
}
