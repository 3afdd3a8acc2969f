package main

import (
	"strings"
	"testing"
)

func TestBarIsLinesWhereNobodyLooks(t *testing.T) {
	var out strings.Builder
	draw := bar(&out)
	for done := range 1001 {
		draw(done, 1000)
	}
	if lines := strings.Count(out.String(), "\n"); lines != 11 || strings.Contains(out.String(), "\r") {
		t.Errorf("%d lines: %q", lines, out.String())
	}
	if !strings.HasPrefix(out.String(), "0 of 1000\n100 of 1000\n") || !strings.HasSuffix(out.String(), "\n1000 of 1000\n") {
		t.Errorf("got %q", out.String())
	}
	draw = bar(&out)
	draw(0, 0) // nothing to do is no fault
}
