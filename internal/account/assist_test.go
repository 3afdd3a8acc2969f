package account_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/fault"
)

// helper is one of the team who may let members back in, as services meet them.
func (h *house) helper(role account.Role) account.Actor {
	h.t.Helper()
	a := h.member()
	h.must(h.Grant(h.t.Context(), a.ID, role, "", ""))
	token := h.signIn(a.Name)
	h.ProveAll(h.t)
	return h.actor(token)
}

func TestTwoLetAMemberBackIn(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		a, one, two := h.member(), h.helper(account.DutyLead), h.helper(account.Admin)
		h.must(h.EnrolAuthenticator(ctx, a.ID))
		old := h.signIn(a.Name)
		codes, err := h.NewCodes(ctx, h.actor(old), known)
		h.must(err)
		first, err := h.AskAssist(ctx, one, " "+strings.ToUpper(a.Name))
		h.must(err)
		use := func(code string) (string, error) {
			return h.Recover(ctx, account.Recovery{Name: a.Name, Code: code, Passphrase: another})
		}
		refused := func(what, code string) {
			t.Helper()
			if _, err := use(code); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: got %v", what, err)
			}
		}
		if who := h.identity(old); who.Notices != 1 {
			t.Errorf("the member is not told: %d notices", who.Notices)
		}
		refused("before the second person", first+"-"+first)
		open, err := h.OpenAssists(ctx, two)
		if err != nil || len(open) != 1 {
			t.Fatalf("open: %+v, %v", open, err)
		}
		if _, err := h.ConfirmAssist(ctx, one, open[0].ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("who asked confirms: %v", err)
		}
		second, err := h.ConfirmAssist(ctx, two, open[0].ID)
		h.must(err)
		if _, err := h.ConfirmAssist(ctx, two, open[0].ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("confirmed twice: %v", err)
		}
		for _, half := range []string{first, second} {
			if len(half) != 14 || h.dump(half) {
				t.Errorf("half %q stands in the database, or is no half", half)
			}
			refused("half the code twice", half+"-"+half)
		}
		refused("the halves the wrong way round", second+"-"+first)
		token, err := use(strings.ToLower(first + " " + second))
		h.must(err)
		refused("a second time", first+"-"+second)
		if _, err := h.Identify(ctx, old); !fault.Is(err, fault.Unauthenticated) {
			t.Errorf("the old session holds: %v", err)
		}
		actor := h.actor(token)
		if have, err := h.Factors(ctx, actor); err != nil || have.Any() {
			t.Errorf("an old factor is left: %+v, %v", have, err)
		}
		if left, err := h.CodesLeft(ctx, actor); err != nil || left != 0 {
			t.Errorf("%d old codes are left, %v", left, err)
		}
		refused("an old code", codes[0])
		notices, err := h.Notices(ctx, actor)
		if err != nil || !slices.ContainsFunc(notices, func(n account.Notice) bool { return n.Kind == account.NoticeAssisted }) {
			t.Errorf("notices %+v, %v", notices, err)
		}
		audited := h.rows("SELECT action, actor FROM audit_event WHERE object_kind = 'assist' ORDER BY seq")
		if len(audited) != 3 || !strings.Contains(audited[0], one.Account) || !strings.Contains(audited[1], two.Account) {
			t.Errorf("audited %q", audited)
		}
	})
}

func TestHelpRunsOut(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		a, one, two := h.member(), h.helper(account.DutyLead), h.helper(account.SafeguardingLead)
		begin := func() (first, assistID string) {
			t.Helper()
			first, err := h.AskAssist(ctx, one, a.Name)
			h.must(err)
			two.At = h.Clock.Now()
			open, err := h.OpenAssists(ctx, two)
			if err != nil || len(open) != 1 {
				t.Fatalf("open: %+v, %v", open, err)
			}
			return first, open[0].ID
		}
		refused := func(code string) {
			t.Helper()
			_, err := h.Recover(ctx, account.Recovery{Name: a.Name, Code: code, Passphrase: another})
			if !fault.Is(err, fault.Invalid) {
				t.Errorf("got %v", err)
			}
		}
		first, assistID := begin()
		second, err := h.ConfirmAssist(ctx, two, assistID)
		h.must(err)
		h.Clock.Advance(30 * time.Minute)
		refused(first + "-" + second)
		_, assistID = begin()
		h.Clock.Advance(24 * time.Hour)
		if _, err := h.ConfirmAssist(ctx, two, assistID); !fault.Is(err, fault.NotFound) {
			t.Errorf("confirmed after a day: %v", err)
		}
		// The member puts a stop to it by changing the passphrase.
		first, assistID = begin()
		second, err = h.ConfirmAssist(ctx, two, assistID)
		h.must(err)
		_, err = h.ChangePassphrase(ctx, h.actor(h.signIn(a.Name)), known, "en ny sætning til døren")
		h.must(err)
		refused(first + "-" + second)
	})
}

func TestWhoMayHelp(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		a, one := h.member(), h.helper(account.DutyLead)
		moderator := h.helper(account.Moderator)
		if _, err := h.AskAssist(ctx, moderator, a.Name); !fault.Is(err, fault.NotFound) {
			t.Errorf("a moderator asks: %v", err)
		}
		if _, err := h.OpenAssists(ctx, moderator); !fault.Is(err, fault.NotFound) {
			t.Errorf("a moderator looks: %v", err)
		}
		own := h.rows("SELECT name FROM account WHERE id = '" + one.Account + "'")
		for name, key := range map[string]string{strings.TrimSpace(own[0]): "assist.oneself", "stille-regn-1234": "assist.unknown"} {
			_, err := h.AskAssist(ctx, one, name)
			if f, ok := errors.AsType[*fault.Error](err); !ok || f.Kind != fault.Invalid || f.Fields[0].Key != key {
				t.Errorf("%s: got %v, want %s", name, err, key)
			}
		}
		for range 8 {
			_, _ = h.AskAssist(ctx, one, "stille-regn-1234")
		}
		if _, err := h.AskAssist(ctx, one, a.Name); !fault.Is(err, fault.RateLimited) {
			t.Errorf("names are tried without end: %v", err)
		}
		// Nobody confirms what is about themselves.
		two := h.helper(account.Admin)
		_, err := h.AskAssist(ctx, two, strings.TrimSpace(own[0]))
		h.must(err)
		open, err := h.OpenAssists(ctx, one)
		h.must(err)
		if _, err := h.ConfirmAssist(ctx, one, open[0].ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("one lets oneself in: %v", err)
		}
	})
}
