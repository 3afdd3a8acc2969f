package call

import (
	"context"
	"crypto/ecdh"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"

	"github.com/SherClockHolmes/webpush-go"

	"samhold/internal/account"
	"samhold/internal/fault"
)

// pushKept is how long the browser's vendor keeps a message for a device that is off: the ladder has gone on by then.
const pushKept = 300 // seconds

// Pusher sends to browsers by way of their vendors, who see that a device gets a message from here, and when. What it
// says is encrypted for the browser.
type Pusher struct {
	private, public string
	subject         string
	client          *http.Client
	inside          bool // tests only: the vendor may stand on this machine
}

// NewPusher returns the gateway. The key pair by which a vendor knows this installation comes of the seed, so it is the
// same in every process and after a restore. The subject is whom a vendor may write to: an https or a mail address.
func NewPusher(seed [32]byte, subject string) *Pusher {
	key, err := ecdh.P256().NewPrivateKey(seed[:])
	for err != nil { // one in 2^32 seeds is no key
		seed = sha256.Sum256(seed[:])
		key, err = ecdh.P256().NewPrivateKey(seed[:])
	}
	encode := base64.RawURLEncoding.EncodeToString
	return &Pusher{private: encode(key.Bytes()), public: encode(key.PublicKey().Bytes()), subject: subject, client: outward(false)}
}

// PublicKey is what a browser is told of this installation.
func (g *Pusher) PublicKey() string { return g.public }

// pushed is what the browser shows. Tag lets the same call stand there once.
type pushed struct {
	Title string `json:"title"`
	Body  string `json:"body"`
	Tag   string `json:"tag"`
	URL   string `json:"url"`
}

// Send implements Gateway.
func (g *Pusher) Send(ctx context.Context, address string, m Message) error {
	var to webpush.Subscription
	if err := json.Unmarshal([]byte(address), &to); err != nil {
		return fault.Wrap(fault.NotFound, "fault.not_found", errors.New("what the browser gave cannot be read"))
	}
	body, err := json.Marshal(pushed{Title: m.Subject, Body: m.Short, Tag: m.Key, URL: m.Link})
	if err != nil {
		return fmt.Errorf("write the message: %w", err)
	}
	response, err := webpush.SendNotificationWithContext(ctx, body, &to, &webpush.Options{
		HTTPClient: g.client, Subscriber: g.subject, VAPIDPublicKey: g.public, VAPIDPrivateKey: g.private,
		Topic: m.Key, TTL: pushKept, Urgency: webpush.UrgencyHigh,
	})
	if err != nil {
		return fault.Wrap(fault.Unavailable, "fault.unavailable", plain(err))
	}
	status := response.StatusCode
	_ = response.Body.Close() // nobody needs it
	switch {
	case status/100 == 2:
		return nil
	case status == http.StatusNotFound, status == http.StatusGone:
		return fault.Wrap(fault.NotFound, "fault.not_found", answered(status))
	case status == http.StatusTooManyRequests, status >= 500:
		return fault.Wrap(fault.Unavailable, "fault.unavailable", answered(status))
	}
	return fault.Wrap(fault.Invalid, "fault.unavailable", answered(status))
}

// subscription reads what a browser gave: a vendor's address on the open network, and the keys to encrypt with.
func (g *Pusher) subscription(endpoint, p256dh, auth string) (string, bool) {
	u, err := url.Parse(endpoint)
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || len(endpoint) > 1000 {
		return "", false
	}
	if a, err := netip.ParseAddr(u.Hostname()); !g.inside && (err == nil && !public(a) || u.Hostname() == "localhost") {
		return "", false
	}
	decode := base64.RawURLEncoding.DecodeString
	point, err := decode(p256dh)
	if err != nil {
		return "", false
	}
	if _, err := ecdh.P256().NewPublicKey(point); err != nil {
		return "", false
	}
	if secret, err := decode(auth); err != nil || len(secret) != 16 {
		return "", false
	}
	body, err := json.Marshal(webpush.Subscription{Endpoint: endpoint, Keys: webpush.Keys{P256dh: p256dh, Auth: auth}})
	return string(body), err == nil
}

// Browser is what a browser gives when its owner says yes.
type Browser struct{ Endpoint, P256dh, Auth string }

// AddBrowser lets the actor be called in the browser that they use now. What is no such address is Invalid; the same
// browser twice is no error.
func (s *Service) AddBrowser(ctx context.Context, actor account.Actor, b Browser) error {
	pusher, ok := s.Gateways[Push].(*Pusher)
	if !ok || !actor.Can(account.WorkCases) {
		return fault.Missing()
	}
	address, ok := pusher.subscription(b.Endpoint, b.P256dh, b.Auth)
	if !ok {
		return fault.New(fault.Invalid, "call.browser_wrong")
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		all, err := s.Store.Ways(ctx, actor.Account)
		if err != nil {
			return err
		}
		browsers := 0
		for _, w := range all {
			if w.Kind != Push {
				continue
			}
			browsers++
			if known, err := s.address(ctx, &w); err != nil || known == address {
				return err
			}
		}
		if browsers >= maxBrowsers {
			return fault.New(fault.Conflict, "call.browsers_full")
		}
		return s.add(ctx, actor, &Way{AccountID: actor.Account, Kind: Push, ConfirmedAt: &actor.At}, address, all)
	})
}

// PushKey is what a browser needs to be called from here; empty where no browser is called.
func (s *Service) PushKey() string {
	if pusher, ok := s.Gateways[Push].(*Pusher); ok {
		return pusher.PublicKey()
	}
	return ""
}
