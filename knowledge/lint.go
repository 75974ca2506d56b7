package knowledge

import (
	"io/fs"
	"strings"
)

// CheckFunc computes the worked examples of a rule and returns a Problem with
// Line and Message for each that does not come out as written. Package dose
// provides it; this package multiplies nothing.
type CheckFunc func(*Drug, *Rule) []Problem

// Lint reads a folder and reports every mistake in it, sorted by file and
// line: what Load refuses, and what a clinician should not publish. An entry
// that cannot be read is not judged further. Without check the worked
// examples are not computed. A folder without a mistake gives none.
func Lint(fsys fs.FS, check CheckFunc) Problems {
	l := load(fsys)
	l.run(structuralRules())
	l.run(clinicalRules(check))
	l.problems.sort()
	return l.problems
}

// rule is one thing that is checked over a whole base.
type rule struct {
	name  string // names the example in testdata/lint
	check func(*loader)
}

// structuralRules are what the program cannot do without.
func structuralRules() []rule {
	return []rule{
		{"duplicate-id", checkIDs},
		{"dead-link", checkLinks},
		{"unknown-source", checkSourceKeys},
		{"strength-not-stocked", checkStrengths},
		{"card", checkCard},
	}
}

// clinicalRules are what makes the content safe to read.
func clinicalRules(check CheckFunc) []rule {
	return []rule{
		{"missing-source", checkSourced},
		{"project-figure", checkProjectFigures},
		{"figures", checkFigures},
		{"duplicate-name", checkNames},
		{"look-alike", checkLookAlikes},
		{"population-overlap", checkOverlaps},
		{"population-gap", checkGaps},
		{"at-birth", checkAtBirth},
		{"primary", checkPrimary},
		{"cap", checkCaps},
		{"missing-strength", checkDrawn},
		{"step", checkSteps},
		{"missing-check", checkWeights},
		{"wrong-check", func(l *loader) { l.compute(check) }},
		{"site-complete", checkSites},
		{"review", checkReviews},
		{"golden", checkGolden},
		{"notice", checkNotices},
	}
}

func (l *loader) run(rules []rule) {
	for _, r := range rules {
		r.check(l)
	}
}

// at reports a problem with the value that stands at a path of a file.
func (l *loader) at(file, path, message string) {
	l.problems = append(l.problems, Problem{file, l.lineOf(file, path), path, message})
}

// lineOf is the line of a path, or of the nearest value that holds it.
func (l *loader) lineOf(file, path string) int {
	for path != "" {
		if line, ok := l.lines[file][path]; ok {
			return line
		}
		path = path[:max(0, strings.LastIndexAny(path, ".["))]
	}
	return 1
}
