package card_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"iobot/knowledge"
	"iobot/knowledge/card"
	"iobot/knowledge/content"
)

// TestWithdrawn withdraws each entry of the card in turn: its rows point to the
// protocol without a figure, and all others stay as they are.
func TestWithdrawn(t *testing.T) {
	t.Parallel()
	b := starter(t)
	whole := made(t, b, "14 kg").Rows()
	for _, withdrawn := range whole {
		id := withdrawn.Entry.Entry()
		without, err := b.Withdrawing(id, "recalled, batch 12")
		if err != nil {
			t.Fatal(err)
		}
		c, err := card.Make(without, patient(b, "14 kg"), options())
		if err != nil {
			t.Fatal(err)
		}
		if c.Review != knowledge.Withdrawn {
			t.Errorf("%s: the card is %s", id, c.Review)
		}
		for _, row := range c.Rows() {
			if row.Entry.Entry() == id {
				pointsToProtocol(t, row, "withdrawn")
			} else if row.Review != knowledge.Unreviewed {
				t.Errorf("without %s, %s is %s", id, row.Name, row.Review)
			}
		}
	}
}

func pointsToProtocol(t *testing.T, row card.Row, state string) {
	t.Helper()
	if row.Dose+row.Volume+row.Strength+row.Limit+row.Give != "" || len(row.Warnings) > 0 || len(row.Say) != 1 ||
		row.Say[0].Text != "See protocol: the entry is "+state+"." {
		t.Errorf("%s: %+v", row.Name, row)
	}
}

// TestExpired prints a card of content whose review has run out: no row holds
// a figure.
func TestExpired(t *testing.T) {
	t.Parallel()
	b, err := knowledge.Load(edited(t, "knowledge.yaml", "due: 2027-01-01", "due: 2026-01-01\n  expires: 2026-11-21"))
	if err != nil {
		t.Fatal(err)
	}
	c, err := card.Make(b, patient(b, "14 kg"), options())
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range c.Rows() {
		pointsToProtocol(t, row, "expired")
	}
	pdf, err := c.PDF(card.A4)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range texts(t, pdf) {
		if strings.Contains(text, " mg") || strings.Contains(text, " mL") {
			t.Errorf("the page prints %q", text)
		}
	}
}

// edited is the starter content with a change in one file.
func edited(t *testing.T, name, from, to string) fs.FS {
	t.Helper()
	folder := fstest.MapFS{}
	err := fs.WalkDir(content.FS(), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(content.FS(), path)
		folder[path] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	text := string(folder[name].Data)
	if !strings.Contains(text, from) {
		t.Fatalf("%s does not hold %q", name, from)
	}
	folder[name].Data = []byte(strings.Replace(text, from, to, 1))
	return folder
}

// TestOverdue prints a card of content that is due, one entry of which has
// been verified since.
func TestOverdue(t *testing.T) {
	t.Parallel()
	folder := edited(t, "drugs/epinephrine.yaml", "id: epinephrine\n",
		"id: epinephrine\nreview: {status: verified, by: Kim Lee, on: 2026-11-01, due: 2027-11-01}\n").(fstest.MapFS)
	b, err := knowledge.Load(folder)
	if err != nil {
		t.Fatal(err)
	}
	o := options()
	o.At = asOf.AddDate(0, 3, 0)
	c, err := card.Make(b, patient(b, "14 kg"), o)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range c.Rows() {
		want := knowledge.Overdue
		if row.Entry.Entry() == "drug/epinephrine" {
			want = knowledge.Verified
		}
		if row.Review != want || row.Dose == "" && len(row.Say) == 0 {
			t.Errorf("%s is %s, want %s", row.Name, row.Review, want)
		}
	}
	pdf, err := c.PDF(card.A4)
	if err != nil {
		t.Fatal(err)
	}
	page := strings.Join(texts(t, pdf), " ")
	for _, want := range []string{"REVIEW DIFFERS: see each row", "[AAP2020S] OVERDUE", "[AHA2010T1] VERIFIED"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

// TestReference prints rules as they are written and multiplies nothing.
func TestReference(t *testing.T) {
	t.Parallel()
	o := options()
	o.Multiply = false
	b := starter(t)
	c, err := card.Make(b, patient(b, "14 kg"), o)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range c.Rows() {
		switch {
		case row.Entry == "drug/epinephrine#arrest-child" && (row.Dose != "0.01 mg/kg" || row.Strength != "0.1 mg/mL" || row.Limit != "max 1 mg"):
			t.Errorf("%+v", row)
		case row.Volume+row.Also+row.Exact != "" || strings.Contains(row.Limit, "AT THE") || strings.Contains(row.Give, "210 mg"):
			t.Errorf("worked out: %+v", row)
		}
	}
}
