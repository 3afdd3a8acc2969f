package call

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail"

	"samhold/internal/fault"
)

// Mailer sends by a mail server. smtps speaks TLS from the first byte; smtp must go over to it, but on this machine.
type Mailer struct {
	host    string
	port    int
	from    string
	domain  string
	options []mail.Option
	safety  *tls.Config
	smtps   bool
	reach   func(ctx context.Context, network, address string) (net.Conn, error)
}

// NewMailer returns the gateway of SAMHOLD_SMTP_URL, which config has checked.
func NewMailer(server *url.URL, from string) (*Mailer, error) {
	g := &Mailer{host: server.Hostname(), port: 587, from: from, smtps: server.Scheme == "smtps", reach: (&net.Dialer{}).DialContext}
	_, g.domain, _ = strings.Cut(from, "@")
	g.safety = &tls.Config{ServerName: g.host, MinVersion: tls.VersionTLS12}
	if g.smtps {
		g.port = 465
	}
	if p := server.Port(); p != "" {
		var err error
		if g.port, err = strconv.Atoi(p); err != nil {
			return nil, fmt.Errorf("port of the mail server: %w", err)
		}
	}
	policy := mail.TLSMandatory
	switch {
	case g.smtps:
		policy = mail.NoTLS // there is TLS already
	case here(g.host):
		policy = mail.TLSOpportunistic
	}
	g.options = []mail.Option{
		mail.WithPort(g.port), mail.WithTimeout(sendTakes), mail.WithHELO(g.domain), mail.WithoutNoop(),
		mail.WithTLSConfig(g.safety), mail.WithTLSPolicy(policy),
	}
	if server.User != nil {
		password, _ := server.User.Password()
		// Plain and login are refused by the library where nothing encrypts them.
		g.options = append(g.options, mail.WithUsername(server.User.Username()), mail.WithPassword(password),
			mail.WithOpportunisticSMTPAuth(mail.SMTPAuthSCRAMSHA256, mail.SMTPAuthPlain, mail.SMTPAuthLogin))
	}
	_, err := mail.NewClient(g.host, g.options...)
	return g, err
}

// here reports whether a host is this machine.
func here(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Send implements Gateway. A server that neither answers nor refuses is left when ctx ends.
func (g *Mailer) Send(ctx context.Context, address string, m Message) error {
	msg, err := g.compose(address, m)
	if err != nil {
		return fault.Wrap(fault.Invalid, "fault.form", err)
	}
	// The library moves its own deadlines on with every command, and leaves connections open that fail early. Here ctx
	// ends the wait, and returning closes.
	ctx, done := context.WithCancel(ctx)
	defer done()
	client, err := mail.NewClient(g.host, append(g.options, mail.WithDialContextFunc(
		func(dialling context.Context, network, address string) (net.Conn, error) {
			conn, err := g.dial(dialling, network, address)
			if err == nil {
				context.AfterFunc(ctx, func() { _ = conn.Close() })
			}
			return conn, err
		}))...)
	if err != nil {
		return fmt.Errorf("speak to the mail server: %w", err)
	}
	session, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return fault.Wrap(fault.Unavailable, "fault.unavailable", quiet(err))
	}
	err = client.SendWithSMTPClient(session, msg)
	if msg.IsDelivered() {
		_ = session.Quit() // the server has the mail, whatever it says to the farewell
		return nil
	}
	if refused, ok := errors.AsType[*mail.SendError](err); ok && !refused.IsTemp() && refused.ErrorCode() >= 500 {
		return fault.Wrap(fault.Invalid, "fault.unavailable", quiet(err))
	}
	return fault.Wrap(fault.Unavailable, "fault.unavailable", quiet(err))
}

// quiet keeps the server's words, which may repeat an address, out of every log.
func quiet(err error) error {
	if refused, ok := errors.AsType[*mail.SendError](err); ok {
		return fmt.Errorf("the mail server answered %d", refused.ErrorCode())
	}
	return errors.New("the mail server cannot be spoken to")
}

func (g *Mailer) dial(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := g.reach(ctx, network, address)
	if err != nil || !g.smtps {
		return conn, err
	}
	secure := tls.Client(conn, g.safety)
	if err := secure.HandshakeContext(ctx); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return secure, nil
}

// compose writes the mail: plain text, nothing that is fetched from elsewhere, and no word of who sends it with what.
func (g *Mailer) compose(address string, m Message) (*mail.Msg, error) {
	msg := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if err := errors.Join(msg.From(g.from), msg.To(address)); err != nil {
		return nil, errors.New("an address that mail does not know")
	}
	msg.Subject(m.Subject)
	msg.SetDateWithValue(m.At.UTC().Truncate(time.Second))
	msg.SetMessageIDWithValue(m.Key + "@" + g.domain)
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	if m.Priority == 1 {
		msg.SetImportance(mail.ImportanceUrgent)
	}
	msg.SetBodyString(mail.TypeTextPlain, m.Body)
	return msg, nil
}
