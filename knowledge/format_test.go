package knowledge

import (
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// TestFormat makes sure that FORMAT.md names every field that a file may have
// and every word that a field may be limited to.
func TestFormat(t *testing.T) {
	text, err := os.ReadFile("FORMAT.md")
	if err != nil {
		t.Fatal(err)
	}
	quoted := map[string]bool{}
	for _, m := range regexp.MustCompile("`([^`\n]+)`").FindAllStringSubmatch(string(text), -1) {
		quoted[m[1]] = true
	}
	r := newReader()
	visited := map[reflect.Type]bool{}
	var visit func(reflect.Type)
	visit = func(typ reflect.Type) {
		for typ.Kind() == reflect.Pointer || typ.Kind() == reflect.Slice {
			typ = typ.Elem()
		}
		if _, isScalar := r.scalars[typ]; isScalar || typ.Kind() != reflect.Struct || visited[typ] {
			return
		}
		visited[typ] = true
		for _, f := range r.schema.fields(typ) {
			if !quoted[f.name] {
				t.Errorf("FORMAT.md does not name the field %q of %s", f.name, typ)
			}
			visit(typ.FieldByIndex(f.index).Type)
		}
	}
	for _, v := range []any{Article{}, Drug{}, Site{}, Device{}, manifest{}, Source{}, siteChoice{}, synonyms{}, Refusal{}, Golden{}, Notice{}, Card{}} {
		visit(reflect.TypeOf(v))
	}
	if !visited[reflect.TypeFor[Needle]()] || !strings.Contains(string(text), "`title`") {
		t.Error("not every type was visited")
	}
}
