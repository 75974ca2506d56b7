package slack

import (
	"unicode/utf8"

	"github.com/slack-go/slack"
)

// OptionList is the reply to a menu that asks for its options. The list is
// there even when it is empty.
type OptionList struct {
	Options []*slack.OptionBlockObject `json:"options"`
}

// Options lists names for a menu, the best first, at most as many as a menu
// takes: typing more narrows them down. A name too long to be the value of an
// option cannot be picked and is left out; it can still be typed after /io.
func Options(names []string) OptionList {
	list := OptionList{Options: []*slack.OptionBlockObject{}}
	seen := map[string]bool{}
	for _, name := range names {
		name = line(name)
		if len(list.Options) == maxOptions {
			break
		}
		if name == "" || seen[name] || utf8.RuneCountInString(name) > maxOptionValue {
			continue
		}
		seen[name] = true
		list.Options = append(list.Options, option(name, name))
	}
	return list
}
