package knowledge

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// bodyField is the name of the field that holds Markdown as written.
const bodyField = "text"

// section is a headed piece of an article as it is written. The short answer
// is one without a heading.
type section struct {
	id, heading string
	asked       []string
	body        string // as written, without the empty lines around it
	from, to    int    // in the text below the fields
	askedLines  string // as written
	isNew       bool
}

// leadPart and newSection are the parts of an article that have no id.
const (
	leadPart   = "lead"
	newSection = "section-new"
)

// sectionsOf takes the text of an article apart at its headings.
func sectionsOf(body string) []section {
	source := []byte(body)
	root := markdown().Parse(text.NewReader(source))
	all := []section{{}}
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		h, ok := n.(*ast.Heading)
		if !ok || h.Level != 2 {
			continue
		}
		from := strings.LastIndexByte(body[:startOf(h)], '\n') + 1
		all[len(all)-1].to = from
		next := section{from: from}
		if m := headingForm.FindStringSubmatch(headingText(h, source)); m != nil {
			next.heading, next.id = m[1], m[2]
		}
		all = append(all, next)
	}
	all[len(all)-1].to = len(body)
	for i := range all {
		all[i].read(body)
	}
	return append(all, section{isNew: true, from: len(body), to: len(body)})
}

// headingText is the text of a heading as written.
func headingText(h *ast.Heading, source []byte) string {
	var b bytes.Buffer
	for n := h.FirstChild(); n != nil; n = n.NextSibling() {
		if t, isText := n.(*ast.Text); isText {
			b.Write(t.Segment.Value(source))
		}
	}
	return evened(b.String())
}

// read takes the ways to ask and the text out of a section.
func (s *section) read(body string) {
	rest := body[s.from:s.to]
	if s.from > 0 || s.heading != "" {
		_, rest, _ = strings.Cut(rest, "\n")
	}
	rest = strings.Trim(rest, " \n")
	if s.heading != "" && strings.HasPrefix(rest, askedAs) {
		s.askedLines, rest, _ = strings.Cut(rest, "\n\n")
		for way := range strings.SplitSeq(strings.TrimPrefix(s.askedLines, askedAs), ";") {
			if way = evened(way); way != "" {
				s.asked = append(s.asked, way)
			}
		}
	}
	s.body = strings.Trim(rest, " \n")
}

// name is the name of the part.
func (s section) name() string {
	switch {
	case s.isNew:
		return newSection
	case s.id != "":
		return "section/" + s.id
	default:
		return leadPart
	}
}

// part is the form of a section.
func (s section) part() Part {
	p := Part{ID: s.name(), Title: "Short answer"}
	if s.isNew {
		p.Title = "New section"
	}
	if s.heading != "" || s.isNew {
		p.Fields = []EditField{
			{Name: "heading", Label: "Heading", Hint: "What the section answers: Why it is needed", Value: s.heading, Optional: true},
			{Name: "asked", Label: "How people ask for it", Hint: "One a line: why flush", Value: strings.Join(s.asked, "\n"), Long: true, Optional: true, list: true},
		}
	}
	if s.heading != "" {
		p.Title = cutText(s.heading, maxName)
	}
	body := EditField{
		Name: bodyField, Label: "Text", Value: s.body, Long: true, Optional: s.heading != "" || s.isNew,
		Hint: `Paragraphs, "- " bullets, "1. " steps or a table; sources at the end: Flush first. [SCOTP]`,
	}
	if utf8.RuneCountInString(s.body) > maxEdited {
		body.Locked = fmt.Sprintf("has more than %d characters, too many for chat; edit the file", maxEdited)
	}
	p.Fields = append(p.Fields, body)
	return p
}

// section finds a section of an article by the name of its part.
func (d *document) section(id string) (section, bool) {
	for _, s := range d.sections {
		if s.name() == id {
			return s, true
		}
	}
	return section{}, false
}

// editSection writes values into a section.
func (d *document) editSection(s section, values map[string]string) (*document, error) {
	is, err := s.with(values)
	if err != nil {
		return nil, err
	}
	next := &document{file: d.file, crlf: d.crlf, body: d.body[:s.from] + d.written(s, is) + d.body[s.to:]}
	if err := next.read(d.tree.text); err != nil {
		return nil, errBeyond
	}
	return next, d.checkSections(s, is, next)
}

// with is a section with new values.
func (s section) with(values map[string]string) (section, error) {
	if heading, changed := values["heading"]; changed {
		s.heading = heading
	}
	if asked, changed := values["asked"]; changed {
		s.asked, s.askedLines = nil, ""
		for way := range strings.SplitSeq(asked, "\n") {
			if strings.Contains(way, ";") {
				return s, &FieldError{s.name(), "asked", `holds a ";"; write each way to ask on a line of its own`}
			}
			if way != "" {
				s.asked = append(s.asked, way)
			}
		}
	}
	if body, changed := values[bodyField]; changed {
		s.body = body
	}
	if s.isNew && s.id == "" {
		s.id = slugOf(s.heading)
	}
	return s, s.check()
}

// check says what is wrong with new values of a section.
func (s section) check() error {
	switch headed := s.id != ""; {
	case headed && s.heading == "" && s.body == "" && len(s.asked) == 0:
		return nil // taken out
	case headed && s.heading == "" || s.isNew && !headed:
		return &FieldError{s.name(), "heading", "is empty; write a heading, or empty the other fields too to take the section out"}
	case headed && strings.HasPrefix(s.body, askedAs):
		return &FieldError{s.name(), bodyField, `may not begin with "Asked as:"; the ways to ask have a field of their own`}
	case s.body == "":
		return &FieldError{s.name(), bodyField, "is empty; write a text"}
	default:
		return nil
	}
}

// slugOf makes a lasting id from a heading.
func slugOf(heading string) string {
	words := strings.FieldsFunc(strings.ToLower(heading), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	return strings.Join(words[:min(len(words), 6)], "-")
}

// written is a section as it will stand in the file: the lines that do not
// change as they were, the empty lines around them included.
func (d *document) written(was, is section) string {
	if is.id != "" && is.heading == "" {
		return ""
	}
	old := d.body[was.from:was.to]
	if was.isNew {
		return closedLine(d.body)[len(d.body):] + "\n" + is.head() + is.askedParagraph() + is.body + "\n"
	}
	head, rest := "", old
	if was.id != "" {
		head, rest, _ = strings.Cut(old, "\n")
		head += "\n"
	}
	if is.heading != was.heading {
		head = "## " + is.heading + " {#" + is.id + "}\n"
	}
	before := rest[:len(rest)-len(strings.TrimLeft(rest, " \n"))]
	after := rest[len(strings.TrimRight(rest, " \n")):]
	if strings.Trim(rest, " \n") == "" {
		before, after = "\n", "\n"
	}
	return head + before + is.askedParagraph() + is.body + after
}

func (s section) head() string { return "## " + s.heading + " {#" + s.id + "}\n\n" }

// askedParagraph is the line of ways to ask with the empty line below it.
func (s section) askedParagraph() string {
	switch {
	case s.askedLines != "":
		return s.askedLines + "\n\n"
	case len(s.asked) > 0:
		return askedAs + " " + strings.Join(s.asked, "; ") + "\n\n"
	default:
		return ""
	}
}

// checkSections makes sure that a change of one section changed no other.
func (d *document) checkSections(was, is section, next *document) error {
	var want []section
	for _, s := range d.sections {
		switch {
		case s.name() != was.name():
			want = append(want, s)
		case was.isNew:
			want = append(want, is, s)
		case is.heading != "" || is.id == "":
			want = append(want, is)
		}
	}
	if len(want) != len(next.sections) {
		return &FieldError{was.name(), bodyField, `may not begin a line with "##"; each section has a form of its own`}
	}
	for i, s := range want {
		got := next.sections[i]
		same := got.id == s.id && got.heading == s.heading && got.body == s.body && strings.Join(got.asked, "\n") == strings.Join(s.asked, "\n")
		if !same {
			return errBeyond
		}
	}
	return nil
}
