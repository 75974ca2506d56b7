package discord

import "strings"

// paginate puts pieces on pages of at most a size. What is longer than a
// person reads at once is cut at that, and its sources follow on full pages of
// their own. There is always a page.
func paginate(list []piece, room size) [][]piece {
	short := size{min(room.chars, readable), room.bytes}
	if !total(list).over(short) {
		return [][]piece{list}
	}
	body := list
	for i, p := range list {
		if p.source {
			body = list[:i]
			break
		}
	}
	pages := fill(body, short)
	if sources := list[len(body):]; len(sources) > 0 {
		pages = append(pages, fill(sources, room)...)
	}
	return pages
}

// fill puts pieces on pages in order, a heading never last.
func fill(list []piece, room size) [][]piece {
	var pages [][]piece
	var now []piece
	var used size
	for i, p := range list {
		if len(now) > 0 && used.plus(total(next(list, i))).over(room) {
			pages, now, used = append(pages, now), nil, size{}
		}
		now, used = append(now, p), used.plus(total(list[i:i+1]))
	}
	return append(pages, now)
}

// next is the piece at i with what it heads, if it is a heading.
func next(list []piece, i int) []piece {
	end := i + 1
	for end < len(list) && list[end-1].heading {
		end++
	}
	return list[i:end]
}

func total(list []piece) size {
	var sum size
	for _, p := range list {
		sum = sum.plus(sizeOf(p.text)).plus(size{2, 2})
	}
	return sum
}

// join writes the pieces of a page.
func join(list []piece) string {
	var b strings.Builder
	for i, p := range list {
		if i > 0 {
			b.WriteByte('\n')
			if p.gap && !p.heading && !list[i-1].heading {
				b.WriteByte('\n')
			}
		}
		b.WriteString(p.text)
	}
	return b.String()
}
