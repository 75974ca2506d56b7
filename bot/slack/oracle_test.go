package slack

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestGoldenAgainstSchemas checks every golden file with the payload checker
// in the folder that IOBOT_ORACLES names. The checker holds Slack's published
// types and limits, so it knows what this package's own tests do not.
func TestGoldenAgainstSchemas(t *testing.T) {
	oracles := os.Getenv("IOBOT_ORACLES")
	if oracles == "" {
		t.Skip("IOBOT_ORACLES is not set")
	}
	files, err := filepath.Glob(filepath.Join("testdata", "golden", "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	var payloads []string
	for _, f := range files {
		if !strings.HasPrefix(filepath.Base(f), "options") { // the checker knows messages, views and manifests
			payloads = append(payloads, f)
		}
	}
	out, err := exec.Command(filepath.Join(oracles, "slack", "check"), payloads...).CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
