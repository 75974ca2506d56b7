package command

import (
	"context"
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
