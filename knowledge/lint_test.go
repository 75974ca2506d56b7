package knowledge

import (
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what was got into the text files")

// goodFolder is the folder in testdata/good, to be spoilt by tests.
func goodFolder(t testing.TB) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	good := os.DirFS("testdata/good")
	err := fs.WalkDir(good, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(good, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// spoil makes the changes of a text archive in a folder. A file named
// "edit NAME" holds lines "old => new", each replacing the first occurrence
// of old in NAME, with \n for a new line; "delete NAME" takes NAME away; any
// other file is added.
func spoil(t *testing.T, folder fstest.MapFS, archive *txtar.Archive) {
	t.Helper()
	for _, f := range archive.Files {
		if name, isEdit := strings.CutPrefix(f.Name, "edit "); isEdit {
			folder[name] = &fstest.MapFile{Data: edited(t, string(folder[name].Data), string(f.Data))}
		} else if name, isDelete := strings.CutPrefix(f.Name, "delete "); isDelete {
			delete(folder, name)
		} else if f.Name != "want" {
			folder[f.Name] = &fstest.MapFile{Data: []byte(escapes.Replace(string(f.Data)))}
		}
	}
}

// escapes lets an archive name characters that an editor hides.
var escapes = strings.NewReplacer(`\n`, "\n", `\t`, "\t", `\u202e`, "\u202e", `\ufeff`, "\ufeff", `\u00ad`, "\u00ad",
	`\u200b`, "\u200b", `\x00`, "\x00", `\xff`, "\xff", `\u0430`, "\u0430")

func edited(t *testing.T, text, edits string) []byte {
	t.Helper()
	for line := range strings.Lines(edits) {
		from, to, found := strings.Cut(strings.TrimSuffix(line, "\n"), " => ")
		from, to = escapes.Replace(from), escapes.Replace(to)
		if !found || !strings.Contains(text, from) {
			t.Fatalf("edit %q: not in the file", line)
		}
		text = strings.Replace(text, from, to, 1)
	}
	return []byte(text)
}

// wrongCheck stands in for package dose: it finds that 9 mL is never right.
func wrongCheck(_ *Drug, r *Rule) []Problem {
	var problems []Problem
	for _, c := range r.Checks {
		if c.Volume == "9 mL" {
			problems = append(problems, Problem{Line: c.Line, Message: c.Written + " does not come out"})
		}
	}
	return problems
}

// TestProblems spoils the good folder as each archive says and compares every
// message with the archive's "want".
func TestProblems(t *testing.T) {
	eachSpoiled(t, "testdata/l*/*.txtar", func(t *testing.T, folder fstest.MapFS) string {
		got := Lint(folder, wrongCheck)
		if len(got) == 0 {
			t.Error("no problem found")
		}
		return got.Error() + "\n"
	})
}

// eachSpoiled spoils the good folder as each archive says and compares what
// is said of it with the archive's "want".
func eachSpoiled(t *testing.T, archives string, says func(*testing.T, fstest.MapFS) string) {
	t.Helper()
	eachArchive(t, archives, func(t *testing.T, archive *txtar.Archive) string {
		folder := goodFolder(t)
		spoil(t, folder, archive)
		return says(t, folder)
	})
}

// eachArchive compares what is said of each archive with its "want".
func eachArchive(t *testing.T, archives string, says func(*testing.T, *txtar.Archive) string) {
	t.Helper()
	paths, err := filepath.Glob(archives)
	if err != nil || len(paths) == 0 {
		t.Fatal("no archives", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			compareWant(t, path, archive, says(t, archive))
		})
	}
}

// compareWant compares with the file "want" of an archive, or rewrites it.
func compareWant(t *testing.T, path string, archive *txtar.Archive, got string) {
	t.Helper()
	i := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == "want" })
	if *update {
		if i < 0 {
			archive.Files, i = append(archive.Files, txtar.File{Name: "want"}), len(archive.Files)
		}
		archive.Files[i].Data = []byte(got)
		if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if i < 0 {
		t.Fatalf("%s has no file want", path)
	}
	if diff := cmp.Diff(string(archive.Files[i].Data), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

// TestEveryRuleHasAnExample insists on a bad example for each rule.
func TestEveryRuleHasAnExample(t *testing.T) {
	for _, r := range slices.Concat(structuralRules(), clinicalRules(nil)) {
		if _, err := os.Stat(filepath.Join("testdata/lint", r.name+".txtar")); err != nil {
			t.Errorf("the rule %s has no example: %v", r.name, err)
		}
	}
}

func TestGoodFolder(t *testing.T) {
	if problems := Lint(goodFolder(t), wrongCheck); len(problems) > 0 {
		t.Error(problems)
	}
	if _, err := Load(goodFolder(t)); err != nil {
		t.Error(err)
	}
}
