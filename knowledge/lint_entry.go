package knowledge

import "time"

// checkSites reports bones with instructions that lack a part of them, and
// bones without verified guidance that give a landmark all the same.
func checkSites(l *loader) {
	for _, s := range l.base.Sites {
		missing := map[string]bool{
			"landmarks":         len(s.Landmarks) == 0,
			"position":          s.Position.Text == "",
			"angle":             s.Angle.Text == "",
			"needle":            s.Needle.Text == "",
			"contraindications": len(s.Contraindications) == 0,
		}
		for field, isMissing := range missing {
			if s.Instructions && isMissing {
				l.at(s.File, field, `is missing; "instructions: full" needs it`)
			}
		}
		if !s.Instructions && len(s.Landmarks) > 0 {
			l.at(s.File, "landmarks", `stand beside "instructions: none"; take one of them out`)
		}
		for i, m := range s.Landmarks {
			if m.Use != "no" && m.Find.Text == "" {
				l.at(s.File, indexed("landmarks", i), `says nothing in "find"; say how the place is found, or write "use: no"`)
			}
		}
	}
}

// checkReviews reports sign-offs that cannot be true.
func checkReviews(l *loader) {
	for _, m := range l.base.Entries() {
		file := m.File
		if _, own := l.lines[file]["review"]; !own {
			continue
		}
		for field, message := range m.Review.problems() {
			l.at(file, join("review", field), message)
		}
	}
	for field, message := range l.review.problems() {
		l.at("knowledge.yaml", join("review", field), message)
	}
}

// problems says what is wrong with a sign-off, by field.
func (r Review) problems() map[string]string {
	problems := map[string]string{}
	if r.Status == Verified && r.By == "" {
		problems["by"] = "is missing; say who verified this"
	}
	if r.Status == Verified && r.On.IsZero() {
		problems["on"] = "is missing; say when this was verified"
	}
	if r.Status == Verified && r.Due.IsZero() {
		problems["due"] = "is missing; say when this must be looked at again"
	}
	if r.Status == Withdrawn && r.Why == "" {
		problems["why"] = "is missing; say why this was withdrawn"
	}
	if before(r.Due, r.On) {
		problems["due"] = "is before the day of the review"
	}
	if before(r.Expires, r.Due) || before(r.Expires, r.On) {
		problems["expires"] = "is before the review or before it is due"
	}
	return problems
}

// before says that both dates are set and stand the wrong way round.
func before(a, b time.Time) bool { return !a.IsZero() && !b.IsZero() && a.Before(b) }
