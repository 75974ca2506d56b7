package knowledge

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
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

// readFolder reads every knowledge file below fsys, sorted by name. Hidden
// files, README.md and Go sources are left alone; anything else that is not a
// regular .yaml or .md file is reported.
func readFolder(fsys fs.FS, report func(Problem)) []file {
	var files []file
	walk := func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			report(Problem{File: name, Message: "cannot be read: " + err.Error()})
		case len(files) == maxFiles:
			report(Problem{File: name, Message: fmt.Sprintf("more than %d files; is this the right folder?", maxFiles)})
			return fs.SkipAll
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
	data, err = fs.ReadFile(fsys, name)
	if err != nil {
		return nil, "cannot be read: " + err.Error()
	}
	return data, ""
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
