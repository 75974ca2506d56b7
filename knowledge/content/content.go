// Package content holds the starter knowledge as files, the same that
// "iobot kb init" writes out: Markdown for articles, YAML for the rest, as
// FORMAT.md of package knowledge describes. It holds no code but the line that
// embeds them; start reading in articles/what-is-io.md.
package content

import (
	"embed"
	"io/fs"
)

//go:embed *.yaml articles/*.md drugs/*.yaml sites/*.yaml devices/*.yaml
var files embed.FS

// FS is the starter knowledge, for knowledge.Load.
func FS() fs.FS { return files }
