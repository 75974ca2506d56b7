package slack

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"github.com/slack-go/slack"

	"iobot/bot"
)

// Home is what the bot's own page in Slack shows.
type Home struct {
	Ask   []bot.Choice // questions that run when tapped
	About bot.Reply    // what is covered, intended use, revision
	Areas []bot.Field  // review state by area
	Admin []bot.Choice // only for people who look after the knowledge; empty for others
	Image Image        // below the questions; none when it has no address
}

// Edition tells one page from another: publish the page again only when it
// differs from the edition that Slack holds in the view's metadata.
func (h Home) Edition() string {
	text, err := json.Marshal([]any{h.Ask, h.Areas, h.Admin, h.Image})
	if err != nil {
		return "" // cannot happen for strings
	}
	sum := sha256.Sum256(text)
	return clip(line(h.About.Revision), maxLabel) + "+" + hex.EncodeToString(sum[:4])
}

// View lays the page out.
func (h Home) View() slack.HomeTabViewRequest {
	blocks := []slack.Block{
		header("Ask about intraosseous access"),
		rich(section(words("Type /io and your question in any channel. Only you see the answer until you share it. Or tap:"))),
	}
	blocks = append(blocks, homeButtons(h.Ask)...)
	blocks = append(blocks, slack.NewActionBlock("", button("Dose calculator", "Open the dose calculator", Action{Verb: Calculator})))
	if len(h.Admin) > 0 {
		blocks = append(blocks, slack.NewDividerBlock(), header("Look after the knowledge"))
		blocks = append(blocks, homeButtons(h.Admin)...)
	}
	blocks = append(blocks, slack.NewDividerBlock())
	if h.Image.URL != "" {
		blocks = append(blocks, imageBlocks([]Image{h.Image})...)
	}
	blocks = append(blocks, h.about()...)
	return slack.HomeTabViewRequest{
		Type:            slack.VTHomeTab,
		CallbackID:      version + ":home",
		PrivateMetadata: h.Edition(),
		Blocks:          slack.Blocks{BlockSet: blocks},
	}
}

// homeButtons lays choices out as buttons, and those that no button can carry
// as lines to type.
func homeButtons(choices []bot.Choice) []slack.Block {
	f := flow{surface: inView}
	blocks := choiceBlocks(f.choices(choices, maxLabel), maxLabel)
	for _, run := range runs(f.pieces) {
		blocks = append(blocks, block(run))
	}
	return blocks
}

// about is the reply about the knowledge with the review state by area.
func (h Home) about() []slack.Block {
	r := h.About
	r.Choices = nil
	if len(h.Areas) > 0 {
		r.Blocks = append(r.Blocks[:len(r.Blocks):len(r.Blocks)], bot.Heading{Text: "Review by area"}, bot.Fields{Rows: h.Areas})
	}
	return layOut(r, Card{Line: "about", Audience: Open}, inView).blocks()
}
