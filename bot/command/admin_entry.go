package command

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"iobot/bot"
	"iobot/bot/editorial"
	"iobot/bot/store"
	"iobot/knowledge"
)

func adminWithdraw(a *administering) (bot.Reply, error) {
	entry, rest, err := a.wholeEntry()
	if err != nil {
		return bot.Reply{}, err
	}
	why, ask := a.why(rest, "admin withdraw "+string(entry), "Withdraw "+a.title(entry), "Withdraw")
	if ask != nil {
		return *ask, nil
	}
	rev, err := a.Desk.Withdraw(a.ctx, a.actor, entry, why)
	var unsaved editorial.Unsaved
	if errors.As(err, &unsaved) {
		return bot.Reply{Outcome: bot.Answer, Title: a.title(entry) + " is withdrawn, but not stored", Blocks: []bot.Block{
			bot.Warning{Text: "It is out of use now. It could not be stored and would be back after a restart; it is tried again every few seconds."},
			bot.Lead{Text: "Tell whoever runs the bot: " + unsaved.Err.Error()},
		}}, nil
	}
	if err != nil {
		return bot.Reply{}, err
	}
	r := a.live(rev)
	r.Title = a.title(entry) + " is withdrawn"
	r.Blocks = []bot.Block{bot.Lead{Text: "It is out of use at once. Answers that were shared in the last 24 hours are corrected. Bringing it back takes two others."}}
	r.Choices = []bot.Choice{
		{Label: "Bring it back", Command: "admin restore " + string(entry)},
		{Label: "Roll back its latest change", Command: "admin rollback " + string(entry)},
	}
	return r, nil
}

func adminRestore(a *administering) (bot.Reply, error) {
	entry, rest, err := a.wholeEntry()
	if err != nil {
		return bot.Reply{}, err
	}
	return a.back(rest, "admin restore "+string(entry), "Restore "+a.title(entry), func(why string) (editorial.Proposal, error) {
		return a.Desk.Restore(a.ctx, a.actor, entry, why)
	})
}

func adminRollback(a *administering) (bot.Reply, error) {
	entry, rest, err := a.wholeEntry()
	if err != nil {
		return bot.Reply{}, err
	}
	line := "admin rollback " + string(entry)
	revision := int64(0)
	if word, after, _ := strings.Cut(rest, " "); word != "" {
		if n, err := strconv.ParseInt(word, 10, 64); err == nil {
			revision, rest, line = n, after, line+" "+word
		}
	}
	return a.back(rest, line, "Roll back "+a.title(entry), func(why string) (editorial.Proposal, error) {
		return a.Desk.Rollback(a.ctx, a.actor, entry, revision, why)
	})
}

// back proposes an earlier text, once it is known why.
func (a *administering) back(typed, line, title string, propose func(why string) (editorial.Proposal, error)) (bot.Reply, error) {
	why, ask := a.why(typed, line, title, "Propose")
	if ask != nil {
		return *ask, nil
	}
	p, err := propose(why)
	if err != nil {
		return bot.Reply{}, err
	}
	return a.proposal(p), nil
}

func adminVerify(a *administering) (bot.Reply, error) {
	entry, rest, err := a.wholeEntry()
	if err != nil {
		return bot.Reply{}, err
	}
	typed := strings.TrimSpace(strings.TrimPrefix(rest, "until"))
	if typed == "" {
		typed = strings.TrimSpace(a.Values["until"])
	}
	until, wrong := time.Parse(time.DateOnly, typed)
	if wrong != nil {
		return a.askUntil(entry, typed), nil
	}
	rev, err := a.Desk.Verify(a.ctx, a.actor, entry, until)
	if err != nil {
		return bot.Reply{}, err
	}
	return a.live(rev), nil
}

// askUntil asks how long a sign-off holds. A year is offered.
func (a *administering) askUntil(entry knowledge.ID, typed string) bot.Reply {
	line, inAYear := "admin verify "+string(entry), date(a.At.AddDate(1, 0, 0))
	field := bot.FormField{Name: "until", Label: "Your review holds until", Value: inAYear, Hint: "A date such as " + inAYear}
	if typed != "" {
		field.Value, field.Problem = typed, "Write the date as year, month, day: "+inAYear
	}
	return bot.Reply{
		Outcome: bot.Clarify, Title: "Sign " + a.title(entry),
		Blocks: []bot.Block{bot.Lead{Text: "Until when does your review hold? " + line + " until " + inAYear}},
		Form:   &bot.Form{Title: "Sign", Line: line, Submit: "Sign", Fields: []bot.FormField{field}},
	}
}

func adminHistory(a *administering) (bot.Reply, error) {
	var entry knowledge.ID
	title := "History"
	if a.rest != "" {
		var err error
		if entry, _, err = a.wholeEntry(); err != nil {
			return bot.Reply{}, err
		}
		title += " of " + a.title(entry)
	}
	revisions, err := a.Desk.History(a.ctx, entry, maxHistoryShown)
	if err != nil {
		return bot.Reply{}, err
	}
	r := bot.Reply{Outcome: bot.Answer, Title: title}
	if len(revisions) == 0 {
		r.Blocks = []bot.Block{bot.Lead{Text: "Nothing has been changed here: it is as it came with the content."}}
		return r, nil
	}
	for _, rev := range revisions {
		r.Blocks = append(r.Blocks, bot.Heading{Text: revisionTitle(rev)}, bot.Bullets{Items: rev.Changes}, bot.Note{Text: revisionNote(rev)})
	}
	if entry != "" {
		r.Choices = []bot.Choice{{Label: "Roll back the latest change", Command: "admin rollback " + string(entry)}}
	}
	return r, nil
}

// maxHistoryShown is how many revisions a reply lists.
const maxHistoryShown = 10

func revisionTitle(rev store.Revision) string {
	return fmt.Sprintf("Revision %d, %s, %s UTC", rev.Number, rev.Kind, rev.At.UTC().Format("2006-01-02 15:04"))
}

func revisionNote(rev store.Revision) string {
	text := "By " + rev.Author
	if len(rev.Approvers) > 0 {
		text += ", approved by " + joinWords(rev.Approvers)
	}
	if rev.Why != "" {
		text += ": " + rev.Why
	}
	return text + " · knowledge " + rev.Knowledge
}

func adminKeep(a *administering) (bot.Reply, error) {
	which, rest, _ := strings.Cut(a.rest, " ")
	if which != "chat" && which != "files" {
		return bot.Reply{}, a.usage("chat site/sternum")
	}
	entry, rest, err := a.kept(rest)
	if err != nil {
		return bot.Reply{}, err
	}
	why := because(rest)
	if which == "files" {
		reason, ask := a.why(rest, "admin keep files "+string(entry), "Keep the file of "+a.title(entry), "Propose")
		if ask != nil {
			return *ask, nil
		}
		why = reason
	}
	p, err := a.Desk.Keep(a.ctx, a.actor, entry, which == "files", why)
	if err != nil {
		return bot.Reply{}, err
	}
	if which == "files" {
		return a.proposal(p), nil
	}
	return a.said("Kept", "The change made in chat stays live. Write the same into the file, or export the content, so that the folder agrees."), nil
}

// kept reads what is to be kept: an entry, or a file that holds none.
func (a *administering) kept(text string) (knowledge.ID, string, error) {
	file, rest, _ := strings.Cut(text, " ")
	if strings.HasSuffix(file, ".yaml") {
		return knowledge.ID(file), rest, nil
	}
	a.rest = text
	id, rest, err := a.entry()
	entry, _ := splitPart(id)
	return entry, rest, err
}
