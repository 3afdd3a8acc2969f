package message

import (
	"context"
	"fmt"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/fault"
)

// Door is how somebody on duty comes to a conversation: by the case of its member, or by the thread itself.
type Door struct {
	Case   string
	Thread string
}

func scopeOf(actor account.Actor) Scope {
	everywhere, spaces := actor.Reach(account.WorkCases)
	return Scope{Everywhere: everywhere, Spaces: spaces, Account: actor.Account}
}

// Waiting returns the conversations in which a message waits for the actor's answer: no text.
func (s *Service) Waiting(ctx context.Context, actor account.Actor) ([]Row, error) {
	if !actor.Can(account.WorkCases) {
		return nil, fault.Missing()
	}
	return s.Store.Waiting(ctx, scopeOf(actor))
}

// File is a conversation before somebody on duty. Lines is nil until they open it.
type File struct {
	Thread string // empty while nothing has been written
	Case   string // the open or closed case by which they came, or the member's open one if they may work it
	Alias  string // the member's in the space; empty without one, and until it is opened
	Space  string // whose staff the next message is from, by name; empty: everybody's, and until it is opened
	Count  int
	Waits  int // messages that wait for an answer
	Lines  []Line
	Opened bool
	room   string // the space's id
	member string
}

// File returns the conversation without its texts and without saying whose it is; NotFound beyond the actor's scope. A
// case has one also when nothing has been written.
func (s *Service) File(ctx context.Context, actor account.Actor, d Door) (*File, error) {
	if !actor.Can(account.WorkCases) {
		return nil, fault.Missing()
	}
	f := &File{Case: d.Case}
	thread, err := s.enter(ctx, actor, d, f)
	if err != nil {
		return nil, err
	}
	var found []Message
	if thread != nil {
		f.Thread = thread.ID
		if found, err = s.Store.Messages(ctx, scopeOf(actor), thread.ID, shown); err != nil {
			return nil, err
		}
	}
	f.Count = len(found)
	for _, m := range found {
		if m.StaffID == nil {
			f.room = deref(m.SpaceID) // whom they wrote to last answers
			if m.SettledAt == nil {
				f.Waits++
			}
		}
	}
	return f, nil
}

// Whose returns whose conversation it is, and the space in which the actor has it, empty for everybody's; NotFound beyond
// the actor's scope. It is for the areas that agree on something with the same person, and no page shows it.
func (s *Service) Whose(ctx context.Context, actor account.Actor, d Door) (accountID, spaceID string, err error) {
	f, err := s.File(ctx, actor, d)
	if err != nil {
		return "", "", err
	}
	return f.member, f.room, nil
}

// enter finds whose conversation it is, and the thread if there is one.
func (s *Service) enter(ctx context.Context, actor account.Actor, d Door, f *File) (thread *Thread, err error) {
	if d.Case == "" {
		if thread, err = s.Store.Thread(ctx, scopeOf(actor), d.Thread); err != nil {
			return nil, err
		}
		f.member = thread.AccountID
		f.Case, err = s.Desk.OpenFor(ctx, actor, f.member)
		return thread, err
	}
	if f.member, f.room, err = s.Desk.Subject(ctx, actor, d.Case); err != nil {
		return nil, err
	}
	thread, err = s.Store.ThreadOf(ctx, f.member)
	if fault.Is(err, fault.NotFound) {
		return nil, nil //nolint:nilnil // nothing has been written
	}
	return thread, err
}

// Open opens the conversation; that is audited, and the member sees that a human has opened what they wrote.
func (s *Service) Open(ctx context.Context, actor account.Actor, d Door) (*File, error) {
	f, err := s.File(ctx, actor, d)
	if err != nil {
		return nil, err
	}
	f.Opened = true
	if f.Thread == "" {
		return f, nil
	}
	if f.room != "" {
		if f.Alias, f.Space, err = s.Store.Alias(ctx, f.member, f.room); err != nil {
			return nil, err
		}
	}
	return f, s.Tx.InTx(ctx, func(ctx context.Context) error {
		// While the thread is locked nothing comes that would count as opened without being shown.
		thread, err := s.Store.LockThread(ctx, f.Thread)
		if err != nil {
			return err
		}
		found, err := s.Store.Messages(ctx, scopeOf(actor), thread.ID, shown)
		if err != nil {
			return err
		}
		if f.Lines, err = s.open(ctx, found); err != nil {
			return err
		}
		for i, l := range f.Lines {
			f.Lines[i].New = !l.Staffs() && l.OpenedAt == nil
		}
		if err := s.Store.MarkOpened(ctx, scopeOf(actor), thread.ID, actor.At); err != nil {
			return err
		}
		if err := s.calm(ctx, thread); err != nil {
			return err
		}
		if f.Case != "" {
			return s.Desk.ThreadOpened(ctx, actor, f.Case)
		}
		return s.record(ctx, actor, f, "thread_opened")
	})
}

// calm sets when somebody is told next, once nothing waits unopened: in a day when what was opened is not answered, and
// never when nothing is owed.
func (s *Service) calm(ctx context.Context, thread *Thread) error {
	_, _, err := s.Store.Unopened(ctx, thread.ID)
	if !fault.Is(err, fault.NotFound) {
		return err
	}
	thread.RemindAt = nil
	_, err = s.Store.Unanswered(ctx, thread.ID)
	switch {
	case err == nil:
		thread.RemindAt = new(s.Clock.Now().Add(answerReminder))
	case !fault.Is(err, fault.NotFound):
		return err
	}
	return s.Store.Remind(ctx, thread)
}

// Answer saves what somebody on duty writes to the member, and leaves the member a notice. In an open case it is the
// human contact; while a colleague has that case in their hands it is refused with Conflict. What the member wrote and
// somebody has opened counts as answered.
func (s *Service) Answer(ctx context.Context, actor account.Actor, d Door, n Text) error {
	if err := n.clean(); err != nil {
		return err
	}
	f, err := s.File(ctx, actor, d)
	if err != nil {
		return err
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		// The conversation is locked before its case, as when the member writes.
		thread, err := s.ensure(ctx, f.member)
		if err != nil {
			return err
		}
		m := &Message{
			ThreadID: thread.ID, AccountID: f.member, SpaceID: optional(f.room), StaffID: &actor.Account, CreatedAt: actor.At,
		}
		again, err := s.save(ctx, m, n)
		if err != nil || again {
			return err
		}
		if _, err := s.Store.Settle(ctx, scopeOf(actor), thread.ID, actor.At); err != nil {
			return err
		}
		if err := s.calm(ctx, thread); err != nil {
			return err
		}
		if err := s.Notifier.Notify(ctx, f.member, NoticeAnswer, ""); err != nil {
			return err
		}
		// The open case counts, also for whoever came by one that is closed, or before there was any.
		open, err := s.Desk.OpenFor(ctx, actor, f.member)
		if err != nil {
			return err
		}
		if open != "" {
			if err := s.Desk.Reached(ctx, actor, open); err != nil {
				return err
			}
		}
		f.Thread = thread.ID
		return s.record(ctx, actor, f, "thread_answered")
	})
}

// Settle says that what waits has been read and needs no answer. What nobody has opened goes on waiting.
func (s *Service) Settle(ctx context.Context, actor account.Actor, d Door) error {
	f, err := s.File(ctx, actor, d)
	if err != nil || f.Thread == "" {
		return err
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		thread, err := s.Store.LockThread(ctx, f.Thread)
		if err != nil {
			return err
		}
		settled, err := s.Store.Settle(ctx, scopeOf(actor), f.Thread, actor.At)
		if err != nil || settled == 0 {
			return err
		}
		if err := s.calm(ctx, thread); err != nil {
			return err
		}
		return s.record(ctx, actor, f, "thread_settled")
	})
}

func (s *Service) record(ctx context.Context, actor account.Actor, f *File, action audit.Action) error {
	err := s.Audit.Append(ctx, audit.Event{
		At: actor.At, Actor: actor.Account, Action: action, ObjectKind: "thread", ObjectID: f.Thread, SpaceID: f.room,
	})
	if err != nil {
		return fmt.Errorf("record: %w", err)
	}
	return nil
}
