package demo_test

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

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
func community(name, old, replacement string) fstest.MapFS {
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
		{"not a key", "spaces.yaml", "key: stuen", "key: Stuen", `spaces.yaml:1: "Stuen" is not a key`},
		{"short agreement", "spaces.yaml", "ord ord ord ord ord ord ord ord ord ord ord ", "", `spaces.yaml:13: an agreement has 150 to 300 words, this one has 149`},
		{"no hours", "spaces.yaml", `["man-søn 19:00-22:00"]`, "[]", `spaces.yaml:11: no weekly hours`},
		{"approves too many", "spaces.yaml", "approve_first: 1", "approve_first: 11", `spaces.yaml:12: 11 is not between`},
		{"no team", "spaces.yaml", "[vagt]", "[]", `spaces.yaml:1: no team`},
		{"nobody in the team", "spaces.yaml", "[vagt]", "[ingen]", `spaces.yaml:14: no person "ingen"`},
		{"no purpose", "spaces.yaml", "purpose: Et rum.", `purpose: " "`, `spaces.yaml:4: purpose is missing or empty`},
		{"too young", "members.yaml", "turns: 41", "turns: 15", `members.yaml:12: 15 is not an age`},
		{"never joined", "members.yaml", "turns: 40\n  joined: -80d 10:00\n", "turns: 40\n", `"en" has not joined`},
		{"nameless staff", "members.yaml", "  staff_name: Vagt\n", "", `members.yaml:1: "vagt" needs a staff_name`},
		{"member with a staff name", "members.yaml", "turns: 40", "turns: 40\n  staff_name: En", `"en" needs a staff_name exactly when`},
		{"grant in no space", "members.yaml", "{role: moderator}", "{role: moderator, spaces: [loft]}", `members.yaml:5: no space "loft"`},
		{"unknown role", "members.yaml", "{role: moderator}", "{role: king}", `members.yaml:5: "king" is none of`},
		{"admin in a space", "members.yaml", "{role: moderator}", "{role: moderator}, {role: admin}", `members.yaml:5: an admin sees no content`},
		{"left before joining", "members.yaml", "alias: Gran}", "alias: Gran, left: -81d 10:00}", `members.yaml:10: joins "stuen" before`},
		{"concern at no time", "concerns.yaml", "[]", "- {about: site, text: Hm.}", `concerns.yaml:1: no time`},
		{"concern in no space", "concerns.yaml", "[]", "- {at: -1h, about: site, space: loft, text: Hm.}", `concerns.yaml:1: no space "loft"`},
		{"concern about the weather", "concerns.yaml", "[]", "- {at: -1h, about: weather, text: Hm.}", `concerns.yaml:1: "weather" is none of`},
		{"member answers a guest", "concerns.yaml", "[]", "- {at: -2h, about: site, text: Hm., answer: {by: en, at: -1h, text: Ja.}}", `concerns.yaml:1: "en" has no grant to answer_guests`},
		{"empty topic", post, topic[strings.Index(topic, "posts:"):], "posts: []\n", `emne.yaml:1: a topic needs a first post`},
		{"post at no time", post, "    at: -10d 20:00\n", "", `emne.yaml:3: no time`},
		{"quote of a later post", post, "quote: {post: 1,", "quote: {post: 2,", `emne.yaml:8: post 2 is no earlier post`},
		{"reaction to a held post", post, "text: Det andet.", "text: Det andet.\n    held: careful\n    reactions: {here: [en]}", `emne.yaml:11: nobody can have seen`},
		{"half a case", post, "text: Det første.", "text: Det første.\n    case: {level: red, category: relapse, owner: vagt}", `emne.yaml:6: a case that is taken`},
		{"removed by nobody", post, "text: Det andet.", "text: Det andet.\n    removed: {by: ingen, at: -8d 10:00, reason: harsh, statement: Nej.}", `emne.yaml:10: no person "ingen"`},
		{"reaction by nobody", post, "text: Det første.", "text: Det første.\n    reactions: {here: [ingen]}", `emne.yaml:6: no person "ingen"`},
		{"report at no time", post, "text: Det første.", "text: Det første.\n    reports: [{by: vagt, reason: worry, text: Hm.}]", `emne.yaml:6: no time`},
		{"removed before it was written", post, "text: Det andet.", "text: Det andet.\n    removed: {by: vagt, at: -9d 19:00, reason: harsh, statement: Nej.}", `emne.yaml:10: not surely after`},
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

// Two spaces show what one cannot: a stranger to a space, and an alias that ties two of them together.
func TestReadAcrossSpaces(t *testing.T) {
	second := strings.Replace(spaces, "key: stuen", "key: loftet", 1)
	tests := []struct {
		name, file, old, replacement, want string
	}{
		{"sound", "members.yaml", "alias: Gran}", "alias: Gran}, {space: loftet, alias: Birk}", ""},
		{"same alias twice", "members.yaml", "alias: Gran}", "alias: Gran}, {space: loftet, alias: gran}", `"en" has the same alias in "stuen" and "loftet"`},
		{"stranger writes", "members.yaml", "[{space: stuen, alias: Gran}]", "[{space: loftet, alias: Gran}]", `emne.yaml:3: "en" is not in "stuen"`},
		{"stranger reacts", "topics/stuen/emne.yaml", "text: Det første.", "text: Det første.\n    reactions: {here: [tre]}", `emne.yaml:6: "tre" is not in "stuen"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := community(tt.file, tt.old, tt.replacement)
			for name, more := range map[string]string{
				"spaces.yaml":  strings.Replace(second, "AGREEMENT", strings.Repeat("ord ", 160), 1),
				"members.yaml": "- key: tre\n  turns: 30\n  joined: -80d 10:00\n",
			} {
				dir[name].Data = append(dir[name].Data, more...)
			}
			dir["members.yaml"].Data = []byte(strings.Replace(string(dir["members.yaml"].Data), "alias: Vagt}]", "alias: Vagt}, {space: loftet, alias: Vagt}]", 1))
			_, err := demo.Read(dir)
			if tt.want == "" {
				if err != nil {
					t.Errorf("got %v, want no error", err)
				}
			} else if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v\nwant %s", err, tt.want)
			}
		})
	}
}

func TestReadTopicInNoSpace(t *testing.T) {
	dir := community("", "", "")
	dir["topics/loftet/andet.yaml"] = &fstest.MapFile{Data: []byte(topic)}
	if _, err := demo.Read(dir); err == nil || !strings.Contains(err.Error(), `topics/loftet/andet.yaml:1: the folder "loftet" is no space`) {
		t.Errorf("got %v", err)
	}
}

func TestReadReportsEverythingAtOnce(t *testing.T) {
	_, err := demo.Read(os.DirFS(t.TempDir()))
	if err == nil || strings.Count(err.Error(), "\n") != 2 {
		t.Errorf("got %v, want one line for each of the three missing files", err)
	}
}
