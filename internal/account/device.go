package account

import (
	"context"
	"crypto/rand"
	"time"

	"samhold/internal/limit"
)

// How somebody is slowed down who fails to sign in. Delays grow with the failures of one name from one address, so that
// whoever guesses at a name from elsewhere takes nothing from its owner. Guesses from very many addresses slow one name
// down a little for browsers that have never been signed in to it; a known device, a recovery code and a passkey are
// never held up by what others do.
var (
	signInBrake    = limit.Brake{Kind: "signin_pair", Free: 10, First: 5 * time.Second, Most: 15 * time.Minute}
	signInByName   = limit.Brake{Kind: "signin_name", Free: 100, First: 30 * time.Second, Most: 30 * time.Second}
	signInByDevice = limit.Brake{Kind: "signin_device", Free: 10, First: 5 * time.Second, Most: 15 * time.Minute}
	recoverBrake   = limit.Brake{Kind: "recover_pair", Free: 10, First: 5 * time.Second, Most: 15 * time.Minute}
)

// KnownDevice is how long a device is known after its owner signed in there.
const KnownDevice = 180 * 24 * time.Hour

// device is a browser on which the owner of a name has signed in and said that it is theirs alone. It lives in that
// browser, sealed, and nothing about it is kept here.
type device struct {
	ID    string
	Until time.Time
}

func (s *Service) newDevice(name string) (string, error) {
	return s.sealSlip("device", name, device{ID: rand.Text(), Until: s.clock.Now().Add(KnownDevice)})
}

// knownDevice returns which known device of this name the slip is of, or nothing.
func (s *Service) knownDevice(name, slip string) string {
	var d device
	if !s.openSlip("device", name, slip, &d) || s.clock.Now().After(d.Until) {
		return ""
	}
	return d.ID
}

// braked is a brake with whom it slows down.
type braked struct {
	brake limit.Brake
	who   string
}

// admit counts a try to sign in, and returns the brakes to release if it is a good one.
func (s *Service) admit(ctx context.Context, name, address, deviceSlip string) ([]braked, error) {
	brakes := []braked{{signInBrake, name + "\x00" + address}, {signInByName, name}}
	if known := s.knownDevice(name, deviceSlip); known != "" {
		brakes = []braked{{signInByDevice, known}}
	}
	return brakes, s.slow(ctx, brakes)
}

func (s *Service) slow(ctx context.Context, brakes []braked) error {
	for _, b := range brakes {
		if err := s.limiter.Brake(ctx, b.brake, b.who); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) release(ctx context.Context, brakes []braked) error {
	for _, b := range brakes {
		if err := s.limiter.Release(ctx, b.brake, b.who); err != nil {
			return err
		}
	}
	return nil
}
