package knowledge

import (
	_ "embed"
	"reflect"
	"slices"
	"strings"
	"sync"
)

//go:embed forms.txt
var formsText string

// formType says how entries of one Go type are edited in chat and described
// to the people who write them.
type formType struct {
	item  string // what one of a list is called: "strength"
	named string // the field that titles show
	forms []form
}

// form is one screen of fields.
type form struct {
	name   string // "dose"; empty when the type has no other form
	title  string
	fields []formField
}

// formField is a field on a form, in the words of its readers.
type formField struct{ name, label, hint string }

// formBook finds form types by the name of the Go type.
type formBook map[string]*formType

// forms are those of forms.txt.
var forms = sync.OnceValue(readForms)

// readForms reads forms.txt.
func readForms() formBook {
	types := formBook{}
	var current *formType
	for line := range strings.Lines(formsText) {
		words := strings.Fields(line)
		switch {
		case len(words) == 0 || words[0] == "#":
		case words[0] == "type":
			current = &formType{item: words[2], named: words[3]}
			types[words[1]] = current
		case words[0] == "part":
			name, title, _ := strings.Cut(strings.TrimSpace(line[len("part"):]), ":")
			current.forms = append(current.forms, form{name: strings.TrimSpace(name), title: strings.TrimSpace(title)})
		default:
			cells := strings.SplitN(line, "|", 3)
			last := &current.forms[len(current.forms)-1]
			last.fields = append(last.fields, formField{
				name: strings.TrimSpace(cells[0]), label: strings.TrimSpace(cells[1]), hint: strings.TrimSpace(cells[2])})
		}
	}
	return types
}

// of is the form type of a Go type, or of a pointer to one; nil when it has no
// form of its own.
func (b formBook) of(t reflect.Type) *formType {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return b[t.Name()]
}

// opens says that the first form of a type is enough to write a new item of a
// list: it has every field that must be written.
func (ft *formType) opens(fields []field) bool {
	return !slices.ContainsFunc(fields, func(f field) bool {
		return f.required && !slices.ContainsFunc(ft.forms[0].fields, func(ff formField) bool { return ff.name == f.name })
	})
}
