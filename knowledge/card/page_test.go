package card_test

import (
	"bytes"
	"compress/zlib"
	"image"
	"image/png"
	"io"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"iobot/knowledge"
	"iobot/knowledge/card"
	"iobot/knowledge/quantity"
)

// TestOnePage lays cards out for every weight that a person can have, on both
// papers: each fits on one page.
func TestOnePage(t *testing.T) {
	t.Parallel()
	b := starter(t)
	step := quantity.Weight(700)
	if testing.Short() {
		step = 7_100
	}
	pages := 0
	for w := quantity.LightestPerson; w <= quantity.HeaviestPerson; w += step {
		for _, p := range people(b, w) {
			c, err := card.Make(b, p, options())
			if err != nil {
				continue // a weight that is believed at no age
			}
			for _, paper := range []card.Paper{card.A4, card.Letter} {
				pages++
				if err := c.Fits(paper); err != nil {
					t.Errorf("%s %s: %v", w, p.Population, err)
				}
			}
		}
	}
	t.Logf("%d pages", pages)
}

// TestText takes the text out of the PDF again: each row stands on it, whole
// and in order, and so does what is printed around the rows.
func TestText(t *testing.T) {
	t.Parallel()
	b := starter(t)
	for _, line := range []string{"14 kg", "3.5 kg newborn", "3.5 kg infant", "70 kg adult", "9.3 kg 8 months", "100 kg adolescent", "0.5 kg neonate"} {
		c := made(t, b, line)
		for _, paper := range []card.Paper{card.A4, card.Letter} {
			pdf, err := c.PDF(paper)
			if err != nil {
				t.Fatal(err)
			}
			if n := bytes.Count(pdf, []byte("/Type /Page\n")); n != 1 {
				t.Errorf("%s: %d pages", line, n)
			}
			checkText(t, c, strings.Join(texts(t, pdf), " "))
		}
	}
}

func checkText(t *testing.T, c *card.Card, page string) {
	t.Helper()
	around := []string{c.Patient.Weight.String(), "Do not use after 23 Nov 2026", "UNREVIEWED", c.Revision, "Prepared by", "Checked by", "Time", c.IntendedUse, "/io " + c.Command()}
	for _, want := range around {
		if !strings.Contains(page, want) {
			t.Errorf("%s: the page does not say %q", c.Command(), want)
		}
	}
	rest := page
	for _, row := range c.Rows() {
		var parts []string
		parts = append(parts, row.Warnings...)
		if row.Step == "" {
			parts = append(parts, row.Name)
		}
		for _, said := range row.Say {
			parts = append(parts, said.Text)
		}
		for _, part := range append(parts, row.Dose, row.Also, row.Volume, row.Strength, row.Limit) {
			_, after, found := strings.Cut(rest, part)
			if !found {
				t.Fatalf("%s: %q of %s does not stand on the page, or not in its place", c.Command(), part, row.Name)
			}
			rest = after
		}
	}
	for _, problem := range knowledge.FigureProblems(page[:strings.Index(page, "Sources: ")]) {
		t.Errorf("%s: %s", c.Command(), problem)
	}
}

// stream and shownText find the parts of a PDF that hold text. The fonts are coded
// in UTF-16.
var (
	stream    = regexp.MustCompile(`(?s)stream\n(.*?)\nendstream`)
	shownText = regexp.MustCompile(`(?s)\(((?:\\.|[^\\)])*)\) Tj`)
)

// texts takes the texts out of a PDF, in the order in which they are drawn.
func texts(t *testing.T, pdf []byte) []string {
	t.Helper()
	var out []string
	for _, m := range stream.FindAllSubmatch(pdf, -1) {
		unpacked, err := zlib.NewReader(bytes.NewReader(m[1]))
		if err != nil {
			continue // a font
		}
		data, err := io.ReadAll(unpacked)
		if err != nil {
			t.Fatal(err)
		}
		for _, show := range shownText.FindAllSubmatch(data, -1) {
			out = append(out, decoded(show[1]))
		}
	}
	if len(out) == 0 {
		t.Fatal("the PDF holds no text")
	}
	return out
}

var pdfEscape = regexp.MustCompile(`(?s)\\(.)`)

func decoded(raw []byte) string {
	raw = pdfEscape.ReplaceAllFunc(raw, func(m []byte) []byte {
		if m[1] == 'r' {
			return []byte{'\r'}
		}
		return m[1:]
	})
	var units []uint16
	for i := 0; i+1 < len(raw); i += 2 {
		units = append(units, uint16(raw[i])<<8|uint16(raw[i+1]))
	}
	return string(utf16.Decode(units))
}

// TestPicture decodes the picture and reads the code on it.
func TestPicture(t *testing.T) {
	t.Parallel()
	b := starter(t)
	for line, paper := range map[string]card.Paper{"14 kg": card.A4, "9.3 kg 8 months child": card.Letter} {
		data, err := made(t, b, line).PNG(paper)
		if err != nil {
			t.Fatal(err)
		}
		if len(data) > 2<<20 {
			t.Errorf("%s: %d bytes", line, len(data))
		}
		img, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if _, isGray := img.(*image.Gray); !isGray {
			t.Errorf("%s: the picture has colours: %T", line, img)
		}
		if got := scanned(t, img); got != "/io card "+line {
			t.Errorf("%s: the code says %q", line, got)
		}
	}
}

// scanned reads the QR code of a picture.
func scanned(t *testing.T, img image.Image) string {
	t.Helper()
	bitmap, err := gozxing.NewBinaryBitmapFromImage(img)
	if err != nil {
		t.Fatal(err)
	}
	hints := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true}
	result, err := qrcode.NewQRCodeReader().Decode(bitmap, hints)
	if err != nil {
		t.Fatal(err)
	}
	return result.GetText()
}

// pdfDate is how a PDF writes when it was made.
var pdfDate = regexp.MustCompile(`\(D:[0-9]*`)

// TestSameBytes makes a card twice, the second time an hour later.
func TestSameBytes(t *testing.T) {
	t.Parallel()
	base := starter(t)
	first, o := made(t, base, "14 kg"), options()
	o.At = o.At.Add(3600e9)
	second, err := card.Make(base, patient(base, "14 kg"), o)
	if err != nil {
		t.Fatal(err)
	}
	for _, print := range []func(*card.Card) ([]byte, error){
		func(c *card.Card) ([]byte, error) { return c.PDF(card.A4) },
		func(c *card.Card) ([]byte, error) { return c.PNG(card.Letter) },
	} {
		a, err := print(first)
		if err != nil {
			t.Fatal(err)
		}
		b, err := print(second)
		if err != nil || !bytes.Equal(a, b) {
			t.Errorf("the same card has other bytes: %v", err)
		}
		if dates := pdfDate.FindAllString(string(a), -1); slices.ContainsFunc(dates, func(d string) bool { return d != "(D:20261122000000" }) {
			t.Errorf("the PDF names the times %q", dates)
		}
	}
}

// TestCannotPrint sees that a card too long for a page, or with letters that the
// fonts lack, is refused and says what to do.
func TestCannotPrint(t *testing.T) {
	t.Parallel()
	base := starter(t)
	c := made(t, base, "14 kg")
	for range 3 {
		c.Sections = append(c.Sections, c.Sections...)
	}
	if err := c.Fits(card.A4); err == nil || !strings.Contains(err.Error(), "take rows out of card.yaml") {
		t.Errorf("a long card: %v", err)
	}
	c = made(t, base, "14 kg")
	c.Title = "卡"
	if _, err := c.PDF(card.A4); err == nil || !strings.Contains(err.Error(), "'卡' cannot be printed") {
		t.Errorf("a letter that is not in the font: %v", err)
	}
	if _, err := made(t, base, "14 kg").PNG("a5"); err == nil {
		t.Error("printed on A5")
	}
}

// TestMemory prints many cards and sees that nothing of them stays.
func TestMemory(t *testing.T) {
	b := starter(t)
	p := patient(b, "14 kg")
	print := func(n int) {
		for range n {
			c, err := card.Make(b, p, options())
			if err != nil {
				t.Fatal(err)
			}
			if _, err := c.PDF(card.A4); err != nil {
				t.Fatal(err)
			}
		}
		if _, _, err := card.Asset(b, options(), made(t, b, "14 kg").Name(card.A4, "png")); err != nil {
			t.Fatal(err)
		}
	}
	cards := 1000
	if testing.Short() {
		cards = 20
	}
	print(5)
	before := heap()
	print(cards)
	if grown := int64(heap()) - int64(before); grown > 1<<20 {
		t.Errorf("%d cards left %d bytes behind", cards, grown)
	}
}

func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
