// Package account is identity: issued sign-in names, credentials, sessions, consent, and the Actor that every
// call carries. Nothing in it is ever shown to another member.
package account

import "context"

// Identity is a signed-in person as the pages know them.
type Identity struct {
	Actor   Actor
	Name    string // the issued sign-in name, shown to its owner only
	Locale  string // da, en, or empty for the browser's
	Notices int    // unseen notices
}

// Service does everything with accounts.
type Service struct{}

// Identify returns who holds the session token, or an Unauthenticated fault when the session is unknown, ended
// or expired.
func (s *Service) Identify(ctx context.Context, token string) (Identity, error) {
	panic("not built yet")
}

// ExpiredOwner returns the account whose session with this token has expired within the last hour and was not
// ended by hand; NotFound otherwise. It is for keeping what the person was typing, and signs nobody in.
func (s *Service) ExpiredOwner(ctx context.Context, token string) (string, error) {
	panic("not built yet")
}

// SignOut ends the session with this token.
func (s *Service) SignOut(ctx context.Context, token string) error { panic("not built yet") }
