package command

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"iobot/bot"
	"iobot/index"
	"iobot/knowledge"
)

// asking is one request being answered, with the one snapshot of the
// knowledge that the whole answer comes from.
type asking struct {
	Deps
	bot.Input
	ctx      context.Context
	snapshot *index.Snapshot
	base     *knowledge.Base
	*prepared
}

// finish stamps a reply with the revision, and with the least trusted review
// among the entries that carry it.
func (a *asking) finish(r *bot.Reply) {
	r.Revision = a.base.Revision
	if r.Review.Status == "" {
		r.Review = a.review(r.Entries)
	}
	if kind := firstKind(r); r.Outcome == bot.Answer && (kind == index.Article || kind == index.Device) {
		r.Pictures = a.entryPictures(knowledge.ID(r.Entries[0]))
	}
	a.notice(r)
	if a.Desk != nil {
		a.listen(r)
	}
}

// firstKind is the kind of the entry that carries a reply; empty when none
// does.
func firstKind(r *bot.Reply) string {
	if len(r.Entries) == 0 {
		return ""
	}
	return knowledge.ID(r.Entries[0]).Kind()
}

// notice puts the notices about the entries of a reply before everything else.
func (a *asking) notice(r *bot.Reply) {
	var seen []string
	var notices []bot.Block
	for _, id := range r.Entries {
		for _, n := range a.base.NoticesFor(knowledge.ID(id), a.At) {
			if !slices.Contains(seen, n.ID) {
				seen = append(seen, n.ID)
				notices = append(notices, bot.Warning{Text: fmt.Sprintf("Notice until %s: %s", date(n.Until), n.Text.Text)})
			}
		}
	}
	r.Blocks = append(notices, r.Blocks...)
}

// listen asks whether an answer helped, and notes a question that has none.
func (a *asking) listen(r *bot.Reply) {
	switch {
	case r.Outcome == bot.Answer && len(r.Entries) > 0:
		about := " " + r.Entries[0] + " " + r.Revision
		r.Feedback = []bot.Choice{{Label: "Helpful", Command: "feedback yes" + about}, {Label: "Not helpful", Command: "feedback no" + about}}
	case r.Outcome == bot.NotFound && !a.Again:
		nearest := ""
		if len(r.Choices) > 0 {
			nearest = strings.TrimPrefix(r.Choices[0].Command, "ask ")
		}
		a.Desk.Missed(a.Line, nearest, a.At)
	}
}

// trust orders the review states from the most to the least trusted.
var trust = []knowledge.Status{
	knowledge.Verified, knowledge.Unreviewed, knowledge.Overdue, knowledge.Expired, knowledge.Withdrawn,
}

func (a *asking) review(entries []string) bot.Review {
	var worst bot.Review
	rank := -1
	for _, id := range entries {
		meta, ok := a.base.Entry(knowledge.ID(id))
		if !ok {
			continue
		}
		if i := trustRank(meta.Review.At(a.At)); i > rank {
			rank, worst = i, reviewOf(meta.Review, a.At)
		}
	}
	return worst
}

func trustRank(s knowledge.Status) int {
	for i, t := range trust {
		if s == t {
			return i
		}
	}
	return len(trust)
}

func reviewOf(r knowledge.Review, at time.Time) bot.Review {
	return bot.Review{Status: string(r.At(at)), By: r.By, On: date(r.On), Due: date(r.Due)}
}

func date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}
