package picture

import (
	"slices"
	"strings"
	"testing"

	"iobot/knowledge"
	"iobot/knowledge/typeface"
)

// TestNoDrawingThatTheEntryDoesNotBearOut changes one thing at a time that a
// drawing shows by its shape, or leaves it out. The drawing must go, and the
// set must say why.
func TestNoDrawingThatTheEntryDoesNotBearOut(t *testing.T) {
	b := starter(t)
	site := func(b *knowledge.Base, id knowledge.ID) *knowledge.Site {
		s, ok := b.Site(id)
		if !ok {
			t.Fatalf("no site %s", id)
		}
		return s
	}
	last := func(s *knowledge.Site) *knowledge.Landmark { return &s.Landmarks[len(s.Landmarks)-1] }
	for _, test := range []struct {
		name   string
		change func(*knowledge.Base)
		gone   string
		says   string
	}{
		{"above becomes below", func(b *knowledge.Base) { last(site(b, "site/proximal-humerus")).Marks[0].Direction = "below" },
			"proximal-humerus/adult", `it shows mark.1.direction as "above", but the entry says "below"`},
		{"medial becomes lateral", func(b *knowledge.Base) { last(site(b, "site/proximal-tibia")).Marks[0].Direction = "lateral" },
			"proximal-tibia/adult", `the entry says "lateral"`},
		{"measured from elsewhere", func(b *knowledge.Base) { last(site(b, "site/sternum")).Marks[0].From = "xiphoid" },
			"sternum/adult", `the entry says "xiphoid"`},
		{"another angle", func(b *knowledge.Base) { site(b, "site/distal-tibia").Angle.Text = "60 degrees to the bone." },
			"distal-tibia/adult", `but the entry says "60 degrees"`},
		{"no angle", func(b *knowledge.Base) { site(b, "site/distal-femur").Angle.Text = "" },
			"distal-femur/child", "angle"},
		{"one more mark", func(b *knowledge.Base) {
			l := last(site(b, "site/distal-tibia"))
			l.Marks = append(l.Marks, l.Marks[0])
		}, "distal-tibia/adult", `it shows marks as "1", but the entry says "2"`},
		{"no mark", func(b *knowledge.Base) { last(site(b, "site/distal-tibia")).Marks = nil },
			"distal-tibia/adult", `it shows marks as "1", but the entry says "0"`},
		{"no distance", func(b *knowledge.Base) { last(site(b, "site/distal-tibia")).Marks[0].Distance = "" },
			"distal-tibia/adult", "it needs mark.1.distance, which the entry does not have"},
		{"the mark is not what the words say", func(b *knowledge.Base) { last(site(b, "site/distal-tibia")).Marks[0].Distance = "2 cm" },
			"distal-tibia/adult", `the mark says "2 cm", but what to find says "3 cm"`},
		{"half of a range", func(b *knowledge.Base) { last(site(b, "site/proximal-humerus")).Marks[0].Distance = "2 cm" },
			"proximal-humerus/adult", `the mark says "2 cm", but what to find says "1 to 2 cm"`},
		{"in front of the vein", func(b *knowledge.Base) {
			last(site(b, "site/distal-tibia")).Find.Text = "3 cm above the malleolus."
		}, "distal-tibia/adult", `it shows "behind the great saphenous vein", which the entry (find) does not say`},
		{"a longer needle", func(b *knowledge.Base) { d, _ := b.Device("device/ez-io"); d.Needles[2].Length = "55 mm" },
			"ez-io/needles", `but the entry says "55 mm"`},
		{"a caution without a place", func(b *knowledge.Base) {
			d, _ := b.Device("device/ez-io")
			d.Needles[2].Cautions[0].Text = "Avoid under 40 kg."
		}, "ez-io/needles", `but the entry says "Avoid under 40 kg."`},
		{"words that would lie on others", func(b *knowledge.Base) {
			d, _ := b.Device("device/ez-io")
			d.Needles[0].Gauge = "15 gauge, as both of the others"
		},
			"ez-io/needles", "lies on"},
		{"an unknown hub", func(b *knowledge.Base) { d, _ := b.Device("device/ez-io"); d.Needles[0].Colour = "teal" },
			"ez-io/needles", "needle.1.hub"},
		{"a distance that does not fit", func(b *knowledge.Base) {
			last(site(b, "site/sternum")).Marks[0].Distance = "15 mm, or as far as the target patch of the device says"
		}, "sternum/adult", "leaves the picture"},
		{"a letter that is not in the font", func(b *knowledge.Base) { last(site(b, "site/sternum")).Marks[0].Distance = "十五 mm" },
			"sternum/adult", "the font does not have"},
		{"signs in another order", func(b *knowledge.Base) {
			a, _ := b.Article("article/compartment-syndrome")
			s, _ := a.Section("signs")
			slices.Reverse(s.Blocks[0].Items)
		}, "compartment-syndrome/signs", `it shows "early:"`},
		{"too much to read out", func(b *knowledge.Base) {
			last(site(b, "site/sternum")).Find.Text += strings.Repeat(" With a dedicated sternal device only, in the midline.", 12)
		}, "sternum/adult", "too long to be read out"},
	} {
		t.Run(test.name, func(t *testing.T) {
			defer saved(b)()
			test.change(b)
			s := setOf(t, b)
			if slices.ContainsFunc(s.All(), func(d *Drawing) bool { return d.ID == test.gone }) {
				t.Errorf("%s is still drawn", test.gone)
			}
			problems := strings.Join(s.Problems(), "\n")
			if !strings.Contains(problems, "no drawing "+test.gone) || !strings.Contains(problems, test.says) {
				t.Errorf("the problems are:\n%s\nwant %q of %s", problems, test.says, test.gone)
			}
		})
	}
}

// saved keeps what the cases change; the function it returns puts it back.
// Reading all content again for each would take most of the test's time.
func saved(b *knowledge.Base) (restore func()) {
	var undo []func()
	for _, s := range b.Sites {
		old, landmarks := *s, slices.Clone(s.Landmarks)
		for i := range landmarks {
			landmarks[i].Marks = slices.Clone(landmarks[i].Marks)
		}
		undo = append(undo, func() { *s = old; s.Landmarks = landmarks })
	}
	for _, d := range b.Devices {
		old, needles := *d, slices.Clone(d.Needles)
		for i := range needles {
			needles[i].Cautions = slices.Clone(needles[i].Cautions)
		}
		undo = append(undo, func() { *d = old; d.Needles = needles })
	}
	for _, a := range b.Articles {
		for i := range a.Sections {
			for j := range a.Sections[i].Blocks {
				block, items := &a.Sections[i].Blocks[j], slices.Clone(a.Sections[i].Blocks[j].Items)
				undo = append(undo, func() { block.Items = items })
			}
		}
	}
	return func() {
		for _, f := range undo {
			f()
		}
	}
}

// TestLint: a folder is told what its pictures lack before it goes live.
func TestLint(t *testing.T) {
	b := starter(t)
	if problems := Lint(b); len(problems) != 0 {
		t.Errorf("the starter content: %q", problems)
	}
	b.Sites[0].Angle.Text = ""
	if problems := Lint(b); len(problems) != 2 || !strings.HasPrefix(problems[0], "site/distal-femur: no drawing distal-femur/infant: ") {
		t.Errorf("without an angle: %q; want both drawings of the distal femur", problems)
	}
}

// TestWithdrawnEntryHasNoDrawing: and its absence is no problem to mend.
func TestWithdrawnEntryHasNoDrawing(t *testing.T) {
	b := starter(t)
	for _, m := range b.Entries() {
		m.Review.Status = knowledge.Withdrawn
	}
	s := setOf(t, b)
	if len(s.All()) != 0 || len(s.Problems()) != 0 {
		t.Errorf("%d drawings and problems %v; want none", len(s.All()), s.Problems())
	}
}

// TestSiteWithoutInstructionsHasNoPoint: a bone that is only described shows
// no point, at an age that says not to use it neither.
func TestSiteWithoutInstructionsHasNoPoint(t *testing.T) {
	b := starter(t)
	for _, s := range b.Sites {
		s.Instructions = s.ID == "site/sternum"
		for i := range s.Landmarks {
			s.Landmarks[i].Use = "no"
		}
	}
	for _, d := range setOf(t, b).All() {
		if d.Group != "" {
			t.Errorf("%s is drawn", d.ID)
		}
	}
}

// FuzzDistance: whatever a distance says, it is printed whole or there is no
// drawing.
func FuzzDistance(f *testing.F) {
	for _, seed := range []string{"1 cm", "10 to 15 mm", "", "{{title}}", "<b>1 cm</b>", "1 cm", "1 cm\x00b", strings.Repeat("1 cm ", 300)} {
		f.Add(seed)
	}
	m := sternumMaker(f)
	sternum, _ := m.base.Site("site/sternum")
	adult := &sternum.Landmarks[len(sternum.Landmarks)-1]
	find := adult.Find.Text
	f.Fuzz(func(t *testing.T, distance string) {
		adult.Marks[0].Distance = distance
		adult.Find.Text = strings.ReplaceAll(find, "15 mm", distance)
		m.set = &Set{}
		m.make()
		for _, d := range m.set.All() {
			if printed := strings.Join(d.Texts(), " "); !strings.Contains(printed, strings.Join(strings.Fields(distance), " ")) {
				t.Errorf("distance %q is not in %q", distance, printed)
			}
			if _, err := d.render(72); err != nil {
				t.Errorf("distance %q: %v", distance, err)
			}
		}
	})
}

// sternumMaker makes the one drawing of the sternum.
func sternumMaker(f *testing.F) maker {
	f.Helper()
	source, err := artFiles.ReadFile("art/sternum-adult.svg")
	if err != nil {
		f.Fatal(err)
	}
	a, err := parseArt("sternum-adult.svg", source)
	if err != nil {
		f.Fatal(err)
	}
	fonts, err := typeface.Load()
	if err != nil {
		f.Fatal(err)
	}
	return maker{base: starter(f), art: a, fonts: fonts, pen: fonts.Pen()}
}
