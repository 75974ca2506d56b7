package command

import (
	"context"
	"slices"
	"sync/atomic"

	"iobot/bot"
	"iobot/bot/assets"
	"iobot/bot/editorial"
	"iobot/index"
)

// Deps is what the commands are made of.
type Deps struct {
	Library    *index.Library // the live knowledge
	Guidelines []string       // rule families in the order in which they answer
	Multiply   bool           // false: reference mode, rules are shown and nothing is multiplied
	Version    string         // of the program

	// Assets has the drawings that go with replies; nil for none.
	Assets *assets.Assets

	// Desk is where the knowledge is changed; nil when nothing can be.
	Desk *editorial.Desk
}

// Default is the command that answers a line which names no command.
const Default = "ask"

// All returns every command, in the order help lists them. This is the one
// table from which help and the platforms' registrations are generated.
func All(d Deps) []bot.Command {
	r := &runner{Deps: d}
	patient := []bot.Option{
		{Name: "weight", Summary: "weight with its unit, such as 12 kg", Kind: bot.Weight},
		{Name: "age", Summary: "age or group, such as 8 months or adult", Kind: bot.Age},
	}
	list := []bot.Command{
		{
			Name: "dose", Summary: "exact dose and volume of a drug for a patient",
			Options: append([]bot.Option{
				{Name: "drug", Summary: "name of the drug or fluid", Required: true, Complete: "drug"},
				{Name: "indication", Summary: "what it is given for", Complete: "indication"},
			}, patient...),
			Examples: []string{"dose adrenaline 12 kg", "dose amiodarone adult", "dose lidocaine io pain 6 kg"},
			Run:      r.run(doseFor),
		},
		{
			Name: "site", Summary: "which bone, and how to find the spot",
			Options: append([]bot.Option{
				{Name: "site", Summary: "bone, or what stands in the way", Complete: "site"},
			}, patient...),
			Examples: []string{"site 8 months", "site proximal humerus adult", "site if fractured tibia"},
			Run:      r.run(site),
		},
		{
			Name: "needle", Summary: "needle length by weight, age and bone",
			Options:  patient,
			Examples: []string{"needle 6 kg", "needle adult humerus"},
			Run:      r.run(needle),
		},
		{
			Name: "card", Summary: "bedside card with all first doses for a weight, to print",
			Options:  append(slices.Clone(patient), bot.Option{Name: "paper", Summary: "a4 or letter", Choices: []string{"a4", "letter"}}),
			Examples: []string{"card 14 kg", "card 3.5 kg newborn", "card 70 kg adult letter"},
			Run:      r.run(cardFor),
		},
		{
			Name: "ask", Summary: "a free question about intraosseous infusion",
			Options:  []bot.Option{{Name: "question", Summary: "in your own words", Required: true}},
			Examples: []string{"ask why flush", "ask no blood return", "ask how long can it stay in"},
			Run:      r.run(ask),
		},
		{
			Name: "source", Summary: "the documents behind an entry, or one document by its key",
			Options:  []bot.Option{{Name: "entry", Summary: "drug, site, topic or source key", Required: true, Complete: "source"}},
			Examples: []string{"source adrenaline", "source RCH"},
			Run:      r.run(source),
		},
		{
			Name: "why", Summary: "how an answer was found, and the evidence behind it",
			Options:  []bot.Option{{Name: "question", Summary: "the question or command; empty: the last one"}},
			Examples: []string{"why no flush no flow", "why dose adrenaline 12 kg"},
			Run:      r.run(why),
		},
		{
			Name: "about", Summary: "what is covered, who has reviewed it, what this is for",
			Examples: []string{"about"},
			Run:      r.run(about),
		},
	}
	list = append(list, help(list))
	return append(list, admin(r), feedback(r))
}

// runner runs commands over the live knowledge.
type runner struct {
	Deps
	prepared atomic.Pointer[prepared] // of the latest snapshot that was asked
}

// run gives a command one snapshot for the whole of its answer, so that no
// answer mixes two revisions, and stamps the reply with it.
func (r *runner) run(f func(*asking) (bot.Reply, error)) func(context.Context, bot.Input) (bot.Reply, error) {
	return func(ctx context.Context, in bot.Input) (bot.Reply, error) {
		snapshot := r.Library.Snapshot()
		base := snapshot.Base()
		a := &asking{ctx: ctx, Deps: r.Deps, Input: in, snapshot: snapshot, base: base, prepared: r.prepare(base)}
		reply, err := a.refuseOr(f)
		if err == nil {
			a.finish(&reply)
		}
		return reply, err
	}
}

// refuseOr gives the fixed answer when there is one for the line, and runs the
// command otherwise.
func (a *asking) refuseOr(f func(*asking) (bot.Reply, error)) (bot.Reply, error) {
	if refused := a.refusal(a.Args); refused != nil {
		return a.refusalReply(refused), nil
	}
	return f(a)
}
