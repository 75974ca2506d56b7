package knowledge

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// listSplices are the changes that make a list hold the lines of a value. The
// items that stay keep their bytes.
func (t *tree) listSplices(p place, value string) ([]splice, error) {
	was, err := p.items()
	if err != nil {
		return nil, err
	}
	lines := strings.Split(value, "\n")
	if isFlow(p.value) {
		return t.rewriteBrackets(p, was, lines)
	}
	w := listWriter{tree: t, place: p, was: was, at: -1}
	for _, run := range align(texts(was), lines) {
		if err := w.run(run); err != nil {
			return nil, err
		}
	}
	return w.splices, nil
}

// rewriteBrackets writes a list between brackets anew.
func (t *tree) rewriteBrackets(p place, was []item, lines []string) ([]splice, error) {
	from := t.start(p.value)
	to, ok := t.end(p.value)
	if !ok {
		return nil, errBeyond
	}
	kept := map[string]string{}
	for _, it := range was {
		end, ok := t.end(it.last)
		if !ok {
			return nil, errBeyond
		}
		kept[it.text] = t.text[t.start(it.node):end]
	}
	var items []string
	for _, line := range lines {
		text, same := kept[line]
		if !same || strings.Contains(text, "\n") {
			var err error
			if text, err = writeItem(p, line, true); err != nil {
				return nil, err
			}
		}
		items = append(items, text)
	}
	return []splice{{from, to, t.brackets(t.text[from:to], items)}}, nil
}

// lineWidth is how long lines of a list are that is broken into lines.
const lineWidth = 100

// brackets writes items between brackets, broken into lines as the list was
// that they replace.
func (t *tree) brackets(was string, items []string) string {
	opening, closing := was[:1], was[len(was)-1:]
	if !strings.Contains(was, "\n") {
		return opening + strings.Join(items, ", ") + closing
	}
	second := was[strings.Index(was, "\n")+1:]
	margin := "\n" + second[:len(second)-len(strings.TrimLeft(second, " "))]
	var b strings.Builder
	b.WriteString(opening)
	width := lineWidth
	for i, text := range items {
		if i < len(items)-1 {
			text += ","
		}
		if width+1+len(text) > lineWidth {
			b.WriteString(margin + text)
			width = len(margin) + len(text)
			continue
		}
		b.WriteString(" " + text)
		width += 1 + len(text)
	}
	return b.String() + closing
}

// listWriter turns the differences between two lists into changes of lines.
type listWriter struct {
	tree    *tree
	place   place
	was     []item
	at      int // the last item that stays
	splices []splice
}

// run writes the lines of one difference: as many items as there were are
// written over, the others added or taken out.
func (w *listWriter) run(r alignment) error {
	w.at = r.from - 1
	for i, line := range r.lines {
		if r.from+i < r.to {
			if err := w.replace(r.from+i, line); err != nil {
				return err
			}
			w.at = r.from + i
			continue
		}
		return w.insert(r.lines[i:])
	}
	for i := r.from + len(r.lines); i < r.to; i++ {
		if err := w.remove(i); err != nil {
			return err
		}
	}
	return nil
}

func (w *listWriter) replace(i int, line string) error {
	it := w.was[i]
	end, ok := w.tree.end(it.last)
	if !ok {
		return errBeyond
	}
	text, err := writeItem(w.place, line, false)
	if err != nil {
		return err
	}
	if !w.place.isChecks() {
		text = writeScalar(line, it.node, false)
	}
	w.splices = append(w.splices, splice{w.tree.start(it.node), end, text})
	return nil
}

// insert adds lines below the last item that stays, or before the first.
func (w *listWriter) insert(lines []string) error {
	first, ok := w.lead(w.was[0].node)
	if !ok {
		return errBeyond
	}
	margin := strings.Repeat(" ", w.tree.column(first))
	if !w.place.isChecks() {
		margin += "- "
	}
	var text strings.Builder
	for _, line := range lines {
		written, err := writeItem(w.place, line, false)
		if err != nil {
			return err
		}
		text.WriteString("\n" + margin + written)
	}
	if w.at < 0 {
		at := w.tree.lineStart(first)
		w.splices = append(w.splices, splice{at, at, text.String()[1:] + "\n"})
		return nil
	}
	end, ok := w.tree.end(w.was[w.at].last)
	if !ok {
		return errBeyond
	}
	w.splices = append(w.splices, w.tree.insertLine(end, text.String()[1:])...)
	return nil
}

func (w *listWriter) remove(i int) error {
	from, ok := w.lead(w.was[i].node)
	to, whole := w.tree.end(w.was[i].last)
	if !ok || !whole {
		return errBeyond
	}
	w.splices = append(w.splices, splice{w.tree.lineStart(from), w.tree.nextLine(to), ""})
	return nil
}

// lead is the offset at which the line of an item begins to say something.
func (w *listWriter) lead(n *yaml.Node) (int, bool) {
	if !w.place.isChecks() {
		return w.tree.dash(n)
	}
	at := w.tree.start(n)
	return at, w.tree.leads(at)
}
