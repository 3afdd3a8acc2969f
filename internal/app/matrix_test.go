package app_test

import (
	"errors"
	"flag"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"samhold/internal/id"
	"samhold/internal/testkit"
	"samhold/internal/testkit/browse"
)

// The leak matrix: every route, about every kind of thing, asked for by every actor. Four things hold each answer.
//
//   - No page shows a canary to an actor who may not see it (canary.may), nor on a page where it does not belong
//     (row.shows); neither do headers, cookies and the address that the answer leads to.
//   - HEAD says of a page what GET says, and shows nothing.
//   - Who may not know a thing gets the very same answer as for a thing that does not exist, byte for byte.
//   - testdata/matrix.txt says, for people, what each actor got: the status and the canaries on the page. Read the
//     changes before accepting them with: go test ./internal/app -run TestMatrix -update
//
// TestPlantedLeaksAreFound plants leaks and sees this test fail.

var update = flag.Bool("update", false, "write testdata anew")

// knows are the things that have an address, with who may know that they exist. For everybody else they are as
// missing as "none".
var knows = map[string][]string{
	"home": signedIn, "away": signedIn, "hidden": hiddenOnes,
	"visible topic": insiders, "urgent topic": insiders, "held topic": with(moderators, "author"),
	"deleted topic": moderators, "removed topic": moderators, "away topic": awayPeople, "hidden topic": hiddenOnes,
	"visible post": insiders, "staff reply post": insiders, "first post": insiders, "removed reply post": insiders, // a placeholder
	"deleted reply post": insiders, "waiting reply post": with(moderators, "minor"), "held post": with(moderators, "author"),
	"deleted post": moderators, "removed post": moderators, "away post": awayPeople, "hidden post": hiddenOnes, "urgent post": insiders,
	"decision": {"writer"}, "case": caseStaff, "opening": caseStaff, "underretning": caseStaff, "sent underretning": caseStaff, "playbook": actors, // their addresses are in the program, the same everywhere
	"review": caseStaff, "written review": caseStaff, "concern": guestStaff, "report": moderators, "result": {"member"},
	"question": {"duty lead"}, "wish": {"duty lead", "safeguarding lead"}, // whoever leads first has met them
	"thread": caseStaff, "check-in": caseStaff, "other check-in": caseStaff, "job": {"admin"}, "grant": {"admin"}, "newcomer": {"duty lead", "admin"}, "synonyms": {"admin"}, "shift": with(moderators, "admin"), "line": {"duty lead", "safeguarding lead", "admin"}, "session": {"writer"}, "way of moderator": {"moderator"}, "none": nobody,
}

var (
	aboutSpaces = []string{"home", "away", "hidden"}
	aboutTopics = []string{"visible topic", "held topic", "deleted topic", "removed topic", "away topic", "hidden topic"}
	aboutPosts  = []string{
		"visible post", "first post", "removed reply post", "deleted reply post", "waiting reply post", "held post", "deleted post",
		"removed post", "away post", "hidden post",
	}
	aboutQueue = []string{"visible post", "waiting reply post", "held post", "removed post", "deleted post", "away post"}
)

// row is a route with what it is asked about, what is sent, and which kinds of canary its answer may show.
type row struct {
	route  string
	about  []string // names of things for :id and :token; none for an address without
	fields []string // pairs; "=name" is the thing of that name
	shows  []string
	note   string   // tells rows of one route apart
	lets   []string // canaries that anybody may see here: they hold a secret that opens it
	ends   bool     // it ends the session: it comes last, in a browser of its own
}

// caseTexts is what the page of a case may show to its staff without opening anything.
var caseTexts = []string{"space", "note", "staff name", "case id", "check-in id", "topic id", "post id", "alias", "emergency", "playbook"}

// texts is what a page with conversations may show.
var texts = []string{"title", "body", "alias", "space", "topic id", "post id"}

var matrix = []row{
	{route: "GET /", shows: []string{"space", "title", "alias", "topic id"}},
	{route: "GET /help"},
	{route: "POST /continue"},
	{route: "GET /join"},
	{route: "POST /join", fields: []string{"birth_year", ""}},
	{route: "GET /join/consent"},
	{route: "POST /join/consent"},
	{route: "GET /join/access"},
	{route: "POST /join/access", fields: []string{"passphrase", "kort"}},
	{route: "GET /signin"},
	{route: "POST /signin", fields: []string{"name", "", "passphrase", "forkert"}},
	{route: "POST /signin/passkey", fields: []string{"slip", "x", "proof", "x"}},
	{route: "GET /recover"},
	{route: "POST /recover", fields: []string{"name", "ingen her 1", "code", "x", "passphrase", secret}},
	{route: "GET /welcome/:token", about: []string{"link"}, shows: []string{"newcomer"}, lets: []string{"sign-in name of newcomer"}},
	{route: "POST /welcome/:token", about: []string{"link"}, fields: []string{"passphrase", "kort"}},
	{route: "GET /privacy"},
	{route: "GET /me", shows: []string{"sign-in name", "staff name"}},
	{route: "GET /me/notices", shows: []string{"post id", "case id", "report id", "thread id", "check-in id", "topic id"}},
	{route: "GET /me/language"},
	{route: "POST /me/language", fields: []string{"locale", "xx"}},
	{route: "GET /me/security", shows: []string{"sign-in name"}},
	{route: "GET /me/passphrase", shows: []string{"sign-in name"}},
	{route: "POST /me/passphrase", fields: []string{"passphrase", "forkert", "new_passphrase", "også forkert her"}, shows: []string{"sign-in name"}},
	{route: "GET /me/codes", shows: []string{"sign-in name"}},
	{route: "POST /me/codes", fields: []string{"codes_passphrase", "forkert"}, shows: []string{"sign-in name"}},
	{route: "GET /me/sessions", shows: []string{"session"}},
	{route: "GET /me/consent"},
	{route: "POST /me/consent"},
	{route: "GET /me/confirm", shows: []string{"sign-in name"}},
	{route: "POST /me/confirm", fields: []string{"passphrase", "forkert", "code", "000000"}, shows: []string{"sign-in name"}},
	{route: "POST /me/confirm/passkey", fields: []string{"slip", "x", "proof", "x"}, shows: []string{"sign-in name"}},
	{route: "GET /me/passkeys", shows: []string{"sign-in name", "account"}},
	{route: "POST /me/passkeys", fields: []string{"slip", "x", "proof", "x", "passkey_name", ""}, shows: []string{"sign-in name", "account"}},
	{route: "POST /me/passkeys/:id/name", about: []string{"none"}, fields: []string{"new_name", "telefon"}},
	{route: "POST /me/passkeys/:id/remove", about: []string{"none"}},
	{route: "GET /me/calls", shows: []string{"call address"}},
	{route: "POST /me/calls/address", fields: []string{"kind", "mail", "address", "x"}, shows: []string{"call address"}},
	{route: "POST /me/calls/browser", fields: []string{"endpoint", "http://10.0.0.1/", "p256dh", "x", "auth", "x"}, shows: []string{"call address"}},
	{route: "POST /me/calls/try", shows: []string{"call address"}},
	{route: "POST /me/calls/first", fields: []string{"kind", "mail"}},
	{route: "POST /me/calls/:id/code", about: []string{"way of moderator", "none"}, fields: []string{"code", "x"}, shows: []string{"call address"}},
	{route: "POST /me/calls/:id/remove", about: []string{"way of moderator", "none"}},
	{route: "GET /me/factor"},
	{route: "GET /me/authenticator", shows: []string{"sign-in name"}},
	{route: "POST /me/authenticator", fields: []string{"code", "000000"}, shows: []string{"sign-in name"}},
	{route: "POST /me/authenticator/remove"},
	{route: "GET /me/contact", shows: []string{"trusted"}},
	{route: "POST /me/contact", fields: []string{"trusted_name", ""}},
	{route: "GET /me/plan", shows: []string{"plan"}},
	{route: "GET /me/plan/edit", shows: []string{"plan"}},
	{route: "GET /me/support-plan", shows: []string{"support", "staff name"}},
	{route: "GET /me/support-plan/edit", shows: []string{"support"}},
	{route: "POST /me/support-plan/edit", fields: []string{"version", "2", "support_before", ""}},
	{route: "POST /me/support-plan/agree", fields: []string{"version", "1"}, note: "their own words"},
	{route: "POST /me/plan/edit", fields: []string{"signs", "", "version", "0"}},
	{route: "GET /me/pause"},
	{route: "POST /me/pause"},
	{route: "GET /me/export"},
	{route: "POST /me/export"},
	{route: "GET /me/erase"},
	{route: "POST /me/erase", fields: []string{"choice", "all"}},

	{route: "GET /spaces", shows: []string{"space", "alias"}},
	{route: "GET /s/:id", about: aboutSpaces, shows: texts},
	{route: "GET /s/:id/about", about: aboutSpaces, shows: []string{"space", "alias"}},
	{route: "GET /s/:id/agreement", about: aboutSpaces, shows: []string{"space"}},
	{route: "POST /s/:id/agreement", about: aboutSpaces, shows: []string{"space"}},
	{route: "GET /s/:id/join", about: aboutSpaces, shows: []string{"space", "alias"}},
	{route: "POST /s/:id/join", about: aboutSpaces, fields: []string{"alias", ""}, shows: []string{"space", "alias"}},
	{route: "GET /s/:id/join/:code", about: aboutSpaces, shows: []string{"space", "alias"}},
	{route: "GET /mod/spaces/:id", about: aboutSpaces, shows: []string{"space", "staff name"}},
	{route: "POST /mod/spaces/:id/agreement", about: aboutSpaces, fields: []string{"version", "0", "body", ""}, shows: []string{"space", "staff name"}},
	{route: "POST /mod/spaces/:id/revoke", about: aboutSpaces, fields: []string{"invitation", "=none"}},
	{route: "GET /s/:id/leave", about: aboutSpaces, shows: []string{"space", "alias"}},
	{route: "GET /s/:id/new", about: aboutSpaces, shows: []string{"space", "alias"}},
	{route: "POST /s/:id/new", about: aboutSpaces, fields: []string{"title", "", "body", ""}, shows: []string{"space", "alias"}},
	{route: "GET /t/:id", about: aboutTopics, shows: texts},
	{route: "GET /t/:id/unread", about: aboutTopics, shows: []string{"topic id", "post id"}},
	{route: "GET /t/:id/reply", about: aboutTopics, shows: append([]string{"draft"}, texts...)},
	{route: "POST /t/:id/reply", about: aboutTopics, fields: []string{"body", "", "key", "=none"}, shows: texts},
	{route: "GET /t/:id/lock", about: aboutTopics, shows: []string{"topic id", "post id"}},
	{route: "POST /t/:id/lock", about: aboutTopics, fields: []string{"on", "0"}, shows: []string{"topic id"}},
	{route: "GET /t/:id/pin", about: aboutTopics, shows: []string{"topic id", "post id"}},
	{route: "POST /t/:id/pin", about: aboutTopics, fields: []string{"on", "0"}, shows: []string{"topic id"}},
	{route: "GET /p/:id", about: aboutPosts, shows: []string{"topic id", "post id"}},
	{route: "GET /p/:id/edit", about: aboutPosts, shows: texts},
	{route: "POST /p/:id/edit", about: aboutPosts, fields: []string{"title", "", "body", "", "version", "1"}, shows: texts},
	{route: "GET /p/:id/history", about: aboutPosts, shows: texts},
	{route: "GET /p/:id/delete", about: aboutPosts, shows: texts},
	{route: "GET /p/:id/calm", about: aboutPosts, shows: texts},
	{route: "POST /p/:id/calm", about: aboutPosts, fields: []string{"version", "0", "on", "1"}, note: "stale", shows: texts},
	{route: "GET /p/:id/block", about: aboutPosts, shows: texts},
	{route: "GET /me/blocks"},
	{route: "POST /me/blocks", fields: []string{"space", "=home", "alias", ""}},
	{route: "GET /p/:id/react", about: aboutPosts, shows: []string{"topic id", "post id"}},
	{route: "POST /p/:id/react", about: aboutPosts, fields: []string{"on", "0"}, shows: []string{"topic id", "post id"}},

	{route: "GET /search", shows: []string{"space"}},
	{route: "POST /search", fields: []string{"q", ""}, shows: []string{"space"}},
	{route: "POST /search", fields: []string{"q", "x", "space", "=hidden"}, note: "in the hidden space", shows: []string{"space"}},
	{route: "GET /search/:id", about: []string{"result"}, shows: texts},

	{route: "GET /care"},
	{route: "GET /care/contact"},
	{route: "POST /care/contact", fields: []string{"contact_name", ""}},
	{route: "GET /talk", shows: []string{"talk", "space", "staff name"}},
	{route: "POST /talk", fields: []string{"body", ""}, shows: []string{"talk", "space", "staff name"}},
	{route: "GET /mod/threads/:id", about: []string{"thread"}, shows: []string{"alias", "space", "thread id", "case id"}},
	{route: "POST /mod/threads/:id/open", about: []string{"thread"}, shows: []string{"talk", "alias", "space", "staff name", "thread id"}},
	{route: "POST /mod/threads/:id", about: []string{"thread"}, fields: []string{"body", ""}, shows: []string{"alias", "space", "thread id"}},
	{
		route: "POST /mod/cases/:id/thread/open", about: []string{"case"}, shows: append([]string{"talk"}, caseTexts...),
	},
	{
		route: "POST /mod/cases/:id/thread", about: []string{"case"}, fields: []string{"body", ""}, shows: caseTexts,
	},
	{route: "GET /me/check-in", shows: []string{"check-in", "check-in id", "staff name"}},
	{route: "POST /me/check-in", fields: []string{"day", "x"}, shows: []string{"check-in", "check-in id", "staff name"}},
	{route: "POST /me/check-in/agree", fields: []string{"id", "=other check-in", "day", "x"}, shows: []string{"check-in", "check-in id", "staff name"}},
	{route: "POST /me/check-in/answer", fields: []string{"id", "=check-in", "word", "here"}, note: "too early"},
	{route: "POST /me/check-in/answer", fields: []string{"id", "=check-in", "word", "x"}, note: "no word"},
	{route: "GET /mod/check-ins/:id", about: []string{"check-in", "other check-in"}, shows: []string{"check-in", "check-in id", "staff name"}},
	{route: "GET /mod/cases/:id/check-in", about: []string{"case"}, shows: []string{"check-in id", "case id"}},
	{route: "POST /mod/cases/:id/check-in", about: []string{"case"}, fields: []string{"day", "x", "note", ""}, shows: []string{"check-in id", "case id"}},
	{route: "GET /mod/threads/:id/check-in", about: []string{"thread"}, shows: []string{"check-in id", "thread id"}},
	{route: "POST /mod/threads/:id/check-in", about: []string{"thread"}, fields: []string{"day", "x", "note", ""}, shows: []string{"check-in id", "thread id"}},
	{route: "GET /now"},
	{route: "POST /now/danger", fields: []string{"danger", ""}},
	{route: "GET /concern"},
	{route: "POST /concern", fields: []string{"about", "", "body", ""}},
	{route: "POST /concern/answer", fields: []string{"receipt", "=receipt"}, shows: []string{"answer"}, lets: []string{"concern answer"}},
	{route: "POST /concern/answer", fields: []string{"receipt", "0000-0000-0000-0000-0000-0000"}, note: "made up"},
	{route: "POST /concern/contact", fields: []string{"receipt", "=receipt", "contact_name", ""}},

	{route: "GET /mod/cases/:id", about: []string{"case"}, shows: caseTexts},
	{
		route: "POST /mod/cases/:id/open", about: []string{"case"},
		shows: append(slices.Clone(texts), caseTexts...),
	},
	{
		route: "POST /mod/cases/:id/step", about: []string{"case"}, fields: []string{"action", "note", "version", "0", "note", "x"}, note: "stale",
		shows: caseTexts,
	},
	{
		route: "POST /mod/cases/:id/contact", about: []string{"case"}, fields: []string{"contact_field", "address", "contact_reason", ""}, note: "no reason",
		shows: caseTexts,
	},
	{
		route: "POST /mod/cases/:id/contact", about: []string{"case"}, fields: []string{"contact_field", "phone", "contact_reason", "send_help", "contact_words", "=none"},
		shows: with(caseTexts, "contact"),
	},
	{
		route: "POST /mod/cases/:id/contact", about: []string{"case"}, note: "whom they trust",
		fields: []string{"contact_field", "kin_phone", "contact_reason", "call_person", "contact_words", "=none"},
		shows:  with(caseTexts, "trusted"),
	},
	{route: "GET /mod/figures", shows: []string{"space"}},
	{route: "GET /mod/care"},
	{route: "GET /mod/board", shows: []string{"case id", "staff name"}},
	{route: "GET /mod/keys"},
	{route: "POST /mod/care"},
	{route: "GET /mod/care/team", shows: []string{"staff name"}},
	{route: "GET /mod/playbooks", shows: []string{"playbook"}},
	{route: "GET /mod/playbooks/:id", about: []string{"playbook"}, shows: []string{"playbook", "staff name"}},
	{route: "POST /mod/playbooks/:id", about: []string{"playbook"}, fields: []string{"version", "1", "steps", ""}, shows: []string{"playbook", "staff name"}},
	{route: "POST /mod/playbooks/:id/approve", about: []string{"playbook"}, fields: []string{"version", "0"}, note: "stale"},
	{route: "POST /mod/cases/:id/check", about: []string{"case"}, fields: []string{"step", ""}, shows: caseTexts},
	{route: "POST /mod/cases/:id/uncheck", about: []string{"case"}, fields: []string{"tick", "=none"}},
	{route: "GET /mod/reviews", shows: []string{"opening id", "review id"}},
	{route: "GET /mod/reviews/cases/:id", about: []string{"review", "written review"}, shows: []string{"note", "staff name", "case id", "review id"}},
	{
		route: "POST /mod/reviews/cases/:id", about: []string{"review"}, fields: []string{"review_seen", ""},
		shows: []string{"note", "staff name", "case id", "review id"},
	},
	{route: "GET /mod/reviews/openings/:id", about: []string{"opening"}, shows: []string{"note", "staff name", "case id", "opening id"}},
	{
		route: "POST /mod/reviews/openings/:id", about: []string{"opening"}, fields: []string{"version", "1", "verdict", ""},
		shows: []string{"note", "staff name", "case id", "opening id"},
	},
	{route: "POST /mod/cases/:id/emergency", about: []string{"case"}, fields: []string{"emergency_line", ""}, note: "nothing", shows: caseTexts},
	{
		route: "POST /mod/cases/:id/emergency/result", about: []string{"case"}, fields: []string{"call", "=call", "emergency_result", "sent"},
		shows: caseTexts,
	},
	{route: "POST /mod/cases/:id/plan", about: []string{"case"}, fields: []string{"plan_why", ""}, note: "no reason", shows: caseTexts},
	{route: "POST /mod/cases/:id/plan", about: []string{"case"}, fields: []string{"plan_why", "Vi taler nu."}, shows: []string{"plan", "case id"}},
	{route: "GET /mod/cases/:id/support", about: []string{"case"}, shows: []string{"support", "staff name", "case id"}},
	{
		route: "POST /mod/cases/:id/support", about: []string{"case"}, fields: []string{"version", "2", "support_before", ""}, note: "nothing",
		shows: []string{"support", "staff name", "case id"},
	},
	{route: "POST /mod/cases/:id/support/agree", about: []string{"case"}, fields: []string{"version", "1"}, note: "an older version"},
	{route: "GET /mod/cases/:id/referral", about: []string{"case"}, shows: []string{"referral", "referral id", "staff name", "case id"}},
	{
		route: "POST /mod/cases/:id/referral", about: []string{"case"}, fields: []string{"version", "1", "referral_danger", "x"},
		shows: []string{"referral", "referral id", "staff name", "case id"},
	},
	{
		route: "POST /mod/cases/:id/referral/sent", about: []string{"case"}, fields: []string{"referral", "=underretning", "referral_way", "x"},
		shows: []string{"referral", "referral id", "staff name", "case id"},
	},
	{
		route: "POST /mod/cases/:id/referral/answered", about: []string{"case"}, fields: []string{"referral", "=underretning"}, note: "not sent",
		shows: []string{"referral", "referral id", "staff name", "case id"},
	},
	{
		route: "POST /mod/cases/:id/referral/drop", about: []string{"case"}, fields: []string{"referral", "=underretning", "referral_why", ""},
		shows: []string{"referral", "referral id", "staff name", "case id"},
	},
	{route: "GET /mod/referrals/:id", about: []string{"underretning", "sent underretning"}, shows: []string{"referral", "referral id", "case id"}},
	{route: "GET /mod/referrals/:id/pdf", about: []string{"underretning"}},
	{route: "GET /mod/concerns/:id", about: []string{"concern"}, shows: []string{"concern id"}},
	{route: "POST /mod/concerns/:id/open", about: []string{"concern"}, shows: []string{"concern", "answer", "concern id"}},
	{
		route: "POST /mod/concerns/:id/answer", about: []string{"concern"}, fields: []string{"version", "1", "answer", ""},
		shows: []string{"concern", "answer", "concern id"},
	},

	{route: "GET /p/:id/report", about: aboutPosts, shows: texts},
	{route: "POST /p/:id/report", about: aboutPosts, fields: []string{"reason", "", "body", ""}, shows: texts},
	{route: "GET /me/decisions/:id", about: []string{"decision"}, shows: append([]string{"statement"}, texts...)},
	{route: "GET /mod", shows: append([]string{"case id", "concern id", "report id", "thread id"}, closed...)},
	{route: "GET /mod/queue/posts/:id", about: aboutQueue, shows: closed},
	{route: "GET /mod/queue/posts/:id/open", about: aboutQueue, shows: closed},
	{route: "GET /mod/queue/posts/:id/decide", about: aboutQueue, shows: closed},
	{route: "GET /mod/queue/posts/:id/level", about: aboutQueue, shows: closed},
	{route: "POST /mod/queue/posts/:id/open", about: aboutQueue, shows: opened},
	{route: "POST /mod/queue/posts/:id/decide", about: aboutQueue, fields: []string{"decision", "remove", "version", "0"}, shows: opened},
	{route: "POST /mod/queue/posts/:id/level", about: aboutQueue, fields: []string{"version", "0"}, shows: opened},
	{route: "POST /mod/queue/posts/:id/read", about: aboutQueue, fields: []string{"version", "0"}, shows: opened},
	{route: "POST /mod/queue/posts/:id/back", about: aboutQueue, shows: closed},
	{route: "GET /mod/queue/reports/:id", about: []string{"report"}, shows: closed},
	{route: "GET /mod/queue/reports/:id/open", about: []string{"report"}, shows: closed},
	{route: "GET /mod/queue/reports/:id/decide", about: []string{"report"}, shows: closed},
	{route: "POST /mod/queue/reports/:id/open", about: []string{"report"}, shows: append([]string{"report"}, opened...)},
	{
		route: "POST /mod/queue/reports/:id/decide", about: []string{"report"}, fields: []string{"decision", "act", "version", "0"},
		shows: append([]string{"report"}, opened...),
	},
	{route: "POST /mod/queue/reports/:id/back", about: []string{"report"}, shows: closed},

	{route: "GET /mod/access", shows: []string{"staff name"}},
	{route: "POST /mod/access", fields: []string{"name", "ingen her 1"}, shows: []string{"staff name"}},
	{route: "POST /mod/access/:id/confirm", about: []string{"none"}},
	{route: "GET /resources"},
	{route: "GET /mod/resources", shows: []string{"staff name"}},
	{route: "GET /mod/resources/new"},
	{route: "POST /mod/resources", fields: []string{"name", ""}},
	{route: "GET /mod/resources/:id", about: []string{"line"}, shows: []string{"staff name"}},
	{route: "POST /mod/resources/:id", about: []string{"line"}, fields: []string{"source", "", "version", "0"}, shows: []string{"staff name"}},
	{route: "POST /mod/resources/:id/agree", about: []string{"line"}, fields: []string{"version", "0"}, note: "stale", shows: []string{"staff name"}},
	{route: "POST /mod/resources/:id/withdraw", about: []string{"line"}, fields: []string{"version", "0"}, note: "stale", shows: []string{"staff name"}},
	{route: "GET /mod/rota", shows: []string{"space", "staff name", "staff account"}},
	{route: "GET /mod/rota/:id", about: []string{"shift"}, shows: []string{"space", "staff name", "staff account"}},
	{route: "POST /mod/rota/:id", about: []string{"shift"}, fields: []string{"day", ""}, shows: []string{"space", "staff name", "staff account"}},
	{route: "POST /mod/rota/:id/offer", about: []string{"shift"}, fields: []string{"to", "ingen"}, shows: []string{"space", "staff name", "staff account"}},
	{route: "POST /mod/rota/swaps/:id/accept", about: []string{"none"}},
	{route: "POST /mod/rota/swaps/:id/withdraw", about: []string{"none"}},
	{route: "POST /mod/rota/vacant/:id/take", about: []string{"none"}},
	{route: "POST /mod/rota/weekly/:id/end", about: []string{"none"}},
	{route: "POST /mod/away", fields: []string{"away_from", ""}, shows: []string{"space", "staff name", "staff account"}},
	{route: "POST /mod/away/:id/end", about: []string{"none"}},
	{route: "POST /mod/rota", fields: []string{"account", "", "day", ""}, shows: []string{"space", "staff name", "staff account"}},
	{route: "GET /mod/rules"},
	{route: "GET /mod/rules/corrections"},
	{route: "GET /mod/rules/again", shows: []string{"space", "post id", "alias"}},
	{route: "POST /mod/rules/again", fields: []string{"decision", "raise", "reassessment", "none", "posts", "=visible post"}},
	{route: "GET /mod/audit", shows: []string{"space", "staff name", "post id", "report id", "case id", "concern id", "thread id", "check-in id", "topic id"}},
	{route: "GET /mod/handover", shows: []string{"space", "staff name", "case id"}},
	{route: "POST /mod/handover/:id", about: []string{"case"}, fields: []string{"note", "", "to", ""}, shows: []string{"space", "staff name", "case id"}},
	{route: "GET /mod/times", shows: []string{"space", "staff name"}},
	{route: "GET /mod/times/crisis", shows: []string{"space"}},
	{route: "POST /mod/times/crisis", fields: []string{"goal", "0"}, shows: []string{"space"}},
	{route: "GET /mod/times/red", shows: []string{"space"}},
	{route: "POST /mod/times/red", fields: []string{"goal", "0"}, shows: []string{"space"}},
	{route: "GET /mod/times/amber", shows: []string{"space"}},
	{route: "POST /mod/times/amber", fields: []string{"goal", "0"}, shows: []string{"space"}},
	{route: "GET /mod/times/ladder", shows: []string{"space", "staff name", "staff account"}},
	{route: "POST /mod/times/ladder", fields: []string{"turns", "0"}, shows: []string{"space", "staff name", "staff account"}},
	{route: "GET /admin", shows: []string{"space"}},
	{route: "GET /admin/jobs"},
	{route: "GET /admin/search"},
	{route: "POST /admin/search", fields: []string{"words", "ene"}},
	{route: "GET /admin/staff", shows: []string{"space", "staff name", "staff account"}},
	{route: "POST /admin/staff", fields: []string{"account", "", "role", "admin"}, shows: []string{"space", "staff name", "staff account"}},
}

// closed is what staff read of a post or a report before they open it: where it stands, not what it says.
var (
	closed = []string{"space", "alias", "staff name", "post id", "report id", "topic id", "statement"}
	opened = append([]string{"title", "body"}, closed...)
)

// farewells are the rows that change the world or end a session: they come after all others.
var farewells = []row{
	{route: "POST /now"},
	{route: "POST /me/check-in/end", fields: []string{"id", "=check-in"}},
	{route: "POST /mod/check-ins/:id/end", about: []string{"other check-in"}, shows: []string{"check-in id"}},
	{route: "POST /mod/threads/:id/settle", about: []string{"thread"}},
	{route: "POST /mod/cases/:id/thread/settle", about: []string{"case"}},
	{route: "POST /mod/care/talk/:id", about: []string{"question"}, fields: []string{"answer", "want"}},
	{route: "POST /mod/care/team/:id/met", about: []string{"wish"}},
	{route: "POST /p/:id/block", about: aboutPosts, fields: []string{"on", "1"}, shows: []string{"topic id", "post id"}},
	{route: "GET /me/blocks", note: "after blocking", shows: []string{"alias", "space"}},
	{route: "GET /s/:id", about: aboutSpaces, note: "after blocking", shows: texts},
	{route: "GET /t/:id", about: []string{"visible topic"}, note: "after blocking", shows: texts},
	{route: "POST /mod/spaces/:id/invite", about: aboutSpaces, shows: []string{"space", "staff name"}},
	{route: "POST /p/:id/delete", about: []string{"staff reply post", "visible post", "waiting reply post", "hidden post"}, shows: texts},
	{route: "POST /s/:id/leave", about: aboutSpaces, shows: []string{"space"}},
	{route: "POST /me/support-plan/decline"},
	{route: "GET /mod/cases/:id/support", about: []string{"case"}, note: "after a no", shows: []string{"case id"}},
	{route: "POST /me/support-plan/drop"},
	{route: "GET /me/support-plan", note: "after dropping it"},
	{route: "POST /me/plan/unshare"},
	{route: "POST /mod/cases/:id/plan", about: []string{"case"}, fields: []string{"plan_why", "Vi taler nu."}, note: "no longer shared"},
	{route: "POST /me/plan/share"},
	{route: "POST /me/plan/drop"},
	{route: "GET /me/plan", note: "after dropping it"},
	{route: "POST /mod/rota/:id/remove", about: []string{"shift"}},
	{route: "GET /admin/team/:id", about: []string{"newcomer"}, shows: []string{"staff name"}},
	{route: "POST /admin/team/:id/duty", about: []string{"newcomer"}, fields: []string{"duty", "x"}, shows: []string{"staff name"}},
	{route: "POST /admin/team/:id/declared", about: []string{"newcomer"}, fields: []string{"declared_on", ""}, shows: []string{"staff name"}},
	{route: "POST /admin/staff/:id/end", about: []string{"grant"}},
	{route: "POST /admin/team/:id/finish", about: []string{"newcomer"}, note: "without a role by now"},
	{route: "POST /admin/jobs/:id/retry", about: []string{"job"}},
	{route: "POST /admin/search/:id/remove", about: []string{"synonyms"}},
	{route: "POST /me/contact/remove"},
	{route: "POST /me/sessions", fields: []string{"session", "=session"}, note: "another's", ends: true},
	{route: "POST /signout", ends: true},
	{route: "POST /exit", ends: true},
}

func TestMatrix(t *testing.T) {
	if testing.Short() {
		t.Skip("asks 16 actors for everything; see make check")
	}
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		w := newWorld(t, db)
		for _, missing := range w.uncovered(append(slices.Clone(matrix), farewells...)) {
			t.Errorf("%s has no row in the matrix", missing)
		}
		table := w.walk(matrix, t.Errorf)
		w.searchLeaks(t.Errorf)
		golden(t, "matrix.txt", table+w.walk(farewells, t.Errorf))
		w.quiet(t.Errorf)
	})
}

// uncovered are the routes without a row.
func (w *world) uncovered(rows []row) []string {
	var missing []string
	for _, route := range w.app.Web.Routes() {
		name := route.Method + " " + route.Path
		if !slices.ContainsFunc(rows, func(r row) bool { return r.route == name }) {
			missing = append(missing, name)
		}
	}
	return missing
}

type report func(format string, args ...any)

// walk asks everything as everybody and returns the table; complain hears of every leak.
func (w *world) walk(rows []row, complain report) string {
	var b strings.Builder
	missing := map[string]string{} // answers about what does not exist, by route and actor
	for _, r := range rows {
		things := r.about
		if len(things) == 0 {
			things = []string{""}
		}
		for _, thing := range things {
			w.line(&b, r, thing, missing, complain)
		}
	}
	return b.String()
}

// line is one row about one thing: who got what, those with the same together.
func (w *world) line(b *strings.Builder, r row, thing string, missing map[string]string, complain report) {
	title := r.route
	if thing != "" {
		title += "  " + thing
	}
	if r.note != "" {
		title += "  (" + r.note + ")"
	}
	got := map[string][]string{}
	for _, who := range actors {
		client := w.clients[who]
		if r.ends {
			client = w.signedIn(who)
		}
		page, asked := w.ask(client, r, thing)
		var seen []string
		complain := func(format string, args ...any) {
			complain("%s: %s as %s: "+format, append([]any{w.Name, title, who}, args...)...)
		}
		w.headless(client, r, who, page, asked, complain)
		for _, name := range w.inspect(r, who, page, asked, complain) {
			if own, ok := strings.CutSuffix(name, " of "+who); ok {
				name = "own " + own
			}
			seen = append(seen, strings.Replace(name, " of "+who+" in", " of their own in", 1))
		}
		if thing != "" && thing != "link" && !slices.Contains(knows[thing], who) {
			key := r.route + r.note + who
			if missing[key] == "" {
				nothing, _ := w.ask(client, r, "none")
				missing[key] = faceless(nothing)
			}
			if is := faceless(page); is != missing[key] {
				complain("differs from what does not exist:\n%s\nwant\n%s", is, missing[key])
			}
		}
		what := fmt.Sprint(page.Status)
		if page.Location != "" {
			what += " " + w.named(page.Location)
		}
		if len(seen) > 0 {
			what += "  " + strings.Join(seen, ", ")
		}
		got[what] = append(got[what], who)
	}
	fmt.Fprintf(b, "%s\n", title)
	for _, what := range slices.Sorted(maps.Keys(got)) {
		fmt.Fprintf(b, "    %-64s %s\n", people(got[what]), what)
	}
}

// people names those of the actors, or those who are left out when they are fewer.
func people(of []string) string {
	var others []string
	for _, who := range actors {
		if !slices.Contains(of, who) {
			others = append(others, who)
		}
	}
	switch {
	case len(others) == 0:
		return "everybody"
	case len(others) < len(of):
		return "all but " + strings.Join(others, ", ")
	}
	return strings.Join(of, ", ")
}

// ask sends the row's request about the thing, and returns what the request itself said.
func (w *world) ask(c *browse.Client, r row, thing string) (*browse.Page, string) {
	method, path, _ := strings.Cut(r.route, " ")
	if i := strings.Index(path, ":"); i >= 0 {
		end := strings.IndexByte(path[i:], '/')
		if end < 0 {
			end = len(path) - i
		}
		path = path[:i] + w.ids[thing] + path[i+end:]
	}
	if method == http.MethodGet {
		return c.Get(path), path
	}
	fields := slices.Clone(r.fields)
	for i := 1; i < len(fields); i += 2 {
		if name, ok := strings.CutPrefix(fields[i], "="); ok {
			fields[i] = w.ids[name]
		}
	}
	return c.Post(path, fields...), path + " " + strings.Join(fields, " ")
}

// inspect looks for canaries in the whole answer, complains of those that have no business there, and returns those
// that are there.
func (w *world) inspect(r row, who string, page *browse.Page, asked string, complain report) []string {
	if page.Status >= 500 {
		complain("status %d", page.Status)
	}
	var head strings.Builder
	for name, values := range page.Header {
		fmt.Fprintf(&head, "%s: %s\n", name, strings.Join(values, "\n"))
	}
	seen := sightings(w.canaries, page.Body+"\n"+head.String(), asked)
	for _, c := range w.canaries {
		if !slices.Contains(seen, c.name) {
			continue
		}
		if !slices.Contains(c.may, who) && !slices.Contains(r.lets, c.name) {
			complain("sees %s", c.name)
		}
		if !slices.Contains(r.shows, c.kind) {
			complain("%s does not belong on this page", c.name)
		}
	}
	return seen
}

// headless asks for the head of a page that was just asked for whole.
func (w *world) headless(c *browse.Client, r row, who string, whole *browse.Page, asked string, complain report) {
	if !strings.HasPrefix(r.route, http.MethodGet+" ") {
		return
	}
	head := c.Head(asked)
	if head.Status != whole.Status || head.Location != whole.Location {
		complain("HEAD answers %d %s, GET %d %s", head.Status, head.Location, whole.Status, whole.Location)
	}
	for _, name := range []string{"Cache-Control", "Content-Security-Policy", "Referrer-Policy", "X-Content-Type-Options"} {
		if got, want := head.Header.Get(name), whole.Header.Get(name); got != want || want == "" {
			complain("HEAD has %s %q, GET %q", name, got, want)
		}
	}
	if head.Body != "" {
		complain("HEAD has a body of %d bytes", len(head.Body))
	}
	w.inspect(r, who, head, asked, complain)
}

var (
	anyToken = regexp.MustCompile(`(name="_csrf" value=")[^"]*`)
	anyID    = regexp.MustCompile(`\b[a-z2-7]{20}\b`)
)

// faceless is an answer without what differs from one request to the next.
func faceless(p *browse.Page) string {
	body := anyID.ReplaceAllString(anyToken.ReplaceAllString(p.Body, "$1"), "ID")
	return fmt.Sprintf("%d %s\n%s", p.Status, anyID.ReplaceAllString(unescaped(p.Location), "ID"), body)
}

// named puts the names of things in the place of their ids.
func (w *world) named(address string) string {
	address = unescaped(address)
	for name, id := range w.ids {
		address = strings.ReplaceAll(address, id, "{"+name+"}")
	}
	return anyID.ReplaceAllString(address, "{…}")
}

func unescaped(address string) string {
	plain, err := url.QueryUnescape(address)
	if err != nil {
		return address
	}
	return plain
}

// golden compares with a file that people read.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got == string(want) {
		return
	}
	is, was := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range min(len(is), len(was)) {
		if is[i] != was[i] {
			t.Errorf("%s, line %d:\n got %s\nwant %s", path, i+1, is[i], was[i])
			return
		}
	}
	t.Errorf("%s has %d lines, want %d", path, len(is), len(was))
}

// searchLeaks searches for every canary as everybody: who may not read it finds nothing, counts nothing, and who may
// read it in a post that is shown finds it.
func (w *world) searchLeaks(complain report) {
	shown := []string{"visible title", "visible body", "second body", "staff reply body", "urgent body", "away body", "hidden title"}
	for _, who := range actors[1:] {
		client := w.signedIn(who)
		for _, c := range w.canaries {
			if !slices.Contains([]string{"title", "body", "alias", "note", "report", "statement", "draft", "concern", "sign-in name"}, c.kind) {
				continue
			}
			for _, field := range []string{"q", "alias"} {
				if field == "alias" && c.kind != "alias" {
					continue
				}
				page := client.Post("/search", field, c.text)
				if page.Status != http.StatusSeeOther {
					complain("%s: search for %s as %s: %d", w.Name, c.name, who, page.Status)
					continue
				}
				result := page.Follow()
				hits := result.Find(".hit").Length()
				r := row{shows: texts}
				w.inspect(r, who, result, c.text, func(format string, args ...any) {
					complain("%s: result of %s in %s as %s: "+format, append([]any{w.Name, c.name, field, who}, args...)...)
				})
				if hits > 0 && !slices.Contains(c.may, who) {
					complain("%s: %s finds %d hits for %s", w.Name, who, hits, c.name)
				}
				if field == "q" && hits == 0 && slices.Contains(shown, c.name) && slices.Contains(c.may, who) {
					complain("%s: %s does not find %s", w.Name, who, c.name)
				}
			}
		}
	}
}

// quiet looks into the log and the metrics: nothing that anybody wrote or is called stands there.
func (w *world) quiet(complain report) {
	req, err := http.NewRequest(http.MethodGet, "/metrics", nil)
	w.must(err)
	answer := &answer{header: http.Header{}}
	w.app.Metrics().ServeHTTP(answer, req)
	if !strings.Contains(answer.String(), "samhold_request_seconds") || !strings.Contains(w.log.String(), "request") {
		complain("no metrics or no log")
	}
	for _, seen := range sightings(w.canaries, w.log.String(), "") {
		complain("%s: the log holds %s", w.Name, seen)
	}
	for _, seen := range sightings(w.canaries, answer.String(), "") {
		complain("%s: the metrics hold %s", w.Name, seen)
	}
}

type answer struct {
	buffer
	header http.Header
}

func (a *answer) Header() http.Header { return a.header }
func (a *answer) WriteHeader(int)     {}

// TestPlantedLeaksAreFound spoils a world in the ways in which a leak comes about, and wants the matrix to say so.
func TestPlantedLeaksAreFound(t *testing.T) {
	if testing.Short() {
		t.Skip("belongs to TestMatrix")
	}
	one := func(route string) []row {
		i := slices.IndexFunc(matrix, func(r row) bool { return r.route == route })
		return matrix[i : i+1]
	}
	// page adds a route whose page is as the given one says.
	page := func(answer func(c *fiber.Ctx) error) func(w *world) []row {
		return func(w *world) []row {
			path := "/" + id.New()
			w.app.Web.App().Get(path, answer)
			return []row{{route: "GET " + path}}
		}
	}
	leaks := []struct {
		name  string
		plant func(w *world) []row // and the rows that must notice
		want  string
	}{
		{"a scope that lets a stranger in", func(w *world) []row {
			w.Exec(w.t, `INSERT INTO staff_grant (id, account_id, role, space_id, starts_at, created_at) VALUES (?, ?, 'facilitator', ?, ?, ?)`,
				id.New(), w.accounts["stranger"].ID, w.ids["home"], w.Clock.Now(), w.Clock.Now())
			return one("GET /t/:id")
		}, "as stranger: sees visible body"},
		{"a held post that is shown", func(w *world) []row {
			w.Exec(w.t, "UPDATE post SET visibility = 'visible', shown_at = created_at WHERE id = ?", w.ids["waiting reply post"])
			return one("GET /t/:id")
		}, "as member: sees waiting reply body"},
		{"a placeholder that was never shown", func(w *world) []row {
			w.Exec(w.t, "UPDATE post SET visibility = 'removed', shown_at = created_at WHERE id = ?", w.ids["waiting reply post"])
			return one("GET /p/:id")
		}, "waiting reply post as member: differs from what does not exist"},
		{"an alias escaped in the page", page(func(c *fiber.Ctx) error {
			text := word("alias of listener in home")
			return c.SendString(fmt.Sprintf("<p>&#x%x;%s</p>", text[0], text[1:]))
		}), "sees alias of listener in home"},
		{"a title in a header", page(func(c *fiber.Ctx) error {
			c.Set("X-Title", word("held title"))
			return c.SendString("ok")
		}), "sees held title"},
		{"a note in a cookie", page(func(c *fiber.Ctx) error {
			c.Cookie(&fiber.Cookie{Name: "seen", Value: word("note")})
			return c.SendString("ok")
		}), "sees note"},
		{"words in an address", page(func(c *fiber.Ctx) error {
			return c.Redirect("/signin?next=%2Fsearch%3Fq%3D" + word("urgent body"))
		}), "sees urgent body"},
		{"a page that fails", page(func(*fiber.Ctx) error { return errors.New("broken") }), "status 500"},
	}
	w := newWorld(t, testkit.Open(t, "sqlite"))
	for _, leak := range leaks {
		var heard []string
		heed := func(format string, args ...any) { heard = append(heard, fmt.Sprintf(format, args...)) }
		w.walk(leak.plant(w), heed)
		if !slices.ContainsFunc(heard, func(h string) bool { return strings.Contains(h, leak.want) }) {
			t.Errorf("%s: not found; heard %d: %.300q", leak.name, len(heard), heard)
		}
	}
	var heard []string
	heed := func(format string, args ...any) { heard = append(heard, fmt.Sprintf(format, args...)) }
	if w.quiet(heed); len(heard) > 0 {
		t.Errorf("the log is not quiet before: %q", heard)
	}
	fmt.Fprintf(w.log, "msg=saved title=%s", word("visible title"))
	if w.quiet(heed); len(heard) != 1 {
		t.Errorf("a title in the log: heard %q", heard)
	}
	if got := w.uncovered(append(matrix[1:], farewells...)); len(got) != 1 {
		t.Errorf("a route without a row: got %q", got)
	}
}
