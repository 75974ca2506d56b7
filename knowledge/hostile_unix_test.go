//go:build unix

package knowledge

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// realFolder is the good folder on the disk.
func realFolder(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "own")
	if err := os.CopyFS(dir, os.DirFS("testdata/good")); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestTrapsOnDisk puts into a real folder what leads out of it, never ends, or
// has a name that reads as another. Each is named, and nothing outside is read.
func TestTrapsOnDisk(t *testing.T) {
	outside := t.TempDir()
	secret := filepath.Join(outside, "secret.yaml")
	if err := os.WriteFile(secret, []byte("id: secret\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, trap := range []struct {
		name, want string
		set        func(dir string) error
	}{
		{"link to a file", "drugs/secret.yaml: is a link", func(dir string) error { return os.Symlink(secret, filepath.Join(dir, "drugs/secret.yaml")) }},
		{"link to a folder", "more: is a link", func(dir string) error { return os.Symlink(outside, filepath.Join(dir, "more")) }},
		{"folder that is a link", "drugs: is a link", func(dir string) error {
			return errors.Join(os.Rename(filepath.Join(dir, "drugs"), filepath.Join(outside, "drugs")), os.Symlink(filepath.Join(outside, "drugs"), filepath.Join(dir, "drugs")))
		}},
		{"pipe", "drugs/pipe.yaml: is a link or a special file", func(dir string) error { return syscall.Mkfifo(filepath.Join(dir, "drugs/pipe.yaml"), 0o600) }},
		{"other case", "drugs/Epinephrine.yaml: the name may hold only a to z", func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "drugs/Epinephrine.yaml"), []byte("id: epinephrine\n"), 0o600)
		}},
		{"name turned round", `"drugs/x\u202elmay.yaml": the name holds the invisible character U+202E`, func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "drugs/x\u202elmay.yaml"), nil, 0o600)
		}},
		{"no end of folders", "more than 5000 files", func(dir string) error {
			for i := range maxFiles {
				if err := os.Mkdir(filepath.Join(dir, "articles", fmt.Sprint(i)), 0o700); err != nil {
					return err
				}
			}
			return nil
		}},
	} {
		t.Run(trap.name, func(t *testing.T) {
			dir := realFolder(t)
			if err := trap.set(dir); err != nil {
				t.Fatal(err)
			}
			_, err := Load(Dir(dir))
			if err == nil || !strings.Contains(err.Error(), trap.want) {
				t.Errorf("loading: %v\nwant %s", err, trap.want)
			}
		})
	}
	if _, err := Dir(realFolder(t)).Open("../" + filepath.Base(outside)); err == nil {
		t.Error("a name led out of the folder")
	}
}

// TestSwappedForALink makes sure that a file that becomes a link after the
// folder was listed is not followed.
func TestSwappedForALink(t *testing.T) {
	dir := realFolder(t)
	if err := os.Symlink("/etc/passwd", filepath.Join(dir, "swapped.yaml")); err != nil {
		t.Fatal(err)
	}
	if text, err := fs.ReadFile(Dir(dir), "swapped.yaml"); err == nil {
		t.Errorf("read %q", text)
	}
}
