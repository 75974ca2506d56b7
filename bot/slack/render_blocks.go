package slack

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/slack-go/slack"
)

// blocks writes the part: title and warnings, the body, what can be tapped,
// and then the small print.
func (l layout) blocks() []slack.Block {
	out := []slack.Block{header(l.title)}
	if len(l.warnings) > 0 {
		out = append(out, warningBlock(l.warnings))
	}
	hung := l.part > 1 // pictures are in the first part
	for _, run := range runs(l.body) {
		if !hung && run[0].kind != lead {
			out, hung = append(out, imageBlocks(l.card.Images)...), true
		}
		out = append(out, block(run))
	}
	if !hung {
		out = append(out, imageBlocks(l.card.Images)...)
	}
	out = append(out, choiceBlocks(l.buttons, labelLimit(l.outcome))...)
	out = append(out, l.buttonRow()...)
	out = append(out, l.smallPrint()...)
	return append(out, feedbackRow(l.feedback)...)
}

func warningBlock(list []string) slack.Block {
	var quotes []slack.RichTextElement
	for _, w := range list {
		quotes = append(quotes, warning(w))
	}
	return rich(quotes...)
}

// smallPrint says what the answer rests on, which part of it this is, who has
// reviewed it and who shared it.
func (l layout) smallPrint() []slack.Block {
	var out []slack.Block
	if len(l.sources) > 0 {
		out = append(out, slack.NewContextBlock("", mrkdwn("Sources\n"+sourceLines(l.sources))))
	}
	if l.parts > 1 {
		out = append(out, small(l.partLine()))
	}
	if l.footer != "" {
		out = append(out, small(l.footer))
	}
	if l.card.Audience == Shared {
		out = append(out, small(sharedBy(l.card.By)))
	}
	return out
}

// partLine never leaves a reader with a part and no way to the rest.
func (l layout) partLine() string {
	here := fmt.Sprintf("Part %d of %d.", l.part, l.parts)
	switch {
	case l.card.Line != "" || l.card.Kept != "":
		return here
	case l.card.Audience == Shared:
		return here + " For the rest ask iobot yourself: type /io and your question."
	}
	return here + " For the rest ask a shorter question."
}

func sharedBy(name string) string {
	if name == "" {
		return "Shared with /io."
	}
	return "Shared by " + name + " with /io."
}

// runs cuts a part into the pieces that share a block. Small print is one text
// object a block, which has a limit of its own.
func runs(body []piece) [][]piece {
	var out [][]piece
	runes := 0
	for i, p := range body {
		size := utf8.RuneCountInString(p.text) + 1
		if p.kind == source {
			size = utf8.RuneCountInString(sourceLine(p)) + 1
		}
		runes += size
		if i == 0 || body[i-1].group != p.group || newBlock(body[i-1], p) || p.kind >= note && runes > maxObject {
			out, runes = append(out, nil), size
		}
		out[len(out)-1] = append(out[len(out)-1], p)
	}
	return out
}

func block(run []piece) slack.Block {
	switch run[0].kind {
	case grid:
		return tableBlock(*run[0].table)
	case note:
		return small(joined(run, "\n"))
	case source:
		return slack.NewContextBlock("", mrkdwn(sourceLines(run)))
	}
	var elements []slack.RichTextElement
	for len(run) > 0 {
		same := sameShape(run)
		elements = append(elements, richText(run[:same]))
		run = run[same:]
	}
	return rich(elements...)
}

// sameShape counts the pieces that are one list, or lines of one section.
func sameShape(run []piece) int {
	n := 1
	for n < len(run) && (run[n].kind == run[0].kind || !run[n].listed() && !run[0].listed()) {
		n++
	}
	return n
}

// listed reports whether a piece stands in a list.
func (p piece) listed() bool {
	return p.kind == bullet || p.kind == record || p.kind == step
}

func joined(run []piece, between string) string {
	texts := make([]string, len(run))
	for i, p := range run {
		texts[i] = p.text
	}
	return strings.Join(texts, between)
}

// richText writes neighbouring pieces of one shape.
func richText(run []piece) slack.RichTextElement {
	switch {
	case run[0].kind == step && run[0].number == 1:
		return list(ordered, each(run, item))
	case run[0].listed() && run[0].kind != step:
		return list(bulleted, each(run, item))
	}
	var lines []slack.RichTextSectionElement
	for i, p := range run {
		if i > 0 {
			lines = append(lines, words("\n"))
		}
		lines = append(lines, p.words()...)
	}
	return section(lines...)
}

func item(p piece) slack.RichTextElement {
	if p.kind == record {
		return section(strong(p.label), words("\n"+p.text))
	}
	return section(words(p.text))
}

// words is a piece as a line of its own.
func (p piece) words() []slack.RichTextSectionElement {
	switch {
	case p.kind == heading, p.kind == lead && utf8.RuneCountInString(p.text) <= headline:
		return []slack.RichTextSectionElement{strong(p.text)}
	case p.kind == step: // goes on from another part
		return []slack.RichTextSectionElement{strong(fmt.Sprintf("%d. ", p.number)), words(p.text)}
	case p.label != "":
		return []slack.RichTextSectionElement{strong(p.label + ": "), words(p.text)}
	}
	return []slack.RichTextSectionElement{words(p.text)}
}

func each(run []piece, f func(piece) slack.RichTextElement) []slack.RichTextElement {
	out := make([]slack.RichTextElement, len(run))
	for i, p := range run {
		out[i] = f(p)
	}
	return out
}
