package knowledge

import (
	"fmt"
	"reflect"
	"strings"

	"go.yaml.in/yaml/v3"
)

// decoder fills Go values from YAML nodes. It is stricter than the YAML
// library: every scalar is text exactly as written, every key must be known
// and stand once, and nothing may refer to anything else (anchors, aliases,
// tags, merge keys). It collects all mistakes instead of stopping at the first.
type decoder struct {
	reader
	above  int                                  // lines of the file above the YAML
	lines  map[string]int                       // path of each value read → line of the file
	report func(line int, path, message string) // line of the YAML
}

// value fills v, which f describes, from n.
func (d *decoder) value(n *yaml.Node, v reflect.Value, f field, path string) {
	d.lines[path] = n.Line + d.above
	if !d.plain(n, path) {
		return
	}
	parse, isScalar := d.scalars[v.Type()]
	switch {
	case isScalar:
		d.scalar(n, v, parse, path)
	case v.Type() == reflect.TypeFor[[]Check]():
		d.checks(n, v, path)
	case v.Kind() == reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.mapping(n, v.Elem(), path)
	case v.Kind() == reflect.Struct:
		d.mapping(n, v, path)
	case v.Kind() == reflect.Slice:
		d.sequence(n, v, f, path)
	default:
		d.word(n, v, f, path)
	}
}

// plain says that a node uses none of the parts of YAML that make a text mean
// something else than it says.
func (d *decoder) plain(n *yaml.Node, path string) bool {
	switch {
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		d.report(n.Line, path, `"&" and "*" at the start of a text refer to other places; write the text itself, in "quotes" if it begins so`)
	case n.Style&yaml.TaggedStyle != 0:
		d.report(n.Line, path, `"!" at the start of a text is a YAML tag; write the text in "quotes"`)
	default:
		return true
	}
	return false
}

// text is the text of a scalar with its white space evened out.
func (d *decoder) text(n *yaml.Node, path string) (string, bool) {
	switch n.Kind {
	case yaml.MappingNode:
		d.report(n.Line, path, `a text is wanted here, not fields; a text that holds a colon and a space must stand in "quotes"`)
		return "", false
	case yaml.SequenceNode:
		d.report(n.Line, path, `one text is wanted here, not a list; a text that begins with "[" must stand in "quotes"`)
		return "", false
	}
	text := strings.Join(strings.Fields(n.Value), " ")
	if text == "" || n.Tag == "!!null" {
		d.report(n.Line, path, "is empty; write a text or delete the line")
		return "", false
	}
	return text, true
}

func (d *decoder) scalar(n *yaml.Node, v reflect.Value, parse scalar, path string) {
	text, ok := d.text(n, path)
	if !ok {
		return
	}
	value, err := parse(text)
	if err != nil {
		d.report(n.Line, path, err.Error())
		return
	}
	v.Set(reflect.ValueOf(value))
}

// word fills a string or a bool, which may be limited to certain words.
func (d *decoder) word(n *yaml.Node, v reflect.Value, f field, path string) {
	text, ok := d.text(n, path)
	if !ok {
		return
	}
	if f.oneOf != nil && !contains(f.oneOf, text) {
		d.report(n.Line, path, fmt.Sprintf("%q is not known here; write %s", text, orList(f.oneOf)))
		return
	}
	if v.Kind() == reflect.Bool {
		v.SetBool(text == f.oneOf[0])
		return
	}
	v.SetString(text)
}

func (d *decoder) sequence(n *yaml.Node, v reflect.Value, f field, path string) {
	if n.Kind != yaml.SequenceNode {
		d.report(n.Line, path, `a list is wanted here; put each item on its own line after "- ", or write [one, two]`)
		return
	}
	if len(n.Content) == 0 && f.required {
		d.report(n.Line, path, "is an empty list; write an item")
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content)))
	for i, item := range n.Content {
		d.value(item, v.Index(i), f, indexed(path, i))
	}
}

// maxFields is more than any part of a file has. Longer ones are not spelt out.
const maxFields = 200

func (d *decoder) mapping(n *yaml.Node, v reflect.Value, path string) {
	if n.Kind != yaml.MappingNode {
		d.report(n.Line, path, `fields are wanted here, each as "name: value"`)
		return
	}
	fields := d.schema.fields(v.Type())
	if len(n.Content)/2 > maxFields {
		d.report(n.Line, path, fmt.Sprintf("holds more than %d fields; is this the right file?", maxFields))
		return
	}
	given := d.given(n, fields, path)
	for _, f := range fields {
		value, ok := given[f.name]
		switch {
		case ok:
			d.value(value, v.FieldByIndex(f.index), f, join(path, f.name))
		case f.required:
			d.report(n.Line, join(path, f.name), "is missing; add it; FORMAT.md says what it holds")
		}
	}
}

// given sorts the values of a mapping by key and reports unknown and repeated
// keys.
func (d *decoder) given(n *yaml.Node, fields []field, path string) map[string]*yaml.Node {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name
	}
	given := make(map[string]*yaml.Node, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, at := n.Content[i], join(path, n.Content[i].Value)
		switch {
		case !d.plain(key, path):
		case key.Kind != yaml.ScalarNode || !contains(names, key.Value):
			d.report(key.Line, at, fmt.Sprintf("is not a field here; write %s", orList(closest(key.Value, names))))
		case given[key.Value] != nil:
			d.report(key.Line, at, "stands twice; keep one")
		default:
			given[key.Value] = n.Content[i+1]
		}
	}
	return given
}

// join adds the name of a field to a path.
func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
