package knowledge

import (
	"errors"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

// contentFiles are the files of the starter content that have forms.
func contentFiles(t testing.TB) map[string][]byte {
	t.Helper()
	all, err := ReadFiles(os.DirFS("content"))
	if err != nil {
		t.Fatal(err)
	}
	maps.DeleteFunc(all, func(name string, _ []byte) bool { return rootType(name) == nil })
	return all
}

// TestEditUnchanged edits every part of the starter content with the values it
// shows: not a byte may move.
func TestEditUnchanged(t *testing.T) {
	for file, text := range contentFiles(t) {
		parts, err := PartsOf(file, text)
		if err != nil {
			t.Error(err)
		}
		for i, p := range parts {
			if len(p.Fields) > 5 {
				t.Errorf("%s %s has %d fields", file, p.ID, len(p.Fields))
			}
			if i%20 != 0 && (file == "sources.yaml" || testing.Short()) {
				continue // all alike, and the file is long
			}
			values := map[string]string{}
			for _, f := range p.Fields {
				values[f.Name] = f.Value
			}
			edited, err := Edit(file, text, p.ID, values)
			if err != nil || string(edited) != string(text) {
				t.Errorf("%s %s: %v", file, p.ID, err)
			}
		}
	}
}

// TestEditEveryField changes each field of the starter content alone, empties
// it and adds to it: the part must show exactly that.
func TestEditEveryField(t *testing.T) {
	stride, seen, changed := 23, 0, 0 // every field takes a minute
	if testing.Short() {
		stride *= 20
	}
	files := contentFiles(t)
	for _, file := range slices.Sorted(maps.Keys(files)) {
		parts, err := PartsOf(file, files[file])
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range parts {
			for _, f := range p.Fields {
				if seen++; f.Locked == "" && seen%stride == 0 {
					changed += checkField(t, file, files[file], p, f)
				}
			}
		}
	}
	if changed < 11_000/stride {
		t.Errorf("only %d fields were changed", changed)
	}
}

// checkField writes hard values into a field and counts those that stuck. Only
// a mistake beside the field may refuse them.
func checkField(t *testing.T, file string, text []byte, p Part, f EditField) int {
	t.Helper()
	done := 0
	for _, value := range []string{f.Value + `x: "y" #z`, f.Value + "\n- 1: 2", ""} {
		value = f.evened(value)
		edited, err := Edit(file, text, p.ID, map[string]string{f.Name: value})
		mistake := new(FieldError)
		switch {
		case errors.As(err, &mistake):
		case err != nil:
			t.Errorf("%s %s %s %q: %v", file, p.ID, f.Name, value, err)
		default:
			done++
			got, found := shown(t, file, edited, p.ID, f.Name)
			if found && got != value && !strings.HasSuffix(p.ID, "-new") && len(p.Fields) > 1 {
				t.Errorf("%s %s %s shows %q, want %q", file, p.ID, f.Name, got, value)
			}
		}
	}
	return done
}

func shown(t *testing.T, file string, text []byte, part, field string) (string, bool) {
	t.Helper()
	parts, err := PartsOf(file, text)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range parts {
		if p.ID == part {
			f, found := p.field(field)
			return f.Value, found
		}
	}
	return "", false
}

func BenchmarkEdit(b *testing.B) {
	const file = "drugs/epinephrine.yaml"
	text := contentFiles(b)[file]
	for b.Loop() {
		if _, err := Edit(file, text, "arrest-child/dose", map[string]string{"dose": "0.1 mg/kg"}); err != nil {
			b.Fatal(err)
		}
	}
}
