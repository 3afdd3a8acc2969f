package demo_test

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"samhold/internal/demo"
)

const spaces = `- key: stuen
  name: Stuen
  kind: relatives
  purpose: Et rum.
  description: Et rum til prøver.
  audience: Alle.
  readers: Alle i rummet.
  age_band: adult
  colour: moss
  sign: house
  hours: {text: Hver aften., weekly: ["man-søn 19:00-22:00"]}
  approve_first: 1
  agreement: AGREEMENT
  team: [vagt]
`

const members = `- key: vagt
  turns: 50
  joined: -90d 10:00
  staff_name: Vagt
  staff: [{role: moderator}]
  memberships: [{space: stuen, alias: Vagt}]
- key: en
  turns: 40
  joined: -80d 10:00
  memberships: [{space: stuen, alias: Gran}]
- key: to
  turns: 41
  joined: -80d 10:00
  memberships: [{space: stuen, alias: Fyr, listener: true}]
`

const topic = `title: En prøve
posts:
  - by: en
    at: -10d 20:00
    text: Det første.
  - by: vagt
    at: -9d 20:00
    quote: {post: 1, text: første}
    text: Det andet.
`

// community is a small sound community, with one place in one file changed.
func community(name, old, replacement string) fs.FS {
	files := map[string]string{
		"spaces.yaml":            strings.Replace(spaces, "AGREEMENT", strings.Repeat("ord ", 160), 1),
		"members.yaml":           members,
		"concerns.yaml":          "[]\n",
		"topics/stuen/emne.yaml": topic,
	}
	dir := fstest.MapFS{}
	for n, text := range files {
		if n == name {
			text = strings.Replace(text, old, replacement, 1)
		}
		dir[n] = &fstest.MapFile{Data: []byte(text)}
	}
	return dir
}

func TestReadNamesFileAndLine(t *testing.T) {
	if _, err := demo.Read(community("", "", "")); err != nil {
		t.Fatalf("the sound community: %v", err)
	}
	const post = "topics/stuen/emne.yaml"
	tests := []struct {
		name, file, old, replacement, want string
	}{
		{"unknown field", "spaces.yaml", "kind:", "kynd:", `spaces.yaml:3: unknown field "kynd"`},
		{"not YAML", "members.yaml", "- key: en", "- key: [en", "members.yaml:"},
		{"unknown colour", "spaces.yaml", "moss", "pink", `spaces.yaml:9: "pink" is none of`},
		{"short agreement", "spaces.yaml", "ord ord", "ord", ""},
		{"long name", "spaces.yaml", "name: Stuen", "name: Stuen med de mange stole omkring det store runde bord", `spaces.yaml:2: 53 characters, at most 40`},
		{"bad hours", "spaces.yaml", "man-søn", "mon-sun", `spaces.yaml:11: "mon-sun 19:00-22:00" is not a range`},
		{"stranger in the team", "spaces.yaml", "[vagt]", "[en]", `spaces.yaml:14: "en" is in the team`},
		{"double key", "members.yaml", "key: to", "key: en", `members.yaml:11: "en" is used twice`},
		{"taken alias", "members.yaml", "Fyr", "gran", `members.yaml:14: the alias "gran" is taken`},
		{"under 18 among adults", "members.yaml", "turns: 41", "turns: 18", `members.yaml:14: "to" turns 18 and "stuen" is for adult`},
		{"unknown space", "members.yaml", "space: stuen, alias: Fyr", "space: loftet, alias: Fyr", `members.yaml:14: no space "loftet"`},
		{"bad time", post, "-9d 20:00", "-9d 24:00", `emne.yaml:7: "-9d 24:00" is not a time`},
		{"out of order", post, "-9d 20:00", "-10d 20:00", `emne.yaml:7: not surely after`},
		{"before joining", post, "-10d 20:00", "-81d 20:00", `emne.yaml:4: "en" writes before joining`},
		{"listener writes", post, "by: en", "by: to", `emne.yaml:3: "to" only listens`},
		{"nobody", post, "by: vagt", "by: ingen", `emne.yaml:6: no person "ingen"`},
		{"misquoted", post, "text: første", "text: sidste", `emne.yaml:8: post 1 does not say "sidste"`},
		{"removed by a member", post, "text: Det andet.", "text: Det andet.\n    removed: {by: en, at: -8d 10:00, reason: harsh, statement: Nej.}", `emne.yaml:10: "en" has no grant to moderate`},
		{"two states", post, "text: Det andet.", "text: Det andet.\n    deleted: -1h\n    held: careful", `emne.yaml:6: a post is deleted, removed or held`},
		{"held too late", post, "text: Det andet.", "text: Det andet.\n  - {by: en, at: -1h, text: Det tredje., held: first_posts}", `emne.yaml:10: "en" has had enough posts approved`},
		{"own report", post, "text: Det første.", "text: Det første.\n    reports: [{by: en, at: -1h, reason: worry, text: Hm.}]", `emne.yaml:6: "en" answers their own post`},
		{"second case", post, "text: Det første.", "text: Det første.\n    case: {level: red, category: relapse}\n  - {by: en, at: -10d 20:05, text: Mer., case: {level: red, category: relapse}}", `emne.yaml:7: "en" has an open case already`},
		{"nameless staff", "members.yaml", "staff_name: Vagt", "turns: 50", `members.yaml:`},
		{"in a space twice", "members.yaml", "[{space: stuen, alias: Gran}]", "[{space: stuen, alias: Gran}, {space: stuen, alias: Birk}]", `members.yaml:10: "en" is in "stuen" twice`},
		{"after leaving", "members.yaml", "alias: Gran}", "alias: Gran, left: -20d 10:00}", `emne.yaml:4: "en" writes after leaving`},
		{"staff after the lock", post, "posts:", "locked: {by: vagt, at: -9d 19:00, reason: Nok.}\nposts:", ""},
		{"member after the lock", post, "posts:\n", "locked: {by: vagt, at: -11d 20:30, reason: Nok.}\nposts:\n  - {by: vagt, at: -11d 20:00, text: Nul.}\n", `emne.yaml:6: "en" writes in a locked topic`},
		{"locked by a member", post, "posts:", "locked: {by: en, at: -1h, reason: Nok.}\nposts:", `emne.yaml:2: "en" has no grant to lead_space`},
		{"two reactions", post, "text: Det første.", "text: Det første.\n    reactions: {here: [vagt], same: [vagt]}", `emne.yaml:6: "vagt" reacts twice`},
		{"unknown reaction", post, "text: Det første.", "text: Det første.\n    reactions: {laugh: [vagt]}", `emne.yaml:6: "laugh" is none of`},
		{"answers to a hidden post", post, "text: Det første.", "text: Det første.\n    deleted: -1h", ""},
		{"answers to a held post", post, "text: Det første.", "text: Det første.\n    held: careful", `emne.yaml:3: others cannot have answered`},
		{"held as a minor", post, "text: Det andet.", "text: Det andet.\n    held: minor", `emne.yaml:10: "vagt" does not count as under 18`},
		{"concern about nothing", "concerns.yaml", "[]", "- {at: -1h, about: post, post: emne#3, text: Hm.}", `concerns.yaml:1: no post "emne#3"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := demo.Read(community(tt.file, tt.old, tt.replacement))
			if tt.want == "" {
				if err != nil {
					t.Fatalf("got %v, want no error", err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v\nwant %s", err, tt.want)
			}
		})
	}
}

func TestReadReportsEverythingAtOnce(t *testing.T) {
	_, err := demo.Read(os.DirFS(t.TempDir()))
	if err == nil || strings.Count(err.Error(), "\n") != 2 {
		t.Errorf("got %v, want one line for each of the three missing files", err)
	}
}

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
