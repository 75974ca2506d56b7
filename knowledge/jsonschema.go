package knowledge

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"iobot/knowledge/quantity"
)

// SchemaKinds lists what JSONSchema knows, as the folders and files are named.
func SchemaKinds() []string {
	return []string{"articles", "card", "devices", "drugs", "golden", "knowledge", "notices", "refusals", "site-choice", "sites", "sources", "synonyms"}
}

// JSONSchema describes one kind of file to editors that complete and check
// YAML, from the same tags that the loader follows. For articles it describes
// the fields above the text. Without a kind it describes any file of the
// folder. It says less than the linter: what it lets pass may still be wrong.
func JSONSchema(kind string) ([]byte, error) {
	w := schemaWriter{newReader(), forms(), map[string]any{}}
	root := map[string]any{"$schema": "https://json-schema.org/draft/2020-12/schema"}
	if kind == "" {
		var each []any
		for _, k := range SchemaKinds() {
			each = append(each, w.kind(k))
		}
		root["anyOf"] = each
	} else if slices.Contains(SchemaKinds(), kind) {
		maps.Copy(root, w.kind(kind))
	} else {
		return nil, fmt.Errorf("there is no schema for %q; write %s", kind, orList(SchemaKinds()))
	}
	root["title"] = strings.TrimSpace("iobot knowledge " + kind)
	root["$defs"] = w.definitions
	text, err := json.MarshalIndent(root, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write the schema of %s: %w", kind, err)
	}
	return append(text, '\n'), nil
}

// schemaWriter writes the schemas of Go types, each struct once.
type schemaWriter struct {
	reader
	book        formBook
	definitions map[string]any
}

// kind is the schema of a kind of file.
func (w schemaWriter) kind(kind string) map[string]any {
	types := map[string]any{
		"articles": articleFile{}, "card": Card{}, "devices": deviceFile{}, "drugs": Drug{}, "golden": []Golden{},
		"knowledge": manifest{}, "notices": []Notice{}, "refusals": []Refusal{}, "site-choice": siteChoice{},
		"sites": siteFile{}, "sources": []Source{}, "synonyms": synonyms{},
	}
	return w.of(reflect.TypeOf(types[kind]), field{})
}

// of is the schema of a type, which f describes further.
func (w schemaWriter) of(t reflect.Type, f field) map[string]any {
	_, isScalar := w.scalars[t]
	switch {
	case isScalar:
		return map[string]any{"type": "string", "pattern": patternOf(t)}
	case t == reflect.TypeFor[[]Check]():
		return map[string]any{"type": "object", "additionalProperties": map[string]any{"type": "string"},
			"propertyNames": map[string]any{"pattern": `^[0-9][0-9.,]* (kg|g)$`}, "minProperties": 1}
	case t.Kind() == reflect.Pointer:
		return w.of(t.Elem(), f)
	case t.Kind() == reflect.Slice:
		list := map[string]any{"type": "array", "items": w.of(t.Elem(), f)}
		if f.required {
			list["minItems"] = 1
		}
		return list
	case t.Kind() == reflect.Struct:
		w.define(t)
		return map[string]any{"$ref": "#/$defs/" + t.Name()}
	case f.oneOf != nil:
		return map[string]any{"enum": choices(f.oneOf)}
	default:
		return map[string]any{"type": []string{"string", "number"}, "minLength": 1}
	}
}

// define writes the schema of a struct type once.
func (w schemaWriter) define(t reflect.Type) {
	if w.definitions[t.Name()] != nil {
		return
	}
	properties := map[string]any{}
	definition := map[string]any{"type": "object", "additionalProperties": false, "properties": properties}
	w.definitions[t.Name()] = definition
	var required []string
	for _, f := range w.schema.fields(t) {
		property := w.of(t.FieldByIndex(f.index).Type, f)
		if words, known := w.words(t, f.name); known {
			property["description"] = words.label + ". " + words.hint
		}
		properties[f.name] = property
		if f.required {
			required = append(required, f.name)
		}
	}
	if required != nil {
		definition["required"] = required
	}
}

// words are the label and the hint of a field, where a form has it.
func (w schemaWriter) words(t reflect.Type, name string) (formField, bool) {
	ft := w.book.of(t)
	if ft == nil {
		return formField{}, false
	}
	for _, f := range ft.forms {
		for _, ff := range f.fields {
			if ff.name == name {
				return ff, true
			}
		}
	}
	return formField{}, false
}

// choices are words as YAML editors read them: true and 1 are no texts there.
func choices(words []string) []any {
	var all []any
	for _, word := range words {
		all = append(all, word)
		switch word {
		case "true", "false":
			all = append(all, word == "true")
		case "1":
			all = append(all, 1)
		}
	}
	return all
}

// patternOf is roughly the form of a type that is written as one text.
func patternOf(t reflect.Type) string {
	const number, unit = `[0-9][0-9,]*(\.[0-9]+)?`, `(mcg|mg|g|mg PE|mmol|mEq|milliunits|units?|mL|L)`
	switch t {
	case reflect.TypeFor[ID]():
		return `^((article|drug|site|device)/)?` + slug + `(#` + slug + `)?$`
	case reflect.TypeFor[time.Time]():
		return `^[0-9]{4}-[0-9]{2}-[0-9]{2}$`
	case reflect.TypeFor[quantity.Amount]():
		return `^` + number + ` ` + unit + `$`
	case reflect.TypeFor[quantity.Dosage]():
		return `^` + number + `( ` + unit + `)?( to ` + number + `)?( ` + unit + `)?(/kg)?(/min|/h)?$`
	case reflect.TypeFor[quantity.Concentration]():
		return `^` + number + ` ` + unit + `(/m?L| in ` + number + ` mL)$`
	case reflect.TypeFor[quantity.AgeRange]():
		return `^(any age|at birth|(under )?[0-9].*(hours?|days?|weeks?|months?|years?)( and over)?)$`
	case reflect.TypeFor[quantity.WeightRange]():
		return `^(any weight|(under |over )?[0-9].*(kg|g)( and over)?)$`
	default:
		return `\S`
	}
}
