package index

import (
	"fmt"
	"strings"
	"testing"
)

// columns cuts a line at its bars.
func columns(line string) []string {
	cells := strings.Split(line, "|")
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	return cells
}

func TestNames(t *testing.T) {
	s := build(t, fixture())
	for _, line := range lines(t, "testdata/names.txt") {
		c := columns(line)
		kind, text, want := c[0], c[1], c[2]
		var found []string
		for _, m := range s.FindNames(text, kind) {
			found = append(found, fmt.Sprintf("%s %q", m.ID, text[m.Start:m.End]))
		}
		if got := orDash(strings.Join(found, ", ")); got != want {
			t.Errorf("%s in %q: %s, want %s", kind, text, got, want)
		}
	}
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func TestIndications(t *testing.T) {
	s := build(t, fixture())
	found := s.FindIndications("epi for a code", "drug/epinephrine")
	if len(found) != 1 || found[0].ID != "drug/epinephrine#arrest" {
		t.Errorf("found %v", found)
	}
	if found := s.FindIndications("code", "drug/lidocaine"); len(found) != 0 {
		t.Errorf("another drug's indication: %v", found)
	}
}

func TestSuggestions(t *testing.T) {
	s := build(t, fixture())
	for _, line := range lines(t, "testdata/suggestions.txt") {
		c := columns(line)
		var found []string
		for _, d := range s.SuggestDrugs(c[0], 5) {
			found = append(found, string(d.ID)+" "+string(d.Why))
		}
		if got := orDash(strings.Join(found, ", ")); got != c[1] {
			t.Errorf("%q: %s, want %s", c[0], got, c[1])
		}
	}
}

// Every misspelling at one edit of every drug name must stay what it is: not a
// drug, and no other word either.
func TestMisspeltDrugIsNeverADrug(t *testing.T) {
	s := build(t, fixture())
	for _, n := range s.names[Drug].all {
		for _, typo := range edited(n.text) {
			if _, ok := s.names[Drug].get(strings.Fields(typo)...); ok {
				continue // a name in its own right
			}
			for _, m := range s.FindDrugs(typo) {
				if m.End-m.Start == len(typo) {
					t.Errorf("%q is taken for %s", typo, m.ID)
				}
			}
			for _, c := range find(t, s, Query{Text: typo}).Corrections {
				t.Errorf("%q is corrected into %q", c.From, c.To)
			}
		}
	}
}

// edited returns the words at one edit of a word of a to z; none of another.
func edited(w string) []string {
	var all []string
	if !letters(w) {
		return nil
	}
	for i := range w {
		all = append(all, w[:i]+w[i+1:])
		for c := 'a'; c <= 'z'; c++ {
			all = append(all, w[:i]+string(c)+w[i:], w[:i]+string(c)+w[i+1:])
		}
	}
	return all
}
