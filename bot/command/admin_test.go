package command_test

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"iobot/bot"
	"iobot/bot/command"
	"iobot/bot/editorial"
	"iobot/bot/store"
	"iobot/index"
	"iobot/knowledge"
)

// office is a bot over a desk, for people who look after the knowledge.
type office struct {
	t    *testing.T
	bot  *bot.Bot
	desk *editorial.Desk
	said string // the latest reply that names a hash or a word
	now  time.Time
}

// newOffice opens a desk over a copy of a folder. Kim edits, Ann and Bo do
// both, and everybody has an account on two platforms.
func newOffice(t *testing.T, folder string) *office {
	t.Helper()
	o := &office{t: t, now: asOf}
	s, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "state.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	staff := func(name string, roles ...editorial.Role) editorial.Person {
		account := strings.ToUpper(strings.Fields(name)[0])
		return editorial.Person{Name: name, Accounts: []string{"test:T/" + account, "console:T/" + account}, Roles: roles}
	}
	d := command.Deps{Guidelines: []string{"AHA", "ERC", "RCUK"}, Multiply: true, Version: "test"}
	o.desk, d.Library, err = editorial.Open(t.Context(), editorial.Config{
		Store: s, Folder: os.DirFS(folder), Fixed: true,
		People: []editorial.Person{staff("Kim Lee", editorial.Editor), staff("Ann Ray", editorial.Editor, editorial.Approver),
			staff("Bo Diaz", editorial.Editor, editorial.Approver), staff("Dee Nowak")},
		Answer: func(ctx context.Context, s *index.Snapshot, q bot.Request) bot.Reply {
			over := d
			over.Library = index.NewLibrary(s)
			return botOf(over).Answer(ctx, q)
		},
		Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return o.now },
	})
	if err != nil {
		t.Fatal(err)
	}
	d.Desk = o.desk
	o.bot = botOf(d)
	return o
}

// ask has somebody type a line, or send a form when there are values.
func (o *office) ask(name, line string, values map[string]string) bot.Reply {
	r := o.bot.Answer(o.t.Context(), bot.Request{
		Platform: "test", Tenant: "T", Channel: "C1", User: strings.ToUpper(name), Line: o.fill(line), Values: values, At: o.now,
	})
	if text := r.Text(); hashForm.MatchString(text) {
		o.said = text
	}
	return r
}

var (
	hashForm = regexp.MustCompile(`(?:Hash +|admin approve \d+ )([0-9a-f]{8})`)
	wordForm = regexp.MustCompile(`admin approve \d+ [0-9a-f]{8} ([a-z]+)`)
)

// fill puts the hash and the word of the latest reply that names them in a
// line.
func (o *office) fill(line string) string {
	for name, form := range map[string]*regexp.Regexp{"HASH": hashForm, "WORD": wordForm} {
		if m := form.FindStringSubmatch(o.said); m != nil {
			line = strings.ReplaceAll(line, name, m[1])
		}
	}
	return line
}

// TestAdmin plays what people do with admin. "> Kim: admin edit …" is a typed
// line, and "+ max = 2 mg" below it a field of the form that is sent with it.
// HASH and WORD stand for those of the reply before.
func TestAdmin(t *testing.T) {
	files, err := filepath.Glob("testdata/admin/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no transcripts", err)
	}
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		golden(t, path, newOffice(t, "../../knowledge/testdata/good").play(string(text)))
	}
}

// play asks what a transcript asks and writes it anew.
func (o *office) play(transcript string) string {
	var out strings.Builder
	lines := strings.Split(transcript, "\n")
	for i := 0; i < len(lines); i++ {
		if comment, ok := strings.CutPrefix(lines[i], "# "); ok {
			out.WriteString("# " + comment + "\n")
		}
		name, line, ok := strings.Cut(strings.TrimPrefix(lines[i], "> "), ": ")
		if !ok || !strings.HasPrefix(lines[i], "> ") {
			continue
		}
		out.WriteString(lines[i] + "\n")
		var values map[string]string
		for ; i+1 < len(lines) && strings.HasPrefix(lines[i+1], "+ "); i++ {
			if values == nil {
				values = map[string]string{}
			}
			field, value, _ := strings.Cut(strings.TrimPrefix(lines[i+1], "+ "), " = ")
			values[field] = strings.ReplaceAll(o.fill(value), `\n`, "\n")
			out.WriteString(lines[i+1] + "\n")
		}
		out.WriteString(o.show(o.ask(name, line, values)) + "\n\n" + strings.Repeat("-", 72) + "\n\n")
	}
	return out.String()
}

// show is a reply with its form, but for what differs with every edit of the content.
func (o *office) show(r bot.Reply) string {
	text := string(r.Outcome) + ": " + r.Text()
	if f := r.Form; f != nil {
		text += "\n[form] " + f.Title + " · " + f.Line + " · " + f.Submit
		for _, field := range f.Fields {
			text += "\n[field] " + field.Name + " = " + field.Value
			if field.Problem != "" {
				text += " ← " + field.Problem
			}
		}
	}
	for _, rev := range regexp.MustCompile(`\b[0-9a-f]{12}\b`).FindAllString(text, -1) {
		text = strings.ReplaceAll(text, rev, "…")
	}
	if m := wordForm.FindStringSubmatch(o.said); m != nil {
		text = strings.ReplaceAll(strings.ReplaceAll(text, " "+m[1], " WORD"), m[1]+".", "WORD.")
	}
	if m := hashForm.FindStringSubmatch(o.said); m != nil {
		text = strings.ReplaceAll(text, m[1], "HASH")
	}
	return text
}

// TestFormsFit: every form of every entry of the starter content can be shown
// on every platform, and what it shows comes back as it was.
func TestFormsFit(t *testing.T) {
	o := newOffice(t, "../../knowledge/content")
	base, err := knowledge.Load(starter)
	if err != nil {
		t.Fatal(err)
	}
	const button = 100 - 10 // what a button holds besides its head
	forms, long := 0, 0
	for _, m := range base.Entries() {
		parts, err := o.desk.Parts(t.Context(), m.ID)
		if err != nil {
			t.Errorf("%s: %v", m.ID, err)
		}
		for _, p := range parts {
			r := o.ask("Kim", "admin edit "+string(m.ID)+"#"+p.ID, nil)
			if r.Form == nil {
				if len(r.Blocks) == 0 || r.Outcome != bot.Clarify {
					t.Errorf("%s#%s shows no form: %s", m.ID, p.ID, r.Text())
				}
				continue
			}
			forms++
			checkForm(t, r.Form)
			if len(r.Form.Line) > button {
				long++
				t.Logf("%d characters: %s", len(r.Form.Line), r.Form.Line)
			}
		}
	}
	t.Logf("%d forms, %d lines do not fit a button", forms, long)
}

func checkForm(t *testing.T, f *bot.Form) {
	t.Helper()
	short := func(what, text string, most int) {
		if n := utf8.RuneCountInString(text); n > most || n == 0 && what != "hint" && what != "value" {
			t.Errorf("%s: the %s %q has %d characters of at most %d", f.Line, what, text, n, most)
		}
	}
	if len(f.Fields) == 0 || len(f.Fields) > bot.MaxFormFields {
		t.Errorf("%s has %d fields", f.Line, len(f.Fields))
	}
	short("title", f.Title, bot.MaxFormTitle)
	for _, field := range f.Fields {
		short("label", field.Label, bot.MaxFormLabel)
		short("hint", field.Hint, bot.MaxFormHint)
		short("value", field.Value, bot.MaxFormValue)
	}
}

// TestAdminWithoutDesk: without settings nothing can be changed, and that is
// said to whoever asks, in a terminal too.
func TestAdminWithoutDesk(t *testing.T) {
	r := newBot(t).Answer(t.Context(), bot.Request{Platform: "console", Line: "admin", At: asOf})
	if r.Outcome != bot.Refused || !strings.Contains(r.Text(), "--config") {
		t.Errorf("%s: %s", r.Outcome, r.Text())
	}
}

// TestNobodyInATerminal has no role, even where the settings name an account
// there.
func TestNobodyInATerminal(t *testing.T) {
	o := newOffice(t, "../../knowledge/testdata/good")
	for _, q := range []bot.Request{{Platform: "console", Line: "admin drafts"}, {Platform: "console", Tenant: "T", Line: "admin drafts"},
		{Platform: "other", Tenant: "T", User: "KIM", Line: "admin drafts"}, {Platform: "test", Tenant: "T2", User: "KIM", Line: "admin drafts"}} {
		if r := o.bot.Answer(t.Context(), q); r.Outcome != bot.Denied || !strings.Contains(r.Text(), "Kim Lee, Ann Ray and Bo Diaz") {
			t.Errorf("%+v: %s", q, r.Text())
		}
	}
	acts, err := o.desk.Acts(t.Context(), "", 0)
	if err != nil || len(acts) != 4 {
		t.Errorf("%d acts, %v", len(acts), err)
	}
}
