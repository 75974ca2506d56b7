// Package card makes the bedside card: one page to print or pin up before the
// patient arrives, with the bone, the needle, and the drugs of card.yaml in mg
// and mL for one weight.
//
// Make works a Card out as a value. Every dose on it comes from dose.Select and
// dose.Calculate, the path of the answer in chat, and where that path asks or
// refuses the card says so in words instead of a figure. PDF and PNG print the
// same page. Name writes what a page was made from into the name of its file,
// and Asset makes the page again from that name alone.
//
// The package multiplies nothing, keeps nothing, writes no file, knows no clock
// and prints nothing that could name a patient: a weight, an age or a group.
//
// Start reading at Make; then layout.go, which says where everything stands.
//
// # Decisions
//
//  1. One layout, two pens (2026-11). The page is a list of texts and boxes in
//     points, measured with the font that is embedded; the PDF and the PNG draw the
//     same list, so that they cannot differ.
//  2. One page or none (2026-11). The layout takes the largest of a few sizes that
//     fits; figures never go under 13 points. What does not fit then is an error that
//     says to shorten card.yaml, not a second page that is lost at the bedside.
//  3. Warnings stand above the figures of their row (2026-11), in the row: a list
//     of warnings elsewhere on the page is not read with the syringe in hand.
//  4. Draw up what a syringe shows (2026-11). The large volume is the rounded one
//     of the answer in chat; the exact one stands under it where it differs.
//  5. A card is of a day (2026-11), in UTC, so that its bytes depend on the day and
//     the revision only, and its name can say both.
package card
