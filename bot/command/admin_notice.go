package command

import (
	"strings"
	"time"

	"iobot/bot"
	"iobot/knowledge"
)

// adminBanner shows a notice on answers until a day, lists the notices, or
// ends one.
func adminBanner(a *administering) (bot.Reply, error) {
	word, rest, _ := strings.Cut(a.rest, " ")
	switch {
	case a.rest == "":
		return a.notices(), nil
	case word == "end":
		id, why, _ := strings.Cut(strings.TrimSpace(rest), " ")
		rev, err := a.Desk.EndNotice(a.ctx, a.actor, id, because(why))
		if err != nil {
			return bot.Reply{}, err
		}
		return a.live(rev), nil
	}
	entry, rest, err := a.wholeEntry()
	if err != nil {
		return bot.Reply{}, err
	}
	dateWord, text, _ := strings.Cut(strings.TrimSpace(strings.TrimPrefix(rest, "until ")), " ")
	until, wrong := time.Parse(time.DateOnly, dateWord)
	if wrong != nil || strings.TrimSpace(text) == "" {
		return bot.Reply{}, a.usage("device/ez-io until " + a.At.AddDate(0, 1, 0).Format(time.DateOnly) + " Drivers of lot 123 are recalled. Use the manual needle.")
	}
	rev, err := a.Desk.Notice(a.ctx, a.actor, knowledge.Notice{Text: knowledge.Statement{Text: strings.TrimSpace(text)}, About: []knowledge.ID{entry}, Until: until})
	if err != nil {
		return bot.Reply{}, err
	}
	return a.live(rev), nil
}

func (a *administering) notices() bot.Reply {
	r := bot.Reply{Outcome: bot.Answer, Title: "Notices"}
	var rows []bot.Field
	for _, n := range a.base.Notices {
		rows = append(rows, bot.Field{Label: n.ID + ", until " + date(n.Until), Value: n.Text.Text})
		r.Choices = append(r.Choices, bot.Choice{Label: "End " + n.ID, Command: "admin banner end " + n.ID})
	}
	if len(rows) == 0 {
		r.Blocks = []bot.Block{bot.Lead{Text: "There are none. Post one with: admin banner ENTRY until DATE TEXT"}}
		return r
	}
	r.Blocks = []bot.Block{bot.Fields{Rows: rows}}
	return r
}

// adminSynonym proposes that words mean the same.
func adminSynonym(a *administering) (bot.Reply, error) {
	rest, ok := strings.CutPrefix(a.rest, "add ")
	if !ok {
		return bot.Reply{}, a.usage("tib = tibia because people type it")
	}
	words, why, _ := strings.Cut(rest, " because ")
	fields := strings.FieldsFunc(words, func(r rune) bool { return r == '=' || r == ',' })
	for i := range fields {
		fields[i] = strings.TrimSpace(fields[i])
	}
	if len(fields) < 2 || strings.TrimSpace(why) == "" {
		return bot.Reply{}, a.usage("tibia = tib because people type it")
	}
	p, err := a.Desk.AddSynonym(a.ctx, a.actor, fields, strings.TrimSpace(why))
	if err != nil {
		return bot.Reply{}, err
	}
	return a.proposal(p), nil
}
