package command_test

import (
	"fmt"
	"strings"
	"testing"

	"iobot/bot"
	"iobot/knowledge"
	"iobot/knowledge/card"
)

// TestCardLeads asks for cards of many weights, and taps every choice of a
// reply that asks for whom: each ends in a card whose file can be made.
func TestCardLeads(t *testing.T) {
	t.Parallel()
	b, base := newBot(t), content(t)
	asked, made := 0, 0
	for grams := 500; grams <= 100_000; grams += 1_500 {
		line := fmt.Sprintf("card %g kg", float64(grams)/1000)
		r := ask(b, line)
		if r.Outcome == bot.Answer {
			made++
			checkCardFiles(t, base, line, r)
			continue
		}
		asked++
		if r.Outcome != bot.Clarify || len(r.Choices) < 2 || len(r.Files) > 0 {
			t.Fatalf("> %s: %s\n%s", line, r.Outcome, r.Text())
		}
		for _, c := range r.Choices {
			answer := ask(b, c.Command)
			if answer.Outcome != bot.Answer {
				t.Fatalf("> %s: %s\n%s", c.Command, answer.Outcome, answer.Text())
			}
			checkCardFiles(t, base, c.Command, answer)
		}
	}
	t.Logf("%d weights gave a card, %d asked for whom first", made, asked)
	if made == 0 || asked == 0 {
		t.Error("one of the two never happened")
	}
}

// checkCardFiles reads the names of the files: they are of this card.
func checkCardFiles(t *testing.T, base *knowledge.Base, line string, r bot.Reply) {
	t.Helper()
	checkReply(t, line, r)
	if len(r.Files) != 1 || len(r.Pictures) != 1 || len(r.Pictures[0].Alt) > 2000 {
		t.Fatalf("> %s: %d files, %d pictures", line, len(r.Files), len(r.Pictures))
	}
	for _, name := range []string{r.Files[0].Name, r.Pictures[0].Name} {
		ref, err := card.Parse(name)
		if err != nil {
			t.Fatalf("> %s: %s: %v", line, name, err)
		}
		c, err := card.Make(base, ref.Patient, card.Options{Guidelines: []string{"AHA", "ERC", "RCUK"}, Multiply: true, At: asOf})
		if err != nil || c.Name(ref.Paper, ref.Type) != name || c.Command() != r.Subject {
			t.Errorf("> %s: %s is of %v: %v", line, name, ref.Patient, err)
		}
	}
	if r.Dose != nil || r.Review.Status != "unreviewed" || len(r.Sources) == 0 {
		t.Errorf("> %s: dose %v, review %q, %d sources", line, r.Dose, r.Review.Status, len(r.Sources))
	}
}

// TestCardAsksAlike types doubtful patients for a card and for a dose: both are
// refused or asked alike, and no card is offered.
func TestCardAsksAlike(t *testing.T) {
	t.Parallel()
	b := newBot(t)
	for _, patient := range []string{"12", "22 lb", "1,000 kg", "-5 kg", "0 kg", "500 kg", "10-12 kg", "12 kg 14 kg", "5 kg 8 years", "8/12 8 kg", "½ kg", "1e3 kg", "5 years adult 20 kg"} {
		dose, page := ask(b, "dose epinephrine#arrest "+patient), ask(b, "card "+patient)
		if page.Outcome != dose.Outcome || page.Title != dose.Title || len(page.Choices) != len(dose.Choices) {
			t.Errorf("> card %s: %s %q, a dose gets %s %q", patient, page.Outcome, page.Title, dose.Outcome, dose.Title)
		}
		if len(page.Files)+len(page.Pictures) > 0 || strings.Contains(page.Text(), " mg") {
			t.Errorf("> card %s\n%s", patient, page.Text())
		}
	}
}

// TestCardText sees that the text is complete without the page: each dose of
// the card stands in it with its volume, strength and limit.
func TestCardText(t *testing.T) {
	t.Parallel()
	b, base := newBot(t), content(t)
	for _, line := range []string{"card 14 kg", "card 3.5 kg newborn", "card 70 kg adult", "card 3.5 kg neonate letter"} {
		r := ask(b, line)
		ref, err := card.Parse(r.Files[0].Name)
		if err != nil {
			t.Fatal(err)
		}
		c, err := card.Make(base, ref.Patient, card.Options{Guidelines: []string{"AHA", "ERC", "RCUK"}, Multiply: true, At: asOf})
		if err != nil {
			t.Fatal(err)
		}
		text := r.Text()
		for _, row := range c.Rows() {
			want := "; Dose: " + row.Dose
			if row.Dose == "" {
				want = row.Say[0].Text
			}
			for _, part := range append([]string{row.Name, want, row.Volume, row.Strength, row.Limit, row.Give}, row.Warnings...) {
				if !strings.Contains(text, part) {
					t.Errorf("> %s: %q of %s is not in the text", line, part, row.Name)
				}
			}
		}
		if (ref.Paper == card.Letter) != strings.Contains(line, "letter") {
			t.Errorf("> %s is on %s", line, ref.Paper)
		}
	}
}

// TestCardInReferenceMode shows rules and multiplies nothing.
func TestCardInReferenceMode(t *testing.T) {
	t.Parallel()
	d := deps(t, starter)
	d.Multiply = false
	text := ask(botOf(d), "card 14 kg").Text()
	if !strings.Contains(text, "Rule, not worked out: 0.01 mg/kg") || strings.Contains(text, "0.14 mg") || strings.Contains(text, "1.4 mL") {
		t.Error(text)
	}
}
