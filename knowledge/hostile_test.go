package knowledge

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// TestHuge makes sure that files made to exhaust a parser are refused in
// reasonable time. Everything here is as long as a file may be.
func TestHuge(t *testing.T) {
	article := "---\nid: huge\ntitle: Huge\ntopic: flow\n---\n"
	for name, unit := range map[string]string{
		"drugs/brackets.yaml": "[", "drugs/braces.yaml": "{a: ", "drugs/dashes.yaml": "- ", "drugs/quotes.yaml": `"`,
		"drugs/keys.yaml": "a: 1\n", "drugs/anchors.yaml": "a: &a b\n", "drugs/bars.yaml": "? ",
		"articles/brackets.md": "[", "articles/stars.md": "*a ", "articles/quotes.md": "> ", "articles/ticks.md": "`a``",
		"articles/lists.md": "- ", "articles/pipes.md": "|a", "articles/angles.md": "<a ", "articles/images.md": "![a](", "articles/under.md": "_a__ ",
	} {
		t.Run(name, func(t *testing.T) {
			prefix := ""
			if strings.HasSuffix(name, ".md") {
				prefix = article
			}
			data := prefix + strings.Repeat(unit, (maxFileBytes-len(prefix))/len(unit))
			start := time.Now()
			_, err := Load(fstest.MapFS{name: {Data: []byte(data)}})
			if err == nil {
				t.Error("loaded")
			}
			t.Logf("%s", time.Since(start))
		})
	}
}

// TestEndless makes sure that a file is not read further than a file may be
// long, whatever it says of its size.
func TestEndless(t *testing.T) {
	folder := Overlay(goodFolder(t), map[string][]byte{"drugs/liar.yaml": make([]byte, maxFileBytes+1)})
	data, err := readUpTo(folder, "drugs/liar.yaml", maxFileBytes)
	if err != nil || len(data) != maxFileBytes+1 {
		t.Errorf("%d bytes, %v", len(data), err)
	}
}
