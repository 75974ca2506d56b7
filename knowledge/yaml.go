package knowledge

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"strconv"

	"go.yaml.in/yaml/v3"
)

// decode reads a YAML file into a Go value.
func (l *loader) decode(f file, into any) { l.decodeAt(f, 0, into) }

// decodeAt is decode for YAML that begins after some lines of the file.
func (l *loader) decodeAt(f file, above int, into any) {
	last := above + 1 + bytes.Count(bytes.TrimSuffix(f.data, []byte("\n")), []byte("\n"))
	report := func(line int, path, message string) {
		// What is missing at the end stands, to the YAML library, behind it.
		l.report(Problem{f.name, min(line+above, last), path, message})
	}
	node, line, err := parseYAML(f.data)
	if err != nil {
		report(line, "", err.Error())
		return
	}
	d := decoder{reader: l.reader, above: above, lines: l.lines[f.name], report: report}
	d.value(node, reflect.ValueOf(into).Elem(), field{}, "")
}

// yamlLine finds the line in an error of the YAML library.
var yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)

// parseYAML parses one YAML document. An error comes with its line.
func parseYAML(data []byte) (node *yaml.Node, line int, err error) {
	var document, second yaml.Node
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	switch err := decoder.Decode(&document); {
	case errors.Is(err, io.EOF) || err == nil && len(document.Content) == 0:
		return nil, 1, errors.New("the file is empty")
	case err != nil:
		return nil, errorLine(err), fmt.Errorf(`is not YAML: %s; a text that holds a colon and a space, or begins with one of [ { & * ! | > %% @ # or a quote, must stand in "quotes"`,
			yamlLine.ReplaceAllString(err.Error(), ""))
	}
	if err := decoder.Decode(&second); !errors.Is(err, io.EOF) {
		return nil, second.Line, errors.New(`holds a second document; delete the line "---"`)
	}
	return document.Content[0], 0, nil
}

// errorLine is the line an error of the YAML library names, or 1.
func errorLine(err error) int {
	if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
		if line, err := strconv.Atoi(m[1]); err == nil {
			return line
		}
	}
	return 1
}
