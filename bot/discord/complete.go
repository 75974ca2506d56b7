package discord

import (
	"github.com/bwmarrin/discordgo"

	"iobot/bot"
)

// complete suggests values for the option being typed. Whatever stands there
// is answered by a list.
func (a *App) complete(i interaction) response {
	c, given, ok := i.data.chosen(a.config.Commands)
	if !ok {
		return suggestions(nil)
	}
	return a.completeIn(c, given)
}

func (a *App) completeIn(c bot.Command, given []inOption) response {
	kind, typed, drug := "", "", ""
	for _, o := range c.Options {
		value, ok := find(given, o)
		if !ok {
			continue
		}
		text, _ := value.text() // what cannot be read suggests as nothing does
		if value.Focused {
			kind, typed = o.Complete, text
		}
		if o.Complete == "drug" {
			drug = text
		}
	}
	if kind == "" {
		return suggestions(nil)
	}
	typed, _ = cut(line(typed), maxOption)
	return suggestions(a.config.Complete(kind, typed, drug))
}

// suggestions completes an option. The list is never null: clients wait for it.
func suggestions(list []Suggestion) response {
	type choice struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
	choices := []choice{}
	seen := map[string]bool{}
	for _, s := range list {
		name, value := clip(line(s.Label), maxOption), line(s.Value)
		if name == "" || value == "" || chars(value) > maxOption || seen[value] || seen["\n"+name] || len(choices) == maxChoices {
			continue
		}
		seen[value], seen["\n"+name] = true, true
		choices = append(choices, choice{name, value})
	}
	return response{
		Type: discordgo.InteractionApplicationCommandAutocompleteResult,
		Data: map[string]any{"choices": choices}, as: "answered",
	}
}
