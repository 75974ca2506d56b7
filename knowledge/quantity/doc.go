// Package quantity holds the measures a dose is made of: amounts of drug,
// dosages, concentrations, ages and body weights. It parses them from the
// content files, reads weight and age from what people type, and prints them
// the way the ISMP asks: a leading zero, no trailing zero, a space before the
// unit, a comma from 1,000.
//
// Everything is exact: fractions for amounts (Number), whole grams for weights,
// whole half-hours for ages. There is no floating point here.
//
// The package multiplies no dose, knows no drug, and never turns an age into
// a weight. What it cannot read without doubt it reports as a doubt.
//
// Start at ParseDosage for the content and at ReadPatient for what people type.
//
// # Decisions
//
//  1. A Number is two machine words, and math/big only where those do not
//     suffice (2026-11). With math/big throughout, a dose took 1,570 allocations
//     and twice the time. A fuzz test and 100,000 random pairs hold every
//     operation to math/big, at and beyond the edges of a word.
package quantity
