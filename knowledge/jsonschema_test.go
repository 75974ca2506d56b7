package knowledge

import (
	"bytes"
	"os"
	"path"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"
)

// compiledSchema is the schema of a kind of file as a validator reads it.
func compiledSchema(t *testing.T, kind string) *jsonschema.Schema {
	t.Helper()
	text, err := JSONSchema(kind)
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("schema.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// asEditorsRead is a YAML text as an editor understands it: by the core
// schema of YAML 1.2, where a date is a text and true is none.
func asEditorsRead(t *testing.T, text []byte) any {
	t.Helper()
	root, _, err := parseYAML(text)
	if err != nil {
		t.Fatal(err)
	}
	return plainValue(t, root)
}

func plainValue(t *testing.T, n *yaml.Node) any {
	t.Helper()
	switch n.Kind {
	case yaml.MappingNode:
		fields := map[string]any{}
		for i := 0; i < len(n.Content); i += 2 {
			fields[n.Content[i].Value] = plainValue(t, n.Content[i+1])
		}
		return fields
	case yaml.SequenceNode:
		list := []any{}
		for _, item := range n.Content {
			list = append(list, plainValue(t, item))
		}
		return list
	}
	switch n.Tag {
	case "!!int", "!!float", "!!null":
		var value any
		if err := n.Decode(&value); err != nil {
			t.Fatal(err)
		}
		return value
	case "!!bool":
		return n.Value == "true"
	}
	return n.Value
}

// kindOfSchema is the name by which kb schema knows a file.
func kindOfSchema(file string) string {
	return strings.TrimSuffix(kindOf(file), ".yaml")
}

// TestJSONSchemaContent makes sure that no file of the starter content is
// underlined in an editor.
func TestJSONSchemaContent(t *testing.T) {
	files, err := ReadFiles(os.DirFS("content"))
	if err != nil {
		t.Fatal(err)
	}
	whole := compiledSchema(t, "")
	schemas := map[string]*jsonschema.Schema{}
	for file, text := range files {
		kind := kindOfSchema(file)
		if schemas[kind] == nil {
			schemas[kind] = compiledSchema(t, kind)
		}
		if path.Ext(file) == ".md" {
			text, _, _ = cutFrontMatter(text)
		}
		value := asEditorsRead(t, text)
		if err := schemas[kind].Validate(value); err != nil {
			t.Errorf("%s: %v", file, err)
		}
		if err := whole.Validate(value); err != nil {
			t.Errorf("%s against the whole schema: %v", file, err)
		}
	}
	if len(schemas) < len(SchemaKinds())-1 { // the starter content has no notices
		t.Errorf("only the schemas %v were tried", schemas)
	}
}

// TestJSONSchemaMistakes makes sure that common mistakes are underlined.
func TestJSONSchemaMistakes(t *testing.T) {
	good := goodFolder(t)
	for _, mistake := range []struct{ file, from, to string }{
		{"drugs/epinephrine.yaml", "dose: 0.01 mg/kg", "dose: 0.01mg/kg"},
		{"drugs/epinephrine.yaml", "max: 1 mg", "max: 1"},
		{"drugs/epinephrine.yaml", "max: 1 mg", "maximum: 1 mg"},
		{"drugs/epinephrine.yaml", "grade: A", "grade: D"},
		{"drugs/epinephrine.yaml", "class: catecholamine\n", ""},
		{"drugs/epinephrine.yaml", "strength: 0.1 mg/mL", "strength: 1:10,000"},
		{"drugs/epinephrine.yaml", "aliases: [CPR]", "aliases: CPR"},
		{"sites/proximal-tibia.yaml", "use: yes", "use: maybe"},
		{"knowledge.yaml", "format: 1", "format: 2"},
	} {
		text := string(good[mistake.file].Data)
		if !strings.Contains(text, mistake.from) {
			t.Fatalf("%s does not hold %q", mistake.file, mistake.from)
		}
		schema := compiledSchema(t, kindOfSchema(mistake.file))
		if err := schema.Validate(asEditorsRead(t, []byte(text))); err != nil {
			t.Errorf("%s as it is: %v", mistake.file, err)
		}
		text = strings.Replace(text, mistake.from, mistake.to, 1)
		if err := schema.Validate(asEditorsRead(t, []byte(text))); err == nil {
			t.Errorf("%s with %q for %q is not underlined", mistake.file, mistake.to, mistake.from)
		}
	}
}
