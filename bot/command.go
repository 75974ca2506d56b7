package bot

import (
	"context"
	"slices"
	"strings"
)

// Command is one thing the bot can do. Help, the Slack manifest and the
// Discord registration are generated from a list of these.
type Command struct {
	Name     string // one lower-case word: "dose"
	Summary  string // what it does, one line without a full stop
	Options  []Option
	Examples []string // complete command lines; the first is the simplest
	Run      func(ctx context.Context, in Input) (Reply, error)

	// Staff is set for what only people with a role may do. A platform that can
	// hide such a command from others does; the command checks all the same.
	Staff bool
	// Hidden is set for what only buttons ask: help does not list it and no
	// platform registers it.
	Hidden bool
	// Acts is set when the command changes something. Its lines are run once
	// for each request: no reply of it is remembered, repeated or shared.
	Acts bool
	// Slow reports whether a line may take seconds, so that a platform shows
	// that it is being worked on. Nil: never.
	Slow func(args string) bool
}

// takes reports whether what follows the command's name can be meant for it.
// A command with free text takes anything; others only their choices.
func (c Command) takes(args string) bool {
	if args == "" {
		return true
	}
	for _, o := range c.Options {
		if len(o.Choices) == 0 || slices.Contains(o.Choices, strings.ToLower(args)) {
			return true
		}
	}
	return false
}

// Input is what a command gets: the request and what follows its name.
type Input struct {
	Request
	Args string
}

// Option is one typed part of a command, for platforms that ask for parts.
type Option struct {
	Name     string
	Summary  string
	Kind     Kind
	Required bool
	Choices  []string // a closed list, when there is one
	Complete string   // what completes it: "drug", "site", "indication", "source"; empty for nothing
}

// Kind is the type of an option.
type Kind int

// The kinds of option.
const (
	Words  Kind = iota // free text
	Weight             // a body weight with its unit
	Age                // an age with its unit
)

// VisibleError is an error whose text is meant for the asker: it says what to
// do next. The text of any other error is never shown.
type VisibleError string

// Error returns the text for the asker.
func (e VisibleError) Error() string { return string(e) }
