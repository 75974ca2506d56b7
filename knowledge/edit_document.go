package knowledge

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
)

// document is a file taken apart for editing.
type document struct {
	file     string
	crlf     bool
	tree     *tree // the YAML
	slots    []*slot
	body     string // of an article, below the YAML
	sections []section
}

// frontFence begins and ends the fields of an article.
const frontFence = "---\n"

// readDocument takes a file apart for its forms.
func readDocument(file string, text []byte) (*document, error) {
	d, matter, err := takeApart(file, text)
	if err != nil {
		return nil, err
	}
	return d, d.read(matter)
}

// takeApart parts the YAML of a file from the text of an article.
func takeApart(file string, text []byte) (d *document, matter string, err error) {
	if len(text) > maxFileBytes {
		return nil, "", errors.New("is larger than 1 MiB; split it")
	}
	d = &document{file: file, crlf: bytes.Contains(text, []byte("\r\n"))}
	lines := bytes.Count(text, []byte("\r\n"))
	if d.crlf && lines != bytes.Count(text, []byte("\n")) || lines != bytes.Count(text, []byte("\r")) {
		return nil, "", errors.New("ends its lines in two ways; save it again with a text editor")
	}
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	if kindOf(file) != "articles" {
		return d, string(text), nil
	}
	front, body, ok := cutFrontMatter(text)
	if !ok {
		return nil, "", errors.New(`does not begin with fields between two lines "---"; edit the file`)
	}
	d.body = string(body)
	return d, string(front), nil
}

// read takes the YAML and the sections apart.
func (d *document) read(matter string) error {
	t, line, err := newTree(matter)
	if err != nil {
		return fmt.Errorf("line %d: %w", line, err)
	}
	d.tree = t
	if d.slots, err = slotsOf(d.file, t); err != nil {
		return err
	}
	d.sections = nil
	if kindOf(d.file) == "articles" {
		d.sections = sectionsOf(d.body)
	}
	return nil
}

// bytes is the text of the file.
func (d *document) bytes() []byte {
	text := d.tree.text
	if kindOf(d.file) == "articles" {
		text = frontFence + text + "\n" + frontFence + d.body
	}
	if d.crlf {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	return []byte(text)
}

// part finds a part by its name.
func (d *document) part(id string) (Part, bool) {
	if s := d.slot(id); s != nil {
		return s.Part, true
	}
	s, found := d.section(id)
	return s.part(), found
}

func (d *document) slot(id string) *slot {
	for _, s := range d.slots {
		if s.ID == id {
			return s
		}
	}
	return nil
}
