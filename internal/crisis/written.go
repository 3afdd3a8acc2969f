package crisis

import (
	"context"
	"fmt"
	"time"

	"samhold/internal/account"
	"samhold/internal/intake"
	"samhold/internal/triage"
)

// Written is what triage may know of a writer beside their words.
type Written struct {
	BirthYear int      // 0 where nobody knows
	Levels    []string // of what pointed to the writer lately
}

// Answered is a post of somebody else that is answered.
type Answered struct {
	Level string // as a person corrected it
	Text  string // as it stands now; title and body of a topic's first post
}

// WrittenIn is the time in which an account's signals count, without those of one post if it is given.
type WrittenIn struct {
	Account      string
	Since, Until time.Time
	Without      string
}

// How long an urgent text is remembered when the next one by the same writer is assessed, and when it is night.
const (
	remembered = 14 * day
	nightEnds  = 6 // o'clock, from midnight
)

// written gathers what triage may weigh beside the words, as of when they were written. A guest is nobody: only the hour is
// known. Of what pointed to the writer, the signals of the post that is named do not count.
func (s *Service) written(ctx context.Context, in intake.Submission, now time.Time, without string) (triage.Context, error) {
	found := triage.Context{Night: s.zone != nil && now.In(s.zone).Hour() < nightEnds}
	if in.Account == "" {
		return found, nil
	}
	w, err := s.store.Written(ctx, WrittenIn{Account: in.Account, Since: now.Add(-remembered), Until: now, Without: without})
	if err != nil {
		return found, fmt.Errorf("what is known of the writer: %w", err)
	}
	found.Minor = w.BirthYear > 0 && account.IsMinor(w.BirthYear, now)
	for _, level := range w.Levels {
		found.Earlier = append(found.Earlier, rank(level))
	}
	if in.ReplyTo == "" {
		return found, nil
	}
	answered, err := s.store.Answered(ctx, in.ReplyTo, in.Account)
	if err != nil {
		return found, fmt.Errorf("what it answers: %w", err)
	}
	found.ReplyTo, found.Answered = rank(answered.Level), answered.Text
	return found, nil
}
