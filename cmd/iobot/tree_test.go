package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// imports is the shape of the program: which of our packages each may import,
// and which libraries appear in it and nowhere else. A package without a row
// fails.
var imports = map[string]struct{ ours, libraries []string }{
	"knowledge/quantity": {},
	"knowledge": {
		ours:      []string{"knowledge/quantity"},
		libraries: []string{"go.yaml.in/yaml/v3", "github.com/yuin/goldmark"},
	},
	"knowledge/dose": {ours: []string{"knowledge", "knowledge/quantity"}},
	"knowledge/card": {
		ours:      []string{"knowledge", "knowledge/dose", "knowledge/quantity", "knowledge/typeface"},
		libraries: []string{"codeberg.org/go-pdf/fpdf", "rsc.io/qr"},
	},
	"knowledge/content": {},
	"knowledge/picture": {
		ours:      []string{"knowledge", "knowledge/quantity", "knowledge/typeface"},
		libraries: []string{"github.com/fyne-io/oksvg", "github.com/srwiley/rasterx", "golang.org/x/image/math/fixed", "golang.org/x/image/vector"},
	},
	"knowledge/typeface": {libraries: []string{"golang.org/x/image"}},
	"index": {
		ours: []string{"knowledge", "knowledge/quantity"},
		libraries: []string{"github.com/blevesearch/bleve/v2", "github.com/blevesearch/bleve_index_api",
			"github.com/blevesearch/go-porterstemmer"},
	},
	"bot":         {},
	"bot/bottest": {ours: []string{"bot"}},
	"bot/assets":  {ours: []string{"bot", "index", "knowledge", "knowledge/picture"}},
	"bot/command": {ours: []string{"bot", "bot/assets", "bot/editorial", "bot/store", "index", "knowledge", "knowledge/card", "knowledge/dose",
		"knowledge/picture", "knowledge/quantity"}},
	"bot/editorial": {ours: []string{"bot", "bot/store", "index", "knowledge", "knowledge/dose"}},
	"bot/console":   {ours: []string{"bot"}, libraries: []string{"golang.org/x/term", "github.com/charmbracelet/x/ansi"}},
	"bot/platform":  {libraries: []string{"golang.org/x/time"}},
	"bot/slack": {
		ours:      []string{"bot", "bot/platform"},
		libraries: []string{"github.com/slack-go/slack", "golang.org/x/time"},
	},
	"bot/store":           {libraries: []string{"modernc.org/sqlite"}},
	"bot/slack/slacktest": {libraries: []string{"github.com/gorilla/websocket"}},
	"bot/discord": {
		ours:      []string{"bot", "bot/platform"},
		libraries: []string{"github.com/bwmarrin/discordgo", "github.com/gorilla/websocket"},
	},
	"cmd/iobot": {
		ours: []string{"bot", "bot/assets", "bot/command", "bot/console", "bot/discord", "bot/editorial", "bot/slack", "bot/store", "index", "knowledge",
			"knowledge/card", "knowledge/content", "knowledge/dose", "knowledge/picture"},
		libraries: []string{
			"go.yaml.in/yaml/v3", "github.com/spf13/cobra", "golang.org/x/term", "github.com/prometheus/client_golang",
		},
	},
}

// TestImports holds the arrows of bot/doc.go.
func TestImports(t *testing.T) {
	for dir, files := range packages(t) {
		row, ok := imports[dir]
		if !ok {
			t.Errorf("package %s has no row in the table of imports", dir)
			continue
		}
		for name, file := range files {
			for _, spec := range file.Imports {
				checkImport(t, name, strings.Trim(spec.Path.Value, `"`), row.ours, row.libraries)
			}
		}
	}
}

func checkImport(t *testing.T, name, imported string, ours, libraries []string) {
	t.Helper()
	if rest, ok := strings.CutPrefix(imported, "iobot/"); ok {
		if !slices.Contains(ours, rest) {
			t.Errorf("%s imports %s, which the table does not allow", name, imported)
		}
		return
	}
	first, _, _ := strings.Cut(imported, "/")
	foreign := strings.Contains(first, ".")
	inRow := slices.ContainsFunc(libraries, func(lib string) bool {
		return imported == lib || strings.HasPrefix(imported, lib+"/")
	})
	if foreign && !inRow {
		t.Errorf("%s imports %s, which the table does not allow", name, imported)
	}
}

// TestPlatformsStayAtTheRim keeps the names of the chat platforms out of all
// packages but their own and the settings.
func TestPlatformsStayAtTheRim(t *testing.T) {
	for dir, files := range packages(t) {
		if dir == "cmd/iobot" || strings.HasPrefix(dir, "bot/slack") || strings.HasPrefix(dir, "bot/discord") {
			continue
		}
		for name, file := range files {
			ast.Inspect(file, func(n ast.Node) bool {
				id, ok := n.(*ast.Ident)
				if ok && (strings.Contains(strings.ToLower(id.Name), "slack") || strings.Contains(strings.ToLower(id.Name), "discord")) {
					t.Errorf("%s: the name %s belongs in the platform's own package", name, id.Name)
				}
				return true
			})
		}
	}
}

// TestHouseRules holds what a reviewer would otherwise have to look for: a
// comment on every package and exported name, no init, no sleeping, the clock
// and the environment only in cmd, functions and files of a readable length.
func TestHouseRules(t *testing.T) {
	const maxFunc, maxFile = 80, 500
	fset := token.NewFileSet()
	for dir, files := range packagesIn(t, fset) {
		documented := false
		for name, file := range files {
			documented = documented || file.Doc != nil
			if n := fset.Position(file.End()).Line; n > maxFile {
				t.Errorf("%s has %d lines; split it", name, n)
			}
			for _, decl := range file.Decls {
				checkDecl(t, name, decl)
				if f, ok := decl.(*ast.FuncDecl); ok {
					if n := fset.Position(f.End()).Line - fset.Position(f.Pos()).Line; n > maxFunc {
						t.Errorf("%s: %s has %d lines; it does more than one thing", name, f.Name.Name, n)
					}
				}
			}
			if dir != "cmd/iobot" {
				checkCalls(t, name, file)
			}
		}
		if !documented {
			t.Errorf("package %s has no package comment", dir)
		}
	}
}

func checkDecl(t *testing.T, name string, decl ast.Decl) {
	t.Helper()
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Name.Name == "init" {
			t.Errorf("%s has an init; wire it in cmd", name)
		}
		if d.Doc == nil && d.Name.IsExported() && exportedReceiver(d) {
			t.Errorf("%s: %s has no comment", name, d.Name.Name)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			ts, ok := spec.(*ast.TypeSpec)
			if ok && ts.Name.IsExported() && d.Doc == nil && ts.Doc == nil {
				t.Errorf("%s: %s has no comment", name, ts.Name.Name)
			}
		}
	}
}

func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	kind := d.Recv.List[0].Type
	if star, ok := kind.(*ast.StarExpr); ok {
		kind = star.X
	}
	id, ok := kind.(*ast.Ident)
	return ok && id.IsExported()
}

// checkCalls finds what only cmd may do, so that the rest can be tested.
func checkCalls(t *testing.T, name string, file *ast.File) {
	t.Helper()
	banned := []string{"time.Now", "time.Sleep", "os.Getenv", "os.Exit", "os.Args"}
	ast.Inspect(file, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if pkg, ok := sel.X.(*ast.Ident); ok && slices.Contains(banned, pkg.Name+"."+sel.Sel.Name) {
			t.Errorf("%s uses %s.%s, which belongs in cmd", name, pkg.Name, sel.Sel.Name)
		}
		return true
	})
}

func packages(t *testing.T) map[string]map[string]*ast.File {
	return packagesIn(t, token.NewFileSet())
}

// packagesIn parses all files of the module but tests, by folder.
func packagesIn(t *testing.T, fset *token.FileSet) map[string]map[string]*ast.File {
	t.Helper()
	root := filepath.Join("..", "..")
	all := map[string]map[string]*ast.File{}
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(fset, filepath.Join(root, name), nil, parser.ParseComments)
		if err != nil {
			return err
		}
		dir := path.Dir(name)
		if all[dir] == nil {
			all[dir] = map[string]*ast.File{}
		}
		all[dir][name] = file
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
