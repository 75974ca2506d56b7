package picture

import (
	"bytes"
	"embed"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"iobot/knowledge"
)

//go:embed art/*.svg
var artFiles embed.FS

// art is one file of art: what it draws, and the elements with their
// placeholders.
type art struct {
	file          string
	source        []byte
	entry         knowledge.ID // whose figures it shows
	part          string       // tells the drawings of one entry apart
	groups        []string     // of the site's landmarks; none for a drawing that holds at any age
	title         string       // empty: made from the entry
	view          string       // what is seen, from where
	agrees        []agreement
	width, height float64
	root          *node
}

// agreement is something the art shows by its shape and not in words, with
// what the entry must say for the shape to be right.
type agreement struct {
	key, want string
	contains  bool // the value need only hold the words
}

// node is an element of the art.
type node struct {
	name     string
	attrs    []xml.Attr
	children []*node
	text     string // between the tags, of text and style
}

// readArt reads all art of the program.
func readArt() ([]*art, error) {
	files, err := artFiles.ReadDir("art")
	if err != nil {
		return nil, err
	}
	var all []*art
	for _, f := range files {
		source, err := artFiles.ReadFile(path.Join("art", f.Name()))
		if err != nil {
			return nil, err
		}
		a, err := parseArt(f.Name(), source)
		if err != nil {
			return nil, fmt.Errorf("read art %s: %w", f.Name(), err)
		}
		all = append(all, a)
	}
	return all, nil
}

// parseArt reads one SVG file with the attributes that doc.go describes on its root.
func parseArt(file string, source []byte) (*art, error) {
	root, err := parseNodes(source)
	if err != nil {
		return nil, err
	}
	a := &art{
		file: file, source: source, root: root,
		entry:  knowledge.ID(root.attr("data-entry")),
		part:   root.attr("data-part"),
		groups: strings.Fields(root.attr("data-groups")),
		title:  root.attr("data-title"),
		view:   root.attr("data-view"),
	}
	if a.entry == "" || a.view == "" {
		return nil, errors.New("data-entry or data-view is missing")
	}
	if a.agrees, err = parseAgreements(root.attr("data-agrees")); err != nil {
		return nil, err
	}
	box := strings.Fields(root.attr("viewBox"))
	if len(box) != 4 {
		return nil, errors.New("viewBox must hold four numbers")
	}
	a.width, a.height = number(box[2]), number(box[3])
	return a, nil
}

// parseAgreements reads "angle = 90 degrees; find ~ slightly medial".
func parseAgreements(list string) ([]agreement, error) {
	var all []agreement
	for _, item := range strings.Split(list, ";") {
		if strings.TrimSpace(item) == "" {
			continue
		}
		i := strings.IndexAny(item, "=~")
		if i < 0 {
			return nil, fmt.Errorf("%q in data-agrees has neither = nor ~", item)
		}
		all = append(all, agreement{strings.TrimSpace(item[:i]), strings.TrimSpace(item[i+1:]), item[i] == '~'})
	}
	return all, nil
}

// parseNodes reads the elements of an SVG file. Comments are left out.
func parseNodes(source []byte) (*node, error) {
	decoder := xml.NewDecoder(bytes.NewReader(source))
	top := &node{}
	open := []*node{top}
	for {
		token, err := decoder.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		current := open[len(open)-1]
		switch t := token.(type) {
		case xml.StartElement:
			n := &node{name: t.Name.Local, attrs: t.Copy().Attr}
			current.children = append(current.children, n)
			open = append(open, n)
		case xml.EndElement:
			if current.name != t.Name.Local {
				return nil, fmt.Errorf("</%s> closes <%s>", t.Name.Local, current.name)
			}
			open = open[:len(open)-1]
		case xml.CharData:
			current.text += string(t)
		}
	}
	if len(open) != 1 || len(top.children) != 1 || top.children[0].name != "svg" {
		return nil, errors.New("is not one whole svg element")
	}
	return top.children[0], nil
}

// attr is the value of an attribute; empty when it is not there.
func (n *node) attr(name string) string {
	for _, a := range n.attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// write appends the element as XML, without the attributes that only this
// package reads.
func (n *node) write(to *bytes.Buffer) {
	to.WriteString("<" + n.name)
	for _, a := range n.attrs {
		if strings.HasPrefix(a.Name.Local, "data-") {
			continue
		}
		to.WriteString(" " + a.Name.Local + `="`)
		xml.EscapeText(to, []byte(a.Value)) // a bytes.Buffer returns no error
		to.WriteString(`"`)
	}
	to.WriteString(">")
	xml.EscapeText(to, []byte(strings.TrimSpace(n.text)))
	for _, child := range n.children {
		child.write(to)
	}
	to.WriteString("</" + n.name + ">\n")
}

// number reads a coordinate; what is none is 0.
func number(s string) float64 {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 0
	}
	return f
}
