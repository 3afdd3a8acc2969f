package browser_test

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"

	"samhold/internal/account"
)

// key gives the person a device that keeps passkeys, and knows its owner's finger.
func (p *person) key() {
	p.t.Helper()
	p.do(chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		if _, err := cdp.Call(ctx, tab, webauthn.Enable, webauthn.EnableParams{}); err != nil {
			return err
		}
		_, err := cdp.Call(ctx, tab, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{
			Options: &webauthn.VirtualAuthenticatorOptions{
				Protocol: "ctap2", Ctap2version: "ctap2_1", Transport: "internal", HasResidentKey: true, HasUserVerification: true,
				IsUserVerified: true, AutomaticPresenceSimulation: true, DefaultBackupEligibility: true, DefaultBackupState: true,
			},
		})
		return err
	}))
}

const useKey, makeKey = "form[data-passkey=get] .button", "form[data-passkey=create] .button"

// passkeys are made, used and removed, by members in the place of a passphrase and by staff as their second factor.
func passkeys(t *testing.T, w *world) {
	for _, way := range ways {
		if !way.script {
			continue
		}
		t.Run("member-"+way.String(), func(t *testing.T) {
			t.Parallel()
			memberWithKey(t, w, way)
		})
		t.Run("staff-"+way.String(), func(t *testing.T) {
			t.Parallel()
			staffWithKey(t, w, way)
		})
	}
	t.Run("without-script", func(t *testing.T) {
		t.Parallel()
		p := w.visitor(t, way{phone: true, lang: "da", database: "sqlite"})
		p.visit("/signin")
		if !eval[bool](p, `document.querySelector("form[data-passkey]").hidden`) {
			t.Error("a button is shown that does nothing")
		}
	})
}

func (p *person) makesKey(name string) {
	p.t.Helper()
	p.visit("/me/passkeys")
	p.write("#passkey_name", name)
	if got := p.press(makeKey); got != 200 {
		p.t.Fatalf("making a key: %d %s", got, p.text("main"))
	}
	p.reads("passkey.done")
	p.shows(name)
}

func memberWithKey(t *testing.T, w *world, way way) {
	p := w.visitor(t, way)
	p.key()
	p.signIn(p.house.joined(t, way.lang).Name)
	p.makesKey("Min telefon")
	signOut := func() {
		p.visit("/me")
		p.press("main form[action='/signout'] .button")
	}
	signOut()
	p.visit("/signin")
	if got := p.press(useKey); got != 200 {
		t.Fatalf("signing in with a key: %d %s", got, p.text("main"))
	}
	p.must(".nav")
	p.visit("/me/passkeys")
	p.press("form[action$='/remove'] .button")
	p.reads("passkey.removed")
	signOut()
	p.visit("/signin")
	if got := p.press(useKey); got != 422 {
		t.Errorf("a key that was removed lets in: %d", got)
	}
	p.reads("passkey.wrong")
}

func staffWithKey(t *testing.T, w *world, way way) {
	p := w.visitor(t, way)
	p.key()
	lead := p.house.employed(t, way.lang, account.DutyLead)
	enter := func() {
		p.visit("/signin")
		p.write("#name", lead.Name)
		p.write("#passphrase", secret)
		p.press("main form[action='/signin'] .button")
	}
	enter()
	p.reads("factor.missing_title")
	p.makesKey("Nøglen i skuffen")
	p.visit("/mod")
	p.visit("/me")
	p.press("main form[action='/signout'] .button")
	enter()
	if got := p.place(); !strings.HasPrefix(got, "/me/confirm") {
		t.Fatalf("nobody asks for the key: %s", got)
	}
	if got := p.open("/mod"); got != 200 || !strings.HasPrefix(p.place(), "/me/confirm") {
		t.Fatalf("the workbench without the key: %d %s", got, p.place())
	}
	if got := p.press(useKey); got != 200 || p.place() != "/mod" {
		t.Errorf("with the key: %d %s %s", got, p.place(), p.text("main"))
	}
}
