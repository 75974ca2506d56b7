package index

import "math/bits"

// letters reports whether a folded word has the letters a to z only.
func letters(w string) bool {
	for i := 0; i < len(w); i++ {
		if w[i] < 'a' || w[i] > 'z' {
			return false
		}
	}
	return w != ""
}

// letterSet has a bit for each letter of a word of a to z.
func letterSet(w string) uint32 {
	var set uint32
	for i := 0; i < len(w); i++ {
		set |= 1 << (w[i] - 'a')
	}
	return set
}

// unlike is how many letters stand in one word only. An edit changes at most
// two.
func unlike(a, b uint32) int { return bits.OnesCount32(a ^ b) }

// distance is how many letters must be put in, left out, changed or swapped
// with their neighbour to get from a to b; limit+1 when more than limit, or
// when a word is over maxLetters long.
func distance(a, b string, limit int) int {
	if abs(len(a)-len(b)) > limit || len(a) > maxLetters || len(b) > maxLetters {
		return limit + 1
	}
	var rows [3][maxLetters + 1]int
	before, above, row := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		above[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(above[j]+1, row[j-1]+1, above[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > limit {
			return limit + 1
		}
		before, above, row = above, row, before
	}
	return above[len(b)]
}

func abs(n int) int { return max(n, -n) }
