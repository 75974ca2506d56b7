package discord

import (
	"fmt"
	"strings"

	"iobot/bot"
)

// sample is a reply of one kind, and how it is shown.
type sample struct {
	name  string
	reply bot.Reply
	card  card
}

const longUse = "resuscitation with proven acidosis, hyperkalaemia or sodium-channel blocker poisoning"

func doseReply() bot.Reply {
	return bot.Reply{
		Outcome: bot.Answer, Title: "EPINEPHrine (adrenaline), cardiac arrest, child",
		Blocks: []bot.Block{
			bot.Lead{Text: "12 kg: 0.12 mg (120 mcg) = 1.2 mL of 0.1 mg/mL"},
			bot.Warning{Text: "Two strengths are stocked. Read the ampoule aloud."},
			bot.Fields{Rows: []bot.Field{
				{Label: "Working", Value: "0.01 mg/kg × 12 kg = 0.12 mg; 0.12 mg ÷ 0.1 mg/mL = 1.2 mL"},
				{Label: "Maximum", Value: "1 mg a dose"},
			}},
			bot.Heading{Text: "Other sources say"},
			bot.Bullets{Items: []string{"ERC: the same, 120 mcg (10 mcg/kg, maximum 1,000 mcg)"}},
			bot.Note{Text: "Not confirmed in what was read: the dose text of 2025."},
		},
		Dose:     &bot.Dose{Drug: "epinephrine", Dose: "0.12 mg"},
		Entries:  []string{"drug/epinephrine#arrest-child"},
		Sources:  []bot.Source{{Key: "AHA2010T1", Citation: "Kleinman ME et al. Part 14", Year: "2010", URL: "https://example.org/pals"}},
		Choices:  []bot.Choice{{Label: "Why this dose", Command: "why dose epinephrine cardiac arrest 12 kg"}, {Label: "Shock, infusion", Command: "dose epinephrine shock, infusion 12 kg"}},
		Review:   bot.Review{Status: "unreviewed", Due: "2027-01-01"},
		Revision: "27819398f6f1", Subject: "dose epinephrine cardiac arrest 12 kg",
	}
}

func choices(n int, label string) []bot.Choice {
	var list []bot.Choice
	for i := range n {
		list = append(list, bot.Choice{Label: fmt.Sprintf("%s %d", label, i+1), Command: fmt.Sprintf("ask topic %d", i+1)})
	}
	return list
}

// samples are the kinds of reply that the commands give, and some that they
// should not.
func samples() []sample {
	mine := card{line: "dose adrenaline 12 kg", shareable: true}
	article := bot.Reply{Outcome: bot.Answer, Title: "Flushing the needle", Revision: "27819398f6f1", Subject: "ask article/flushing",
		Blocks: []bot.Block{
			bot.Text{Text: strings.Repeat("Flush as soon as the needle is in, and again after every drug. ", 40)},
			bot.Heading{Text: "How"},
			bot.Steps{Items: []string{"Draw up saline.", "Flush firmly.", "Check the flow."}},
			bot.Table{Head: []string{"Bone", "Flow", "Pressure"}, Rows: [][]string{{"Tibia", "73 mL/min", "165 mL/min"}, {"Humerus", "", "153 mL/min"}}},
		},
		Sources: []bot.Source{{Key: "TFX-FAQ", Citation: "Teleflex: frequently asked questions", Year: "undated"}},
		Choices: choices(9, "Topic"),
	}
	ask := bot.Reply{Outcome: bot.Clarify, Title: "EPINEPHrine (adrenaline): what weight?",
		Blocks:  []bot.Block{bot.Lead{Text: "The dose goes by weight. Add it with its unit."}},
		Choices: choices(7, "Choice"), Revision: "27819398f6f1"}
	long := bot.Reply{Outcome: bot.Answer, Title: "sodium bicarbonate", Blocks: []bot.Block{bot.Lead{Text: "70 mmol"}},
		Choices: []bot.Choice{{Label: "Why this dose", Command: "why dose sodium-bicarbonate " + longUse + " 70 kg adult"}}}
	hostile := bot.Reply{Outcome: bot.NotFound, Title: "@everyone **bold** [x](https://evil.example)",
		Blocks: []bot.Block{
			bot.Lead{Text: "# heading\n> quote\n- list\n1. one\n-# small\n<@1> <t:0:R> ||spoiler|| `code`"},
			bot.Fields{Rows: []bot.Field{{Label: "_label_", Value: ""}}},
			bot.Bullets{Items: []string{"\u202eevil\u200b", strings.Repeat("w", 5000)}},
		},
		Choices: []bot.Choice{{Label: "same", Command: "ask same"}, {Label: "same again", Command: "ask same"}, {Label: "", Command: "ask none"}, {Label: "no carrier", Command: strings.Repeat("long ", 60)}}}
	fenced := doseReply()
	fenced.Blocks = append(fenced.Blocks, bot.Warning{Text: strings.Repeat("Beware. ", 400)})
	helped := doseReply()
	helped.Feedback = []bot.Choice{{Label: "Helpful", Command: "feedback yes drug/epinephrine#arrest-child"}, {Label: "Not helpful", Command: "feedback no drug/epinephrine#arrest-child"}}
	crowded := bot.Reply{Outcome: bot.Clarify, Title: "Which?", Feedback: helped.Feedback, Form: editForm(),
		Choices: append(choices(45, "Choice"), choices(5, longUse)...)}
	for n := range crowded.Choices[45:] {
		crowded.Choices[45+n].Command = fmt.Sprintf("why dose sodium-bicarbonate %s %d kg adult", longUse, n)
	}
	drawn := []upload{{name: "tibia.png", media: "image/png", data: []byte("PNG"), alt: "Proximal tibia, child: the point 2 cm below the patella, needle at 90 degrees."}, {name: "humerus.png", data: []byte("PNG"), alt: "Proximal humerus."}}
	printed := []upload{drawn[0], {name: "card-12kg.pdf", media: "application/pdf", data: []byte("PDF"), file: true}}
	again := bot.Reply{Outcome: bot.Refused, Title: "Not sent", Form: editForm(), Blocks: []bot.Block{bot.Lead{Text: "One field needs another look."}}}
	again.Form.Fields[0].Problem = "The title is empty. Give the entry a title."
	return []sample{
		{"feedback", helped, mine},
		{"feedback-shared", helped, card{line: mine.line, audience: shared, by: "7001"}},
		{"crowded", crowded, card{line: "dose sodium-bicarbonate " + longUse + " 70 kg adult", uploads: printed}},
		{"pictures", doseReply(), card{line: mine.line, shareable: true, uploads: drawn}},
		{"file", doseReply(), card{line: mine.line, uploads: printed}},
		{"form-again", again, card{}},
		{"corrected", corrected(), card{audience: shared}},
		{"dose", doseReply(), mine},
		{"dose-education", doseReply(), card{line: mine.line, shareable: true, education: true}},
		{"dose-direct", doseReply(), card{line: mine.line, audience: open}},
		{"dose-shared", doseReply(), card{line: mine.line, audience: shared, by: "7001"}},
		{"article", article, card{line: "ask article/flushing", shareable: true}},
		{"article-page-2", article, card{line: "ask article/flushing", page: 2}},
		{"article-no-line", article, card{}},
		{"clarify", ask, card{line: "dose adrenaline"}},
		{"clarify-menu", bot.Reply{Outcome: bot.Clarify, Title: "Which?", Choices: choices(60, strings.Repeat("A long label ", 10))}, mine},
		{"long-command", long, card{line: "dose sodium-bicarbonate " + longUse + " 70 kg adult", shareable: true}},
		{"not-found", bot.Reply{Outcome: bot.NotFound, Title: "Not in this knowledge base", Choices: choices(3, "Nearest")}, mine},
		{"refused", bot.Reply{Outcome: bot.Refused, Title: "Please ask again", Blocks: []bot.Block{bot.Lead{Text: "Too long."}}}, mine},
		{"denied", bot.Reply{Outcome: bot.Denied, Title: "Not allowed"}, mine},
		{"failed", bot.Reply{Outcome: bot.Failed, Title: "No answer", Blocks: []bot.Block{bot.Note{Text: "Tell your administrator the reference ABC."}}}, mine},
		{"hostile", hostile, mine},
		{"withheld", fenced, mine},
		{"empty", bot.Reply{}, card{}},
	}
}
