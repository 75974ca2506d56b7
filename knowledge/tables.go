package knowledge

import "fmt"

// The files at the top of the folder that hold more than a list.
type (
	manifest struct {
		Format      string       `yaml:"format,required,one=1"`
		Title       string       `yaml:"title,required"`
		Owner       string       `yaml:"owner,required"`
		Review      Review       `yaml:"review,required"`
		Plausible   []Plausible  `yaml:"plausible,required"`
		Populations []Population `yaml:"populations,required"`
	}
	siteChoice struct {
		Groups     []SiteChoice `yaml:"groups,required"`
		Situations []Situation  `yaml:"situations"`
	}
	synonyms struct {
		Same    [][]string `yaml:"same,verbatim"`
		Subject []string   `yaml:"subject,verbatim"`
		Words   []string   `yaml:"words,verbatim"`
	}
)

// readTable reads one of the files at the top of the folder.
func (l *loader) readTable(f file, kind string) {
	b := l.base
	switch kind {
	case "knowledge.yaml":
		var m manifest
		l.decode(f, &m)
		b.Title, b.Plausible, b.Populations = m.Title, m.Plausible, m.Populations
		l.owner, l.review = m.Owner, m.Review
	case "sources.yaml":
		var list []Source
		l.decode(f, &list)
		l.addSources(f, list)
	case "synonyms.yaml":
		var s synonyms
		l.decode(f, &s)
		b.Synonyms, b.Subject, b.QuietWords = s.Same, s.Subject, s.Words
	case "refusals.yaml":
		l.decode(f, &b.Refusals)
	case "site-choice.yaml":
		var s siteChoice
		l.decode(f, &s)
		b.SiteChoice, b.Situations = s.Groups, s.Situations
	case goldenFile:
		l.decode(f, &b.Golden)
	case noticeFile:
		l.decode(f, &b.Notices)
	case cardFile:
		b.Card = &Card{}
		l.decode(f, b.Card)
	}
}

func (l *loader) addSources(f file, list []Source) {
	for i, source := range list {
		at := fmt.Sprintf("[%d].key", i)
		switch _, twice := l.base.Sources[source.Key]; {
		case twice:
			l.report(Problem{f.name, l.lines[f.name][at], at, fmt.Sprintf("the key %s stands twice; keep one", source.Key)})
		case source.Key != "" && !isKey(source.Key):
			l.report(Problem{f.name, l.lines[f.name][at], at, fmt.Sprintf("%q is not a key; write capital letters, digits and hyphens", source.Key)})
		}
		l.base.Sources[source.Key] = source
	}
}

// completeSites turns the short ids of bones, "proximal-tibia", into full ones.
func completeSites(b *Base) {
	full := func(ids []ID) {
		for i, id := range ids {
			ids[i] = withKind("site", id)
		}
	}
	for i := range b.SiteChoice {
		c := &b.SiteChoice[i]
		c.First = withKind("site", c.First)
		full(c.Next)
		full(c.Avoid)
	}
	for i := range b.Situations {
		full(b.Situations[i].Sites)
	}
}
