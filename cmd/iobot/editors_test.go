package main

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"
)

// seenWithin is how soon a change has to be seen.
const seenWithin = 5 * time.Second

// sees asks until an answer says something, and logs how long that took.
func (r *running) sees(line, text string) {
	r.t.Helper()
	start := time.Now()
	if !eventually(r.t, func() bool { return strings.Contains(r.ask("DEE", line), text) }) {
		r.t.Fatalf("%s never says %q: %.2000s", line, text, r.ask("DEE", line))
	}
	r.t.Logf("%q seen after %v; it has to be within %v", text, time.Since(start).Round(time.Millisecond), seenWithin)
}

// TestFolderIsTakenOver edits the content folder while the program serves.
func TestFolderIsTakenOver(t *testing.T) {
	h := newHospital(t, "knowledge: {dir: content}\n")
	h.run("kb", "init", "content")
	r := h.serve()
	const file, line = "content/sites/sternum.yaml", "site sternum adult"
	h.change(file, "angle: Perpendicular to the manubrium", "angle: At right angles to the manubrium")
	r.sees(line, "At right angles to the manubrium")

	h.change(file, "angle: At right angles to the manubrium", "angel: Askew to the manubrium")
	ready := r.troubled("angel")
	for _, want := range []string{"ok", "sites/sternum.yaml:", "angle"} { // what, where, and what it could be
		if !strings.Contains(ready, want) {
			t.Errorf("readyz does not say %q: %s", want, ready)
		}
	}
	if answer := r.ask("DEE", line); !strings.Contains(answer, "At right angles") || strings.Contains(answer, "Askew") {
		t.Errorf("with a mistake in the folder: %.1000s", answer)
	}
	h.change(file, "angel: Askew to the manubrium", "angle: Upright on the manubrium")
	r.sees(line, "Upright on the manubrium")
	r.untroubled()
	if log := r.stop(); !strings.Contains(log, "the content folder is not live") || !strings.Contains(log, "sites/sternum.yaml:") {
		t.Errorf("the log does not name the file:\n%s", log)
	}
}

// troubled waits until /readyz says something, and returns all that it says.
// The program answers as before, so it stays ready.
func (r *running) troubled(text string) (said string) {
	r.t.Helper()
	status := 0
	if !eventually(r.t, func() bool { status, said = r.get(r.public + "/readyz"); return strings.Contains(said, text) }) {
		r.t.Fatalf("readyz never says %q: %s", text, said)
	}
	if status != http.StatusOK {
		r.t.Errorf("not ready: %d %s", status, said)
	}
	return said
}

// untroubled waits until /readyz says nothing but ok.
func (r *running) untroubled() {
	r.t.Helper()
	said := ""
	if !eventually(r.t, func() bool { _, said = r.get(r.public + "/readyz"); return strings.TrimSpace(said) == "ok" }) {
		r.t.Fatalf("readyz still says: %s", said)
	}
}

// TestAnotherProcessPublishes changes the knowledge from a shell while the
// program serves.
func TestAnotherProcessPublishes(t *testing.T) {
	h := newHospital(t, "")
	r := h.serve()
	until := time.Now().AddDate(0, 1, 0).Format(time.DateOnly)
	h.ask("slack:T0001/BO", fmt.Sprintf("admin banner device/ez-io until %s Drivers of lot 123 are recalled.", until))
	r.sees("ask device/ez-io", "Drivers of lot 123 are recalled.")
	h.ask("slack:T0001/ANN", "admin withdraw site/sternum because the maker recalls it")
	r.sees("site sternum adult", "the maker recalls it")
	r.stop()
}

// TestMetricsFollow reads what Prometheus would, before and after changes.
func TestMetricsFollow(t *testing.T) {
	h := newHospital(t, "")
	r := h.serve()
	_, before := r.get(r.admin + "/metrics")
	r.must("at first", before, "iobot_knowledge_revisions_total 0\n")
	r.must("at first", before, `iobot_knowledge_entries{state="withdrawn"} 0`)
	r.must("at first", before, "iobot_trouble 0\n")
	h.ask("slack:T0001/KIM", "admin withdraw site/sternum because the maker recalls it")
	h.ask("slack:T0001/KIM", "admin restore site/sternum because it was right before")
	r.sees("site sternum adult", "the maker recalls it")
	_, after := r.get(r.admin + "/metrics")
	for _, want := range []string{
		"iobot_knowledge_revisions_total 1\n", `iobot_knowledge_entries{state="withdrawn"} 1`,
		`iobot_drafts{state="proposed"} 1`, `iobot_drafts{state="editing"} 0`, "iobot_tasks_waiting ",
	} {
		r.must("after a withdrawal", after, want)
	}
	info := regexp.MustCompile(`iobot_knowledge_info\{revision="([0-9a-f]+)"\} 1`)
	if a, b := info.FindStringSubmatch(before), info.FindStringSubmatch(after); a == nil || b == nil || a[1] == b[1] {
		t.Errorf("the revision was %v and is %v", a, b)
	}
	r.stop()
}
