package console

import (
	"bytes"
	"context"
	"encoding/base64"
	"image"
	"image/png"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"iobot/bot"
)

// album is a bot.Assets that holds what it gives.
type album struct {
	data  map[string][]byte
	asked []string
	seen  func() // called before each asset is given
}

func (a *album) Asset(_ context.Context, name string) ([]byte, string, error) {
	a.asked = append(a.asked, name)
	if a.seen != nil {
		a.seen()
	}
	data, ok := a.data[name]
	if !ok {
		return nil, "", bot.ErrNoAsset
	}
	if strings.HasSuffix(name, ".png") {
		return data, "image/png", nil
	}
	return data, "application/pdf", nil
}

func (a *album) Ready(string) bool { return false }

// drawing is a picture that does not compress, so that it takes many chunks.
func drawing(t *testing.T) []byte {
	t.Helper()
	noise := rand.New(rand.NewPCG(1, 2))
	m := image.NewGray(image.Rect(0, 0, 150, 100))
	for i := range m.Pix {
		m.Pix[i] = uint8(noise.IntN(256))
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// site answers with a picture and a file.
type site struct{ reply bot.Reply }

func (s site) Answer(context.Context, bot.Request) bot.Reply { return s.reply }
func (site) Slow(string) bool                                { return false }

func siteWith(t *testing.T) (site, *album) {
	t.Helper()
	reply := bot.Reply{Outcome: bot.Answer, Title: "Proximal tibia, infant", Blocks: []bot.Block{bot.Lead{Text: "1 cm below the tuberosity."}},
		Pictures: []bot.Picture{{Name: "3f9a0c.png", Title: "Where to drill", Alt: "The bone."}},
		Files:    []bot.File{{Name: "card-14kg.pdf", Title: "Bedside card, 14 kg"}}}
	return site{reply}, &album{data: map[string][]byte{"3f9a0c.png": drawing(t), "card-14kg.pdf": []byte("%PDF-1.7")}}
}

func TestATerminalDrawsThePictureThatItIsGiven(t *testing.T) {
	b, assets := siteWith(t)
	for protocol, decode := range map[Protocol]func(*testing.T, string, int) []byte{Kitty: decodeKitty, ITerm2: decodeITerm2} {
		for _, width := range []int{0, 40, 80} {
			var out bytes.Buffer
			assets.seen = func() {
				if !strings.Contains(out.String(), "1 cm below the tuberosity.") {
					t.Error("the text waits for the picture")
				}
			}
			once := Once{Bot: b, Style: Style{Width: width}, Media: Media{Assets: assets, Inline: protocol}}
			if err := once.Ask(t.Context(), bot.Request{}, &out); err != nil {
				t.Fatal(err)
			}
			columns := 60
			if width == 40 {
				columns = 40
			}
			if !bytes.Equal(decode(t, out.String(), columns), assets.data["3f9a0c.png"]) {
				t.Errorf("protocol %d draws another picture", protocol)
			}
			if text := ansi.Strip(out.String()); !strings.Contains(text, "Picture: Where to drill\n") || strings.ContainsRune(text, '\x1b') {
				t.Errorf("protocol %d leaves this text:\n%s", protocol, text)
			}
		}
	}
}

// decodeKitty reads a picture as the protocol's text describes it: chunks of at
// most 4096 bytes, settings in the first one, "m" telling whether more come.
func decodeKitty(t *testing.T, out string, columns int) []byte {
	t.Helper()
	var data strings.Builder
	parts := strings.Split(out, "\x1b_G")[1:]
	for i, part := range parts {
		sequence, _, ended := strings.Cut(part, "\x1b\\")
		settings, chunk, _ := strings.Cut(sequence, ";")
		keys := map[string]string{}
		for _, setting := range strings.Split(settings, ",") {
			key, value, _ := strings.Cut(setting, "=")
			keys[key] = value
		}
		want := map[string]string{"m": "1"}
		if i == 0 {
			want = map[string]string{"a": "T", "f": "100", "q": "2", "c": strconv.Itoa(columns), "m": "1"}
		}
		if i == len(parts)-1 {
			want["m"] = "0"
		}
		if !ended || !maps.Equal(keys, want) || len(chunk) > 4096 || i < len(parts)-1 && len(chunk)%4 != 0 {
			t.Errorf("chunk %d of %d: settings %v, want %v; %d bytes", i+1, len(parts), keys, want, len(chunk))
		}
		data.WriteString(chunk)
	}
	if len(parts) < 3 {
		t.Errorf("%d chunks are no test of chunks", len(parts))
	}
	return decodeBase64(t, data.String())
}

func decodeITerm2(t *testing.T, out string, columns int) []byte {
	t.Helper()
	_, rest, _ := strings.Cut(out, "\x1b]1337;File=")
	settings, rest, _ := strings.Cut(rest, ":")
	data, _, ended := strings.Cut(rest, "\a")
	keys := strings.Split(settings, ";")
	if !ended || !slices.Contains(keys, "inline=1") || !slices.Contains(keys, "width="+strconv.Itoa(columns)) {
		t.Errorf("settings %v", keys)
	}
	return decodeBase64(t, data)
}

func decodeBase64(t *testing.T, text string) []byte {
	t.Helper()
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		t.Error(err)
	}
	return data
}

func TestAPictureThatCannotBeDrawnIsWrittenOnce(t *testing.T) {
	b, assets := siteWith(t)
	cache := filepath.Join(t.TempDir(), "iobot")
	want := "Picture: " + filepath.Join(cache, "3f9a0c.png") + " (Where to drill)\n"
	for range 2 {
		var out bytes.Buffer
		once := Once{Bot: b, Style: Style{Width: 24}, Media: Media{Assets: assets, Cache: cache}}
		if err := once.Ask(t.Context(), bot.Request{}, &out); err != nil || !strings.Contains(out.String(), want) {
			t.Errorf("%v, not %q in\n%s", err, want, &out)
		}
	}
	if !slices.Equal(assets.asked, []string{"3f9a0c.png"}) {
		t.Errorf("drawn: %v", assets.asked)
	}
	checkFile(t, filepath.Join(cache, "3f9a0c.png"), assets.data["3f9a0c.png"])
	checkFolder(t, cache, "3f9a0c.png")
}

func checkFile(t *testing.T, path string, want []byte) {
	t.Helper()
	if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%s holds %d bytes, want %d (%v)", path, len(got), len(want), err)
	}
}

func checkFolder(t *testing.T, folder string, want ...string) {
	t.Helper()
	var got []string
	entries, err := os.ReadDir(folder)
	for _, entry := range entries {
		got = append(got, entry.Name())
	}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%s holds %v, want %v (%v)", folder, got, want, err)
	}
}

func TestChatSavesWhenItIsTold(t *testing.T) {
	b, assets := siteWith(t)
	t.Chdir(t.TempDir())
	var out bytes.Buffer
	chat := Chat{Bot: b, Media: Media{Assets: assets}}
	if err := chat.Run(t.Context(), strings.NewReader("site\nSave\n"), &out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Picture: Where to drill\n", "File: Bedside card, 14 kg\n",
		"Type save to write the picture and the file to the current folder.\n", "Saved: 3f9a0c.png\n", "Saved: card-14kg.pdf\n"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing from\n%s", want, &out)
		}
	}
	checkFolder(t, ".", "3f9a0c.png", "card-14kg.pdf")
	checkFile(t, "card-14kg.pdf", []byte("%PDF-1.7"))
}

func TestNoNameLeadsOutOfTheFolder(t *testing.T) {
	for _, name := range []string{"", ".", "..", "../up.png", "/etc/up.png", "a/b.png", ".hidden", "a/../../b"} {
		parent := t.TempDir()
		reply := bot.Reply{Title: "Hostile", Pictures: []bot.Picture{{Name: name, Title: "x"}}}
		assets := &album{data: map[string][]byte{name: []byte("x")}}
		for _, m := range []Media{{Assets: assets, Folder: filepath.Join(parent, "in")}, {Assets: assets, Cache: filepath.Join(parent, "in")}} {
			var out bytes.Buffer
			err := Once{Bot: site{reply}, Media: m}.Ask(t.Context(), bot.Request{}, &out)
			if err == nil && !strings.Contains(out.String(), "no name of a file") {
				t.Errorf("%q is no mistake:\n%s", name, &out)
			}
		}
		checkFolder(t, parent)
	}
}

// TestAPictureThatIsGoneIsSaid holds that the answer stands without it.
func TestAPictureThatIsGoneIsSaid(t *testing.T) {
	b, assets := siteWith(t)
	assets.data = nil
	for _, m := range []Media{{Assets: assets, Inline: Kitty}, {Assets: assets, Cache: t.TempDir()}} {
		var out bytes.Buffer
		err := Once{Bot: b, Media: m}.Ask(t.Context(), bot.Request{}, &out)
		if err != nil || !strings.Contains(out.String(), bot.ErrNoAsset.Error()) || strings.ContainsRune(out.String(), '\x1b') {
			t.Errorf("%v\n%s", err, &out)
		}
	}
	if err := (Once{Bot: b, Media: Media{Assets: assets, Folder: t.TempDir()}}).Ask(t.Context(), bot.Request{}, io.Discard); err == nil {
		t.Error("what was to be saved and is not there is no error")
	}
}
