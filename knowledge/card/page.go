package card

import (
	"errors"
	"fmt"

	"rsc.io/qr"
)

// Paper is a size of paper.
type Paper string

// The papers a card is made for.
const (
	A4     Paper = "a4"
	Letter Paper = "letter"
)

// size is the width and height of a paper in points.
func (p Paper) size() (width, height float64, err error) {
	switch p {
	case A4:
		return 595.28, 841.89, nil
	case Letter:
		return 612, 792, nil
	}
	return 0, 0, fmt.Errorf("paper %q is not known; use a4 or letter", string(p))
}

// page is what a pen draws, in points from the top left corner: first the
// boxes, then the texts over them.
type page struct {
	width, height float64
	boxes         []box
	texts         []text
}

// box is a filled rectangle.
type box struct {
	x, y, width, height float64
	grey                uint8 // 0 is black
}

// text is one line of text; x and y are the left end of its base line.
type text struct {
	x, y  float64
	style style
	white bool
	words string
}

// errTooLong says that no size fits the page.
var errTooLong = errors.New("the card does not fit on one page; take rows out of card.yaml")

// Fits reports whether the card can be printed on one page of a paper.
func (c *Card) Fits(paper Paper) error {
	_, err := c.page(paper)
	return err
}

// widest is the most that is added between two rows when there is room.
const widest = 6

// page lays the card out in the largest size that fits, and spreads the rows
// over what room is left.
func (c *Card) page(paper Paper) (*page, error) {
	width, height, err := paper.size()
	if err != nil {
		return nil, fmt.Errorf("lay out a card: %w", err)
	}
	code, err := qr.Encode("/io "+c.Command(), qr.M)
	if err != nil {
		return nil, fmt.Errorf("lay out a card: %w", err)
	}
	f, err := newFonts()
	if err != nil {
		return nil, fmt.Errorf("lay out a card: %w", err)
	}
	for _, sizes := range allSizes() {
		set := func() *layout {
			l := &layout{page: &page{width: width, height: height}, fonts: f, sizes: sizes, card: c}
			l.set(code)
			return l
		}
		l := set()
		switch room := height - margin - l.y; {
		case f.missing != 0:
			return nil, fmt.Errorf("lay out a card: the letter %q cannot be printed; write it otherwise in the entries of card.yaml", f.missing)
		case room >= 0:
			sizes.gap += min(room/float64(len(c.Rows())+len(c.Sections)), widest)
			return set().page, nil
		}
	}
	return nil, fmt.Errorf("lay out a card: %w", errTooLong)
}
