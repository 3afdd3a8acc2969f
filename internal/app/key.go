package app

import (
	"context"
	"time"

	"samhold/internal/audit"
	"samhold/internal/vault"
)

// RotateKeys is vault.Rotate with a trace in the audit log.
func (a *App) RotateKeys(ctx context.Context, grace time.Duration, progress func(step string, done, total int)) (vault.Rotation, error) {
	mark := func(ctx context.Context, m vault.Moment) error {
		return a.Area.Audit.Append(ctx, audit.Event{
			At: a.clock.Now(), Action: audit.Action("keys_rotation_" + string(m)), ObjectKind: "keys",
		})
	}
	return a.Area.Vault.Rotate(ctx, grace, mark, progress)
}
