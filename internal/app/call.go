package app

import (
	"fmt"
	"net/url"

	"samhold/internal/call"
	"samhold/internal/clock"
	"samhold/internal/i18n"
)

// calls builds what carries calls out of the house, by the ways that the settings name. With none of them nobody is
// called but at the workbench.
func (a *App) calls(s Areas, c clock.Clock) (*call.Service, error) {
	texts, err := i18n.Load()
	if err != nil {
		return nil, fmt.Errorf("texts: %w", err)
	}
	gateways := map[call.Kind]call.Gateway{}
	if a.Config.SMTPURL != "" {
		server, err := url.Parse(a.Config.SMTPURL)
		if err != nil {
			return nil, fmt.Errorf("SAMHOLD_SMTP_URL: not an address")
		}
		if gateways[call.Mail], err = call.NewMailer(server, a.Config.SMTPFrom); err != nil {
			return nil, fmt.Errorf("SAMHOLD_SMTP_URL: %w", err)
		}
	}
	if hook := a.Config.Webhook; hook.URL != nil {
		gateways[call.Webhook] = call.NewHook(hook.URL, hook.Secret, hook.Private)
	}
	if a.demo {
		gateways[call.Mail] = call.Console{Log: a.log}
	} else {
		gateways[call.Push] = call.NewPusher(s.Vault.Derive("push"), a.pushSubject())
	}
	return call.New(call.Deps{
		Store: a.Store.Calls(), Tx: a.Store, Clock: c, Vault: s.Vault, Jobs: s.Queue, Limiter: s.Limiter, Audit: s.Audit, Texts: texts,
		Gateways: gateways, Link: a.Config.BaseURL.JoinPath("mod").String(),
	}), nil
}

// pushSubject is whom the vendor of a browser may write to when something goes wrong with what we send.
func (a *App) pushSubject() string {
	if a.Config.BaseURL.Scheme == "https" {
		return a.Config.BaseURL.String()
	}
	return "noreply@" + a.Config.BaseURL.Hostname() // this machine: browsers take it without https
}
