package typeface

import (
	"image"
	"image/color"
	"math"
	"testing"
)

// TestDrawnAsMeasured: what is drawn takes the room that was measured for it,
// so that a line which fits on paper is not printed over another.
func TestDrawnAsMeasured(t *testing.T) {
	fonts, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	pen := fonts.Pen()
	for _, s := range []Style{{Size: 40}, {Size: 40, Bold: true}, {Size: 13.5}} {
		for _, text := range []string{"0.14 mg = 1.4 mL", "EPINEPHrine (adrénaline)", "WAVE To. Ty"} {
			const left = 20
			img := image.NewGray(image.Rect(0, 0, 900, 100))
			if err := pen.Draw(img, text, left, 60, s, color.White); err != nil {
				t.Fatal(err)
			}
			end := 0
			for x := range 900 {
				for y := range 100 {
					if img.GrayAt(x, y).Y > 0 {
						end = x
					}
				}
			}
			if room := pen.Width(text, s); math.Abs(float64(end-left)-room) > 0.12*s.Size {
				t.Errorf("%q at %v ends %d pixels on, measured %.1f", text, s, end-left, room)
			}
		}
	}
}

func TestMissing(t *testing.T) {
	fonts, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	pen := fonts.Pen()
	for text, want := range map[string]rune{"0.9% saline, 37 °C, ½": 0, "Naïve — “x” 5 µg": 0, "dose 肾": '肾'} {
		if r, found := pen.Missing(text, true); found != (want != 0) || r != want {
			t.Errorf("%q lacks %q, %v", text, r, found)
		}
	}
}
