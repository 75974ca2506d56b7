package knowledge

import (
	"fmt"
	"reflect"
	"strings"

	"go.yaml.in/yaml/v3"
)

// slot is a Part and where each of its fields stands in the tree.
type slot struct {
	Part
	places []place
	whole  bool       // an item of a list goes when all these fields are empty
	list   place      // the list that the part is an item of, if it is one
	item   *yaml.Node // the item; nil for a part that offers a new one
}

// isNew says that the part is there to add an item to a list.
func (s *slot) isNew() bool { return s.item == nil }

// place is where a field stands in a tree, or would stand.
type place struct {
	path    string
	field   field
	typ     reflect.Type
	among   []field // all fields of the mapping, in order
	mapping *yaml.Node
	key     *yaml.Node // nil when the field is absent
	value   *yaml.Node // nil when the field is absent
}

// isList says that the field holds several texts, one a line in a form.
func (p place) isList() bool { return p.typ.Kind() == reflect.Slice }

// isChecks says that the field holds worked examples.
func (p place) isChecks() bool { return p.typ == reflect.TypeFor[[]Check]() }

// slots collects the parts of a file, and the texts of their fields.
type slots struct {
	reader
	book  formBook
	taken map[string]bool // names of parts given out
	all   []*slot
}

// slotsOf lists the parts of the YAML of a file.
func slotsOf(file string, t *tree) ([]*slot, error) {
	s := &slots{reader: newReader(), book: forms(), taken: map[string]bool{}}
	var err error
	switch typ := rootType(file); {
	case typ == nil:
		return nil, fmt.Errorf("%s has no forms; edit the file", file)
	case typ.Kind() == reflect.Slice:
		err = s.addItems("", place{typ: typ, value: t.root}, s.book.of(typ.Elem()))
	default:
		err = s.add("", typ, t.root, "", place{})
	}
	return s.all, err
}

// rootType is what a file holds, nil for a file without forms.
func rootType(file string) reflect.Type {
	switch kindOf(file) {
	case "articles":
		return reflect.TypeFor[articleFile]()
	case "drugs":
		return reflect.TypeFor[Drug]()
	case "sites":
		return reflect.TypeFor[siteFile]()
	case "devices":
		return reflect.TypeFor[deviceFile]()
	case "sources.yaml":
		return reflect.TypeFor[[]Source]()
	case "refusals.yaml":
		return reflect.TypeFor[[]Refusal]()
	case "site-choice.yaml":
		return reflect.TypeFor[siteChoice]()
	default:
		return nil
	}
}

// add adds the forms of a mapping and those of the lists in it.
func (s *slots) add(name string, typ reflect.Type, n *yaml.Node, path string, list place) error {
	if n.Kind != yaml.MappingNode {
		return fmt.Errorf("%s holds something else than fields; edit the file", orRoot(path))
	}
	fields := s.schema.fields(typ)
	if ft := s.book.of(typ); ft != nil {
		for _, f := range ft.forms {
			if err := s.addForm(name, ft, f, typ, n, path, list); err != nil {
				return err
			}
		}
	}
	for _, f := range fields {
		ftyp := typ.FieldByIndex(f.index).Type
		ft := s.itemForms(ftyp)
		if ft == nil {
			continue
		}
		p := s.place(typ, f, n, path)
		if err := s.addItems(name, p, ft); err != nil {
			return err
		}
	}
	return nil
}

// itemForms are the forms of the items of a list of entries, nil for anything
// else.
func (s *slots) itemForms(typ reflect.Type) *formType {
	if typ.Kind() != reflect.Slice {
		return nil
	}
	return s.book.of(typ.Elem())
}

// place finds a field of a mapping.
func (s *slots) place(typ reflect.Type, f field, n *yaml.Node, path string) place {
	p := place{path: join(path, f.name), field: f, typ: typ.FieldByIndex(f.index).Type, among: s.schema.fields(typ), mapping: n}
	p.key, p.value = child(n, f.name)
	return p
}

// addItems adds the parts of each item of a list, and one for a new item where
// a single form is enough for it.
func (s *slots) addItems(prefix string, list place, ft *formType) error {
	typ := list.typ.Elem()
	if typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	if !isEmpty(list.value) && list.value.Kind != yaml.SequenceNode {
		return fmt.Errorf("%s is no list; edit the file", orRoot(list.path))
	}
	if !isEmpty(list.value) {
		for i, item := range list.value.Content {
			if err := s.add(s.itemName(prefix, ft, item, i), typ, item, indexed(list.path, i), list); err != nil {
				return err
			}
		}
	}
	if !ft.opens(s.schema.fields(typ)) {
		return nil
	}
	empty := &yaml.Node{Kind: yaml.MappingNode}
	return s.addForm(s.unique(partName(prefix, ft.item+"-new")), ft, form{"", "New " + strings.ToLower(ft.forms[0].title), ft.forms[0].fields}, typ, empty, indexed(list.path, listLength(list.value)), list)
}

// itemName names an item of a list: by its id where it has one, or by its
// number.
func (s *slots) itemName(prefix string, ft *formType, item *yaml.Node, i int) string {
	if _, id := child(item, "id"); id != nil && slugForm.MatchString(id.Value) {
		return s.unique(id.Value)
	}
	return s.unique(partName(prefix, fmt.Sprintf("%s-%d", ft.item, i+1)))
}

// unique makes a name that no other part has.
func (s *slots) unique(name string) string {
	unique := name
	for i := 2; s.taken[unique]; i++ {
		unique = fmt.Sprintf("%s~%d", name, i)
	}
	s.taken[unique] = true
	return unique
}

// partName joins the names of a part and of one inside it.
func partName(outer, inner string) string {
	if outer == "" || inner == "" {
		return outer + inner
	}
	return outer + "/" + inner
}

// addForm adds one form of a mapping.
func (s *slots) addForm(name string, ft *formType, f form, typ reflect.Type, n *yaml.Node, path string, list place) error {
	sl := &slot{list: list}
	sl.whole = list.typ != nil && f.name == ft.forms[0].name && ft.opens(s.schema.fields(typ))
	if len(n.Content) > 0 {
		sl.item = n
	}
	sl.ID, sl.Title = partName(name, f.name), f.title
	if _, named := child(n, ft.named); list.typ != nil && named != nil && named.Kind == yaml.ScalarNode {
		sl.Title = cutText(evened(named.Value), maxName) + ": " + f.title
	}
	for _, ff := range f.fields {
		p, ok := s.named(typ, ff.name, n, path)
		if !ok {
			return fmt.Errorf("the form of %s names the unknown field %s", typ.Name(), ff.name)
		}
		value, err := p.text()
		if err != nil {
			return err
		}
		sl.places = append(sl.places, p)
		sl.Fields = append(sl.Fields, p.editField(ff, value))
	}
	s.all = append(s.all, sl)
	return nil
}

// named finds a field of a mapping by its name.
func (s *slots) named(typ reflect.Type, name string, n *yaml.Node, path string) (place, bool) {
	for _, f := range s.schema.fields(typ) {
		if f.name == name {
			return s.place(typ, f, n, path), true
		}
	}
	return place{}, false
}

// maxName is how much of a name stands in a title.
const maxName = 60

// cutText is the beginning of a text.
func cutText(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return text
}

// evened is a text with its white space evened out, as the loader reads it.
func evened(text string) string { return strings.Join(strings.Fields(text), " ") }

// orRoot names a path in a message.
func orRoot(path string) string {
	if path == "" {
		return "the file"
	}
	return path
}

func listLength(n *yaml.Node) int {
	if isEmpty(n) {
		return 0
	}
	return len(n.Content)
}
