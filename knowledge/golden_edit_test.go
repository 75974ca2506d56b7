package knowledge

import (
	"strings"
	"testing"
)

const goldenText = `# asked after each change
- ask: dose adrenaline 12 kg # at the desk
  outcome: answer
  dose: 0.12 mg
  volume: 1.2 mL

# fluids
- {ask: "dose saline: 12 kg", outcome: answer, dose: 120 mL}
- ask: how far is the moon
  outcome: not_found
`

// TestExpectGolden writes another answer beside one question, and nothing
// else.
func TestExpectGolden(t *testing.T) {
	for _, c := range []struct {
		golden      Golden
		is, instead string
	}{
		{Golden{Ask: "dose adrenaline 12 kg", Outcome: "answer", Dose: "1.2 mg", Volume: "12 mL"}, `- ask: dose adrenaline 12 kg # at the desk
  outcome: answer
  dose: 0.12 mg
  volume: 1.2 mL
`, `- ask: dose adrenaline 12 kg
  outcome: answer
  dose: 1.2 mg
  volume: 12 mL
`},
		{Golden{Ask: "dose saline: 12 kg", Outcome: "clarify"}, `- {ask: "dose saline: 12 kg", outcome: answer, dose: 120 mL}
`, `- ask: "dose saline: 12 kg"
  outcome: clarify
`},
		{Golden{Ask: "how far is the moon", Outcome: "answer", Entry: "article/moon"}, `  outcome: not_found
`, `  outcome: answer
  entry: article/moon
`},
	} {
		for _, text := range []string{goldenText, strings.ReplaceAll(goldenText, "\n", "\r\n")} {
			got, err := ExpectGolden([]byte(text), c.golden)
			want := strings.Replace(goldenText, c.is, c.instead, 1)
			if err != nil || strings.ReplaceAll(string(got), "\r\n", "\n") != want || strings.Contains(text, "\r") != strings.Contains(string(got), "\r") {
				t.Errorf("%s: %v\n%s", c.golden.Ask, err, got)
			}
		}
	}
	if _, err := ExpectGolden([]byte(goldenText), Golden{Ask: "dose", Outcome: "answer"}); err == nil || !strings.Contains(err.Error(), "no such question") {
		t.Errorf("a question that is not there: %v", err)
	}
}
