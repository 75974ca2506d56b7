package knowledge

import (
	"fmt"
	"reflect"
	"time"
)

// visitor is called with each value of a base that stands in a file: a
// Statement, an ID, a text or a quantity, with the place where it stands and
// the field it fills.
type visitor func(file, path string, f field, value any)

// walk visits everything that entries and the tables of answers say.
func (r reader) walk(b *Base, visit visitor) {
	for _, a := range b.Articles {
		r.walkValue(a.File, reflect.ValueOf(a), field{}, "", visit)
		walkArticle(a, visit)
	}
	for _, d := range b.Drugs {
		r.walkValue(d.File, reflect.ValueOf(d), field{}, "", visit)
	}
	for _, s := range b.Sites {
		visit(s.File, "name", field{}, s.Title)
		r.walkValue(s.File, reflect.ValueOf(s), field{}, "", visit)
	}
	for _, d := range b.Devices {
		visit(d.File, "name", field{}, d.Title)
		r.walkValue(d.File, reflect.ValueOf(d), field{}, "", visit)
	}
	r.walkValue("site-choice.yaml", reflect.ValueOf(siteChoice{b.SiteChoice, b.Situations}), field{}, "", visit)
	r.walkValue(goldenFile, reflect.ValueOf(b.Golden), field{}, "", visit)
	r.walkValue(noticeFile, reflect.ValueOf(b.Notices), field{}, "", visit)
	if b.Card != nil {
		r.walkValue(cardFile, reflect.ValueOf(b.Card), field{}, "", visit)
	}
	r.walkValue("refusals.yaml", reflect.ValueOf(b.Refusals), field{}, "", visit)
}

// walkValue visits the values below v, following the same tags as the decoder.
// Worked examples are left aside: they repeat what the rule says.
func (r reader) walkValue(file string, v reflect.Value, f field, path string, visit visitor) {
	_, isScalar := r.scalars[v.Type()]
	switch {
	case v.Type() == reflect.TypeFor[[]Check]():
	case isScalar || v.Kind() == reflect.String:
		if !v.IsZero() {
			visit(file, path, f, v.Interface())
		}
	case v.Kind() == reflect.Bool:
		visit(file, path, f, f.oneOf[index(!v.Bool())])
	case v.Kind() == reflect.Pointer:
		r.walkValue(file, v.Elem(), f, path, visit)
	case v.Kind() == reflect.Struct:
		for _, f := range r.schema.fields(v.Type()) {
			r.walkValue(file, v.FieldByIndex(f.index), f, join(path, f.name), visit)
		}
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			r.walkValue(file, v.Index(i), f, indexed(path, i), visit)
		}
	}
}

// index is the place of the word for a bool among its two words.
func index(second bool) int {
	if second {
		return 1
	}
	return 0
}

// walkArticle visits what an article says below its fields. A row of a table
// counts as a statement.
func walkArticle(a *Article, visit visitor) {
	visit(a.File, "title", field{}, a.Title)
	walkBlocks(a.File, "lead", a.Lead, visit)
	for _, s := range a.Sections {
		visit(a.File, "#"+s.ID, field{}, s.Heading)
		walkBlocks(a.File, "#"+s.ID, s.Blocks, visit)
	}
}

func walkBlocks(file, path string, blocks []Block, visit visitor) {
	for i, b := range blocks {
		at := indexed(path, i)
		for j, s := range b.Items {
			visit(file, indexed(at, j), field{}, s)
		}
		for _, head := range b.Head {
			visit(file, at, field{}, head)
		}
		for j, row := range b.Rows {
			visit(file, indexed(at, j), field{}, row.statement())
		}
	}
}

// textOf is the text of a visited value as people read it.
func textOf(value any) string {
	switch value := value.(type) {
	case Statement:
		return value.Text
	case time.Time:
		return value.Format(time.DateOnly)
	default:
		return fmt.Sprint(value)
	}
}
