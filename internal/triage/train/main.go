// Package train learns the weights of the triage model anew, and which words are known. Run it in the
// root of the repository after a change of rules or lessons:
//
//	go run ./internal/triage/train
//
// It must never read the posts that were put aside.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"samhold/internal/triage"
)

func main() {
	if err := run("internal/triage"); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(dir string) error {
	lessons, err := read(dir, "dev.jsonl")
	if err != nil {
		return err
	}
	lessons, _ = triage.PutAside(lessons)
	for _, name := range []string{"lessons.jsonl", "calm.jsonl", "calm.jsonl"} {
		more, err := read(dir, name)
		if err != nil {
			return err
		}
		lessons = append(lessons, more...)
	}
	a, err := triage.NewWithoutModel()
	if err != nil {
		return err
	}
	words := triage.KnownWords(lessons)
	if err := os.WriteFile(filepath.Join(dir, "model", "words.txt"), []byte(strings.Join(words, "\n")+"\n"), 0o600); err != nil {
		return err
	}
	m, err := triage.Learn(a.Knowing(words), lessons)
	if err != nil {
		return err
	}
	b, err := m.Bytes()
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stdout, "learned from %d lessons, %d bytes of weights\n", len(lessons), len(b))
	return os.WriteFile(filepath.Join(dir, "model", "weights.bin"), b, 0o600)
}

func read(dir, name string) ([]triage.Lesson, error) {
	f, err := os.Open(filepath.Join(dir, "testdata", name))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lessons, err := triage.ReadLessons(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return lessons, nil
}
