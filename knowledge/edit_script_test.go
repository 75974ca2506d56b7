package knowledge

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// TestEdit makes the edits of each archive in the good folder and compares the
// lines that changed with the archive's "want". A file "set FILE PART" holds
// lines "field: value", in which "|" begins a new line.
func TestEdit(t *testing.T) {
	eachArchive(t, "testdata/edit/*.txtar", func(t *testing.T, archive *txtar.Archive) string {
		folder := goodFolder(t)
		spoil(t, folder, &txtar.Archive{Files: keep(archive.Files, func(f txtar.File) bool { return !strings.HasPrefix(f.Name, "set ") })})
		var said strings.Builder
		for _, f := range archive.Files {
			words := strings.Fields(f.Name)
			if words[0] == "set" {
				said.WriteString(editOne(folder, words[1], words[2], typed(string(f.Data))))
			}
		}
		return said.String()
	})
}

// typed reads what an archive types into a form.
func typed(text string) map[string]string {
	values := map[string]string{}
	for line := range strings.Lines(text) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		values[name] = strings.ReplaceAll(strings.TrimSpace(value), "|", "\n")
	}
	return values
}

// editOne edits a file of the folder and says which lines changed.
func editOne(folder fstest.MapFS, file, part string, values map[string]string) string {
	before := folder[file].Data
	after, err := Edit(file, before, part, values)
	mistake := new(FieldError)
	switch {
	case errors.As(err, &mistake):
		return fmt.Sprintf("%s beside %s: %s\n", file, mistake.Field, mistake.Message)
	case err != nil:
		return err.Error() + "\n"
	}
	folder[file].Data = after
	return file + "\n" + changedLines(string(before), string(after))
}

// changedLines lists the lines that went and came.
func changedLines(before, after string) string {
	var b strings.Builder
	was, is := strings.Split(before, "\n"), strings.Split(after, "\n")
	for _, run := range align(was, is) {
		for _, line := range was[run.from:run.to] {
			b.WriteString(strings.TrimRight("- "+line, " ") + "\n")
		}
		for _, line := range run.lines {
			b.WriteString(strings.TrimRight("+ "+line, " ") + "\n")
		}
	}
	return b.String()
}

// TestSetReview signs entries and takes them back.
func TestSetReview(t *testing.T) {
	folder := goodFolder(t)
	day := func(text string) time.Time { d, _ := parseDate(text); return d }
	signed := Review{Status: Verified, By: "Kim: Lee", On: day("2026-11-02"), Due: day("2027-11-02")}
	for _, m := range goodBase(t).Entries() {
		text := folder[m.File].Data
		var err error
		for _, r := range []Review{signed, {Status: Withdrawn, Why: "wrong strength"}, {Status: Unreviewed}, signed} {
			if text, err = SetReview(m.File, text, r); err != nil {
				t.Fatal(err)
			}
		}
		folder[m.File] = &fstest.MapFile{Data: text}
		if strings.Count(string(text), "review:") != 1 {
			t.Errorf("%s has several reviews:\n%s", m.File, text)
		}
	}
	if problems := Lint(folder, wrongCheck); len(problems) > 0 {
		t.Fatal(problems)
	}
	base, err := Load(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range base.Entries() {
		if m.Review != signed {
			t.Errorf("%s: %v, want %v", m.ID, m.Review, signed)
		}
	}
	for _, c := range Diff(goodBase(t), base) {
		if !strings.Contains(c.Text, "review") {
			t.Errorf("something else changed too: %s", c.Text)
		}
	}
}

func TestAddSynonym(t *testing.T) {
	text := goodFolder(t)["synonyms.yaml"].Data
	for _, step := range []struct {
		words []string
		want  string
	}{
		{[]string{"flush", "wash: out"}, ""},
		{[]string{"bone needle", "IO needle", "bone  needle"}, ""},
		{[]string{"IO Needle", "bone needle"}, "known to mean the same already"},
		{[]string{"flush", "IO needle"}, "mean different things here"},
		{[]string{"one"}, "two words"},
		{[]string{"one", "tw\u200bo"}, "invisible"},
	} {
		edited, err := AddSynonym(text, step.words)
		switch {
		case step.want == "" && err != nil:
			t.Errorf("%q: %v", step.words, err)
		case step.want != "" && (err == nil || !strings.Contains(err.Error(), step.want)):
			t.Errorf("%q: %v, want %q", step.words, err, step.want)
		case err == nil:
			text = edited
		}
	}
	folder := goodFolder(t)
	folder["synonyms.yaml"].Data = text
	base, err := Load(folder)
	if err != nil {
		t.Fatal(err)
	}
	want := append(goodBase(t).Synonyms, []string{"bone needle", "IO needle"})
	want[0] = append(want[0], "wash: out")
	if diff := cmp.Diff(want, base.Synonyms); diff != "" {
		t.Error(diff)
	}
}

func TestNotices(t *testing.T) {
	until, _ := parseDate("2027-01-31")
	recall := Notice{Text: Statement{Text: "Needles of lot 7 are recalled: ask the store."}, About: []ID{"device/driver"}, Until: until, By: "Kim Lee"}
	text, err := AddNotice(nil, recall)
	if err != nil {
		t.Fatal(err)
	}
	if text, err = AddNotice(text, Notice{ID: "store", Text: Statement{Text: "The store is closed."}, Until: until}); err != nil {
		t.Fatal(err)
	}
	folder := goodFolder(t)
	folder[noticeFile] = &fstest.MapFile{Data: text}
	if problems := Lint(folder, wrongCheck); len(problems) > 0 {
		t.Fatal(problems)
	}
	base, err := Load(folder)
	if err != nil {
		t.Fatal(err)
	}
	lastDay := until.Add(23 * time.Hour)
	for _, question := range []struct {
		about ID
		at    time.Time
		want  int
	}{
		{"device/driver", lastDay, 2}, {"drug/epinephrine#arrest-child", lastDay, 1}, {"device/driver", until.AddDate(0, 0, 1), 0},
	} {
		if got := base.NoticesFor(question.about, question.at); len(got) != question.want {
			t.Errorf("%s on %s: %d notices, want %d", question.about, question.at, len(got), question.want)
		}
	}
	for _, wrong := range []Notice{{Until: until}, {Text: recall.Text}, {ID: "store", Text: recall.Text, Until: until}} {
		if _, err := AddNotice(text, wrong); err == nil {
			t.Errorf("%v was added", wrong)
		}
	}
	if text, err = EndNotice(text, "notice-1"); err != nil || strings.Contains(string(text), "lot 7") {
		t.Errorf("ended, and still there: %v\n%s", err, text)
	}
	if text, err = EndNotice(text, "store"); err != nil || len(text) > 0 {
		t.Errorf("the last notice ended: %v\n%s", err, text)
	}
	if _, err = EndNotice(text, "store"); err == nil {
		t.Error("a notice that is not there was ended")
	}
}

func TestNewArticle(t *testing.T) {
	file, text, err := NewArticle("new-one", "New: one", "flow", "A sentence. [DUCK]")
	if err != nil {
		t.Fatal(err)
	}
	folder := goodFolder(t)
	folder[file] = &fstest.MapFile{Data: text}
	if problems := Lint(folder, wrongCheck); len(problems) > 0 {
		t.Error(problems)
	}
	if _, _, err := NewArticle("../new", "x", "flow", "x"); err == nil {
		t.Error("a name that leads out of the folder was accepted")
	}
}

// TestFieldOf places mistakes of the linter beside the fields they are about.
func TestFieldOf(t *testing.T) {
	folder := goodFolder(t)
	for _, mistake := range []struct{ file, from, to, part, field string }{
		{"drugs/epinephrine.yaml", "dose: 0.01 mg/kg", "dose: 0.01mg/kg", "arrest-child/dose", "dose"},
		{"drugs/epinephrine.yaml", "max: 1 mg\n", "\n", "arrest-child/dose", "max"},
		{"drugs/epinephrine.yaml", "10 kg: 0.1 mg = 1 mL", "10 kg: 0.1 mg = 9 mL", "arrest-child/checks", "checks"},
		{"drugs/epinephrine.yaml", "ampoule aloud. [GOOSE]", "ampoule aloud. [NONE]", "say", "cautions"},
		{"drugs/epinephrine.yaml", "0.1 mg/mL\n", "0.1 mg/ml\n", "strength-1", "strength"},
		{"articles/flushing.md", "marrow space. [GOOSE]", "marrow space.", "section/why", "text"},
		{"articles/flushing.md", "title: ", "title: 5ml ", "names", "title"},
		{"sites/proximal-tibia.yaml", "distance: 1 to 2 cm", "distance: 1-2 cm", "landmark-1/mark-1", "distance"},
	} {
		text := folder[mistake.file].Data
		if !strings.Contains(string(text), mistake.from) {
			t.Fatalf("%s does not hold %q", mistake.file, mistake.from)
		}
		spoilt := []byte(strings.Replace(string(text), mistake.from, mistake.to, 1))
		problems := Lint(Overlay(folder, map[string][]byte{mistake.file: spoilt}), wrongCheck)
		if len(problems) == 0 {
			t.Errorf("%q: no mistake found", mistake.to)
			continue
		}
		part, field, ok := FieldOf(mistake.file, spoilt, problems[0])
		if !ok || part != mistake.part || field != mistake.field {
			t.Errorf("%s: at %q %q (%t), want %q %q", problems[0], part, field, ok, mistake.part, mistake.field)
		}
	}
}
