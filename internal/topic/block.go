package topic

import (
	"context"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/markup"
	"samhold/internal/space"
)

// Blocked is an alias whose posts somebody has chosen not to see, in the one space where the alias is. Only they may
// know of it.
type Blocked struct {
	SpaceID   string
	SpaceName string
	Alias     string
}

// MayBlock reports whether the actor may choose not to see what the author of a post writes. Staff's posts carry what
// everybody must be able to read, and staff must read everybody.
func MayBlock(a account.Actor, w *Written) bool {
	return !w.Mine && w.Standing.Inside() && !Staffed(a, w.Space.ID) &&
		w.Post.MembershipID != nil && w.Post.ShownRole == space.RoleMember && w.Post.Visibility == Visible
}

// Blockable returns a post whose author the actor may block, or NotFound.
func (s *Service) Blockable(ctx context.Context, a account.Actor, postID string) (Written, error) {
	w, err := s.Store.Written(ctx, a, postID)
	if err == nil && !MayBlock(a, &w) {
		err = fault.Missing()
	}
	return w, err
}

// Block says, or no longer says, that the actor does not want to see what the post's author writes in its space. The
// author is not told, and nobody else sees a difference. Said twice it is said once.
func (s *Service) Block(ctx context.Context, a account.Actor, postID string, on bool) error {
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		w, err := s.Blockable(ctx, a, postID)
		if err != nil {
			return err
		}
		return s.Store.SetBlock(ctx, w.Standing.Membership, *w.Post.MembershipID, on, s.Clock.Now())
	})
}

// Blocks returns whom the actor has blocked in the spaces that they are in, by space and alias.
func (s *Service) Blocks(ctx context.Context, a account.Actor) ([]Blocked, error) {
	return s.Store.Blocks(ctx, a)
}

// Unblock lets the actor see again what the alias writes. An alias that they have not blocked is no error: the answer
// tells nothing of who is there.
func (s *Service) Unblock(ctx context.Context, a account.Actor, spaceID, alias string) error {
	if _, err := markup.Clean(spaceID + alias); err != nil {
		return fault.Missing() // no database could keep it, so nobody has it
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error { return s.Store.DropBlock(ctx, a, spaceID, alias) })
}
