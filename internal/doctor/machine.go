package doctor

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// owned are the files and folders that hold what nobody else may read.
func (e *examination) owned(environment map[string]string) []string {
	var paths []string
	if path, ok := strings.CutPrefix(e.config.DatabaseURL, "sqlite:"); ok {
		paths = append(paths, path, path+"-wal", path+"-shm")
		copies, _ := filepath.Glob(path + ".before-*") // the only error is a bracket in the name
		paths = append(paths, copies...)
	}
	if path, ok := strings.CutPrefix(e.config.SearchURL, "bleve:"); ok {
		paths = append(paths, path)
	}
	if e.config.Backup.Dir != "" {
		made, _ := filepath.Glob(filepath.Join(e.config.Backup.Dir, "samhold-*.age"))
		paths = append(paths, made...)
	}
	paths = append(paths, e.config.AuditFile, e.config.LedgerFile)
	for name, value := range environment {
		if strings.HasPrefix(name, "SAMHOLD_") && strings.HasSuffix(name, "_FILE") {
			paths = append(paths, value)
		}
	}
	slices.Sort(paths)
	return slices.Compact(slices.DeleteFunc(paths, func(p string) bool { return p == "" }))
}

// modes looks for files that others on the machine may read. Secrets that a container's runtime hands in are its own.
func (e *examination) modes(environment map[string]string) {
	seen, open := 0, 0
	for _, path := range e.owned(environment) {
		info, err := os.Stat(path)
		if errors.Is(err, fs.ErrNotExist) || strings.HasPrefix(path, "/run/secrets/") || strings.HasPrefix(path, "/run/credentials/") {
			continue
		}
		seen++
		switch {
		case err != nil:
			e.say("file modes", Broken, path+" cannot be looked at", "run samhold doctor as the user that serves")
		case info.Mode().Perm()&0o077 != 0:
			open++
			e.say("file modes", Broken, fmt.Sprintf("%s may be read by others (%04o)", path, info.Mode().Perm()), "chmod go= "+path)
		}
	}
	if open == 0 && seen > 0 {
		e.say("file modes", OK, fmt.Sprintf("%d files and folders are closed to others", seen), "")
	}
}

// What is little space: with less than low SQLite and the index stop soon, with less than scarce somebody should look.
const (
	low    = 200 << 20
	scarce = 2 << 30
)

// disk looks at the space where Samhold writes.
func (e *examination) disk() {
	places := map[string]string{}
	for place, dir := range e.config.Places() {
		places["the "+place] = dir
	}
	worst := OK
	for _, what := range slices.Sorted(func(yield func(string) bool) {
		for name := range places {
			if !yield(name) {
				return
			}
		}
	}) {
		dir := places[what]
		var fs syscall.Statfs_t
		if err := syscall.Statfs(dir, &fs); err != nil {
			worst = Broken
			e.say("disk", Broken, fmt.Sprintf("the folder of %s, %s, is not there", what, dir), "make it, for the user that serves")
			continue
		}
		if err := writable(dir); err != nil {
			worst = Broken
			e.say("disk", Broken, fmt.Sprintf("%s cannot be written to, for %s", dir, what), "give it to the user that serves, and look whether it is mounted read-only")
		}
		free := uint64(fs.Bavail) * uint64(fs.Bsize) //nolint:unconvert // the types differ between systems
		switch {
		case free < low:
			worst = Broken
			e.say("disk", Broken, fmt.Sprintf("%d MB are left for %s", free>>20, what), "make space now")
		case free < scarce:
			if worst == OK {
				worst = Attention
			}
			e.say("disk", Attention, fmt.Sprintf("%d MB are left for %s", free>>20, what), "make space")
		}
	}
	if worst == OK && len(places) > 0 {
		e.say("disk", OK, "there is space", "")
	}
}

// writable asks the system, and writes nothing.
func writable(dir string) error {
	const write = 2
	return syscall.Access(dir, write)
}
