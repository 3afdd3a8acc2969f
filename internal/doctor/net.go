package doctor

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/http"
	"net/smtp"
	"net/url"
	"strings"
	"time"

	"samhold/internal/call"
	"samhold/internal/web"
)

const patience = 10 * time.Second

// serving returns nil when a process answers on this machine.
func (e *examination) serving() error {
	host, port, err := net.SplitHostPort(e.config.Listen)
	if err != nil {
		return err
	}
	if ip := net.ParseIP(host); host == "" || ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	response, err := e.get("http://"+net.JoinHostPort(host, port)+"/readyz", nil)
	if err != nil {
		return errors.New("nobody answers on " + e.config.Listen)
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("it says that it is not ready (status %d)", response.StatusCode)
	}
	return nil
}

func (e *examination) get(address string, header http.Header) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(e.ctx, patience)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return nil, err
	}
	maps.Copy(request.Header, header)
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	return response, response.Body.Close()
}

// claimed is an address for documentation, which no visitor has.
const claimed = "192.0.2.77"

// web looks at the process on this machine, and then at the way that members come.
func (e *examination) web() {
	if err := e.serving(); err != nil {
		e.say("serving", Broken, err.Error(), "start samhold serve, and look at its log")
		return
	}
	e.say("serving", OK, "a process answers on "+e.config.Listen, "")
	header := http.Header{}
	header.Set("X-Forwarded-For", claimed)
	if e.app != nil {
		name, value := web.Probe(e.app.ProbeKey(), e.Clock.Now())
		header.Set(name, value)
	}
	response, err := e.get(e.config.BaseURL.JoinPath("healthz").String(), header)
	if err != nil {
		says, do := "cannot be reached from here: "+plain(err), "look at the proxy and at the name's address"
		if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
			says, do = "its certificate is not valid: "+plain(err), "look at the proxy; members see a warning and must not go on"
		}
		e.say("address", Broken, e.config.BaseURL.String()+" "+says, do)
		return
	}
	if response.StatusCode != http.StatusOK {
		e.say("address", Broken, fmt.Sprintf("%s answers with status %d", e.config.BaseURL, response.StatusCode), "look whether the proxy leads to "+e.config.Listen)
		return
	}
	e.certificate(response.TLS)
	if e.app != nil {
		e.proxy(web.Sees(response.Header.Get))
	}
}

// plain is the last part of an error of the network, without the address that stands before it.
func plain(err error) string {
	if u, ok := errors.AsType[*url.Error](err); ok {
		return u.Err.Error()
	}
	return err.Error()
}

func (e *examination) certificate(state *tls.ConnectionState) {
	var first *x509.Certificate
	if state != nil && len(state.PeerCertificates) > 0 {
		first = state.PeerCertificates[0]
	}
	switch {
	case first == nil:
		e.say("address", OK, e.config.BaseURL.String()+" answers, without TLS", "")
	case first.NotAfter.Sub(e.Clock.Now()) < 10*24*time.Hour:
		e.say("address", Attention, "the certificate ends on "+first.NotAfter.Format(time.DateOnly), "it should have been renewed: look at the proxy's log")
	default:
		e.say("address", OK, e.config.BaseURL.String()+" answers", "")
	}
}

// proxy looks whether the serving process learns the visitor's own address, which the limits need.
func (e *examination) proxy(sight web.Sight) {
	switch {
	case !sight.Answered:
		e.say("proxy", Broken, "another installation answers there, or one with another secret", "look where the proxy leads, and whether the settings here are those of the service")
	case sight.Client == claimed:
		e.say("proxy", Broken, "passes on whatever address a visitor claims, so limits can be evaded", "let it set X-Forwarded-For anew, or name it alone in SAMHOLD_TRUSTED_PROXIES")
	case !sight.Proxied && e.config.BaseURL.Scheme == "https":
		e.say("proxy", Broken, "is not trusted, so all visitors count as one and are slowed down together", "put "+sight.Client+" into SAMHOLD_TRUSTED_PROXIES")
	case sight.Proxied && !sight.Secure && e.config.BaseURL.Scheme == "https":
		e.say("proxy", Attention, "does not say that the visitor spoke TLS", "let it send X-Forwarded-Proto: https, and answer http with a redirect only")
	default:
		e.say("proxy", OK, "the visitor's own address arrives", "")
	}
}

// mail greets the mail server, and sends a mail only where one is asked for.
func (e *examination) mail() {
	if e.config.SMTPURL == "" {
		state, do := OK, ""
		if e.MailTo != "" {
			state, do = Broken, "set SAMHOLD_SMTP_URL"
		}
		e.say("mail", state, "no server is named: nobody is called by mail", do)
		return
	}
	u, err := url.Parse(e.config.SMTPURL)
	if err != nil {
		e.say("mail", Broken, "SAMHOLD_SMTP_URL cannot be read", "")
		return
	}
	says, err := e.greet(u)
	if err != nil {
		// The server's own words may repeat a name or an address that was given to it.
		e.say("mail", Broken, says, "look at SAMHOLD_SMTP_URL, at the firewall and at the mail server's log")
		return
	}
	if !strings.Contains(says, "TLS") {
		e.say("mail", Attention, says, "use smtps, or a server that offers STARTTLS")
		return
	}
	e.say("mail", OK, says, "")
}

// webhook looks whether whoever sends text messages answers. Nothing is sent.
func (e *examination) webhook() {
	to := e.config.Webhook
	if to.URL == nil {
		e.say("webhook", OK, "none is named: nobody is called by text message or pager", "")
		return
	}
	host := to.URL.Hostname()
	err := call.NewHook(to.URL, to.Secret, to.Private).Answers(e.ctx)
	switch {
	case errors.Is(err, call.ErrHTTP):
		e.say("webhook", Attention, host+" "+err.Error(), "use https, unless the whole network between is yours")
	case err != nil:
		e.say("webhook", Broken, host+": "+err.Error(), "look at SAMHOLD_CALL_WEBHOOK_URL and at the firewall; a service on your own network needs SAMHOLD_CALL_WEBHOOK_PRIVATE=yes")
	default:
		e.say("webhook", OK, host+" answers over TLS", "")
	}
}

// greet speaks to the server as far as asked, and says how far it came.
func (e *examination) greet(u *url.URL) (says string, err error) {
	host, port := u.Hostname(), u.Port()
	if port == "" {
		port = map[string]string{"smtp": "587", "smtps": "465"}[u.Scheme]
	}
	ctx, cancel := context.WithTimeout(e.ctx, patience)
	defer cancel()
	dialer := net.Dialer{}
	conn, err := dialer.DialContext(ctx, "tcp", net.JoinHostPort(host, port))
	if err != nil {
		return host + " does not answer", err
	}
	defer conn.Close()
	if end, ok := ctx.Deadline(); ok {
		if err := conn.SetDeadline(end); err != nil {
			return host + " does not answer", err
		}
	}
	safety := &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12}
	secure := u.Scheme == "smtps"
	if secure {
		conn = tls.Client(conn, safety)
	}
	client, err := smtp.NewClient(conn, host)
	if err != nil {
		return host + " gives no greeting of a mail server", err
	}
	defer client.Close()
	if err := client.Hello(e.config.BaseURL.Hostname()); err != nil {
		return host + " refuses the greeting", err
	}
	if offered, _ := client.Extension("STARTTLS"); offered && !secure {
		if err := client.StartTLS(safety); err != nil {
			return host + " offers TLS and then fails in it", err
		}
		secure = true
	}
	if u.User != nil {
		password, _ := u.User.Password()
		if err := client.Auth(smtp.PlainAuth("", u.User.Username(), password, host)); err != nil {
			return host + " refuses the name or the password", err
		}
	}
	if e.MailTo != "" {
		if err := send(client, e.config.SMTPFrom, e.MailTo); err != nil {
			return host + " refuses to send the mail", err
		}
	}
	_ = client.Quit() // it has done what was asked
	if !secure {
		return host + " answers, without encryption", nil
	}
	return host + " answers over TLS", nil
}

// send sends a mail that says nothing of what Samhold is.
func send(client *smtp.Client, from, to string) error {
	if err := client.Mail(from); err != nil {
		return err
	}
	if err := client.Rcpt(to); err != nil { // it refuses line ends
		return err
	}
	w, err := client.Data()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "From: <%s>\r\nTo: <%s>\r\nSubject: Test\r\n\r\nThe mail server works.\r\n", from, to)
	return errors.Join(err, w.Close())
}
