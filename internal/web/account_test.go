package web_test

import (
	"archive/zip"
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/checkin"
	"samhold/internal/crisis"
	"samhold/internal/directory"
	"samhold/internal/i18n"
	"samhold/internal/job"
	"samhold/internal/limit"
	"samhold/internal/passphrase"
	"samhold/internal/privacy"
	"samhold/internal/support"
	"samhold/internal/testkit"
	"samhold/internal/testkit/browse"
	"samhold/internal/web"
)

const (
	known   = "fire stole uden ben"
	another = "seks kopper bag et hegn"
)

var hasher = passphrase.NewHasher()

// front is the web application over one database, with everything about accounts behind it.
type front struct {
	*testkit.Database
	t       *testing.T
	server  *web.Server
	account *account.Service
	forum   forum
	log     *bytes.Buffer
}

func eachFront(t *testing.T, test func(t *testing.T, f *front)) {
	t.Helper()
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) { test(t, openFront(t, db)) })
}

func openFront(t *testing.T, db *testkit.Database) *front {
	t.Helper()
	ring := testkit.Vault(t, db)
	lines, err := directory.New()
	if err != nil {
		t.Fatal(err)
	}
	f := &front{Database: db, t: t, log: &bytes.Buffer{}}
	f.account = account.New(account.Deps{
		Store: db.Store.Accounts(), Tx: db.Store, Clock: db.Clock,
		Limiter: limit.New(db.Store.Limits(), db.Clock, ring.Derive("limit")),
		Vault:   ring, Passphrase: hasher, Audit: audit.New(db.Store, db.Store.Audit(), ring.Derive("audit")),
	})
	f.forum = openForum(db, ring)
	desk := crisis.NewService(crisis.Deps{Store: db.Store.Crisis(), Tx: db.Store, Clock: db.Clock})
	own := privacy.New(privacy.Deps{
		Store: db.Store.Privacy(), Tx: db.Store, Clock: db.Clock, Accounts: f.account, Spaces: f.forum.space, Cases: desk, Jobs: noJobs{},
		CheckIns: checkin.New(checkin.Deps{Store: db.Store.CheckIns()}),
		Queue:    job.NewQueue(db.Store.Job(), db.Store, db.Clock), Audit: audit.New(db.Store, db.Store.Audit(), ring.Derive("audit")),
		Vault: ring, Ledger: privacy.NewLedger("", [32]byte{}), Log: slog.New(slog.NewTextHandler(f.log, nil)),
	})
	f.server, err = web.New(web.Services{
		Account: f.account, Space: f.forum.space, Topic: f.forum.topic, Directory: lines, Crisis: desk, Privacy: own,
		Support: support.New(support.Deps{Store: db.Store.Supports()}),
	}, web.Options{
		BaseURL: &url.URL{Scheme: "https", Host: "samhold.test"},
		ExitURL: &url.URL{Scheme: "https", Host: "neutral.test", Path: "/"},
		Locale:  i18n.Danish, Clock: db.Clock, Log: slog.New(slog.NewTextHandler(f.log, nil)), MaxPosts: 100,
	})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func (f *front) browser() *browse.Client { return browse.New(f.t, f.server.App()) }

// member is a browser that is signed in as a new member, and the member.
func (f *front) member() (*browse.Client, account.Account) {
	f.t.Helper()
	a, err := f.account.CreateMember(f.t.Context(), account.NewMember{BirthYear: 1990, Hash: testkit.Hash(f.t, known), JoinedAt: f.Clock.Now()})
	if err != nil {
		f.t.Fatal(err)
	}
	b := f.browser()
	b.SignIn(a.Name, known)
	f.ProveAll(f.t) // some of them are given a role
	return b, a
}

// want fails the test unless the page has the status and, with one, goes to the place.
func want(t *testing.T, p *browse.Page, status int, location string) {
	t.Helper()
	if p.Status != status || p.Location != location {
		t.Fatalf("%s: got %d to %q, want %d to %q: %s", p.Path, p.Status, p.Location, status, location, p.Text("main"))
	}
}

// next is where an answer leads in the end, past the page that asks staff for their second factor.
func next(t *testing.T, p *browse.Page) string {
	t.Helper()
	u, err := url.Parse(p.Location)
	if err != nil {
		t.Fatal(err)
	}
	if u.Path == "/me/confirm" {
		return u.Query().Get("next")
	}
	return p.Location
}

func TestJoinStepByStep(t *testing.T) {
	eachFront(t, func(t *testing.T, f *front) {
		b := f.browser()
		want(t, b.Get("/join").Submit("/join", "birth_year", "1994"), http.StatusSeeOther, "/join/consent")
		page := b.Get("/join/consent").Submit("/join/consent")
		want(t, page, http.StatusUnprocessableEntity, "")
		want(t, page.Submit("/join/consent", "consent", "yes"), http.StatusSeeOther, "/join/access")
		page = b.Get("/join/access")
		name := page.Find("#name").AttrOr("value", "")
		if again := b.Get("/join/access").Find("#name").AttrOr("value", ""); name == "" || again != name {
			t.Errorf("a reload changes the name from %q to %q", name, again)
		}
		want(t, b.Post("/join/access", "another", "yes"), http.StatusSeeOther, "/join/access")
		page = b.Get("/join/access")
		if other := page.Find("#name").AttrOr("value", ""); other == name {
			t.Error("another name is the same name")
		} else {
			name = other
		}
		page = page.Submit("/join/access", "passphrase", "for kort")
		want(t, page, http.StatusUnprocessableEntity, "")
		if page.Has("for kort") {
			t.Error("the passphrase comes back in the page")
		}
		want(t, page.Submit("/join/access", "passphrase", known), http.StatusSeeOther, "/me/codes")
		page = b.Get("/me/codes")
		if n := page.Find("#codes li").Length(); n != 10 || !page.Has(name) {
			t.Errorf("%d codes are shown", n)
		}
		code := page.Text("#codes li")
		if again := b.Get("/me/codes").Text("#codes li"); again != code {
			t.Error("a reload loses the codes")
		}
		want(t, page.Submit("/me/codes"), http.StatusSeeOther, "/")
		if b.Get("/me/codes").Has(code) {
			t.Error("the codes are shown after they were saved")
		}
		// Back in on another browser.
		other := f.browser()
		other.SignIn(strings.ToUpper(name), known)
		if !other.Get("/me/security").Has(name) {
			t.Error("the page about signing in lacks the name")
		}
	})
}

func TestJoinCannotBeShortened(t *testing.T) {
	eachFront(t, func(t *testing.T, f *front) {
		b := f.browser()
		want(t, b.Get("/join/consent"), http.StatusSeeOther, "/join")
		want(t, b.Get("/join/access"), http.StatusSeeOther, "/join/consent")
		want(t, b.Post("/join/access", "name", "stille-regn-1234", "passphrase", known), http.StatusSeeOther, "/join/consent")
		b.Post("/join", "birth_year", "1994")
		want(t, b.Get("/join/access"), http.StatusSeeOther, "/join/consent")
		b.Post("/join/consent", "consent", "yes")
		b.Get("/join/access")
		// A name of one's own choosing is not taken.
		want(t, b.Post("/join/access", "name", "stille-regn-1234", "passphrase", known), http.StatusUnprocessableEntity, "")
		// Another browser cannot go on with this one's steps.
		thief := f.browser()
		thief.Get("/join")
		stolen := b.Clone()
		stolen.Forget("seed")
		want(t, stolen.Get("/join/access"), http.StatusSeeOther, "/join/consent")
	})
}

func TestJoinAsksWhoeverTurnsFifteenThisYear(t *testing.T) {
	eachFront(t, func(t *testing.T, f *front) {
		b := f.browser()
		page := b.Get("/join").Submit("/join", "birth_year", "2011")
		want(t, page, http.StatusOK, "")
		if page.Find("input[name=turned]").Length() != 2 {
			t.Fatal("nobody asks whether they have turned 15")
		}
		want(t, page.Submit("/join"), http.StatusUnprocessableEntity, "")
		want(t, page.Submit("/join", "turned", "yes"), http.StatusSeeOther, "/join/consent")
		young := page.Submit("/join", "turned", "no")
		want(t, young, http.StatusOK, "")
		for _, number := range []string{"tel:116111", "tel:70100130"} {
			if !young.Has(number) {
				t.Errorf("the page for children lacks %s", number)
			}
		}
		if b.Cookie("joining") != "" {
			t.Error("something about a child is kept")
		}
		want(t, b.Get("/join/consent"), http.StatusSeeOther, "/join")
		for _, year := range []string{"", "94", "1899", "2030", "19940", "-1994", "nitten", "\x00"} {
			if p := b.Post("/join", "birth_year", year); p.Status != http.StatusUnprocessableEntity {
				t.Errorf("year %q: status %d", year, p.Status)
			}
		}
	})
}

func TestSignInSaysTheSameToEverybody(t *testing.T) {
	eachFront(t, func(t *testing.T, f *front) {
		_, a := f.member()
		b := f.browser()
		answer := func(name, pass string) string {
			p := b.Post("/signin", "name", name, "passphrase", pass, "next", "/me")
			want(t, p, http.StatusUnprocessableEntity, "")
			if p.Find("#name").AttrOr("value", "") != name {
				t.Errorf("the name is not kept")
			}
			return p.Text("main .errors")
		}
		one, two := answer(a.Name, "not it at all"), answer("stille-regn-1234", "not it at all")
		if one == "" || one != two {
			t.Errorf("%q and %q", one, two)
		}
		want(t, b.Post("/signin", "name", a.Name, "passphrase", known, "next", "//evil.test"), http.StatusSeeOther, "/")
		for _, next := range []string{
			"//evil.test", "/%2Fevil.test", "/%5Cevil.test", "/\\evil.test", "/%09/evil.test", "https://evil.test/", "evil", "/%0D%0AX-Evil:1",
		} {
			if p := b.Get("/signin?next=" + url.QueryEscape(next)); p.Location != "/" {
				t.Errorf("%q leads to %q", next, p.Location)
			}
		}
		want(t, b.Get("/signin?next=%2Fmod%2Fcases%2Fabc-d_1"), http.StatusSeeOther, "/mod/cases/abc-d_1")
	})
}

func TestSignInGoesOnWhereOneWas(t *testing.T) {
	eachFront(t, func(t *testing.T, f *front) {
		_, a := f.member()
		b := f.browser()
		want(t, b.Get("/me/security"), http.StatusSeeOther, "/signin?next=%2Fme%2Fsecurity")
		page := b.Get("/signin?kept=1&next=%2Fme%2Fsecurity")
		if page.Text(".notice-title") == "" {
			t.Error("nothing says that the text was kept")
		}
		want(t, page.Submit("/signin", "name", a.Name, "passphrase", known), http.StatusSeeOther, "/me/security")
		want(t, b.Get("/signin?next=%2Fme"), http.StatusSeeOther, "/me")
	})
}

func TestTooManyTriesAreToldHowLong(t *testing.T) {
	eachFront(t, func(t *testing.T, f *front) {
		b := f.browser()
		for range 10 {
			b.Post("/signin", "name", "stille-regn-1234", "passphrase", "wrong")
		}
		page := b.Post("/signin", "name", "stille-regn-1234", "passphrase", "wrong")
		want(t, page, http.StatusTooManyRequests, "")
		if page.Header.Get("Retry-After") != "5" || !page.Has("Prøv igen om under et minut") {
			t.Errorf("Retry-After %q, %s", page.Header.Get("Retry-After"), page.Text("main"))
		}
		if strings.Contains(f.log.String(), "stille-regn") || strings.Contains(f.log.String(), "0.0.0.0") {
			t.Error("the log tells who tried")
		}
	})
}

func TestFormsOfOneAccountAreLimited(t *testing.T) {
	eachFront(t, func(t *testing.T, f *front) {
		b, _ := f.member()
		last := http.StatusSeeOther
		for n := 1; last == http.StatusSeeOther && n < 1000; n++ {
			last = b.Post("/me/language", "locale", "da").Status
		}
		if last != http.StatusTooManyRequests {
			t.Errorf("got %d", last)
		}
		f.Clock.Advance(time.Minute)
		want(t, b.Post("/me/language", "locale", "da"), http.StatusSeeOther, "/me")
	})
}

func TestRecoverThroughTheForm(t *testing.T) {
	eachFront(t, func(t *testing.T, f *front) {
		b, a := f.member()
		want(t, b.Get("/me/codes").Submit("/me/codes", "codes_passphrase", "not it"), http.StatusUnprocessableEntity, "")
		want(t, b.Get("/me/codes").Submit("/me/codes", "codes_passphrase", known), http.StatusSeeOther, "/me/codes")
		code := b.Get("/me/codes").Text("#codes li")
		other := f.browser()
		page := other.Get("/recover").Submit("/recover", "name", a.Name, "code", "7777", "passphrase", another)
		want(t, page, http.StatusUnprocessableEntity, "")
		if page.Find("#code").AttrOr("value", "") != "7777" || page.Has(another) {
			t.Error("what was typed is not kept, or too much of it")
		}
		want(t, page.Submit("/recover", "code", code, "passphrase", another), http.StatusSeeOther, "/me/security")
		want(t, b.Get("/me"), http.StatusSeeOther, "/signin?next=%2Fme")
		notices := other.Get("/me/notices")
		if notices.Find("main .unread").Length() != 1 || notices.Find("main a[href='/me/security']").Length() == 0 {
			t.Errorf("no notice: %s", notices.Text("main"))
		}
		if other.Get("/me/notices").Find("main .unread").Length() != 0 {
			t.Error("the notice is still new after it was seen")
		}
	})
}

func TestOwnPages(t *testing.T) {
	eachFront(t, func(t *testing.T, f *front) {
		b, a := f.member()
		for _, path := range []string{
			"/me", "/me/notices", "/me/language", "/me/security", "/me/passphrase", "/me/codes", "/me/sessions", "/me/consent", "/me/pause",
			"/me/export", "/me/erase",
		} {
			page := b.Get(path)
			want(t, page, http.StatusOK, "")
			if title := page.Text("title"); strings.Contains(title, a.Name) || title == "" {
				t.Errorf("%s has the title %q", path, title)
			}
		}
		want(t, b.Get("/me/language").Submit("/me/language", "locale", "en"), http.StatusSeeOther, "/me")
		if got := b.Get("/me").Text("h1"); got != "Me" {
			t.Errorf("in English: %q", got)
		}
		want(t, b.Post("/me/language", "locale", "xx"), http.StatusUnprocessableEntity, "")
		page := b.Get("/me/passphrase").Submit("/me/passphrase", "passphrase", known, "new_passphrase", another)
		want(t, page, http.StatusSeeOther, "/me/security")
		want(t, b.Get("/me"), http.StatusOK, "")

		there := f.browser()
		there.SignIn(a.Name, another)
		list := b.Get("/me/sessions")
		if n := list.Find("main input[name=session]").Length(); n != 1 {
			t.Errorf("%d other sessions are listed, want 1", n)
		}
		other := list.Find("main input[name=session]").AttrOr("value", "")
		want(t, b.Post("/me/sessions", "session", other), http.StatusSeeOther, "/me/sessions")
		want(t, there.Get("/me"), http.StatusSeeOther, "/signin?next=%2Fme")
		want(t, b.Post("/me/sessions", "all", "yes"), http.StatusSeeOther, "/")
		want(t, b.Get("/me"), http.StatusSeeOther, "/signin?next=%2Fme")
	})
}

func TestConsentIsWithdrawnAndTheAccountErased(t *testing.T) {
	eachFront(t, func(t *testing.T, f *front) {
		b, a := f.member()
		want(t, b.Get("/me/consent").Submit("/me/consent"), http.StatusSeeOther, "/me/consent")
		page := b.Get("/me/consent")
		if page.Find("input[value=give]").Length() != 1 || page.Find("main a[href='/me/erase']").Length() != 1 {
			t.Error("no way back, or no way out")
		}
		if b.Get("/me").Find(".notice.waiting a[href='/me/consent']").Length() != 1 {
			t.Error("“Mig” does not say that the account is paused, and why")
		}
		for path, says := range map[string]string{
			"/me/erase": "er der en sag", "/privacy": "90 døgn fra det blev slettet", "/me/consent": "helt væk efter 90 døgn",
		} {
			if page := b.Get(path); !page.Has(says) {
				t.Errorf("%s does not say what stays: %s", path, page.Text("main"))
			}
		}
		for _, wrong := range [][]string{{}, {"choice", "x"}} {
			want(t, b.Get("/me/erase").Submit("/me/erase", wrong...), http.StatusUnprocessableEntity, "")
		}
		want(t, b.Get("/me/erase").Submit("/me/erase", "choice", "remove"), http.StatusSeeOther, "/")
		want(t, b.Get("/me"), http.StatusSeeOther, "/signin?next=%2Fme")
		want(t, b.Post("/signin", "name", a.Name, "passphrase", known), http.StatusUnprocessableEntity, "")
	})
}

func TestPauseBeginsAndEnds(t *testing.T) {
	eachFront(t, func(t *testing.T, f *front) {
		b, _ := f.member()
		want(t, b.Get("/me/pause").Submit("/me/pause"), http.StatusSeeOther, "/me")
		if b.Get("/me").Find(".notice.waiting a[href='/me/pause']").Length() != 1 {
			t.Error("“Mig” does not say that the account is paused")
		}
		want(t, b.Get("/me/pause").Submit("/me/pause"), http.StatusSeeOther, "/me")
		if b.Get("/me").Find(".notice.waiting").Length() != 0 {
			t.Error("the pause does not end")
		}
	})
}

func TestCopyIsHandedOutToWhoHasJustShownThatItIsThem(t *testing.T) {
	eachFront(t, func(t *testing.T, f *front) {
		b, a := f.member()
		form := b.Get("/me/export")
		f.Clock.Advance(11 * time.Minute)
		const asks = "/me/confirm?next=%2Fme%2Fexport"
		want(t, form.Submit("/me/export"), http.StatusSeeOther, asks)
		want(t, b.Get("/me/export"), http.StatusSeeOther, asks)
		want(t, b.Get(asks).Submit("/me/confirm", "passphrase", known), http.StatusSeeOther, "/me/export")
		page := b.Get("/me/export").Submit("/me/export")
		if page.Status != http.StatusOK || page.Header.Get("Content-Type") != "application/zip" ||
			page.Header.Get("Content-Disposition") != `attachment; filename="data.zip"` || page.Header.Get("Cache-Control") != "no-store" {
			t.Fatalf("status %d, %v", page.Status, page.Header)
		}
		archive, err := zip.NewReader(strings.NewReader(page.Body), int64(len(page.Body)))
		if err != nil || len(archive.File) != 2 {
			t.Fatalf("not a copy: %v", err)
		}
		file, err := archive.Open("data.json")
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(file)
		if err != nil || !strings.Contains(string(body), a.Name) {
			t.Errorf("the copy does not hold the name: %v, %s", err, body)
		}
	})
}

func TestSecretsAreNeverKeptForLater(t *testing.T) {
	eachFront(t, func(t *testing.T, f *front) {
		b, _ := f.member()
		f.Clock.Advance(2*time.Hour + time.Minute)
		// The topic service of this test has nothing behind it: were it asked to keep a passphrase, it would fail.
		page := b.Post("/me/passphrase", "passphrase", known)
		want(t, page, http.StatusSeeOther, "/signin?next=%2Fme%2Fpassphrase")
	})
}

func TestSignOutEndsTheSessionOnTheServer(t *testing.T) {
	eachFront(t, func(t *testing.T, f *front) {
		b, _ := f.member()
		thief := b.Clone()
		want(t, b.Get("/me").Submit("/signout"), http.StatusSeeOther, "/")
		want(t, thief.Get("/me"), http.StatusSeeOther, "/signin?next=%2Fme")
	})
}

func TestExitTakesEveryTraceOfTheBrowser(t *testing.T) {
	eachFront(t, func(t *testing.T, f *front) {
		b, _ := f.member()
		b.Get("/me/codes").Submit("/me/codes", "codes_passphrase", known)
		thief := b.Clone()
		want(t, b.Send("/exit", nil), http.StatusSeeOther, "https://neutral.test/")
		for _, name := range []string{"session", "seed", "flash", "joining", "codes"} {
			if b.Cookie(name) != "" {
				t.Errorf("the cookie %s is left", name)
			}
		}
		want(t, thief.Get("/me/codes"), http.StatusSeeOther, "/signin?next=%2Fme%2Fcodes")
	})
}

func TestBadInputGetsAClearPage(t *testing.T) {
	eachFront(t, func(t *testing.T, f *front) {
		b, _ := f.member()
		guest := f.browser()
		for _, bad := range []string{"", "\x00", "\xff\xfe", strings.Repeat("æ", 9_000), "' OR 1=1 --", "<script>"} {
			for path, fields := range map[string][]string{
				"/join":          {"birth_year", "turned", "asked"},
				"/join/consent":  {"consent"},
				"/join/access":   {"name", "passphrase"},
				"/signin":        {"name", "passphrase", "next", "kept"},
				"/recover":       {"name", "code", "passphrase"},
				"/welcome/nope":  {"passphrase", "name"},
				"/me/language":   {"locale"},
				"/me/passphrase": {"passphrase", "new_passphrase"},
				"/me/codes":      {"codes_passphrase"},
				"/me/sessions":   {"session"},
				"/me/consent":    {"change"},
				"/me/pause":      {"change"},
				"/me/erase":      {"choice"},
			} {
				var pairs []string
				for _, name := range fields {
					pairs = append(pairs, name, bad)
				}
				for who, browser := range map[string]*browse.Client{"member": b, "guest": guest} {
					if p := browser.Post(path, pairs...); p.Status >= 500 || p.Status == http.StatusOK && p.Text("h1") == "" {
						t.Errorf("%s to %s with %.10q: status %d", who, path, bad, p.Status)
					}
				}
			}
			for _, path := range []string{"/signin?next=", "/signin?kept=", "/welcome/"} {
				if p := guest.Get(path + url.QueryEscape(bad[:min(len(bad), 2000)])); p.Status >= 500 {
					t.Errorf("%s with %.10q: status %d", path, bad, p.Status)
				}
			}
		}
	})
}

func TestEveryKindOfNoticeHasAText(t *testing.T) {
	catalog, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range append(web.NoticeKinds(), "unknown") {
		for _, lang := range i18n.Langs {
			if !catalog.Texts(lang).Has("notice." + kind) {
				t.Errorf("notice.%s is missing in %s", kind, lang)
			}
		}
	}
}

func TestConsentToAnOlderTextIsAskedForAnew(t *testing.T) {
	eachFront(t, func(t *testing.T, f *front) {
		b, a := f.member()
		renew := func(p *browse.Page) bool { return p.Find("input[value=give]").Length() == 1 }
		if renew(b.Get("/me/consent")) {
			t.Error("whoever has just said yes is asked again")
		}
		f.Exec(t, "UPDATE consent SET version = version - 1 WHERE account_id = ?", a.ID)
		page := b.Get("/me/consent")
		if !renew(page) {
			t.Fatalf("nothing says that the text has changed: %s", page.Text("main"))
		}
		f.Clock.Advance(time.Minute)
		want(t, b.Post("/me/consent", "change", "give"), http.StatusSeeOther, "/me/consent")
		if renew(b.Get("/me/consent")) || f.Int(t, "SELECT MAX(version) FROM consent WHERE account_id = ?", a.ID) != account.ConsentVersion {
			t.Error("the new yes is not kept")
		}
	})
}
