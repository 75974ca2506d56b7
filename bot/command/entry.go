package command

import (
	"slices"

	"iobot/bot"
	"iobot/knowledge"
)

// texts returns the words of statements, without their source keys.
func texts(list []knowledge.Statement) []string {
	out := make([]string, 0, len(list))
	for _, s := range list {
		if s.Text != "" {
			out = append(out, s.Text)
		}
	}
	return out
}

// cited gathers source keys in the order in which they are first cited.
type cited struct{ keys []string }

func (c *cited) add(keys ...string) {
	for _, k := range keys {
		if !slices.Contains(c.keys, k) {
			c.keys = append(c.keys, k)
		}
	}
}

func (c *cited) statements(list ...knowledge.Statement) {
	for _, s := range list {
		c.add(s.Sources...)
	}
}

// sources resolves the keys. The two that are no documents, PROJECT and
// COMPUTED, are explained like the rest.
func (c *cited) sources(b *knowledge.Base) []bot.Source {
	out := make([]bot.Source, 0, len(c.keys))
	for _, k := range c.keys {
		s := b.Sources[k]
		out = append(out, bot.Source{Key: k, Citation: s.Citation, Year: s.Year, URL: s.URL})
	}
	return out
}

// builder puts a reply together and notes what it cites.
type builder struct {
	reply bot.Reply
	cited cited
}

func (b *builder) add(block bot.Block) { b.reply.Blocks = append(b.reply.Blocks, block) }

// warn puts the warnings first, each as a block of its own.
func (b *builder) warn(list []knowledge.Statement) {
	for _, s := range list {
		b.addWarning(s.Text)
	}
	b.cited.statements(list...)
}

// addWarning adds a warning that the reply does not hold yet.
func (b *builder) addWarning(text string) {
	if !slices.Contains(b.reply.Warnings(), text) {
		b.add(bot.Warning{Text: text})
	}
}

// lead adds the answer itself; nothing when the statement is empty.
func (b *builder) lead(s knowledge.Statement) {
	if s.Text != "" {
		b.add(bot.Lead{Text: s.Text})
		b.cited.statements(s)
	}
}

// field adds a labelled statement to rows; nothing when it is empty.
func (b *builder) field(rows *[]bot.Field, label string, s knowledge.Statement) {
	if s.Text != "" {
		*rows = append(*rows, bot.Field{Label: label, Value: s.Text})
		b.cited.statements(s)
	}
}

// bullets adds a headed list; nothing when it is empty.
func (b *builder) bullets(heading string, list []knowledge.Statement) {
	if len(list) == 0 {
		return
	}
	b.add(bot.Heading{Text: heading})
	b.add(bot.Bullets{Items: texts(list)})
	b.cited.statements(list...)
}

// blocks adds the body of an article. The first paragraph is its answer.
func (b *builder) blocks(list []knowledge.Block) {
	for i, block := range list {
		b.cited.statements(block.Items...)
		switch block.Kind {
		case knowledge.Paragraph:
			if i == 0 {
				b.add(bot.Lead{Text: block.Items[0].Text})
			} else {
				b.add(bot.Text{Text: block.Items[0].Text})
			}
		case knowledge.Bullets:
			b.add(bot.Bullets{Items: texts(block.Items)})
		case knowledge.Steps:
			b.add(bot.Steps{Items: texts(block.Items)})
		case knowledge.Table:
			b.add(b.table(block))
		}
	}
}

func (b *builder) table(block knowledge.Block) bot.Block {
	rows := make([][]string, 0, len(block.Rows))
	for _, r := range block.Rows {
		rows = append(rows, r.Cells)
		b.cited.add(r.Sources...)
	}
	return bot.Table{Head: block.Head, Rows: rows}
}
