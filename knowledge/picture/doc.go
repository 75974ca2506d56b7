// Package picture fills the project's own drawings with the words and figures
// of a knowledge base: where the needle goes in a bone, the three needles and
// the 5 mm test, the way of a drug to the heart, the signs of a wrong needle.
//
// The art is in art/*.svg, plain files that a designer can edit. It holds no
// figure: each distance, angle, age, weight and length is a placeholder such
// as {{mark.1.distance}} that the entry fills. NewSet fills all art and draws
// nothing; Drawing.PNG draws when it is called and keeps nothing. The package
// reads no clock, stores and caches nothing, and knows no platform. Whether an
// expired entry may be shown is for the caller, who knows the time.
//
// The root of a piece of art says what it is: data-entry (whose figures),
// data-groups (of which landmarks), data-part and data-title (of a drawing that
// holds at any age), data-view (what is seen, for the description), and
// data-agrees, what the art shows by its shape: "angle-figure = 90 degrees;
// find ~ slightly medial" (= is exactly, ~ holds the words). Inside it, a text
// may have data-width and data-lines (its place), data-says (words that the
// filled text must hold), data-avoid (what it warns of, for the description)
// and data-if (left out when that value is empty). values.go lists the values.
//
// Start reading in set.go, then fill.go and text.go.
//
// # Decisions
//
//  1. What the art shows by its shape must be said by the entry (2026-11). A
//     drawing of a point below the tuberosity is dropped, and Lint says why, when
//     the entry puts it above, changes the angle or measures from elsewhere. No
//     picture is better than one that says other than the text.
//  2. A text that does not fit its place drops the drawing (2026-11), measured
//     with the fonts' own widths. Nothing is cut, made smaller or printed over
//     something else.
//  3. The point is a ring with a cross and the words "needle here" (2026-11), not
//     a number: each figure in a picture is then a figure of the entry, and no 1
//     stands beside "1 cm".
//  4. One accent colour, and a shape for each meaning (2026-11): ring and cross,
//     slashed circle with a dashed line, triangle, tick and cross. The colours of
//     the needle hubs are content; each has its name and a pattern beside it.
//  5. Drawings are not to scale and say so (2026-11). A distance of "1 to 2 cm" has
//     no one length.
//  6. Shapes are drawn by oksvg, text by this package (2026-11). oksvg reads no
//     text; and what is printed must be known here, to be checked and read out.
package picture
