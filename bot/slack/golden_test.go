package slack

import (
	"bytes"
	"encoding/json"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/slack-go/slack"

	"iobot/bot"
)

var update = flag.Bool("update", false, "write the golden files")

// goldens is every kind of payload by the name of its file.
func goldens(t *testing.T) map[string]any {
	const ask = "dose adrenaline 12 kg"
	private := Card{Line: ask}
	all := map[string]any{
		"answer-dose":         Render(doseReply(), private),
		"answer-dose-thread":  Render(doseReply(), Card{Line: ask, Audience: Open}),
		"answer-dose-shared":  Render(doseReply(), Card{Line: "dose epinephrine", Audience: Shared, By: "kim.lee"}),
		"clarify":             Render(clarifyReply(), private),
		"clarify-long-labels": Render(longChoicesReply(), private),
		"every-block":         Render(everyBlock(), private),
		"table-narrow":        Render(tableReply(2), private),
		"table-wide":          Render(tableReply(5), private),
		"article-part-1":      Render(articleReply(8), private),
		"article-part-2":      Render(articleReply(8), Card{Line: ask, Part: 2}),
		"article-no-line":     Render(articleReply(8), Card{Audience: Shared}),
		"longest":             Render(longestReply(), Card{Line: ask, Part: 3}),
		"hostile":             Render(filled("<!channel> *b* :smile: https://evil.example <@U1|x> & `c`\n> q \u202e\u200b"), private),
		"withheld":            Render(filled(string(bytes.Repeat([]byte("warning "), 600))), private),
		"outdated":            Outdated(ask),
		"shared-card":         SharedCard(doseReply(), "kim.lee", ""),
		"sent":                Sent(),
		"not-sent":            NotSent("Slack did not take this, so the channel does not see it."),
		"not-installed":       notInstalled("https://iobot.example.org/slack/install"),
		"dismissed":           Message{DeleteOriginal: true},
		"form":                OpenForm(Form{}),
		"form-filled":         OpenForm(Form{Drug: "epinephrine", Weight: "12 kg"}),
		"form-mistakes":       Mistaken(Form{Weight: "12"}.Mistakes()),
		"form-refused":        Submitted(plainReplies()["refused"], ask, DrugField),
		"form-answered":       Submitted(doseReply(), ask, DrugField),
		"form-clarify":        Submitted(clarifyReply(), ask, DrugField),
		"form-choice-refused": Submitted(plainReplies()["refused"], ask, ChoiceField),
		"form-clarify-long":   Submitted(longChoicesReply(), ask, DrugField),
		"form-not-found":      Submitted(unreviewed(bot.Reply{Outcome: bot.NotFound, Title: "Not in this knowledge base", Blocks: []bot.Block{bot.Lead{Text: "There is nothing here about that."}}}), ask, DrugField),
		"result-hostile":      ResultView(filled("<!channel> *b* :smile:"), private),
		"home":                home().View(),
		"home-admin":          Home{About: home().About, Admin: []bot.Choice{{Label: "Drafts", Command: "drafts"}}}.View(),
		"options":             Options([]string{"EPINEPHrine (adrenaline)", "epinephrine", "epinephrine", ""}),
		"options-none":        Options(nil),
		"manifest-http":       manifest(t, ManifestConfig{Commands: commands(), Transport: HTTP, Install: ManyWorkspaces, Address: "https://iobot.example.org/"}),
		"manifest-socket":     manifest(t, ManifestConfig{Commands: commands(), Transport: Socket, Install: OneWorkspace}),
	}
	for name, r := range plainReplies() {
		all[name] = Render(r, private)
	}
	maps.Copy(all, deskGoldens(t))
	return all
}

// deskGoldens are the payloads of those who look after the knowledge, and of
// answers with more than text.
func deskGoldens(t *testing.T) map[string]any {
	pic := illustrated().Pictures[0]
	byURL := []Image{{URL: "https://iobot.example.org/assets/" + pic.Name, Title: pic.Title, Alt: pic.Alt}}
	byFile := []Image{{File: "F0123ABCD", Title: pic.Title, Alt: pic.Alt}}
	edit := bot.Reply{
		Outcome: bot.Answer, Title: "Proximal tibia: edit", Private: true, Form: deskForm("Feel for the tuberosity.\nGo one finger down.", ""),
		Blocks: []bot.Block{bot.Lead{Text: "Your draft is kept until you propose it."}},
	}
	mend := edit
	mend.Outcome, mend.Form = bot.Clarify, deskForm("0.1 mg/kg", "Type TEN TIMES to confirm.")
	mend.Blocks = []bot.Block{
		bot.Warning{Text: "EPINEPHrine, cardiac arrest, child: 0.01 to 0.1 mg/kg (ten times as much)."},
		bot.Table{Head: []string{"Weight", "Before", "After"}, Rows: [][]string{{"10 kg", "0.1 mg", "1 mg"}}},
	}
	wrong, _ := beside(bot.Reply{Form: mend.Form}, filledView(t, fill(t, mend)))
	result := ResultView(unreviewed(bot.Reply{
		Outcome: bot.Answer, Title: "Draft 12 was proposed", Private: true, Blocks: []bot.Block{bot.Lead{Text: "Two others have to approve it."}},
		Choices: []bot.Choice{{Label: "Show what changes", Command: "admin diff 12"}},
	}), Card{Kept: "KEY"})
	late := ResultView(working(), Card{Audience: Open})
	late.ExternalID = "KEY"
	withDesk := home()
	withDesk.Image, withDesk.Admin = byURL[0], []bot.Choice{{Label: "2 drafts wait", Command: "admin drafts"}, {Label: "Stale entries", Command: "admin stale"}}
	card := illustrated()
	return map[string]any{
		"picture-url":         Render(card, Card{Line: "site tibia", Images: byURL}),
		"picture-file":        Render(card, Card{Line: "site tibia", Images: byFile}),
		"picture-shared":      Render(card, Card{Line: "site tibia", Images: byURL, Audience: Shared, By: "kim.lee"}),
		"picture-result":      ResultView(card, Card{Line: "site tibia", Images: byURL}),
		"page-link":           Render(card, Card{Line: "card 14 kg", Links: []Link{{Title: "Bedside card, 14 kg", URL: "https://iobot.example.org/assets/card-14kg.pdf"}}}),
		"page-file":           Render(card, Card{Line: "card 14 kg", Links: []Link{{Title: "Bedside card, 14 kg"}}}),
		"fill-card":           Render(edit, Card{Kept: "KEY"}),
		"fill":                fill(t, edit),
		"fill-mend":           fill(t, mend),
		"fill-mend-card":      Render(mend, Card{}),
		"fill-errors":         Mistaken(wrong),
		"fill-result":         slack.NewUpdateViewSubmissionResponse(&result),
		"working":             Render(working(), Card{Audience: Open}),
		"working-window":      slack.NewPushViewSubmissionResponse(&late),
		"kept-gone":           Render(notKept(), Card{}),
		"private-part-2":      Render(articleReply(8), Card{Kept: "KEY", Part: 2}),
		"shared-card-outside": SharedCard(doseReply(), "kim.lee", cannotMend),
		"correction":          Render(doseReply(), Card{Line: "dose epinephrine", Audience: Open}),
		"home-desk":           withDesk.View(),
		"manifest-upload":     manifest(t, ManifestConfig{Commands: append(commands(), bot.Command{Name: "admin", Staff: true, Summary: "secret", Examples: []string{"admin edit"}}), Transport: Socket, Install: OneWorkspace, Images: ImagesUpload}),
	}
}

func fill(t *testing.T, r bot.Reply) slack.ModalViewRequest {
	t.Helper()
	view, err := fillView(r, "C0001")
	if err != nil {
		t.Fatal(err)
	}
	return view
}

// filledView is a window as it comes back.
func filledView(t *testing.T, view slack.ModalViewRequest) viewIn {
	t.Helper()
	w := &ward{t: t}
	text, err := json.Marshal(w.fill("t", fields(t, stringOf(t, view)), nil))
	if err != nil {
		t.Fatal(err)
	}
	i, err := decode[interaction](text)
	if err != nil {
		t.Fatal(err)
	}
	return i.View
}

func manifest(t *testing.T, c ManifestConfig) Manifest {
	m, err := NewManifest(c)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestGolden(t *testing.T) {
	all := goldens(t)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		got := indented(t, all[name])
		path := filepath.Join("testdata", "golden", name+".json")
		if *update {
			if err := os.WriteFile(path, got, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Errorf("%s: %v; run the test with -update and read what it wrote", name, err)
		} else if !bytes.Equal(got, want) {
			t.Errorf("%s differs from line %d on; run the test with -update and read the difference", path, sameLines(got, want)+1)
		}
	}
	files, err := os.ReadDir(filepath.Join("testdata", "golden"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if _, ok := all[f.Name()[:len(f.Name())-len(".json")]]; !ok {
			t.Errorf("golden file %s belongs to no payload", f.Name())
		}
	}
}

// sameLines counts the lines that two texts begin with in common.
func sameLines(a, b []byte) int {
	x, y := bytes.Split(a, []byte("\n")), bytes.Split(b, []byte("\n"))
	n := 0
	for n < len(x) && n < len(y) && bytes.Equal(x[n], y[n]) {
		n++
	}
	return n
}

func indented(t *testing.T, v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
