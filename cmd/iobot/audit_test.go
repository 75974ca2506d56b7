package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"iobot/bot/store"
)

// audited is a settings file with a state in which people did things.
func audited(t *testing.T) (settings, state string) {
	t.Helper()
	dir := t.TempDir()
	settings, state = filepath.Join(dir, "settings.yaml"), filepath.Join(dir, "state.db")
	if err := os.WriteFile(settings, []byte("state: 'sqlite:"+state+"'\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), state)
	if err != nil {
		t.Fatal(err)
	}
	err = s.Update(t.Context(), func(tx *store.Tx) error {
		for i, a := range []store.Act{
			{Person: "Kim Lee", Account: "slack:T1/U1", Verb: "propose", Subject: "drug/epinephrine", Detail: "draft 1"},
			{Account: "discord:1/2", Verb: "denied", Subject: "drug/epinephrine", Detail: `=HYPERLINK("http://x")`},
			{Person: "Ana Ruiz", Account: "slack:T1/U2", Verb: "approve", Subject: "drug/epinephrine", Detail: "draft 1, \"yes\""},
		} {
			a.At = time.Date(2026, 11, 22, 10, i, 0, 0, time.UTC)
			if err := tx.Append(a); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return settings, state
}

func shell(t *testing.T, args ...string) (status int, out, errs string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	status = run(t.Context(), args, world{os.Getenv, strings.NewReader(""), &stdout, &stderr})
	return status, stdout.String(), stderr.String()
}

func TestAuditVerify(t *testing.T) {
	settings, state := audited(t)
	if status, out, errs := shell(t, "audit", "verify", "--config", settings); status != 0 || out != "3 entries, the chain is whole\n" {
		t.Errorf("%d %s%s", status, out, errs)
	}
	text, err := os.ReadFile(state)
	if err != nil {
		t.Fatal(err)
	}
	text = bytes.Replace(text, []byte("approvedrug"), []byte("approvedrag"), 1)
	if err := os.WriteFile(state, text, 0o600); err != nil {
		t.Fatal(err)
	}
	status, out, errs := shell(t, "audit", "verify", "--config", settings)
	if status != 1 || out != "" || !strings.Contains(errs, "audit entry 3 was changed after it was written") {
		t.Errorf("after a change of entry 3: %d %s%s", status, out, errs)
	}
}

func TestAuditExport(t *testing.T) {
	settings, _ := audited(t)
	status, out, errs := shell(t, "audit", "export", "--config", settings)
	var lines []string
	for line := range strings.Lines(out) {
		lines = append(lines, line[:strings.LastIndex(line, ",")]) // without the hash
	}
	want := `number,at,person,account,verb,subject,detail
1,2026-11-22T10:00:00Z,Kim Lee,slack:T1/U1,propose,drug/epinephrine,draft 1
2,2026-11-22T10:01:00Z,,discord:1/2,denied,drug/epinephrine,"'=HYPERLINK(""http://x"")"
3,2026-11-22T10:02:00Z,Ana Ruiz,slack:T1/U2,approve,drug/epinephrine,"draft 1, ""yes"""`
	if got := strings.Join(lines, "\n"); status != 0 || got != want {
		t.Errorf("%d %s\n%s", status, errs, got)
	}
}
