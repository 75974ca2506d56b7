package dose_test

import (
	"math/big"
	"strings"
	"testing"

	"iobot/knowledge"
	"iobot/knowledge/dose"
	"iobot/knowledge/quantity"
)

// TestProperties sees, for every rule and weight, that no dose or volume
// passes its maximum, that more weight never means less drug, and that the
// working comes to the figures it stands beside.
func TestProperties(t *testing.T) {
	for _, dir := range []string{"testdata/kb", "../content"} {
		t.Run(dir, func(t *testing.T) {
			t.Parallel()
			for _, c := range allRules(t, dir) {
				for _, step := range dose.Steps(c.rule) {
					sweep(t, c, step)
				}
			}
		})
	}
}

// sweep goes through the weights of one dose of a rule.
func sweep(t *testing.T, c drugRule, step knowledge.Dose) {
	t.Helper()
	var before *dose.Result
	for w := quantity.LightestPerson; w <= quantity.HeaviestPerson; w += 700 {
		r, err := dose.Calculate(c.drug, c.rule, step, w)
		if err != nil {
			continue
		}
		for _, problem := range []string{aboveMax(r, step.Max), falls(before, r), misreckoned(r)} {
			if problem != "" {
				t.Errorf("%s#%s at %s: %s: %s", c.drug.ID, c.rule.ID, w, problem, r.Working)
				return
			}
		}
		before = &r
	}
}

func aboveMax(r dose.Result, limit quantity.Amount) string {
	if n, ok := r.High.Cmp(limit); ok && n > 0 {
		return "above the maximum"
	}
	for _, v := range r.Volumes {
		if v.TooSmall {
			continue
		}
		most, ok := limit.In(v.Concentration.Amount.Unit())
		rate := big.NewRat(1, 1)
		if r.Per == quantity.PerMinute {
			rate = big.NewRat(60, 1)
		}
		given := new(big.Rat).Mul(v.ShownHigh.Value(), v.Concentration.PerMillilitre().Rat())
		if ok && given.Quo(given, rate).Cmp(most.Value()) > 0 {
			return "rounded above the maximum"
		}
	}
	return ""
}

func falls(before *dose.Result, r dose.Result) string {
	if before == nil {
		return ""
	}
	if before.Low.Value().Cmp(r.Low.Value()) > 0 || before.High.Value().Cmp(r.High.Value()) > 0 {
		return "less than at a lower weight"
	}
	for i, v := range r.Volumes {
		b := before.Volumes[i]
		if !b.TooSmall && !v.TooSmall && (b.ShownLow.Value().Cmp(v.ShownLow.Value()) > 0 || b.ShownHigh.Value().Cmp(v.ShownHigh.Value()) > 0) {
			return "shows less than at a lower weight"
		}
	}
	return ""
}

// misreckoned works the written working out again, equation by equation.
func misreckoned(r dose.Result) string {
	for equation := range strings.SplitSeq(r.Working, "; ") {
		left, right, isEquation := strings.Cut(equation, " = ")
		right, _, _ = strings.Cut(right, ", ")
		if !isEquation || strings.HasPrefix(right, "about ") {
			continue
		}
		if want := termOf(right); !reckon(left).equals(want) && !reckon(left).equals(want.scaled()) {
			return equation + " is wrong"
		}
	}
	if !strings.Contains(r.Working, quantity.RangeText(r.Low, r.High)) {
		return "the working does not name the dose"
	}
	return ""
}

// term is a written figure, a range or not, with its unit.
type term struct {
	low, high *big.Rat
	unit      string
}

func (a term) equals(b term) bool { return a.low.Cmp(b.low) == 0 && a.high.Cmp(b.high) == 0 }

// scaled is the term in the smallest unit of its kind, for conversions.
func (a term) scaled() term {
	return term{mul(a.low, oracleUnits[a.unit]), mul(a.high, oracleUnits[a.unit]), a.unit}
}

// reckon works out "0.01 mg/kg × 12 kg" or "0.5 mcg/min × 60 ÷ 20 mcg/mL". A
// lone term is a conversion and comes back in its smallest unit.
func reckon(text string) term {
	words := strings.Split(strings.ReplaceAll(text, " ÷ ", " × 1/"), " × ")
	total := termOf(words[0])
	if len(words) == 1 {
		return total.scaled()
	}
	for _, word := range words[1:] {
		factor := termOf(strings.TrimPrefix(word, "1/"))
		if strings.HasPrefix(word, "1/") {
			factor.low.Inv(factor.low)
		}
		total.low.Mul(total.low, factor.low)
		total.high.Mul(total.high, factor.low)
	}
	return total
}

// termOf reads "0.01 to 0.03 mg/kg", "12 kg", "60" or "(20 mg in 60 mL)".
func termOf(text string) term {
	text = strings.ReplaceAll(strings.Trim(text, "()"), ",", "")
	amount, volume, isMixture := strings.Cut(text, " in ")
	low, unit, _ := strings.Cut(amount, " ")
	high := low
	if rest, isRange := strings.CutPrefix(unit, "to "); isRange {
		high, unit, _ = strings.Cut(rest, " ")
	}
	unit, _, _ = strings.Cut(unit, "/")
	t := term{new(big.Rat), new(big.Rat), unit}
	t.low.SetString(low)
	t.high.SetString(high)
	if isMixture {
		t.low.Quo(t.low, termOf(volume).low)
		t.high.Quo(t.high, termOf(volume).low)
	}
	if strings.HasSuffix(text, "/L") {
		t.low.Quo(t.low, big.NewRat(1000, 1))
	}
	return t
}

func FuzzCalculate(f *testing.F) {
	rules := allRules(f, "testdata/kb")
	f.Add(int64(12_000), 0)
	f.Add(int64(-1), 3)
	f.Add(int64(1)<<62, 5)
	f.Fuzz(func(t *testing.T, grams int64, at int) {
		if at < 0 {
			at = -(at + 1)
		}
		c := rules[at%len(rules)]
		for _, step := range dose.Steps(c.rule) {
			r, err := dose.Calculate(c.drug, c.rule, step, quantity.Weight(grams))
			if err != nil {
				continue
			}
			if grams != 0 && !c.rule.Weight.Contains(quantity.Weight(grams)) {
				t.Fatalf("%d g is outside %s and was answered", grams, c.rule.Weight)
			}
			if problem := aboveMax(r, step.Max) + misreckoned(r); problem != "" {
				t.Fatalf("%d g: %s: %s", grams, problem, r.Working)
			}
		}
	})
}

func BenchmarkCalculate(b *testing.B) {
	rules := allRules(b, "testdata/kb")
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		c := rules[i%len(rules)]
		_, _ = dose.Calculate(c.drug, c.rule, c.rule.Dose, 12_000)
	}
}

func BenchmarkSelect(b *testing.B) {
	base := loadBase(b, "testdata/kb")
	drug, _ := base.Drug("drug/push")
	ask := dose.Ask{Patient: quantity.Patient{Weight: 12_000}}
	b.ReportAllocs()
	for b.Loop() {
		dose.Select(base, drug, ask, []string{"AHA", "ERC"})
	}
}
