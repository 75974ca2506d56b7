package knowledge

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// figureRule is one way of writing a figure that has led to wrong doses.
type figureRule struct {
	form   *regexp.Regexp // its first group, or else the whole match, is quoted
	advice string
}

// units are the units that need a space in front. "%" may stand either way.
const units = `mcg|mg|g|kg|mL|ml|L|l|units?|milliunits|mmol|mEq|cm|mm|mmHg|kPa|hours?|h|minutes?|min|seconds?|days?|weeks?|months?|years?|J`

// unitRules follow the ISMP list of error-prone abbreviations and dose
// designations, as far as no number is needed to break them.
var unitRules = []figureRule{
	{regexp.MustCompile(`[µμ]\w*|\b(?:ug|mcgs|mgs|gm|gms|mgm)\b`), "is no safe unit; write mcg, mg or g"},
	{regexp.MustCompile(`\b(?:IU|iu)\b|\d+\s*[Uu]\b`), "is read as a number; write units"},
	{regexp.MustCompile(`\b(?:cc|CC|ml|ML|mls|mLs)\b`), "is no safe unit; write mL"},
	{regexp.MustCompile(`\b(?:Kg|KG|kgs|Mg|MG)\b`), "is no safe unit; write kg or mg"},
	{regexp.MustCompile(`[<>≤≥]`), `is easily turned round; write "under", "over", "at most" or "at least"`},
}

// figureRules are the rest of that list.
var figureRules = []figureRule{
	{regexp.MustCompile(`(\d+\.\d*0)(?:\D|$)`), "ends in a zero after the point, which is read ten times too large; write 5, not 5.0"},
	{regexp.MustCompile(`(?:^|[^\d])(\.\d+)`), "has no zero before the point, which is read ten times too large; write 0.5, not .5"},
	{regexp.MustCompile(`(\d+,\d{1,2})(?:\D|$)`), "has a comma that is neither a decimal point nor thousands; write 12.5 or 1,250"},
	{regexp.MustCompile(`\d[\d.,]*(?:` + units + `)\b`), "has no space before the unit; write 5 mg, not 5mg"},
	{regexp.MustCompile(`\b1\s?:\s?(?:\d{1,3},\d{3}|\d{3,})\b`), "is a ratio strength; write mg/mL"},
	{regexp.MustCompile(`\b1/(?:\d{1,3},\d{3}|\d{3,})\b`), "is a ratio strength; write mg/mL"},
	{regexp.MustCompile(`(\d[\d.,]*\s?[-–—]\s?\d[\d.,]*\s?(?:` + units + `|%))(?:\W|$)`), `is a range with a dash; write "5 to 10 mL"`},
	{regexp.MustCompile(`(?:^|[^\w.,:/-])([1-9]\d{4,})(?:[^\w/-]|$)`), "needs commas; write 10,000"},
	{regexp.MustCompile(`(?:^|[^\w.,:/-])((?:1[0-7]|[3-9]\d|2[1-9])\d\d)(?:[^\w/-]|$)`), "needs a comma; write 1,000"},
	{regexp.MustCompile(`(?:^|[^\w.,:/-])((?:1[89]|20)\d\d (?:` + units + `))(?:\W|$)`), "needs a comma; write 1,000"},
}

// address is left out of the search for figures.
var address = regexp.MustCompile(`https?://\S+`)

// FigureProblems says what in a text is written in a way that is known to be
// misread (ISMP): trailing zeros, naked points, unsafe units, ratio strengths,
// missing spaces and commas. Four-digit numbers from 1800 to 2099 without a
// unit count as years; web addresses are skipped. Rendered answers can be
// checked as well as content. No problem gives nil.
func FigureProblems(text string) []string {
	text = address.ReplaceAllString(text, "")
	rules := unitRules
	if strings.ContainsAny(text, "0123456789") {
		rules = slices.Concat(figureRules, unitRules)
	}
	var problems []string
	for _, rule := range rules {
		if m := rule.form.FindStringSubmatch(text); m != nil {
			problems = append(problems, fmt.Sprintf("%q %s", m[len(m)-1], rule.advice))
		}
	}
	return problems
}
