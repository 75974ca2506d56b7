package command_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"iobot/bot"
)

// TestReviewDatesGovern asks the same questions before an entry is due, when
// it is overdue and when it has expired. Overdue is said; expired withholds
// every figure, by whatever way the entry is reached.
func TestReviewDatesGovern(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../knowledge/content")); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"drugs/epinephrine.yaml", "sites/proximal-tibia.yaml", "devices/ez-io.yaml"} {
		path := filepath.Join(dir, file)
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		review := "review: {status: verified, by: Dr Lee, on: 2026-01-02, due: 2026-06-30, expires: 2026-12-31}\n"
		if err := os.WriteFile(path, append(text, review...), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b := botOf(deps(t, os.DirFS(dir)))
	for _, line := range []string{"dose epi 12 kg", "adrenaline", "site proximal tibia infant", "needle 6 kg", "ask site/proximal-tibia", "why dose epi 12 kg"} {
		for at, want := range map[string]string{"2026-06-30": "Verified by Dr Lee", "2026-07-01": "Review overdue since 2026-06-30", "2027-01-01": "ran out on 2026-12-31"} {
			day, err := time.Parse(time.DateOnly, at)
			if err != nil {
				t.Fatal(err)
			}
			r := b.Answer(context.Background(), bot.Request{Line: line, At: day})
			if !strings.Contains(r.Text(), want) {
				t.Errorf("> %s on %s does not say %q:\n%s", line, at, want, r.Text())
			}
			if expired := at == "2027-01-01"; expired && (r.Outcome != bot.Refused || r.Dose != nil || strings.Contains(r.Text(), " mg")) {
				t.Errorf("> %s on %s, expired: %s\n%s", line, at, r.Outcome, r.Text())
			}
		}
	}
}

// TestReferenceModeMultipliesNothing asks for doses where the deployment has
// not accepted a calculator: the rule and the written examples are shown.
func TestReferenceModeMultipliesNothing(t *testing.T) {
	d := deps(t, starter)
	d.Multiply = false
	b := botOf(d)
	r := ask(b, "dose adrenaline 12 kg")
	if r.Outcome != bot.Answer || r.Dose != nil || strings.Contains(r.Text(), "0.12 mg") {
		t.Errorf("%s %+v\n%s", r.Outcome, r.Dose, r.Text())
	}
	for _, want := range []string{"0.01 mg/kg", "maximum 1 mg", "10 kg; Dose and volume: 0.1 mg = 1 mL"} {
		if !strings.Contains(r.Text(), want) {
			t.Errorf("%q is not in\n%s", want, r.Text())
		}
	}
}

// TestGuidelinesDecide asks the same question of an American and a British
// hospital: each sees its own rule first and the other as what others say.
func TestGuidelinesDecide(t *testing.T) {
	d := deps(t, starter)
	for first, dose := range map[string]string{"AHA": "0.12 mg", "ERC": "120 mcg"} {
		d.Guidelines = []string{first}
		r := ask(botOf(d), "dose adrenaline arrest 12 kg")
		if r.Dose == nil || r.Dose.Dose != dose || !strings.Contains(r.Text(), "the same, ") {
			t.Errorf("%s first: %+v\n%s", first, r.Dose, r.Text())
		}
	}
}
