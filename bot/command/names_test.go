package command_test

import (
	"context"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"iobot/bot"
)

// TestMisspeltDrugs types every misspelling of every drug at distance one, and
// a sample of those at distance two, with a weight. None may get a dose: only
// an exact name does, anything else at most a choice.
func TestMisspeltDrugs(t *testing.T) {
	t.Parallel()
	b := newBot(t)
	base := content(t)
	random := rand.New(rand.NewPCG(1, 2))
	tried, offered := 0, 0
	drugs := base.Drugs
	if testing.Short() {
		drugs = drugs[:5]
	}
	for _, d := range drugs {
		for _, name := range []string{d.Name, d.OtherName} {
			if len(name) < 4 || strings.ContainsAny(name, " (") {
				continue
			}
			near := misspellings(strings.ToLower(name))
			for range 100 {
				near = append(near, pick(random, misspellings(pick(random, near))))
			}
			for _, typed := range near {
				if _, exact := base.DrugByName(typed); exact {
					continue
				}
				r := ask(b, "dose "+typed+" child 20 kg")
				tried++
				if r.Dose != nil {
					t.Errorf("%q got the dose of %s", typed, r.Entries[0])
				}
				if r.Outcome == bot.Clarify {
					offered++
				}
			}
		}
	}
	t.Logf("%d misspellings, %d of them were offered a choice", tried, offered)
}

// TestOtherDrugs asks for drugs that the knowledge does not have.
func TestOtherDrugs(t *testing.T) {
	t.Parallel()
	b := newBot(t)
	text, err := os.ReadFile("testdata/other-drugs.txt")
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	for name := range strings.Lines(string(text)) {
		name = strings.TrimSpace(name)
		if name == "" || strings.HasPrefix(name, "#") {
			continue
		}
		for _, line := range []string{"dose " + name + " 20 kg", "how much " + name + " for a 20 kg child", name + " 70 kg adult"} {
			tried++
			if r := ask(b, line); r.Dose != nil {
				t.Errorf("> %s\n%s", line, r.Text())
			}
		}
	}
	if tried < 3000 {
		t.Errorf("only %d questions were asked", tried)
	}
}

func ask(b *bot.Bot, line string) bot.Reply {
	return b.Answer(context.Background(), bot.Request{Platform: "test", Line: line, At: asOf})
}

func pick(random *rand.Rand, list []string) string { return list[random.IntN(len(list))] }

// misspellings is every word at distance one: a letter left out, doubled by
// another, replaced, or swapped with its neighbour.
func misspellings(word string) []string {
	const letters = "abcdefghijklmnopqrstuvwxyz"
	var out []string
	for i := 0; i <= len(word); i++ {
		for _, c := range letters {
			out = append(out, word[:i]+string(c)+word[i:])
			if i < len(word) {
				out = append(out, word[:i]+string(c)+word[i+1:])
			}
		}
		if i < len(word) {
			out = append(out, word[:i]+word[i+1:])
		}
		if i+1 < len(word) {
			out = append(out, word[:i]+word[i+1:i+2]+word[i:i+1]+word[i+2:])
		}
	}
	return slices.DeleteFunc(out, func(s string) bool { return s == word })
}
