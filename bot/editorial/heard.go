package editorial

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"iobot/bot"
	"iobot/bot/store"
	"iobot/knowledge"
)

// maxHeard is how many questions wait to be stored. More are not counted: an
// answer never waits for the store.
const maxHeard = 256

// missed is a question that the knowledge has no answer to, in words that it
// knows.
type missed struct {
	words, nearest string
	at             time.Time
}

// Missed notes a question without an answer. Only words that the knowledge
// itself uses are kept, so that nothing can name a person.
func (d *Desk) Missed(question, nearest string, at time.Time) {
	words := d.library.Snapshot().KnownWords(question)
	if words == "" {
		return
	}
	select {
	case d.heard <- missed{words, nearest, at}:
	default:
	}
}

// Flush stores what was heard so far.
func (d *Desk) Flush(ctx context.Context) error {
	var list []missed
	for range len(d.heard) {
		list = append(list, <-d.heard)
	}
	if len(list) == 0 {
		return nil
	}
	return d.update(ctx, func(tx *store.Tx) error {
		for _, m := range list {
			if err := tx.AddUnanswered(m.words, m.nearest, m.at); err != nil {
				return err
			}
		}
		return nil
	})
}

// RunFlush stores what is heard every few seconds until ctx ends, and then
// once more.
func (d *Desk) RunFlush(ctx context.Context) {
	tick := time.NewTicker(5 * time.Second)
	defer tick.Stop()
	for {
		done := false
		select {
		case <-ctx.Done():
			done = true
		case <-tick.C:
		}
		if err := d.Flush(context.WithoutCancel(ctx)); err != nil {
			d.config.Log.Error("store unanswered questions", "err", err)
		}
		if done {
			return
		}
	}
}

// Unanswered are the questions without an answer, the most frequent first.
func (d *Desk) Unanswered(ctx context.Context, limit int) ([]store.Unanswered, error) {
	if err := d.Flush(ctx); err != nil {
		return nil, err
	}
	var list []store.Unanswered
	err := d.config.Store.View(ctx, func(tx *store.Tx) (err error) {
		list, err = tx.Unanswered(limit)
		return err
	})
	return list, err
}

// Assign gives an unanswered question to somebody, who is told.
func (d *Desk) Assign(ctx context.Context, a Actor, id int64, to string) (Person, error) {
	p, ok := d.named(to)
	if !ok {
		return p, bot.VisibleError(fmt.Sprintf("The settings know nobody called %q. Ask %s, or whoever runs the bot.", to, d.who(Editor, "")))
	}
	return p, d.update(ctx, func(tx *store.Tx) error {
		if err := tx.AssignUnanswered(id, p.Name); err != nil {
			return notThere(err, fmt.Sprintf("There is no unanswered question %d. Type: admin unanswered", id))
		}
		if len(p.Accounts) > 0 && p.Name != a.Name {
			m := message{
				Title: "A question without an answer",
				Lead:  fmt.Sprintf("%s asks you to look after unanswered question %d.", a.Name, id),
				Choices: []bot.Choice{
					{Label: "Unanswered questions", Command: "admin unanswered"},
				},
			}
			if err := addTask(tx, fmt.Sprintf("question %d", id), taskRemind, privately(p.Accounts[0]), m, d.config.Now()); err != nil {
				return err
			}
		}
		return d.record(tx, a, "assign", "unanswered", fmt.Sprint(id))
	})
}

// Settle takes an unanswered question off the list.
func (d *Desk) Settle(ctx context.Context, a Actor, id int64) error {
	return d.update(ctx, func(tx *store.Tx) error {
		if err := tx.CloseUnanswered(id); err != nil {
			return notThere(err, fmt.Sprintf("There is no unanswered question %d. Type: admin unanswered", id))
		}
		return d.record(tx, a, "close", "unanswered", fmt.Sprint(id))
	})
}

// notThere puts an error of the store into a sentence for the asker.
func notThere(err error, sentence string) error {
	if errors.Is(err, store.ErrNotFound) {
		return bot.VisibleError(sentence)
	}
	return err
}

// named is a person by a name as people type it: whole, or its beginning when
// only one begins so.
func (d *Desk) named(typed string) (Person, bool) {
	typed = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(typed, "@")))
	var found []Person
	for _, p := range d.config.People {
		name := strings.ToLower(p.Name)
		if name == typed {
			return p, true
		}
		if typed != "" && strings.HasPrefix(name, typed) {
			found = append(found, p)
		}
	}
	if len(found) == 1 {
		return found[0], true
	}
	return Person{}, false
}

// Feedback notes whether an answer helped. The reason is kept in words that
// the knowledge itself uses, and nothing else of what was typed; who gave it is
// not kept.
func (d *Desk) Feedback(ctx context.Context, entry, revision string, helpful bool, reason string) error {
	live := d.library.Snapshot()
	meta, ok := live.Base().Entry(knowledge.ID(entry).Entry())
	if !ok {
		return noEntry(knowledge.ID(entry))
	}
	if !revisionForm.MatchString(revision) {
		revision = ""
	}
	f := store.Feedback{At: d.config.Now(), Entry: string(meta.ID), Revision: revision, Helpful: helpful, Reason: live.KnownWords(reason)}
	return d.config.Store.Update(ctx, func(tx *store.Tx) error { return tx.AddFeedback(f) })
}

var revisionForm = regexp.MustCompile(`^[0-9a-f]{12}$`)

// FeedbackSince counts the feedback of some days by entry.
func (d *Desk) FeedbackSince(ctx context.Context, days int) ([]store.FeedbackCount, error) {
	var list []store.FeedbackCount
	err := d.config.Store.View(ctx, func(tx *store.Tx) (err error) {
		list, err = tx.FeedbackSince(d.config.Now().AddDate(0, 0, -days))
		return err
	})
	return list, err
}

// Posted remembers where an answer was shown to others, so that it can be
// corrected. Only ids are kept, and for a day.
func (d *Desk) Posted(ctx context.Context, at bot.Place, r bot.Reply) {
	if at.Message == "" || len(r.Entries) == 0 {
		return
	}
	now := d.config.Now()
	err := d.update(ctx, func(tx *store.Tx) error {
		if err := tx.ForgetPosted(now.Add(-recallFor)); err != nil {
			return err
		}
		return tx.AddPosted(store.Posted{
			Platform: at.Platform, Tenant: at.Tenant, Channel: at.Channel, Message: at.Message,
			Entries: r.Entries, Revision: r.Revision, At: now,
		})
	})
	if err != nil {
		d.config.Log.Error("remember a shared answer", "err", err)
	}
}

// Follow has changes announced in a channel, or no longer.
func (d *Desk) Follow(ctx context.Context, a Actor, channel store.Channel, on bool) error {
	if !d.any(a) {
		return Denied("Only an editor or an approver can do that. Ask " + d.who(Approver, "") + ".")
	}
	return d.update(ctx, func(tx *store.Tx) error {
		verb, change := "follow", tx.Subscribe
		if !on {
			verb, change = "unfollow", tx.Unsubscribe
		}
		if err := change(channel); err != nil {
			return err
		}
		return d.record(tx, a, verb, "changes", channel.Platform+":"+channel.Tenant+"/"+channel.Channel)
	})
}

// any reports whether somebody has a role at all.
func (d *Desk) any(a Actor) bool {
	p, ok := d.person(a.Name)
	return ok && len(p.Roles) > 0
}

// Forget erases the name and the accounts that the store keeps for an
// account. What the person did stays, done by nobody.
func (d *Desk) Forget(ctx context.Context, a Actor, account string) (int, error) {
	if err := d.need(a, Approver); err != nil {
		return 0, err
	}
	if slices.ContainsFunc(d.config.People, func(p Person) bool { return slices.Contains(p.Accounts, account) }) {
		return 0, bot.VisibleError(account + " still has a role. Whoever runs the bot takes it out of the settings (people) first.")
	}
	var n int
	err := d.update(ctx, func(tx *store.Tx) (err error) {
		if n, err = tx.Forget(account); err != nil {
			return err
		}
		return d.record(tx, a, "forget", "account", fmt.Sprintf("%d erased", n))
	})
	return n, err
}

// History returns the revisions of an entry, or of all, the newest first.
func (d *Desk) History(ctx context.Context, entry knowledge.ID, limit int) ([]store.Revision, error) {
	var list []store.Revision
	err := d.config.Store.View(ctx, func(tx *store.Tx) (err error) {
		list, err = tx.Revisions(string(entry), limit)
		return err
	})
	return list, err
}

// Acts returns the latest acts of the audit, the newest first.
func (d *Desk) Acts(ctx context.Context, subject string, limit int) ([]store.Act, error) {
	var list []store.Act
	err := d.config.Store.View(ctx, func(tx *store.Tx) (err error) {
		list, err = tx.Acts(subject, limit)
		return err
	})
	return list, err
}

// VerifyAudit checks that nobody changed the audit; it returns the number of
// acts.
func (d *Desk) VerifyAudit(ctx context.Context) (int64, error) {
	return d.config.Store.VerifyAudit(ctx)
}

// Refused records that somebody tried what they may not: once a day for each
// account and thing, so that nobody can fill the disk with it.
func (d *Desk) Refused(ctx context.Context, q bot.Request, what string) {
	now := d.config.Now()
	account := Account(q)
	key := "denied " + knowledge.Hash([]byte(account+"\x00"+what+now.UTC().Format(time.DateOnly)))
	err := d.update(ctx, func(tx *store.Tx) error {
		if first, err := tx.Once(key, now); err != nil || !first {
			return err
		}
		return tx.Append(store.Act{At: now, Account: account, Verb: "denied", Subject: what})
	})
	if err != nil {
		d.config.Log.Error("record a refusal", "err", err)
	}
}
