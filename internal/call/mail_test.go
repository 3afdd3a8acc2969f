package call_test

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"samhold/internal/call"
	"samhold/internal/fault"
	"samhold/internal/testkit"
	"samhold/internal/testkit/mailbox"
)

func mailer(t *testing.T, address string) *call.Mailer {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	m, err := call.NewMailer(u, "besked@example.org")
	if err != nil {
		t.Fatal(err)
	}
	return m
}

var letter = call.Message{
	Key: "0f1e2d3c4b5a69788796a5b4c3d2e1f0", Subject: "Noget venter på dig", Body: "Prioritet 1\nhttps://forum.example.org/mod\n",
	Priority: 1, At: testkit.Noon,
}

func TestMailArrives(t *testing.T) {
	box := mailbox.Open(t, nil, false)
	if err := mailer(t, box.URL()).Send(t.Context(), "vagt@example.net", letter); err != nil {
		t.Fatal(err)
	}
	mails := box.Mails()
	if len(mails) != 1 {
		t.Fatalf("%d mails arrived, want one", len(mails))
	}
	m := mails[0]
	if m.From != "besked@example.org" || m.To != "vagt@example.net" {
		t.Errorf("from %s to %s", m.From, m.To)
	}
	if got := m.Header.Get("Message-Id"); got != "<"+letter.Key+"@example.org>" {
		t.Errorf("its id is %s, want the call's key", got)
	}
	for name := range m.Header {
		switch name {
		case "Date", "From", "To", "Subject", "Message-Id", "Mime-Version", "Content-Type", "Content-Transfer-Encoding",
			"Auto-Submitted", "Importance", "Priority", "X-Priority", "X-Msmail-Priority":
		default:
			t.Errorf("it has a header %s: %s", name, m.Header.Get(name))
		}
	}
	if !strings.HasPrefix(m.Header.Get("Content-Type"), "text/plain") {
		t.Errorf("it is %s", m.Header.Get("Content-Type"))
	}
}

func TestMailGoesOverTLS(t *testing.T) {
	web := httptest.NewTLSServer(nil) // for its certificate
	defer web.Close()
	certificate := &tls.Config{Certificates: web.TLS.Certificates, MinVersion: tls.VersionTLS12}
	for _, test := range []struct {
		name, scheme string
		implicit     bool
	}{{"from the first byte", "smtps", true}, {"after STARTTLS", "smtp", false}} {
		t.Run(test.name, func(t *testing.T) {
			box := mailbox.Open(t, certificate, test.implicit)
			address := test.scheme + "://post:hemmeligt-kodeord@" + box.Addr
			stranger := mailer(t, address)
			if err := stranger.Send(t.Context(), "vagt@example.net", letter); !fault.Is(err, fault.Unavailable) {
				t.Errorf("a certificate that nobody trusts: %v", err)
			}
			m := mailer(t, address)
			m.Trust(web.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs)
			if err := m.Send(t.Context(), "vagt@example.net", letter); err != nil {
				t.Fatal(err)
			}
			if got := box.Mails(); len(got) != 1 || got[0].User != "post" {
				t.Errorf("got %+v, want one mail of who signed in", got)
			}
		})
	}
}

// TestMailStaysHereWithoutTLS wants no mail, and no password, sent in the open to another machine.
func TestMailStaysHereWithoutTLS(t *testing.T) {
	box := mailbox.Open(t, nil, false)
	m := mailer(t, "smtp://post:hemmeligt-kodeord@mail.example.org")
	m.Reach(func(ctx context.Context) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "tcp", box.Addr)
	})
	if err := m.Send(t.Context(), "vagt@example.net", letter); !fault.Is(err, fault.Unavailable) {
		t.Errorf("got %v, want it refused", err)
	}
	if got := box.Mails(); len(got) != 0 {
		t.Errorf("%d mails went out in the open", len(got))
	}
}

func TestMailFails(t *testing.T) {
	for _, test := range []struct {
		name string
		code int
		want fault.Kind
	}{
		{"for good", 550, fault.Invalid},
		{"for now", 451, fault.Unavailable},
		{"without an answer", -1, fault.Unavailable},
	} {
		t.Run(test.name, func(t *testing.T) {
			box := mailbox.Open(t, nil, false)
			box.Fail(test.code)
			ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
			defer cancel()
			err := mailer(t, box.URL()).Send(ctx, "vagt@example.net", letter)
			if !fault.Is(err, test.want) {
				t.Errorf("got %v, want %s", err, test.want)
			}
			if err != nil && strings.Contains(err.Error(), "vagt@") {
				t.Errorf("the error shows the address: %v", err)
			}
		})
	}
	t.Run("nobody there", func(t *testing.T) {
		if err := mailer(t, "smtp://127.0.0.1:1").Send(t.Context(), "vagt@example.net", letter); !fault.Is(err, fault.Unavailable) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("a wrong password", func(t *testing.T) {
		box := mailbox.Open(t, nil, false)
		err := mailer(t, "smtp://post:forkert@"+box.Addr).Send(t.Context(), "vagt@example.net", letter)
		if !fault.Is(err, fault.Unavailable) || strings.Contains(err.Error(), "forkert") {
			t.Errorf("got %v", err)
		}
	})
}
