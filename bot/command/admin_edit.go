package command

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"iobot/bot"
	"iobot/bot/editorial"
	"iobot/knowledge"
)

// adminEdit shows the parts of an entry, the form of one part, or takes what
// was typed into it.
func adminEdit(a *administering) (bot.Reply, error) {
	id, rest, err := a.entry()
	if err != nil {
		return bot.Reply{}, err
	}
	entry, part := splitPart(id)
	parts, err := a.Desk.Parts(a.ctx, entry)
	if err != nil {
		return bot.Reply{}, err
	}
	values := a.Values
	if values == nil && rest != "" {
		if part, values, err = assignment(entry, parts, part, rest); err != nil {
			return bot.Reply{}, err
		}
	}
	i := slices.IndexFunc(parts, func(p knowledge.Part) bool { return p.ID == part })
	switch {
	case i < 0:
		return a.chooseParts(entry, part, parts)
	case values == nil:
		return a.partForm(entry, parts[i], nil), nil
	}
	edited, err := a.Desk.Edit(a.ctx, a.actor, entry, part, values)
	if err != nil {
		return bot.Reply{}, err
	}
	return a.edited(entry, edited), nil
}

func splitPart(id knowledge.ID) (entry knowledge.ID, part string) {
	e, part, _ := strings.Cut(string(id), "#")
	return knowledge.ID(e), part
}

// assignment reads "FIELD = VALUE" for a part, or for the one part of a group
// that has the field. Where several have it, nobody knows which is meant.
func assignment(entry knowledge.ID, parts []knowledge.Part, part, text string) (string, map[string]string, error) {
	name, value, ok := strings.Cut(text, "=")
	name = strings.ToLower(strings.TrimSpace(name))
	if !ok {
		return "", nil, bot.VisibleError("Write FIELD = VALUE after the entry, or nothing to get the form.")
	}
	var found, field []string
	for _, p := range parts {
		i := slices.IndexFunc(p.Fields, func(f knowledge.EditField) bool { return f.Name == name || strings.EqualFold(f.Label, name) })
		if i >= 0 && p.ID == part {
			found, field = []string{p.ID}, []string{p.Fields[i].Name}
			break
		}
		if i >= 0 && within(p.ID, part) {
			found, field = append(found, p.ID), append(field, p.Fields[i].Name)
		}
	}
	switch len(found) {
	case 0:
		return "", nil, bot.VisibleError(fmt.Sprintf("There is no field %q there. Leave it out to see what can be changed.", name))
	case 1:
		return found[0], map[string]string{field[0]: strings.TrimSpace(value)}, nil
	}
	return "", nil, bot.VisibleError(fmt.Sprintf("There is a field %q in each of: %s. Say which, such as: admin edit %s#%s %s = %s",
		name, strings.Join(found[:min(len(found), maxListed)], ", "), entry, found[0], name, strings.TrimSpace(value)))
}

// within reports whether a part is the one named, or in the group named.
func within(id, named string) bool {
	return named == "" || id == named || strings.HasPrefix(id, named+"/")
}

// chooseParts offers the parts of an entry, or of one group of them.
func (a *administering) chooseParts(entry knowledge.ID, group string, parts []knowledge.Part) (bot.Reply, error) {
	r := bot.Reply{Outcome: bot.Clarify, Title: "Edit " + a.title(entry), Entries: []string{string(entry)},
		Blocks: []bot.Block{bot.Lead{Text: "What do you want to change? Nothing goes live before others have approved it."}}}
	seen := map[string]bool{}
	for _, p := range parts {
		if !within(p.ID, group) {
			continue
		}
		id, label := p.ID, p.Title
		if head, ok := groupOf(p, parts); ok && group == "" {
			id, label = head, groupTitle(p.Title)
		}
		if !seen[id] {
			seen[id] = true
			r.Choices = append(r.Choices, bot.Choice{Label: label, Command: "admin edit " + string(entry) + "#" + id})
		}
	}
	if len(r.Choices) == 0 {
		return r, bot.VisibleError(fmt.Sprintf("%s has no part %q. Leave it out to see what can be changed: admin edit %s", entry, group, entry))
	}
	return r, nil
}

// groupOf is the group that a part is offered in, so that a drug with many
// rules fits on a card: the rule. A part that is alone, or below another part,
// stands for itself.
func groupOf(p knowledge.Part, parts []knowledge.Part) (head string, grouped bool) {
	head, _, below := strings.Cut(p.ID, "/")
	if !below || !strings.Contains(p.Title, ": ") {
		return "", false
	}
	members := 0
	for _, other := range parts {
		if other.ID == head {
			return "", false
		}
		if strings.HasPrefix(other.ID, head+"/") {
			members++
		}
	}
	return head, members > 1
}

// groupTitle is the title of a group of parts: what stands before the colon.
func groupTitle(title string) string {
	head, _, _ := strings.Cut(title, ": ")
	return head
}

func (a *asking) title(entry knowledge.ID) string {
	if m, ok := a.base.Entry(entry); ok {
		return m.Title
	}
	return string(entry)
}

// partForm is the form of a part, with what is wrong beside its fields.
func (a *administering) partForm(entry knowledge.ID, p knowledge.Part, mistakes map[string]string) bot.Reply {
	line := "admin edit " + string(entry) + "#" + p.ID
	form := &bot.Form{Title: clipText(p.Title, bot.MaxFormTitle), Line: line, Submit: "Save draft"}
	rows := make([]bot.Field, 0, len(p.Fields))
	var locked []string
	for _, f := range p.Fields {
		if f.Locked != "" {
			locked = append(locked, f.Label+": "+f.Locked)
			continue
		}
		form.Fields = append(form.Fields, bot.FormField{
			Name: f.Name, Label: clipText(f.Label, bot.MaxFormLabel), Hint: clipText(f.Hint, bot.MaxFormHint),
			Value: f.Value, Long: f.Long, Optional: f.Optional, Choices: sameChoices(f.Choices), Problem: mistakes[f.Name],
		})
		rows = append(rows, bot.Field{Label: f.Name, Value: orNothing(f.Value)})
	}
	r := bot.Reply{Outcome: bot.Clarify, Title: "Edit " + a.title(entry) + ": " + p.Title, Form: form, Blocks: []bot.Block{
		bot.Text{Text: "Fill in the form, or type one field: " + line + " FIELD = VALUE"},
		bot.Fields{Rows: rows},
	}}
	if len(locked) > 0 {
		r.Blocks = append(r.Blocks, bot.Bullets{Items: locked})
	}
	if len(form.Fields) == 0 {
		r.Form = nil
	}
	if len(mistakes) > 0 {
		a.notRight(&r, p.Title, mistakes)
	}
	return r
}

// notRight says what is wrong with the form of a part. Where every mistake
// stands beside its field of a form that was just sent, the platform shows it
// there.
func (a *administering) notRight(r *bot.Reply, part string, mistakes map[string]string) {
	r.Title = "Not right yet: " + part
	var list []string
	for _, name := range slices.Sorted(maps.Keys(mistakes)) {
		list = append(list, name+": "+mistakes[name])
	}
	if a.Values != nil && r.Form != nil && marks(r.Form, mistakes) {
		r.Blocks = []bot.Block{
			bot.Lead{Text: "What you typed is kept in the draft. Mend what is marked in the form."}, bot.Note{Text: strings.Join(list, "; ")},
		}
		return
	}
	r.Blocks = append([]bot.Block{bot.Lead{Text: "What you typed is kept in the draft. This has to be mended:"}, bot.Bullets{Items: list}}, r.Blocks...)
}

// marks reports whether a form shows every mistake beside its field, so that
// nothing more has to be said.
func marks(form *bot.Form, mistakes map[string]string) bool {
	shown := 0
	for _, f := range form.Fields {
		if f.Problem != "" {
			shown++
		}
	}
	return shown == len(mistakes)
}

func orNothing(s string) string {
	if s == "" {
		return "(empty)"
	}
	return s
}

func sameChoices(list []string) []bot.Choice {
	var out []bot.Choice
	for _, s := range list {
		out = append(out, bot.Choice{Label: s, Command: s})
	}
	return out
}

// edited says what became of an edit and what comes next.
func (a *administering) edited(entry knowledge.ID, e editorial.Edited) bot.Reply {
	if len(e.Mistakes) > 0 {
		return a.partForm(entry, e.Part, e.Mistakes)
	}
	id := strconv.FormatInt(e.Draft.ID, 10)
	r := bot.Reply{
		Outcome: bot.Answer, Title: "Saved in draft " + id + ": " + a.title(entry),
		Blocks: []bot.Block{bot.Lead{Text: "It is not live. When the draft is finished, propose it, and others can approve it."}},
		Choices: []bot.Choice{
			{Label: "What it changes", Command: "admin diff " + id},
			{Label: "Edit more", Command: "admin edit " + string(entry)},
		},
	}
	if len(e.Others) > 0 {
		r.Blocks = append(r.Blocks, bot.Heading{Text: "Before it can be proposed"}, bot.Bullets{Items: e.Others})
	} else {
		r.Choices = append([]bot.Choice{{Label: "Propose", Command: "admin propose " + id}}, r.Choices...)
	}
	return r
}
