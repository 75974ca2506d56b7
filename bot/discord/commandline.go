package discord

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"iobot/bot"
)

// errWeight is what is wrong with a weight that no client lets one type.
const errWeight = bot.VisibleError("Give the weight in kg as a plain number from 0.3 to 300, such as 12 or 3.5.")

// commandLine writes a slash command as the line that means the same.
func (d inData) commandLine(table []bot.Command) (string, error) {
	c, given, ok := d.chosen(table)
	if !ok {
		return "", errOutdated
	}
	l, err := writeLine(c, given)
	if rest, asked := strings.CutPrefix(l, "ask "); asked && forStaff(rest, table) {
		return rest, err // typed by hand where a question belongs
	}
	return l, err
}

// chosen is the command of the table that a slash command stands for, with the
// options that it was given: a subcommand of /io, or a command of its own.
func (d inData) chosen(table []bot.Command) (bot.Command, []inOption, bool) {
	for _, c := range table {
		switch {
		case c.Staff && d.Name == staffName(c):
			return c, d.Options, true
		case !c.Staff && d.Name == rootName && len(d.Options) > 0 && d.Options[0].Name == c.Name:
			return c, d.Options[0].Options, true
		}
	}
	return bot.Command{}, nil, false
}

// forStaff reports whether a line begins with the name of a staff command.
func forStaff(l string, table []bot.Command) bool {
	word, _, _ := strings.Cut(l, " ")
	return slices.ContainsFunc(table, func(c bot.Command) bool { return c.Staff && strings.EqualFold(c.Name, word) })
}

func writeLine(c bot.Command, given []inOption) (string, error) {
	parts := []string{c.Name}
	for _, o := range c.Options {
		value, ok := find(given, o)
		if !ok {
			continue
		}
		text, err := value.text()
		if err == nil && o.Kind == bot.Weight {
			text, err = value.kilograms()
		}
		if err != nil {
			return "", err
		}
		parts = append(parts, text)
	}
	return line(strings.Join(parts, " ")), nil
}

func find(given []inOption, o bot.Option) (inOption, bool) {
	for _, g := range given {
		if g.Name == o.Name || (o.Kind == bot.Weight && g.Name == o.Name+unit) {
			return g, true
		}
	}
	return inOption{}, false
}

// text is a value as it was typed: a string, or a number's digits.
func (o inOption) text() (string, error) {
	var s string
	if json.Unmarshal(o.Value, &s) == nil {
		return s, nil
	}
	var n json.Number
	if json.Unmarshal(o.Value, &n) == nil {
		return n.String(), nil
	}
	return "", bot.VisibleError("One part of this could not be read. Please type it again.")
}

// weight matches a number that a person would type as a weight in kg.
var weight = regexp.MustCompile(`^[0-9]{1,3}(\.[0-9]{1,3})?$`)

// kilograms is a weight with its unit: "12 kg". The digits stay as they came.
// A weight that came as text must bring its own unit.
func (o inOption) kilograms() (string, error) {
	if bytes.HasPrefix(o.Value, []byte(`"`)) {
		return o.text()
	}
	digits := string(o.Value)
	if !weight.MatchString(digits) {
		return "", errWeight
	}
	return digits + " kg", nil
}
