package dose_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"iobot/knowledge"
	"iobot/knowledge/dose"
	"iobot/knowledge/quantity"
)

var update = flag.Bool("update", false, "write the right side of the tables in testdata anew; read every change")

// loadBase reads a folder of knowledge.
func loadBase(t testing.TB, dir string) *knowledge.Base {
	t.Helper()
	b, err := knowledge.Load(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// populationWords are the words of a knowledge base for groups of patients.
func populationWords(b *knowledge.Base) quantity.Populations {
	var words []quantity.PopulationWord
	for _, p := range b.Populations {
		for _, word := range append([]string{p.Name}, p.Aliases...) {
			words = append(words, quantity.PopulationWord{Word: word, Name: p.Name, Age: p.Age})
		}
	}
	return quantity.NewPopulations(words)
}

// selection runs a line of testdata/select.txt: "drug[/indication], patient".
func selection(t testing.TB, b *knowledge.Base, line string, guidelines []string) dose.Selection {
	t.Helper()
	name, patient, _ := strings.Cut(line, ",")
	slug, use, _ := strings.Cut(strings.TrimSpace(name), "/")
	drug, found := b.Drug(knowledge.ID("drug/" + slug))
	if !found {
		t.Fatalf("%s: no drug %q", line, slug)
	}
	ask := dose.Ask{Patient: quantity.ReadPatient(patient, populationWords(b))}
	for _, in := range drug.Indications {
		if in.ID == use {
			ask.Indication = in
		}
	}
	if use != "" && ask.Indication == nil {
		t.Fatalf("%s: no indication %q", line, use)
	}
	return dose.Select(b, drug, ask, guidelines)
}

// describe writes a selection the way testdata/select.txt does.
func describe(s dose.Selection) string {
	text := string(s.Outcome)
	if s.Outcome == dose.Answer {
		text += " " + s.Rule.ID
		for i, r := range s.Results {
			text += "; " + strings.TrimSpace(dose.Steps(s.Rule)[i].Step+" "+describeResult(r))
		}
	}
	for _, o := range s.Others {
		text += "; " + describeOther(o)
	}
	for _, c := range s.Choices {
		text += "; " + c.Word + ": " + describeChoice(c)
	}
	for _, in := range s.Indications {
		text += "; " + in.ID
	}
	if s.Reason != "" {
		text += "; " + s.Reason
	}
	return text
}

func describeResult(r dose.Result) string {
	text := r.DoseBothUnits()
	for _, v := range r.Volumes {
		text += ", " + v.String() + " of " + v.Concentration.String()
	}
	if r.Capped {
		text += ", capped"
	}
	return text
}

func describeOther(o dose.Other) string {
	var ids []string
	for _, rule := range o.Rules {
		ids = append(ids, rule.ID)
	}
	verb := "differs"
	if o.Agrees {
		verb = "agrees"
	}
	return fmt.Sprintf("%s %s", strings.Join(ids, " and "), verb)
}

func describeChoice(c dose.Choice) string {
	if c.Rule != nil {
		return c.Rule.ID
	}
	return string(c.Outcome)
}

func TestSelect(t *testing.T) {
	b := loadBase(t, "testdata/kb")
	runTable(t, "testdata/select.txt", func(line string) string {
		return describe(selection(t, b, line, []string{"AHA", "ERC"}))
	})
}

// TestSelectGuidelines sees that the order of families decides, and grade and
// place only after it.
func TestSelectGuidelines(t *testing.T) {
	b := loadBase(t, "testdata/kb")
	for _, test := range []struct{ families, want string }{
		{"AHA,ERC", "child"},
		{"ERC,AHA", "child-erc"},
		{"erc", "child-erc"},
		{"", "child"},
	} {
		s := selection(t, b, "push/arrest, 12 kg", strings.Split(test.families, ","))
		if s.Outcome != dose.Answer || s.Rule.ID != test.want {
			t.Errorf("families %q: got %s, want %s", test.families, describe(s), test.want)
		}
	}
}

// TestChoicesSettle types every choice offered for many patients: each must
// lead to what it promises.
func TestChoicesSettle(t *testing.T) {
	b := loadBase(t, "testdata/kb")
	for _, drug := range b.Drugs {
		for w := quantity.Weight(300); w <= 300_000; w += 700 {
			for _, in := range append([]*knowledge.Indication{nil}, drug.Indications...) {
				settle(t, b, drug, dose.Ask{Indication: in, Patient: quantity.Patient{Weight: w}})
			}
		}
		settle(t, b, drug, dose.Ask{})
	}
}

func settle(t *testing.T, b *knowledge.Base, drug *knowledge.Drug, ask dose.Ask) {
	t.Helper()
	s := dose.Select(b, drug, ask, nil)
	if s.Outcome == dose.NeedPopulation && len(s.Choices) < 2 {
		t.Errorf("%s %s: %s", drug.ID, ask.Patient.Weight, describe(s))
	}
	for _, c := range s.Choices {
		p := quantity.ReadPatient(c.Word, populationWords(b))
		p.Weight = ask.Patient.Weight
		got := dose.Select(b, drug, dose.Ask{Indication: ask.Indication, Patient: p}, nil)
		if got.Outcome != c.Outcome || c.Rule != nil && got.Rule == nil {
			t.Errorf("%s %s: choice %q promised %s, gave %s", drug.ID, p.Weight, c.Word, c.Outcome, describe(got))
		}
	}
}
