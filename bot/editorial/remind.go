package editorial

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"iobot/bot"
	"iobot/bot/store"
	"iobot/knowledge"
)

// noticeDays are the days before the due date of an entry at which its owner
// is reminded.
var noticeDays = [...]int{90, 30, 7}

// Stale is an entry whose review is due or over.
type Stale struct {
	Entry  knowledge.ID
	Title  string
	Owner  string
	Status knowledge.Status
	Due    time.Time
}

// Stale lists the entries that are due within some days, or over, the most
// urgent first.
func (d *Desk) Stale(days int) []Stale {
	now := d.config.Now()
	var list []Stale
	for _, m := range d.live().Entries() {
		status := m.Review.At(now)
		soon := !m.Review.Due.IsZero() && m.Review.Due.Before(now.AddDate(0, 0, days))
		if status == knowledge.Overdue || status == knowledge.Expired || soon && status != knowledge.Withdrawn {
			list = append(list, Stale{m.ID, m.Title, m.Owner, status, m.Review.Due})
		}
	}
	slices.SortStableFunc(list, func(a, b Stale) int { return a.Due.Compare(b.Due) })
	return list
}

// RunReminders reminds the owners of entries, until ctx ends.
func (d *Desk) RunReminders(ctx context.Context, platforms []string) {
	tick := time.NewTicker(time.Hour)
	defer tick.Stop()
	for {
		if err := d.Remind(ctx, platforms); err != nil && ctx.Err() == nil {
			d.config.Log.Error("remind", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Remind writes down one message for each person who owns entries that are
// due in 90, 30 or 7 days. One person is told: the owner, or the deputy when
// the settings do not know the owner. Each entry is mentioned once for each of
// the three.
func (d *Desk) Remind(ctx context.Context, platforms []string) error {
	now := d.config.Now()
	return d.update(ctx, func(tx *store.Tx) error {
		mine := map[string][]string{} // by account
		for _, m := range d.live().Entries() {
			account := d.responsible(m, platforms)
			step := stepOf(m.Review.Due, now)
			if account == "" || step == 0 || m.Review.Status == knowledge.Withdrawn {
				continue
			}
			key := fmt.Sprintf("remind %s %s %d", m.ID, m.Review.Due.Format(time.DateOnly), step)
			first, err := tx.Once(key, now)
			if err != nil {
				return err
			}
			if first {
				mine[account] = append(mine[account], fmt.Sprintf("%s (%s), due %s", m.Title, m.ID, m.Review.Due.Format(time.DateOnly)))
			}
		}
		for account, entries := range mine {
			if err := addTask(tx, now.Format(time.RFC3339), taskRemind, privately(account), reminder(entries), now); err != nil {
				return err
			}
		}
		return nil
	})
}

// stepOf is the smallest of noticeDays within which a date lies; 0 when it is
// further away or over.
func stepOf(due, now time.Time) int {
	if due.IsZero() || !due.After(now) {
		return 0
	}
	step := 0
	for _, days := range noticeDays {
		if !due.After(now.AddDate(0, 0, days)) {
			step = days
		}
	}
	return step
}

// responsible is the account of the one person to remind; empty when the
// settings know neither owner nor deputy on a platform that is switched on.
func (d *Desk) responsible(m *knowledge.Meta, platforms []string) string {
	for _, name := range []string{m.Owner, m.Deputy} {
		p, ok := d.person(name)
		if !ok {
			continue
		}
		for _, account := range p.Accounts {
			if platform, _, _ := strings.Cut(account, ":"); slices.Contains(platforms, platform) {
				return account
			}
		}
	}
	return ""
}

// privately is the place of a person's direct messages.
func privately(account string) bot.Place {
	platform, rest, _ := strings.Cut(account, ":")
	tenant, user, _ := strings.Cut(rest, "/")
	return bot.Place{Platform: platform, Tenant: tenant, User: user}
}

func reminder(entries []string) message {
	slices.Sort(entries)
	return message{
		Title: "Entries that you look after are due for review",
		Lead:  "Read each one, and when it is right sign it: admin verify ENTRY until DATE",
		Items: firstOf(entries, maxAnnounced),
		Note:  "Once its review is over an entry says so in every answer.",
		Choices: []bot.Choice{
			{Label: "All that is due", Command: "admin stale"},
		},
	}
}

// tellEditors writes down one message for each editor about a folder that is
// not live; once a day for the same mistakes.
func (d *Desk) tellEditors(ctx context.Context, mistakes []string) {
	day := d.config.Now().UTC().Format(time.DateOnly)
	key := "folder " + day + " " + knowledge.Hash([]byte(strings.Join(mistakes, "\n")))
	err := d.update(ctx, func(tx *store.Tx) error {
		now := d.config.Now()
		if first, err := tx.Once(key, now); err != nil || !first {
			return err
		}
		for _, p := range d.config.People {
			if !p.Has(Editor) || len(p.Accounts) == 0 {
				continue
			}
			m := message{
				Title: "The content folder has mistakes",
				Lead:  "What was live before stays live until they are mended.",
				Items: firstOf(mistakes, maxAnnounced),
			}
			if err := addTask(tx, key, taskRemind, privately(p.Accounts[0]), m, now); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil && ctx.Err() == nil {
		d.config.Log.Error("tell the editors", "err", err)
	}
}
