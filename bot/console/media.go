package console

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"iobot/bot"
)

// Media is how the pictures and files of a reply are shown. The zero value
// prints their titles.
type Media struct {
	Assets bot.Assets // makes them; nil when there are none
	Inline Protocol   // how the terminal draws a picture between lines
	Cache  string     // folder for pictures that the terminal cannot draw, whose path is printed; empty for none
	Folder string     // where Ask saves pictures and files, and Chat when it is told to; empty: Ask does not, Chat takes the current folder
}

// show prints the titles of pictures and files, and draws the pictures. A
// picture that cannot be had is named with the reason: the text said it all.
func (m Media) show(ctx context.Context, r bot.Reply, s Style, out io.Writer) {
	if len(r.Pictures)+len(r.Files) > 0 {
		fmt.Fprintln(out)
	}
	for _, p := range r.Pictures {
		m.picture(ctx, p, s, out)
	}
	for _, f := range r.Files {
		fmt.Fprint(out, s.line(plain, "", "File: "+f.Title))
	}
}

func (m Media) picture(ctx context.Context, p bot.Picture, s Style, out io.Writer) {
	caption, drawing := s.line(plain, "", "Picture: "+p.Title), ""
	var err error
	switch {
	case m.Assets == nil:
	case m.Inline != None:
		drawing, err = m.draw(ctx, p.Name, s)
	case m.Cache != "":
		var path string
		if path, err = m.cached(ctx, p.Name); err == nil {
			caption = whole("Picture: " + path + " (" + p.Title + ")")
		}
	}
	fmt.Fprint(out, caption)
	if err != nil {
		fmt.Fprint(out, s.line(dim, "  ", why(err)))
	}
	fmt.Fprint(out, drawing)
}

// whole is a line with a path in it, which must be whole to be copied.
func whole(text string) string { return Style{}.line(plain, "", text) }

// draw returns what makes the terminal draw a picture.
func (m Media) draw(ctx context.Context, name string, s Style) (string, error) {
	data, mediaType, err := m.Assets.Asset(ctx, name)
	if err != nil {
		return "", err
	}
	if mediaType != "image/png" {
		return "", fmt.Errorf("draw %s: a terminal draws no %s", name, mediaType)
	}
	return m.Inline.encode(data, s) + "\n", nil
}

// cached returns the path of a picture in the cache. A name is made from the
// picture's content, so what is there is never drawn again.
func (m Media) cached(ctx context.Context, name string) (string, error) {
	if err := checkName(name); err != nil {
		return "", err
	}
	path := filepath.Join(m.Cache, name)
	if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
		return path, nil
	}
	return m.write(ctx, m.Cache, name)
}

// save writes all pictures and files of a reply to the folder and returns
// their paths.
func (m Media) save(ctx context.Context, r bot.Reply) ([]string, error) {
	var names, paths []string
	for _, p := range r.Pictures {
		names = append(names, p.Name)
	}
	for _, f := range r.Files {
		names = append(names, f.Name)
	}
	for _, name := range names {
		path, err := m.write(ctx, m.Folder, name)
		if err != nil {
			return paths, err
		}
		paths = append(paths, path)
	}
	return paths, nil
}

// write makes a picture or file and writes it, whole or not at all.
func (m Media) write(ctx context.Context, folder, name string) (string, error) {
	if err := checkName(name); err != nil {
		return "", err
	}
	if m.Assets == nil {
		return "", bot.ErrNoAsset
	}
	data, _, err := m.Assets.Asset(ctx, name)
	if err != nil {
		return "", fmt.Errorf("make %s: %w", name, err)
	}
	folder = filepath.Clean(folder) // "" is the current one
	path := filepath.Join(folder, name)
	if err := replace(folder, path, data); err != nil {
		return "", fmt.Errorf("save %s: %w", path, err)
	}
	return path, nil
}

// replace puts a file in its place in one step, so that nobody opens half of
// it, and a link of that name is not followed.
func replace(folder, path string, data []byte) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	file, err := os.CreateTemp(folder, ".iobot-*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name()) // has no effect once it is renamed
	_, err = file.Write(data)
	if err := errors.Join(err, file.Chmod(0o644), file.Close()); err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}

// checkName lets no name lead out of the folder.
func checkName(name string) error {
	if name == "" || strings.HasPrefix(name, ".") || filepath.Base(name) != name || !filepath.IsLocal(name) {
		return fmt.Errorf("save %q: this is no name of a file", name)
	}
	return nil
}

// assetsOf names what there is to save.
func assetsOf(r bot.Reply) string {
	parts := []string{}
	for _, part := range []struct {
		n         int
		one, many string
	}{{len(r.Pictures), "the picture", "the pictures"}, {len(r.Files), "the file", "the files"}} {
		switch {
		case part.n == 1:
			parts = append(parts, part.one)
		case part.n > 1:
			parts = append(parts, part.many)
		}
	}
	return strings.Join(parts, " and ")
}

// why says what went wrong to the person at the terminal, whose own files
// these are.
func why(err error) string {
	var visible bot.VisibleError
	if errors.As(err, &visible) {
		return visible.Error()
	}
	text := err.Error()
	return strings.ToUpper(text[:1]) + text[1:] + "."
}
