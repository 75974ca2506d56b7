package command

import (
	"fmt"
	"slices"
	"strings"

	"iobot/bot"
	"iobot/index"
	"iobot/knowledge"
)

// ask answers a free question. What is really a dose, site or needle question
// takes that path; the rest is searched for; what is not found is said to be
// unknown.
func ask(a *asking) (bot.Reply, error) {
	var corrected []index.Word
	a.Args, corrected = a.snapshot.CorrectSites(a.Args)
	reply, err := answer(a)
	noteCorrections(&reply, corrected)
	return reply, err
}

func answer(a *asking) (bot.Reply, error) {
	if saysNothing(a.Args) {
		return a.menu(), nil
	}
	if id, ok := a.exactEntry(a.Args); ok {
		return a.show(id), nil
	}
	if line, ok := a.followUp(a.Args); ok {
		return a.again(line)
	}
	r := a.read(a.Args)
	if id, ok := r.onlyName(); ok {
		return a.show(id), nil
	}
	switch {
	case a.asksDose(r):
		return doseFor(a)
	case r.asksNeedle():
		return needle(a)
	case r.asksSite():
		return site(a)
	}
	return a.searchReply(a.Args, nil)
}

// saysNothing reports whether a line holds no word but "IO" and the like.
func saysNothing(line string) bool {
	for _, w := range plainWords(line) {
		if !slices.Contains([]string{"io", "iobot", "intraosseous", "i", "o"}, w) {
			return false
		}
	}
	return true
}

// again runs a command line within this request.
func (a *asking) again(line string) (bot.Reply, error) {
	name, args, _ := strings.Cut(line, " ")
	b := *a
	b.Args = args
	b.Previous = ""
	switch name {
	case "dose":
		return doseFor(&b)
	case "site":
		return site(&b)
	case "needle":
		return needle(&b)
	}
	b.Args = strings.TrimPrefix(line, "ask ")
	return ask(&b)
}

// searchReply shows the passage that answers, or the nearest topics, or says
// that the knowledge base does not have it.
func (a *asking) searchReply(text string, kinds []string) (bot.Reply, error) {
	found, err := a.search(text, kinds)
	if err != nil {
		return bot.Reply{}, err
	}
	switch {
	case found.Confidence == index.Sure:
		r := a.show(found.Hits[0].ID)
		r.Choices = a.neighbours(r.Choices, found.Hits)
		noteCorrections(&r, found.Corrections)
		return r, nil
	case len(found.Hits) > 0:
		return a.near(found), nil
	}
	return a.unknown(), nil
}

func (a *asking) search(text string, kinds []string) (index.Result, error) {
	if kinds == nil {
		kinds = []string{index.Article, index.Drug, index.Site, index.Device}
	}
	found, err := a.snapshot.Search(a.ctx, index.Query{Text: text, Kinds: kinds, Limit: maxChoices})
	if err != nil {
		return index.Result{}, fmt.Errorf("search: %w", err)
	}
	return found, nil
}

// neighbours offers what the search found besides the answer: close rivals
// before the answer's own next steps, the others after them.
func (a *asking) neighbours(own []bot.Choice, hits []index.Hit) []bot.Choice {
	var rivals, others []bot.Choice
	for _, h := range hits[1:min(len(hits), 4)] {
		c, ok := a.entryChoice(h.ID)
		switch {
		case !ok:
		case h.Score >= rivalFrom*hits[0].Score && len(rivals) < 2:
			rivals = append(rivals, c)
		default:
			others = append(others, c)
		}
	}
	own = slices.DeleteFunc(limit(own, 6), func(c bot.Choice) bool { return hasCommand(rivals, c.Command) })
	out := append(rivals, own...)
	for _, c := range others {
		if !hasCommand(out, c.Command) {
			out = append(out, c)
		}
	}
	return limit(out, maxChoices)
}

// rivalFrom is the share of the answer's score from which another passage may
// well be what was meant.
const rivalFrom = 0.7

func hasCommand(list []bot.Choice, command string) bool {
	for _, c := range list {
		if c.Command == command {
			return true
		}
	}
	return false
}

// noteCorrections says which words were read as others.
func noteCorrections(r *bot.Reply, corrected []index.Word) {
	if parts := wordPairs(corrected); len(parts) > 0 {
		r.Blocks = append(r.Blocks, bot.Note{Text: "Read " + joinWords(parts) + "."})
	}
}

// near offers the closest topics without claiming that one is the answer.
func (a *asking) near(found index.Result) bot.Reply {
	r := bot.Reply{
		Outcome: bot.NotFound,
		Title:   "Not sure what is meant",
		Blocks:  []bot.Block{bot.Lead{Text: "This knowledge base has no passage that clearly answers this. The closest topics:"}},
	}
	for _, h := range found.Hits {
		if c, ok := a.entryChoice(h.ID); ok && len(r.Choices) < 5 {
			r.Choices = append(r.Choices, c)
		}
	}
	noteCorrections(&r, found.Corrections)
	return r
}

// unknown says honestly that the knowledge base does not have it.
func (a *asking) unknown() bot.Reply {
	return bot.Reply{
		Outcome: bot.NotFound,
		Title:   "Not in this knowledge base",
		Blocks: []bot.Block{
			bot.Lead{Text: "This knowledge base covers intraosseous access only, and has nothing on this."},
			bot.Text{Text: "Use your local protocol, or ask a senior colleague."},
		},
		Choices: []bot.Choice{{Label: "What you can ask", Command: "help"}},
	}
}

// menu is the short answer to an empty question.
func (a *asking) menu() bot.Reply {
	return bot.Reply{
		Outcome: bot.Clarify,
		Title:   "What do you need?",
		Blocks:  []bot.Block{bot.Lead{Text: "Pick one, or ask in your own words."}},
		Choices: []bot.Choice{
			{Label: "Where to drill: child of 8 months", Command: "site 8 months"},
			{Label: "Where to drill: adult", Command: "site adult"},
			{Label: "Needle for 6 kg", Command: "needle 6 kg"},
			{Label: "Adrenaline for 12 kg", Command: "dose adrenaline 12 kg"},
			{Label: "Pain in the awake patient", Command: "ask article/pain-awake-patient"},
			{Label: "It does not run", Command: "ask article/troubleshooting"},
			{Label: "Everything you can ask", Command: "help"},
		},
	}
}

// show shows an entry or a part of one.
func (a *asking) show(id knowledge.ID) bot.Reply {
	if meta, ok := a.base.Entry(id); ok {
		if r, withheld := a.withheld(meta); withheld {
			return r
		}
	}
	if art, ok := a.base.Article(id); ok {
		return a.articleReply(art, id.Part())
	}
	if drug, ok := a.base.Drug(id); ok {
		return a.drugReply(drug, id.Part())
	}
	if s, ok := a.base.Site(id); ok {
		return a.siteReply(s, a.read(a.Args))
	}
	if d, ok := a.base.Device(id); ok {
		return a.deviceReply(d)
	}
	if s, ok := a.situation(id); ok {
		return a.situationReply(s)
	}
	return a.unknown()
}

// withheld refuses to show an entry that is expired or withdrawn.
func (a *asking) withheld(m *knowledge.Meta) (bot.Reply, bool) {
	status := m.Review.At(a.At)
	if status != knowledge.Expired && status != knowledge.Withdrawn {
		return bot.Reply{}, false
	}
	text := "Its review ran out on " + date(m.Review.Expires) + ", so its figures are withheld."
	if status == knowledge.Withdrawn {
		text = "It was withdrawn: " + m.Review.Why
	}
	return bot.Reply{
		Outcome: bot.Refused,
		Title:   m.Title,
		Blocks:  []bot.Block{bot.Lead{Text: text}, bot.Text{Text: "Ask " + m.Owner + ", who answers for this entry, and use your local protocol."}},
		Entries: []string{string(m.ID)},
	}, true
}

// articleReply shows a section of an article, or its short answer. The other
// sections are one tap away.
func (a *asking) articleReply(art *knowledge.Article, part string) bot.Reply {
	var b builder
	b.reply.Outcome = bot.Answer
	b.reply.Title = art.Title
	b.reply.Entries = []string{string(art.ID)}
	b.reply.Subject = "ask " + string(art.ID)
	b.warn(art.Warnings)
	if s, ok := art.Section(part); ok {
		b.reply.Title = art.Title + ": " + lowerFirst(s.Heading)
		b.reply.Entries = []string{string(art.ID) + "#" + s.ID}
		b.reply.Subject = "ask " + b.reply.Entries[0]
		b.blocks(s.Blocks)
		b.reply.Choices = append(b.reply.Choices, bot.Choice{Label: art.Title, Command: "ask " + string(art.ID)})
	} else {
		b.blocks(art.Lead)
	}
	for _, s := range art.Sections {
		if s.ID != part {
			b.reply.Choices = append(b.reply.Choices, bot.Choice{Label: s.Heading, Command: "ask " + string(art.ID) + "#" + s.ID})
		}
	}
	b.reply.Choices = limit(append(b.reply.Choices, a.entryChoices(art.Related)...), maxChoices)
	b.reply.Sources = b.cited.sources(a.base)
	return b.reply
}

func (a *asking) refusalReply(f *knowledge.Refusal) bot.Reply {
	r := bot.Reply{
		Outcome: bot.Outcome(f.Outcome),
		Title:   f.Title,
		Blocks:  []bot.Block{bot.Lead{Text: f.Say}},
	}
	for _, o := range f.Offer {
		if c, ok := a.entryChoice(knowledge.ID(o)); ok {
			r.Choices = append(r.Choices, c)
		} else {
			r.Choices = append(r.Choices, bot.Choice{Label: o, Command: o})
		}
	}
	return r
}
