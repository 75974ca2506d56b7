package assets_test

import (
	"bytes"
	"context"
	"errors"
	"image/png"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"iobot/bot"
	"iobot/bot/assets"
	"iobot/index"
	"iobot/knowledge"
	"iobot/knowledge/content"
)

// gallery is the assets over the starter content, with a page that says its
// own name.
func gallery(t testing.TB) (*assets.Assets, *index.Library) {
	t.Helper()
	base, err := knowledge.Load(content.FS())
	if err != nil {
		t.Fatal(err)
	}
	snapshot, err := index.Build(base)
	if err != nil {
		t.Fatal(err)
	}
	library := index.NewLibrary(snapshot)
	return assets.New(assets.Config{Library: library, Now: time.Now, Page: func(_ *knowledge.Base, _ time.Time, name string) ([]byte, string, error) {
		if name != "card-1.pdf" {
			return nil, "", bot.ErrNoAsset
		}
		return []byte("%PDF " + name), "application/pdf", nil
	}}), library
}

// sternum is the name of the drawing of the sternum.
func sternum(t testing.TB, a *assets.Assets, library *index.Library) string {
	t.Helper()
	set, err := a.Set(library.Snapshot().Base())
	if err != nil {
		t.Fatal(err)
	}
	drawings := set.Entry("site/sternum")
	if len(drawings) == 0 {
		t.Fatal("the sternum has no drawing")
	}
	return drawings[0].Name()
}

// TestPicture: many ask for a picture at once and all get the same, a PNG that
// is ready from then on.
func TestPicture(t *testing.T) {
	a, library := gallery(t)
	name := sternum(t, a, library)
	if a.Ready(name) {
		t.Error("it is ready before anybody asked for it")
	}
	var all sync.WaitGroup
	got := make([][]byte, 8)
	for i := range got {
		all.Go(func() {
			data, mediaType, err := a.Asset(t.Context(), name)
			if err != nil || mediaType != "image/png" {
				t.Errorf("%s, %v", mediaType, err)
			}
			got[i] = data
		})
	}
	all.Wait()
	for _, data := range got {
		if &data[0] != &got[0][0] {
			t.Error("it was drawn more than once")
			break
		}
	}
	if _, err := png.Decode(bytes.NewReader(got[0])); err != nil {
		t.Error(err)
	}
	if !a.Ready(name) {
		t.Error("it is not ready after it was drawn")
	}
}

// TestWithdrawn: a picture of an entry that was withdrawn is named by no reply
// any more. Who got its name a moment ago still sees it, and then nobody does.
func TestWithdrawn(t *testing.T) {
	a, library := gallery(t)
	name := sternum(t, a, library)
	for _, entry := range []knowledge.ID{"site/sternum", "site/iliac-crest"} {
		if err := library.Withdraw(entry, "wrong"); err != nil {
			t.Fatal(err)
		}
		set, err := a.Set(library.Snapshot().Base())
		if err != nil {
			t.Fatal(err)
		}
		if len(set.Entry(entry)) != 0 {
			t.Errorf("%s still has a drawing", entry)
		}
	}
	if _, _, err := a.Asset(t.Context(), name); !errors.Is(err, bot.ErrNoAsset) {
		t.Errorf("two changes later: %v", err)
	}
}

// TestWaiting: who gives up waiting is told, and the picture is drawn for the
// next one all the same.
func TestWaiting(t *testing.T) {
	a, library := gallery(t)
	name := sternum(t, a, library)
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := a.Asset(gone, name); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if _, _, err := a.Asset(t.Context(), name); err != nil {
		t.Error(err)
	}
}

func TestHTTP(t *testing.T) {
	a, library := gallery(t)
	for _, c := range []struct {
		name, mediaType, cache string
		status                 int
	}{
		{sternum(t, a, library), "image/png", "public, max-age=31536000, immutable", http.StatusOK},
		{"card-1.pdf", "application/pdf", "no-store", http.StatusOK},
		{"nothing.png", "text/plain; charset=utf-8", "", http.StatusNotFound},
		{"..", "text/plain; charset=utf-8", "", http.StatusNotFound},
	} {
		w := httptest.NewRecorder()
		a.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/assets/"+c.name, nil))
		if w.Code != c.status || w.Header().Get("Content-Type") != c.mediaType || w.Header().Get("Cache-Control") != c.cache {
			t.Errorf("%s: %d, %v", c.name, w.Code, w.Header())
		}
	}
}

// BenchmarkDrawn is a picture that was drawn before.
func BenchmarkDrawn(b *testing.B) {
	a, library := gallery(b)
	name := sternum(b, a, library)
	if _, _, err := a.Asset(b.Context(), name); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, _, err := a.Asset(b.Context(), name); err != nil {
			b.Fatal(err)
		}
	}
}
