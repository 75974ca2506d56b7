package quantity_test

import (
	"fmt"
	"strings"
	"testing"

	"iobot/knowledge/quantity"
)

// FuzzReadPatient sees that nothing typed panics, and that a weight is given
// only with a unit, in bounds, echoed, and when nothing about it is in doubt.
func FuzzReadPatient(f *testing.F) {
	for _, line := range readLines(f, "testdata/patients.txt") {
		typed, _, _ := strings.Cut(line, " => ")
		f.Add(typed)
	}
	list := words(f)
	f.Fuzz(func(t *testing.T, text string) {
		p := quantity.ReadPatient(text, list)
		if problem := broken(p, text); problem != "" {
			t.Fatalf("%q: %s: %s", text, problem, describe(p))
		}
	})
}

// broken says which promise a patient breaks, "" when none.
func broken(p quantity.Patient, text string) string {
	switch {
	case p.Weight != 0 && !hasWeightUnit(text):
		return "a weight without a unit"
	case p.Weight != 0 && (p.Weight < quantity.LightestPerson || p.Weight > quantity.HeaviestPerson):
		return "a weight out of bounds"
	case p.Weight != 0 && !strings.Contains(p.Echo, p.Weight.String()):
		return "a weight that is not echoed"
	case p.Weight == 0 && p.Weight.String() != "":
		return "an unknown weight that prints"
	case p.HasAge() && (p.Age < 0 || p.Age >= p.AgeUnder):
		return "an age that holds nobody"
	case len(p.Rest) > len(text):
		return "more is left than was typed"
	}
	return brokenDoubt(p, text)
}

func brokenDoubt(p quantity.Patient, text string) string {
	for _, d := range p.Doubts {
		if !strings.Contains(text, d.Text) || d.Say == "" {
			return "a doubt about something that was not typed"
		}
		for _, w := range d.Weights {
			if w < quantity.LightestPerson || w > quantity.HeaviestPerson {
				return "an offer out of bounds"
			}
		}
		switch d.Kind {
		case quantity.NotKilograms, quantity.Ambiguous, quantity.Unreadable, quantity.NotPositive, quantity.TwoWeights:
			if p.Weight != 0 {
				return "a weight beside a doubt about it"
			}
		}
	}
	return ""
}

// hasWeightUnit looks for the units a weight may have, in a coarse way.
func hasWeightUnit(text string) bool {
	for _, unit := range []string{"g", "kilo", "quilo", "chil", "кг", "кил", "公斤", "千克", "克", "キロ", "グラム", "킬로", "ك", "غ", "कि"} {
		if strings.Contains(strings.ToLower(text), unit) {
			return true
		}
	}
	return false
}

// FuzzParse sees that every quantity that is read prints as text that reads
// as the same quantity.
func FuzzParse(f *testing.F) {
	for _, line := range readLines(f, "testdata/written.txt") {
		text, _, _ := strings.Cut(line, " => ")
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		v, err := parse(text)
		if err != nil {
			return
		}
		kind, _, _ := strings.Cut(text, " ")
		again, err := parse(kind + " " + v.String())
		if err != nil || again.String() != v.String() {
			t.Fatalf("%q prints as %q, then %v, %v", text, v, again, err)
		}
	})
}

// TestEveryWeightInEveryUnit types every 100 g from 0.1 to 400 kg in each
// spelling: kg and g are understood exactly, pounds and bare numbers never.
func TestEveryWeightInEveryUnit(t *testing.T) {
	for grams := 100; grams <= 400_000; grams += 700 {
		want := quantity.Weight(grams)
		if want < quantity.LightestPerson || want > quantity.HeaviestPerson {
			want = 0
		}
		whole, tenth := grams/1000, grams%1000/100
		point, comma := fmt.Sprintf("%d.%d", whole, tenth), fmt.Sprintf("%d,%d", whole, tenth)
		for text, want := range map[string]quantity.Weight{
			"epi " + point + "kg":             want,
			point + " kg arrest":              want,
			"weight " + comma + " kgs":        want,
			point + "公斤":                      want,
			fmt.Sprintf("epi %d g", grams):    want,
			"epi " + point:                    0,
			"epi " + point + " lb":            0,
			point + "#":                       0,
			"epi " + point + " st":            0,
			"epi -" + point + " kg":           0,
			"epi " + point + " yo":            0,
			"epi " + point + " mg/kg":         0,
			"0.1 mg/mL epi " + point + " mL":  0,
			fmt.Sprintf("epi 1 %d kg", whole): 0,
		} {
			if got := quantity.ReadPatient(text, quantity.Populations{}).Weight; got != want {
				t.Errorf("%q: weight %d g, want %d g", text, got, want)
			}
		}
	}
}

func BenchmarkReadPatient(b *testing.B) {
	list := words(b)
	b.ReportAllocs()
	for b.Loop() {
		quantity.ReadPatient("dose adrenaline 12 kg child arrest", list)
	}
}
