package card_test

import (
	"testing"

	"iobot/knowledge/card"
)

// BenchmarkMake measures the card as a value.
func BenchmarkMake(b *testing.B) {
	base := starter(b)
	p := patient(base, "14 kg")
	for b.Loop() {
		if _, err := card.Make(base, p, options()); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFits measures the layout of a page.
func BenchmarkFits(b *testing.B) {
	c := made(b, starter(b), "14 kg")
	for b.Loop() {
		if err := c.Fits(card.Letter); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPDF measures a page as PDF, from the value.
func BenchmarkPDF(b *testing.B) {
	c := made(b, starter(b), "14 kg")
	for b.Loop() {
		if _, err := c.PDF(card.A4); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPNG measures a page as PNG, from the value.
func BenchmarkPNG(b *testing.B) {
	c := made(b, starter(b), "14 kg")
	for b.Loop() {
		if _, err := c.PNG(card.A4); err != nil {
			b.Fatal(err)
		}
	}
}
