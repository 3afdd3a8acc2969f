package rota_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"samhold/internal/rota"
)

func TestRotaShowsTheHoursWithNobody(t *testing.T) {
	at := func(hour int) time.Time { return time.Date(2026, 11, 22, hour, 0, 0, 0, time.UTC) }
	shift := func(name string, from, to int) rota.Duty {
		return rota.Duty{Name: name, StartsAt: at(from), EndsAt: at(to)}
	}
	for name, tc := range map[string]struct {
		shifts []rota.Duty
		want   string
	}{
		"no shifts":          {nil, "12-36 open"},
		"one that began":     {[]rota.Duty{shift("Mette", 8, 16)}, "12-16 Mette, 16-36 open"},
		"a gap":              {[]rota.Duty{shift("Mette", 14, 16), shift("Jonas", 20, 23)}, "12-14 nobody, 14-16 Mette, 16-20 nobody, 20-23 Jonas, 23-36 open"},
		"two at once":        {[]rota.Duty{shift("Mette", 10, 18), shift("Jonas", 14, 16)}, "12-14 Mette, 14-16 Jonas+Mette, 16-18 Mette, 18-36 open"},
		"one after another":  {[]rota.Duty{shift("Mette", 10, 18), shift("Mette", 18, 22)}, "12-22 Mette, 22-36 open"},
		"one in two rooms":   {[]rota.Duty{shift("Mette", 10, 18), shift("Mette", 10, 18)}, "12-18 Mette, 18-36 open"},
		"beyond what we see": {[]rota.Duty{shift("Mette", 10, 40)}, "12-40 Mette"},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, w := range rota.Watches(tc.shifts, at(12), at(36)) {
				who := strings.Join(w.Names, "+")
				switch {
				case w.Open:
					who = "open"
				case who == "":
					who = "nobody"
				}
				got = append(got, fmt.Sprintf("%d-%d %s", hours(at(0), w.From), hours(at(0), w.To), who))
			}
			if strings.Join(got, ", ") != tc.want {
				t.Errorf("got %s, want %s", strings.Join(got, ", "), tc.want)
			}
		})
	}
}

func hours(from, to time.Time) int { return int(to.Sub(from) / time.Hour) }
