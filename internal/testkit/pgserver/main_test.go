package main

import "testing"

func TestRun(t *testing.T) {
	tests := []struct {
		name   string
		script string
		want   int
	}{
		{"a command that succeeds", `test -n "$SAMHOLD_TEST_POSTGRES_URL"`, 0},
		{"one that fails", "exit 7", 7},
		{"one that is killed", "kill -KILL $$", 137},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := run([]string{"sh", "-c", test.script})
			if got != test.want || err != nil {
				t.Errorf("got %d, %v; want %d", got, err, test.want)
			}
		})
	}
	if code, err := run([]string{"/nowhere/to/be/found"}); code == 0 || err == nil {
		t.Errorf("a command that does not exist: got %d, %v", code, err)
	}
}
