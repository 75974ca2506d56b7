package knowledge

import (
	"fmt"
	"slices"
)

// Withdrawing returns a copy of the base in which one entry is withdrawn, in
// its lists and under all its names; the base itself stays as it is. It fails
// when there is no such entry.
func (b *Base) Withdrawing(id ID, why string) (*Base, error) {
	changed := *b
	done := withdraw(&changed.Articles, func(a *Article) *Meta { return &a.Meta }, id, why) ||
		withdraw(&changed.Drugs, func(d *Drug) *Meta { return &d.Meta }, id, why) ||
		withdraw(&changed.Sites, func(s *Site) *Meta { return &s.Meta }, id, why) ||
		withdraw(&changed.Devices, func(d *Device) *Meta { return &d.Meta }, id, why)
	if !done {
		return nil, fmt.Errorf("withdraw %s: there is no such entry", id)
	}
	changed.names = newNames(&changed)
	return &changed, nil
}

// withdraw replaces the list by one in which a copy of the entry is withdrawn.
func withdraw[E any](list *[]*E, meta func(*E) *Meta, id ID, why string) bool {
	i := slices.IndexFunc(*list, func(e *E) bool { return meta(e).ID == id })
	if i < 0 {
		return false
	}
	marked := *(*list)[i]
	meta(&marked).Review.Status, meta(&marked).Review.Why = Withdrawn, why
	*list = slices.Clone(*list)
	(*list)[i] = &marked
	return true
}
