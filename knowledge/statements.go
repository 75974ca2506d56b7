package knowledge

// Statements lists everything that an entry, or the part of one that the id
// names, states with its sources, in the order in which it is shown. The
// sources of a dose rule come as a statement of the rule's edition.
func (b *Base) Statements(id ID) []Statement {
	meta, found := b.Entry(id)
	if !found {
		return nil
	}
	all := append([]Statement(nil), meta.Warnings...)
	switch id.Kind() {
	case "article":
		a, _ := b.Article(id)
		return append(all, a.statements(id.Part())...)
	case "drug":
		d, _ := b.Drug(id)
		return append(all, d.statements(id.Part())...)
	case "site":
		s, _ := b.Site(id)
		return append(all, s.statements()...)
	}
	d, _ := b.Device(id)
	return append(all, d.statements()...)
}

func (a *Article) statements(part string) []Statement {
	if s, ok := a.Section(part); ok {
		return blockStatements(s.Blocks)
	}
	all := blockStatements(a.Lead)
	for _, s := range a.Sections {
		all = append(all, blockStatements(s.Blocks)...)
	}
	return all
}

func blockStatements(blocks []Block) []Statement {
	var all []Statement
	for _, block := range blocks {
		all = append(all, block.Items...)
		for _, row := range block.Rows {
			all = append(all, Statement{Text: row.Cells[0], Sources: row.Sources})
		}
	}
	return all
}

func (d *Drug) statements(part string) []Statement {
	if _, r, ok := d.Rule(part); ok {
		return r.statements()
	}
	var all []Statement
	for _, in := range d.Indications {
		if part != "" && part != in.ID {
			continue
		}
		for _, r := range in.Rules {
			all = append(all, r.statements()...)
		}
		all = append(all, in.OthersSay...)
	}
	all = append(all, d.Flush)
	all = append(all, d.IO...)
	return append(all, d.Cautions...)
}

func (r *Rule) statements() []Statement {
	all := []Statement{{Text: r.Edition, Sources: r.Sources}}
	all = append(all, r.Warnings...)
	return append(all, r.Notes...)
}

func (s *Site) statements() []Statement {
	all := []Statement{s.Summary, s.Ages}
	for _, l := range s.Landmarks {
		all = append(append(all, l.Find), l.OthersSay...)
	}
	all = append(all, s.Position, s.Angle, s.Needle, s.Depth, s.Device)
	all = append(append(append(append(all, s.Steps...), s.Advantages...), s.Cautions...), s.Contraindications...)
	for _, f := range s.Flow {
		all = append(all, Statement{Text: f.Model, Sources: f.Sources})
	}
	return all
}

func (d *Device) statements() []Statement {
	all := []Statement{d.Summary, d.Ages, d.Sites, d.Dwell, d.MRI, d.Check}
	for _, n := range d.Needles {
		all = append(append(all, Statement{Text: n.Name, Sources: n.Sources}), n.Cautions...)
	}
	for _, c := range d.Choose {
		all = append(all, c.Advice)
	}
	return append(append(all, d.Notes...), d.Cautions...)
}
