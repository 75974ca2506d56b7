package index

// data is what a snapshot knows of its passages and their words.
type data struct {
	passages []passage
	vocabulary
	counts   []termCount // of all passages, each sorted by term
	offsets  []uint32    // where the counts of a passage begin, and the end
	lengths  [][fieldCount]uint16
	average  [fieldCount]float64 // length of a field that is not empty
	synonyms synonyms
	subject  map[string]bool   // stems that name what the base is about
	quiet    map[string]bool   // stems that say little anywhere
	names    map[string]*names // by kind, and of the indications by drug
	speller  *speller
}

// vocabulary is the canonical stems of the passages.
type vocabulary struct {
	terms map[string]uint32
	df    []uint32 // passages that hold the term
}

// termCount is how often a term stands in each field of a passage.
type termCount struct {
	term  uint32
	count [fieldCount]uint8
}
