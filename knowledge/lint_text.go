package knowledge

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// The two source keys that are not documents.
const (
	projectKey  = "PROJECT"  // advice of the authors of the knowledge base
	computedKey = "COMPUTED" // arithmetic on figures cited beside it
)

// statement is a row read as one statement.
func (r Row) statement() Statement {
	return Statement{Text: strings.Join(r.Cells, "; "), Sources: r.Sources}
}

// checkSourced reports statements that cite nothing.
func checkSourced(l *loader) {
	l.walk(l.base, func(file, path string, _ field, value any) {
		s, isStatement := value.(Statement)
		switch {
		case !isStatement:
		case len(s.Sources) == 0:
			l.at(file, path, "names no source; end the statement with its key, such as [DUCK]")
		case slices.Equal(s.Sources, []string{computedKey}):
			l.at(file, path, "[COMPUTED] needs the source of the figures it was computed from beside it")
		}
	})
}

// checkSourceKeys reports keys that sources.yaml does not have.
func checkSourceKeys(l *loader) {
	if l.faulty["sources.yaml"] > 0 {
		return // each key would be reported
	}
	l.walk(l.base, func(file, path string, f field, value any) {
		switch value := value.(type) {
		case Statement:
			for _, key := range value.Sources {
				l.checkKey(file, path, key)
			}
		case string:
			if f.keys {
				l.checkKey(file, path, value)
			}
		}
	})
}

func (l *loader) checkKey(file, path, key string) {
	_, known := l.base.Sources[key]
	if !known && key != projectKey && key != computedKey {
		l.at(file, path, fmt.Sprintf("the source %s is not in sources.yaml; correct the key or add the source", key))
	}
}

// clinicalFigure is a number with a unit that somebody might act on.
var clinicalFigure = regexp.MustCompile(`\d (?:mcg|mg|g|mL|L|units|milliunits|mmol|mEq|mm|cm|kg|mmHg|J|G)\b`)

// checkProjectFigures reports numbers that rest on nobody but the authors. A
// notice may: it gives no dose, and the news of a place has no other source.
func checkProjectFigures(l *loader) {
	l.walk(l.base, func(file, path string, _ field, value any) {
		s, isStatement := value.(Statement)
		if isStatement && file != noticeFile && slices.Equal(s.Sources, []string{projectKey}) && clinicalFigure.MatchString(s.Text) {
			l.at(file, path, "a clinical number may not rest on [PROJECT] alone; cite its source or leave it out")
		}
	})
}

// checkFigures reports unsafe writing in every text that answers may show.
func checkFigures(l *loader) {
	l.walk(l.base, func(file, path string, f field, value any) {
		if f.verbatim || f.keys {
			return
		}
		for _, message := range FigureProblems(textOf(value)) {
			l.at(file, path, message)
		}
	})
}
