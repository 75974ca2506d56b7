package discord

import (
	"maps"
	"slices"
	"strings"

	"iobot/bot"
)

// above is what stands over the fields of a form: the warnings of the reply
// and what else it says.
func above(r bot.Reply) string {
	f := flow{room: size{readable / 2, maxTextBytes / 4}}
	for _, b := range r.Blocks {
		f.block(b)
	}
	parts := warnings(r)
	if text := join(f.pieces); text != "" {
		parts = append(parts, text)
	}
	return strings.Join(parts, "\n")
}

// troubled reports whether something is wrong with what a form was filled with.
func troubled(f *bot.Form) bool {
	return slices.ContainsFunc(f.Fields, func(x bot.FormField) bool { return x.Problem != "" })
}

// form says what is wrong with each field of a form that cannot be shown here,
// and returns the form when a button can open it.
func (f *flow) form(form *bot.Form) *bot.Form {
	if form == nil {
		return nil
	}
	f.gap = true
	for _, field := range form.Fields {
		if field.Problem != "" {
			f.row(bot.Field{Label: field.Label, Value: field.Problem})
		}
	}
	if !carries(form.Line) || line(form.Title) == "" {
		f.typed([]bot.Choice{{Label: "To open the form", Command: form.Line}})
		return nil
	}
	return form
}

// withTyped adds to a reply what was typed into a form whose command did not
// get it, so that it is not lost.
func withTyped(r bot.Reply, values map[string]string) bot.Reply {
	if len(values) == 0 {
		return r
	}
	r.Blocks = append(slices.Clone(r.Blocks), bot.Note{Text: "What you typed stands below. Nothing of it was kept."})
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if values[name] != "" {
			r.Blocks = append(r.Blocks, bot.Heading{Text: name}, bot.Text{Text: values[name]})
		}
	}
	return r
}
