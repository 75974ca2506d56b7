package knowledge

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// ExpectGolden writes another expected answer beside a question of
// golden.yaml. All other questions, and what stands around them, keep every
// byte.
func ExpectGolden(text []byte, g Golden) ([]byte, error) {
	edited, err := expectGolden(text, g)
	if err != nil {
		return nil, fmt.Errorf("expect another answer to %q: %w", g.Ask, err)
	}
	return edited, nil
}

func expectGolden(text []byte, g Golden) ([]byte, error) {
	d, matter, err := takeApart(goldenFile, text)
	if err != nil {
		return nil, err
	}
	list, err := readList[Golden]([]byte(matter))
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(list, func(other Golden) bool { return other.Ask == g.Ask })
	if i < 0 {
		return nil, errors.New("there is no such question")
	}
	if d.tree, _, err = newTree(matter); err != nil {
		return nil, err
	}
	if d.tree, err = d.tree.replaceItem(d.tree.root.Content[i], g.written()); err != nil {
		return nil, err
	}
	after, err := readList[Golden]([]byte(d.tree.text))
	if list[i] = g; err != nil || !slices.Equal(after, list) {
		return nil, errBeyond
	}
	return d.bytes(), nil
}

// replaceItem writes an item of a list anew, given as "name: value" lines.
func (t *tree) replaceItem(item *yaml.Node, lines []string) (*tree, error) {
	dash, found := t.dash(item)
	end, known := t.end(item)
	if !found || !known {
		return nil, errBeyond
	}
	margin := "\n" + strings.Repeat(" ", t.column(dash)+2)
	next, _, err := newTree(t.apply([]splice{{dash, end, "- " + strings.Join(lines, margin)}}))
	if err != nil {
		return nil, errBeyond
	}
	return next, nil
}

// written is a golden question as lines of the file.
func (g Golden) written() []string {
	lines := []string{"ask: " + writeText(g.Ask, false), "outcome: " + g.Outcome}
	for _, f := range []struct{ name, value string }{{"dose", g.Dose}, {"volume", g.Volume}, {"entry", string(g.Entry)}} {
		if f.value != "" {
			lines = append(lines, f.name+": "+writeText(f.value, false))
		}
	}
	return lines
}
