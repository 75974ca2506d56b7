package quantity_test

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"iobot/knowledge/quantity"
)

var update = flag.Bool("update", false, "write the understood side of testdata/patients.txt anew; read every change")

// words is what a knowledge base may give: a word, the population, its ages.
func words(t testing.TB) quantity.Populations {
	t.Helper()
	groups := []struct{ name, age, words string }{
		{"newborn", "at birth", "newborn,just born,delivery room,newborn baby,recién nacido,新生儿"},
		{"neonate", "0 days to under 29 days", "neonate,preterm,premie,neonato"},
		{"infant", "29 days to under 1 year", "infant,baby,bebé,bébé,婴儿"},
		{"child", "0 days to under 18 years", "child,kid,toddler,paeds,peds,pediatric,paediatric,niño,enfant,Kind,儿童,طفل,बच्चा,ребёнок"},
		{"adolescent", "12 years to under 18 years", "teen,teenager,adolescent"},
		{"adult", "18 years and over", "adult,adulto,成人"},
	}
	var list []quantity.PopulationWord
	for _, g := range groups {
		age, err := quantity.ParseAgeRange(g.age)
		if err != nil {
			t.Fatal(err)
		}
		for word := range strings.SplitSeq(g.words, ",") {
			list = append(list, quantity.PopulationWord{Word: word, Name: g.name, Age: age})
		}
	}
	return quantity.NewPopulations(list)
}

// describe writes a patient the way testdata/patients.txt does.
func describe(p quantity.Patient) string {
	var parts []string
	add := func(format string, args ...any) { parts = append(parts, fmt.Sprintf(format, args...)) }
	if p.Weight > 0 {
		add("weight %s", p.Weight)
	}
	if p.HasAge() {
		add("age %s to under %s", p.Age, p.AgeUnder)
	}
	if p.Population != "" {
		add("population %s", p.Population)
	}
	if p.Echo != "" {
		add("echo %q", p.Echo)
	}
	for _, d := range p.Doubts {
		add("ask: %s %q%s", d.Kind, d.Text, offers(d))
	}
	if p.Rest != "" {
		add("rest %q", p.Rest)
	}
	if len(parts) == 0 {
		return "nothing"
	}
	return strings.Join(parts, "; ")
}

// offers writes what a doubt offers: " (12 kg? 12 years?)".
func offers(d quantity.Doubt) string {
	var list []string
	for _, w := range d.Weights {
		list = append(list, w.String()+"?")
	}
	for _, a := range d.Ages {
		list = append(list, a.String()+"?")
	}
	if len(list) == 0 {
		return ""
	}
	return " (" + strings.Join(list, " ") + ")"
}

func TestReadPatient(t *testing.T) {
	const file = "testdata/patients.txt"
	list := words(t)
	var out strings.Builder
	for _, line := range readLines(t, file) {
		typed, want, isCase := strings.Cut(line, " => ")
		if !isCase || strings.HasPrefix(line, "#") {
			fmt.Fprintln(&out, line)
			continue
		}
		got := describe(quantity.ReadPatient(strings.TrimSpace(typed), list))
		if got != want && !*update {
			t.Errorf("%s\n got  %s\n want %s", strings.TrimSpace(typed), got, want)
		}
		fmt.Fprintf(&out, "%s => %s\n", typed, got)
	}
	if *update {
		if err := os.WriteFile(file, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func readLines(t testing.TB, file string) []string {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var lines []string
	scanner := bufio.NewScanner(f)
	for scanner.Scan() {
		lines = append(lines, scanner.Text())
	}
	return lines
}
