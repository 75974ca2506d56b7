package dose_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"iobot/knowledge"
	"iobot/knowledge/dose"
	"iobot/knowledge/quantity"
)

// runTable compares every "typed => wanted" line of a file; with -update it
// writes the right sides anew.
func runTable(t *testing.T, file string, run func(string) string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(data), "\n")
	for i, line := range lines {
		left, want, isCase := strings.Cut(line, " => ")
		if !isCase || strings.HasPrefix(line, "#") {
			continue
		}
		got := run(left)
		if got != want && !*update {
			t.Errorf("%s:%d: %s\n got  %s\n want %s", file, i+1, left, got, want)
		}
		lines[i] = left + " => " + got
	}
	if *update {
		if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestCalculate(t *testing.T) {
	b := loadBase(t, "testdata/kb")
	runTable(t, "testdata/doses.txt", func(line string) string { return calculation(t, b, line) })
}

// calculation runs a line of testdata/doses.txt: "push#child, 12 kg".
func calculation(t *testing.T, b *knowledge.Base, line string) string {
	t.Helper()
	name, weight, _ := strings.Cut(line, ", ")
	slug, id, _ := strings.Cut(name, "#")
	drug, rule := findRule(t, b, slug, id)
	w, err := quantity.ParseWeight(weight)
	if err != nil && weight != "-" {
		t.Fatal(err)
	}
	var parts []string
	for _, step := range dose.Steps(rule) {
		r, err := dose.Calculate(drug, rule, step, w)
		if err != nil {
			return err.Error()
		}
		parts = append(parts, strings.TrimSpace(step.Step+" "+calculated(r)))
	}
	return strings.Join(parts, " | ")
}

func findRule(t *testing.T, b *knowledge.Base, slug, id string) (*knowledge.Drug, *knowledge.Rule) {
	t.Helper()
	drug, found := b.Drug(knowledge.ID("drug/" + slug))
	if !found {
		t.Fatalf("no drug %q", slug)
	}
	for _, in := range drug.Indications {
		for _, rule := range in.Rules {
			if rule.ID == id {
				return drug, rule
			}
		}
	}
	t.Fatalf("no rule %q", id)
	return nil, nil
}

func calculated(r dose.Result) string {
	text := r.DoseBothUnits()
	for _, v := range r.Volumes {
		text += fmt.Sprintf(", %s of %s", v, v.Concentration)
		if v.Small {
			text += " (small)"
		}
		if !v.TooSmall {
			text += " in a " + v.Device()
		}
	}
	if !r.Total.IsZero() {
		text += ", at most " + r.Total.String() + " in all"
	}
	return text + " [" + r.Working + "]"
}

func TestCheckFindsWrongExamples(t *testing.T) {
	b := loadBase(t, "testdata/kb")
	drug, rule := findRule(t, b, "push", "child")
	changed := *rule
	w, _ := quantity.ParseWeight("3.5 kg")
	changed.Checks = []knowledge.Check{
		{Weight: w, Dose: "0.035 mg", Volume: "0.35 mL", Line: 3},
		{Weight: w, Dose: "0.035 mg", Volume: "0.36 mL", Line: 4},
		{Weight: w, Dose: "0.35 mg", Volume: "3.5 mL", Line: 5},
		{Weight: w, Dose: "outside", Line: 6},
		{Weight: w, Dose: "0.035 mg", Line: 7},
	}
	const right = ", computed 0.035 mg = 0.35 mL; correct the dose or the example"
	want := []string{
		"3.5 kg: written 0.035 mg = 0.36 mL" + right,
		"3.5 kg: written 0.35 mg = 3.5 mL" + right,
		"3.5 kg: written outside" + right,
		"3.5 kg: written 0.035 mg" + right,
	}
	got := dose.Check(drug, &changed)
	if len(got) != len(want) {
		t.Fatalf("got %d problems, want %d: %v", len(got), len(want), got)
	}
	for i, p := range got {
		if p.Message != want[i] || p.Line != i+4 {
			t.Errorf("line %d: %s\nwant %s", p.Line, p.Message, want[i])
		}
	}
}

func TestCheckPassesRightExamples(t *testing.T) {
	for _, dir := range []string{"testdata/kb", "../content"} {
		for _, c := range allRules(t, dir) {
			for _, p := range dose.Check(c.drug, c.rule) {
				t.Errorf("%s:%d %s: %s", c.drug.File, p.Line, c.rule.ID, p.Message)
			}
		}
	}
}

func TestErrors(t *testing.T) {
	b := loadBase(t, "testdata/kb")
	drug, rule := findRule(t, b, "push", "child")
	if _, err := dose.Calculate(drug, rule, rule.Dose, 0); !errors.Is(err, dose.ErrNeedWeight) {
		t.Errorf("no weight: %v", err)
	}
	var outside *dose.OutsideError
	if _, err := dose.Calculate(drug, rule, rule.Dose, 1_000); !errors.As(err, &outside) || outside.Range != rule.Weight {
		t.Errorf("1 kg: %v", err)
	}
	if _, err := dose.Calculate(drug, rule, rule.Dose, -5_000); !errors.As(err, &outside) {
		t.Errorf("-5 kg: %v", err)
	}
	_, fluid := findRule(t, b, "fluid", "bolus")
	if _, err := dose.Calculate(drug, rule, fluid.Dose, 12_000); err != nil {
		t.Errorf("a dose in mL needs no strength: %v", err)
	}
	_, salt := findRule(t, b, "fluid", "salt-any")
	if r, err := dose.Calculate(drug, rule, salt.Dose, 12_000); err == nil {
		t.Errorf("mmol drawn from mg/mL: %+v", r)
	}
}

// drugRule is a rule with its drug.
type drugRule struct {
	drug *knowledge.Drug
	rule *knowledge.Rule
}

// allRules lists the rules of a folder.
func allRules(t testing.TB, dir string) []drugRule {
	t.Helper()
	b, err := knowledge.Load(os.DirFS(dir))
	if err != nil {
		t.Fatalf("%s does not load: %v", dir, err)
	}
	var list []drugRule
	for _, drug := range b.Drugs {
		for _, in := range drug.Indications {
			for _, rule := range in.Rules {
				list = append(list, drugRule{drug, rule})
			}
		}
	}
	return list
}
