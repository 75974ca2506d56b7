package knowledge

import (
	"slices"
	"strconv"
	"strings"
)

// keep is a new list of what passes.
func keep[E any](list []E, pass func(E) bool) []E {
	var kept []E
	for _, e := range list {
		if pass(e) {
			kept = append(kept, e)
		}
	}
	return kept
}

// indexed is the path of an item of a list.
func indexed(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

func contains(words []string, word string) bool { return slices.Contains(words, word) }

// orList joins words as "a, b or c".
func orList(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// closest is the word that word was probably meant to be, or all of them when
// none is near.
func closest(word string, words []string) []string {
	for _, w := range words {
		if editDistance([]rune(word), []rune(w)) <= min(2, len(w)/3) {
			return []string{w}
		}
	}
	return words
}

// editDistance counts the letters to insert, delete, replace or swap with
// their neighbour to turn x into y.
func editDistance(x, y []rune) int {
	var before []int // the row before the last
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(x); i++ {
		next := make([]int, len(y)+1)
		next[0] = i
		for j := 1; j <= len(y); j++ {
			next[j] = min(row[j]+1, next[j-1]+1, row[j-1]+differ(x[i-1], y[j-1]))
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				next[j] = min(next[j], before[j-2]+1)
			}
		}
		before, row = row, next
	}
	return row[len(y)]
}

func differ(a, b rune) int {
	if a == b {
		return 0
	}
	return 1
}
