// Package dose turns a dose rule and a patient into a dose, and is the only
// place that multiplies. Calculate works one dose out; Select says which rule
// of a drug governs for a patient, or what must be asked first; Check works
// the written examples of a rule out again.
//
// Everything is exact until the last step: multiply, apply the minimum, apply
// the maximum, divide by the strength. Only the volume is then rounded, once,
// to what a syringe shows, and never above the volume of the maximum.
//
// The package knows no drug, never estimates a weight, and prefers asking to
// choosing. It writes no answer: the words around a dose are the commands'.
package dose
