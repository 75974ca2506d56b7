package discord

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"

	"iobot/bot"
)

// errWeight is what is wrong with a weight that no client lets one type.
const errWeight = bot.VisibleError("Give the weight in kg as a plain number from 0.3 to 300, such as 12 or 3.5.")

// commandLine writes a slash command as the line that means the same.
func (d inData) commandLine(table []bot.Command) (string, error) {
	if d.Name != rootName || len(d.Options) == 0 {
		return "", errOutdated
	}
	sub := d.Options[0]
	for _, c := range table {
		if c.Name == sub.Name {
			return writeLine(c, sub.Options)
		}
	}
	return "", errOutdated
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
