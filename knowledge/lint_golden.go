package knowledge

import "regexp"

// checkGolden reports golden questions that cannot be asked or answered so.
func checkGolden(l *loader) {
	asked := map[string]bool{}
	for i, g := range l.base.Golden {
		at := indexed("", i)
		if asked[g.Ask] {
			l.at(goldenFile, at+".ask", "stands twice; keep one")
		}
		asked[g.Ask] = true
		if g.Outcome != "answer" && g.Dose != "" {
			l.at(goldenFile, at+".dose", "only an answer gives a dose; take it out, or correct the outcome")
		}
		if g.Dose == "" && g.Volume != "" {
			l.at(goldenFile, at+".dose", "is missing beside the volume")
		}
	}
}

// doseFigure is a figure that somebody might give as a dose. The lengths and
// weights of needles are none.
var doseFigure = regexp.MustCompile(`\d\s?(?:mcg|mg|g|mL|ml|L|units?|milliunits|mmol|mEq|%)(?:\W|$)`)

// checkNotices reports notices that give a dose, and ids that stand twice.
func checkNotices(l *loader) {
	ids := newSeen(l, noticeFile)
	for i, n := range l.base.Notices {
		at := indexed("", i)
		ids.add(n.ID, at+".id")
		if doseFigure.MatchString(n.Text.Text) {
			l.at(noticeFile, at+".text", "gives an amount; a notice holds no dose: change the entry instead, or say it without the figure")
		}
	}
}
