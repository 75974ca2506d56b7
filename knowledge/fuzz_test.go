package knowledge

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// FuzzDrug makes sure that no drug file breaks the loader or a rule.
func FuzzDrug(f *testing.F) { fuzzFile(f, "drugs/epinephrine.yaml") }

// FuzzTable makes sure that none of the files at the top breaks the loader.
func FuzzTable(f *testing.F) { fuzzFile(f, "site-choice.yaml") }

// FuzzArticle makes sure that no article breaks the loader, and that none is
// accepted of which a word is lost.
func FuzzArticle(f *testing.F) {
	f.Add([]byte("---\nid: flushing\ntitle: x\ntopic: flow\n---\nText [A]\n\n## H {#h}\n\n1. a [B]\n\n| a | b |\n|---|---|\n| c | [D] |\n"))
	fuzzFile(f, "articles/flushing.md")
}

// fuzzFile reads anything as one file. Reading and linting must end and place
// each problem inside the file.
func fuzzFile(f *testing.F, name string) {
	good := goodFolder(f)[name].Data
	f.Add(good)
	f.Add(bytes.ReplaceAll(good, []byte("[DUCK]"), []byte("[[")))
	f.Add([]byte("a: &a [*a]\n<<: *a\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		l := newLoader()
		l.read(file{name, data})
		l.dropFaulty()
		l.complete()
		l.run(structuralRules())
		l.run(clinicalRules(wrongCheck))
		lines := bytes.Count(data, []byte("\n")) + 1
		for _, p := range l.problems {
			if p.File == name && (p.Line < 0 || p.Line > lines) {
				t.Errorf("a file of %d lines has a problem in line %d: %s", lines, p.Line, p)
			}
		}
		for _, a := range l.base.Articles {
			checkNothingLost(t, a, data)
		}
	})
}

// checkNothingLost makes sure that an article says every word of its file.
func checkNothingLost(t *testing.T, a *Article, data []byte) {
	_, body, _ := cutFrontMatter(bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")))
	said := &strings.Builder{}
	for _, s := range a.Sections {
		fmt.Fprintln(said, s.ID, s.AskedAs, askedAs)
	}
	walkArticle(a, func(_, _ string, _ field, value any) {
		s, _ := value.(Statement)
		fmt.Fprintln(said, textOf(value), s.Sources)
	})
	for word := range strings.FieldsFuncSeq(string(body), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if !strings.Contains(said.String(), word) && !isHeadOfSources(body, word) {
			t.Errorf("the word %q was lost", word)
		}
	}
}

// isHeadOfSources says that a word stands in a line above the line of dashes
// of a table: the title of the column of sources is dropped on purpose.
func isHeadOfSources(body []byte, word string) bool {
	lines := strings.Split(string(body), "\n")
	for i := 1; i < len(lines); i++ {
		if strings.Contains(lines[i], "-|") || strings.Contains(lines[i], "- |") || strings.Contains(lines[i], "|-") {
			if strings.Contains(lines[i-1], word) {
				return true
			}
		}
	}
	return false
}

// FuzzEdit edits any field of any file. An edit is refused, or the form shows
// what was typed and every other form what it showed before.
func FuzzEdit(f *testing.F) {
	files := []string{"drugs/epinephrine.yaml", "articles/flushing.md", "sites/proximal-tibia.yaml", "devices/driver.yaml", "site-choice.yaml"}
	for i, file := range files {
		text := goodFolder(f)[file].Data
		for n := range 12 {
			f.Add(text, uint8(i), uint16(5*n), "1 mg")
			f.Add(text, uint8(i), uint16(5*n+2), "a: b\n- c # d")
			f.Add(text, uint8(i), uint16(5*n+4), "")
		}
	}
	f.Fuzz(func(t *testing.T, text []byte, kind uint8, n uint16, value string) {
		file := files[int(kind)%len(files)]
		parts, err := PartsOf(file, text)
		if err != nil {
			return
		}
		p, field, ok := nthField(parts, int(n))
		if !ok {
			return
		}
		edited, err := Edit(file, text, p.ID, map[string]string{field.Name: value})
		if err != nil {
			return
		}
		after, err := PartsOf(file, edited)
		if err != nil {
			t.Fatalf("edited to what has no parts: %v\n%s", err, edited)
		}
		checkEdited(t, parts, after, p, field, field.evened(value))
	})
}

func nthField(parts []Part, n int) (Part, EditField, bool) {
	for _, p := range parts {
		if n < len(p.Fields) {
			return p, p.Fields[n], true
		}
		n -= len(p.Fields)
	}
	return Part{}, EditField{}, false
}

// checkEdited compares the forms around an edit. Where an item came or went,
// the forms behind it have other names; what they show is compared in order.
func checkEdited(t *testing.T, before, after []Part, edited Part, field EditField, value string) {
	t.Helper()
	show := func(parts []Part, part string) []string {
		var all []string
		for _, p := range parts {
			for _, f := range p.Fields {
				switch {
				case strings.Contains(p.ID, "-new"):
				case p.ID == part && f.Name == field.Name:
					all = append(all, f.Name+"="+value)
				default:
					all = append(all, f.Name+"="+f.Value)
				}
			}
		}
		return all
	}
	want, got := show(before, edited.ID), show(after, "")
	if len(want) == len(got) && !slices.Equal(want, got) {
		t.Errorf("%s %s set to %q\nwant %q\ngot  %q", edited.ID, field.Name, value, want, got)
	}
	if more := len(got) - len(want); more != 0 && !strings.HasSuffix(edited.ID, "-new") && value != "" {
		t.Errorf("%s %s set to %q: %d fields more", edited.ID, field.Name, value, more)
	}
}
