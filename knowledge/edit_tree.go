package knowledge

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// tree is the YAML of a file with its nodes and where each of them stands.
type tree struct {
	text   string
	root   *yaml.Node
	starts []int // offsets of the lines
}

// newTree parses the YAML of a file.
func newTree(text string) (*tree, int, error) {
	root, line, err := parseYAML([]byte(text))
	if err != nil {
		return nil, line, err
	}
	t := &tree{text: text, root: root, starts: []int{0}}
	for i := range len(text) {
		if text[i] == '\n' {
			t.starts = append(t.starts, i+1)
		}
	}
	return t, 0, nil
}

// start is the offset of the first character of a node.
func (t *tree) start(n *yaml.Node) int {
	if n.Line < 1 || n.Line > len(t.starts) {
		return len(t.text)
	}
	at := t.starts[n.Line-1]
	for range n.Column - 1 { // the YAML library counts characters
		_, size := utf8.DecodeRuneInString(t.text[at:])
		at += size
	}
	return at
}

// end is the offset behind a node, which the YAML library does not tell. It is
// false for what cannot be followed: then the file is left to a text editor.
func (t *tree) end(n *yaml.Node) (int, bool) {
	at := t.start(n)
	switch {
	case n.Kind == yaml.ScalarNode:
		return t.scalarEnd(n, at)
	case n.Kind != yaml.MappingNode && n.Kind != yaml.SequenceNode:
		return 0, false
	case n.Style&yaml.FlowStyle == 0 && len(n.Content) > 0:
		return t.end(n.Content[len(n.Content)-1])
	}
	at++ // the bracket
	if len(n.Content) > 0 {
		last, ok := t.end(n.Content[len(n.Content)-1])
		if !ok {
			return 0, false
		}
		at = last
	}
	return t.closing(at)
}

// closing is the offset behind the bracket that ends a list on one line.
func (t *tree) closing(at int) (int, bool) {
	for ; at < len(t.text); at++ {
		switch t.text[at] {
		case ' ', '\n', ',':
		case ']', '}':
			return at + 1, true
		default:
			return 0, false
		}
	}
	return 0, false
}

// scalarEnd finds the end of a text.
func (t *tree) scalarEnd(n *yaml.Node, at int) (int, bool) {
	switch {
	case n.Style&yaml.DoubleQuotedStyle != 0:
		return t.quoteEnd(at, '"', '\\')
	case n.Style&yaml.SingleQuotedStyle != 0:
		return t.quoteEnd(at, '\'', '\'')
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		at = t.lineEnd(at) // the words begin on the next line
	}
	return t.wordsEnd(n.Value, at)
}

// quoteEnd is the offset behind a quoted text, in which an escape sign takes
// the meaning from the sign behind it.
func (t *tree) quoteEnd(at int, quote, escape byte) (int, bool) {
	for at++; at < len(t.text); at++ {
		doubled := at+1 < len(t.text) && t.text[at+1] == quote
		switch c := t.text[at]; {
		case c == escape && (escape != quote || doubled):
			at++
		case c == quote:
			return at + 1, true
		}
	}
	return 0, false
}

// wordsEnd is the offset behind words that stand one after another, however
// they are broken into lines.
func (t *tree) wordsEnd(words string, at int) (int, bool) {
	for word := range strings.FieldsSeq(words) {
		for at < len(t.text) && (t.text[at] == ' ' || t.text[at] == '\n') {
			at++
		}
		if !strings.HasPrefix(t.text[at:], word) {
			return 0, false
		}
		at += len(word)
	}
	return at, true
}

// lineStart and lineEnd are the ends of the line that holds an offset.
func (t *tree) lineStart(at int) int { return strings.LastIndexByte(t.text[:at], '\n') + 1 }

func (t *tree) lineEnd(at int) int {
	if i := strings.IndexByte(t.text[at:], '\n'); i >= 0 {
		return at + i
	}
	return len(t.text)
}

// nextLine is the offset of the line below.
func (t *tree) nextLine(at int) int { return min(t.lineEnd(at)+1, len(t.text)) }

// column is how far to the right an offset stands.
func (t *tree) column(at int) int { return utf8.RuneCountInString(t.text[t.lineStart(at):at]) }

// leads says that only spaces stand before an offset in its line.
func (t *tree) leads(at int) bool { return strings.Trim(t.text[t.lineStart(at):at], " ") == "" }

// dash is the offset of the dash in front of an item of a list.
func (t *tree) dash(item *yaml.Node) (int, bool) {
	at := t.start(item)
	before := strings.TrimRight(t.text[:at], " ")
	if !strings.HasSuffix(before, "-") || !t.leads(len(before)-1) {
		return 0, false
	}
	return len(before) - 1, true
}

// leaves lists every text below a node with the way to it, the positions in
// lists left out, so that two trees can be compared around a change. What lies
// below skip is not listed.
func leaves(n *yaml.Node, path string, skip *yaml.Node) []string {
	if n == skip {
		return nil
	}
	var all []string
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			all = append(all, leaves(n.Content[i+1], path+"\x00"+n.Content[i].Value, skip)...)
		}
	case yaml.SequenceNode:
		for _, item := range n.Content {
			all = append(all, leaves(item, path+"\x00-", skip)...)
		}
	default:
		all = append(all, path+"\x01"+n.Tag+"\x01"+n.Value)
	}
	return all
}

// child is the value of a key in a mapping, with the key itself.
func child(n *yaml.Node, name string) (key, value *yaml.Node) {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil, nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == name {
			return n.Content[i], n.Content[i+1]
		}
	}
	return nil, nil
}

// isEmpty says that a field stands there without a value.
func isEmpty(n *yaml.Node) bool {
	return n == nil || n.Kind == yaml.ScalarNode && n.Tag == "!!null"
}

// isFlow says that a list or mapping is written between brackets.
func isFlow(n *yaml.Node) bool { return n.Style&yaml.FlowStyle != 0 }

// splice puts a text in the place of another.
type splice struct {
	from, to int
	text     string
}

// apply makes splices that do not meet, given from first to last.
func (t *tree) apply(splices []splice) string {
	var b bytes.Buffer
	at := 0
	for _, s := range splices {
		b.WriteString(t.text[at:s.from])
		b.WriteString(s.text)
		at = s.to
	}
	b.WriteString(t.text[at:])
	return b.String()
}
