package card

import (
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"iobot/knowledge"
	"iobot/knowledge/quantity"
)

// Ref is what the name of a file says: all that is needed to make it again.
type Ref struct {
	Patient  quantity.Patient // weight, age and population only
	Paper    Paper
	Revision string
	Day      time.Time // of printing
	Type     string    // "pdf" or "png"
}

// What is wrong with a name.
var (
	ErrNotACard = errors.New("this is not the name of a card")
	ErrEarlier  = errors.New("this card is of an earlier revision; ask for a new one")
	ErrOutdated = errors.New("this card is past its last day; ask for a new one")
)

// nameForm is the form of a name. An age is two numbers of half-hours, from and
// under; a group whose name is more than one plain word is written in
// hexadecimal digits after an x.
var nameForm = regexp.MustCompile(`^card-([0-9.]{1,7})kg(?:-age([0-9]{1,7})to([0-9]{1,7}))?(?:-([a-w][a-z]{0,39}|x[0-9a-f]{2,160}))?-(a4|letter)-([0-9A-Za-z]{1,64})-([0-9]{8})\.(pdf|png)$`)

// plainWord is a group whose name needs no writing out.
var plainWord = regexp.MustCompile(`^[a-w][a-z]{0,39}$`)

const dayForm = "20060102"

// Name is the name of the card as a file, "card-14kg-child-a4-….pdf", from
// which Asset makes it again.
func (c *Card) Name(paper Paper, fileType string) string {
	parts := []string{"card", strings.ReplaceAll(c.Patient.Weight.String(), " ", "")}
	if c.Patient.HasAge() {
		parts = append(parts, fmt.Sprintf("age%dto%d", c.Patient.Age, c.Patient.AgeUnder))
	}
	if group := c.Patient.Population; plainWord.MatchString(group) {
		parts = append(parts, group)
	} else if group != "" {
		parts = append(parts, "x"+hex.EncodeToString([]byte(group)))
	}
	parts = append(parts, string(paper), c.Revision, c.Printed.Format(dayForm))
	return strings.Join(parts, "-") + "." + fileType
}

// Parse reads a name that Name wrote, and nothing else.
func Parse(name string) (Ref, error) {
	m := nameForm.FindStringSubmatch(name)
	if m == nil {
		return Ref{}, ErrNotACard
	}
	weight, err := quantity.ParseWeight(m[1] + " kg")
	if err != nil || weight < quantity.LightestPerson || weight > quantity.HeaviestPerson {
		return Ref{}, ErrNotACard
	}
	day, err := time.Parse(dayForm, m[7])
	if err != nil {
		return Ref{}, ErrNotACard
	}
	ref := Ref{Paper: Paper(m[5]), Revision: m[6], Day: day, Type: m[8]}
	ref.Patient = quantity.Patient{Weight: weight, Age: halfHours(m[2]), AgeUnder: halfHours(m[3]), Population: group(m[4])}
	if ref.name() != name {
		return Ref{}, ErrNotACard // another way of writing it
	}
	return ref, nil
}

// name is the name that the reference was read from.
func (r Ref) name() string {
	c := Card{Patient: r.Patient, Revision: r.Revision, Printed: r.Day}
	return c.Name(r.Paper, r.Type)
}

// halfHours reads an age; nameForm has seen that it is digits.
func halfHours(digits string) quantity.Age {
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 0
	}
	return quantity.Age(n)
}

// group reads the name of a group of patients.
func group(written string) string {
	digits, isHex := strings.CutPrefix(written, "x")
	if !isHex {
		return written
	}
	name, err := hex.DecodeString(digits)
	if err != nil {
		return ""
	}
	return string(name)
}

// Asset makes the file with a name that Name gave, with its media type. The
// day of printing is that of the name. A name of another revision, or of a day
// from which a card could not be used any more, is refused.
func Asset(b *knowledge.Base, o Options, name string) (data []byte, mediaType string, err error) {
	ref, err := Parse(name)
	if err != nil {
		return nil, "", err
	}
	if ref.Revision != b.Revision {
		return nil, "", ErrEarlier
	}
	c, err := Make(b, ref.Patient, o)
	if err != nil {
		return nil, "", err
	}
	today := c.Printed
	c.printed(ref.Day, b.Card.Valid)
	if today.After(c.LastDay) || today.Before(c.Printed) {
		return nil, "", ErrOutdated
	}
	if ref.Type == "png" {
		data, err = c.PNG(ref.Paper)
		return data, "image/png", err
	}
	data, err = c.PDF(ref.Paper)
	return data, "application/pdf", err
}
