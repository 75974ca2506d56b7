package picture

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iobot/knowledge"
	"iobot/knowledge/content"
)

func starter(t testing.TB) *knowledge.Base {
	t.Helper()
	b, err := knowledge.Load(content.FS())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func setOf(t testing.TB, b *knowledge.Base) *Set {
	t.Helper()
	s, err := NewSet(b)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func byID(t testing.TB, s *Set, id string) *Drawing {
	t.Helper()
	for _, d := range s.All() {
		if d.ID == id {
			return d
		}
	}
	t.Fatalf("there is no drawing %s", id)
	return nil
}

// TestStarterDrawings holds everything that the drawings of the starter
// content print and say, in a file that a nurse can read.
func TestStarterDrawings(t *testing.T) {
	s := setOf(t, starter(t))
	for _, p := range s.Problems() {
		t.Error(p)
	}
	var got strings.Builder
	for _, d := range s.All() {
		fmt.Fprintf(&got, "== %s\nof %s: %s\n", d.ID, d.Entry, d.Title)
		for _, text := range d.Texts() {
			fmt.Fprintf(&got, "  %s\n", text)
		}
		fmt.Fprintf(&got, "read out: %s\n\n", d.Alt)
	}
	golden(t, "drawings.txt", got.String())
}

var figure = regexp.MustCompile(`\d+(?:[.,]\d+)*`)

// TestEachFigureIsTheEntrys: each figure that a drawing prints stands in what
// the entry says of that landmark, and each distance of the landmark is there.
func TestEachFigureIsTheEntrys(t *testing.T) {
	b := starter(t)
	s := setOf(t, b)
	for _, d := range s.All() {
		said := figure.FindAllString(saidBy(t, b, d), -1)
		for _, text := range append(d.Texts(), d.Alt) {
			for _, f := range figure.FindAllString(text, -1) {
				if !slices.Contains(said, f) {
					t.Errorf("%s prints %q in %q; the entry does not say it", d.ID, f, text)
				}
			}
			if problems := knowledge.FigureProblems(text); len(problems) > 0 {
				t.Errorf("%s prints %q: %v", d.ID, text, problems)
			}
		}
	}
	for _, site := range b.Sites {
		for i := range site.Landmarks {
			checkDistances(t, s, site, &site.Landmarks[i])
		}
	}
}

// saidBy is the text that may give a drawing its figures: of a bone only what
// holds for the landmark, so that no figure of another age slips in.
func saidBy(t *testing.T, b *knowledge.Base, d *Drawing) string {
	t.Helper()
	var said strings.Builder
	add := func(all ...knowledge.Statement) {
		for _, s := range all {
			said.WriteString(s.Text + "\n")
		}
	}
	if d.Entry.Kind() != "site" {
		add(b.Statements(d.Entry)...)
		if device, ok := b.Device(d.Entry); ok {
			for _, n := range device.Needles {
				said.WriteString(n.Length + "\n" + n.Gauge + "\n" + n.Weight.String() + "\n")
			}
		}
		return said.String()
	}
	site, _ := b.Site(d.Entry)
	add(site.Warnings...)
	add(site.Angle, site.Position, site.Summary)
	add(site.Cautions...)
	for _, l := range site.Landmarks {
		if l.Group == d.Group && l.Age == d.Age {
			add(l.Find)
			said.WriteString(l.Age.String() + "\n")
		}
	}
	return said.String()
}

func checkDistances(t *testing.T, s *Set, site *knowledge.Site, l *knowledge.Landmark) {
	t.Helper()
	for _, d := range s.Site(site.ID, l) {
		for _, m := range l.Marks {
			if d.Group != "" && !slices.Contains(d.Texts(), m.Distance) {
				t.Errorf("%s does not print the distance %s", d.ID, m.Distance)
			}
			if d.Group != "" && !strings.Contains(d.Alt, strings.TrimPrefix(m.Distance, "at most ")) {
				t.Errorf("the description of %s does not say %s", d.ID, m.Distance)
			}
		}
	}
}

// TestDrawingsThereMustBe lists what the program promises.
func TestDrawingsThereMustBe(t *testing.T) {
	var got []string
	for _, d := range setOf(t, starter(t)).All() {
		got = append(got, d.ID)
	}
	want := strings.Fields(`compartment-syndrome/signs confirming-placement/signs distal-femur/child distal-femur/infant
		distal-tibia/adult distal-tibia/child distal-tibia/infant ez-io/needles iliac-crest physiology/marrow
		proximal-humerus/adult proximal-humerus/position proximal-tibia/adult proximal-tibia/child proximal-tibia/infant
		proximal-tibia/newborn/0-days-to-under-29-days proximal-tibia/newborn/at-birth sternum/adult`)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("drawings (-want +got):\n%s", diff)
	}
}

// TestChangedEntryChangesItsPicture: a new distance is in the picture, the old
// one is gone, the name is new, and no other picture is touched.
func TestChangedEntryChangesItsPicture(t *testing.T) {
	b := starter(t)
	before := setOf(t, b)
	for _, site := range b.Sites {
		for i := range site.Landmarks {
			l := &site.Landmarks[i]
			for j := range l.Marks {
				mark, find := l.Marks[j], l.Find.Text
				l.Marks[j].Distance = "77 mm"
				l.Find.Text = strings.ReplaceAll(find, length.FindString(mark.Distance), "77 mm")
				checkChanged(t, before, setOf(t, b), site.ID, l)
				l.Marks[j], l.Find.Text = mark, find
			}
		}
	}
}

func checkChanged(t *testing.T, before, after *Set, site knowledge.ID, l *knowledge.Landmark) {
	t.Helper()
	for _, d := range before.All() {
		now := byID(t, after, d.ID)
		changed := d.Entry == site && d.Group == l.Group && d.Age == l.Age
		if printed := slices.Contains(now.Texts(), "77 mm"); printed != changed {
			t.Errorf("%s prints 77 mm: %v; want %v", d.ID, printed, changed)
		}
		if renamed := now.Name() != d.Name(); renamed != changed {
			t.Errorf("%s has a new name: %v; want %v", d.ID, renamed, changed)
		}
	}
}

func TestLookups(t *testing.T) {
	b := starter(t)
	s := setOf(t, b)
	humerus, _ := b.Site("site/proximal-humerus")
	adult := &humerus.Landmarks[len(humerus.Landmarks)-1]
	var got []string
	for _, d := range s.Site(humerus.ID, adult) {
		got = append(got, d.ID)
	}
	if want := []string{"proximal-humerus/adult", "proximal-humerus/position"}; !slices.Equal(got, want) {
		t.Errorf("of the adult humerus: %v, want %v", got, want)
	}
	if all := s.Site(humerus.ID, nil); len(all) != 1 || all[0].Group != "" {
		t.Errorf("without an age: %v, want the position of the arm alone", all)
	}
	if all := s.Entry("device/ez-io"); len(all) != 1 || all[0].ID != "ez-io/needles" {
		t.Errorf("of the EZ-IO: %v", all)
	}
	if all := s.Entry("drug/epinephrine"); len(all) != 0 {
		t.Errorf("of a drug: %v", all)
	}
	d := s.All()[0]
	if found, ok := s.Named(d.Name()); !ok || found != d {
		t.Errorf("%s is not found by its name", d.ID)
	}
	if _, ok := s.Named("../" + d.Name()); ok {
		t.Error("a path is taken for a name")
	}
}
