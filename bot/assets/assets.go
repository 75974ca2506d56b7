package assets

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"

	"iobot/bot"
	"iobot/index"
	"iobot/knowledge"
	"iobot/knowledge/picture"
)

// workers is how many pictures and pages are drawn at the same time: drawing
// must not take the processors from answering.
const workers = 2

// Config is what Assets are made of.
type Config struct {
	Library *index.Library

	// Page makes a file that depends on more than the knowledge, such as a
	// bedside card, from its name. The error is bot.ErrNoAsset, or another
	// bot.VisibleError, for a name that stands for none.
	Page func(b *knowledge.Base, at time.Time, name string) (data []byte, mediaType string, err error)

	Now func() time.Time
}

// Assets are the pictures and files of the live knowledge. It is safe for
// concurrent use.
type Assets struct {
	config Config
	slots  chan struct{}

	mu     sync.Mutex
	live   *gallery
	before *gallery // answers of a moment ago still name its pictures
}

// gallery is the drawings of one base.
type gallery struct {
	base *knowledge.Base
	set  *picture.Set
	mu   sync.Mutex
	png  map[string]*drawn
}

// drawn is a picture that is being drawn or was.
type drawn struct {
	done chan struct{}
	data []byte
	err  error
}

// New returns the assets of a library.
func New(c Config) *Assets { return &Assets{config: c, slots: make(chan struct{}, workers)} }

// Asset returns a picture or a file by its name.
func (a *Assets) Asset(ctx context.Context, name string) (data []byte, mediaType string, err error) {
	g, d, err := a.find(name)
	switch {
	case err != nil:
		return nil, "", err
	case d != nil:
		data, err = a.picture(ctx, g, d)
		return data, "image/png", err
	}
	if err := a.take(ctx); err != nil {
		return nil, "", err
	}
	defer a.give()
	return a.config.Page(g.base, a.config.Now(), name)
}

// Ready reports whether a picture has been drawn already.
func (a *Assets) Ready(name string) bool {
	g, d, err := a.find(name)
	if err != nil || d == nil {
		return false
	}
	g.mu.Lock()
	p := g.png[name]
	g.mu.Unlock()
	if p == nil {
		return false
	}
	select {
	case <-p.done:
		return p.err == nil
	default:
		return false
	}
}

// find returns the drawing of a name, nil when no drawing has it, and the
// gallery to go on with.
func (a *Assets) find(name string) (*gallery, *picture.Drawing, error) {
	live, err := a.gallery(a.config.Library.Snapshot().Base())
	if err != nil {
		return nil, nil, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, g := range []*gallery{a.live, a.before} {
		if g == nil {
			continue
		}
		if d, ok := g.set.Named(name); ok {
			return g, d, nil
		}
	}
	return live, nil, nil
}

// Set returns the drawings of a base, which is the live one or was a moment
// ago.
func (a *Assets) Set(b *knowledge.Base) (*picture.Set, error) {
	g, err := a.gallery(b)
	if err != nil {
		return nil, err
	}
	return g.set, nil
}

// gallery returns the gallery of a base, which becomes the live one when it is
// new.
func (a *Assets) gallery(b *knowledge.Base) (*gallery, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, g := range []*gallery{a.live, a.before} {
		if g != nil && g.base == b {
			return g, nil
		}
	}
	set, err := picture.NewSet(b)
	if err != nil {
		return nil, fmt.Errorf("prepare pictures: %w", err)
	}
	a.live, a.before = &gallery{base: b, set: set, png: map[string]*drawn{}}, a.live
	a.live.keep(a.before)
	return a.live, nil
}

// keep takes over the pictures that are the same as before.
func (g *gallery) keep(before *gallery) {
	if before == nil {
		return
	}
	before.mu.Lock()
	defer before.mu.Unlock()
	for name, p := range before.png {
		if _, same := g.set.Named(name); same {
			g.png[name] = p
		}
	}
}

// picture draws a picture, or waits for whoever draws it already.
func (a *Assets) picture(ctx context.Context, g *gallery, d *picture.Drawing) ([]byte, error) {
	g.mu.Lock()
	p, drawing := g.png[d.Name()]
	if !drawing {
		p = &drawn{done: make(chan struct{})}
		g.png[d.Name()] = p
		go a.draw(g, d, p)
	}
	g.mu.Unlock()
	select {
	case <-p.done:
		return p.data, p.err
	case <-ctx.Done():
		return nil, fmt.Errorf("draw %s: %w", d.ID, ctx.Err())
	}
}

// draw draws for everybody who waits, and for those who come later: it does
// not end with the request that was the first.
func (a *Assets) draw(g *gallery, d *picture.Drawing, p *drawn) {
	defer close(p.done)
	a.slots <- struct{}{}
	defer a.give()
	if p.data, p.err = d.PNG(); p.err != nil {
		g.mu.Lock()
		delete(g.png, d.Name())
		g.mu.Unlock()
	}
}

func (a *Assets) take(ctx context.Context) error {
	select {
	case a.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("wait to draw: %w", ctx.Err())
	}
}

func (a *Assets) give() { <-a.slots }

// ServeHTTP answers /assets/NAME. A picture never changes under its name; a
// page is made for whoever asks and is not to be kept.
func (a *Assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := path.Base(r.URL.Path)
	data, mediaType, err := a.Asset(r.Context(), name)
	var visible bot.VisibleError
	switch {
	case errors.As(err, &visible):
		http.Error(w, visible.Error(), http.StatusNotFound)
		return
	case err != nil:
		http.Error(w, "This could not be drawn. Ask again in a moment.", http.StatusServiceUnavailable)
		return
	}
	cache := "public, max-age=31536000, immutable"
	if !strings.HasPrefix(mediaType, "image/") || strings.HasPrefix(name, "card-") {
		cache = "no-store"
	}
	h := w.Header()
	h.Set("Content-Type", mediaType)
	h.Set("Cache-Control", cache)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'")
	_, _ = w.Write(data)
}
