package slack

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"iobot/bot"
)

func TestLiteral(t *testing.T) {
	for given, want := range map[string]string{
		"0.12 mg = 1.2 mL of 0.1 mg/mL; e.g. 12 kg, 8 to 10 %": "0.12 mg = 1.2 mL of 0.1 mg/mL; e.g. 12 kg, 8 to 10 %",
		"AHA & ERC, under <1 kg>":                              "AHA &amp; ERC, under &lt;1 kg&gt;",
		"<!here> and <@U1>":                                    "‹!here&gt; and ‹＠U1&gt;",
		"*bold* _it_ ~no~ `c`":                                 "∗bold∗ ＿it＿ ∼no∼ ˋcˋ",
		":smile: at 10:30, note: yes":                          "∶smile: at 10∶30, note: yes",
		"https://a.example or www.b.example":                   "https∶//a․example or www.b․example",
		"> quote\n  > again, 5 > 4":                            "＞ quote\n  ＞ again, 5 &gt; 4",
		"@here #general #1":                                    "＠here ＃general #1",
		"a\u202eb\u200bc\x00\r\nd\u2028e\tf":                   "abc\nd\ne f",
		"bad \xff byte":                                        "bad \ufffd byte",
	} {
		if got := literal(given); got != want {
			t.Errorf("literal(%q) = %q, want %q", given, got, want)
		}
	}
}

func TestParseAction(t *testing.T) {
	for _, a := range []Action{{Run, 3, "dose epinephrine 12 kg"}, {Part, 2, "ask x"}, {Verb: Dismiss}, {Verb: Calculator}} {
		if got, err := ParseAction(a.id(), a.Line); err != nil || got != a {
			t.Errorf("ParseAction(%q) = %+v, %v; want %+v", a.id(), got, err, a)
		}
	}
	for _, id := range []string{"", "io0:run:1", "io2:run:1", "io1:run", "io1:run:x", "io1:run:-1", "io1:fire:1", "io1:run:1:2"} {
		if got, err := ParseAction(id, "dose x"); !errors.Is(err, ErrOutdated) || got.Line != "dose x" {
			t.Errorf("ParseAction(%q) = %+v, %v; want the line and ErrOutdated", id, got, err)
		}
	}
}

// TestText checks what a notification shows: the title first, every warning
// before the answer, and the answer.
func TestText(t *testing.T) {
	text := Render(doseReply(), Card{}).Text
	at := -1
	for _, part := range []string{"EPINEPHrine (adrenaline), cardiac arrest, child\n", "Warning: Use only the 0.1 mg/mL", "0.12 mg = 1.2 mL"} {
		i := strings.Index(text, part)
		if i <= at {
			t.Errorf("%q stands at %d in %q, after %d wanted", part, i, text, at)
		}
		at = i
	}
	r := doseReply()
	r.Blocks[0] = bot.Warning{Text: strings.Repeat("&", 370)}
	if text := Render(r, Card{}).Text; strings.Contains(text, "0.12 mg") || !strings.Contains(text, "Open the message") {
		t.Errorf("an answer without its warnings: %q", text)
	}
}

func TestWithheld(t *testing.T) {
	r := doseReply()
	r.Blocks[0] = bot.Warning{Text: strings.Repeat("A warning. ", 400)}
	m := Render(r, Card{Line: "dose epinephrine 12 kg"})
	if text := rendered(t, m); strings.Contains(text, "0.12 mg") || !strings.Contains(text, "not shown either") {
		t.Errorf("an answer whose warnings do not fit is shown: %s", text)
	}
}

// TestPrivateHasNothingToShare checks it whatever line the card is given.
func TestPrivateHasNothingToShare(t *testing.T) {
	r := articleReply(8)
	r.Private = true
	for name, payload := range map[string]any{"message": Render(r, Card{Line: "admin x"}), "window": ResultView(r, Card{Line: "admin x"})} {
		if text := stringOf(t, payload); strings.Contains(text, "admin x") || strings.Contains(text, ShareView) {
			t.Errorf("a private %s can be shared or asked again: %s", name, text)
		}
	}
}

// TestSharedWithoutWords checks that what a channel sees holds nothing that
// only the asker wrote: neither the line nor choices made from it.
func TestSharedWithoutWords(t *testing.T) {
	r := articleReply(8)
	r.Choices = []bot.Choice{{Label: "for Mrs Smith", Command: "ask Mrs Smith"}}
	for _, m := range []Message{Render(r, Card{Audience: Shared, By: "kim.lee"}), SharedCard(r, "kim.lee", "")} {
		text := rendered(t, m)
		if strings.Contains(text, "Smith") {
			t.Errorf("a shared card holds the asker's words: %s", text)
		}
		if !strings.Contains(text, "Shared by kim.lee") {
			t.Errorf("a shared card does not say who shared it: %s", text)
		}
	}
}

// TestParts walks through all parts: each says where it is, headings stand
// with what they head, steps keep their numbers.
func TestParts(t *testing.T) {
	r := articleReply(12)
	parts := layOut(r, Card{}, inMessage).parts
	if parts < 2 {
		t.Fatalf("%d parts, want several", parts)
	}
	for part := range parts + 2 { // from before the first to beyond the last
		l := layOut(r, Card{Line: "ask flush", Part: part}, inMessage)
		if want := min(max(part, 1), parts); l.part != want {
			t.Errorf("part %d shows part %d, want %d", part, l.part, want)
		}
		if last := l.body[len(l.body)-1]; last.kind == heading {
			t.Errorf("part %d ends with the heading %q", part, last.text)
		}
		if got, want := strings.Contains(rendered(t, Render(r, l.card)), `"io1:part:`), true; got != want {
			t.Errorf("part %d has no way to the others", part)
		}
	}
	if text := rendered(t, Render(r, Card{})); !strings.Contains(text, "ask a shorter question") {
		t.Errorf("without a line the rest is dropped without a word: %s", text)
	}
}

// TestEveryBlock fails for a new kind of block until everyBlock, and with it a
// golden file, shows how it looks here.
func TestEveryBlock(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", "reply.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var here []string
	for _, b := range everyBlock().Blocks {
		here = append(here, strings.TrimPrefix(fmt.Sprintf("%T", b), "bot."))
	}
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Recv == nil || f.Name.Name != "block" {
			continue
		}
		if kind := f.Recv.List[0].Type.(*ast.Ident).Name; !slices.Contains(here, kind) {
			t.Errorf("bot.%s is in no test of this package", kind)
		}
	}
}

// TestManySources checks that an answer shows its first sources, names the
// others, and has all of them behind a button.
func TestManySources(t *testing.T) {
	r := doseReply()
	for _, key := range []string{"A", "B", "C", "D"} {
		r.Sources = append(r.Sources, bot.Source{Key: key, Citation: "Document " + key})
	}
	first, second := rendered(t, Render(r, Card{Line: "dose"})), rendered(t, Render(r, Card{Line: "dose", Part: 2}))
	for _, want := range []string{"[A] Document A", "and 3 more under Sources: B, C, D", `"Sources"`} {
		if !strings.Contains(first, want) {
			t.Errorf("%q is not in %s", want, first)
		}
	}
	if !strings.Contains(second, "[D] Document D") {
		t.Errorf("the last source is not in %s", second)
	}
}

func TestForm(t *testing.T) {
	if got, want := (Form{Drug: "epinephrine", Use: "arrest", Weight: "12 kg"}).Line(), "dose epinephrine arrest 12 kg"; got != want {
		t.Errorf("line %q, want %q", got, want)
	}
	for want, forms := range map[string][]Form{
		"":                {{Drug: "x", Weight: "12 kg"}, {Drug: "x", Age: "adult"}, {Drug: "x", Weight: "3,5kg"}},
		DrugField:         {{Weight: "12 kg"}},
		WeightField:       {{Drug: "x"}, {Drug: "x", Weight: "12"}, {Drug: "x", Weight: "heavy", Age: "adult"}},
		"drug and weight": {{}},
	} {
		for _, f := range forms {
			wrong := slices.Sorted(maps.Keys(f.Mistakes()))
			if got := strings.Join(wrong, " and "); got != want {
				t.Errorf("%+v: mistakes in %q, want %q", f, got, want)
			}
		}
	}
}

func TestFieldOf(t *testing.T) {
	for text, want := range map[string]string{
		"A weight of 900 kg is not believed.":            WeightField,
		"900 kg is more than anybody of that age weighs": WeightField,
		"The age is needed: doses differ.":               AgeField,
		"There is no such use of this drug.":             UseField,
		"No drug of that name.":                          DrugField,
	} {
		if got := fieldOf(text); got != want {
			t.Errorf("%q stands beside %q, want %q", text, got, want)
		}
	}
}

func TestChosen(t *testing.T) {
	view := choiceView(clarifyReply())
	if got, ok := Chosen(view.PrivateMetadata, "1"); !ok || got != "dose epinephrine 4.54 kg" {
		t.Errorf("Chosen = %q, %v", got, ok)
	}
	for _, value := range []string{"", "2", "-1", "x"} {
		if got, ok := Chosen(view.PrivateMetadata, value); ok {
			t.Errorf("Chosen(%q) = %q, want none", value, got)
		}
	}
	if _, ok := Chosen("not JSON", "0"); ok {
		t.Error("Chosen reads metadata that is not its own")
	}
}

func TestManifestNeedsAddress(t *testing.T) {
	for _, address := range []string{"", "http://iobot.example.org", "iobot.example.org", "https://"} {
		if _, err := NewManifest(ManifestConfig{Transport: HTTP, Address: address}); err == nil {
			t.Errorf("a manifest with the address %q", address)
		}
	}
	if _, err := NewManifest(ManifestConfig{Transport: Socket, Install: OneWorkspace}); err != nil {
		t.Errorf("socket mode needs no address: %v", err)
	}
}

func TestHomeEdition(t *testing.T) {
	plain, admin := home(), home()
	admin.Admin = []bot.Choice{{Label: "Drafts", Command: "drafts"}}
	if plain.Edition() == admin.Edition() || plain.View().PrivateMetadata != plain.Edition() {
		t.Errorf("editions %q and %q, metadata %q", plain.Edition(), admin.Edition(), plain.View().PrivateMetadata)
	}
}

// rendered is a payload as Slack gets it, with the characters that JSON
// writes as escapes.
func rendered(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(string(text))
}
