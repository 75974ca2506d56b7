package knowledge

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

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
