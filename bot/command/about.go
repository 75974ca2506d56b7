package command

import (
	"fmt"
	"slices"
	"strings"

	"iobot/bot"
	"iobot/knowledge"
)

// intendedUse says what this program is for. It is regulatory wording: change
// it only together with the people who answer for the deployment.
const intendedUse = "Reference look-up of published intraosseous access guidance, for trained health professionals and " +
	"supervised students. It shows rules, working and sources so that the reader can check them. It does not " +
	"diagnose, monitor or direct the treatment of a patient, and must not be the only basis of a decision. " +
	"Do not enter anything that identifies a patient. In an emergency follow your local protocol; do not wait for this tool."

// about says what is covered, how far it is reviewed and what it is for.
func about(a *asking) (bot.Reply, error) {
	b := a.base
	sections, rules := 0, 0
	for _, art := range b.Articles {
		sections += len(art.Sections)
	}
	for _, d := range b.Drugs {
		for _, i := range d.Indications {
			rules += len(i.Rules)
		}
	}
	r := bot.Reply{
		Outcome: bot.Answer,
		Title:   "About this knowledge base",
		Blocks: []bot.Block{
			bot.Text{Text: intendedUse},
			bot.Fields{Rows: []bot.Field{
				{Label: "Knowledge", Value: b.Title},
				{Label: "Covers", Value: fmt.Sprintf("%d drugs and fluids with %d dose rules, %d sites, %d devices, %d topics with %d sections, %d sources",
					len(b.Drugs), rules, len(b.Sites), len(b.Devices), len(b.Articles), sections, len(b.Sources))},
				{Label: "Reviewed", Value: a.reviewCounts()},
				{Label: "Dose mode", Value: a.mode()},
				{Label: "Guidelines first", Value: strings.Join(a.Guidelines, ", ")},
				{Label: "Revision", Value: b.Revision},
				{Label: "Program", Value: a.Version},
			}},
			bot.Note{Text: "Search is by words, not by a language model: the same question on the same revision gets the same answer. Nothing you type is stored."},
		},
		Choices: []bot.Choice{{Label: "What you can ask", Command: "help"}},
	}
	r.Review = a.review(ids(b.Entries()))
	return r, nil
}

func (a *asking) mode() string {
	if a.Multiply {
		return "calculate: multiplies a rule by the weight and shows the working"
	}
	return "reference: shows rules and printed examples, multiplies nothing"
}

// reviewCounts says how many entries stand in each state.
func (a *asking) reviewCounts() string {
	count := map[knowledge.Status]int{}
	for _, m := range a.base.Entries() {
		count[m.Review.At(a.At)]++
	}
	var parts []string
	for _, s := range trust {
		if count[s] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", count[s], s))
		}
	}
	return joinWords(parts)
}

func ids(list []*knowledge.Meta) []string {
	out := make([]string, 0, len(list))
	for _, m := range list {
		out = append(out, string(m.ID))
	}
	slices.Sort(out)
	return out
}
