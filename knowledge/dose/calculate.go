package dose

import (
	"fmt"

	"iobot/knowledge"
	"iobot/knowledge/quantity"
)

// Calculate works out one dose of a rule, the first or a further step of its
// series, for a weight. The weight may be 0, unknown, for a fixed dose; when
// it is known it must be within the rule's range, or the error is an
// *OutsideError. A dose per kg without a weight gives ErrNeedWeight.
func Calculate(drug *knowledge.Drug, rule *knowledge.Rule, step knowledge.Dose, w quantity.Weight) (Result, error) {
	if err := applies(rule, step, w); err != nil {
		return Result{}, err
	}
	r, err := calculate(rule, step, w)
	if err != nil {
		return Result{}, fmt.Errorf("calculate %s#%s for %s: %w", drug.ID, rule.ID, w, err)
	}
	for i := range r.Volumes {
		r.Volumes[i].Working = r.Volumes[i].working(r)
	}
	r.Working = working(step.Dosage, w, r)
	return r, nil
}

// applies says why a dose of a rule cannot be worked out for a weight, if so.
func applies(rule *knowledge.Rule, step knowledge.Dose, w quantity.Weight) error {
	if w != 0 && !rule.Weight.Contains(w) {
		return &OutsideError{Weight: w, Range: rule.Weight}
	}
	if w == 0 && step.Dosage.PerKg {
		return ErrNeedWeight
	}
	return nil
}

func calculate(rule *knowledge.Rule, step knowledge.Dose, w quantity.Weight) (Result, error) {
	r, err := limit(multiply(step.Dosage, w), step)
	if err != nil {
		return Result{}, err
	}
	r.Total, err = total(rule, w)
	if err != nil {
		return Result{}, err
	}
	r.Volumes, err = volumes(r, step.Max, rule.At)
	return r, err
}

// multiply is a dosage for a weight, before any limit.
func multiply(d quantity.Dosage, w quantity.Weight) Result {
	r := Result{Low: forWeight(d, d.Low, w), Per: d.Per}
	r.High = r.Low
	if d.IsRange() {
		r.High = forWeight(d, d.High, w)
	}
	return r
}

// forWeight is an end of a dosage for a weight: times the kilograms, or as it
// is when the dosage is fixed.
func forWeight(d quantity.Dosage, end quantity.Amount, w quantity.Weight) quantity.Amount {
	if !d.PerKg {
		return end
	}
	return quantity.NewAmount(end.Number().Mul(w.Kilograms()), end.Unit())
}

// limit applies the minimum and then the maximum to both ends.
func limit(r Result, step knowledge.Dose) (Result, error) {
	for _, end := range []*quantity.Amount{&r.Low, &r.High} {
		raised, err := bound(end, step.Min, +1)
		if err != nil {
			return Result{}, err
		}
		lowered, err := bound(end, step.Max, -1)
		if err != nil {
			return Result{}, err
		}
		r.Floored = r.Floored || raised
		r.Capped = r.Capped || lowered
	}
	return r, nil
}

// bound moves an amount up (+1) or down (-1) to a limit it has not reached or
// has passed, in the amount's own unit, and says whether it did.
func bound(a *quantity.Amount, to quantity.Amount, direction int) (bool, error) {
	if to.IsZero() {
		return false, nil
	}
	same, ok := to.In(a.Unit())
	if !ok {
		return false, fmt.Errorf("a dose in %s cannot be limited to %s", a.Unit(), to)
	}
	if same.Number().Cmp(a.Number()) != direction {
		return false, nil
	}
	*a = same
	return true, nil
}

// total is the limit of all doses of a rule together for a weight, zero when
// none is stated or when it is per kg and the weight is unknown.
func total(rule *knowledge.Rule, w quantity.Weight) (quantity.Amount, error) {
	d := rule.Total
	if d.IsZero() {
		return rule.TotalMax, nil
	}
	if d.PerKg && w == 0 {
		return quantity.Amount{}, nil
	}
	sum := forWeight(d, d.High, w)
	_, err := bound(&sum, rule.TotalMax, -1)
	return sum, err
}

// volumes works a dose out at each strength. A dose in mL has none.
func volumes(r Result, limit quantity.Amount, at []quantity.Concentration) ([]Volume, error) {
	if _, fluid := r.Low.In(quantity.Millilitre); fluid {
		return nil, nil
	}
	list := make([]Volume, 0, len(at))
	for _, strength := range at {
		v, err := volume(r, limit, strength)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, nil
}

// volume works a dose out at one strength and rounds it.
func volume(r Result, limit quantity.Amount, strength quantity.Concentration) (Volume, error) {
	v := Volume{Concentration: strength}
	if r.Per != quantity.Once {
		v.Per = quantity.PerHour
	}
	var err error
	if v.ExactLow, err = divide(r.Low, r.Per, strength); err != nil {
		return Volume{}, err
	}
	v.ExactHigh = v.ExactLow
	if n, _ := r.Low.Cmp(r.High); n != 0 {
		if v.ExactHigh, err = divide(r.High, r.Per, strength); err != nil {
			return Volume{}, err
		}
	}
	most := quantity.Amount{}
	if !limit.IsZero() {
		if most, err = divide(limit, r.Per, strength); err != nil {
			return Volume{}, err
		}
	}
	v.round(most)
	return v, nil
}

// divide is the volume in mL, or mL/h of an infusion, that holds an amount.
func divide(a quantity.Amount, per quantity.Time, strength quantity.Concentration) (quantity.Amount, error) {
	same, ok := a.In(strength.Amount.Unit())
	perMillilitre := strength.PerMillilitre()
	if !ok || perMillilitre.Sign() == 0 {
		return quantity.Amount{}, fmt.Errorf("%s cannot be drawn from %s", a, strength)
	}
	value := same.Number().Quo(perMillilitre)
	if per == quantity.PerMinute {
		value = value.Mul(quantity.Whole(minutesInHour))
	}
	return quantity.NewAmount(value, quantity.Millilitre), nil
}

const minutesInHour = 60
