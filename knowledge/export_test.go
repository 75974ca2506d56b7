package knowledge

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

func TestExport(t *testing.T) {
	folder := goodFolder(t)
	folder["content.go"] = &fstest.MapFile{Data: []byte("package content")}
	dir := filepath.Join(t.TempDir(), "new", "folder")
	if err := Export(folder, dir); err != nil {
		t.Fatal(err)
	}
	b, err := Load(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	if want := goodBase(t).Revision; b.Revision != want {
		t.Errorf("the exported folder has revision %s, want %s", b.Revision, want)
	}
	if _, err := os.Stat(filepath.Join(dir, "content.go")); err == nil {
		t.Error("a Go source was exported")
	}
	if err := Export(folder, dir); err == nil || !strings.Contains(err.Error(), "not empty") {
		t.Errorf("export into a full folder: %v, want a refusal", err)
	}
}

// TestSymlink makes sure that a folder cannot lead out of itself.
func TestSymlink(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/good")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("/etc/passwd", filepath.Join(dir, "drugs", "passwd.yaml")); err != nil {
		t.Skip(err)
	}
	_, err := Load(os.DirFS(dir))
	if err == nil || !strings.Contains(err.Error(), "drugs/passwd.yaml: is a link") {
		t.Errorf("loading a folder with a link: %v, want it refused", err)
	}
}

// TestLimits makes sure that no folder can fill the memory.
func TestLimits(t *testing.T) {
	folder := goodFolder(t)
	folder["drugs/big.yaml"] = &fstest.MapFile{Data: make([]byte, maxFileBytes+1)}
	for i := range maxFiles {
		folder["articles/"+strings.Repeat("a", 1+i%50)+indexed("", i)+".md"] = &fstest.MapFile{}
	}
	var problems Problems
	files := readFolder(folder, func(p Problem) { problems = append(problems, p) })
	if len(files) > maxFiles {
		t.Errorf("%d files were read", len(files))
	}
	if text := problems.Error(); !strings.Contains(text, "more than 5000 files") {
		t.Errorf("problems: %s", text)
	}
	_, err := Load(fstest.MapFS{"drugs/big.yaml": folder["drugs/big.yaml"]})
	if err == nil || !strings.Contains(err.Error(), "larger than 1 MiB") {
		t.Errorf("loading a large file: %v", err)
	}
}

// TestUnreadable makes sure that a folder that cannot be read is no empty one.
func TestUnreadable(t *testing.T) {
	for _, fsys := range []fs.FS{os.DirFS(filepath.Join(t.TempDir(), "missing")), fstest.MapFS{}} {
		if _, err := Load(fsys); err == nil {
			t.Error("nothing was loaded without an error")
		}
	}
}
