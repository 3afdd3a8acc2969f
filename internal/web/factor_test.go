package web_test

import (
	"encoding/base32"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/testkit/browse"
	"samhold/internal/totp"
)

// colleague is a browser signed in by the passphrase alone, as a new duty lead.
func (f *front) colleague() (*browse.Client, account.Account) {
	f.t.Helper()
	_, a := f.member()
	if err := f.account.Grant(f.t.Context(), a.ID, account.DutyLead, "", ""); err != nil {
		f.t.Fatal(err)
	}
	b := f.browser()
	p := b.Post("/signin", "name", a.Name, "passphrase", known, "next", "/mod/rota")
	want(f.t, p, http.StatusSeeOther, "/me/confirm?next=%2Fmod%2Frota")
	return b, a
}

// connect sets an app up through the pages and returns its secret.
func (f *front) connect(b *browse.Client) []byte {
	f.t.Helper()
	page := b.Get("/me/authenticator")
	want(f.t, page, http.StatusOK, "")
	secret := readSecret(f.t, page.Text("#secret"))
	want(f.t, page.Submit("/me/authenticator", "code", totp.Code(secret, totp.Step(f.Clock.Now()))), http.StatusSeeOther, "/me/factor")
	return secret
}

func TestStaffPagesAskForTheSecondFactor(t *testing.T) {
	eachFront(t, func(t *testing.T, f *front) {
		b, a := f.colleague()
		for _, route := range f.server.Routes() {
			if !strings.HasPrefix(route.Access.String(), "staff:") {
				continue
			}
			path := strings.NewReplacer(":id", "abcdefghijklmnopqrst").Replace(route.Path)
			var p *browse.Page
			if route.Method == http.MethodGet {
				p = b.Get(path)
			} else {
				p = b.Post(path)
			}
			capability := account.Capability(strings.Fields(strings.TrimPrefix(route.Access.String(), "staff:"))[0])
			switch {
			case account.DutyLead.Can(capability) && (p.Status != http.StatusSeeOther || !strings.HasPrefix(p.Location, "/me/confirm?next=")):
				t.Errorf("%s %s: %d %s", route.Method, route.Path, p.Status, p.Location)
			case !account.DutyLead.Can(capability) && p.Status != http.StatusNotFound:
				t.Errorf("%s %s is known to exist: %d %s", route.Method, route.Path, p.Status, p.Location)
			}
		}
		// As a member one goes on; the way to the staff's pages is shown and leads to the question.
		if page := b.Get("/spaces"); page.Status != http.StatusOK || page.Find("a[href='/mod']").Length() != 1 {
			t.Errorf("%d: no way to the workbench", page.Status)
		}
		// Without a factor the question leads to setting one up.
		want(t, b.Get("/me/confirm?next=%2Fmod%2Frota"), http.StatusSeeOther, "/me/factor")
		if !b.Get("/me/factor").Has("Du mangler det ekstra trin") {
			t.Error("nobody says what is missing")
		}
		secret := f.connect(b)
		if page := b.Get("/me/factor"); !page.Has("Appen er tilsluttet") {
			t.Errorf("got %s", page.Text("main"))
		}
		// Another browser of theirs is asked.
		other := f.browser()
		other.SignIn(a.Name, known)
		for _, path := range []string{"/me/security", "/me/factor", "/me/authenticator", "/me/codes", "/me/passphrase", "/me/passkeys"} {
			want(t, other.Get(path), http.StatusSeeOther, "/me/confirm?next="+url.QueryEscape(path))
		}
		page := other.Get("/me/confirm?next=%2Fme%2Fsecurity")
		if page.Find("#passphrase").Length() != 0 || page.Find("#code").AttrOr("value", "") != "" {
			t.Error("the passphrase is enough, or the code is given away")
		}
		want(t, page.Submit("/me/confirm", "code", "000000"), http.StatusUnprocessableEntity, "")
		f.Clock.Advance(time.Minute)
		code := totp.Code(secret, totp.Step(f.Clock.Now()))
		want(t, page.Submit("/me/confirm", "code", code), http.StatusSeeOther, "/me/security")
		want(t, other.Get("/me/security"), http.StatusOK, "")
		want(t, b.Get("/me/confirm?next=%2Fmod").Submit("/me/confirm", "code", code), http.StatusUnprocessableEntity, "")
		want(t, b.Post("/me/authenticator/remove"), http.StatusConflict, "")
	})
}

func TestNewStaffSetTheirFactorUpFirst(t *testing.T) {
	eachFront(t, func(t *testing.T, f *front) {
		in, err := f.account.AddStaff(t.Context(), account.NewStaff{Role: account.Admin, StaffName: "Karla"})
		if err != nil {
			t.Fatal(err)
		}
		b := f.browser()
		page := b.Get("/welcome/"+in.Token).Submit("/welcome/"+in.Token, "passphrase", known)
		want(t, page, http.StatusSeeOther, "/me/codes")
		want(t, b.Get("/me/codes").Submit("/me/codes"), http.StatusSeeOther, "/me/factor")
		f.connect(b)
		want(t, b.Get("/me/security"), http.StatusOK, "")
	})
}

func TestMembersAreAskedForNoSecondFactor(t *testing.T) {
	eachFront(t, func(t *testing.T, f *front) {
		b, a := f.member()
		want(t, b.Get("/me/authenticator"), http.StatusNotFound, "")
		if b.Get("/me/security").Find("a[href='/me/factor']").Length() != 0 {
			t.Error("members are offered the staff's app")
		}
		f.Clock.Advance(30 * time.Minute)
		want(t, b.Get("/me"), http.StatusOK, "")
		want(t, b.Get("/me/sessions"), http.StatusSeeOther, "/me/confirm?next=%2Fme%2Fsessions")
		page := b.Get("/me/confirm?next=%2Fme%2Fsessions")
		if page.Find("input[name=username]").AttrOr("value", "") != a.Name {
			t.Error("a password manager is not told the name")
		}
		want(t, page.Submit("/me/confirm", "passphrase", "not it"), http.StatusUnprocessableEntity, "")
		want(t, page.Submit("/me/confirm", "passphrase", known), http.StatusSeeOther, "/me/sessions")
		want(t, b.Get("/me/sessions"), http.StatusOK, "")
	})
}

func TestOnlyAnOwnDeviceKeepsCookies(t *testing.T) {
	eachFront(t, func(t *testing.T, f *front) {
		_, a := f.member()
		_, staff := f.colleague()
		lasting := func(p *browse.Page) map[string]bool {
			names := map[string]bool{}
			for _, line := range p.Header.Values("Set-Cookie") {
				c, err := http.ParseSetCookie(line)
				if err != nil {
					t.Fatal(err)
				}
				if !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" || !strings.HasPrefix(c.Name, "__Host-") {
					t.Errorf("cookie %s", line)
				}
				if c.MaxAge > 0 || !c.Expires.IsZero() {
					names[strings.TrimPrefix(c.Name, "__Host-")] = true
				}
			}
			return names
		}
		if got := lasting(f.browser().Post("/signin", "name", a.Name, "passphrase", known)); len(got) != 0 {
			t.Errorf("a shared phone keeps %v", got)
		}
		if got := lasting(f.browser().Post("/signin", "name", staff.Name, "passphrase", known, "own", "yes")); len(got) != 0 {
			t.Errorf("the phone of a member of staff keeps %v", got)
		}
		b := f.browser()
		if got := lasting(b.Post("/signin", "name", a.Name, "passphrase", known, "own", "yes")); !got["session"] || !got["device"] || len(got) != 2 {
			t.Errorf("an own phone keeps %v", got)
		}
		f.Clock.Advance(29 * 24 * time.Hour)
		want(t, b.Get("/me"), http.StatusOK, "")
		b.Send("/exit", nil)
		if b.Cookie("device") != "" || b.Cookie("session") != "" {
			t.Error("leaving leaves the device's cookie")
		}
	})
}

// readSecret reads the secret that a page shows for typing.
func readSecret(t *testing.T, text string) []byte {
	t.Helper()
	secret, err := base32.StdEncoding.DecodeString(strings.ReplaceAll(text, " ", ""))
	if err != nil || len(secret) != 20 {
		t.Fatalf("%q is no secret: %v", text, err)
	}
	return secret
}

func TestSealedContactIsOpenedWithAFreshFactorAndAReason(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.write("writer", "En svær nat", farewell)
		page := h.people["writer"].Get("/care").Submit("/care/contact", "contact_phone", "12 34 56 78")
		want(t, page, http.StatusSeeOther, "/care")
		m, path := h.people["duty_lead"], "/mod/cases/"+h.Text(t, "SELECT id FROM crisis_case")
		h.Clock.Advance(11 * time.Minute)
		// What was chosen and typed is there again after the question.
		asked := m.Get(path).Submit(path+"/contact", "contact_field", "phone", "contact_reason", "call_person", "contact_words", "Hun svarer ikke.")
		want(t, asked, http.StatusSeeOther, "/me/confirm?next="+url.QueryEscape(path))
		h.Exec(t, "UPDATE session SET stepped_up_at = ?", h.Clock.Now())
		form := m.Get(path)
		if form.Find("#contact_words").AttrOr("value", "") != "Hun svarer ikke." || form.Find("option[value=call_person][selected]").Length() != 1 {
			t.Error("the reason is lost")
		}
		want(t, form.Submit(path+"/contact", "contact_words", " "), http.StatusUnprocessableEntity, "")
		if h.people["writer"].Get("/me").Has("Åbnet af teamet") {
			t.Error("an opening is told that never was")
		}
		if opened := form.Submit(path + "/contact"); opened.Status != http.StatusOK || !opened.Has("12 34 56 78") {
			t.Errorf("%d: %s", opened.Status, opened.Text("main"))
		}
		if got := m.Get(path); !got.Has("Hun svarer ikke.") {
			t.Error("the reason does not stand in the case")
		}
		if h.people["writer"].Get("/me").Has("Åbnet af teamet") {
			t.Error("it is told before the hour is over")
		}
		h.Clock.Advance(time.Hour)
		if err := h.app.Area.Crisis.TellOpenings(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := h.people["writer"].Get("/me"); !got.Has("En bagvagt åbnede det, du gav os") || got.Has("Hun svarer ikke.") {
			t.Errorf("the writer reads: %s", got.Text("main"))
		}
		if h.people["reader"].Get("/me").Has("Åbnet af teamet") {
			t.Error("somebody else is told")
		}
		if n := h.Int(t, "SELECT COUNT(*) FROM audit_event WHERE action = 'case_contact_opened' AND code = 'phone'"); n != 1 {
			t.Errorf("audited %d times", n)
		}
	})
}

func TestWhoHasAPasskeyShowsItBeforeWhatCannotBeUndone(t *testing.T) {
	eachFront(t, func(t *testing.T, f *front) {
		b, a := f.member()
		f.Exec(t, "UPDATE session SET stepped_up_at = NULL")
		want(t, b.Get("/me/erase"), http.StatusOK, "") // signing in was proof enough
		f.Exec(t, `INSERT INTO passkey (id, account_id, credential_id, public_key, sign_count, backup_eligible, backed_up, name_sealed, key_id, created_at)
			VALUES ('p', ?, ?, ?, 0, FALSE, FALSE, ?, 'k', ?)`, a.ID, []byte("c"), []byte("k"), []byte("n"), f.Clock.Now())
		for _, path := range []string{"/me/erase", "/me/export"} {
			asks := "/me/confirm?next=" + url.QueryEscape(path)
			want(t, b.Get(path), http.StatusSeeOther, asks)
			want(t, b.Post(path, "choice", "remove"), http.StatusSeeOther, asks)
			page := b.Get(asks)
			if page.Find("input[name=passphrase]").Length() != 0 || page.Find("input[name=code]").Length() != 1 {
				t.Errorf("%s asks for something else: %s", path, page.Text("main"))
			}
			want(t, b.Post("/me/confirm", "passphrase", known), http.StatusUnprocessableEntity, "")
		}
		want(t, b.Get("/me/sessions"), http.StatusOK, "")
		f.Exec(t, "UPDATE session SET stepped_up_at = ?", f.Clock.Now())
		want(t, b.Get("/me/erase").Submit("/me/erase", "choice", "remove"), http.StatusSeeOther, "/")
	})
}
