package knowledge

// alignment says that the items from a number up to another gave way to lines.
type alignment struct {
	from, to int
	lines    []string
}

// align finds the differences between two lists that leave the longest common
// part of both in its place.
func align(was, is []string) []alignment {
	common := commonLengths(was, is)
	var runs []alignment
	i, j := 0, 0
	for i < len(was) || j < len(is) {
		if i < len(was) && j < len(is) && was[i] == is[j] {
			i, j = i+1, j+1
			continue
		}
		run := alignment{from: i}
		for (i < len(was) || j < len(is)) && !(i < len(was) && j < len(is) && was[i] == is[j]) {
			if j == len(is) || i < len(was) && common[i+1][j] >= common[i][j+1] {
				i++
			} else {
				run.lines = append(run.lines, is[j])
				j++
			}
		}
		run.to = i
		runs = append(runs, run)
	}
	return runs
}

// commonLengths holds the length of the longest common part of the rests of
// two lists.
func commonLengths(was, is []string) [][]int {
	lengths := make([][]int, len(was)+1)
	for i := range lengths {
		lengths[i] = make([]int, len(is)+1)
	}
	for i := len(was) - 1; i >= 0; i-- {
		for j := len(is) - 1; j >= 0; j-- {
			if was[i] == is[j] {
				lengths[i][j] = lengths[i+1][j+1] + 1
			} else {
				lengths[i][j] = max(lengths[i+1][j], lengths[i][j+1])
			}
		}
	}
	return lengths
}
