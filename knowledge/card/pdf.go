package card

import (
	"bytes"
	"fmt"

	"codeberg.org/go-pdf/fpdf"

	"iobot/knowledge/typeface"
)

// PDF prints the card on one page. The same card gives the same bytes.
func (c *Card) PDF(paper Paper) ([]byte, error) {
	p, err := c.page(paper)
	if err != nil {
		return nil, err
	}
	doc := c.document(p)
	for _, b := range p.boxes {
		doc.SetFillColor(int(b.grey), int(b.grey), int(b.grey))
		doc.Rect(b.x, b.y, b.width, b.height, "F")
	}
	for _, t := range p.texts {
		doc.SetFont("Go", pdfStyle(t.style), t.style.size)
		doc.SetTextColor(ink(t))
		doc.Text(t.x, t.y, t.words)
	}
	var out bytes.Buffer
	if err := doc.Output(&out); err != nil {
		return nil, fmt.Errorf("write the card as PDF: %w", err)
	}
	return out.Bytes(), nil
}

// document is an empty document with one page and the fonts.
func (c *Card) document(p *page) *fpdf.Fpdf {
	doc := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: p.width, Ht: p.height}})
	doc.SetCreationDate(c.Printed)
	doc.SetModificationDate(c.Printed)
	doc.SetCatalogSort(true)
	doc.SetAutoPageBreak(false, 0)
	doc.SetTitle(c.Title+", "+c.Patient.Weight.String(), true)
	doc.SetSubject("Do not use after "+c.LastDay.Format(dateForm), true)
	doc.SetLang("en")
	doc.AddUTF8FontFromBytes("Go", "", typeface.TTF(false))
	doc.AddUTF8FontFromBytes("Go", "B", typeface.TTF(true))
	doc.AddPage()
	return doc
}

func pdfStyle(s style) string {
	if s.bold {
		return "B"
	}
	return ""
}

func ink(t text) (r, g, b int) {
	if t.white {
		return 255, 255, 255
	}
	return 0, 0, 0
}
