package index

import (
	"strings"
	"testing"
)

// TestKnownWords: what a question says beyond the words of the knowledge
// itself is not kept.
func TestKnownWords(t *testing.T) {
	s := build(t, fixture())
	for _, c := range []struct{ text, want string }{
		{"Flow: the shoulder?", "flow the shoulder"},
		{"tibia for Xanthippe Miller-Zwolinski, MRN 12345678?", "tibia for «?»"},
		{"born 12/03/2019 tel 0171 123456", ""},
		{"zzyzx qwrty", ""},
	} {
		got := s.KnownWords(c.text)
		if c.want != "" && !strings.HasPrefix(got, c.want) || c.want == "" && strings.ContainsAny(got, "0123456789") {
			t.Errorf("%q became %q, not %q", c.text, got, c.want)
		}
	}
}
