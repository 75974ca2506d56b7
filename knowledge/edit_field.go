package knowledge

import "strings"

// FieldOf finds the field of a form that a problem of the linter is about, so
// that the message can stand beside it. It is false for problems that are about
// no field of a form.
func FieldOf(file string, text []byte, p Problem) (part, field string, ok bool) {
	d, err := readDocument(file, text)
	if err != nil || p.File != file {
		return "", "", false
	}
	if part, field, ok = d.fieldAt(p.Path); ok || p.Path != "" && p.Line == 0 {
		return part, field, ok
	}
	return d.fieldOn(p.Line)
}

// fieldAt finds the field at a path, or that holds it; for the path of a
// whole item, its first field.
func (d *document) fieldAt(path string) (part, field string, ok bool) {
	if path == "" {
		return "", "", false
	}
	for _, s := range d.sections {
		at := "lead"
		if s.id != "" {
			at = "#" + s.id
		}
		if !s.isNew && within(path, at) {
			return s.name(), bodyField, true
		}
	}
	for _, s := range d.slots {
		for _, p := range s.places {
			if within(path, p.path) && !s.isNew() {
				return s.ID, p.field.name, true
			}
		}
	}
	for _, s := range d.slots {
		for _, p := range s.places {
			if within(p.path, path) && !s.isNew() {
				return s.ID, p.field.name, true
			}
		}
	}
	return "", "", false
}

// within says that a path is another one or leads on from it.
func within(path, outer string) bool {
	rest, ok := strings.CutPrefix(path, outer)
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
}

// fieldOn finds the field that stands on a line of the file.
func (d *document) fieldOn(line int) (part, field string, ok bool) {
	if kindOf(d.file) == "articles" {
		line-- // the fence above the fields
	}
	for _, s := range d.slots {
		for _, p := range s.places {
			if p.value == nil {
				continue
			}
			end, known := d.tree.end(p.value)
			if known && p.key.Line <= line && line <= strings.Count(d.tree.text[:end], "\n")+1 {
				return s.ID, p.field.name, true
			}
		}
	}
	for _, s := range d.sections {
		above := strings.Count(d.tree.text, "\n") + 2
		from, to := strings.Count(d.body[:s.from], "\n"), strings.Count(d.body[:s.to], "\n")
		if on := line - above - 1; !s.isNew && from <= on && on < max(to, from+1) {
			return s.name(), bodyField, true
		}
	}
	return "", "", false
}
