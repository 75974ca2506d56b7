package command

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"iobot/bot"
	"iobot/bot/editorial"
	"iobot/bot/store"
)

// most lines that a list in a reply has.
const maxListed = 20

// number reads a number that may follow a verb.
func (a *administering) number(otherwise int) (int, error) {
	if a.rest == "" {
		return otherwise, nil
	}
	n, err := strconv.Atoi(a.rest)
	if err != nil || n < 1 || n > 3650 {
		return 0, a.usage(strconv.Itoa(otherwise))
	}
	return n, nil
}

// count is a number of things.
func count(n int, thing string) string {
	switch {
	case n == 1:
		return "1 " + thing
	case strings.HasSuffix(thing, "y") && thing != "day":
		return fmt.Sprintf("%d %sies", n, strings.TrimSuffix(thing, "y"))
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

func adminStale(a *administering) (bot.Reply, error) {
	days, err := a.number(90)
	if err != nil {
		return bot.Reply{}, err
	}
	list := a.Desk.Stale(days)
	r := bot.Reply{Outcome: bot.Answer, Title: "Due for review within " + count(days, "day")}
	if len(list) == 0 {
		r.Blocks = []bot.Block{bot.Lead{Text: "Nothing is due."}}
		return r, nil
	}
	r.Blocks = append(r.Blocks, bot.Lead{Text: "Due or over: " + count(len(list), "entry")})
	var rows []bot.Field
	for _, s := range list[:min(len(list), maxListed)] {
		rows = append(rows, bot.Field{Label: string(s.Entry), Value: fmt.Sprintf("%s, due %s, owner %s", s.Status, cmp.Or(date(s.Due), "never"), cmp.Or(s.Owner, "nobody"))})
		r.Choices = append(r.Choices, bot.Choice{Label: s.Title, Command: "ask " + string(s.Entry)})
	}
	r.Blocks = append(r.Blocks, bot.Fields{Rows: rows}, bot.Note{Text: "Read an entry, and when it is right: admin verify ENTRY until DATE"})
	r.Choices = r.Choices[:min(len(r.Choices), 5)]
	return r, nil
}

func adminOwners(a *administering) (bot.Reply, error) {
	owned := map[string]int{}
	for _, m := range a.base.Entries() {
		owned[cmp.Or(m.Owner, "nobody")]++
	}
	var rows []bot.Field
	for _, owner := range slices.Sorted(maps.Keys(owned)) {
		value := count(owned[owner], "entry")
		known := slices.ContainsFunc(a.Desk.People(), func(p editorial.Person) bool { return p.Name == owner })
		if !known {
			value += "; not among the people of the settings, so nobody is reminded"
		}
		rows = append(rows, bot.Field{Label: owner, Value: value})
	}
	return bot.Reply{Outcome: bot.Answer, Title: "Who looks after what", Blocks: []bot.Block{
		bot.Fields{Rows: rows}, bot.Note{Text: "Change the owner or deputy of an entry with admin edit ENTRY."},
	}}, nil
}

func adminUnanswered(a *administering) (bot.Reply, error) {
	list, err := a.Desk.Unanswered(a.ctx, maxListed)
	if err != nil {
		return bot.Reply{}, err
	}
	r := bot.Reply{Outcome: bot.Answer, Title: "Questions without an answer"}
	if len(list) == 0 {
		r.Blocks = []bot.Block{bot.Lead{Text: "There are none."}}
		return r, nil
	}
	var rows []bot.Field
	for _, u := range list {
		value := fmt.Sprintf("%s, asked %s, last %s", u.Words, count(u.Count, "time"), u.Last.Format(time.DateOnly))
		if u.Nearest != "" {
			value += ", nearest " + u.Nearest
		}
		if u.Assigned != "" {
			value += ", with " + u.Assigned
		}
		rows = append(rows, bot.Field{Label: fmt.Sprintf("Question %d", u.ID), Value: value})
	}
	for _, u := range list[:min(len(list), 3)] {
		id := strconv.FormatInt(u.ID, 10)
		r.Choices = append(r.Choices, bot.Choice{Label: "Assign " + id + " to me", Command: "admin assign " + id + " " + a.actor.Name}, bot.Choice{Label: "Close " + id, Command: "admin close " + id})
	}
	r.Blocks = []bot.Block{bot.Fields{Rows: rows}, bot.Note{Text: "Only words that the knowledge knows are kept; «?» stands for the others. Assign one with: admin assign QUESTION NAME"}}
	return r, nil
}

func adminAssign(a *administering) (bot.Reply, error) {
	id, name, err := a.draft()
	if err != nil || name == "" {
		return bot.Reply{}, a.usage("3 Kim Lee")
	}
	p, err := a.Desk.Assign(a.ctx, a.actor, id, name)
	if err != nil {
		return bot.Reply{}, err
	}
	return a.said("Assigned", fmt.Sprintf("Question %d is with %s now.", id, p.Name)), nil
}

func adminClose(a *administering) (bot.Reply, error) {
	id, _, err := a.draft()
	if err != nil {
		return bot.Reply{}, a.usage("3")
	}
	if err := a.Desk.Settle(a.ctx, a.actor, id); err != nil {
		return bot.Reply{}, err
	}
	return a.said("Closed", fmt.Sprintf("Question %d is off the list. If it is asked again it comes back.", id)), nil
}

func adminFeedback(a *administering) (bot.Reply, error) {
	days, err := a.number(30)
	if err != nil {
		return bot.Reply{}, err
	}
	list, err := a.Desk.FeedbackSince(a.ctx, days)
	if err != nil {
		return bot.Reply{}, err
	}
	r := bot.Reply{Outcome: bot.Answer, Title: "Feedback of the last " + count(days, "day")}
	if len(list) == 0 {
		r.Blocks = []bot.Block{bot.Lead{Text: "There is none."}}
		return r, nil
	}
	var rows []bot.Field
	for _, f := range list[:min(len(list), maxListed)] {
		value := fmt.Sprintf("helped %d, did not help %d", f.Helpful, f.NotHelpful)
		if len(f.Reasons) > 0 {
			value += ": " + strings.Join(f.Reasons, "; ")
		}
		rows = append(rows, bot.Field{Label: f.Entry, Value: value})
	}
	r.Blocks = []bot.Block{bot.Fields{Rows: rows}, bot.Note{Text: "Reasons are kept in words that the knowledge knows. Who gave them is not kept."}}
	return r, nil
}

func adminTest(a *administering) (bot.Reply, error) {
	result := a.Desk.Test(a.ctx)
	if result.Asked == 0 {
		return a.said("Golden questions", "There are none. Whoever looks after the folder writes them in golden.yaml."), nil
	}
	if len(result.Wrong) == 0 {
		return a.said("Golden questions", fmt.Sprintf("All %d are answered as expected.", result.Asked)), nil
	}
	return bot.Reply{Outcome: bot.Answer, Title: "Golden questions", Blocks: []bot.Block{
		bot.Warning{Text: fmt.Sprintf("%d of %d are not answered as expected.", len(result.Wrong), result.Asked)},
		bot.Bullets{Items: goldenLines(result.Wrong)},
	}}, nil
}

func adminStatus(a *administering) (bot.Reply, error) {
	drafts, err := a.Desk.Drafts(a.ctx)
	if err != nil {
		return bot.Reply{}, err
	}
	waiting := 0
	for _, d := range drafts {
		if d.State == store.Proposed {
			waiting++
		}
	}
	revisions, err := a.Desk.History(a.ctx, "", 1)
	if err != nil {
		return bot.Reply{}, err
	}
	rows := []bot.Field{
		{Label: "Knowledge", Value: a.base.Revision},
		{Label: "Reviewed", Value: a.reviewCounts()},
		{Label: "Drafts", Value: fmt.Sprintf("%d, of which %d wait for approval", len(drafts), waiting)},
		{Label: "Due for review within 90 days", Value: strconv.Itoa(len(a.Desk.Stale(90)))},
		{Label: "Program", Value: a.Version},
	}
	if len(revisions) > 0 {
		rows = slices.Insert(rows, 1, bot.Field{Label: "Latest change", Value: revisionTitle(revisions[0])})
	}
	r := bot.Reply{Outcome: bot.Answer, Title: "Status", Blocks: []bot.Block{bot.Fields{Rows: rows}}, Choices: []bot.Choice{
		{Label: "Drafts", Command: "admin drafts"}, {Label: "Due for review", Command: "admin stale"}, {Label: "Golden questions", Command: "admin test"},
	}}
	if trouble := a.Desk.Trouble(); len(trouble) > 0 {
		r.Blocks = append([]bot.Block{bot.Warning{Text: "Not everything is as it should be."}, bot.Bullets{Items: trouble}}, r.Blocks...)
	}
	return r, nil
}

func adminRoles(a *administering) (bot.Reply, error) {
	var rows []bot.Field
	for _, p := range a.Desk.People() {
		var roles []string
		for _, role := range p.Roles {
			roles = append(roles, string(role))
		}
		rows = append(rows, bot.Field{Label: p.Name, Value: cmp.Or(joinWords(roles), "no role")})
	}
	lead := "You have no role: you can ask, and nothing else."
	if a.actor.Name != "" {
		lead = "You are " + a.actor.Name + "."
	}
	r := bot.Reply{Outcome: bot.Answer, Title: "Roles", Blocks: []bot.Block{bot.Lead{Text: lead}}}
	if len(rows) > 0 {
		r.Blocks = append(r.Blocks, bot.Fields{Rows: rows})
	}
	r.Blocks = append(r.Blocks, bot.Note{Text: "Your account is " + editorial.Account(a.Request) + ". Whoever runs the bot gives roles in its settings, under people."})
	return r, nil
}

func adminAudit(a *administering) (bot.Reply, error) {
	if a.rest == "verify" {
		n, err := a.Desk.VerifyAudit(a.ctx)
		if err != nil {
			return bot.Reply{Outcome: bot.Answer, Title: "The audit is not whole", Blocks: []bot.Block{
				bot.Warning{Text: "Somebody or something changed what was recorded: " + err.Error()},
				bot.Lead{Text: "Stop making changes and tell whoever runs the bot."},
			}}, nil
		}
		return a.said("The audit is whole", fmt.Sprintf("%d acts; none was changed or removed.", n)), nil
	}
	acts, err := a.Desk.Acts(a.ctx, a.rest, maxListed)
	if err != nil {
		return bot.Reply{}, err
	}
	r := bot.Reply{Outcome: bot.Answer, Title: "Audit", Choices: []bot.Choice{{Label: "Check that it is whole", Command: "admin audit verify"}}}
	if len(acts) == 0 {
		r.Blocks = []bot.Block{bot.Lead{Text: "Nothing is recorded."}}
		return r, nil
	}
	var items []string
	for _, act := range acts {
		items = append(items, strings.TrimSpace(fmt.Sprintf("%d · %s UTC · %s · %s %s · %s",
			act.Number, act.At.UTC().Format("2006-01-02 15:04"), cmp.Or(act.Person, act.Account), act.Verb, act.Subject, act.Detail)))
	}
	r.Blocks = []bot.Block{bot.Bullets{Items: items}}
	return r, nil
}

func adminChanges(a *administering) (bot.Reply, error) {
	channel := store.Channel{Platform: a.Platform, Tenant: a.Tenant, Channel: a.Channel}
	switch {
	case a.rest != "post" && a.rest != "stop":
		return bot.Reply{}, a.usage("post")
	case a.Channel == "":
		return bot.Reply{}, bot.VisibleError("Type this in the channel that changes are to be announced in.")
	}
	if err := a.Desk.Follow(a.ctx, a.actor, channel, a.rest == "post"); err != nil {
		return bot.Reply{}, err
	}
	if a.rest == "stop" {
		return a.said("No more announcements", "Changes are no longer announced in this channel."), nil
	}
	return a.said("Changes are announced here", "Every change that goes live is posted in this channel: what changed, why, and who approved it. The bot has to be a member of the channel."), nil
}

func adminForget(a *administering) (bot.Reply, error) {
	if !strings.Contains(a.rest, ":") || !strings.Contains(a.rest, "/") {
		return bot.Reply{}, a.usage("slack:T0001/U0001")
	}
	n, err := a.Desk.Forget(a.ctx, a.actor, a.rest)
	if err != nil {
		return bot.Reply{}, err
	}
	if n == 0 {
		return a.said("Nothing to forget", "Nothing is kept about that account. Questions and feedback are kept without saying who asked."), nil
	}
	return a.said("Forgotten", "The name and the accounts are erased. What was done stays in the record, done by a forgotten person."), nil
}
