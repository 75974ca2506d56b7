package dose

import (
	"errors"
	"fmt"

	"iobot/knowledge"
)

// Check works the written examples of a rule out again and returns a problem,
// with its line and what was computed, for each that comes out otherwise. It
// is a knowledge.CheckFunc.
func Check(drug *knowledge.Drug, rule *knowledge.Rule) []knowledge.Problem {
	var problems []knowledge.Problem
	for _, step := range Steps(rule) {
		for _, c := range step.Checks {
			got, err := example(drug, rule, step, c)
			if err != nil {
				got = err.Error()
			}
			if written := join(c.Dose, c.Volume); got != written {
				message := fmt.Sprintf("%s: written %s, computed %s; correct the dose or the example", c.Weight, written, got)
				problems = append(problems, knowledge.Problem{Line: c.Line, Message: message})
			}
		}
	}
	return problems
}

// Steps lists the doses of a rule in order: the first, then the others of its
// series.
func Steps(rule *knowledge.Rule) []knowledge.Dose {
	return append([]knowledge.Dose{rule.Dose}, rule.Then...)
}

// example is a worked example as it should be written.
func example(drug *knowledge.Drug, rule *knowledge.Rule, step knowledge.Dose, c knowledge.Check) (string, error) {
	r, err := Calculate(drug, rule, step, c.Weight)
	if outside := new(OutsideError); errors.As(err, &outside) {
		return "outside", nil
	}
	if err != nil {
		return "", err
	}
	if len(r.Volumes) == 0 {
		return r.Dose(), nil
	}
	return join(r.Dose(), r.Volumes[0].String()), nil
}

// join writes a dose and its volume as a check does.
func join(dose, volume string) string {
	if volume == "" {
		return dose
	}
	return dose + " = " + volume
}
