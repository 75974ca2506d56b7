package knowledge

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"iobot/knowledge/quantity"
)

// scalar reads one text as the value of some type.
type scalar func(text string) (any, error)

// scalars holds the reader of each type that is written as one text.
type scalars map[reflect.Type]scalar

func newScalars() scalars {
	s := scalars{}
	add(s, parseID)
	add(s, parseDate)
	add(s, parseDays)
	add(s, parseStatement)
	add(s, quantity.ParseDosage)
	add(s, quantity.ParseAmount)
	add(s, quantity.ParseConcentration)
	add(s, quantity.ParseAgeRange)
	add(s, quantity.ParseWeightRange)
	return s
}

func add[T any](s scalars, parse func(string) (T, error)) {
	s[reflect.TypeFor[T]()] = func(text string) (any, error) { return parse(text) }
}

// slug is the form of the name of an entry or of a part of one.
const slug = `[a-z0-9]+(?:-[a-z0-9]+)*`

var (
	slugForm = regexp.MustCompile(`^` + slug + `$`)
	idForm   = regexp.MustCompile(`^(?:(?:article|drug|site|device)/)?` + slug + `(?:#` + slug + `)?$`)
)

func parseID(text string) (ID, error) {
	if !idForm.MatchString(text) {
		return "", fmt.Errorf("%q is not the id of an entry; write it as drug/epinephrine or article/flushing#why", text)
	}
	return ID(text), nil
}

func parseDate(text string) (time.Time, error) {
	date, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return time.Time{}, fmt.Errorf("%q is not a date; write it as 2027-01-31", text)
	}
	return date, nil
}

// parseStatement takes the source keys out of a text: "Flush first. [DUCK]".
// A statement without a key is read; the linter refuses it.
func parseStatement(text string) (Statement, error) {
	var s Statement
	s.Text, s.Sources = cutKeys(text)
	if s.Text == "" {
		return Statement{}, fmt.Errorf("holds source keys but says nothing; write the statement before them")
	}
	if strings.ContainsAny(s.Text, "[]") {
		return Statement{}, fmt.Errorf("square brackets are for source keys, [DUCK], in capital letters; use round brackets for anything else")
	}
	return s, nil
}

// cutKeys takes all source keys, and the spaces before them, out of a text.
func cutKeys(text string) (rest string, keys []string) {
	var words strings.Builder
	for {
		before, after, _ := strings.Cut(text, "[")
		key, tail, closed := strings.Cut(after, "]")
		if !closed || !isKey(key) {
			words.WriteString(text)
			return strings.TrimSpace(words.String()), keys
		}
		words.WriteString(strings.TrimRight(before, " "))
		keys, text = append(keys, key), tail
	}
}

// isKey says that a word has the form of a source key: capital letters first,
// then also digits and hyphens.
func isKey(word string) bool {
	for i, r := range word {
		capital := r >= 'A' && r <= 'Z'
		if !capital && (i == 0 || r != '-' && (r < '0' || r > '9')) {
			return false
		}
	}
	return word != ""
}

// checks reads the worked examples of a dose, a mapping from weight to result.
func (d *decoder) checks(n *yaml.Node, v reflect.Value, path string) {
	if n.Kind != yaml.MappingNode {
		d.report(n.Line, path, `worked examples are wanted here, each as "10 kg: 0.1 mg = 1 mL"`)
		return
	}
	seen := map[quantity.Weight]bool{}
	var all []Check
	for i := 0; i+1 < len(n.Content); i += 2 {
		check, ok := d.check(n.Content[i], n.Content[i+1], path)
		if ok && seen[check.Weight] {
			d.report(n.Content[i].Line, path, fmt.Sprintf("the weight %s stands twice; keep one", n.Content[i].Value))
		}
		seen[check.Weight] = true
		all = append(all, check)
	}
	v.Set(reflect.ValueOf(all))
}

func (d *decoder) check(key, value *yaml.Node, path string) (Check, bool) {
	at := path + "[" + key.Value + "]"
	d.lines[at] = key.Line + d.above
	if !d.plain(key, at) || !d.plain(value, at) {
		return Check{}, false
	}
	weight, err := quantity.ParseWeight(key.Value)
	if err != nil {
		d.report(key.Line, at, err.Error())
		return Check{}, false
	}
	text, ok := d.text(value, at)
	dose, volume, _ := strings.Cut(text, " = ")
	return Check{Weight: weight, Dose: dose, Volume: volume, Line: key.Line + d.above, Written: key.Value + ": " + text}, ok
}
