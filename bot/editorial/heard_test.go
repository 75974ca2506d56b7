package editorial

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"iobot/bot"
	"iobot/knowledge"
)

// personal are things that people type about themselves and their patients.
// What stands between bars must not be kept.
const personal = `
	does |Xanthippe| |Zwolinski| need a flush
	|Tom| |Miller| dob |12/03/2019| tibia
	mrn |00483921| epi dose
	|Jonas| |Schmidt| born |3.4.2021| no blood return
	patient |Müller| in bed |14| pain with flush
	ring |0171| |2345678| when the line is in
	|+44| |7700| |900123| calls about needle
	|jane.doe@example.org| asks how long it can stay in
	nhs |943| |476| |5919| humerus swelling
	ssn |078-05-1120| sternum
	|Aisha| |Abdullah| is 8 months where do i drill
	|Nguyen| |Thi| |Mai| tibia fractured
	|O'Brien| hates the drill
	|Jean-Luc| |Picard| needs blood
	|李小龙| humerus
	|Иванов| tibia
	room |4711| needle stuck
	|@sam| look at the flow
	http://ehr.example/|P99812| flush
	|Kowalska| allergic to lidocaine
	|Fatima| |al-Hassan| |07-11-1988| dose
	|DOB1999| driver
	case |C-2024-0815| osteomyelitis
	|Ferreira| mother of |Leandro| wants to know about pain
	|Björk| |Guðmundsdóttir| flush
	|Wojciech| |Szczęsny| needle
	insurance |A123456789| sternum
	|Hemingway| |Ernest| |21Jul1899| tibia
	|Yamamoto-san| epi
	dr |Strangelove| says no flush
	|Theodora| |1,234,567| flush
	|Siobhan| |555-0199| bone
	|Zoltan| |Nagy| removed the needle
	|Priya| |Raghunathan| dose
	|Mbeki| |19/11/60| saline
	|Quentin| |+1-202-555-0143| needle
	|Ludmila| bed |7b| flush
	|Oyelaran| |Q1234567| drill
	|Vasquez| tibia |v9981|
	|Eriksson| |8001011234| humerus
	|Gwendolyn| |Featherstonehaugh| flush
	|Haruki| |M| flush
	|Baby-of-Kate| epi
	|Twin-B| |Okonkwo| needle
	|Nakamura| |2024-02-30| line
	|Petrov| |№44| flush
	|Saoirse| |Ní| |Dhuibhir| dose
	|Ben-David| |99.123| drill
	|McAllister| |12kg-ish| epi
	|Zsófia| |Bartók| saline
`

// TestNothingPersonalIsKept: of questions and reasons only words stay that
// the knowledge itself uses.
func TestNothingPersonalIsKept(t *testing.T) {
	w := wardOver(t, os.DirFS("../../knowledge/content"))
	var secrets []string
	lines := strings.Split(strings.TrimSpace(personal), "\n")
	for _, line := range lines {
		for i, part := range strings.Split(line, "|") {
			if i%2 == 1 {
				secrets = append(secrets, part)
			}
		}
		text := strings.TrimSpace(strings.ReplaceAll(line, "|", ""))
		w.desk.Missed(text, "drug/epinephrine", w.now)
		if err := w.desk.Feedback(t.Context(), "drug/epinephrine#"+text, text, false, text); err != nil {
			t.Fatal(err)
		}
		if err := w.desk.Feedback(t.Context(), text, "", true, ""); !isVisible(err) {
			t.Errorf("feedback on %q: %v", text, err)
		}
	}
	if err := w.desk.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	var kept []byte
	for _, end := range []string{"", "-wal"} {
		file, err := os.ReadFile(w.state + end)
		if err != nil {
			t.Fatal(err)
		}
		kept = append(kept, file...)
	}
	kept = bytes.ToLower(kept)
	if len(lines) != 50 || !bytes.Contains(kept, []byte("flush")) {
		t.Errorf("%d lines, and nothing of them is there to look at", len(lines))
	}
	for _, secret := range secrets {
		if len(secret) > 3 && bytes.Contains(kept, bytes.ToLower([]byte(secret))) {
			t.Errorf("%q is kept", secret)
		}
	}
	list, err := w.desk.Unanswered(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range list {
		if strings.ContainsAny(u.Words, "0123456789") {
			t.Errorf("a number is kept: %s", u.Words)
		}
	}
}

// TestUnanswered are counted together, given to somebody who is told, and
// taken off the list.
func TestUnanswered(t *testing.T) {
	w := newWard(t)
	for _, text := range []string{"flush saline Bob", "FLUSH saline Tim", "swallowed xyzzy"} {
		w.desk.Missed(text, "article/flushing", w.now)
	}
	w.desk = w.reopened()
	list, err := w.desk.Unanswered(t.Context(), 0)
	if err != nil || len(list) != 1 || list[0].Count != 2 || list[0].Words != "flush saline «?»" || list[0].Nearest != "article/flushing" {
		t.Fatalf("%+v, %v", list, err)
	}
	id, ann := list[0].ID, w.as("slack", "Ann")
	if _, err := w.desk.Assign(t.Context(), ann, id, "Nobody"); !isVisible(err) {
		t.Errorf("to nobody: %v", err)
	}
	if _, err := w.desk.Assign(t.Context(), ann, 99, "bo"); !isVisible(err) {
		t.Errorf("a question that is not there: %v", err)
	}
	if p, err := w.desk.Assign(t.Context(), ann, id, "@bo"); err != nil || p.Name != "Bo" || len(w.tasks(taskRemind)) != 1 {
		t.Errorf("to Bo: %v, %v, %d told", p, err, len(w.tasks(taskRemind)))
	}
	if list, _ := w.desk.Unanswered(t.Context(), 0); list[0].Assigned != "Bo" {
		t.Errorf("%+v", list)
	}
	if err := w.desk.Settle(t.Context(), ann, id); err != nil {
		t.Error(err)
	}
	if err := w.desk.Settle(t.Context(), ann, id); !isVisible(err) {
		t.Errorf("a second time: %v", err)
	}
	if list, _ := w.desk.Unanswered(t.Context(), 0); len(list) > 0 {
		t.Errorf("it is still there: %+v", list)
	}
}

// reopened is another desk after this one has stored what it heard, as when
// the program stops.
func (w *ward) reopened() *Desk {
	w.t.Helper()
	if err := w.desk.Flush(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	return w.open()
}

// TestMissedNeverWaits: while nothing can be stored, questions are dropped.
func TestMissedNeverWaits(t *testing.T) {
	w := newWard(t)
	for range 3 * maxHeard {
		w.desk.Missed("flush saline", "", w.now)
	}
	list, err := w.desk.Unanswered(t.Context(), 0)
	if err != nil || len(list) != 1 || list[0].Count != maxHeard {
		t.Errorf("%+v, %v", list, err)
	}
}

// TestRefusals: a stranger who tries all day writes one line a day.
func TestRefusals(t *testing.T) {
	w := newWard(t)
	for range 100 {
		w.desk.Refused(t.Context(), request("slack", "Eve"), "admin")
		w.desk.Refused(t.Context(), request("discord", "Eve"), "admin")
	}
	w.now = w.now.AddDate(0, 0, 1)
	w.desk.Refused(t.Context(), request("slack", "Eve"), "admin")
	acts, err := w.desk.Acts(t.Context(), "", 0)
	if err != nil || len(acts) != 3 || acts[0].Account != "slack:T1/Eve" || acts[0].Verb != "denied" {
		t.Errorf("%+v, %v", acts, err)
	}
}

// TestForget: who has left and is no longer in the settings is erased, in
// every file of the store; the record of what was done stays whole.
func TestForget(t *testing.T) {
	w := newWard(t)
	w.people[0] = Person{Name: "Annabelle Leftus", Accounts: []string{"slack:T1/U_LEFT"}, Roles: []Role{Editor, Approver}}
	left := Actor{Person: w.people[0], Account: "slack:T1/U_LEFT"}
	if _, err := w.desk.Edit(t.Context(), left, adrenaline, dosePart, map[string]string{"max": "2 mg"}); err != nil {
		t.Fatal(err)
	}
	p, err := w.desk.Propose(t.Context(), left, 1, "the guideline changed")
	if err != nil {
		t.Fatal(err)
	}
	w.approve("Bo", p)
	w.approve("Cai", p)
	w.desk.Missed("flush saline", "", w.now)
	w.desk.Missed("flush saline", "", w.now)
	if _, err := w.desk.Unanswered(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	if _, err := w.desk.Assign(t.Context(), w.as("slack", "Bo"), 1, "annabelle"); err != nil {
		t.Fatal(err)
	}
	if _, err := w.desk.Withdraw(t.Context(), left, knowledge.ID("drug/atropine"), "wrong"); err != nil {
		t.Fatal(err)
	}
	if _, err := w.desk.Forget(t.Context(), w.as("slack", "Bo"), "slack:T1/U_LEFT"); !isVisible(err) {
		t.Errorf("somebody who still has a role: %v", err)
	}
	w.posted(&posts{})
	w.people[0] = w.people[1]
	if n, err := w.desk.Forget(t.Context(), w.as("slack", "Bo"), "slack:T1/U_LEFT"); err != nil || n == 0 {
		t.Fatalf("%d erased, %v", n, err)
	}
	if n, err := w.desk.VerifyAudit(t.Context()); err != nil || n == 0 {
		t.Errorf("%d acts, %v", n, err)
	}
	for _, end := range []string{"", "-wal"} {
		file, err := os.ReadFile(w.state + end)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"Leftus", "U_LEFT"} {
			if bytes.Contains(file, []byte(name)) {
				t.Errorf("%s is still in the file %s", name, end)
			}
		}
	}
}

var _ bot.Poster = (*posts)(nil)
