package knowledge

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Files at the top of the folder that people may leave out.
const (
	goldenFile = "golden.yaml"
	noticeFile = "notices.yaml"
)

// NoticesFor lists the notices about an entry, or about all, that have not
// ended. A notice ends at the end of its day, UTC.
func (b *Base) NoticesFor(id ID, at time.Time) []Notice {
	return keep(b.Notices, func(n Notice) bool {
		about := len(n.About) == 0 || slices.Contains(n.About, id) || slices.Contains(n.About, id.Entry())
		return about && !dayOver(n.Until, at)
	})
}

// AddNotice adds a notice to the text of notices.yaml, which may be empty. A
// notice without an id gets one, and a text without a source says that it is
// this organisation's own.
func AddNotice(text []byte, n Notice) ([]byte, error) {
	list, err := readList[Notice](text)
	switch {
	case err != nil:
		return nil, fmt.Errorf("add a notice: %w", err)
	case evened(n.Text.Text) == "":
		return nil, errors.New("add a notice: it says nothing; write a sentence")
	case n.Until.IsZero():
		return nil, errors.New("add a notice: it has no end; say until when, as 2027-01-31")
	}
	taken := func(id string) bool { return slices.ContainsFunc(list, func(m Notice) bool { return m.ID == id }) }
	for i := 1; n.ID == ""; i++ {
		if id := fmt.Sprintf("notice-%d", i); !taken(id) {
			n.ID = id
		}
	}
	if taken(n.ID) {
		return nil, fmt.Errorf("add a notice: the id %s stands there already; choose another", n.ID)
	}
	if message := hiddenIn([]byte(n.Text.Text + n.By)); message != "" {
		return nil, fmt.Errorf("add a notice: it %s", message)
	}
	return []byte(closedLine(string(text)) + n.written()), nil
}

// written is a notice as it stands in the file.
func (n Notice) written() string {
	if len(n.Text.Sources) == 0 {
		n.Text.Sources = []string{projectKey}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "- id: %s\n", writeText(n.ID, false))
	fmt.Fprintf(&b, "  text: %s\n", writeText(evened(n.Text.Text)+" ["+strings.Join(n.Text.Sources, "][")+"]", false))
	if len(n.About) > 0 {
		ids := make([]string, len(n.About))
		for i, id := range n.About {
			ids[i] = writeText(string(id), true)
		}
		fmt.Fprintf(&b, "  about: [%s]\n", strings.Join(ids, ", "))
	}
	fmt.Fprintf(&b, "  until: %s\n", n.Until.Format(time.DateOnly))
	if n.By != "" {
		fmt.Fprintf(&b, "  by: %s\n", writeText(evened(n.By), false))
	}
	return b.String()
}

// EndNotice takes a notice out of the text of notices.yaml.
func EndNotice(text []byte, id string) ([]byte, error) {
	list, err := readList[Notice](text)
	if err != nil {
		return nil, fmt.Errorf("end the notice %s: %w", id, err)
	}
	i := slices.IndexFunc(list, func(n Notice) bool { return n.ID == id })
	if i < 0 {
		return nil, fmt.Errorf("end the notice %s: there is no such notice", id)
	}
	if len(list) == 1 {
		return nil, nil // an empty list is no file at all
	}
	t, _, err := newTree(string(text))
	if err != nil {
		return nil, fmt.Errorf("end the notice %s: %w", id, err)
	}
	splices, err := t.removeLines(t.root.Content[i])
	if err != nil {
		return nil, fmt.Errorf("end the notice %s: %w", id, err)
	}
	return []byte(t.apply(splices)), nil
}

// readList reads a file that holds a list; an empty one holds none.
func readList[E any](text []byte) ([]E, error) {
	if len(strings.TrimSpace(string(text))) == 0 {
		return nil, nil
	}
	var list []E
	l := newLoader()
	f := file{noticeFile, text}
	l.lines[f.name] = map[string]int{}
	l.decode(f, &list)
	if len(l.problems) > 0 {
		return nil, l.problems
	}
	return list, nil
}

// closedLine is a text whose last line is ended.
func closedLine(text string) string {
	if text == "" || strings.HasSuffix(text, "\n") {
		return text
	}
	return text + "\n"
}
