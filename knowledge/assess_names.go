package knowledge

import (
	"fmt"
	"maps"
	"slices"
)

// moved finds names that lead to something else than before: whoever types one
// gets another answer.
func moved(before, after *Base) []danger {
	var all []danger
	add := func(name string, was, is *Meta) {
		if was.ID != is.ID {
			all = append(all, danger{tenfold, fmt.Sprintf("The name %q now means %s; it meant %s", name, is.Title, was.Title)})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(after.names.drugs)) {
		if was, ok := before.names.drugs[name]; ok {
			add(name, &was.Meta, &after.names.drugs[name].Meta)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(after.names.sites)) {
		if was, ok := before.names.sites[name]; ok {
			add(name, &was.Meta, &after.names.sites[name].Meta)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(after.names.devices)) {
		if was, ok := before.names.devices[name]; ok {
			add(name, &was.Meta, &after.names.devices[name].Meta)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(after.names.populations)) {
		i, ok := before.names.populations[name]
		is := after.Populations[after.names.populations[name]]
		if ok && before.Populations[i].Name != is.Name {
			all = append(all, danger{tenfold, fmt.Sprintf("The word %q now means %s; it meant %s", name, is.Name, before.Populations[i].Name)})
		}
	}
	return append(all, movedUses(before, after)...)
}

// movedUses finds words for a use of a drug that lead to another use.
func movedUses(before, after *Base) []danger {
	var all []danger
	for _, is := range after.Drugs {
		was, known := before.Drug(is.ID)
		if !known {
			continue
		}
		old, current := was.useNames(), is.useNames()
		for _, name := range slices.Sorted(maps.Keys(current)) {
			if use, ok := old[name]; ok && use.ID != current[name].ID {
				all = append(all, danger{tenfold, fmt.Sprintf("%s: %q now means %s; it meant %s", is.Name, name, current[name].Name, use.Name)})
			}
		}
	}
	return all
}
