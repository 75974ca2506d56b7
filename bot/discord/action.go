package discord

import (
	"errors"
	"strconv"
	"strings"
	"unicode"
)

// version is the first part of every custom id. It changes when an id changes
// its meaning.
const version = "io1"

// verb is what tapping a button does.
type verb string

const (
	run   verb = "r" // answer the command line
	page  verb = "p" // show another page of its answer
	share verb = "s" // show its answer to everybody in the channel
	edit  verb = "e" // open a form with the command line in it
	enter verb = "o" // open the form that the command line asks to be filled in
	form  verb = "f" // a form, sent
)

// action is a button: a verb and the command line it is about. The number is
// the page for page, from 1; otherwise it only tells buttons apart.
type action struct {
	verb   verb
	number int
	line   string
}

// errOutdated is returned for a custom id that this version did not write.
var errOutdated = errors.New("custom id of another version")

// head is "io1:p:2:".
func (a action) head() string {
	return version + ":" + string(a.verb) + ":" + strconv.Itoa(a.number) + ":"
}

// fits reports whether the whole action fits into a custom id.
func (a action) fits() bool { return chars(a.head())+chars(a.line) <= maxID }

// carries reports whether a custom id, and the value of a menu if need be,
// can hold a line unchanged.
func carries(l string) bool {
	if l == "" || len(l) > 4*(maxID+maxOption) || line(l) != l {
		return false
	}
	_, _, ok := action{verb: run, number: 99, line: l}.split()
	return ok
}

// split cuts an action whose line is valid text into a custom id and the value
// of a menu's option.
func (a action) split() (id, value string, ok bool) {
	front, rest := cutInWord(a.line, maxID-chars(a.head()))
	return a.head() + front, rest, front != "" && chars(rest) <= maxOption
}

// cutInWord cuts a text after at most so many characters and inside a word, so
// that no space is lost at either end.
func cutInWord(s string, most int) (front, rest string) {
	front, rest = cut(s, most)
	for rest != "" && front != "" && (unicode.IsSpace(last(front)) || unicode.IsSpace(first(rest))) {
		r := last(front)
		front, rest = strings.TrimSuffix(front, string(r)), string(r)+rest
	}
	return front, rest
}

// parseAction reads a custom id and, of a menu, the value that was picked.
func parseAction(id, value string) (action, error) {
	parts := strings.SplitN(id, ":", 4)
	if len(parts) != 4 || parts[0] != version {
		return action{}, errOutdated
	}
	number, err := strconv.Atoi(parts[2])
	if err != nil || number < 0 {
		return action{}, errOutdated
	}
	a := action{verb: verb(parts[1]), number: number, line: parts[3] + value}
	switch a.verb {
	case run, page, share, edit, enter, form:
		return a, nil
	}
	return action{}, errOutdated
}
