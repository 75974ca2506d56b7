package index

import "testing"

func TestCorrectSites(t *testing.T) {
	s := build(t, fixture())
	for _, line := range lines(t, "testdata/sites.txt") {
		c := columns(line)
		text, read := s.CorrectSites(c[0])
		if text != c[1] {
			t.Errorf("%q: %q, want %q", c[0], text, c[1])
		}
		if changed := len(read) > 0; changed != (c[0] != c[1]) {
			t.Errorf("%q: reported %v", c[0], read)
		}
	}
}
