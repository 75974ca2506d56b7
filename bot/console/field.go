package console

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"iobot/bot"
)

// empties is what is typed to empty a field.
const empties = "-"

// how says how a field is filled in, where it is not by one line of text.
func how(field bot.FormField) string {
	var ways []string
	switch {
	case len(field.Choices) > 0:
		ways = append(ways, "Type a number.")
	case field.Long:
		ways = append(ways, "Type as many lines as you need, then one with a single full stop.")
	}
	if field.Optional {
		ways = append(ways, "A single - leaves it empty.")
	}
	return strings.Join(ways, " ")
}

// accept returns the value of a field that holds now when text is typed into it,
// or what is wrong with that and what to do.
func accept(field bot.FormField, now, text string) (value, problem string) {
	if !field.Long {
		text = strings.TrimSpace(text)
	}
	switch {
	case text == empties && field.Optional:
		return "", ""
	case text == empties, text == "" && now == "" && !field.Optional:
		return "", "This must not be empty. Type it, or type cancel."
	case text == "":
		return now, ""
	case !utf8.ValidString(text):
		return "", "Part of this could not be read as text. Type it again."
	case len(field.Choices) > 0:
		return pick(field, text)
	case utf8.RuneCountInString(text) > bot.MaxFormValue:
		return "", fmt.Sprintf("This has %d characters. At most %d can be sent: shorten it.", utf8.RuneCountInString(text), bot.MaxFormValue)
	}
	return text, ""
}

// pick returns the value of a choice that was typed as its number or label.
func pick(field bot.FormField, text string) (value, problem string) {
	if n, err := strconv.Atoi(text); err == nil && n >= 1 && n <= len(field.Choices) {
		return field.Choices[n-1].Command, ""
	}
	if value, ok := choiceOf(field, text); ok {
		return value, ""
	}
	return "", fmt.Sprintf("Type a number from 1 to %d.", len(field.Choices))
}

// choiceOf returns the value of the choice with this value or label.
func choiceOf(field bot.FormField, text string) (string, bool) {
	for _, c := range field.Choices {
		if text == c.Command || strings.EqualFold(text, c.Label) {
			return c.Command, true
		}
	}
	return "", false
}

// labelOf returns a value as it is shown to people.
func labelOf(field bot.FormField, value string) string {
	for _, c := range field.Choices {
		if c.Command == value {
			return c.Label
		}
	}
	return value
}

// form prints the fields of a form with the names that a script fills them by.
func (s Style) form(f bot.Form) string {
	var b strings.Builder
	b.WriteString("\n" + s.line(bold, "", f.Title))
	for _, field := range f.Fields {
		b.WriteString(s.line(cyan, "  ", field.Name) + s.line(plain, "    ", field.Label))
		if field.Hint != "" {
			b.WriteString(s.line(dim, "    ", field.Hint))
		}
		for _, c := range field.Choices {
			b.WriteString(s.line(plain, "    - ", c.Label))
		}
		if field.Value != "" {
			b.WriteString(s.line(plain, "    Now: ", labelOf(field, field.Value)))
		}
		if field.Problem != "" {
			b.WriteString(s.line(red, "    ! ", field.Problem))
		}
	}
	return b.String() + s.line(dim, "", "iobot ask --value NAME=TEXT … fills it in. What is not named keeps what it holds.")
}
