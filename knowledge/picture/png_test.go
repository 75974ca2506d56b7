package picture

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"image"
	"image/color"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/image/draw"
)

var update = flag.Bool("update", false, "write the golden files anew; look at each picture before you commit it")

var (
	hexColour   = regexp.MustCompile(`#[0-9a-f]{6}\b`)
	pathCommand = regexp.MustCompile(`([MLCA])([^MLCAZ]*)`)
	pathNumber  = regexp.MustCompile(`-?[0-9.]+`)
)

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

// TestPNG: each picture is one that the platforms take, white at the edge, and
// looks as when it was last looked at.
func TestPNG(t *testing.T) {
	for i, d := range setOf(t, starter(t)).All() {
		if testing.Short() && i%6 != 0 {
			continue // the race detector is slow at drawing
		}
		t.Run(strings.ReplaceAll(d.ID, "/", "_"), func(t *testing.T) {
			t.Parallel()
			data, err := d.PNG()
			if err != nil {
				t.Fatal(err)
			}
			img, err := png.Decode(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			if size := img.Bounds().Size(); size.X != 1440 || size.Y > 1440 || len(data) > 1<<20 {
				t.Errorf("%v pixels, %d bytes; want 1440 wide and below 1 MiB", size, len(data))
			}
			if c := color.GrayModel.Convert(img.At(2, 2)); c != (color.Gray{Y: 255}) {
				t.Errorf("the corner is %v; want white", c)
			}
			compare(t, filepath.Join("testdata", strings.ReplaceAll(d.ID, "/", "_")+".png"), img)
		})
	}
}

// compare holds a small version of a picture against the golden one. A little
// is let through for other processors' rounding.
func compare(t *testing.T, file string, img image.Image) {
	t.Helper()
	small := image.NewGray(image.Rect(0, 0, 240, 240*img.Bounds().Dy()/img.Bounds().Dx()))
	draw.ApproxBiLinear.Scale(small, small.Bounds(), img, img.Bounds(), draw.Src, nil)
	if *update {
		var out bytes.Buffer
		if err := png.Encode(&out, small); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if want.Bounds() != small.Bounds() {
		t.Fatalf("%s is %v; the picture is %v", file, want.Bounds(), small.Bounds())
	}
	different := 0
	for i, p := range want.(*image.Gray).Pix {
		if delta := int(p) - int(small.Pix[i]); delta > 24 || delta < -24 {
			different++
		}
	}
	if different > 40 {
		t.Errorf("%d points differ from %s; look at the picture and run with -update", different, file)
	}
}

// TestLinesGrowWithThePicture: a large picture is as dark as a small one, so
// no line stays thin.
func TestLinesGrowWithThePicture(t *testing.T) {
	d := byID(t, setOf(t, starter(t)), "proximal-tibia/infant")
	shade := func(width int) float64 {
		img, err := d.render(width)
		if err != nil {
			t.Fatal(err)
		}
		sum := 0
		for _, p := range img.Pix {
			sum += int(p)
		}
		return float64(sum) / float64(len(img.Pix))
	}
	if small, large := shade(360), shade(1440); small-large > 0.5 || large-small > 0.5 {
		t.Errorf("360 wide the mean is %.2f, 1440 wide %.2f", small, large)
	}
}

// TestSVG: the filled-in art is well-formed and holds every line that is
// printed.
func TestSVG(t *testing.T) {
	for _, d := range setOf(t, starter(t)).All() {
		decoder := xml.NewDecoder(bytes.NewReader(d.SVG()))
		var words []string
		for {
			token, err := decoder.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", d.ID, err)
			}
			if text, ok := token.(xml.CharData); ok && strings.TrimSpace(string(text)) != "" {
				words = append(words, string(text))
			}
		}
		if diff := cmp.Diff(d.Texts(), words[1:]); diff != "" { // the first is the style
			t.Errorf("%s (-printed +svg):\n%s", d.ID, diff)
		}
	}
}

// TestPNGFromManyGoroutines: one drawing may be asked for by many at once.
func TestPNGFromManyGoroutines(t *testing.T) {
	d := byID(t, setOf(t, starter(t)), "proximal-humerus/position")
	var pictures [2][]byte
	var wait sync.WaitGroup
	for i := range pictures {
		wait.Go(func() {
			data, err := d.PNG()
			if err != nil {
				t.Error(err)
			}
			pictures[i] = data
		})
	}
	wait.Wait()
	for _, data := range pictures {
		if !bytes.Equal(data, pictures[0]) {
			t.Error("the same drawing came out in two ways")
		}
	}
}

// TestMemoryComesBack draws a thousand small pictures and looks at what is
// left of them.
func TestMemoryComesBack(t *testing.T) {
	drawings := setOf(t, starter(t)).All()
	heap := func() uint64 {
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	pictures := 1000
	if testing.Short() {
		pictures = 50
	}
	before := heap()
	for i := range pictures {
		if _, err := drawings[i%len(drawings)].render(72); err != nil {
			t.Fatal(err)
		}
	}
	if after := heap(); after > before+1<<20 {
		t.Errorf("the heap grew from %d to %d bytes", before, after)
	}
	runtime.KeepAlive(drawings)
}

func BenchmarkNewSet(b *testing.B) {
	base := starter(b)
	for b.Loop() {
		if _, err := NewSet(base); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPNG(b *testing.B) {
	for _, d := range setOf(b, starter(b)).All() {
		b.Run(d.ID, func(b *testing.B) {
			for b.Loop() {
				if _, err := d.PNG(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
