package knowledge

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/yuin/goldmark/parser"
)

// Load reads a folder of knowledge. It refuses what the program could not
// use: anything FORMAT.md does not describe, quantities it cannot read, and
// references that lead nowhere. The error is then a Problems with every
// mistake of the folder. Load does not judge the content; Lint does.
func Load(fsys fs.FS) (*Base, error) {
	l := load(fsys)
	l.run(structuralRules())
	if len(l.problems) > 0 {
		l.problems.sort()
		return nil, l.problems
	}
	return l.base, nil
}

// loader builds a Base and notes where everything stands.
type loader struct {
	reader
	markdown parser.Parser
	base     *Base
	lines    map[string]map[string]int // file → path → line
	problems Problems
	review   Review         // of entries that have none of their own
	owner    string         // of entries that have none of their own
	exists   map[ID]bool    // every entry that has a file, even a faulty one
	faulty   map[string]int // how many problems make a file unusable
}

func newLoader() *loader {
	return &loader{
		reader:   newReader(),
		markdown: markdown(),
		base:     &Base{Sources: map[string]Source{}},
		lines:    map[string]map[string]int{},
		exists:   map[ID]bool{},
		faulty:   map[string]int{},
	}
}

// load reads the files without checking how they fit together. What a faulty
// file held is not in the base, so that no rule trips over half of it.
func load(fsys fs.FS) *loader {
	l := newLoader()
	files := readFolder(fsys, l.report)
	l.readAll(files)
	l.requireFiles("knowledge.yaml", "sources.yaml")
	l.base.Revision = revision(files)
	l.dropFaulty()
	l.complete()
	return l
}

// maxProblems is how many problems of one file are reported. More come from a
// file that is something else altogether.
const maxProblems = 200

// report reports a problem that makes the file unusable.
func (l *loader) report(p Problem) {
	l.faulty[p.File]++
	switch n := l.faulty[p.File]; {
	case n < maxProblems:
		l.problems = append(l.problems, p)
	case n == maxProblems:
		p.Message += " (and more; they are not listed)"
		l.problems = append(l.problems, p)
	}
}

// requireFiles reports files that no folder can do without.
func (l *loader) requireFiles(names ...string) {
	for _, name := range names {
		if l.lines[name] == nil {
			l.report(Problem{File: name, Message: "is missing; iobot kb init writes one to start from"})
		}
	}
}

// read reads one file into the base.
func (l *loader) read(f file) {
	l.lines[f.name] = map[string]int{}
	l.exists[idOf(f.name)] = true
	hiddenCharacters(f.data, func(line int, message string) {
		l.report(Problem{File: f.name, Line: line, Message: message})
	})
	if l.faulty[f.name] > 0 {
		return
	}
	f.data = bytes.ReplaceAll(f.data, []byte("\r\n"), []byte("\n"))
	switch kind := kindOf(f.name); kind {
	case "articles":
		l.readArticle(f)
	case "drugs", "sites", "devices":
		l.readEntry(f, kind)
	default:
		l.readTable(f, kind)
	}
}

// Entries whose title is a field of its own in the file.
type (
	articleFile struct {
		Article
		Title string `yaml:"title,required"`
	}
	siteFile struct {
		Site
		Name string `yaml:"name,required"`
	}
	deviceFile struct {
		Device
		Name string `yaml:"name,required"`
	}
)

// readEntry reads a drug, a site or a device.
func (l *loader) readEntry(f file, kind string) {
	switch kind {
	case "drugs":
		d := &Drug{}
		l.decode(f, d)
		d.Title = d.Name
		if d.OtherName != "" {
			d.Title = d.Name + " (" + d.OtherName + ")"
		}
		l.register(f, &d.Meta)
		l.base.Drugs = append(l.base.Drugs, d)
	case "sites":
		var s siteFile
		l.decode(f, &s)
		s.Title = s.Name
		l.register(f, &s.Meta)
		l.base.Sites = append(l.base.Sites, &s.Site)
	case "devices":
		var d deviceFile
		l.decode(f, &d)
		d.Title = d.Name
		l.register(f, &d.Meta)
		l.base.Devices = append(l.base.Devices, &d.Device)
	}
}

// idOf is the id of the entry that a file holds, after its name.
func idOf(name string) ID {
	folder, base := path.Split(name)
	return ID(strings.TrimSuffix(folder, "s/") + "/" + strings.TrimSuffix(base, path.Ext(base)))
}

// register names an entry after its file.
func (l *loader) register(f file, m *Meta) {
	id := idOf(f.name)
	switch {
	case !slugForm.MatchString(id.Slug()):
		l.report(Problem{File: f.name, Message: "the name may hold only a to z, digits and single hyphens; rename the file"})
	case m.ID != "" && string(m.ID) != id.Slug():
		l.report(Problem{f.name, l.lines[f.name]["id"], "id", fmt.Sprintf("%q differs from the name of the file; write %s", m.ID, id.Slug())})
	}
	m.ID, m.File = id, f.name
}

// complete fills in the defaults and sorts the entries.
func (l *loader) complete() {
	b := l.base
	b.owner, b.review = l.owner, l.review
	slices.SortFunc(b.Articles, func(x, y *Article) int { return cmp.Compare(x.ID, y.ID) })
	slices.SortFunc(b.Drugs, func(x, y *Drug) int { return cmp.Compare(x.ID, y.ID) })
	slices.SortFunc(b.Sites, func(x, y *Site) int { return cmp.Compare(x.ID, y.ID) })
	slices.SortFunc(b.Devices, func(x, y *Device) int { return cmp.Compare(x.ID, y.ID) })
	for _, m := range b.Entries() {
		if m.Owner == "" {
			m.Owner = l.owner
		}
		if m.Review.Status == "" {
			m.Review = l.review
		}
	}
	completeSites(b)
	completeCard(b)
	b.names = newNames(b)
}

// revision is a short hash of all files.
func revision(files []file) string {
	hash := sha256.New()
	for _, f := range files {
		fmt.Fprintf(hash, "%s\x00%d\x00", f.name, len(f.data))
		hash.Write(f.data)
	}
	return hex.EncodeToString(hash.Sum(nil))[:12]
}
