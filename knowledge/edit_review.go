package knowledge

import (
	"errors"
	"fmt"
	"slices"
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

// NewArticle is the file of a new article with its text: an id for the file,
// a title, a topic and the short answer with its sources.
func NewArticle(slug, title, topic, lead string) (file string, text []byte, err error) {
	title, topic, lead = evened(title), evened(topic), strings.TrimSpace(lead)
	switch {
	case !slugForm.MatchString(slug):
		return "", nil, fmt.Errorf("new article: %q is not an id; write a to z, digits and single hyphens", slug)
	case title == "" || lead == "":
		return "", nil, errors.New("new article: write a title and a short answer")
	}
	front := "id: " + slug + "\ntitle: " + writeText(title, false) + "\ntopic: " + writeText(topic, false)
	return "articles/" + slug + ".md", []byte(frontFence + front + "\n" + frontFence + "\n" + lead + "\n"), nil
}

// AddSynonym adds words that mean the same to the text of synonyms.yaml. Where
// one of them is known, the others join it; otherwise the first is the word
// that the content uses.
func AddSynonym(text []byte, words []string) ([]byte, error) {
	edited, err := addSynonym(text, words)
	if err != nil {
		return nil, fmt.Errorf("add a synonym: %w", err)
	}
	return edited, nil
}

func addSynonym(text []byte, words []string) ([]byte, error) {
	d, matter, err := takeApart("synonyms.yaml", text)
	if err != nil {
		return nil, err
	}
	if d.tree, _, err = newTree(matter); err != nil {
		return nil, err
	}
	if words = cleanWords(words); len(words) < 2 {
		return nil, errors.New("write two words or phrases that mean the same")
	}
	for _, word := range words {
		if message := hiddenIn([]byte(word)); message != "" {
			return nil, fmt.Errorf("%q %s", word, message)
		}
	}
	_, same := child(d.tree.root, "same")
	if same == nil || same.Kind != yaml.SequenceNode || len(same.Content) == 0 {
		return nil, errors.New(`synonyms.yaml has no list "same"; edit the file`)
	}
	splices, err := d.tree.synonymSplices(same, words)
	if err != nil {
		return nil, err
	}
	if d.tree, _, err = newTree(d.tree.apply(splices)); err != nil {
		return nil, errBeyond
	}
	return d.bytes(), nil
}

// cleanWords evens words out and drops those that stand twice.
func cleanWords(words []string) []string {
	var clean []string
	for _, word := range words {
		if word = evened(word); word != "" && !hasWord(clean, word) {
			clean = append(clean, word)
		}
	}
	return clean
}

func hasWord(words []string, word string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return foldedKey(w) == foldedKey(word) })
}

// synonymSplices add words to the group that has one of them, or as a group of
// their own.
func (t *tree) synonymSplices(same *yaml.Node, words []string) ([]splice, error) {
	var group *yaml.Node
	var known []string
	for _, candidate := range same.Content {
		var has []string
		for _, n := range candidate.Content {
			has = append(has, n.Value)
		}
		if !slices.ContainsFunc(words, func(w string) bool { return hasWord(has, w) }) {
			continue
		}
		if group != nil {
			return nil, fmt.Errorf("%q and %q mean different things here; edit the file to join them", known[0], has[0])
		}
		group, known = candidate, has
	}
	added := keep(words, func(w string) bool { return !hasWord(known, w) })
	if len(added) == 0 {
		return nil, errors.New("these words are known to mean the same already")
	}
	var texts []string
	for _, word := range added {
		texts = append(texts, writeText(word, true))
	}
	last := same
	if group != nil {
		last = group.Content[len(group.Content)-1]
	}
	end, ok := t.end(last)
	switch {
	case !ok || group != nil && !isFlow(group) || isFlow(same):
		return nil, errBeyond
	case group != nil:
		return []splice{{end, end, ", " + strings.Join(texts, ", ")}}, nil
	}
	return t.insertLine(end, strings.Repeat(" ", t.itemIndent(place{value: same, mapping: t.root}))+"- ["+strings.Join(texts, ", ")+"]"), nil
}
