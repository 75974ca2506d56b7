// Package assets gives the bytes of the pictures and files that replies name:
// drawings of the live knowledge, drawn once and kept in memory, and bedside
// cards, made for each request and kept nowhere. Platforms and the public
// address /assets/NAME get them here. Start at Assets.
//
// The package draws nothing itself (knowledge/picture and knowledge/card do)
// and decides nothing about who may see what: a name is made from the content
// and holds nothing of a patient but a weight or an age.
package assets
