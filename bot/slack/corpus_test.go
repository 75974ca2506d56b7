package slack

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"iobot/bot"
)

// The replies below are what commands return, one of each kind. Figures are
// taken from nowhere but this file: the tests are about layout.

func unreviewed(r bot.Reply) bot.Reply {
	r.Review = bot.Review{Status: "unreviewed", Due: "2027-01-01"}
	r.Revision = "4f1c2a9be07d"
	return r
}

var rch = bot.Source{Key: "RCH", Citation: "Royal Children's Hospital Melbourne: intraosseous access & resuscitation", Year: "2023", URL: "https://www.rch.org.au/clinicalguide/io?a=1&b=2"}

func doseReply() bot.Reply {
	return unreviewed(bot.Reply{
		Outcome: bot.Answer,
		Title:   "EPINEPHrine (adrenaline), cardiac arrest, child",
		Blocks: []bot.Block{
			bot.Warning{Text: "Use only the 0.1 mg/mL strength. The 1 mg/mL ampoule is ten times as strong."},
			bot.Lead{Text: "0.12 mg = 1.2 mL of 0.1 mg/mL"},
			bot.Fields{Rows: []bot.Field{
				{Label: "Weight", Value: "12 kg"},
				{Label: "Rule", Value: "0.01 mg/kg, maximum 1 mg (AHA PALS 2010 and 2015)"},
				{Label: "Working", Value: "0.01 mg/kg × 12 kg = 0.12 mg; 0.12 mg ÷ 0.1 mg/mL = 1.2 mL"},
				{Label: "Give", Value: "push, then flush"},
				{Label: "Repeat", Value: "every 3 to 5 minutes"},
				{Label: "Flush", Value: "2 to 5 mL of saline in an infant or small child"},
			}},
			bot.Heading{Text: "Other sources say"},
			bot.Bullets{Items: []string{"ERC teaching gives the first dose after the third shock in VF."}},
		},
		Entries:  []string{"drug/epinephrine#arrest-child"},
		Sources:  []bot.Source{rch, {Key: "COMPUTED", Citation: "Arithmetic on the figures cited beside it"}},
		Choices:  []bot.Choice{{Label: "Anaphylaxis", Command: "dose epinephrine anaphylaxis 12 kg"}, {Label: "Infusion", Command: "dose epinephrine infusion 12 kg"}},
		Subject:  "dose epinephrine cardiac arrest 12 kg",
		Revision: "4f1c2a9be07d",
	})
}

func clarifyReply() bot.Reply {
	return unreviewed(bot.Reply{
		Outcome: bot.Clarify,
		Title:   "Which weight is meant?",
		Blocks:  []bot.Block{bot.Lead{Text: "“10” has no unit. Tap the weight that is meant."}},
		Choices: []bot.Choice{{Label: "10 kg", Command: "dose epinephrine 10 kg"}, {Label: "10 lb = 4.54 kg", Command: "dose epinephrine 4.54 kg"}},
	})
}

func longChoicesReply() bot.Reply {
	return unreviewed(bot.Reply{
		Outcome: bot.Clarify,
		Title:   "EPINEPHrine (adrenaline): which use?",
		Blocks:  []bot.Block{bot.Lead{Text: "The dose depends on the use."}},
		Choices: []bot.Choice{
			{Label: "EPINEPHrine (adrenaline), cardiac arrest, child", Command: "dose epinephrine cardiac arrest 12 kg"},
			{Label: "EPINEPHrine (adrenaline), anaphylaxis, infusion in a child who has not improved", Command: "dose epinephrine anaphylaxis 12 kg"},
			{Label: "Too long to tap", Command: strings.Repeat("epinephrine ", 60)},
		},
	})
}

func plainReplies() map[string]bot.Reply {
	return map[string]bot.Reply{
		"not-found": unreviewed(bot.Reply{
			Outcome: bot.NotFound, Title: "Not in this knowledge base",
			Blocks:  []bot.Block{bot.Lead{Text: "There is nothing here about “terlipressin”. The nearest topics are below."}},
			Choices: []bot.Choice{{Label: "Vasopressin", Command: "ask vasopressin"}},
		}),
		"refused": {
			Outcome: bot.Refused, Title: "Not possible",
			Blocks: []bot.Block{bot.Lead{Text: "A weight of 900 kg is not believed. Check it and ask again."}},
		},
		"denied": {
			Outcome: bot.Denied, Title: "Not allowed",
			Blocks: []bot.Block{bot.Lead{Text: "Only an approver may publish. Ask one of: Kim Lee."}},
		},
		"error": {
			Outcome: bot.Failed, Title: "No answer",
			Blocks: []bot.Block{
				bot.Lead{Text: "Something went wrong here, so there is no answer. Use your local protocol."},
				bot.Note{Text: "Tell your administrator the reference 7F3A2K."},
			},
		},
		"busy": {
			Outcome: bot.Refused, Title: "Busy: no answer yet",
			Blocks: []bot.Block{bot.Lead{Text: "The bot has more to answer than it can. Ask again in a moment. Do not wait for it: use your local protocol."}},
		},
	}
}

// everyBlock holds each kind of block in an order that no command uses.
func everyBlock() bot.Reply {
	return unreviewed(bot.Reply{
		Outcome: bot.Answer, Title: "Every kind of block",
		Blocks: []bot.Block{
			bot.Note{Text: "A note."}, bot.Text{Text: "A paragraph\nof two lines."},
			bot.Bullets{Items: []string{"one", "two"}}, bot.Steps{Items: []string{"first", "second"}},
			bot.Table{Head: []string{"Needle", "Length"}, Rows: [][]string{{"Pink", "15 mm"}, {"Blue", ""}}},
			bot.Heading{Text: "A heading"}, bot.Fields{Rows: []bot.Field{{Label: "Label", Value: "value"}, {Label: "Empty"}}},
			bot.Warning{Text: "A warning that stands last and is shown first."}, bot.Lead{Text: "The answer."},
		},
		Sources: []bot.Source{rch}, Choices: []bot.Choice{{Label: "Next", Command: "ask next"}},
	})
}

func tableReply(columns int) bot.Reply {
	head := []string{"Age", "Site", "Find it", "Needle", "Angle"}[:columns]
	row := []string{"Infant", "Proximal tibia", "1 finger below the tuberosity", "15 mm", "90 degrees"}[:columns]
	return unreviewed(bot.Reply{
		Outcome: bot.Answer, Title: "Landmarks at a glance",
		Blocks: []bot.Block{
			bot.Lead{Text: "One row an age."},
			bot.Table{Head: head, Rows: [][]string{row, row, row}},
			bot.Table{Head: []string{"Second", "table"}, Rows: [][]string{{"always", "in rows"}}},
		},
		Sources: []bot.Source{rch},
	})
}

func articleReply(sections int) bot.Reply {
	r := bot.Reply{Outcome: bot.Answer, Title: "Flushing the needle", Sources: []bot.Source{rch}, Blocks: []bot.Block{
		bot.Warning{Text: "In a conscious patient give lidocaine before the flush."},
		bot.Lead{Text: "Flush fast with saline 0.9% once the needle is in: adult 5 to 10 mL, infant and small child 2 to 5 mL."},
	}}
	for i := range sections {
		r.Blocks = append(r.Blocks,
			bot.Heading{Text: fmt.Sprintf("Part %d of the article", i+1)},
			bot.Text{Text: strings.Repeat("The flush clears marrow and fibrin. Without it flow is poor. ", 8)},
			bot.Steps{Items: []string{"Draw up the flush.", "Push it fast.", "Look for swelling."}})
	}
	return unreviewed(r)
}

// longestReply has the longest text in every place.
func longestReply() bot.Reply {
	long := strings.Repeat("A long sentence about flow & pressure. ", 40)
	r := articleReply(12)
	r.Title = long
	r.Blocks = append([]bot.Block{
		bot.Warning{Text: strings.TrimSpace(long)},
		bot.Fields{Rows: []bot.Field{{Label: long, Value: long}}},
		bot.Bullets{Items: []string{long + long, long}},
		bot.Table{Head: []string{"a", "b"}, Rows: [][]string{{long, long}}},
	}, r.Blocks...)
	for i := range 30 {
		r.Choices = append(r.Choices, bot.Choice{Label: fmt.Sprintf("%d %s", i, long), Command: "ask " + fmt.Sprint(i)})
		r.Sources = append(r.Sources, bot.Source{Key: fmt.Sprint("KEY", i), Citation: long, URL: "https://example.org/" + strings.Repeat("x", 100)})
	}
	return r
}

// filled is a reply with one text in every place that holds text.
func filled(s string) bot.Reply {
	return bot.Reply{
		Outcome: bot.Answer, Title: s,
		Blocks: []bot.Block{
			bot.Lead{Text: s}, bot.Warning{Text: s}, bot.Text{Text: s}, bot.Heading{Text: s}, bot.Note{Text: s},
			bot.Bullets{Items: []string{s, s}}, bot.Steps{Items: []string{s, s}}, bot.Fields{Rows: []bot.Field{{Label: s, Value: s}}},
			bot.Table{Head: []string{s, s}, Rows: [][]string{{s, s}, {s}}},
			bot.Table{Head: []string{s, s, s, s}, Rows: [][]string{{s, s, s, s}}},
		},
		Entries: []string{s}, Choices: []bot.Choice{{Label: s, Command: s}, {Label: s, Command: "ask " + s}},
		Sources: []bot.Source{{Key: s, Citation: s, Year: s, URL: s}, {Key: s, Citation: s, URL: "https://" + s}, {Key: s, Citation: s, URL: "https://example.org/" + s}},
		Review:  bot.Review{Status: "verified", By: s, On: s, Due: s}, Revision: s, Subject: s,
	}
}

func commands() []bot.Command {
	return []bot.Command{
		{Name: "dose", Summary: "exact dose and volume of a drug for a patient", Examples: []string{"dose adrenaline 12 kg", "dose amiodarone adult"}},
		{Name: "site", Summary: "which bone, and how to find the spot", Examples: []string{"site 8 months"}},
		{Name: "about", Summary: "what is covered, who has reviewed it, what this is for"},
	}
}

func home() Home {
	return Home{
		Ask: []bot.Choice{{Label: "dose adrenaline 12 kg", Command: "dose adrenaline 12 kg"}, {Label: "site 8 months", Command: "site 8 months"}},
		About: unreviewed(bot.Reply{
			Outcome: bot.Answer, Title: "About this knowledge base",
			Blocks: []bot.Block{
				bot.Lead{Text: "Reference look-up of published intraosseous access guidance, for trained health professionals and supervised students."},
				bot.Fields{Rows: []bot.Field{{Label: "Covers", Value: "54 drugs, 7 sites, 62 topics"}, {Label: "Reviewed", Value: "130 unreviewed"}, {Label: "Revision", Value: "4f1c2a9be07d"}}},
			},
		}),
		Areas: []bot.Field{{Label: "Drugs", Value: "0 of 54 signed"}, {Label: "Sites", Value: "0 of 7 signed"}},
	}
}

// hostileTexts reads one text a line; \n, \t and \u{…} stand for characters
// that a text file hides.
func hostileTexts(tb testing.TB) []string {
	tb.Helper()
	file, err := os.ReadFile("testdata/hostile.txt")
	if err != nil {
		tb.Fatal(err)
	}
	var list []string
	for text := range strings.Lines(string(file)) {
		text = strings.TrimSuffix(text, "\n")
		if text == "" || strings.HasPrefix(text, "# ") {
			continue
		}
		list = append(list, unquoted(text))
	}
	return list
}

func unquoted(s string) string {
	s = strings.NewReplacer(`\n`, "\n", `\t`, "\t", `\r`, "\r").Replace(s)
	var b strings.Builder
	for {
		before, after, ok := strings.Cut(s, `\u{`)
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		code, rest, _ := strings.Cut(after, "}")
		var r rune
		if _, err := fmt.Sscanf(code, "%x", &r); err == nil {
			b.WriteRune(r)
		}
		s = rest
	}
}
