package demo_test

import (
	"testing"
	"time"

	"samhold/internal/demo"
)

func TestWhen(t *testing.T) {
	now := time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)
	for written, want := range map[string]time.Time{
		"-42d 21:14": time.Date(2026, 10, 11, 21, 14, 0, 0, time.UTC),
		"-1d 00:00":  time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC),
		"-3h":        time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC),
		"-25m":       time.Date(2026, 11, 22, 2, 35, 0, 0, time.UTC),
	} {
		w, err := demo.ParseWhen(written)
		if err != nil {
			t.Fatal(err)
		}
		if got := w.At(now); !got.Equal(want) {
			t.Errorf("%s: got %v, want %v", written, got, want)
		}
	}
	for _, written := range []string{"", "42d 21:14", "-0d 10:00", "-1d 9:00", "-1d 25:00", "-0h", "-3 h", "2026-01-01"} {
		if w, err := demo.ParseWhen(written); err == nil {
			t.Errorf("%q: got %v, want an error", written, w)
		}
	}
}

// Before must hold whenever the demo is opened: it is compared with the real times at every quarter of a day.
func TestWhenBefore(t *testing.T) {
	var all []demo.When
	for _, written := range []string{"-3d 12:00", "-2d 23:59", "-1d 00:00", "-1d 23:50", "-25h", "-3h", "-9m"} {
		w, err := demo.ParseWhen(written)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, w)
	}
	for _, w := range all {
		for _, v := range all {
			want := true
			for quarter := range 96 {
				now := time.Date(2026, 11, 22, 0, 15*quarter, 0, 0, time.UTC)
				want = want && w.At(now).Before(v.At(now))
			}
			if got := w.Before(v); got != want {
				t.Errorf("%v before %v: got %t, want %t", w, v, got, want)
			}
		}
	}
}
