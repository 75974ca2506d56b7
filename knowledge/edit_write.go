package knowledge

import (
	"reflect"
	"strings"

	"go.yaml.in/yaml/v3"
)

// writeField writes "name: value" for a mapping whose fields stand at an
// indent, or for one between brackets.
func writeField(p place, value string, indent int, between bool) (string, error) {
	name := p.field.name
	if !p.isList() {
		return name + ": " + writeText(value, between), nil
	}
	var items []string
	for line := range strings.SplitSeq(value, "\n") {
		text, err := writeItem(p, line, between || p.inBrackets())
		if err != nil {
			return "", err
		}
		items = append(items, text)
	}
	margin := "\n" + strings.Repeat(" ", indent+2)
	switch {
	case p.isChecks() && between:
		return name + ": {" + strings.Join(items, ", ") + "}", nil
	case p.isChecks():
		return name + ":" + margin + strings.Join(items, margin), nil
	case between || p.inBrackets():
		return name + ": [" + strings.Join(items, ", ") + "]", nil
	default:
		return name + ":" + margin + "- " + strings.Join(items, margin+"- "), nil
	}
}

// inBrackets says that a new list of this kind is written between brackets:
// words, keys and quantities, but not sentences.
func (p place) inBrackets() bool {
	return p.isList() && p.typ.Elem() != reflect.TypeFor[Statement]() && p.field.name != "not_confirmed" && !p.isChecks()
}

// writeItem writes one line of a list.
func writeItem(p place, line string, between bool) (string, error) {
	if !p.isChecks() {
		return writeText(line, between), nil
	}
	weight, result, ok := strings.Cut(line, ": ")
	if !ok || weight == "" || result == "" {
		return "", typedError{`a worked example is written as "10 kg: 0.1 mg = 1 mL", one a line`}
	}
	return writeText(weight, between) + ": " + writeText(result, between), nil
}

// writeScalar writes a text in the place of another, in quotes if that was.
func writeScalar(text string, was *yaml.Node, between bool) string {
	if was.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
		return quoted(text)
	}
	return writeText(text, between)
}

// writeText writes a text plainly where YAML reads it as it stands, else in
// quotes.
func writeText(text string, between bool) string {
	probe := "a: " + text + "\nb: c\n"
	if between {
		probe = "{a: " + text + ", b: c}\n"
	}
	if strings.ContainsAny(text, "\n#") || between && strings.ContainsAny(text, "[]{},") {
		return quoted(text)
	}
	root, _, err := parseYAML([]byte(probe))
	if err != nil || len(root.Content) != 4 || root.Content[1].Value != text || root.Content[1].Style != 0 || root.Content[1].Tag == "!!null" || root.Content[1].Anchor != "" {
		return quoted(text)
	}
	return text
}

// quoted is a text in double quotes.
func quoted(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(text) + `"`
}
