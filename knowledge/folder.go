package knowledge

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Limits of a folder of knowledge. They are far above what people write and
// keep a wrong or hostile folder from filling the memory.
const (
	maxFiles     = 5_000
	maxFileBytes = 1 << 20
)

// file is one file of a folder as read.
type file struct {
	name string // path inside the folder
	data []byte
}

// Dir is the folder at a path of this computer. Nothing in it can lead out of
// it: a link to another place is not followed, whatever it is put in the place
// of while the folder is read.
func Dir(path string) fs.FS { return dir(path) }

type dir string

// Open opens a file or folder below the folder.
func (d dir) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	f, err := os.OpenInRoot(string(d), filepath.FromSlash(name))
	if err != nil {
		return nil, err // not f: a nil *os.File in an interface is not nil
	}
	return f, nil
}

// readFolder reads every knowledge file below fsys, sorted by name. Hidden
// files, README.md and Go sources are left alone; anything else that is not a
// regular .yaml or .md file is reported.
func readFolder(fsys fs.FS, report func(Problem)) []file {
	var files []file
	seen := 0
	walk := func(name string, entry fs.DirEntry, err error) error {
		seen++
		switch {
		case err != nil:
			report(Problem{File: shownName(name), Message: "cannot be read: " + err.Error()})
		case seen > maxFiles:
			report(Problem{File: shownName(name), Message: fmt.Sprintf("more than %d files; is this the right folder?", maxFiles)})
			return fs.SkipAll
		case hiddenIn([]byte(name)) != "":
			report(Problem{File: shownName(name), Message: "the name " + hiddenIn([]byte(name)) + ", and rename the file"})
			if entry.IsDir() {
				return fs.SkipDir
			}
		case name != "." && strings.HasPrefix(entry.Name(), "."):
			if entry.IsDir() {
				return fs.SkipDir
			}
		case !entry.IsDir() && !ignored(name):
			if data, problem := readFile(fsys, name, entry); problem != "" {
				report(Problem{File: name, Message: problem})
			} else {
				files = append(files, file{name, data})
			}
		}
		return nil
	}
	if err := fs.WalkDir(fsys, ".", walk); err != nil {
		report(Problem{File: ".", Message: "cannot be read: " + err.Error()})
	}
	slices.SortFunc(files, func(a, b file) int { return strings.Compare(a.name, b.name) })
	return files
}

// shownName is a name as it can be printed: one with hidden characters could
// make a message say something else.
func shownName(name string) string {
	if hiddenIn([]byte(name)) != "" {
		return strconv.QuoteToASCII(name)
	}
	return name
}

// ignored says that a file is no knowledge and does no harm: the README of
// the folder, or the source that embeds it.
func ignored(name string) bool { return name == "README.md" || path.Ext(name) == ".go" }

// readFile reads one file, or says why it is refused.
func readFile(fsys fs.FS, name string, entry fs.DirEntry) (data []byte, problem string) {
	if !entry.Type().IsRegular() {
		return nil, "is a link or a special file; put a copy of the file itself here"
	}
	if kindOf(name) == "" {
		return nil, "does not belong here; the files are listed at the top of FORMAT.md"
	}
	info, err := entry.Info()
	if err == nil && info.Size() > maxFileBytes {
		return nil, "is larger than 1 MiB; split it"
	}
	data, err = readUpTo(fsys, name, maxFileBytes)
	switch {
	case err != nil:
		return nil, "cannot be read: " + err.Error()
	case len(data) > maxFileBytes: // it grew meanwhile, or lies about its size
		return nil, "is larger than 1 MiB; split it"
	}
	return data, ""
}

// readUpTo reads a file, but never much more than a number of bytes.
func readUpTo(fsys fs.FS, name string, most int64) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, most+1))
}

// kindOf says what a file holds: the folder of an entry ("drugs"), the name of
// one of the files at the top ("sources.yaml"), or "" for any other file.
func kindOf(name string) string {
	folder, base := path.Split(name)
	switch folder {
	case "":
		if contains([]string{"knowledge.yaml", "sources.yaml", "synonyms.yaml", "refusals.yaml", "site-choice.yaml", cardFile, goldenFile, noticeFile}, base) {
			return base
		}
	case "articles/":
		if path.Ext(base) == ".md" {
			return "articles"
		}
	case "drugs/", "sites/", "devices/":
		if path.Ext(base) == ".yaml" {
			return strings.TrimSuffix(folder, "/")
		}
	}
	return ""
}
