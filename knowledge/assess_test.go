package knowledge

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

// TestAssess changes the good folder as each archive says and compares the
// judgement with the archive's "want".
func TestAssess(t *testing.T) {
	before := goodBase(t)
	eachSpoiled(t, "testdata/assess/*.txtar", func(t *testing.T, folder fstest.MapFS) string {
		after, err := Load(folder)
		if err != nil {
			t.Fatal(err)
		}
		a := Assess(before, after)
		var b strings.Builder
		fmt.Fprintf(&b, "wording only: %t; a word to type: %t; approvals: %d\n", a.Wording, a.Typed, a.Approvals)
		for _, text := range a.Dangers {
			fmt.Fprintf(&b, "DANGER %s\n", text)
		}
		for _, text := range a.Blocked {
			fmt.Fprintf(&b, "BLOCKED %s\n", text)
		}
		return b.String()
	})
}

func BenchmarkAssess(b *testing.B) {
	before, err := Load(os.DirFS("content"))
	if err != nil {
		b.Fatal(err)
	}
	after, err := Load(Overlay(os.DirFS("content"), map[string][]byte{"golden.yaml": nil}))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		Assess(before, after)
	}
}
