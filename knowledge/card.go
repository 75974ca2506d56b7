package knowledge

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"iobot/knowledge/quantity"
)

// Card says what a bedside card prints and in which order: card.yaml.
type Card struct {
	Title       string        `yaml:"title,required"`
	Valid       Days          `yaml:"valid,required"`        // how long after the day of printing a card may be used
	IntendedUse string        `yaml:"intended_use,required"` // printed at the foot
	Sections    []CardSection `yaml:"sections,required"`
}

// CardSection is a headed group of rows.
type CardSection struct {
	Heading string     `yaml:"heading,required"`
	Items   []CardItem `yaml:"items,required"`
}

// CardItem is one row: a drug, the first bone, or the needle.
type CardItem struct {
	Drug     ID                     `yaml:"drug"`
	Use      string                 `yaml:"use"`      // id of an indication; empty: the one that answers when none is named
	Strength quantity.Concentration `yaml:"strength"` // to draw from; zero: the usual one of the rule
	Site     string                 `yaml:"site,one=first"`
	Needle   ID                     `yaml:"needle"` // the device whose needles are chosen from
}

// name says what a row is about: "drug/epinephrine#arrest".
func (i CardItem) name() string {
	switch {
	case i.Site != "":
		return i.Site + " site"
	case i.Drug != "" && i.Use != "":
		return string(i.Drug) + "#" + i.Use
	}
	return string(cmp.Or(i.Drug, i.Needle))
}

// Days is a number of whole days.
type Days int

// String prints the days as the content writes them: "1 day", "7 days".
func (d Days) String() string {
	if d == 1 {
		return "1 day"
	}
	return strconv.Itoa(int(d)) + " days"
}

// The limits of a card: what is older than a week is not known at the bedside
// to be still right, and more rows than this do not fit on a page.
const (
	maxCardDays = 7
	maxCardRows = 18
)

func parseDays(text string) (Days, error) {
	number, unit, _ := strings.Cut(text, " ")
	n, err := strconv.Atoi(number)
	d := Days(n)
	if err != nil || unit != "day" && unit != "days" || d.String() != text || n < 1 || n > maxCardDays {
		return 0, fmt.Errorf("%q is not a number of days; write 1 day, or up to %d days", text, maxCardDays)
	}
	return d, nil
}

// completeCard turns the short ids of drugs and devices into full ones.
func completeCard(b *Base) {
	if b.Card == nil {
		return
	}
	for _, s := range b.Card.Sections {
		for i := range s.Items {
			s.Items[i].Drug = withKind("drug", s.Items[i].Drug)
			s.Items[i].Needle = withKind("device", s.Items[i].Needle)
		}
	}
}
