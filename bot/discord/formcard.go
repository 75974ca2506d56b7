package discord

import (
	"maps"
	"slices"
	"strings"

	"iobot/bot"
)

// above are the texts that may stand over the fields of a form, the best
// first: the warnings of the reply and what else it says, or nothing where the
// fields speak for themselves.
func above(r bot.Reply) []string {
	f := flow{room: size{readable / 2, maxTextBytes / 4}}
	parts, silent := warnings(r), true
	for _, b := range besides(r) {
		f.block(b)
		switch b.(type) {
		case bot.Lead, bot.Note:
		default:
			silent = false
		}
	}
	if text := join(f.pieces); text != "" {
		parts = append(parts, text)
	}
	if silent {
		return []string{strings.Join(parts, "\n"), ""}
	}
	return []string{strings.Join(parts, "\n")}
}

// besides are the blocks of a reply without the list of what the fields of its
// form hold: the form shows that.
func besides(r bot.Reply) []bot.Block {
	if _, ok := formIDs(r.Form); !ok {
		return r.Blocks
	}
	return slices.DeleteFunc(slices.Clone(r.Blocks), func(b bot.Block) bool {
		list, ok := b.(bot.Fields)
		return ok && !slices.ContainsFunc(list.Rows, func(row bot.Field) bool { return !names(r.Form, row.Label) })
	})
}

// names reports whether a form has a field of a name.
func names(f *bot.Form, name string) bool {
	return slices.ContainsFunc(f.Fields, func(x bot.FormField) bool { return x.Name == name })
}

// troubled reports whether something is wrong with what a form was filled with.
func troubled(f *bot.Form) bool {
	return slices.ContainsFunc(f.Fields, func(x bot.FormField) bool { return x.Problem != "" })
}

// form says what is wrong with each field of a form that cannot be shown here,
// unless the reply says it, and returns the form when a button can open it.
func (f *flow) form(r bot.Reply) *bot.Form {
	form := r.Form
	if form == nil {
		return nil
	}
	f.gap = true
	for _, field := range form.Fields {
		if field.Problem != "" && !f.says(field.Problem) {
			f.row(bot.Field{Label: field.Label, Value: field.Problem})
		}
	}
	if !carries(form.Line) || line(form.Title) == "" {
		f.typed([]bot.Choice{{Label: "To open the form", Command: form.Line}})
		return nil
	}
	return form
}

// says reports whether a text stands in one of the pieces.
func (f *flow) says(text string) bool {
	shown := literal(line(text))
	return slices.ContainsFunc(f.pieces, func(p piece) bool { return strings.Contains(p.text, shown) })
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
