package knowledge

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
)

// Export writes the files of a knowledge folder into dir, which is made if it
// does not exist and must be empty otherwise. Files that are no knowledge,
// such as Go sources beside embedded content, are left out.
func Export(fsys fs.FS, dir string) error {
	var problems Problems
	files := readFolder(fsys, func(p Problem) { problems = append(problems, p) })
	if len(problems) > 0 {
		return fmt.Errorf("export: %w", problems)
	}
	if err := emptyFolder(dir); err != nil {
		return fmt.Errorf("export to %s: %w", dir, err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("export to %s: %w", dir, err)
	}
	defer root.Close()
	for _, f := range files {
		if err := writeFile(root, f); err != nil {
			return fmt.Errorf("export to %s: %w", dir, err)
		}
	}
	return nil
}

// errNotEmpty keeps Export from mixing two revisions.
var errNotEmpty = errors.New("the folder is not empty; name a new one")

// emptyFolder makes dir, or makes sure that it is empty.
func emptyFolder(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	folder, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer folder.Close()
	switch _, err := folder.Readdirnames(1); {
	case errors.Is(err, io.EOF):
		return nil
	case err != nil:
		return err
	default:
		return errNotEmpty
	}
}

func writeFile(root *os.Root, f file) error {
	if err := root.MkdirAll(path.Dir(f.name), 0o755); err != nil {
		return err
	}
	return root.WriteFile(f.name, f.data, 0o644)
}
