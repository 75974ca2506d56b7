package dose

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iobot/knowledge"
)

// TestWorked shows the doses of changed rules at the four usual weights.
func TestWorked(t *testing.T) {
	const file = "drugs/epinephrine.yaml"
	content := os.DirFS("../content")
	before, err := knowledge.Load(content)
	if err != nil {
		t.Fatal(err)
	}
	files, err := knowledge.ReadFiles(content)
	if err != nil {
		t.Fatal(err)
	}
	text := files[file]
	for _, edit := range []struct {
		part   string
		values map[string]string
	}{
		{"arrest-child/dose", map[string]string{"dose": "0.1 mg/kg"}},
		{"arrest-adult/how", map[string]string{"at": "1 mg/mL"}},
		{"arrest-child-erc/how", map[string]string{"repeat": "every 4 minutes"}},
	} {
		if text, err = knowledge.Edit(file, text, edit.part, edit.values); err != nil {
			t.Fatal(err)
		}
	}
	after, err := knowledge.Load(knowledge.Overlay(content, map[string][]byte{file: text}))
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, row := range Worked(before, after, "drug/epinephrine") {
		fmt.Fprintf(&got, "%s | %s | %s | %s | %s\n", row.Rule, row.Name, row.Weight, row.Before, row.After)
	}
	want := `drug/epinephrine#arrest-child | cardiac arrest, child | 3.5 kg | 0.035 mg = 0.35 mL | 0.35 mg = 3.5 mL
drug/epinephrine#arrest-child | cardiac arrest, child | 10 kg | 0.1 mg = 1 mL | 1 mg = 10 mL
drug/epinephrine#arrest-child | cardiac arrest, child | 25 kg | 0.25 mg = 2.5 mL | 1 mg = 10 mL
drug/epinephrine#arrest-child | cardiac arrest, child | 70 kg | 0.7 mg = 7 mL | 1 mg = 10 mL
drug/epinephrine#arrest-child-erc | cardiac arrest, child | 3.5 kg | 35 mcg = 0.35 mL | 35 mcg = 0.35 mL
drug/epinephrine#arrest-child-erc | cardiac arrest, child | 10 kg | 100 mcg = 1 mL | 100 mcg = 1 mL
drug/epinephrine#arrest-child-erc | cardiac arrest, child | 25 kg | 250 mcg = 2.5 mL | 250 mcg = 2.5 mL
drug/epinephrine#arrest-child-erc | cardiac arrest, child | 70 kg | 700 mcg = 7 mL | 700 mcg = 7 mL
drug/epinephrine#arrest-adult | cardiac arrest, adult | 70 kg | 1 mg = 10 mL | 1 mg = 1 mL
`
	if diff := cmp.Diff(want, got.String()); diff != "" {
		t.Error(diff)
	}
	gone, err := knowledge.Load(knowledge.Overlay(content, map[string][]byte{"drugs/etomidate.yaml": nil}))
	if err != nil {
		t.Fatal(err)
	}
	if rows := Worked(before, gone, "drug/etomidate"); len(rows) == 0 || rows[0].After != "no rule" {
		t.Errorf("a drug that is gone: %v", rows)
	}
	if rows := Worked(before, before, "drug/epinephrine"); len(rows) > 0 {
		t.Errorf("nothing changed, and yet: %v", rows)
	}
	if rows := Worked(before, after, "site/proximal-tibia"); len(rows) > 0 {
		t.Errorf("a bone has doses: %v", rows)
	}
}
