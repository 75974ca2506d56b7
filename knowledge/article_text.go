package knowledge

import (
	"fmt"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// inline joins the text below n. It is false, and reported, when there is
// anything but text.
func (r *articleReader) inline(n ast.Node) (string, bool) {
	var words strings.Builder
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		t, ok := child.(*ast.Text)
		if !ok {
			r.report(n, fmt.Sprintf("%s may not be used; write plain text", nodeName(child)))
			return "", false
		}
		words.Write(t.Segment.Value(r.source))
		if t.SoftLineBreak() || t.HardLineBreak() {
			words.WriteByte(' ')
		}
	}
	text := strings.Join(strings.Fields(words.String()), " ")
	if strings.ContainsAny(text, "\\`*<>|") || strings.Contains(text, "://") {
		r.report(n, "holds one of \\ ` * < > | or an address; write plain text, and addresses into sources.yaml")
		return "", false
	}
	return text, true
}

// nodeName says in plain words what a part of Markdown is.
func nodeName(n ast.Node) string {
	switch n.Kind() {
	case ast.KindEmphasis:
		return "emphasis (* or _)"
	case ast.KindCodeSpan:
		return "code (`)"
	case ast.KindLink, ast.KindAutoLink:
		return "a link"
	case ast.KindImage:
		return "a picture"
	case ast.KindRawHTML:
		return "HTML"
	case ast.KindHTMLBlock:
		return "a block of HTML"
	case ast.KindCodeBlock:
		return "an indented line"
	case ast.KindFencedCodeBlock:
		return "a block of code"
	case ast.KindBlockquote:
		return "a quotation"
	case ast.KindThematicBreak:
		return "a line across the page"
	default:
		return n.Kind().String()
	}
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
	if len(cells) < 2 {
		r.report(row, "a table needs at least two columns, the last for the sources")
		return nil, false
	}
	return cells, true
}

// parseKeys reads a cell that holds nothing but source keys.
func parseKeys(cell string) ([]string, error) {
	rest, keys := cutKeys(cell)
	if rest != "" {
		return nil, fmt.Errorf("the last column of a table holds source keys such as [DUCK] and nothing else; move %q", rest)
	}
	return keys, nil
}
