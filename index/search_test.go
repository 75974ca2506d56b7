package index

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"iobot/knowledge"
	"iobot/knowledge/quantity"
)

// lines returns the lines of a file that are neither empty nor a comment.
func lines(t testing.TB, path string) []string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var all []string
	for s := bufio.NewScanner(file); s.Scan(); {
		if line := strings.TrimSpace(s.Text()); line != "" && line[0] != '#' {
			all = append(all, line)
		}
	}
	return all
}

func find(t testing.TB, s *Snapshot, q Query) Result {
	t.Helper()
	r, err := s.Search(context.Background(), q)
	if err != nil {
		t.Fatalf("search %q: %v", q.Text, err)
	}
	return r
}

var note = regexp.MustCompile(`\s*\(([^()]+)\)`)

func TestQuestions(t *testing.T) {
	s := build(t, fixture())
	for _, line := range lines(t, "testdata/questions.txt") {
		band, rest, _ := strings.Cut(line, " ")
		want, rest, _ := strings.Cut(strings.TrimSpace(rest), " ")
		text := strings.TrimSpace(note.ReplaceAllString(rest, ""))
		t.Run(text, func(t *testing.T) {
			r := find(t, s, Query{Text: text})
			if r.Confidence.String() != band || want != "-" && (len(r.Hits) == 0 || r.Hits[0].ID != knowledge.ID(want)) {
				t.Errorf("%s, %s; want %s, %s", r.Confidence, describe(r.Hits), band, want)
			}
			for _, n := range note.FindAllStringSubmatch(rest, -1) {
				if !slices.Contains(understood(r), n[1]) {
					t.Errorf("understood %q, want %q among it", understood(r), n[1])
				}
			}
		})
	}
}

// describe writes hits for the message of a failed test.
func describe(hits []Hit) string {
	var all []string
	for _, h := range hits {
		all = append(all, fmt.Sprintf("%s (score %.3f, has %s)", h.ID, h.Score, strings.Join(h.Matched, " ")))
	}
	return strings.Join(all, ", ")
}

// understood writes what a search made of a question as the notes do.
func understood(r Result) []string {
	var all []string
	for _, c := range r.Corrections {
		all = append(all, c.From+">"+c.To)
	}
	for _, c := range r.Synonyms {
		all = append(all, c.From+"="+c.To)
	}
	for _, w := range r.Unknown {
		all = append(all, "?"+w)
	}
	return all
}

func TestKindsAreAFilter(t *testing.T) {
	s := build(t, fixture())
	for _, kind := range []string{Article, Drug, Site, Device, Situation} {
		r := find(t, s, Query{Text: "flush the tibia epinephrine driver fracture", Kinds: []string{kind}})
		if len(r.Hits) == 0 {
			t.Errorf("no hit of kind %s", kind)
		}
		for _, h := range r.Hits {
			if h.Kind != kind {
				t.Errorf("asked for %s, got %s", kind, h.ID)
			}
		}
	}
}

func TestAgesAreAFilter(t *testing.T) {
	s := build(t, fixture())
	atBirth := quantity.AgeRange{OnlyAtBirth: true, AtBirth: true}
	infant, adult := ages(8*quantity.Month, 8*quantity.Month+1), ages(30*quantity.Year, 0)
	for _, test := range []struct {
		text    string
		ages    quantity.AgeRange
		with    knowledge.ID
		without knowledge.ID
	}{
		{"landmarks tibia", infant, "site/proximal-tibia#infant", "site/proximal-tibia#adult"},
		{"landmarks tibia", adult, "site/proximal-tibia#adult", "site/proximal-tibia#infant"},
		{"landmarks tibia", atBirth, "site/proximal-tibia", "site/proximal-tibia#infant"},
		{"epinephrine", infant, "drug/epinephrine#arrest", "drug/epinephrine#birth"},
		{"epinephrine", atBirth, "drug/epinephrine#birth", "drug/epinephrine#arrest"},
	} {
		found := ids(find(t, s, Query{Text: test.text, Ages: &test.ages, Limit: 30}).Hits)
		if !slices.Contains(found, test.with) || slices.Contains(found, test.without) {
			t.Errorf("%q for %v found %v; want %s and not %s", test.text, test.ages, found, test.with, test.without)
		}
	}
}

func ids(hits []Hit) []knowledge.ID {
	var all []knowledge.ID
	for _, h := range hits {
		all = append(all, h.ID)
	}
	return all
}

func TestKnownWordsNameNobody(t *testing.T) {
	r := find(t, build(t, fixture()), Query{Text: "Ms Zysk in bed 12 born 01.02.1950 asks: why flush before the first drug"})
	if want := []string{"why", "flush", "before", "first", "drug"}; !slices.Equal(r.Known, want) {
		t.Errorf("known %q, want %q", r.Known, want)
	}
}

func TestOrderIsTheSameAfterEveryBuild(t *testing.T) {
	questions := lines(t, "testdata/questions.txt")
	b := many(500)
	first := build(t, b)
	for range 10 {
		again := build(t, b)
		for _, q := range append(questions, "same words in every entry", "w1 w2 w3 w4 w5 w6 w7 w8 w9 w10 w11 w12 w13") {
			one, two := find(t, first, Query{Text: q, Limit: 30}), find(t, again, Query{Text: q, Limit: 30})
			if !slices.Equal(ids(one.Hits), ids(two.Hits)) {
				t.Fatalf("%q found %v, after another build %v", q, ids(one.Hits), ids(two.Hits))
			}
		}
	}
}

// many returns a base of n articles that bleve rates alike.
func many(n int) *knowledge.Base {
	b := &knowledge.Base{}
	for i := range n {
		id := knowledge.ID(fmt.Sprintf("article/a%04d", i))
		b.Articles = append(b.Articles, article(id, "same words", fmt.Sprintf("in every entry w%d w%d w%d", i%13, i%7, i%5)))
	}
	return b
}

func TestHostileText(t *testing.T) {
	s := build(t, fixture())
	for _, text := range []string{
		"", " ", "\x00\x01\xff\xfe", strings.Repeat("flush ", 2000), strings.Repeat("x", 5000), "flush " + strings.Repeat("y", 400),
		`"`, "+flush -needle", "title:flush", "fl*sh", "/.*/", "flush~9", "what?)", "(((((", `\`, "flush^1000000", "AND OR NOT", "[a TO z]",
		"flush\u202Ehsulf", "\u202E\u200F", strings.Repeat("\u0301", 600), "\U0001F469\u200D\u2695\uFE0F flush", "f\u200blush", strings.Repeat("肾", 400),
	} {
		r := find(t, s, Query{Text: text, Limit: 1 << 30})
		if len(r.Hits) > candidates {
			t.Errorf("%.20q: %d hits", text, len(r.Hits))
		}
	}
}

func TestSearchEndsWithItsContext(t *testing.T) {
	s := build(t, fixture())
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := s.Search(ctx, Query{Text: "flush"}); err == nil {
		t.Error("no error after the context ended")
	}
}

func FuzzSearch(f *testing.F) {
	s := build(f, fixture())
	for _, line := range lines(f, "testdata/questions.txt") {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r := find(t, s, Query{Text: text})
		if len(r.Hits) == 0 && r.Confidence != Unknown {
			t.Errorf("%s without a hit", r.Confidence)
		}
		for _, h := range r.Hits {
			if h.Score < 0 || h.Score > 1 {
				t.Errorf("score %v of %s is not between 0 and 1", h.Score, h.ID)
			}
		}
		for _, m := range s.FindDrugs(text) {
			if m.Start >= m.End || m.End > len(text) {
				t.Errorf("%s at %d to %d of %d bytes", m.ID, m.Start, m.End, len(text))
			}
		}
		s.SuggestDrugs(text, 5)
		if right, read := s.CorrectSites(text); len(read) == 0 && right != text {
			t.Errorf("%q became %q without a word", text, right)
		}
	})
}
