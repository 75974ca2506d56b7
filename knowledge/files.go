package knowledge

import "io/fs"

// ReadFiles reads every file of a knowledge folder, by its path inside. The
// error is a Problems.
func ReadFiles(fsys fs.FS) (map[string][]byte, error) {
	var problems Problems
	all := map[string][]byte{}
	for _, f := range readFolder(fsys, func(p Problem) { problems = append(problems, p) }) {
		all[f.name] = f.data
	}
	if len(problems) > 0 {
		problems.sort()
		return nil, problems
	}
	return all, nil
}
