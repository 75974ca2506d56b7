package slack

// paginate puts pieces into parts of at most so many bytes of JSON and what a
// person reads at once. There is always at least one part.
func paginate(list []piece, room int) [][]piece {
	var parts [][]piece
	var part []piece
	var used load
	for i, p := range list {
		if len(part) > 0 && (p.fresh || used.with(part, next(list, i)).over(room)) {
			parts, part, used = append(parts, part), nil, load{}
		}
		used = used.with(part, list[i:i+1])
		part = append(part, p)
	}
	return append(parts, part)
}

// next is the piece at i, and what it heads when it is a heading.
func next(list []piece, i int) []piece {
	if list[i].kind == heading && i+1 < len(list) {
		return list[i : i+2]
	}
	return list[i : i+1]
}

// load is what a part holds so far.
type load struct{ bytes, runes, blocks int }

func (u load) with(part, more []piece) load {
	for _, p := range more {
		if len(part) == 0 || part[len(part)-1].group != p.group || newBlock(part[len(part)-1], p) {
			u.blocks++
			u.bytes += aroundBlock
		}
		u.bytes += p.bytes()
		u.runes += p.runes()
		part = more
	}
	return u
}

func (u load) over(room int) bool {
	return u.bytes > room || u.runes > readable || u.blocks > maxBlocks-17
}

// newBlock reports whether two pieces of one group cannot share a block.
func newBlock(before, p piece) bool {
	return before.kind != p.kind && (before.kind >= note || p.kind >= note)
}
