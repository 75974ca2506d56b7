package knowledge

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// Overlay is a folder with changed files laid over it: a file named in over is
// read from there, and one whose text is nil is not there at all. Load, Lint
// and Export read it like any folder.
func Overlay(under fs.FS, over map[string][]byte) fs.FS { return overlay{under, over} }

// Hash names a text by its content: two texts with one hash are the same.
func Hash(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// FileOf is the file that holds an entry or a part of one: "drugs/epinephrine.yaml"
// for "drug/epinephrine#arrest-child". It is empty for an id without a kind.
func FileOf(id ID) string {
	switch id.Kind() {
	case "article":
		return "articles/" + id.Slug() + ".md"
	case "drug", "site", "device":
		return id.Kind() + "s/" + id.Slug() + ".yaml"
	default:
		return ""
	}
}

// EntryOf is the entry that a file holds: "drug/epinephrine" for
// "drugs/epinephrine.yaml". It is empty for files that hold none.
func EntryOf(file string) ID {
	switch kindOf(file) {
	case "articles", "drugs", "sites", "devices":
		return idOf(file)
	default:
		return ""
	}
}

// overlay implements Overlay. Folders exist as soon as a file lies in them.
type overlay struct {
	under fs.FS
	over  map[string][]byte
}

// Open opens a file or folder.
func (o overlay) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	if text, changed := o.over[name]; changed {
		if text == nil {
			return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
		}
		return &openFile{Reader: bytes.NewReader(text), info: info{path.Base(name), int64(len(text)), 0o444}}, nil
	}
	opened, err := o.under.Open(name)
	if !o.holds(name) && !isFolder(opened) {
		return opened, err
	}
	if err == nil {
		opened.Close()
	}
	entries, err := o.ReadDir(name)
	if err != nil {
		return nil, err
	}
	return &openFolder{openFile{bytes.NewReader(nil), info{path.Base(name), 0, folderMode}}, entries}, nil
}

// holds says that a changed file lies in a folder or below it.
func (o overlay) holds(folder string) bool {
	for name, text := range o.over {
		if text != nil && (folder == "." || strings.HasPrefix(name, folder+"/")) {
			return true
		}
	}
	return false
}

func isFolder(f fs.File) bool {
	if f == nil {
		return false
	}
	stat, err := f.Stat()
	return err == nil && stat.IsDir()
}

// ReadDir lists a folder, the changed files in it included.
func (o overlay) ReadDir(folder string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(o.under, folder)
	if err != nil && !o.holds(folder) {
		return nil, err
	}
	entries = slices.DeleteFunc(slices.Clone(entries), func(e fs.DirEntry) bool {
		_, changed := o.over[path.Join(folder, e.Name())]
		return changed
	})
	for name, text := range o.over {
		child, isFile, inside := childOf(folder, name)
		if text == nil || !inside || slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == child }) {
			continue
		}
		i := info{name: child, mode: folderMode}
		if isFile {
			i = info{name: child, size: int64(len(text)), mode: 0o444}
		}
		entries = append(entries, fs.FileInfoToDirEntry(i))
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, nil
}

// childOf is the file or folder directly in a folder through which a name goes.
func childOf(folder, name string) (child string, isFile, inside bool) {
	rest := name
	if folder != "." {
		if rest, inside = strings.CutPrefix(name, folder+"/"); !inside {
			return "", false, false
		}
	}
	child, _, deeper := strings.Cut(rest, "/")
	return child, !deeper, fs.ValidPath(name)
}

// folderMode is that of a folder nobody may write to.
const folderMode = fs.ModeDir | 0o555

// info describes a file that lies in memory.
type info struct {
	name string
	size int64
	mode fs.FileMode
}

func (i info) Name() string       { return i.name }
func (i info) Size() int64        { return i.size }
func (i info) Mode() fs.FileMode  { return i.mode }
func (i info) ModTime() time.Time { return time.Time{} }
func (i info) IsDir() bool        { return i.mode.IsDir() }
func (i info) Sys() any           { return nil }

// openFile is a changed file, opened.
type openFile struct {
	*bytes.Reader
	info info
}

func (f *openFile) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *openFile) Close() error               { return nil }

// openFolder is a folder, opened.
type openFolder struct {
	openFile
	rest []fs.DirEntry
}

// Read fails: a folder holds no text.
func (f *openFolder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: f.info.name, Err: fs.ErrInvalid}
}

// ReadDir lists the next n entries, or all when n is not positive.
func (f *openFolder) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 || n > len(f.rest) {
		if n > 0 && len(f.rest) == 0 {
			return nil, io.EOF
		}
		n = len(f.rest)
	}
	listed := f.rest[:n]
	f.rest = f.rest[n:]
	return listed, nil
}
