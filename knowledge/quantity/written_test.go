package quantity_test

import (
	"fmt"
	"math/big"
	"os"
	"strings"
	"testing"

	"iobot/knowledge/quantity"
)

// parse reads "dose 0.01 mg/kg" with the parser the first word names.
func parse(text string) (fmt.Stringer, error) {
	kind, rest, _ := strings.Cut(text, " ")
	switch kind {
	case "amount":
		return quantity.ParseAmount(rest)
	case "dose":
		return quantity.ParseDosage(rest)
	case "strength":
		return quantity.ParseConcentration(rest)
	case "age":
		return quantity.ParseAgeRange(rest)
	case "weights":
		return quantity.ParseWeightRange(rest)
	case "weight":
		return quantity.ParseWeight(rest)
	default:
		return nil, fmt.Errorf("no parser is called %q", kind)
	}
}

// printed is what a text prints as once it is read, or "refused".
func printed(text string) string {
	v, err := parse(text)
	if err != nil {
		return "refused"
	}
	return v.String()
}

func TestWritten(t *testing.T) {
	const file = "testdata/written.txt"
	lines := readLines(t, file)
	for i, line := range lines {
		text, want, isCase := strings.Cut(line, " => ")
		if !isCase || strings.HasPrefix(line, "#") {
			continue
		}
		got := printed(text)
		if got != want && !*update {
			t.Errorf("%s:%d: %s: got %s, want %s", file, i+1, text, got, want)
		}
		lines[i] = text + " => " + got
		kind, _, _ := strings.Cut(text, " ")
		if again := printed(kind + " " + got); got != "refused" && again != got {
			t.Errorf("%s:%d: %s prints as %s, which prints as %s", file, i+1, text, got, again)
		}
	}
	if *update {
		if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAmountPrintsRounded(t *testing.T) {
	for _, test := range []struct {
		num, den int64
		want     string
	}{
		{1, 3, "0.3333 mg"},
		{2, 3, "0.6667 mg"},
		{1, 30_000, "0 mg"},
		{10_000_001, 3, "3,333,333.6667 mg"},
		{1, 8, "0.125 mg"},
		{1_000_000, 1, "1,000,000 mg"},
		{999, 1, "999 mg"},
	} {
		if got := quantity.NewAmount(quantity.Ratio(test.num, test.den), quantity.Milligram).String(); got != test.want {
			t.Errorf("%d/%d prints as %q, want %q", test.num, test.den, got, test.want)
		}
	}
}

func TestConvert(t *testing.T) {
	for _, test := range []struct{ from, unit, want string }{
		{"0.12 mg", "mcg", "120 mcg"},
		{"1 g", "mg", "1,000 mg"},
		{"250 mcg", "g", "0.00025 g"},
		{"0.5 L", "mL", "500 mL"},
		{"100 milliunits", "units", "0.1 units"},
		{"1 mg", "mL", ""},
		{"1 mg PE", "mg", ""},
		{"1 mmol", "mEq", ""},
		{"1 mg", "stone", ""},
		{"1 mg", "", ""},
	} {
		a, err := quantity.ParseAmount(test.from)
		if err != nil {
			t.Fatal(err)
		}
		got, ok := a.In(quantity.Unit(test.unit))
		if got.String() != test.want || ok != (test.want != "") {
			t.Errorf("%s in %q is %q, %t; want %q", test.from, test.unit, got, ok, test.want)
		}
	}
}

func TestCompareAmounts(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want int
		ok   bool
	}{
		{"1 mg", "1,000 mcg", 0, true},
		{"1 mg", "999 mcg", 1, true},
		{"999 mcg", "1 mg", -1, true},
		{"1 mg", "1 mL", 0, false},
	} {
		a, _ := quantity.ParseAmount(test.a)
		b, _ := quantity.ParseAmount(test.b)
		if got, ok := a.Cmp(b); got != test.want || ok != test.ok {
			t.Errorf("%s against %s: %d, %t", a, b, got, ok)
		}
	}
	if _, ok := (quantity.Amount{}).Cmp(quantity.Amount{}); ok {
		t.Error("no amount can be compared with none")
	}
}

// TestAmountIsNeverChanged sees that a caller cannot reach into an amount.
func TestAmountIsNeverChanged(t *testing.T) {
	value := new(big.Rat).SetInt(new(big.Int).Lsh(big.NewInt(1), 80))
	a := quantity.NewAmount(quantity.NumberOf(value), quantity.Milligram)
	value.SetInt64(7)
	a.Value().SetInt64(9)
	if a.String() != "1,208,925,819,614,629,174,706,176 mg" {
		t.Errorf("2 to the 80th mg became %s", a)
	}
}

func TestSameStrength(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"0.1 mg/mL", "100 mcg/mL", true},
		{"0.1 mg/mL", "1 mg in 10 mL", true},
		{"513 mmol/L", "0.513 mmol/mL", true},
		{"0.1 mg/mL", "1 mg/mL", false},
		{"50 mg PE/mL", "50 mg/mL", false},
	} {
		a, errA := quantity.ParseConcentration(test.a)
		b, errB := quantity.ParseConcentration(test.b)
		if errA != nil || errB != nil {
			t.Fatal(errA, errB)
		}
		if a.Equal(b) != test.want || b.Equal(a) != test.want {
			t.Errorf("%s equals %s: want %t", a, b, test.want)
		}
	}
}

func TestAgeRangeBorders(t *testing.T) {
	for _, test := range []struct {
		written string
		age     quantity.Age
		want    bool
	}{
		{"29 days to under 1 year", 29*quantity.Day - 1, false},
		{"29 days to under 1 year", 29 * quantity.Day, true},
		{"29 days to under 1 year", quantity.Year - 1, true},
		{"29 days to under 1 year", quantity.Year, false},
		{"18 years and over", 90 * quantity.Year, true},
		{"any age", 0, true},
		{"at birth", 0, false},
		{"0 days to under 18 years", 0, true},
	} {
		r, err := quantity.ParseAgeRange(test.written)
		if err != nil {
			t.Fatal(err)
		}
		if r.Contains(test.age) != test.want {
			t.Errorf("%s contains %s: want %t", r, test.age, test.want)
		}
		birth := test.written == "any age" || test.written == "at birth"
		if r.AtBirth != birth {
			t.Errorf("%s includes the delivery room: %t", r, r.AtBirth)
		}
	}
}

func TestWeightRangeBorders(t *testing.T) {
	for _, test := range []struct {
		written     string
		inside, out []quantity.Weight
	}{
		{"2.5 kg to 80 kg", []quantity.Weight{2_500, 80_000}, []quantity.Weight{0, -1, 2_499, 80_001}},
		{"over 20 kg to 80 kg", []quantity.Weight{20_001, 80_000}, []quantity.Weight{20_000, 80_001}},
		{"2.5 kg to under 70 kg", []quantity.Weight{2_500, 69_999}, []quantity.Weight{70_000}},
		{"40 kg and over", []quantity.Weight{40_000, 300_000}, []quantity.Weight{39_999, 0}},
		{"under 3 kg", []quantity.Weight{1, 2_999}, []quantity.Weight{3_000, 0}},
	} {
		r, err := quantity.ParseWeightRange(test.written)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range test.inside {
			if !r.Contains(w) {
				t.Errorf("%s leaves out %d g", r, w)
			}
		}
		for _, w := range test.out {
			if r.Contains(w) {
				t.Errorf("%s lets in %d g", r, w)
			}
		}
	}
}
