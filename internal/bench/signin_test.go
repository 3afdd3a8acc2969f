//go:build bench

package bench_test

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"samhold/internal/app"
	"samhold/internal/passphrase"
)

// measureSignIn measures signing in beside a bare hash, which is what most of it is. Each visitor comes from an address
// of their own, as the proxy says, because one address may not try that often.
func (w *world) measureSignIn(t *testing.T) {
	hasher := passphrase.NewHasher()
	hash, err := hasher.Hash(t.Context(), app.DemoPassphrase)
	if err != nil {
		t.Fatal(err)
	}
	w.measure("bare argon2id, as many at once", func(*session, *rand.Rand) (int, error) {
		ok, err := hasher.Verify(t.Context(), app.DemoPassphrase, hash)
		if err == nil && !ok {
			err = errors.New("the passphrase does not fit")
		}
		return http.StatusOK, err
	})
	form := signInForm(t, w.base)
	w.measure("signing in", func(_ *session, r *rand.Rand) (int, error) {
		return form.send(w.names[r.IntN(len(w.names))], fmt.Sprintf("10.%d.%d.%d", r.IntN(256), r.IntN(256), r.IntN(256)))
	})
}

// guestForm is a page with a form as a guest's browser holds it.
type guestForm struct{ address, token, cookies string }

func signInForm(t *testing.T, base string) guestForm {
	res, err := http.Get(base + "/signin")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	m := token.FindSubmatch(body)
	if m == nil {
		t.Fatalf("no form: %d", res.StatusCode)
	}
	var cookies []string
	for _, c := range res.Cookies() {
		cookies = append(cookies, c.Name+"="+c.Value)
	}
	return guestForm{base + "/signin", string(m[1]), strings.Join(cookies, "; ")}
}

func (f guestForm) send(name, from string) (int, error) {
	values := url.Values{"_csrf": {f.token}, "name": {name}, "passphrase": {app.DemoPassphrase}}
	req, err := http.NewRequest(http.MethodPost, f.address, strings.NewReader(values.Encode()))
	if err != nil {
		return 0, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Cookie", f.cookies)
	req.Header.Set("X-Forwarded-For", from)
	status, err := finish(http.DefaultTransport.RoundTrip(req))
	if err == nil && status != http.StatusSeeOther {
		err = fmt.Errorf("status %d", status)
	}
	return status, err
}
