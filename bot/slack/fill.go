package slack

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"iobot/bot"
)

// FillView is the callback id of a window that shows a bot.Form.
const FillView = version + ":fill"

// filling is what a window with a form has to know when it comes back.
type filling struct {
	Line    string `json:"line"`              // gets the values
	Channel string `json:"channel,omitempty"` // where it was opened
}

func (f filling) metadata() string {
	text, err := json.Marshal(f)
	if err != nil {
		return "" // cannot happen for two strings
	}
	return string(text)
}

func readFilling(metadata string) (filling, bool) {
	var f filling
	err := json.Unmarshal([]byte(metadata), &f)
	return f, err == nil && carries(f.Line)
}

// errForm is why a form does not fit into a window, and what to do.
type errForm string

func (e errForm) Error() string { return string(e) }

const (
	errTooMuch = errForm("This form is too large for a window in Slack. Change the files of the knowledge base instead, or use the terminal.")
	errTooLong = errForm("One of the texts is longer than the 3,000 characters that a field in Slack takes. Change it in the files of the knowledge base instead.")
)

// fieldName is a name that can be part of the id of a block.
var fieldName = regexp.MustCompile(`^[a-z0-9._-]{1,40}$`)

// fillView is the form of a reply as a window, below what the reply says.
func fillView(r bot.Reply, channel string) (slack.ModalViewRequest, error) {
	form := *r.Form
	metadata := filling{Line: form.Line, Channel: channel}.metadata()
	if warningsBytes(warnings(r)) > warningBytes || !carries(form.Line) || len(metadata) > maxMetadata || len(form.Fields) == 0 || len(form.Fields) > 2*bot.MaxFormFields {
		return slack.ModalViewRequest{}, errTooMuch
	}
	blocks, tag, names := said(r), formTag(form), map[string]bool{}
	for _, field := range form.Fields {
		if !fieldName.MatchString(field.Name) || names[field.Name] {
			return slack.ModalViewRequest{}, fmt.Errorf("open a form: bad or second field %q", field.Name)
		}
		names[field.Name] = true
		more, err := fieldBlocks(field, tag)
		if err != nil {
			return slack.ModalViewRequest{}, err
		}
		blocks = append(blocks, more...)
	}
	return slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: FillView, PrivateMetadata: metadata,
		Title: frame(form.Title, "Form"), Submit: frame(form.Submit, "Send"), Close: plainText("Cancel"),
		Blocks: slack.Blocks{BlockSet: blocks},
	}, nil
}

// frame is a text for the frame of a window.
func frame(text, otherwise string) *slack.TextBlockObject {
	if text = line(text); text == "" {
		text = otherwise
	}
	return plainText(clip(text, maxHeading))
}

// said is what a reply says above its form: its warnings, then the rest, whole
// as far as a window goes.
func said(r bot.Reply) []slack.Block {
	var out []slack.Block
	if list := warnings(r); len(list) > 0 {
		out = append(out, warningBlock(list))
	}
	f := flow{surface: inView}
	f.blocks(r.Blocks)
	for _, run := range runs(f.pieces) {
		if len(out) == maxSaid {
			return append(out, small("There is more on the card that this was opened from."))
		}
		out = append(out, block(run))
	}
	return out
}

// formTag is in the ids of a form's fields and differs when anything in them
// does: Slack keeps what a field holds as long as its id stays.
func formTag(form bot.Form) string {
	text, err := json.Marshal(form)
	if err != nil {
		return "" // cannot happen for strings
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:4])
}

// blockID is "why#1f2e3d4c".
func blockID(name, tag string) string { return name + "#" + tag }

// fieldBlocks is one field, below what is wrong with it.
func fieldBlocks(field bot.FormField, tag string) ([]slack.Block, error) {
	element, err := fieldElement(field)
	if err != nil {
		return nil, err
	}
	label := clip(line(field.Label), maxTitle)
	if label == "" {
		label = field.Name
	}
	in := input(blockID(field.Name, tag), label, clip(line(field.Hint), maxTitle), element)
	in.Optional = field.Optional
	if text := line(field.Problem); text != "" {
		return []slack.Block{rich(problem(label, clip(text, maxObject))), in}, nil
	}
	return []slack.Block{in}, nil
}

// problem stands out like a warning, and says which field it is about.
func problem(label, text string) slack.RichTextElement {
	return &slack.RichTextQuote{Type: slack.RTEQuote, Elements: []slack.RichTextSectionElement{
		slack.NewRichTextSectionEmojiElement("warning", 0, nil), strong(" " + label + ": "), words(text),
	}}
}

func fieldElement(field bot.FormField) (slack.BlockElement, error) {
	if len(field.Choices) > 0 {
		return choiceElement(field)
	}
	value := visible(field.Value)
	if utf8.RuneCountInString(value) > maxInput {
		return nil, errTooLong
	}
	return &slack.PlainTextInputBlockElement{
		Type: slack.METPlainTextInput, ActionID: field.Name, InitialValue: value, MaxLength: maxInput,
		Multiline: field.Long || strings.Contains(value, "\n"),
	}, nil
}

// choiceElement is a field with a closed list. The command of a choice is the
// value that comes back.
func choiceElement(field bot.FormField) (slack.BlockElement, error) {
	var options []*slack.OptionBlockObject
	var chosen *slack.OptionBlockObject
	seen := map[string]bool{}
	for _, c := range field.Choices {
		if seen[c.Command] || c.Command == "" || line(c.Label) == "" || utf8.RuneCountInString(c.Command) > maxValue || visible(c.Command) != c.Command {
			return nil, errTooMuch
		}
		seen[c.Command] = true
		o := option(line(c.Label), c.Command)
		options = append(options, o)
		if c.Command == field.Value && chosen == nil {
			chosen = o
		}
	}
	switch {
	case len(options) > maxOptions:
		return nil, errTooMuch
	case len(options) <= maxRadios && !field.Optional: // a radio button cannot be let go of
		e := slack.NewRadioButtonsBlockElement(field.Name, options...)
		e.InitialOption = chosen
		return e, nil
	}
	e := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plainText("Pick one"), field.Name, options...)
	e.InitialOption = chosen
	return e, nil
}

// filled returns what the fields of a form hold, and the block of each.
func (v viewIn) filled() (values, blocks map[string]string) {
	values, blocks = map[string]string{}, map[string]string{}
	for block, value := range v.values() {
		name, _, _ := strings.Cut(block, "#")
		values[name], blocks[name] = value, block
	}
	return values, blocks
}
