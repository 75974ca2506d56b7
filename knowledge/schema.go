package knowledge

import (
	"reflect"
	"strings"
)

// field is one field of a file, as the yaml tag of the Go type declares it:
// the name, then any of
//
//	required     it must be written
//	one=a|b      one of these words; for a bool, the first means true
//	verbatim     words that people type, or names of documents: not held to
//	             the rules for writing figures
//	keys         keys of sources
type field struct {
	name     string
	index    []int // for reflect.Value.FieldByIndex
	required bool
	verbatim bool
	keys     bool
	oneOf    []string
}

// schema remembers the fields of each type it was asked about.
type schema map[reflect.Type][]field

// fields lists the fields of a struct type, those of embedded structs
// included, in the order of the type.
func (s schema) fields(t reflect.Type) []field {
	if known, ok := s[t]; ok {
		return known
	}
	var all []field
	for _, f := range reflect.VisibleFields(t) {
		if tag := f.Tag.Get("yaml"); tag != "" {
			all = append(all, parseTag(tag, f.Index))
		}
	}
	s[t] = all
	return all
}

func parseTag(tag string, index []int) field {
	name, options, _ := strings.Cut(tag, ",")
	f := field{name: name, index: index}
	for option := range strings.SplitSeq(options, ",") {
		words, isChoice := strings.CutPrefix(option, "one=")
		switch {
		case isChoice:
			f.oneOf = strings.Split(words, "|")
		case option == "required":
			f.required = true
		case option == "verbatim":
			f.verbatim = true
		case option == "keys":
			f.keys = true
		}
	}
	return f
}

// reader knows how the types of this package are written: which fields a
// struct has and which types are one text.
type reader struct {
	schema  schema
	scalars scalars
}

func newReader() reader { return reader{schema{}, newScalars()} }
