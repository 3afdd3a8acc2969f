package account

import (
	"context"

	"samhold/internal/audit"
)

// The audited ways in of whoever has a role, and what they change about them; the codes say by what. Members' sign-ins
// are not audited: nobody may read when a member was here.
const (
	StaffEntered       audit.Action = "staff_entered"
	StaffProven        audit.Action = "staff_proven"
	StaffProofFailed   audit.Action = "staff_proof_failed"
	StaffAccessChanged audit.Action = "staff_access_changed"
)

const (
	byPassphrase = "passphrase"
	byPasskey    = "passkey"
	byApp        = "app"
	byCode       = "recovery"
	byLink       = "link"
	byCopy       = "passkey_copied"

	appRemoved     = "app_removed"
	passkeyRemoved = "passkey_removed"
	codesMade      = "codes"
)

// trace appends the event if the account has a role now. It joins the transaction of ctx, as its last step.
func (s *Service) trace(ctx context.Context, accountID string, action audit.Action, by string) error {
	now := s.clock.Now()
	return s.tx.InTx(ctx, func(ctx context.Context) error {
		staff, err := s.store.HoldsGrant(ctx, accountID, now)
		if err != nil || !staff {
			return err
		}
		return s.audit.Append(ctx, audit.Event{At: now, Actor: accountID, Action: action, ObjectKind: "access", Code: by})
	})
}
