package knowledge_test

import (
	"bytes"
	"fmt"
	"maps"
	"math/big"
	"os"
	"reflect"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"
	"unicode/utf8"

	"iobot/knowledge"
	"iobot/knowledge/dose"
)

// slip is one change of a file that a tired person could make.
type slip struct {
	file string
	line int
	from string // "0.01"
	to   string // "0.1"
	text []byte // the whole file with the slip in it
}

func (s slip) String() string { return fmt.Sprintf("%s:%d: %s → %s", s.file, s.line, s.from, s.to) }

// numberForm is a number in any text.
var numberForm = regexp.MustCompile(`\d+(?:,\d{3})*(?:\.\d+)?`)

// comment is what the loader does not read of a line.
var comment = regexp.MustCompile(`(?:^|\s)#(?:\s.*)?$`)

// tenfolds are all slips of the decimal point in a file.
func tenfolds(file string, text []byte) []slip {
	var all []slip
	at := 0
	for i, line := range strings.SplitAfter(string(text), "\n") {
		said := line
		if strings.HasSuffix(file, ".yaml") {
			said = comment.ReplaceAllString(strings.TrimSuffix(line, "\n"), "")
		}
		for _, m := range numberForm.FindAllStringIndex(said, -1) {
			number := said[m[0]:m[1]]
			for _, to := range []string{times(number, 10, 1), times(number, 1, 10)} {
				if to != number {
					all = append(all, slip{file, i + 1, number, to, splice(text, at+m[0], at+m[1], to)})
				}
			}
		}
		at += len(line)
	}
	return all
}

func splice(text []byte, from, to int, with string) []byte {
	return slices.Concat(text[:from], []byte(with), text[to:])
}

// times is a number multiplied, written as the content writes numbers.
func times(number string, by, of int64) string {
	value, ok := new(big.Rat).SetString(strings.ReplaceAll(number, ",", ""))
	if !ok {
		return number
	}
	value.Mul(value, big.NewRat(by, of))
	decimals, _ := value.FloatPrec()
	whole, rest, hasRest := strings.Cut(value.FloatString(decimals), ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if hasRest {
		return whole + "." + rest
	}
	return whole
}

// verdict says what became of a slip.
type verdict int

const (
	missed verdict = iota
	refused
	named
	nothing // the same is said as before
)

// judge loads and lints the slip, and looks for it among the dangers.
func judge(alone knowledge.Alone, before *knowledge.Base, s slip) (verdict, string) {
	after, problems := alone.Read(s.file, s.text)
	if len(problems) > 0 {
		return refused, problems[0].Message
	}
	a := knowledge.Assess(before, after)
	for _, danger := range a.Dangers {
		if tells.MatchString(danger) || strings.Contains(danger, s.to) || !numberForm.MatchString(s.to) || strings.Contains(s.to, ":") {
			return named, danger
		}
	}
	if len(a.Changes) == 0 && saysTheSame(before, after) {
		return nothing, ""
	}
	return missed, fmt.Sprintf("%q", a.Dangers)
}

// tells matches what is said of a number that is not quoted as it was typed: a
// quantity in other words, a part under another id, or a list that fell apart.
var tells = regexp.MustCompile(`times as much|divided by|: [a-z]+ removed|: [a-z]+ added:|in another unit`)

// saysTheSame compares two bases without looking at worked examples, which
// may stand at any weight, and without Diff.
func saysTheSame(before, after *knowledge.Base) bool {
	for _, b := range []*knowledge.Base{before, after} {
		for _, d := range b.Drugs {
			for _, in := range d.Indications {
				for _, r := range in.Rules {
					r.Checks = nil
					for i := range r.Then {
						r.Then[i].Checks = nil
					}
				}
			}
		}
	}
	return reflect.DeepEqual(before.Articles, after.Articles) && reflect.DeepEqual(before.Drugs, after.Drugs) &&
		reflect.DeepEqual(before.Sites, after.Sites) && reflect.DeepEqual(before.Devices, after.Devices)
}

// TestTenfold moves the decimal point of every number of the starter content,
// one at a time, in figures as well as in sentences: the linter or the worked
// examples refuse it, or the approver is told.
func TestTenfold(t *testing.T) {
	counts := judgeContent(t, tenfolds)
	if total := counts[refused] + counts[named]; !testing.Short() && total < 15_000 {
		t.Errorf("only %d slips were tried", total)
	}
}

// TestSlips makes the other slips that have led to wrong doses.
func TestSlips(t *testing.T) {
	for _, kind := range []struct {
		name  string
		slips func(file string, text []byte) []slip
	}{
		{"unit swapped", swaps(`\b(?:mg|mcg|g|mL|units|milliunits|kg|cm|mm|minutes|hours|min|h)\b`, otherUnit)},
		{"digit dropped", swaps(`\d{2,}`, func(number string) string { return number[:len(number)-1] })},
		{"limit removed", swaps(`(?m)^ *(?:max|min|total|total_max): .*\n`, func(string) string { return "" })},
		{"limit waived", swaps(`(?m)^( *)max: .*$`, func(line string) string {
			return line[:strings.Index(line, "max")] + "no_max: not needed"
		})},
		{"range shifted", swaps(`(?m)^ *-? *(?:age|weight): .*$`, func(line string) string {
			at := numberForm.FindStringIndex(line)
			if at == nil {
				return line
			}
			return line[:at[0]] + "1" + line[at[1]:]
		})},
		{"word turned round", swaps(`(?i)\b(?:not|never|avoid|above|below|medial|over|under)\b ?`, func(string) string { return "" })},
		{"warning removed", warnings},
	} {
		t.Run(kind.name, func(t *testing.T) { judgeContent(t, kind.slips) })
	}
}

// swaps makes a slip of each place that a form matches in what a file says.
func swaps(form string, turn func(string) string) func(string, []byte) []slip {
	matches := regexp.MustCompile(form)
	return func(file string, text []byte) []slip {
		var all []slip
		for _, m := range matches.FindAllIndex(text, -1) {
			from := string(text[m[0]:m[1]])
			line := string(text[bytes.LastIndexByte(text[:m[0]], '\n')+1 : m[0]])
			if to := turn(from); to != from && !insideWord(text, m[0], m[1]) && !(strings.HasSuffix(file, ".yaml") && strings.Contains(line+" ", "# ") || strings.Contains(line, "://")) {
				all = append(all, slip{file, 1 + bytes.Count(text[:m[0]], []byte("\n")), from, to, splice(text, m[0], m[1], to)})
			}
		}
		return all
	}
}

// insideWord says that a letter of another alphabet stands beside a match.
func insideWord(text []byte, from, to int) bool {
	before, _ := utf8.DecodeLastRune(text[:from])
	after, _ := utf8.DecodeRune(text[to:])
	return before >= utf8.RuneSelf && unicode.IsLetter(before) || after >= utf8.RuneSelf && unicode.IsLetter(after)
}

// otherUnit is a unit that is easily taken for another.
func otherUnit(unit string) string {
	other := map[string]string{"mg": "mcg", "mcg": "mg", "g": "mg", "mL": "L", "units": "milliunits", "milliunits": "units",
		"kg": "g", "cm": "mm", "mm": "cm", "minutes": "hours", "hours": "minutes", "min": "h", "h": "min"}
	return other[unit]
}

// warnings takes each warning, caution and contraindication out.
func warnings(file string, text []byte) []slip {
	var all []slip
	at, inside := 0, false
	for i, line := range strings.SplitAfter(string(text), "\n") {
		item := strings.HasPrefix(strings.TrimLeft(line, " "), "- ")
		if name := strings.TrimSpace(line); !item {
			inside = name == "warnings:" || name == "cautions:" || name == "contraindications:"
		} else if inside {
			all = append(all, slip{file, i + 1, line, "", splice(text, at, at+len(line), "")})
		}
		at += len(line)
	}
	return all
}

// judgeContent judges slips in every file of the starter content.
func judgeContent(t *testing.T, slips func(string, []byte) []slip) map[verdict]int {
	t.Helper()
	full, err := knowledge.Load(os.DirFS("content"))
	if err != nil {
		t.Fatal(err)
	}
	files, err := knowledge.ReadFiles(os.DirFS("content"))
	if err != nil {
		t.Fatal(err)
	}
	counts := map[verdict]int{}
	var mu sync.Mutex
	var all sync.WaitGroup
	work := make(chan slip)
	alone := knowledge.NewAlone(full, dose.Check)
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			for f := range work {
				found := judgeFile(t, alone, f, slips(f.file, f.text))
				mu.Lock()
				for v, n := range found {
					counts[v] += n
				}
				mu.Unlock()
			}
		})
	}
	for _, file := range slices.Sorted(maps.Keys(files)) {
		for _, text := range pieces(file, files[file]) {
			work <- slip{file: file, text: text}
		}
	}
	close(work)
	all.Wait()
	t.Logf("%d refused, %d named, %d say the same", counts[refused], counts[named], counts[nothing])
	return counts
}

// pieces parts the long list of sources, whose items have nothing to do with
// each other.
func pieces(file string, text []byte) [][]byte {
	if file != "sources.yaml" {
		return [][]byte{text}
	}
	var all [][]byte
	for _, item := range bytes.Split(text, []byte("\n- "))[1:] {
		all = append(all, slices.Concat([]byte("- "), item, []byte("\n")))
	}
	return all
}

// judgeFile judges slips in one file.
func judgeFile(t *testing.T, alone knowledge.Alone, whole slip, slips []slip) map[verdict]int {
	counts := map[verdict]int{}
	if testing.Short() {
		slips = some(slips)
	}
	if len(slips) == 0 {
		return counts
	}
	before, problems := alone.Read(whole.file, whole.text)
	if len(problems) > 0 {
		t.Errorf("%s alone: %s", whole.file, problems[0])
	}
	for _, s := range slips {
		v, why := judge(alone, before, s)
		counts[v]++
		if v == missed {
			t.Errorf("%s: nobody would notice: %s", s, why)
		}
	}
	return counts
}

// some are a few of many slips, for the race detector.
func some(slips []slip) []slip {
	var few []slip
	for i := 50; i < len(slips); i += 100 {
		few = append(few, slips[i])
	}
	return few
}
