package knowledge_test

import (
	"os"
	"strings"
	"testing"

	"iobot/knowledge"
	"iobot/knowledge/quantity"
)

// TestAges reads who a patient may be off the starter content: what is said
// and what the weight leaves possible.
func TestAges(t *testing.T) {
	b, err := knowledge.Load(os.DirFS("content"))
	if err != nil {
		t.Fatal(err)
	}
	year := quantity.Year
	for _, test := range []struct {
		patient quantity.Patient
		want    string
	}{
		{quantity.Patient{}, ""},
		{quantity.Patient{Population: "martian"}, ""},
		{quantity.Patient{Population: "child"}, "0 days to under 18 years"},
		{quantity.Patient{Weight: 3_500, Population: "newborn"}, "at birth"},
		{quantity.Patient{Weight: 3_500, Population: "infant"}, "29 days to under 3 months; 3 months to under 6 months; 6 months to under 1 year"},
		{quantity.Patient{Weight: 190_000, Population: "child"}, "12 years to under 15 years; 15 years to under 18 years"},
		{quantity.Patient{Weight: 290_000}, "18 years and over"},
		{quantity.Patient{Weight: 14_000, Age: year, AgeUnder: 3 * year}, "1 year to under 2 years; 2 years to under 3 years"},
		{quantity.Patient{Weight: 70_000, Population: "newborn"}, ""},
	} {
		var got []string
		for _, age := range b.Ages(test.patient) {
			got = append(got, age.String())
		}
		if strings.Join(got, "; ") != test.want {
			t.Errorf("%+v may be %q, want %q", test.patient, got, test.want)
		}
	}
}
