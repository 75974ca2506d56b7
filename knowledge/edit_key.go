package knowledge

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// removeKey takes a field out of a mapping.
func (t *tree) removeKey(mapping, key, value *yaml.Node) ([]splice, error) {
	i := keyIndex(mapping, key)
	from := t.start(key)
	to, ok := t.end(value)
	switch {
	case !ok || len(mapping.Content) == 2:
		return nil, errBeyond
	case isFlow(mapping):
		return t.removeAmong(mapping.Content, i, 2)
	case t.leads(from):
		return []splice{{t.lineStart(from), t.nextLine(max(to, from)), ""}}, nil
	case i+2 < len(mapping.Content):
		// It stands behind the dash of a list: the next field takes its place.
		next := t.start(mapping.Content[i+2])
		if strings.Contains(t.text[max(to, from):next], "#") {
			return nil, errBeyond
		}
		return []splice{{from, next, ""}}, nil
	default:
		return nil, errBeyond
	}
}

// removeAmong takes n nodes out of those between brackets, with one comma.
func (t *tree) removeAmong(nodes []*yaml.Node, i, n int) ([]splice, error) {
	if i+n < len(nodes) {
		return []splice{{t.start(nodes[i]), t.start(nodes[i+n]), ""}}, nil
	}
	to, ok := t.end(nodes[i+n-1])
	if !ok || i == 0 {
		return nil, errBeyond
	}
	from, ok := t.end(nodes[i-1])
	if !ok {
		return nil, errBeyond
	}
	return []splice{{from, to, ""}}, nil
}

func keyIndex(mapping, key *yaml.Node) int {
	for i := 0; i < len(mapping.Content); i += 2 {
		if mapping.Content[i] == key {
			return i
		}
	}
	return 0
}

// insertKey adds a field to a mapping, behind those that FORMAT.md names
// before it.
func (t *tree) insertKey(p place, value string) ([]splice, error) {
	if len(p.mapping.Content) == 0 {
		return nil, errBeyond
	}
	i := p.keyBefore()
	end, ok := t.end(p.mapping.Content[i+1])
	if !ok {
		return nil, errBeyond
	}
	indent := t.column(t.start(p.mapping.Content[0]))
	text, err := writeField(p, value, indent, isFlow(p.mapping))
	switch {
	case err != nil:
		return nil, err
	case isFlow(p.mapping):
		return []splice{{end, end, ", " + text}}, nil
	}
	return t.insertLine(end, strings.Repeat(" ", indent)+text), nil
}

// keyBefore is the index of the last field of the mapping that comes before
// this one in the order of its type, or of the first field.
func (p place) keyBefore() int {
	order := map[string]int{}
	for i, f := range p.among {
		order[f.name] = i
	}
	at := 0
	for i := 0; i < len(p.mapping.Content); i += 2 {
		if rank, known := order[p.mapping.Content[i].Value]; known && rank < order[p.field.name] {
			at = i
		}
	}
	return at
}

// insertLine adds lines below the line that holds an offset.
func (t *tree) insertLine(at int, text string) []splice {
	end := t.lineEnd(at)
	return []splice{{end, end, "\n" + text}}
}

// addItem adds the item that a part offers to its list.
func (d *document) addItem(s *slot, values map[string]string) (*document, error) {
	splices, err := d.tree.newItem(s, values)
	if err != nil {
		return nil, err
	}
	next := &document{file: d.file, crlf: d.crlf, body: d.body}
	if err := next.read(d.tree.apply(splices)); err != nil {
		return nil, errBeyond
	}
	var added *slot
	for _, candidate := range next.slots {
		if len(candidate.places) > 0 && len(s.places) > 0 && candidate.places[0].path == s.places[0].path && !candidate.isNew() {
			added = candidate
		}
	}
	if added == nil {
		return nil, errBeyond
	}
	for i, f := range added.Fields {
		if f.Value != values[s.Fields[i].Name] {
			return nil, errBeyond
		}
	}
	return next, sameAround(d.tree.root, nil, next.tree.root, added.item)
}

// newItem are the changes that add an item to a list.
func (t *tree) newItem(s *slot, values map[string]string) ([]splice, error) {
	var lines []string
	between := s.list.mapping != nil && isFlow(s.list.mapping) || !isEmpty(s.list.value) && isFlow(s.list.value)
	indent := t.itemIndent(s.list)
	for i, p := range s.places {
		value, given := values[s.Fields[i].Name]
		if !given {
			continue
		}
		line, err := writeField(p, value, indent+2, between)
		if err != nil {
			return nil, onField(err, s.ID, s.Fields[i].Name)
		}
		lines = append(lines, line)
	}
	margin := strings.Repeat(" ", indent)
	text := margin + "- " + strings.Join(lines, "\n"+margin+"  ")
	list := s.list.value
	switch {
	case between && !isEmpty(list) && len(list.Content) > 0:
		end, ok := t.end(list.Content[len(list.Content)-1])
		if !ok {
			return nil, errBeyond
		}
		return []splice{{end, end, ", {" + strings.Join(lines, ", ") + "}"}}, nil
	case between || s.list.key != nil && listLength(list) == 0:
		return nil, errBeyond
	case list == nil:
		return t.insertBlock(s.list, s.list.field.name+":\n"+text)
	}
	end, ok := t.end(list)
	if !ok {
		return nil, errBeyond
	}
	return t.insertLine(end, text), nil
}

// insertBlock adds a field whose text is written already.
func (t *tree) insertBlock(p place, text string) ([]splice, error) {
	end, ok := t.end(p.mapping.Content[p.keyBefore()+1])
	if !ok {
		return nil, errBeyond
	}
	indent := t.column(t.start(p.mapping.Content[0]))
	return t.insertLine(end, strings.Repeat(" ", indent)+text), nil
}

// itemIndent is how far to the right the dashes of a list stand or would.
func (t *tree) itemIndent(list place) int {
	if listLength(list.value) > 0 {
		if dash, ok := t.dash(list.value.Content[0]); ok {
			return t.column(dash)
		}
	}
	if list.mapping != nil && len(list.mapping.Content) > 0 {
		return t.column(t.start(list.mapping.Content[0])) + 2
	}
	return 0
}

// removeItem takes an item out of its list, and the list with its last item.
func (d *document) removeItem(s *slot) (*document, error) {
	t, list := d.tree, s.list
	var splices []splice
	var err error
	switch i := itemIndex(list.value, s.item); {
	case len(list.value.Content) == 1 && list.key != nil:
		splices, err = t.removeKey(list.mapping, list.key, list.value)
	case len(list.value.Content) == 1:
		return nil, errBeyond
	case isFlow(list.value):
		splices, err = t.removeAmong(list.value.Content, i, 1)
	default:
		splices, err = t.removeLines(s.item)
	}
	if err != nil {
		return nil, err
	}
	next := &document{file: d.file, crlf: d.crlf, body: d.body}
	if err := next.read(t.apply(splices)); err != nil {
		return nil, errBeyond
	}
	return next, sameAround(t.root, s.item, next.tree.root, nil)
}

// removeLines takes an item of a list out with its lines.
func (t *tree) removeLines(n *yaml.Node) ([]splice, error) {
	from, ok := t.dash(n)
	to, whole := t.end(n)
	if !ok || !whole {
		return nil, errBeyond
	}
	return []splice{{t.lineStart(from), t.nextLine(to), ""}}, nil
}

func itemIndex(list, item *yaml.Node) int {
	for i, n := range list.Content {
		if n == item {
			return i
		}
	}
	return 0
}
