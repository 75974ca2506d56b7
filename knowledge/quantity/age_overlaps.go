package quantity

// Overlaps reports whether some patient belongs to both ranges. The delivery
// room is a population of its own: only ranges that both include it meet
// there.
func (r AgeRange) Overlaps(s AgeRange) bool {
	if (r.AtBirth || r.OnlyAtBirth) && (s.AtBirth || s.OnlyAtBirth) {
		return true
	}
	if r.OnlyAtBirth || s.OnlyAtBirth {
		return false
	}
	return (r.Under == 0 || s.From < r.Under) && (s.Under == 0 || r.From < s.Under)
}
