package dose_test

import (
	"errors"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"iobot/knowledge"
	"iobot/knowledge/dose"
	"iobot/knowledge/quantity"
)

// The oracle is a second calculator, written from FORMAT.md alone. It reads
// the drug files itself, has its own grammar and its own units, and shares no
// line with the packages it is compared with.

type oracleDrug struct {
	ID          string `yaml:"id"`
	Indications []struct {
		Rules []oracleRule `yaml:"rules"`
	} `yaml:"indications"`
}

type oracleRule struct {
	ID     string       `yaml:"id"`
	Weight string       `yaml:"weight"`
	At     []string     `yaml:"at"`
	First  oracleDose   `yaml:",inline"`
	Then   []oracleDose `yaml:"then"`
}

type oracleDose struct {
	Dose string `yaml:"dose"`
	Min  string `yaml:"min"`
	Max  string `yaml:"max"`
}

var (
	oracleDosage   = regexp.MustCompile(`^([0-9.,]+)(?: to ([0-9.,]+))? (mcg|mg PE|mg|g|mmol|mEq|milliunits|units?|mL|L)(/kg)?(/min|/h)?$`)
	oracleStrength = regexp.MustCompile(`^([0-9.,]+) (mcg|mg PE|mg|g|mmol|mEq|milliunits|units?)(?: in ([0-9.,]+) |/)(mL|L)$`)
	oracleWeight   = regexp.MustCompile(`^(?:(over |under |up to )?([0-9.]+) kg)?(?: to (under )?([0-9.]+) kg)?( and over)?$`)
)

// oracleUnits is the size of each unit in the smallest of its kind.
var oracleUnits = map[string]int64{
	"mcg": 1, "mg": 1_000, "g": 1_000_000, "mg PE": 1, "mmol": 1, "mEq": 1, "milliunits": 1, "unit": 1_000, "units": 1_000, "mL": 1, "L": 1_000,
}

func oracleNumber(t testing.TB, text string) *big.Rat {
	t.Helper()
	r, ok := new(big.Rat).SetString(strings.ReplaceAll(text, ",", ""))
	if !ok {
		t.Fatalf("oracle: number %q", text)
	}
	return r
}

// oracleAmount reads "1 mg" in the smallest unit of its kind; nil for "".
func oracleAmount(t testing.TB, text string) *big.Rat {
	if text == "" {
		return nil
	}
	number, unit, _ := strings.Cut(text, " ")
	return mul(oracleNumber(t, number), oracleUnits[unit])
}

func mul(r *big.Rat, n int64) *big.Rat { return new(big.Rat).Mul(r, big.NewRat(n, 1)) }

// oracleStep is a dose ready to be worked out, all in the smallest units.
type oracleStep struct {
	low, high, min, max *big.Rat
	perKg, fluid        bool
	perHour             *big.Rat // factor from the dose to a dose an hour; nil for a single dose
	strengths           []*big.Rat
}

func newOracleStep(t testing.TB, d oracleDose, at []string) oracleStep {
	m := oracleDosage.FindStringSubmatch(d.Dose)
	if m == nil {
		t.Fatalf("oracle: dose %q", d.Dose)
	}
	if m[2] == "" {
		m[2] = m[1]
	}
	s := oracleStep{
		low: mul(oracleNumber(t, m[1]), oracleUnits[m[3]]), high: mul(oracleNumber(t, m[2]), oracleUnits[m[3]]),
		min: oracleAmount(t, d.Min), max: oracleAmount(t, d.Max),
		perKg: m[4] != "", fluid: m[3] == "mL" || m[3] == "L",
	}
	switch m[5] {
	case "/min":
		s.perHour = big.NewRat(60, 1)
	case "/h":
		s.perHour = big.NewRat(1, 1)
	}
	for _, strength := range at {
		s.strengths = append(s.strengths, oraclePerMillilitre(t, strength))
	}
	return s
}

// oraclePerMillilitre is a strength in the smallest units per mL.
func oraclePerMillilitre(t testing.TB, text string) *big.Rat {
	m := oracleStrength.FindStringSubmatch(text)
	if m == nil {
		t.Fatalf("oracle: strength %q", text)
	}
	volume := big.NewRat(1, 1)
	if m[3] != "" {
		volume = oracleNumber(t, m[3])
	}
	return new(big.Rat).Quo(mul(oracleNumber(t, m[1]), oracleUnits[m[2]]), mul(volume, oracleUnits[m[4]]))
}

// oracleInside says that a weight in grams is in a written range.
func oracleInside(t testing.TB, text string, grams int64) bool {
	if text == "any weight" {
		return true
	}
	m := oracleWeight.FindStringSubmatch(text)
	if m == nil {
		t.Fatalf("oracle: weight %q", text)
	}
	first := new(big.Rat).SetInt64(grams).Cmp(mul(oracleNumber(t, m[2]), 1000))
	switch m[1] {
	case "under ":
		return first < 0
	case "up to ":
		return first <= 0
	case "over ":
		if first == 0 {
			return false
		}
	}
	if first < 0 || m[4] == "" {
		return first >= 0
	}
	last := new(big.Rat).SetInt64(grams).Cmp(mul(oracleNumber(t, m[4]), 1000))
	return last < 0 || last == 0 && m[3] == ""
}

// amounts are the low and high end after the limits.
func (s oracleStep) amounts(grams int64) (low, high *big.Rat) {
	end := func(r *big.Rat) *big.Rat {
		if s.perKg {
			r = new(big.Rat).Mul(r, big.NewRat(grams, 1000))
		}
		if s.min != nil && r.Cmp(s.min) < 0 {
			r = s.min
		}
		if s.max != nil && r.Cmp(s.max) > 0 {
			r = s.max
		}
		return r
	}
	return end(s.low), end(s.high)
}

// volume is a dose at a strength, exactly, in mL or mL/h.
func (s oracleStep) volume(amount, strength *big.Rat) *big.Rat {
	v := new(big.Rat).Quo(amount, strength)
	if s.perHour != nil {
		v.Mul(v, s.perHour)
	}
	return v
}

// oracleMarks counts the hundredths of a mL that a syringe shows of a volume,
// rounded down and to the nearest.
func oracleMarks(v *big.Rat) (down, nearest int64) {
	hundredths := int64(1)
	if v.Cmp(big.NewRat(1, 1)) > 0 {
		hundredths = 10
	}
	num := new(big.Int).Mul(v.Num(), big.NewInt(100))
	den := new(big.Int).Mul(v.Denom(), big.NewInt(hundredths))
	down = new(big.Int).Div(num, den).Int64()
	twice := new(big.Int).Add(new(big.Int).Mul(num, big.NewInt(2)), den)
	nearest = new(big.Int).Div(twice, new(big.Int).Mul(den, big.NewInt(2))).Int64()
	return down * hundredths, nearest * hundredths
}

// shown is what a syringe shows, in hundredths of a mL; ok is false when it is
// too small to measure.
func (s oracleStep) shown(low, high, strength *big.Rat) (first, last int64, ok bool) {
	down, nearest := oracleMarks(high)
	last = nearest
	if s.max != nil && big.NewRat(nearest, 100).Cmp(s.volume(s.max, strength)) > 0 || low.Cmp(high) != 0 {
		last = down
	}
	_, first = oracleMarks(low)
	first = min(first, last)
	ok = low.Cmp(big.NewRat(1, 100)) >= 0 && within5(low, first) && within5(high, last)
	return first, last, ok
}

// within5 says that rounding changed a volume by 5 % or less.
func within5(exact *big.Rat, hundredths int64) bool {
	change := new(big.Rat).Sub(exact, big.NewRat(hundredths, 100))
	return mul(change.Abs(change), 20).Cmp(exact) <= 0
}

// oracleRules reads the rules of every drug file in a folder, by "drug#rule".
func oracleRules(t testing.TB, dir string) map[string]oracleRule {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "drugs", "*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	rules := map[string]oracleRule{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var d oracleDrug
		if err := yaml.Unmarshal(data, &d); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for _, in := range d.Indications {
			for _, rule := range in.Rules {
				rules["drug/"+d.ID+"#"+rule.ID] = rule
			}
		}
	}
	return rules
}

// TestOracle compares every dose of every rule at every weight from 0.3 to
// 300 kg in steps of 100 g and at every strength.
func TestOracle(t *testing.T) {
	for _, dir := range []string{"testdata/kb", "../content"} {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			t.Parallel()
			written := oracleRules(t, dir)
			all := allRules(t, dir)
			if len(all) != len(written) {
				t.Fatalf("%d rules were loaded, %d are written", len(all), len(written))
			}
			compared := 0
			for _, c := range all {
				compared += compareRule(t, c, written[string(c.drug.ID)+"#"+c.rule.ID])
			}
			t.Logf("%d rules, %d doses compared", len(all), compared)
		})
	}
}

// compareRule compares one rule and says how many doses it compared.
func compareRule(t *testing.T, c drugRule, written oracleRule) int {
	step := int64(100)
	if testing.Short() {
		step = 3_700
	}
	compared := 0
	for i, d := range append([]oracleDose{written.First}, written.Then...) {
		oracle := newOracleStep(t, d, written.At)
		for grams := int64(300); grams <= 300_000; grams += step {
			r, err := dose.Calculate(c.drug, c.rule, dose.Steps(c.rule)[i], quantity.Weight(grams))
			problem := oracle.differs(r, err, grams, oracleInside(t, written.Weight, grams))
			if problem != "" {
				t.Errorf("%s#%s dose %d at %d g: %s", c.drug.ID, c.rule.ID, i+1, grams, problem)
				return compared
			}
			compared += 1 + len(r.Volumes)
		}
	}
	return compared
}

// differs says how a result differs from the oracle's, "" when it does not.
func (s oracleStep) differs(r dose.Result, err error, grams int64, inside bool) string {
	if outside := new(dose.OutsideError); !inside || err != nil {
		if inside || !errors.As(err, &outside) {
			return fmt.Sprintf("inside is %t, error %v", inside, err)
		}
		return ""
	}
	low, high := s.amounts(grams)
	if !same(r.Low, low) || !same(r.High, high) {
		return fmt.Sprintf("dose %s, oracle %s to %s", r.Dose(), low.RatString(), high.RatString())
	}
	if s.fluid {
		return ""
	}
	for i, strength := range s.strengths {
		if problem := s.volumeDiffers(r.Volumes[i], low, high, strength); problem != "" {
			return problem
		}
	}
	return ""
}

func (s oracleStep) volumeDiffers(v dose.Volume, low, high, strength *big.Rat) string {
	low, high = s.volume(low, strength), s.volume(high, strength)
	if !same(v.ExactLow, low) || !same(v.ExactHigh, high) {
		return fmt.Sprintf("volume %s to %s, oracle %s to %s", v.ExactLow, v.ExactHigh, low.RatString(), high.RatString())
	}
	first, last, ok := s.shown(low, high, strength)
	if v.TooSmall == ok {
		return fmt.Sprintf("too small is %t for %s", v.TooSmall, v.Working)
	}
	if ok && (!same(v.ShownLow, big.NewRat(first, 100)) || !same(v.ShownHigh, big.NewRat(last, 100))) {
		return fmt.Sprintf("shown %s, oracle %d to %d hundredths", v, first, last)
	}
	return ""
}

// same compares an amount with a number of the smallest unit of its kind.
func same(a quantity.Amount, want *big.Rat) bool {
	return mul(a.Value(), oracleUnits[string(a.Unit())]).Cmp(want) == 0
}

// TestOracleSeesMistakes plants mistakes in a rule; the oracle must see each.
func TestOracleSeesMistakes(t *testing.T) {
	b := loadBase(t, "testdata/kb")
	written := oracleRules(t, "testdata/kb")["drug/push#child"]
	_, rule := findRule(t, b, "push", "child")
	tenTimes, _ := quantity.ParseDosage("0.1 mg/kg")
	twice, _ := quantity.ParseAmount("2 mg")
	strong, _ := quantity.ParseConcentration("1 mg/mL")
	for name, plant := range map[string]func(*knowledge.Rule){
		"dose times ten": func(r *knowledge.Rule) { r.Dosage = tenTimes },
		"other maximum":  func(r *knowledge.Rule) { r.Max = twice },
		"no maximum":     func(r *knowledge.Rule) { r.Max = quantity.Amount{} },
		"strength":       func(r *knowledge.Rule) { r.At = []quantity.Concentration{strong, strong} },
		"weight range":   func(r *knowledge.Rule) { r.Weight.From = 2_000 },
	} {
		changed := *rule
		plant(&changed)
		if !seen(t, &changed, written) {
			t.Errorf("%s: not seen", name)
		}
	}
}

func seen(t *testing.T, rule *knowledge.Rule, written oracleRule) bool {
	oracle := newOracleStep(t, written.First, written.At)
	for grams := int64(300); grams <= 300_000; grams += 100 {
		r, err := dose.Calculate(&knowledge.Drug{}, rule, rule.Dose, quantity.Weight(grams))
		if oracle.differs(r, err, grams, oracleInside(t, written.Weight, grams)) != "" {
			return true
		}
	}
	return false
}
