package picture

import (
	"encoding/xml"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// values are the words of an entry by the names that the art calls them.
type values map[string]string

// placeholder is a name in the art that a value takes the place of.
var placeholder = regexp.MustCompile(`\{\{([a-z0-9.-]+)\}\}`)

// filler puts the values of one entry into one piece of art and notes what
// stands in the way.
type filler struct {
	values   values
	problems []string
}

func (f *filler) problem(format string, args ...any) {
	if p := fmt.Sprintf(format, args...); !slices.Contains(f.problems, p) {
		f.problems = append(f.problems, p)
	}
}

// agree reports what the art draws and the entry does not say.
func (f *filler) agree(all []agreement) {
	for _, a := range all {
		got := f.values[a.key]
		switch {
		case a.contains && !strings.Contains(strings.ToLower(got), strings.ToLower(a.want)):
			f.problem("it shows %q, which the entry (%s) does not say", a.want, a.key)
		case !a.contains && got != a.want:
			f.problem("it shows %s as %q, but the entry says %q", a.key, a.want, got)
		}
	}
}

// fill is a copy of the element with its values; nil when it depends on a
// value that is empty.
func (f *filler) fill(n *node) *node {
	if key := n.attr("data-if"); key != "" && f.values[key] == "" {
		return nil
	}
	out := &node{name: n.name, text: f.replace(strings.Join(strings.Fields(n.text), " "))}
	for _, a := range n.attrs {
		out.attrs = append(out.attrs, xml.Attr{Name: a.Name, Value: f.replace(a.Value)})
	}
	if says := n.attr("data-says"); !strings.Contains(strings.ToLower(out.text), strings.ToLower(says)) {
		f.problem("%q stands where it shows %q", out.text, says)
	}
	for _, child := range n.children {
		if filled := f.fill(child); filled != nil {
			out.children = append(out.children, filled)
		}
	}
	return out
}

// replace puts values in the place of their names.
func (f *filler) replace(text string) string {
	return placeholder.ReplaceAllStringFunc(text, func(name string) string {
		key := strings.Trim(name, "{}")
		if f.values[key] == "" {
			f.problem("it needs %s, which the entry does not have", key)
		}
		return f.values[key]
	})
}
