package config

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
)

// fileEnding makes the name of a variable that names a file with the value of another.
const fileEnding = "_FILE"

// files says of each variable whose value stands in a file what was wrong with the file, nil for nothing.
type files map[string]error

// fromFiles puts the contents of files in the place of the variables that name them: every secret NAME may be given as
// NAME_FILE. Several values may stand in a file on a line each. Nothing that it returns in an error repeats a secret.
func fromFiles(environment map[string]string) (map[string]string, files) {
	whole, read := maps.Clone(environment), files{}
	for _, v := range Variables {
		name := v.Name + fileEnding
		path := environment[name]
		if !v.Secret || path == "" {
			continue
		}
		delete(whole, name)
		read[v.Name] = nil
		switch body, err := os.ReadFile(filepath.Clean(path)); {
		case environment[v.Name] != "":
			read[v.Name] = wrong(name, "is set, and "+v.Name+" too; keep one of them")
		case !filepath.IsAbs(path):
			read[v.Name] = wrong(name, "wants a full path")
		case err != nil:
			read[v.Name] = wrong(name, "names a file that cannot be read")
		default:
			whole[v.Name] = strings.Join(strings.Fields(string(body)), ",")
		}
	}
	return whole, read
}

// blamed lets errors name the variable that a person set: of a value from a file the one that names the file.
func (f files) blamed(errs []error) []error {
	var all []error
	for _, err := range errs {
		if err == nil {
			continue
		}
		name, rest, _ := strings.Cut(err.Error(), " ")
		unread, fromFile := f[name]
		switch {
		case !fromFile:
			all = append(all, err)
		case unread == nil:
			all = append(all, errors.New(name+fileEnding+" "+rest))
		}
	}
	for _, unread := range f {
		if unread != nil {
			all = append(all, unread)
		}
	}
	return all
}
