package editorial

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"iobot/bot"
	"iobot/bot/store"
)

// The kinds of task.
const (
	taskAnnounce = "announce"
	taskCorrect  = "correct"
	taskRemind   = "remind"
)

// message is what a task posts.
type message struct {
	Title   string       `json:"title"`
	Warning string       `json:"warning,omitempty"`
	Lead    string       `json:"lead"`
	Items   []string     `json:"items,omitempty"`
	Note    string       `json:"note,omitempty"`
	Choices []bot.Choice `json:"choices,omitempty"`
}

func (m message) reply() bot.Reply {
	r := bot.Reply{Outcome: bot.Answer, Title: m.Title, Choices: m.Choices, Private: true}
	if m.Warning != "" {
		r.Blocks = append(r.Blocks, bot.Warning{Text: m.Warning})
	}
	r.Blocks = append(r.Blocks, bot.Lead{Text: m.Lead})
	if len(m.Items) > 0 {
		r.Blocks = append(r.Blocks, bot.Bullets{Items: m.Items})
	}
	if m.Note != "" {
		r.Blocks = append(r.Blocks, bot.Note{Text: m.Note})
	}
	return r
}

// spread writes down who has to be told of a change: the channels that follow
// changes, and those who see an answer that it makes wrong.
func (d *Desk) spread(tx *store.Tx, c change) error {
	channels, err := tx.Channels()
	if err != nil {
		return err
	}
	for _, ch := range channels {
		if err := addTask(tx, fmt.Sprint(c.Number), taskAnnounce, asPlace(ch), d.announcement(c), c.At); err != nil {
			return err
		}
	}
	if len(c.recall) == 0 {
		return nil
	}
	posted, err := tx.PostedSince(c.At.Add(-recallFor))
	if err != nil {
		return err
	}
	for _, p := range posted {
		if entry := used(p.Entries, c.recall); entry != "" && p.Revision != c.Knowledge {
			at := bot.Place{Platform: p.Platform, Tenant: p.Tenant, Channel: p.Channel, Message: p.Message}
			if err := addTask(tx, fmt.Sprint(c.Number), taskCorrect, at, d.correction(c, entry), c.At); err != nil {
				return err
			}
		}
	}
	return nil
}

func asPlace(c store.Channel) bot.Place {
	return bot.Place{Platform: c.Platform, Tenant: c.Tenant, Channel: c.Channel}
}

// used returns the changed entry that an answer was made from; empty when it
// was made from others.
func used(answer, changed []string) string {
	for _, part := range answer {
		if entry, _, _ := strings.Cut(part, "#"); slices.Contains(changed, entry) {
			return entry
		}
	}
	return ""
}

// addTask writes down that something is to be posted because of a cause, once
// for each cause and place.
func addTask(tx *store.Tx, cause, kind string, to bot.Place, m message, due time.Time) error {
	payload, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("write task: %w", err)
	}
	id := strings.Join([]string{kind, cause, to.Platform, to.Tenant, to.Channel, to.User, to.Message}, " ")
	return tx.AddTask(store.Task{
		ID: id, Kind: kind, Platform: to.Platform, Tenant: to.Tenant, Channel: to.Channel, User: to.User, Message: to.Message,
		Payload: payload, Due: due,
	})
}

// announcement says what changed, why, and who agreed.
func (d *Desk) announcement(c change) message {
	m := message{
		Title: fmt.Sprintf("Knowledge revision %d", c.Number),
		Lead:  sentence(c.Why),
		Items: firstOf(c.Changes, maxAnnounced),
		Note:  "By " + c.Author,
	}
	if len(c.Approvers) > 0 {
		m.Note += "; approved by " + strings.Join(c.Approvers, " and ")
	}
	m.Note += " · " + c.At.UTC().Format(time.DateTime) + " UTC · " + c.Knowledge
	for _, entry := range c.Entries[:min(len(c.Entries), maxOffered)] {
		m.Choices = append(m.Choices, bot.Choice{Label: d.title(entry), Command: "ask " + entry})
	}
	return m
}

// How much of a change an announcement holds.
const maxAnnounced, maxOffered = 20, 3

// correction takes the place of an answer that is no longer right.
func (d *Desk) correction(c change, entry string) message {
	title := d.title(entry)
	m := message{
		Title:   title + ": this answer no longer holds",
		Warning: "Do not use the answer that stood here.",
		Lead:    fmt.Sprintf("%s was changed on %s UTC. Ask again for what holds now.", title, c.At.UTC().Format("2006-01-02 15:04")),
		Choices: []bot.Choice{{Label: title, Command: "ask " + entry}},
	}
	if c.Kind == kindWithdraw {
		m.Lead = fmt.Sprintf("%s was withdrawn on %s UTC: %s. Use your local protocol.", title, c.At.UTC().Format("2006-01-02 15:04"), strings.TrimRight(c.Why, "."))
	}
	return m
}

func firstOf(list []string, n int) []string {
	if len(list) <= n {
		return list
	}
	return append(slices.Clone(list[:n]), fmt.Sprintf("and %d more", len(list)-n))
}

func sentence(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || strings.HasSuffix(s, ".") {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:] + "."
}

const (
	taskEvery = time.Second
	taskBatch = 20
	taskTries = 150 // within a day: an announcement of yesterday helps nobody
)

// RunTasks posts what has to be told, each platform's by its poster, until ctx
// ends. What cannot be posted now is tried again, ever less often; a task may
// be done twice when the program ends in between.
func (d *Desk) RunTasks(ctx context.Context, posters map[string]bot.Poster) {
	tick := time.NewTicker(taskEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := d.DoTasks(ctx, posters); err != nil && ctx.Err() == nil {
				d.config.Log.Error("post what has to be told", "err", err)
			}
		}
	}
}

// DoTasks does what is due. What became of a task and could not be stored is
// stored first: nothing is posted again because a disk is full.
func (d *Desk) DoTasks(ctx context.Context, posters map[string]bot.Poster) error {
	d.posting.Lock()
	defer d.posting.Unlock()
	for len(d.unsettled) > 0 {
		if err := d.settle(ctx, d.unsettled[0]); err != nil {
			return err
		}
		d.unsettled = d.unsettled[1:]
	}
	var due []store.Task
	err := d.config.Store.View(ctx, func(tx *store.Tx) (err error) {
		due, err = tx.DueTasks(d.config.Now(), taskBatch)
		return err
	})
	if err != nil {
		return err
	}
	for _, t := range due {
		poster, on := posters[t.Platform]
		failed := errors.New("the platform is not switched on")
		if on {
			failed = d.do(ctx, poster, t)
		}
		became := d.outcome(t, failed)
		if err := d.settle(ctx, became); err != nil {
			d.unsettled = append(d.unsettled, became)
			return err
		}
	}
	return nil
}

func (d *Desk) do(ctx context.Context, poster bot.Poster, t store.Task) error {
	var m message
	if err := json.Unmarshal(t.Payload, &m); err != nil {
		return bot.Permanent{Err: fmt.Errorf("read task: %w", err)}
	}
	at := bot.Place{Platform: t.Platform, Tenant: t.Tenant, Channel: t.Channel, User: t.User, Message: t.Message}
	if t.Kind == taskCorrect {
		return poster.Correct(ctx, at, m.reply())
	}
	return poster.Post(ctx, at, m.reply())
}

// outcome is what became of a task.
type outcome struct {
	task store.Task
	drop bool // it is done, or never will be
}

// outcome puts off a task that failed, ever longer.
func (d *Desk) outcome(t store.Task, failed error) outcome {
	var permanent bot.Permanent
	drop := failed == nil || errors.As(failed, &permanent) || t.Tries >= taskTries
	if failed != nil {
		d.config.Log.Warn("post", "kind", t.Kind, "platform", t.Platform, "tries", t.Tries+1, "dropped", drop, "err", failed)
	}
	t.Tries++
	t.Due = d.config.Now().Add(min(time.Second<<min(t.Tries, 9), 10*time.Minute))
	return outcome{t, drop}
}

// settle stores what became of a task.
func (d *Desk) settle(ctx context.Context, o outcome) error {
	return d.update(ctx, func(tx *store.Tx) error {
		if o.drop {
			return tx.DropTask(o.task.ID)
		}
		err := tx.SaveTask(o.task)
		if errors.Is(err, store.ErrNotFound) {
			return nil // another process was quicker
		}
		return err
	})
}
