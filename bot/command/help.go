package command

import (
	"context"
	"slices"
	"strings"

	"iobot/bot"
)

// help lists the commands, or explains one. It is generated from the table.
func help(list []bot.Command) bot.Command {
	cmd := bot.Command{
		Name: "help", Summary: "what you can ask, with examples",
		Options:  []bot.Option{{Name: "command", Summary: "one command to explain", Choices: append(names(list), "help")}},
		Examples: []string{"help", "help dose"},
	}
	list = append(list, cmd)
	cmd.Run = func(_ context.Context, in bot.Input) (bot.Reply, error) {
		for _, c := range list {
			if strings.EqualFold(in.Args, c.Name) {
				return explain(c), nil
			}
		}
		return menu(list), nil
	}
	return cmd
}

func names(list []bot.Command) []string {
	out := make([]string, 0, len(list))
	for _, c := range list {
		out = append(out, c.Name)
	}
	return out
}

func menu(list []bot.Command) bot.Reply {
	rows := make([]bot.Field, 0, len(list))
	var choices []bot.Choice
	for _, c := range list {
		rows = append(rows, bot.Field{Label: c.Name, Value: c.Summary})
		if c.Examples[0] != c.Name {
			choices = append(choices, bot.Choice{Label: c.Examples[0], Command: c.Examples[0]})
		}
	}
	return bot.Reply{
		Outcome: bot.Answer,
		Title:   "What you can ask",
		Blocks: []bot.Block{
			bot.Lead{Text: "Type a command, or simply ask in your own words."},
			bot.Fields{Rows: rows},
			bot.Note{Text: "Do not type anything that identifies a patient."},
		},
		Choices: choices,
	}
}

func explain(c bot.Command) bot.Reply {
	var rows []bot.Field
	for _, o := range c.Options {
		label := o.Name
		if !o.Required {
			label += " (optional)"
		}
		rows = append(rows, bot.Field{Label: label, Value: o.Summary})
	}
	r := bot.Reply{Outcome: bot.Answer, Title: c.Name, Blocks: []bot.Block{bot.Lead{Text: sentence(c.Summary)}}}
	if len(rows) > 0 {
		r.Blocks = append(r.Blocks, bot.Fields{Rows: rows}, bot.Note{Text: "The parts may stand in any order."})
	}
	for _, e := range slices.Compact(slices.Clone(c.Examples)) {
		r.Choices = append(r.Choices, bot.Choice{Label: e, Command: e})
	}
	return r
}

// sentence gives a summary a capital and a full stop.
func sentence(s string) string {
	return strings.ToUpper(s[:1]) + s[1:] + "."
}
