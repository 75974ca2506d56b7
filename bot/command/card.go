package command

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"iobot/bot"
	"iobot/knowledge"
	"iobot/knowledge/card"
)

// cardFor answers with the bedside card of a patient: the rows as a table, and
// the same as a page to print. Where the dose command would ask, so does this.
func cardFor(a *asking) (bot.Reply, error) {
	line, paper := cutPaper(a.Args)
	r := a.read(line)
	switch unclear := a.unclearPatient("card", r); {
	case unclear != nil:
		return *unclear, nil
	case len(r.drugs)+len(r.sites)+len(r.devices) > 0 || !onlyFillers(r.rest):
		return a.notForCard(r), nil
	case r.patient.Weight == 0:
		return a.weightForCard(r), nil
	}
	c, err := card.Make(a.base, r.patient, card.Options{Guidelines: a.Guidelines, Multiply: a.Multiply, At: a.At})
	switch {
	case errors.Is(err, card.ErrNoCard), errors.Is(err, card.ErrDoubt):
		return bot.Reply{Outcome: bot.NotFound, Title: "No bedside card", Blocks: []bot.Block{bot.Lead{Text: sentence(err.Error())}}}, nil
	case err != nil:
		return bot.Reply{}, fmt.Errorf("card: %w", err)
	case c.NeedsAge && !r.patient.HasAge() && r.patient.Population == "":
		return a.whoseCard(c, r, paper), nil
	}
	return a.cardReply(c, r, paper), nil
}

// cutPaper takes the paper out of a line; without one it is A4.
func cutPaper(line string) (string, card.Paper) {
	paper := card.A4
	words := slices.DeleteFunc(strings.Fields(line), func(w string) bool {
		named := card.Paper(strings.ToLower(w))
		if named != card.A4 && named != card.Letter {
			return false
		}
		paper = named
		return true
	})
	return strings.Join(words, " "), paper
}

// notForCard refuses words that a card does not take: a card for one drug
// would look like the whole.
func (a *asking) notForCard(r reading) bot.Reply {
	reply := bot.Reply{
		Outcome: bot.Clarify,
		Title:   "A card for whom?",
		Blocks:  []bot.Block{bot.Lead{Text: "A card takes a weight with its unit, an age or group, and the paper, a4 or letter. Nothing else in this line is understood."}},
	}
	if r.patient.Weight != 0 {
		reply.Choices = append(reply.Choices, bot.Choice{Label: "Card: " + r.patientWords(), Command: "card " + r.patientWords()})
	}
	for _, d := range r.drugs {
		reply.Choices = append(reply.Choices, bot.Choice{Label: "Only " + drugTitle(d), Command: useCommand(d, nil, r.patientWords())})
	}
	return reply
}

// weightForCard asks for the weight.
func (a *asking) weightForCard(r reading) bot.Reply {
	return bot.Reply{
		Outcome: bot.Clarify,
		Title:   "Bedside card: what weight?",
		Blocks: []bot.Block{
			bot.Lead{Text: "Add the weight with its unit, as in: card 14 kg."},
			bot.Text{Text: "An age is never turned into a weight here."},
		},
		Subject: squeeze("card " + r.patientWords()),
		Choices: a.entryChoices([]knowledge.ID{"article/weight-estimation"}),
	}
}

// whoseCard asks for the age where a dose on the card depends on it.
func (a *asking) whoseCard(c *card.Card, r reading, paper card.Paper) bot.Reply {
	reply := bot.Reply{
		Outcome: bot.Clarify,
		Title:   c.Title + ": for whom?",
		Blocks:  []bot.Block{bot.Lead{Text: "Doses on the card differ between these" + forWeight(r) + ". Pick one, or add the age."}},
		Subject: c.Command(),
	}
	for _, g := range a.base.SiteChoice {
		if r.mayBe(a.base, g.Age) {
			reply.Choices = append(reply.Choices, bot.Choice{Label: capital(g.Group), Command: c.Command() + " " + g.Group + " " + string(paper)})
		}
	}
	return reply
}

// cardReply lays the rows out; the page to print goes with them.
func (a *asking) cardReply(c *card.Card, r reading, paper card.Paper) bot.Reply {
	b := builder{reply: bot.Reply{Outcome: bot.Answer, Title: c.Title + ", " + r.patientWords(), Subject: c.Command()}}
	if strings.Contains(r.patient.Echo, "from") {
		b.add(bot.Warning{Text: "Read as " + r.patient.Echo + "."})
	}
	for _, row := range c.Rows() {
		for _, w := range row.Warnings {
			b.addWarning(row.Name + ": " + w)
		}
		if id := string(row.Entry); id != "" && !slices.Contains(b.reply.Entries, id) {
			b.reply.Entries = append(b.reply.Entries, id)
		}
	}
	b.add(bot.Lead{Text: capital(c.IntendedUse)})
	for _, s := range c.Sections {
		b.add(bot.Heading{Text: s.Heading})
		b.cardRows(s.Rows, c.Reference)
	}
	b.page(c, paper)
	for _, s := range c.Sources {
		b.cited.add(s.Key)
	}
	b.reply.Sources = b.cited.sources(a.base)
	b.reply.Choices = append(otherPaper(c, paper),
		bot.Choice{Label: "Which bone", Command: "site " + r.patientWords()},
		bot.Choice{Label: "Which needle", Command: "needle " + r.patientWords()})
	return b.reply
}

// cardRows adds rows in their order: doses as a table, the rest as fields.
func (b *builder) cardRows(rows []card.Row, reference bool) {
	head := []string{"Drug", "Dose", "Draw up", "From", "Limit", "Give"}
	if reference {
		head[1] = "Rule, not worked out"
	}
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && (rows[n].Dose == "") == (rows[0].Dose == "") {
			n++
		}
		if rows[0].Dose == "" {
			b.add(bot.Fields{Rows: cardFields(rows[:n])})
		} else {
			b.add(bot.Table{Head: head, Rows: cardCells(rows[:n])})
		}
		rows = rows[n:]
	}
}

func cardFields(rows []card.Row) []bot.Field {
	var out []bot.Field
	for _, row := range rows {
		var parts []string
		for _, said := range row.Say {
			text := said.Text
			if said.For != "" {
				text = capital(said.For) + ": " + text
			}
			parts = append(parts, text)
		}
		out = append(out, bot.Field{Label: drugAndUse(row), Value: strings.Join(parts, " ")})
	}
	return out
}

func cardCells(rows []card.Row) [][]string {
	var out [][]string
	for _, row := range rows {
		out = append(out, []string{drugAndUse(row), row.Dose + dotted(row.Also), row.Volume + rounded(row), row.Strength, row.Limit, row.Give})
	}
	return out
}

// drugAndUse names a row: what it is, what for, and which of a series.
func drugAndUse(row card.Row) string {
	parts := slices.DeleteFunc([]string{row.Name, row.Use, row.Step}, func(s string) bool { return s == "" })
	return strings.Join(parts, ", ")
}

func rounded(row card.Row) string {
	if row.Exact == "" {
		return ""
	}
	return " (rounded from " + row.Exact + ")"
}

// page adds the card as a document and as a picture, or says why there is none.
func (b *builder) page(c *card.Card, paper card.Paper) {
	if err := c.Fits(paper); err != nil {
		b.add(bot.Note{Text: "There is no page to print: " + err.Error() + "."})
		return
	}
	title := b.reply.Title + ", " + paperName(paper)
	b.reply.Files = []bot.File{{Name: c.Name(paper, "pdf"), Title: title}}
	b.reply.Pictures = []bot.Picture{{Name: c.Name(paper, "png"), Title: title, Alt: c.Alt()}}
	b.add(bot.Note{Text: "Printed " + c.Printed.Format("2 Jan 2006") + " UTC. Do not use after " + c.LastDay.Format("2 Jan 2006") +
		". A limit with * is not printed in the source of its rule."})
}

func paperName(p card.Paper) string {
	if p == card.A4 {
		return "A4"
	}
	return "Letter"
}

func otherPaper(c *card.Card, paper card.Paper) []bot.Choice {
	other := card.A4
	if paper == card.A4 {
		other = card.Letter
	}
	return []bot.Choice{{Label: "On " + paperName(other) + " paper", Command: c.Command() + " " + string(other)}}
}
