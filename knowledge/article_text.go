package knowledge

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// markup are the characters that Markdown may read as something else than
// text.
const markup = "\\`*_<>|"

// inline joins the text below n. It is false, and reported, when the text
// holds markup or an address.
func (r *articleReader) inline(n ast.Node) (string, bool) {
	var words strings.Builder
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		if t, isText := child.(*ast.Text); isText {
			words.Write(t.Segment.Value(r.source))
			if t.SoftLineBreak() || t.HardLineBreak() {
				words.WriteByte(' ')
			}
		}
	}
	text := strings.Join(strings.Fields(words.String()), " ")
	switch {
	case strings.ContainsAny(text, markup):
		r.report(n, "holds one of the characters "+markup+", which are markup; write plain text")
	case strings.HasPrefix(text, "#") || strings.HasPrefix(text, "-"):
		r.report(n, `begins with "#" or "-" but is no heading or bullet; leave a space after it`)
	case strings.Contains(text, "://"):
		r.report(n, "holds an address; put it into sources.yaml and cite its key")
	default:
		return text, true
	}
	return "", false
}

// table reads a table whose last column holds source keys.
func (r *articleReader) table(t *extast.Table) (Block, bool) {
	b := Block{Kind: Table}
	for row := t.FirstChild(); row != nil; row = row.NextSibling() {
		cells, ok := r.cells(row)
		if !ok {
			return b, false
		}
		last := len(cells) - 1
		if row.Kind() == extast.KindTableHeader {
			b.Head = cells[:last]
			continue
		}
		sources, err := parseKeys(cells[last])
		if err != nil {
			r.report(row, err.Error())
			return b, false
		}
		r.loader.lines[r.file][indexed(r.path(), len(b.Rows))] = r.line(row)
		b.Rows = append(b.Rows, Row{Cells: cells[:last], Sources: sources})
	}
	return b, true
}

// cells reads the cells of a row, at least two.
func (r *articleReader) cells(row ast.Node) ([]string, bool) {
	var cells []string
	for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
		text, ok := r.inline(cell)
		if !ok {
			return nil, false
		}
		cells = append(cells, text)
	}
	switch written := r.cellsWritten(row); {
	case len(cells) < 2:
		r.report(row, "a table needs at least two columns, the last for the sources")
	case written != len(cells):
		r.report(row, fmt.Sprintf("has %d cells in a table of %d columns; write one for each column", written, len(cells)))
	default:
		return cells, true
	}
	return nil, false
}

// cellsWritten counts the cells in the line of a row. Markdown itself drops
// those that have no column, and what they say with them.
func (r *articleReader) cellsWritten(row ast.Node) int {
	line, _, _ := bytes.Cut(r.source[startOf(row):], []byte("\n"))
	line = bytes.TrimPrefix(bytes.TrimSuffix(bytes.TrimSpace(line), []byte("|")), []byte("|"))
	return bytes.Count(line, []byte("|")) + 1
}

// parseKeys reads a cell that holds nothing but source keys.
func parseKeys(cell string) ([]string, error) {
	rest, keys := cutKeys(cell)
	if rest != "" {
		return nil, fmt.Errorf("the last column of a table holds source keys such as [DUCK] and nothing else; move %q", rest)
	}
	return keys, nil
}
