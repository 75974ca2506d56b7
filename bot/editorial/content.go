package editorial

import (
	"io/fs"
	"maps"

	"iobot/bot/store"
	"iobot/knowledge"
)

// content is what is live, as files: the folder with the changes that lie over
// it. It does not change: what goes live is another content.
type content struct {
	folder map[string][]byte
	over   map[string]store.File
}

// text is the live text of a file; nil when there is none.
func (c *content) text(file string) []byte {
	if f, ok := c.over[file]; ok {
		return f.Text
	}
	return c.folder[file]
}

// with is the content with some more changes over it, as Load reads it.
func (c *content) with(more map[string][]byte) fs.FS {
	all := maps.Clone(c.folder)
	for name, f := range c.over {
		all[name] = f.Text
	}
	maps.Copy(all, more)
	return knowledge.Overlay(nothing{}, all)
}

// laying is the content with the files of a revision laid over it.
func (c *content) laying(files []store.File, revision int64) *content {
	over := maps.Clone(c.over)
	for _, f := range files {
		f.Revision = revision
		over[f.Name] = f
	}
	return &content{c.folder, over}
}

// laid is a file as it is laid over the folder's. While chat and folder
// disagree about it, it stays over what it lay over before: another change
// must not decide between the two unseen.
func (c *content) laid(name string, text []byte) store.File {
	if f, ok := c.over[name]; ok && c.conflict(f) {
		return store.File{Name: name, Text: text, Under: f.Under}
	}
	return c.kept(name, text)
}

// kept is a file laid over the folder's as that is now.
func (c *content) kept(name string, text []byte) store.File {
	f := store.File{Name: name, Text: text}
	if under, ok := c.folder[name]; ok {
		f.Under = knowledge.Hash(under)
	}
	return f
}

// conflict reports whether a file was changed in the folder after a change
// was laid over it.
func (c *content) conflict(f store.File) bool {
	text := c.folder[f.Name]
	return !c.same(f) && (text != nil || f.Under != "") && knowledge.Hash(text) != f.Under
}

// same reports whether the folder's file says what lies over it.
func (c *content) same(f store.File) bool {
	text, ok := c.folder[f.Name]
	return ok == (f.Text != nil) && string(text) == string(f.Text)
}

// nothing is a folder without files.
type nothing struct{}

// Open finds nothing.
func (nothing) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}
