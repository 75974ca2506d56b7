package main

import (
	"path/filepath"
	"regexp"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain has a folder for commands on the path while the tests run; see
// built.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"iobot": main})
}

// TestScripts runs testdata/script: what somebody types in a shell, and what
// must come back.
func TestScripts(t *testing.T) {
	example, err := filepath.Abs("../../config.example.yaml")
	if err != nil {
		t.Fatal(err)
	}
	path, err := built()
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("EXAMPLE", example)
			e.Setenv("PATH", filepath.Dir(path)+string(filepath.ListSeparator)+e.Getenv("PATH"))
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){"hash": keepHash},
	})
}

// hashLine is where the card of a draft shows the hash that approvals bind to.
var hashLine = regexp.MustCompile(`(?m)^ *Hash +([0-9a-f]{8})$`)

// keepHash puts the hash of the card that was just shown into $HASH.
func keepHash(ts *testscript.TestScript, _ bool, _ []string) {
	found := hashLine.FindStringSubmatch(ts.ReadFile("stdout"))
	if found == nil {
		ts.Fatalf("the reply shows no hash")
	}
	ts.Setenv("HASH", found[1])
}
