package knowledge

import (
	"strings"
	"testing"
	"time"
)

func goodBase(t testing.TB) *Base {
	t.Helper()
	b, err := Load(goodFolder(t))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestNames(t *testing.T) {
	b := goodBase(t)
	for _, typed := range []string{"epinephrine", "EPINEPHRINE", "Epi", "adrenaline", "ADRÉNALINE", "adrenalin\u0065", "Adre-naline", "肾上腺素", " epi "} {
		if d, found := b.DrugByName(typed); !found || d.ID != "drug/epinephrine" {
			t.Errorf("DrugByName(%q) found %v, want epinephrine", typed, d)
		}
	}
	for _, typed := range []string{"", " ", "-", "epinephrin", "ep", "ephedrine", "epinephrine 1 mg", "\u0430drenaline"} {
		if d, found := b.DrugByName(typed); found {
			t.Errorf("DrugByName(%q) = %s, want none: names are never guessed", typed, d.ID)
		}
	}
	if s, found := b.SiteByName("Shin"); !found || s.ID != "site/proximal-tibia" {
		t.Error("SiteByName(Shin) did not find the proximal tibia")
	}
	if d, found := b.DeviceByName("DRILL"); !found || d.ID != "device/driver" {
		t.Error("DeviceByName(DRILL) did not find the driver")
	}
	if p, found := b.PopulationByWord("Kid"); !found || p.Name != "child" {
		t.Error("PopulationByWord(Kid) did not find child")
	}
	d, _ := b.Drug("epinephrine")
	if in, found := b.IndicationByName(d, "cpr"); !found || in.ID != "arrest" {
		t.Error("IndicationByName(cpr) did not find arrest")
	}
}

func TestDrugNames(t *testing.T) {
	got := strings.Join(goodBase(t).DrugNames(), " ")
	if want := "EPINEPHrine aTROPine adrenaline adrénaline epi 肾上腺素"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestSource(t *testing.T) {
	b := goodBase(t)
	if s, found := b.Source("DUCK"); !found || s.Year != "2020" || s.Seen != "page" {
		t.Errorf("source DUCK: %+v", s)
	}
	if _, found := b.Source("PROJECT"); found {
		t.Error("PROJECT is no document and was found")
	}
}

func TestLookup(t *testing.T) {
	b := goodBase(t)
	for _, id := range []ID{"epinephrine", "drug/epinephrine", "drug/epinephrine#arrest-child"} {
		if d, found := b.Drug(id); !found || d.Title != "EPINEPHrine (adrenaline)" {
			t.Errorf("Drug(%s) found %v", id, d)
		}
	}
	if _, found := b.Drug("site/epinephrine"); found {
		t.Error("a drug was found among the sites")
	}
	a, found := b.Article("article/flushing")
	if !found {
		t.Fatal("no article flushing")
	}
	if s, found := a.Section("why"); !found || len(s.AskedAs) != 2 || s.AskedAs[1] != "what does the flush do" {
		t.Errorf("section why: %+v", s)
	}
	if m, found := b.Entry("device/driver"); !found || m.Owner != "Anaesthesia" || m.Review.Status != Unreviewed {
		t.Errorf("the defaults of knowledge.yaml are not in %+v", m)
	}
	entries := b.Entries()
	for i := 1; i < len(entries); i++ {
		if entries[i-1].ID >= entries[i].ID {
			t.Errorf("%s stands before %s", entries[i-1].ID, entries[i].ID)
		}
	}
	if b.SiteChoice[0].First != "site/proximal-tibia" {
		t.Errorf("first site is %s, want the full id", b.SiteChoice[0].First)
	}
}

func TestArticle(t *testing.T) {
	a, _ := goodBase(t).Article("flushing")
	lead := a.Lead[0].Items[0]
	if lead.Text != "Flush as soon as the needle is in: 5 to 10 mL in an adult." || len(lead.Sources) != 2 {
		t.Errorf("lead: %+v", lead)
	}
	bullet := a.Sections[0].Blocks[1].Items[0]
	if bullet.Text != "Without it the infusion is slow. It may even stop." || len(bullet.Sources) != 2 {
		t.Errorf("a bullet over two lines with a key in the middle: %+v", bullet)
	}
	if steps := a.Sections[1].Blocks[0]; steps.Kind != Steps || len(steps.Items) != 2 {
		t.Errorf("steps: %+v", steps)
	}
	table := a.Sections[1].Blocks[1]
	if len(table.Head) != 2 || len(table.Rows) != 2 || table.Rows[1].Cells[1] != "2 to 5 mL" || len(table.Rows[1].Sources) != 2 {
		t.Errorf("table: %+v", table)
	}
}

func TestReviewAt(t *testing.T) {
	day := func(s string) time.Time {
		d, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	review := Review{Status: Verified, Due: day("2027-01-31"), Expires: day("2027-03-31")}
	withdrawn := Review{Status: Withdrawn, Expires: day("2027-03-31")}
	for _, test := range []struct {
		review Review
		now    time.Time
		want   Status
	}{
		{review, day("2027-01-31").Add(23 * time.Hour), Verified},
		{review, day("2027-02-01"), Overdue},
		{review, day("2027-03-31"), Overdue},
		{review, day("2027-04-01"), Expired},
		{withdrawn, day("2028-01-01"), Withdrawn},
		{Review{Status: Unreviewed}, day("2099-01-01"), Unreviewed},
	} {
		if got := test.review.At(test.now); got != test.want {
			t.Errorf("%+v at %s is %s, want %s", test.review, test.now, got, test.want)
		}
	}
}

func TestRevision(t *testing.T) {
	folder := goodFolder(t)
	before := goodBase(t).Revision
	folder["sources.yaml"].Data = append(folder["sources.yaml"].Data, '\n')
	after, err := Load(folder)
	if err != nil {
		t.Fatal(err)
	}
	if len(before) != 12 || before == after.Revision {
		t.Errorf("revisions %q and %q, want two of 12 characters", before, after.Revision)
	}
}
