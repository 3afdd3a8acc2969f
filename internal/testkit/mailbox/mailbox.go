// Package mailbox is a mail server for tests, on this machine. It keeps what it is given, and can be told to fail. It
// must never be imported by the product.
package mailbox

import (
	"bytes"
	"crypto/tls"
	"io"
	"net"
	"net/mail"
	"sync"
	"testing"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// Mail is one that arrived.
type Mail struct {
	From   string
	To     string
	User   string // who signed in, or empty
	Header mail.Header
	Raw    string // header and body as they came
}

// Box is a mail server.
type Box struct {
	Addr string // host and port

	mu      sync.Mutex
	mails   []Mail
	refusal error
	hangs   chan struct{}
}

// Open starts a server that ends with the test. With a certificate it offers STARTTLS; implicit speaks TLS from the
// first byte. Whoever signs in must have the password "hemmeligt-kodeord".
func Open(t testing.TB, certificate *tls.Config, implicit bool) *Box {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	b := &Box{Addr: l.Addr().String(), hangs: make(chan struct{})}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &session{box: b}, nil }))
	server.Domain, server.AllowInsecureAuth = "localhost", true
	server.ErrorLog = silent{}
	if certificate != nil && implicit {
		l = tls.NewListener(l, certificate)
	} else {
		server.TLSConfig = certificate
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = server.Serve(l) // it ends when the test does
	}()
	t.Cleanup(func() {
		close(b.hangs)
		_ = server.Close()
		<-ended
	})
	return b
}

// URL is how Samhold is told of the server.
func (b *Box) URL() string { return "smtp://" + b.Addr }

// Fail lets the server answer each mail with the code, 0 for none, and -1 for never answering at all.
func (b *Box) Fail(code int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.refusal = nil
	if code != 0 {
		b.refusal = &smtp.SMTPError{Code: code, Message: "nej tak"}
	}
}

// Mails are those that arrived so far.
func (b *Box) Mails() []Mail {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]Mail(nil), b.mails...)
}

// refuses is the server's answer, after a long wait if it never answers.
func (b *Box) refuses() error {
	b.mu.Lock()
	refusal := b.refusal
	b.mu.Unlock()
	if e, ok := refusal.(*smtp.SMTPError); ok && e.Code < 0 { //nolint:errorlint // it is ours, unwrapped
		<-b.hangs
	}
	return refusal
}

type session struct {
	box  *Box
	mail Mail
}

// AuthMechanisms implements smtp.AuthSession.
func (s *session) AuthMechanisms() []string { return []string{sasl.Plain} }

// Auth implements smtp.AuthSession.
func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if password != "hemmeligt-kodeord" {
			return smtp.ErrAuthFailed
		}
		s.mail.User = user
		return nil
	}), nil
}

// Mail implements smtp.Session.
func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.mail.From = from
	return nil
}

// Rcpt implements smtp.Session.
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.mail.To = to
	return s.box.refuses()
}

// Data implements smtp.Session.
func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	parsed, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	s.mail.Header, s.mail.Raw = parsed.Header, string(raw)
	s.box.mu.Lock()
	defer s.box.mu.Unlock()
	s.box.mails = append(s.box.mails, s.mail)
	return nil
}

// Reset implements smtp.Session.
func (s *session) Reset() {}

// Logout implements smtp.Session.
func (s *session) Logout() error { return nil }

type silent struct{}

// Printf implements smtp.Logger.
func (silent) Printf(string, ...any) {}

// Println implements smtp.Logger.
func (silent) Println(...any) {}
