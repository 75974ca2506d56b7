package editorial

import (
	"strings"
	"testing"

	"iobot/bot/store"
	"iobot/knowledge"
)

// fill fills in a form and expects no error; mistakes are for the caller.
func (w *ward) fill(name string, entry knowledge.ID, part string, values map[string]string) Edited {
	w.t.Helper()
	e, err := w.desk.Edit(w.t.Context(), w.as("slack", name), entry, part, values)
	if err != nil {
		w.t.Fatalf("edit: %v", err)
	}
	return e
}

// field is what a form shows in a field.
func (w *ward) field(entry knowledge.ID, part, name string) string {
	w.t.Helper()
	parts, err := w.desk.Parts(w.t.Context(), entry)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, p := range parts {
		for _, f := range p.Fields {
			if p.ID == part && f.Name == name {
				return f.Value
			}
		}
	}
	w.t.Fatalf("%s has no field %s in %s", entry, name, part)
	return ""
}

// TestMistakesStandBesideTheirFields: all of them at once, none of the form is
// taken over, nothing that was typed is lost, not even by a restart, and
// whoever mends one field keeps what is in the others.
func TestMistakesStandBesideTheirFields(t *testing.T) {
	w := newWard(t)
	e := w.fill("Ann", adrenaline, dosePart, map[string]string{"dose": "0.02 mg/kg", "max": "two\u202emg", "min": "a little"})
	if e.Mistakes["max"] == "" || e.Mistakes["min"] == "" || e.Mistakes["dose"] != "" {
		t.Errorf("mistakes: %v", e.Mistakes)
	}
	for range 2 {
		if got := w.field(adrenaline, dosePart, "min"); got != "a little" {
			t.Errorf("the form shows %q as the smallest dose", got)
		}
		w.desk = w.open()
	}
	p, err := w.desk.Propose(t.Context(), w.as("slack", "Ann"), e.Draft.ID, "because")
	if err != nil || p.Ready() || !strings.Contains(strings.Join(p.Mistakes, " "), dosePart) {
		t.Errorf("with mistakes it can be proposed: %v, %v", err, p.Mistakes)
	}
	if e := w.fill("Bo", adrenaline, dosePart, map[string]string{"max": "2 mg"}); e.Mistakes["max"] != "" || e.Mistakes["min"] == "" {
		t.Errorf("one of two mistakes mended: %v", e.Mistakes)
	}
	if got := w.field(adrenaline, dosePart, "dose"); got != "0.02 mg/kg" {
		t.Errorf("the dose typed by Ann is lost: %q", got)
	}
	e = w.fill("Bo", adrenaline, dosePart, map[string]string{"min": ""})
	if e.Mistakes["min"] != "" || string(e.Draft.Text) == string(w.desk.text(e.Draft.File)) || len(e.Draft.Typed) > 0 {
		t.Errorf("mended, it is not taken over: %v", e.Mistakes)
	}
	if got := e.Draft.Editors; len(got) != 2 {
		t.Errorf("edited by %v", got)
	}
}

// TestMistakeElsewhere: a change that is right in its form and makes another
// part wrong is kept, and cannot be proposed; the other part is named.
func TestMistakeElsewhere(t *testing.T) {
	w := newWard(t)
	e := w.fill("Ann", adrenaline, dosePart, map[string]string{"dose": "0.02 mg/kg"})
	if len(e.Mistakes) > 0 || len(e.Others) == 0 || !strings.Contains(strings.Join(e.Others, " "), "comes to") && !strings.Contains(strings.Join(e.Others, " "), "10 kg") {
		t.Errorf("mistakes %v, elsewhere %v", e.Mistakes, e.Others)
	}
	p, err := w.desk.Propose(t.Context(), w.as("slack", "Ann"), e.Draft.ID, "because")
	if err != nil || p.Ready() || p.Draft.State != store.Editing {
		t.Errorf("it can be proposed: %v, %s", err, p.Draft.State)
	}
	if _, err := w.desk.Approve(t.Context(), w.as("slack", "Bo"), e.Draft.ID, p.Draft.Hash, ""); err == nil {
		t.Error("it can be approved")
	}
}

// TestEditTouchesOneField: every byte around the field stays.
func TestEditTouchesOneField(t *testing.T) {
	w := newWard(t)
	before := string(w.desk.text("drugs/epinephrine.yaml"))
	draft := w.edit("Ann", "2 mg")
	want := strings.Replace(before, "max: 1 mg", "max: 2 mg", 1)
	if string(draft.Text) != want {
		t.Errorf("the draft is\n%s", draft.Text)
	}
}

// TestEditRefuses says what to do and starts no draft.
func TestEditRefuses(t *testing.T) {
	w := newWard(t)
	ann := w.as("slack", "Ann")
	for _, c := range []struct {
		entry knowledge.ID
		part  string
		field string
		says  string
	}{
		{"drug/moonshine", "dose", "max", "There is no entry drug/moonshine"},
		{"moonshine", "dose", "max", "There is no entry moonshine"},
		{"synonyms.yaml", "dose", "max", "There is no entry"},
		{adrenaline, "arrest-child/moon", "max", `has no part "arrest-child/moon"`},
		{adrenaline, dosePart, "moon", `There is no field "moon"`},
	} {
		_, err := w.desk.Edit(t.Context(), ann, c.entry, c.part, map[string]string{c.field: "1 mg"})
		if err == nil || !strings.Contains(err.Error(), c.says) || !isVisible(err) {
			t.Errorf("%s#%s %s: %v", c.entry, c.part, c.field, err)
		}
	}
	if _, err := w.desk.Edit(t.Context(), Actor{Person: Person{Name: "Dee"}}, adrenaline, dosePart, map[string]string{"max": "2 mg"}); !isDenied(err) {
		t.Errorf("Dee, who has no role: %v", err)
	}
	if drafts, err := w.desk.Drafts(t.Context()); err != nil || len(drafts) > 0 {
		t.Errorf("drafts %v, %v", drafts, err)
	}
}

// TestEditVoidsApprovals: one approval given, the draft edited, and two others
// have to look again.
func TestEditVoidsApprovals(t *testing.T) {
	w := newWard(t)
	p := w.propose("Ann", w.edit("Ann", "2 mg").ID)
	w.approve("Bo", p)
	if d := w.edit("Kim", "3 mg"); d.State != store.Editing || len(d.Approvals) > 0 {
		t.Errorf("edited it is %s with %v", d.State, d.Approvals)
	}
	if _, err := w.desk.Approve(t.Context(), w.as("slack", "Cai"), p.Draft.ID, p.Draft.Hash, p.Word); err == nil {
		t.Error("what is no longer proposed can be approved")
	}
	again := w.propose("Ann", p.Draft.ID)
	if _, err := w.desk.Approve(t.Context(), w.as("slack", "Bo"), p.Draft.ID, p.Draft.Hash, p.Word); err == nil || !strings.Contains(err.Error(), "has changed since you looked") {
		t.Errorf("the hash that Bo saw before: %v", err)
	}
	if _, err := w.desk.Approve(t.Context(), w.as("slack", "Kim"), p.Draft.ID, again.Draft.Hash, again.Word); !isDenied(err) {
		t.Errorf("Kim, who edited it: %v", err)
	}
	w.approve("Bo", again)
	if a := w.approve("Cai", again); a.Live == nil || w.largest() != "3 mg" {
		t.Errorf("%s is live, %d to go", w.largest(), a.Missing)
	}
}

// TestRenew: after another change of the entry went live a draft is laid over
// that, and what it changes is the same.
func TestRenew(t *testing.T) {
	w := newWard(t)
	p := w.propose("Ann", w.edit("Ann", "2 mg").ID)
	w.approve("Bo", p)
	w.write("drugs/epinephrine.yaml", "repeat: every 3 to 5 minutes", "repeat: every 3 to 4 minutes")
	w.look()
	if _, err := w.desk.Approve(t.Context(), w.as("slack", "Cai"), p.Draft.ID, p.Draft.Hash, p.Word); err == nil || !strings.Contains(err.Error(), "admin renew 1") {
		t.Errorf("approved over another text: %v", err)
	}
	d, err := w.desk.Renew(t.Context(), w.as("slack", "Ann"), p.Draft.ID)
	if err != nil || !strings.Contains(string(d.Text), "3 to 4 minutes") || !strings.Contains(string(d.Text), "max: 2 mg") {
		t.Fatalf("renewed: %v\n%s", err, d.Text)
	}
	again := w.propose("Ann", d.ID)
	w.approve("Bo", again)
	if a := w.approve("Cai", again); a.Live == nil {
		t.Error("renewed and approved it is not live")
	}
}
