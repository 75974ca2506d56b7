package card_test

import (
	"testing"
	"time"

	"iobot/knowledge"
	"iobot/knowledge/card"
	"iobot/knowledge/content"
	"iobot/knowledge/quantity"
)

// asOf is when the tests print.
var asOf = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

func options() card.Options {
	return card.Options{Guidelines: []string{"AHA", "ERC", "RCUK"}, Multiply: true, At: asOf}
}

// starter is the starter content.
func starter(t testing.TB) *knowledge.Base {
	t.Helper()
	b, err := knowledge.Load(content.FS())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// patient reads a line that is about a patient and nothing else.
func patient(b *knowledge.Base, line string) quantity.Patient {
	return quantity.ReadPatient(line, groups(b))
}

func groups(b *knowledge.Base) quantity.Populations {
	var words []quantity.PopulationWord
	for _, p := range b.Populations {
		words = append(words, quantity.PopulationWord{Word: p.Name, Name: p.Name, Age: p.Age})
	}
	return quantity.NewPopulations(words)
}

// made is the card for a line.
func made(t testing.TB, b *knowledge.Base, line string) *card.Card {
	t.Helper()
	c, err := card.Make(b, patient(b, line), options())
	if err != nil {
		t.Fatal(err)
	}
	return c
}
