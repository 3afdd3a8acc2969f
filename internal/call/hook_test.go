package call_test

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/call"
	"samhold/internal/crisis"
	"samhold/internal/fault"
	"samhold/internal/testkit"
)

func hook(t *testing.T, address string, private bool) (*call.Hook, []byte) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := call.Secret("whsec_" + base64.StdEncoding.EncodeToString([]byte("tre gule lamper i en tung nat")))
	if err != nil {
		t.Fatal(err)
	}
	return call.NewHook(u, secret, private), secret
}

var note = call.Message{Key: "0f1e2d3c", Short: "Du har en besked. https://forum.example.org/mod", Link: "https://forum.example.org/mod", Priority: 1, At: testkit.Noon}

// TestHookIsSigned verifies a webhook as its receiver would, by the words of the standard.
func TestHookIsSigned(t *testing.T) {
	var got *http.Request
	var body []byte
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		got = r
		body, _ = io.ReadAll(r.Body)
	}))
	defer server.Close()
	h, secret := hook(t, server.URL+"/sms", true)
	if err := h.Send(t.Context(), "+4512345678", note); err != nil {
		t.Fatal(err)
	}
	id, sent := got.Header.Get("webhook-id"), got.Header.Get("webhook-timestamp")
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(id + "." + sent + "." + string(body)))
	want := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
	if signature := got.Header.Get("webhook-signature"); !hmac.Equal([]byte(signature), []byte(want)) {
		t.Errorf("the signature is %q, want %q", signature, want)
	}
	if id != note.Key || sent != "1795345200" {
		t.Errorf("id %q, sent %q", id, sent)
	}
	const says = `{"type":"message.send","timestamp":"2026-11-22T11:00:00Z","data":{"to":"+4512345678","text":"Du har en besked. https://forum.example.org/mod","priority":1}}`
	if string(body) != says {
		t.Errorf("it says %s", body)
	}
	for name := range got.Header {
		switch name {
		case "Accept-Encoding", "Content-Length", "Content-Type", "User-Agent", "Webhook-Id", "Webhook-Timestamp", "Webhook-Signature":
		default:
			t.Errorf("it has a header %s", name)
		}
	}
}

func TestHookFails(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("it was led elsewhere") }))
	defer elsewhere.Close()
	for status, want := range map[int]fault.Kind{
		http.StatusInternalServerError: fault.Unavailable, http.StatusTooManyRequests: fault.Unavailable,
		http.StatusBadRequest: fault.Invalid, http.StatusUnauthorized: fault.Invalid, http.StatusTemporaryRedirect: fault.Invalid,
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", elsewhere.URL)
			w.WriteHeader(status)
		}))
		h, _ := hook(t, server.URL, true)
		if err := h.Send(t.Context(), "+4512345678", note); !fault.Is(err, want) {
			t.Errorf("status %d: got %v, want %s", status, err, want)
		}
		server.Close()
	}
	silent := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // only then does the server see that nobody waits any more
		<-r.Context().Done()
	}))
	defer silent.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	h, _ := hook(t, silent.URL, true)
	err := h.Send(ctx, "+4512345678", note)
	if !fault.Is(err, fault.Unavailable) || strings.Contains(err.Error(), silent.URL) {
		t.Errorf("no answer: %v", err)
	}
}

// TestNothingGoesInside wants no request to a network that is not the open one, by whatever name.
func TestNothingGoesInside(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("it came inside") }))
	defer server.Close()
	_, port, _ := strings.Cut(strings.TrimPrefix(server.URL, "http://"), ":")
	for _, host := range []string{"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"} {
		h, _ := hook(t, "http://"+host+":"+port, false)
		if err := h.Send(t.Context(), "+4512345678", note); !fault.Is(err, fault.Unavailable) {
			t.Errorf("%s: %v", host, err)
		}
	}
	for address, want := range map[string]bool{
		"10.1.2.3": false, "192.168.0.1": false, "172.16.0.1": false, "169.254.169.254": false, "100.64.0.1": false, "fe80::1": false, "fd00::1": false,
		"64:ff9b::7f00:1": false, "2002:7f00:1::": false, "224.0.0.1": false, "255.255.255.255": false, "::": false, "::ffff:10.0.0.1": false,
		"9.9.9.9": true, "2620:fe::fe": true,
	} {
		if got := call.Public(address); got != want {
			t.Errorf("%s counts as public: %t", address, got)
		}
	}
}

// browser is one whose owner said yes. It decrypts what it gets, after RFC 8291.
type browser struct {
	key    *ecdh.PrivateKey
	secret []byte
	given  call.Browser
}

func newBrowser(t *testing.T, endpoint string) *browser {
	t.Helper()
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	secret := make([]byte, 16)
	_, _ = rand.Read(secret)
	encode := base64.RawURLEncoding.EncodeToString
	return &browser{key, secret, call.Browser{Endpoint: endpoint, P256dh: encode(key.PublicKey().Bytes()), Auth: encode(secret)}}
}

func (b *browser) open(t *testing.T, body []byte) []byte {
	t.Helper()
	salt, theirs := body[:16], body[21:21+int(body[20])]
	public, err := ecdh.P256().NewPublicKey(theirs)
	if err != nil {
		t.Fatal(err)
	}
	shared, err := b.key.ECDH(public)
	if err != nil {
		t.Fatal(err)
	}
	derive := func(secret, salt []byte, info string, n int) []byte {
		key, err := hkdf.Key(sha256.New, secret, salt, info, n)
		if err != nil {
			t.Fatal(err)
		}
		return key
	}
	ikm := derive(shared, b.secret, "WebPush: info\x00"+string(b.key.PublicKey().Bytes())+string(theirs), 32)
	block, err := aes.NewCipher(derive(ikm, salt, "Content-Encoding: aes128gcm\x00", 16))
	if err != nil {
		t.Fatal(err)
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := gcm.Open(nil, derive(ikm, salt, "Content-Encoding: nonce\x00", 12), body[21+int(body[20]):], nil)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.TrimRight(bytes.TrimRight(plain, "\x00"), "\x02")
}

func TestBrowserIsCalled(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		var got *http.Request
		var body []byte
		status := http.StatusCreated
		vendor := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			got = r
			body, _ = io.ReadAll(r.Body)
			w.WriteHeader(status)
		}))
		defer vendor.Close()
		pusher := call.NewPusher([32]byte{7}, "https://forum.example.org")
		pusher.Inside(vendor.Client())
		d := newDesk(t, db)
		d.calls.Gateways[call.Push] = pusher
		me, b := d.hire("Vagt"), newBrowser(t, vendor.URL+"/wpush/abc")
		for range 2 {
			if err := d.calls.AddBrowser(t.Context(), me, b.given); err != nil {
				t.Fatal(err)
			}
		}
		if n := db.Int(t, "SELECT COUNT(*) FROM call_way"); n != 1 {
			t.Errorf("the same browser stands there %d times", n)
		}
		ring := crisis.Call{Key: strings.Repeat("ab", 16), Account: me.Account, Way: "push", Level: "crisis"}
		if err := d.calls.Send(t.Context(), ring); err != nil {
			t.Fatal(err)
		}
		if got.Header.Get("Topic") != ring.Key || got.Header.Get("Urgency") != "high" || got.Header.Get("TTL") != "300" ||
			!strings.HasPrefix(got.Header.Get("Authorization"), "vapid t=") || got.Header.Get("Content-Encoding") != "aes128gcm" {
			t.Errorf("the headers are %v", got.Header)
		}
		if bytes.Contains(body, []byte("forum")) {
			t.Error("the vendor can read it")
		}
		var says map[string]string
		if err := json.Unmarshal(b.open(t, body), &says); err != nil {
			t.Fatal(err)
		}
		if says["url"] != "https://forum.example.org/mod" || says["tag"] != ring.Key || says["title"] == "" || len(says) != 4 {
			t.Errorf("it says %v", says)
		}
		status = http.StatusGone
		if err := d.calls.Send(t.Context(), ring); !fault.Is(err, fault.NotFound) {
			t.Errorf("a browser that is no more: %v", err)
		}
		if n := db.Int(t, "SELECT COUNT(*) FROM call_way"); n != 0 {
			t.Error("a browser that is no more is kept")
		}
	})
}

func TestBrowsersThatAreNone(t *testing.T) {
	d := newDesk(t, testkit.Open(t, "sqlite"))
	d.calls.Gateways[call.Push] = call.NewPusher([32]byte{7}, "https://forum.example.org")
	me := d.hire("Vagt")
	for name, change := range map[string]func(*call.Browser){
		"no TLS":             func(b *call.Browser) { b.Endpoint = "http://push.example.org/abc" },
		"a network inside":   func(b *call.Browser) { b.Endpoint = "https://169.254.169.254/latest" },
		"this machine":       func(b *call.Browser) { b.Endpoint = "https://localhost/abc" },
		"a name in it":       func(b *call.Browser) { b.Endpoint = "https://a:b@push.example.org/abc" },
		"no point":           func(b *call.Browser) { b.P256dh = b.Auth },
		"a short secret":     func(b *call.Browser) { b.Auth = "abcd" },
		"nothing":            func(b *call.Browser) { *b = call.Browser{} },
		"an endless address": func(b *call.Browser) { b.Endpoint += strings.Repeat("x", 2000) },
	} {
		b := newBrowser(t, "https://push.example.org/abc").given
		change(&b)
		if err := d.calls.AddBrowser(t.Context(), me, b); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for n := range 6 {
		err := d.calls.AddBrowser(t.Context(), me, newBrowser(t, "https://push.example.org/abc").given)
		if (err == nil) != (n < 5) {
			t.Errorf("browser %d: %v", n+1, err)
		}
	}
	if err := d.calls.AddBrowser(t.Context(), account.Actor{Account: me.Account, At: me.At}, newBrowser(t, "https://push.example.org/abc").given); !fault.Is(err, fault.NotFound) {
		t.Errorf("who works no cases: %v", err)
	}
}

// TestHookAnswers without a request being sent.
func TestHookAnswers(t *testing.T) {
	server := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("something was sent") }))
	defer server.Close()
	h, _ := hook(t, server.URL, true)
	if err := h.Answers(t.Context()); err == nil {
		t.Error("an unknown certificate was believed")
	}
	h.Trust(server.Certificate())
	if err := h.Answers(t.Context()); err != nil {
		t.Error(err)
	}
}
