package command

import (
	"context"
	"errors"
	"slices"
	"strings"

	"iobot/bot"
	"iobot/bot/editorial"
	"iobot/bot/store"
	"iobot/knowledge"
)

// adminVerb is one thing that the admin command does.
type adminVerb struct {
	name    string
	usage   string // what follows the name
	summary string
	open    bool // answers everybody, whether they have a role or not
	slow    bool // builds or checks the whole knowledge
	run     func(*administering) (bot.Reply, error)
}

// adminVerbs returns what the admin command does, in the order its help lists
// it. It is the one table of them.
func adminVerbs() []adminVerb {
	return []adminVerb{
		{name: "edit", usage: "ENTRY", summary: "change an entry, part by part, in a draft", run: adminEdit},
		{name: "drafts", summary: "what is being worked on, and what waits for approval", run: adminDrafts},
		{name: "diff", usage: "DRAFT", summary: "what a draft would change, doses first", slow: true, run: adminDiff},
		{name: "propose", usage: "DRAFT because WHY", summary: "ask others to approve a draft", slow: true, run: adminPropose},
		{name: "approve", usage: "DRAFT HASH", summary: "agree to a draft of somebody else, as it was shown", slow: true, run: adminApprove},
		{name: "reject", usage: "DRAFT because WHY", summary: "send a draft back to its author", run: adminReject},
		{name: "renew", usage: "DRAFT", summary: "lay a draft over what went live since it was started", slow: true, run: adminRenew},
		{name: "discard", usage: "DRAFT", summary: "throw a draft of yours away", run: adminDiscard},
		{name: "withdraw", usage: "ENTRY because WHY", summary: "take an entry out of use at once; one person is enough", slow: true, run: adminWithdraw},
		{name: "restore", usage: "ENTRY because WHY", summary: "propose to bring a withdrawn entry back", slow: true, run: adminRestore},
		{name: "rollback", usage: "ENTRY [REVISION] because WHY", summary: "propose an entry as it was before", slow: true, run: adminRollback},
		{name: "verify", usage: "ENTRY until DATE", summary: "sign an entry that you have read", slow: true, run: adminVerify},
		{name: "history", usage: "[ENTRY]", summary: "who changed what, when and why", run: adminHistory},
		{name: "stale", usage: "[DAYS]", summary: "entries whose review is due", run: adminStale},
		{name: "owners", summary: "who looks after what", run: adminOwners},
		{name: "unanswered", summary: "questions without an answer", run: adminUnanswered},
		{name: "assign", usage: "QUESTION NAME", summary: "give an unanswered question to somebody", run: adminAssign},
		{name: "close", usage: "QUESTION", summary: "take a question off the list", run: adminClose},
		{name: "feedback", usage: "[DAYS]", summary: "which answers helped and which did not", run: adminFeedback},
		{name: "synonym", usage: "add WORD = OTHER because WHY", summary: "propose that words mean the same", slow: true, run: adminSynonym},
		{name: "banner", usage: "ENTRY until DATE TEXT", summary: "show a recall or local notice on answers", slow: true, run: adminBanner},
		{name: "keep", usage: "chat|files ENTRY", summary: "decide between a change in chat and one in the folder", slow: true, run: adminKeep},
		{name: "changes", usage: "post|stop", summary: "announce changes in this channel, or no longer", run: adminChanges},
		{name: "test", summary: "ask the golden questions", slow: true, run: adminTest},
		{name: "status", summary: "what is live, and what is wrong", run: adminStatus},
		{name: "roles", summary: "who may do what, and what you may", open: true, run: adminRoles},
		{name: "audit", usage: "[verify|ENTRY]", summary: "what was done, by whom", run: adminAudit},
		{name: "forget", usage: "ACCOUNT", summary: "erase the name behind an account", run: adminForget},
	}
}

// administering is one admin line being run by somebody with a role.
type administering struct {
	*asking
	actor editorial.Actor
	verb  adminVerb
	rest  string // what follows the verb
}

// admin is the command for the people who look after the knowledge.
func admin(r *runner) bot.Command {
	verbs := adminVerbs()
	return bot.Command{
		Name: "admin", Summary: "look after the knowledge: edit, approve, withdraw, review",
		Options:  []bot.Option{{Name: "what", Summary: "what to do, such as status, edit or drafts"}},
		Examples: []string{"admin", "admin edit drug/epinephrine", "admin drafts"},
		Staff:    true, Acts: true,
		Slow: func(args string) bool {
			name, rest, _ := strings.Cut(args, " ")
			i := slices.IndexFunc(verbs, func(v adminVerb) bool { return v.name == strings.ToLower(name) })
			return i >= 0 && (verbs[i].slow && strings.TrimSpace(rest) != "" || name == "test" || strings.Contains(rest, "="))
		},
		Run: func(ctx context.Context, in bot.Input) (bot.Reply, error) {
			snapshot := r.Library.Snapshot()
			a := &asking{ctx: ctx, Deps: r.Deps, Input: in, snapshot: snapshot, base: snapshot.Base(), prepared: r.prepare(snapshot.Base())}
			reply, err := administer(a, verbs)
			reply.Private = true
			if reply.Revision == "" {
				reply.Revision = r.Library.Snapshot().Base().Revision
			}
			return reply, err
		},
	}
}

// administer finds the verb of a line and runs it for somebody who may.
func administer(a *asking, verbs []adminVerb) (bot.Reply, error) {
	if a.Desk == nil {
		return bot.Reply{Outcome: bot.Refused, Title: "Nothing can be changed here", Blocks: []bot.Block{
			bot.Lead{Text: "This program runs without a settings file, so it keeps no changes. Start it with --config FILE."},
		}}, nil
	}
	name, rest, _ := strings.Cut(a.Args, " ")
	i := slices.IndexFunc(verbs, func(v adminVerb) bool { return v.name == strings.ToLower(name) })
	actor, ok := a.Desk.Actor(a.Request)
	if !ok && (i < 0 || !verbs[i].open) {
		a.Desk.Refused(a.ctx, a.Request, "admin") // what a stranger typed is not kept
		return a.denied("Only people with a role can do that."), nil
	}
	switch {
	case name == "":
		return adminMenu(a, verbs)
	case i < 0:
		return adminUnknown(name, verbs), nil
	}
	reply, err := verbs[i].run(&administering{asking: a, actor: actor, verb: verbs[i], rest: strings.TrimSpace(rest)})
	if err != nil {
		return a.notDone(err, "admin "+verbs[i].name)
	}
	return reply, nil
}

// notDone puts into a reply why nothing was changed. Other errors than those
// that people can do something about stay errors.
func (a *asking) notDone(err error, what string) (bot.Reply, error) {
	var denied editorial.Denied
	var visible bot.VisibleError
	switch {
	case errors.As(err, &denied):
		a.Desk.Refused(a.ctx, a.Request, what)
		return a.denied(denied.Error()), nil
	case errors.As(err, &visible):
		return nothingChanged(visible.Error()), nil
	case errors.Is(err, store.ErrConflict):
		return nothingChanged("Somebody else changed the same at this moment. Look at it again, and then try again."), nil
	case errors.Is(err, store.ErrUnwritable):
		return nothingChanged("It could not be stored. Answers are given as before. Tell whoever runs the bot: " + err.Error()), nil
	}
	return bot.Reply{}, err
}

func nothingChanged(why string) bot.Reply {
	return bot.Reply{Outcome: bot.Refused, Title: "Nothing was changed", Blocks: []bot.Block{bot.Lead{Text: why}}}
}

func (a *asking) denied(why string) bot.Reply {
	var who []string
	for _, p := range a.Desk.People() {
		if len(p.Roles) > 0 {
			who = append(who, p.Name)
		}
	}
	r := bot.Reply{Outcome: bot.Denied, Title: "Not allowed", Blocks: []bot.Block{bot.Lead{Text: why}}}
	if len(who) > 0 {
		r.Blocks = append(r.Blocks, bot.Note{Text: "People with a role: " + joinWords(who) + ". Whoever runs the bot gives roles in its settings."})
	} else {
		r.Blocks = append(r.Blocks, bot.Note{Text: "Nobody has a role yet. Whoever runs the bot gives roles in its settings, under people."})
	}
	return r
}

// adminMenu is what an editor or approver sees first: what waits for them.
func adminMenu(a *asking, verbs []adminVerb) (bot.Reply, error) {
	rows := make([]bot.Field, 0, len(verbs))
	for _, v := range verbs {
		rows = append(rows, bot.Field{Label: strings.TrimSpace("admin " + v.name + " " + v.usage), Value: v.summary})
	}
	return bot.Reply{
		Outcome: bot.Answer, Title: "Look after the knowledge",
		Blocks: []bot.Block{
			bot.Lead{Text: "Every change is a draft that others approve. Taking an entry out of use takes one person."},
			bot.Fields{Rows: rows},
		},
		Choices: []bot.Choice{
			{Label: "Drafts", Command: "admin drafts"}, {Label: "Status", Command: "admin status"},
			{Label: "Due for review", Command: "admin stale"}, {Label: "Unanswered", Command: "admin unanswered"},
		},
	}, nil
}

func adminUnknown(name string, verbs []adminVerb) bot.Reply {
	r := bot.Reply{Outcome: bot.Clarify, Title: "There is no admin " + name,
		Blocks: []bot.Block{bot.Lead{Text: "Type admin for what there is."}}}
	for _, v := range verbs {
		if strings.HasPrefix(v.name, strings.ToLower(name[:min(2, len(name))])) {
			r.Choices = append(r.Choices, bot.Choice{Label: v.name, Command: "admin " + v.name})
		}
	}
	r.Choices = append(r.Choices, bot.Choice{Label: "All", Command: "admin"})
	return r
}

// usage tells how a verb is written.
func (a *administering) usage(example string) error {
	return bot.VisibleError(strings.TrimSpace("Write admin "+a.verb.name+" "+a.verb.usage) + ", for example: admin " + a.verb.name + " " + example)
}

// entry reads the entry that the rest begins with, by its id or its exact
// name, and returns it with what follows.
func (a *administering) entry() (knowledge.ID, string, error) {
	words := strings.Fields(a.rest)
	if len(words) == 0 {
		return "", "", a.usage("drug/epinephrine")
	}
	id, part, _ := strings.Cut(words[0], "#")
	if _, ok := a.base.Entry(knowledge.ID(id)); ok {
		if part != "" {
			id += "#" + part
		}
		return knowledge.ID(id), strings.Join(words[1:], " "), nil
	}
	for n := min(len(words), maxNameWords); n > 0; n-- {
		if found, ok := a.named(strings.Join(words[:n], " ")); ok {
			return found, strings.Join(words[n:], " "), nil
		}
	}
	return "", "", a.unknownEntry(words[0])
}

// wholeEntry is entry for what is done to an entry as a whole.
func (a *administering) wholeEntry() (knowledge.ID, string, error) {
	id, rest, err := a.entry()
	entry, _ := splitPart(id)
	return entry, rest, err
}

// maxNameWords is how many words the name of an entry has at most.
const maxNameWords = 6

// named is the one entry that is called exactly so.
func (a *administering) named(name string) (knowledge.ID, bool) {
	var found []knowledge.ID
	for _, m := range a.base.Entries() {
		same := func(s string) bool { return strings.EqualFold(s, name) }
		if same(m.Title) || same(m.ID.Slug()) || slices.ContainsFunc(m.Aliases, same) {
			found = append(found, m.ID)
		}
	}
	for _, d := range a.base.Drugs {
		if (strings.EqualFold(d.Name, name) || strings.EqualFold(d.OtherName, name)) && !slices.Contains(found, d.ID) {
			found = append(found, d.ID)
		}
	}
	if len(found) != 1 {
		return "", false
	}
	return found[0], true
}

func (a *administering) unknownEntry(typed string) error {
	return bot.VisibleError("There is no entry " + typed + ". Write its id as in: admin " + a.verb.name +
		" drug/epinephrine. The command source NAME shows the id of an entry.")
}

// because cuts the word "because" off a reason.
func because(reason string) string {
	reason = strings.TrimSpace(reason)
	if word, rest, _ := strings.Cut(reason, " "); strings.EqualFold(strings.TrimSuffix(word, ":"), "because") {
		return strings.TrimSpace(rest)
	}
	return reason
}

// why is the reason that was typed after a line or into a form; without one
// the reply is the form that asks for it.
func (a *administering) why(typed, line, title, submit string) (string, *bot.Reply) {
	reason := because(typed)
	if reason == "" {
		reason = strings.TrimSpace(a.Values["why"])
	}
	if reason != "" {
		return reason, nil
	}
	field := bot.FormField{Name: "why", Label: "Why", Hint: "For the record, for example: RCH changed its guideline in 2026.", Long: true}
	if a.Values != nil {
		field.Problem = "Say why, so that others can judge it."
	}
	return "", &bot.Reply{
		Outcome: bot.Clarify, Title: title,
		Blocks: []bot.Block{bot.Lead{Text: "Say why: " + line + " because …"}},
		Form:   &bot.Form{Title: clipText(submit, bot.MaxFormTitle), Line: line, Submit: submit, Fields: []bot.FormField{field}},
	}
}

// clipText cuts a text to a number of characters.
func clipText(s string, most int) string {
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	return string(runes[:most-1]) + "…"
}
