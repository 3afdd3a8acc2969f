package directory

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"log/slog"
	"regexp"
	"slices"
	"sync/atomic"
	"time"

	"github.com/goccy/go-yaml"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/clock"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/tx"
)

// Zone is the time in which hours are written.
const Zone = "Europe/Copenhagen"

// Notifier leaves a notice for an account.
type Notifier interface {
	Notify(ctx context.Context, accountID, kind, refID string) error
}

// Auditor writes what staff did into the log, inside the transaction.
type Auditor interface {
	Append(ctx context.Context, e audit.Event) error
}

// Deps are what changing lines stands on.
type Deps struct {
	Store  Store
	Tx     tx.Runner
	Clock  clock.Clock
	Audit  Auditor
	Notify Notifier
}

// Service gives the help lines, and lets staff change them. It is safe for concurrent use.
type Service struct {
	Deps
	zone    *time.Location
	shipped []Line
	lines   atomic.Pointer[[]Line]
	mark    atomic.Int64 // of the lines in memory
}

//go:embed lines.yaml
var shipped []byte

// shippedLine is a line as lines.yaml has it.
type shippedLine struct {
	Key        string   `yaml:"key"`
	Phone      string   `yaml:"phone"`
	Emergency  bool     `yaml:"emergency"`
	Need       string   `yaml:"need"`
	Categories []string `yaml:"categories"`
	Audiences  []string `yaml:"audiences"`
}

var keyForm = regexp.MustCompile(`^[a-z_]+$`)

// New returns a service of the shipped lines that nobody changes; an error names what is wrong with them.
func New() (*Service, error) { return Load(Deps{}) }

// Load returns the service with the shipped lines in memory; an error names what is wrong with them.
func Load(deps Deps) (*Service, error) {
	zone, err := time.LoadLocation(Zone)
	if err != nil {
		return nil, fmt.Errorf("time zone: %w", err)
	}
	var list []shippedLine
	if err := yaml.NewDecoder(bytes.NewReader(shipped), yaml.DisallowUnknownField()).Decode(&list); err != nil {
		return nil, fmt.Errorf("lines.yaml: %w", err)
	}
	s := &Service{Deps: deps, zone: zone}
	for _, l := range list {
		line := Line{Key: l.Key, Emergency: l.Emergency, zone: zone, Facts: Facts{
			Need: l.Need, Categories: l.Categories, Audiences: l.Audiences, Channels: []Channel{{Way: Call, Address: l.Phone}},
		}}
		if !keyForm.MatchString(l.Key) || len(line.Dial()) < 3 || !slices.Contains(Needs, l.Need) {
			return nil, fmt.Errorf("lines.yaml: line %q wants a key, a phone number and a need", l.Key)
		}
		s.shipped = append(s.shipped, line)
	}
	s.lines.Store(&s.shipped)
	return s, nil
}

// Lines returns every line that is shown, 112 first. It never asks the database.
func (s *Service) Lines() []Line { return slices.Clone(*s.lines.Load()) }

// Seed gives each shipped line its row, and writes nothing when all have theirs. Several processes may call it.
func (s *Service) Seed(ctx context.Context) error {
	entries, err := s.Store.HelpLines(ctx)
	if err != nil {
		return fmt.Errorf("seed help lines: %w", err)
	}
	met := map[string]bool{}
	for _, e := range entries {
		met[e.key()] = true
	}
	if !slices.ContainsFunc(s.shipped, func(l Line) bool { return !met[l.Key] }) {
		return nil
	}
	now := s.Clock.Now()
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		for i, l := range s.shipped {
			facts, err := json.Marshal(l.Facts)
			if err != nil {
				return fmt.Errorf("encode line: %w", err)
			}
			row := &Entry{
				ID: id.New(), LineKey: &l.Key, Position: i, Facts: string(facts), Version: 1, CreatedAt: now, UpdatedAt: now,
			}
			if err := s.Store.SeedLine(ctx, row); err != nil {
				return fmt.Errorf("seed help lines: %w", err)
			}
		}
		return nil
	})
}

// Refresh reads the lines again if they have changed since they were read.
func (s *Service) Refresh(ctx context.Context) error {
	mark, err := s.Store.LinesMark(ctx)
	if err != nil || mark == s.mark.Load() {
		return err
	}
	entries, err := s.Store.HelpLines(ctx)
	if err != nil {
		return err
	}
	lines, err := s.shown(entries)
	if err != nil {
		return err
	}
	s.lines.Store(&lines)
	s.mark.Store(mark)
	return nil
}

// shown are the lines that everybody sees. 112 is always among them.
func (s *Service) shown(entries []Entry) ([]Line, error) {
	var lines []Line
	met := map[string]bool{}
	for _, e := range entries {
		met[e.key()] = true
		if e.Facts == "" {
			continue // a new line that nobody has confirmed
		}
		l, err := s.line(e)
		if err != nil {
			return nil, err
		}
		if !l.Retired || l.Emergency {
			lines = append(lines, l)
		}
	}
	for _, l := range s.shipped {
		if !met[l.Key] {
			lines = append(lines, l)
		}
	}
	slices.SortStableFunc(lines, func(a, b Line) int {
		switch {
		case a.Emergency == b.Emergency:
			return 0
		case a.Emergency:
			return -1
		}
		return 1
	})
	return lines, nil
}

// line is an entry as everybody sees it.
func (s *Service) line(e Entry) (Line, error) {
	l := Line{ID: e.ID, Key: e.key(), zone: s.zone}
	if err := json.Unmarshal([]byte(e.Facts), &l.Facts); err != nil {
		return Line{}, fmt.Errorf("help line %s: %w", e.ID, err)
	}
	for _, known := range s.shipped {
		l.Emergency = l.Emergency || known.Key == l.Key && known.Emergency
	}
	if e.VerifiedOn != nil && e.ConfirmedAt != nil && e.ExpiresOn != nil {
		l.VerifiedOn, l.ExpiresOn = *e.VerifiedOn, *e.ExpiresOn
	}
	return l, nil
}

// refreshEvery is how soon a process learns of a change that another has made.
const refreshEvery = 5 * time.Second

// Watch keeps the copy in memory up to date until ctx is done. While the database is down the last copy stays.
func (s *Service) Watch(ctx context.Context, log *slog.Logger) {
	ticker := time.NewTicker(refreshEvery)
	defer ticker.Stop()
	for {
		if err := s.Refresh(ctx); err != nil && ctx.Err() == nil && !fault.Is(err, fault.Unavailable) {
			log.WarnContext(ctx, "help lines not read again", "err", err.Error())
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// may reports whether the actor may change help lines.
func may(a account.Actor) bool { return a.Can(account.EditLines) }
