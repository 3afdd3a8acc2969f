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
	return call.New(call.Deps{
		Store: a.Store.Calls(), Tx: a.Store, Clock: c, Vault: s.Vault, Jobs: s.Queue, Limiter: s.Limiter, Audit: s.Audit, Texts: texts,
		Gateways: gateways, Link: a.Config.BaseURL.JoinPath("mod").String(),
	}), nil
}
