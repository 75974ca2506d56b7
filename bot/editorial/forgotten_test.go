package editorial

import (
	"slices"
	"strings"
	"testing"
)

// TestForgottenEditor: whoever wrote a draft and was then forgotten could come
// back under another name and approve it; so nobody approves it any more.
func TestForgottenEditor(t *testing.T) {
	w := newWard(t)
	p := w.propose("Kim", w.edit("Kim", "2 mg").ID)
	ann := w.as("slack", "Ann")
	w.desk.config.People = slices.DeleteFunc(fourPeople(), func(x Person) bool { return x.Name == "Kim" })
	if n, err := w.desk.Forget(t.Context(), ann, "slack:T1/Kim"); err != nil || n == 0 {
		t.Fatalf("forgot %d, %v", n, err)
	}
	w.desk.config.People = fourPeople()
	for _, name := range []string{"Kim", "Ann"} {
		_, err := w.desk.Approve(t.Context(), w.as("discord", name), p.Draft.ID, p.Draft.Hash, p.Word)
		if err == nil || !strings.Contains(err.Error(), "was forgotten") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := w.desk.Discard(t.Context(), ann, p.Draft.ID); err != nil {
		t.Errorf("discard: %v", err)
	}
	if w.largest() != "1 mg" {
		t.Error("it went live")
	}
}
