package card_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"iobot/knowledge"
	"iobot/knowledge/card"
)

// TestAsset makes the files of a card from their names alone.
func TestAsset(t *testing.T) {
	t.Parallel()
	b := starter(t)
	for _, line := range []string{"14 kg", "3.5 kg newborn", "9.3 kg 8 months", "3.2 kg 2 weeks neonate"} {
		c := made(t, b, line)
		want, err := c.PDF(card.Letter)
		checkAsset(t, b, c.Name(card.Letter, "pdf"), "application/pdf", want, err)
	}
	c := made(t, b, "14 kg")
	want, err := c.PNG(card.A4)
	checkAsset(t, b, c.Name(card.A4, "png"), "image/png", want, err)
}

func checkAsset(t *testing.T, b *knowledge.Base, name, media string, want []byte, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	got, mediaType, err := card.Asset(b, options(), name)
	if err != nil || mediaType != media || !bytes.Equal(got, want) {
		t.Errorf("%s is another file, %s: %v", name, mediaType, err)
	}
}

// TestAssetRefused asks for files that must not be made.
func TestAssetRefused(t *testing.T) {
	t.Parallel()
	b := starter(t)
	name := made(t, b, "14 kg").Name(card.A4, "pdf")
	later := func(days int) card.Options {
		o := options()
		o.At = o.At.AddDate(0, 0, days)
		return o
	}
	if _, _, err := card.Asset(b, later(1), name); err != nil {
		t.Errorf("on its last day: %v", err)
	}
	for _, test := range []struct {
		options card.Options
		name    string
		want    error
	}{
		{later(2), name, card.ErrOutdated},
		{later(-1), name, card.ErrOutdated},
		{options(), strings.Replace(name, b.Revision, "0123456789ab", 1), card.ErrEarlier},
		{options(), strings.Replace(name, "14kg", "45kg-newborn", 1), card.ErrDoubt},
		{options(), strings.Replace(name, "14kg", "14.0kg", 1), card.ErrNotACard},
		{options(), strings.Replace(name, "14kg", "14kg-age5to0", 1), card.ErrNotACard},
		{options(), strings.Replace(name, "14kg", "14kg-x6368696c64", 1), card.ErrNotACard}, // "child" written out
		{options(), strings.Replace(name, "14kg", "1000kg", 1), card.ErrNotACard},
		{options(), strings.Replace(name, "a4", "a5", 1), card.ErrNotACard},
		{options(), "../" + name, card.ErrNotACard},
		{options(), name + ".pdf", card.ErrNotACard},
		{options(), "", card.ErrNotACard},
	} {
		if data, _, err := card.Asset(b, test.options, test.name); !errors.Is(err, test.want) || data != nil {
			t.Errorf("%s: %v, want %v", test.name, err, test.want)
		}
	}
}

// FuzzParse reads any name. One that is read is written the same again.
func FuzzParse(f *testing.F) {
	for _, name := range []string{
		"card-14kg-a4-7a6bf86cf9fb-20261122.pdf",
		"card-3.5kg-newborn-letter-7a6bf86cf9fb-20261122.png",
		"card-9.3kg-age11688to13149-child-a4-7a6bf86cf9fb-20261122.png",
		"card-60kg-x796f756e67206164756c74-a4-7a6bf86cf9fb-20261122.png",
		"card-14kg-age1to0-a4-x-00000000.pdf", "card-0kg-a4-a-20261122.pdf", "card-.5kg-a4-a-20261122.pdf", "card-1..5kg-a4-a-20260231.pdf",
	} {
		f.Add(name)
	}
	b := starter(f)
	f.Fuzz(func(t *testing.T, name string) {
		ref, err := card.Parse(name)
		if err != nil {
			if ref.Type != "" {
				t.Errorf("%q: %v with %+v", name, err, ref)
			}
			return
		}
		c := card.Card{Patient: ref.Patient, Revision: ref.Revision, Printed: ref.Day}
		if got := c.Name(ref.Paper, ref.Type); got != name {
			t.Errorf("%q is read as %q", name, got)
		}
		if _, err := card.Make(b, ref.Patient, options()); err == nil && ref.Patient.Weight == 0 {
			t.Errorf("%q makes a card without a weight", name)
		}
	})
}
