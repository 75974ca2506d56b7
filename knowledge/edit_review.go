package knowledge

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// SetReview writes the sign-off of an entry, or the default one of
// knowledge.yaml, into the text of its file. All else keeps every byte.
func SetReview(file string, text []byte, r Review) ([]byte, error) {
	edited, err := setReview(file, text, r)
	if err != nil {
		return nil, fmt.Errorf("write the review of %s: %w", file, err)
	}
	return edited, nil
}

func setReview(file string, text []byte, r Review) ([]byte, error) {
	d, matter, err := takeApart(file, text)
	if err != nil {
		return nil, err
	}
	if d.tree, _, err = newTree(matter); err != nil {
		return nil, err
	}
	if d.tree.root.Kind != yaml.MappingNode || isFlow(d.tree.root) || len(d.tree.root.Content) == 0 {
		return nil, errors.New("holds no fields; edit the file")
	}
	splices, err := d.tree.reviewSplices(r.written())
	if err != nil {
		return nil, err
	}
	_, was := child(d.tree.root, "review")
	next, _, err := newTree(d.tree.apply(splices))
	if err != nil {
		return nil, errBeyond
	}
	_, is := child(next.root, "review")
	if err := sameAround(d.tree.root, was, next.root, is); err != nil {
		return nil, err
	}
	d.tree = next
	return d.bytes(), nil
}

// reviewSplices put a sign-off in the place of the one there is, or behind
// what says whose the entry is.
func (t *tree) reviewSplices(text string) ([]splice, error) {
	key, value := child(t.root, "review")
	if key != nil {
		end, ok := t.end(value)
		if !ok || !t.leads(t.start(key)) {
			return nil, errBeyond
		}
		return []splice{{t.start(key), max(end, t.start(key)+len("review:")), text}}, nil
	}
	behind := t.root.Content[1]
	for i := 0; i < len(t.root.Content); i += 2 {
		if contains([]string{"id", "title", "name", "other_name", "aliases", "topic", "owner", "deputy"}, t.root.Content[i].Value) {
			behind = t.root.Content[i+1]
		}
	}
	end, ok := t.end(behind)
	if !ok {
		return nil, errBeyond
	}
	return t.insertLine(end, text), nil
}

// written is a sign-off as it stands in a file.
func (r Review) written() string {
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "\n  %s: %s", name, writeText(value, false))
		}
	}
	date := func(d time.Time) string {
		if d.IsZero() {
			return ""
		}
		return d.Format(time.DateOnly)
	}
	b.WriteString("review:")
	line("status", string(r.Status))
	line("by", evened(r.By))
	line("on", date(r.On))
	line("due", date(r.Due))
	line("expires", date(r.Expires))
	line("why", evened(r.Why))
	return b.String()
}
