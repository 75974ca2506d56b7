// Package quantity holds the measures a dose is made of: amounts of drug,
// dosages, concentrations, ages and body weights. It parses them from the
// content files, reads weight and age from what people type, and prints them
// the way the ISMP asks: a leading zero, no trailing zero, a space before the
// unit, a comma from 1,000.
//
// Everything is exact: big.Rat for amounts, whole grams for weights, whole
// half-hours for ages. There is no floating point here.
//
// The package multiplies no dose, knows no drug, and never turns an age into
// a weight. What it cannot read without doubt it reports as a doubt.
package quantity
