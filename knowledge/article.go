package knowledge

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// headingForm is the text of a heading with its lasting id.
var headingForm = regexp.MustCompile(`^(.*\S)\s*\{#(` + slug + `)\}$`)

// askedAs begins the line that says how people ask for a section.
const askedAs = "Asked as:"

// readArticle reads a Markdown file: front matter, then the blocks.
func (l *loader) readArticle(f file) {
	var head articleFile
	matter, body, ok := cutFrontMatter(f.data)
	if !ok {
		l.report(Problem{f.name, 1, "", `does not begin with fields between two lines "---"; FORMAT.md shows an article`})
	} else {
		l.decodeAt(file{f.name, matter}, 1, &head)
	}
	head.Meta.Title = head.Title
	a := &head.Article
	l.register(f, &a.Meta)
	l.base.Articles = append(l.base.Articles, a)
	if ok {
		above := bytes.Count(f.data[:len(f.data)-len(body)], []byte("\n"))
		r := articleReader{loader: l, file: f.name, source: body, above: above, article: a}
		r.read()
	}
}

// cutFrontMatter splits an article at the two lines "---".
func cutFrontMatter(data []byte) (matter, body []byte, ok bool) {
	rest, ok := bytes.CutPrefix(data, []byte("---\n"))
	if !ok {
		return nil, nil, false
	}
	matter, body, ok = bytes.Cut(rest, []byte("\n---\n"))
	return matter, body, ok
}

// articleReader turns the Markdown of one article into blocks. It knows the
// few parts of Markdown that every platform can show and reports the others.
type articleReader struct {
	loader  *loader
	file    string
	source  []byte // the Markdown below the front matter
	above   int    // lines above it
	article *Article
}

func (r *articleReader) read() {
	root := r.loader.markdown.Parse(text.NewReader(r.source))
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok {
			r.heading(h)
		} else if asked, ok := r.asked(n); ok {
			r.addAsked(n, asked)
		} else if b, ok := r.block(n); ok {
			r.addBlock(n, b)
		}
	}
	if len(r.article.Lead) == 0 {
		r.loader.report(Problem{r.file, r.above + 1, "", `has no short answer; write it between the fields and the first "##"`})
	}
}

// markdown is the parser of articles. It knows headings, lists, tables and
// paragraphs and nothing else: what Markdown would read as emphasis, links,
// code or HTML stays text and is refused by its characters, which is simpler,
// and safe with files made to exhaust a parser.
func markdown() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(parser.NewThematicBreakParser(), 100),
			util.Prioritized(parser.NewListParser(), 200),
			util.Prioritized(parser.NewListItemParser(), 300),
			util.Prioritized(parser.NewCodeBlockParser(), 350),
			util.Prioritized(parser.NewATXHeadingParser(), 400),
			util.Prioritized(parser.NewParagraphParser(), 500)),
		parser.WithParagraphTransformers(
			util.Prioritized(extension.NewTableParagraphTransformer(), 100)),
		parser.WithASTTransformers(
			util.Prioritized(extension.NewTableASTTransformer(), 100)),
	)
}

// section is the section being read, nil in the short answer.
func (r *articleReader) section() *Section {
	if len(r.article.Sections) == 0 {
		return nil
	}
	return &r.article.Sections[len(r.article.Sections)-1]
}

// path names the next block for messages and for lines.
func (r *articleReader) path() string {
	if s := r.section(); s != nil {
		return indexed("#"+s.ID, len(s.Blocks))
	}
	return indexed("lead", len(r.article.Lead))
}

// report reports a problem where n stands.
func (r *articleReader) report(n ast.Node, message string) {
	r.loader.report(Problem{r.file, r.line(n), r.path(), message})
}

// line is the line in the file where n begins.
func (r *articleReader) line(n ast.Node) int {
	return r.above + 1 + bytes.Count(r.source[:startOf(n)], []byte("\n"))
}

// startOf is the offset where n begins.
func startOf(n ast.Node) int { return max(0, n.Pos()) }

func (r *articleReader) heading(h *ast.Heading) {
	written, _ := r.inline(h)
	m := headingForm.FindStringSubmatch(written)
	switch {
	case h.Level != 2:
		r.report(h, `only "##" headings may be used`)
	case m == nil:
		r.report(h, `the heading has no id; end it with one that will last: "## Why it is needed {#why}"`)
	case r.hasSection(m[2]):
		r.report(h, fmt.Sprintf("the id #%s stands twice; choose another", m[2]))
	default:
		r.article.Sections = append(r.article.Sections, Section{ID: m[2], Heading: m[1]})
		r.loader.lines[r.file]["#"+m[2]] = r.line(h)
	}
}

func (r *articleReader) hasSection(id string) bool {
	_, found := r.article.Section(id)
	return found
}

// asked is the text of a paragraph of ways to ask.
func (r *articleReader) asked(n ast.Node) (string, bool) {
	if n.Kind() != ast.KindParagraph || !bytes.HasPrefix(r.source[startOf(n):], []byte(askedAs)) {
		return "", false
	}
	written, ok := r.inline(n)
	if !ok {
		return "", true
	}
	if strings.ContainsAny(written, "[]") {
		r.report(n, `the line "Asked as:" runs into a statement; leave an empty line after it`)
	}
	return strings.TrimPrefix(written, askedAs), true
}

func (r *articleReader) addAsked(n ast.Node, asked string) {
	s := r.section()
	if s == nil {
		r.report(n, `"Asked as:" belongs under a "##" heading; put other words for the title into aliases`)
		return
	}
	for way := range strings.SplitSeq(asked, ";") {
		if way = strings.TrimSpace(way); way != "" {
			s.AskedAs = append(s.AskedAs, way)
		}
	}
}

func (r *articleReader) addBlock(n ast.Node, b Block) {
	r.loader.lines[r.file][r.path()] = r.line(n)
	if s := r.section(); s != nil {
		s.Blocks = append(s.Blocks, b)
	} else {
		r.article.Lead = append(r.article.Lead, b)
	}
}

// block reads a paragraph, a list or a table.
func (r *articleReader) block(n ast.Node) (Block, bool) {
	switch n := n.(type) {
	case *ast.Paragraph:
		s, ok := r.statement(n)
		return Block{Kind: Paragraph, Items: []Statement{s}}, ok
	case *ast.List:
		return r.list(n)
	case *extast.Table:
		return r.table(n)
	default:
		r.report(n, `neither an indented line nor a line across the page may be used; write paragraphs, "-" bullets, "1." steps or a table`)
		return Block{}, false
	}
}

// statement reads the text of n with its source keys.
func (r *articleReader) statement(n ast.Node) (Statement, bool) {
	written, ok := r.inline(n)
	if !ok {
		return Statement{}, false
	}
	s, err := parseStatement(written)
	if err != nil {
		r.report(n, err.Error())
	}
	return s, err == nil
}

func (r *articleReader) list(list *ast.List) (Block, bool) {
	b := Block{Kind: Bullets}
	if list.IsOrdered() {
		b.Kind = Steps
	}
	if list.IsOrdered() && list.Start != 1 {
		r.report(list, "the steps do not start at 1; indent nothing between the steps and number them from 1")
		return b, false
	}
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		if item.ChildCount() != 1 || item.FirstChild().Kind() == ast.KindList {
			r.report(item, "an item of a list holds one statement; write a nested list or a second paragraph as items of their own")
			return b, false
		}
		s, ok := r.statement(item.FirstChild())
		if !ok {
			return b, false
		}
		r.loader.lines[r.file][indexed(r.path(), len(b.Items))] = r.line(item)
		b.Items = append(b.Items, s)
	}
	return b, true
}
