package card_test

import (
	"errors"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"iobot/knowledge"
	"iobot/knowledge/card"
	"iobot/knowledge/dose"
	"iobot/knowledge/quantity"
)

// people lists, for a weight, what a person may say of the patient: the weight
// alone, or with each group that it can belong to.
func people(b *knowledge.Base, w quantity.Weight) []quantity.Patient {
	list := []quantity.Patient{{Weight: w}}
	for _, g := range b.Populations {
		if b.MayBe(quantity.Patient{Weight: w}, g.Age) {
			list = append(list, quantity.Patient{Weight: w, Population: g.Name})
		}
	}
	return list
}

// TestEveryFigure makes the card for every weight from 0.5 to 100 kg in steps
// of 0.1 kg, alone and with every group, and works every dose on it out again.
func TestEveryFigure(t *testing.T) {
	t.Parallel()
	b := starter(t)
	step := quantity.Weight(100)
	if testing.Short() {
		step = 1_700
	}
	cards, figures := 0, 0
	for w := quantity.Weight(500); w <= 100_000; w += step {
		for _, p := range people(b, w) {
			c, err := card.Make(b, p, options())
			if err != nil {
				t.Fatalf("%s %s: %v", w, p.Population, err)
			}
			cards++
			for i, s := range c.Sections {
				figures += checkSection(t, b, p, b.Card.Sections[i], s)
			}
		}
	}
	t.Logf("%d cards, %d doses", cards, figures)
	if figures < cards {
		t.Error("hardly any dose was worked out")
	}
}

// checkSection holds the rows of a section against what its items come to, and
// counts the doses.
func checkSection(t *testing.T, b *knowledge.Base, p quantity.Patient, items knowledge.CardSection, s card.Section) int {
	t.Helper()
	var want []string
	for _, item := range items.Items {
		if item.Drug != "" {
			want = append(want, expected(b, item, p)...)
		}
	}
	var got []string
	figures := 0
	for _, row := range s.Rows {
		if strings.HasPrefix(string(row.Entry), "drug/") {
			got = append(got, shown(row))
		}
		if row.Dose != "" {
			figures++
		}
		checkRow(t, p, row)
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%s %s, %s:\n got %q\nwant %q", p.Weight, p.Population, s.Heading, got, want)
	}
	return figures
}

// expected works an item out for a patient by a call of its own.
func expected(b *knowledge.Base, item knowledge.CardItem, p quantity.Patient) []string {
	d, _ := b.Drug(item.Drug)
	ask := dose.Ask{Patient: p}
	if in, ok := d.Indication(item.Use); ok {
		ask.Indication = in
	}
	sel := dose.Select(b, d, ask, options().Guidelines)
	if sel.Outcome != dose.Answer {
		return []string{"in words"}
	}
	var list []string
	for _, step := range dose.Steps(sel.Rule) {
		r, err := dose.Calculate(d, sel.Rule, step, p.Weight)
		if err != nil {
			return []string{err.Error()}
		}
		list = append(list, figuresOf(r))
	}
	return list
}

func figuresOf(r dose.Result) string {
	text := r.DoseBothUnits()
	if len(r.Volumes) > 0 {
		v := r.Volumes[0]
		text += fmt.Sprintf(" = %s of %s", v, v.Concentration)
	}
	return fmt.Sprintf("%s, capped %t", text, r.Capped)
}

// shown is a row as figuresOf writes it.
func shown(row card.Row) string {
	if row.Dose == "" {
		return "in words"
	}
	text := row.Dose
	if row.Also != "" {
		text += " (" + row.Also + ")"
	}
	if row.Strength != "" {
		volume := row.Volume
		if strings.HasPrefix(volume, "too small") {
			volume = "too small"
		}
		text += " = " + volume + " of " + row.Strength
	}
	return fmt.Sprintf("%s, capped %t", text, strings.Contains(row.Limit, "AT THE MAXIMUM"))
}

// checkRow sees what a reader of one row can check: words never hold a dose, a
// dose is not above its maximum, and dose, volume and strength agree.
func checkRow(t *testing.T, p quantity.Patient, row card.Row) {
	t.Helper()
	if (row.Dose == "") == (len(row.Say) == 0) {
		t.Errorf("%s: row %s has both or neither of dose and words", p.Weight, row.Name)
	}
	if strings.HasPrefix(string(row.Entry), "drug/") {
		for _, said := range row.Say {
			if strings.ContainsAny(said.Text, "0123456789") {
				t.Errorf("%s: %s says %q", p.Weight, row.Name, said.Text)
			}
		}
	}
	most := lastAmount(row.Limit)
	given, ok := amount(row.Dose)
	if !ok || strings.HasPrefix(row.Volume, "too small") {
		return
	}
	if n, comparable := given.Cmp(most); strings.Contains(strings.ToLower(row.Limit), "max") && comparable && n > 0 {
		t.Errorf("%s: %s gives %s with %s", p.Weight, row.Name, row.Dose, row.Limit)
	}
	agree(t, row, given)
}

// agree sees that the volume at the strength holds the dose, to the 5 % that a
// syringe may be off.
func agree(t *testing.T, row card.Row, given quantity.Amount) {
	t.Helper()
	drawn, ok := amount(row.Volume)
	strength, err := quantity.ParseConcentration(row.Strength)
	if !ok || err != nil {
		return
	}
	same, ok := given.In(strength.Amount.Unit())
	if !ok {
		t.Errorf("%s: %s cannot be drawn from %s", row.Name, row.Dose, row.Strength)
		return
	}
	held := new(big.Rat).Mul(drawn.Value(), strength.PerMillilitre().Rat())
	ratio := held.Quo(held, same.Value())
	if ratio.Cmp(big.NewRat(95, 100)) < 0 || ratio.Cmp(big.NewRat(105, 100)) > 0 {
		t.Errorf("%s: %s is not %s of %s", row.Name, row.Dose, row.Volume, row.Strength)
	}
}

// amount reads "0.14 mg", or the upper end of a range.
func amount(text string) (quantity.Amount, bool) {
	if _, high, isRange := strings.Cut(text, " to "); isRange {
		text = high
	}
	a, err := quantity.ParseAmount(text)
	return a, err == nil
}

// lastAmount is the amount at the end of a limit: "AT THE MAXIMUM, 1 mg".
func lastAmount(limit string) quantity.Amount {
	words := strings.Fields(strings.TrimSuffix(limit, "*"))
	if len(words) < 2 {
		return quantity.Amount{}
	}
	a, err := quantity.ParseAmount(strings.Join(words[len(words)-2:], " "))
	if err != nil {
		return quantity.Amount{}
	}
	return a
}

// TestLimits reads the states of a limit off cards that show them.
func TestLimits(t *testing.T) {
	t.Parallel()
	b := starter(t)
	for _, test := range []struct{ line, rule, want string }{
		{"14 kg", "drug/epinephrine#arrest-child", "0.14 mg, max 1 mg"},
		{"3.5 kg infant", "drug/atropine#bradycardia-child", "0.1 mg, RAISED TO THE MINIMUM, 0.1 mg; max 0.5 mg"},
		{"30 kg", "drug/atropine#bradycardia-child", "0.5 mg, AT THE MAXIMUM, 0.5 mg"},
		{"60 kg child", "drug/crystalloid#shock-child", "500 mL, AT THE MAXIMUM, 500 mL*"},
		{"3.5 kg newborn", "drug/epinephrine#arrest-newborn", "0.035 to 0.105 mg, no maximum stated"},
		{"70 kg adult", "drug/flush#open-adult", "5 to 10 mL, not by weight"},
		{"70 kg adult", "drug/epinephrine#arrest-adult", "1 mg, fixed dose"},
	} {
		found := false
		for _, row := range made(t, b, test.line).Rows() {
			if string(row.Entry) == test.rule && row.Step == "" {
				found = true
				if got := row.Dose + ", " + row.Limit; got != test.want {
					t.Errorf("%s, %s: %s, want %s", test.line, test.rule, got, test.want)
				}
			}
		}
		if !found {
			t.Errorf("%s: no row for %s", test.line, test.rule)
		}
	}
}

// TestDoubt sees that no card is made of a doubtful patient.
func TestDoubt(t *testing.T) {
	t.Parallel()
	b := starter(t)
	for _, line := range []string{"12", "22 lb", "1,000 kg", "-5 kg", "0 kg", "10-12 kg", "12 kg 14 kg", "500 kg", "0.1 kg", "8/12 8 kg", "5 years adult 20 kg",
		"5 kg 8 years", "70 kg newborn", "3 kg adult", "1e3 kg"} {
		if c, err := card.Make(b, patient(b, line), options()); !errors.Is(err, card.ErrDoubt) && !errors.Is(err, card.ErrNoWeight) {
			t.Errorf("%s: %v, %v", line, c, err)
		}
	}
	for _, line := range []string{"", "adult", "8 months"} {
		if _, err := card.Make(b, patient(b, line), options()); !errors.Is(err, card.ErrNoWeight) {
			t.Errorf("%q: %v", line, err)
		}
	}
	b.Card = nil
	if _, err := card.Make(b, patient(b, "14 kg"), options()); !errors.Is(err, card.ErrNoCard) {
		t.Errorf("without card.yaml: %v", err)
	}
}
