package card

import "strings"

// Alt says in words what the picture of the card shows: for whom, and each row
// in the order of the page. It leaves out the small print.
func (c *Card) Alt() string {
	words := []string{c.Title + " for " + c.Patient.Weight.String() + joined(", ", append([]string{""}, c.ages()...)...) + "."}
	for _, row := range c.Rows() {
		words = append(words, row.alt())
	}
	return strings.Join(append(words, "Do not use after "+c.LastDay.Format(dateForm)+". "+c.reviewed()+"."), " ")
}

// alt is a row in words.
func (row Row) alt() string {
	name := joined(", ", row.Name, row.Step)
	if row.Dose == "" {
		return name + ": " + row.Say[0].Text
	}
	volume := row.Volume
	if volume != "" {
		volume = " = " + volume
	}
	if row.Strength != "" {
		volume += " of " + row.Strength
	}
	return name + ": " + row.Dose + volume + ", " + row.Limit + "."
}
