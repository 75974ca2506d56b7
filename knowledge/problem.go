package knowledge

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Problem is one mistake in a file of the knowledge and what to do about it.
type Problem struct {
	File    string // path inside the folder: "drugs/epinephrine.yaml"
	Line    int    // counted from 1; 0 when the mistake is the file itself
	Path    string // field in the file: "indications[0].rules[2].max"; may be empty
	Message string // what is wrong and what to write instead
}

// String gives the problem as one line: file, line, field and message.
func (p Problem) String() string {
	place := p.File
	if p.Line > 0 {
		place = fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	if p.Path == "" {
		return place + ": " + p.Message
	}
	return place + ": " + p.Path + ": " + p.Message
}

// Problems is every mistake found in a folder, sorted by file and line. It is
// the error that Load returns.
type Problems []Problem

// Error lists the problems, one a line.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

func (ps Problems) sort() {
	slices.SortStableFunc(ps, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Path, b.Path), cmp.Compare(a.Message, b.Message))
	})
}
