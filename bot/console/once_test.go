package console

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iobot/bot"
)

// TestAskFillsInTheForm holds that a script names what it changes, and that
// all other fields keep what they hold.
func TestAskFillsInTheForm(t *testing.T) {
	d := &desk{}
	once := Once{Bot: d.bot(), Values: map[string]string{"dose": "0.1 mg/kg", "for": "newborns", "note": ""}}
	var out bytes.Buffer
	if err := once.Ask(t.Context(), bot.Request{Line: "edit"}, &out); err != nil {
		t.Fatal(err)
	}
	want := []map[string]string{{"dose": "0.1 mg/kg", "for": "newborn", "how": "Push.\nFlush.", "note": ""}}
	if diff := cmp.Diff(want, d.sent); diff != "" || !strings.Contains(out.String(), "Saved") {
		t.Errorf("%s\n%s", diff, &out)
	}
}

func TestAskSaysWhichValuesItCannotSend(t *testing.T) {
	for line, want := range map[string]string{
		"edit":             `there is no field "doze" here; the fields are dose, for, how, note`,
		"what is a needle": "this asks for no values",
	} {
		d := &desk{}
		var out bytes.Buffer
		err := Once{Bot: d.bot(), Values: map[string]string{"doze": "1"}}.Ask(t.Context(), bot.Request{Line: line}, &out)
		var wrong ValuesError
		if !errors.As(err, &wrong) || !strings.Contains(wrong.Error(), want) || len(d.sent) > 0 {
			t.Errorf("%s: %v, want %s; sent %v", line, err, want, d.sent)
		}
	}
}

// TestARefusalStandsForItself holds that a reply is a reply, whatever it says.
func TestARefusalStandsForItself(t *testing.T) {
	var out bytes.Buffer
	b := site{bot.Reply{Outcome: bot.Denied, Title: "Not yours to change"}}
	if err := (Once{Bot: b, Values: map[string]string{"dose": "1"}}).Ask(t.Context(), bot.Request{}, &out); err != nil || !strings.Contains(out.String(), "Not yours") {
		t.Errorf("%v: %s", err, &out)
	}
}

func TestAskShowsTheFormWithItsNames(t *testing.T) {
	d := &desk{}
	var out bytes.Buffer
	if err := (Once{Bot: d.bot(), Values: map[string]string{"dose": "0.1"}}).Ask(t.Context(), bot.Request{Line: "edit"}, &out); err != nil {
		t.Fatal(err)
	}
	const want = `One thing to mend

Edit epinephrine
  dose
    Dose
    With its unit, such as 0.01 mg/kg
    Now: 0.01 mg/kg
    ! Write the dose with its unit: 0.01 mg/kg.
  for
    For whom
    - Newborns
    - Children
    Now: Children
  how
    How to give it
    One step a line
    Now: Push.
         Flush.
  note
    Note
    Now: Old note.
iobot ask --value NAME=TEXT … fills it in. What is not named keeps what it holds.
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
}

func TestAskPrintsTheFormAsJSON(t *testing.T) {
	var out bytes.Buffer
	if err := (Once{Bot: (&desk{}).bot(), JSON: true}).Ask(t.Context(), bot.Request{Line: "edit"}, &out); err != nil {
		t.Fatal(err)
	}
	const want = `"form":{"title":"Edit epinephrine","line":"edit epinephrine","submit":"Save","fields":[` +
		`{"name":"dose","label":"Dose","hint":"With its unit, such as 0.01 mg/kg","value":"0.01 mg/kg"},` +
		`{"name":"for","label":"For whom","value":"child","choices":[{"label":"Newborns","command":"newborn"},{"label":"Children","command":"child"}]},` +
		`{"name":"how","label":"How to give it","hint":"One step a line","value":"Push.\nFlush.","long":true},` +
		`{"name":"note","label":"Note","value":"Old note.","optional":true}]}`
	if !strings.Contains(out.String(), want) {
		t.Errorf("%s is not in\n%s", want, &out)
	}
	out.Reset()
	if err := (Once{Bot: (&desk{}).bot(), JSON: true}).Ask(t.Context(), bot.Request{Line: "hello"}, &out); err != nil || strings.Contains(out.String(), "form") {
		t.Errorf("%v: a reply without a form says %s", err, &out)
	}
}
