package slack

import (
	"errors"
	"strconv"
	"strings"
)

// version is the first part of every action id and callback id. It changes
// when an id or a value changes its meaning.
const version = "io1"

// ErrOutdated is returned for the id of a button from another version of the
// program.
var ErrOutdated = errors.New("slack: button of another version")

// Verb is what tapping a button does.
type Verb string

// The verbs. Calculator, Dismiss and Address carry no command line, and Kept the
// key of a reply that is kept, because asking its line again would do again
// what it did.
const (
	Run        Verb = "run"        // ask the command line
	Part       Verb = "part"       // show another part of the reply, replacing this one
	Kept       Verb = "kept"       // the same for a reply that is kept
	Share      Verb = "share"      // show the reply to the channel
	Send       Verb = "send"       // send the reply to the asker's direct messages
	Dismiss    Verb = "dismiss"    // take the message away
	Calculator Verb = "calculator" // open the dose calculator
	Address    Verb = "address"    // nothing: Slack opens the address of the button
)

// Action is a tapped button.
type Action struct {
	Verb   Verb
	Number int    // the part to show for Part and Kept, from 1; otherwise only tells buttons apart
	Line   string // the command line that gives the reply, or the key of one that is kept
}

// id is "io1:part:2".
func (a Action) id() string {
	return version + ":" + string(a.Verb) + ":" + strconv.Itoa(a.Number)
}

// ParseAction reads a button from its action id and value. With ErrOutdated,
// Line still holds the value, so that the asker can be told what to type.
func ParseAction(id, value string) (Action, error) {
	outdated := Action{Line: value}
	parts := strings.Split(id, ":")
	if len(parts) != 3 || parts[0] != version {
		return outdated, ErrOutdated
	}
	number, err := strconv.Atoi(parts[2])
	if err != nil || number < 0 {
		return outdated, ErrOutdated
	}
	switch verb := Verb(parts[1]); verb {
	case Run, Part, Kept, Share, Send, Dismiss, Calculator, Address:
		return Action{Verb: verb, Number: number, Line: value}, nil
	}
	return outdated, ErrOutdated
}

// carries reports whether a button can hold a command line unchanged.
func carries(command string) bool {
	return command != "" && jsonBytes(command) <= lineBytes && plain(command) == command
}
