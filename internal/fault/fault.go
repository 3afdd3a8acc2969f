// Package fault holds the kinds of error that Samhold distinguishes. A fault carries a translation key that
// is safe to show to the person who asked; any error that is not a fault is internal: it is logged, and the
// person sees a calm page with a request id. It must never carry text that somebody wrote.
package fault

import (
	"errors"
	"fmt"
	"time"
)

// Kind says what went wrong in a way that the caller can act on.
type Kind int

// The kinds. Internal is the kind of every error that is not a fault.
const (
	Internal Kind = iota
	Invalid
	NotFound
	Forbidden
	Conflict
	Unauthenticated
	RateLimited
	Unavailable
)

var kindNames = [...]string{
	"internal", "invalid", "not_found", "forbidden", "conflict", "unauthenticated", "rate_limited", "unavailable",
}

// String returns the stable code of the kind, as used in logs.
func (k Kind) String() string {
	if k < 0 || int(k) >= len(kindNames) {
		return "internal"
	}
	return kindNames[k]
}

// Field is one thing that is wrong with one field of a form. Key is a translation key, Args its values; they
// must not repeat what was typed.
type Field struct {
	Name string
	Key  string
	Args map[string]any
}

// Error is a fault. Key is the translation key of a sentence for the person who asked.
type Error struct {
	Kind   Kind
	Key    string
	Fields []Field
	Wait   time.Duration // of a RateLimited fault: how long until another try counts
	cause  error
}

// New returns a fault of the given kind.
func New(kind Kind, key string) *Error { return &Error{Kind: kind, Key: key} }

// Wrap returns a fault that keeps cause for the log.
func Wrap(kind Kind, key string, cause error) *Error {
	return &Error{Kind: kind, Key: key, cause: cause}
}

// Missing is the answer for what does not exist and for what the person may not know exists.
func Missing() *Error { return New(NotFound, "fault.not_found") }

// Stale is the answer to a write that builds on a version that has changed since.
func Stale() *Error { return New(Conflict, "fault.stale") }

// TooMany is the answer to somebody who has tried too often: how long to wait.
func TooMany(wait time.Duration) *Error {
	return &Error{Kind: RateLimited, Key: "fault.too_many", Wait: wait}
}

// Error is for logs only; it is never shown.
func (e *Error) Error() string {
	if e.cause != nil {
		return fmt.Sprintf("%s: %s: %v", e.Kind, e.Key, e.cause)
	}
	return fmt.Sprintf("%s: %s", e.Kind, e.Key)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.cause }

// KindOf returns the kind of the outermost fault in err's chain, or Internal.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}

// KeyOf returns the translation key of the outermost fault in err's chain, or the one for what nobody foresaw.
func KeyOf(err error) string {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Key
	}
	return "fault.internal"
}

// Is reports whether err is a fault of the given kind.
func Is(err error, kind Kind) bool { return err != nil && KindOf(err) == kind }

// Check collects the faults of a form's fields.
type Check struct{ fields []Field }

// Require notes that the field is wrong unless ok.
func (c *Check) Require(ok bool, field, key string, args ...any) {
	if ok {
		return
	}
	c.Add(field, key, args...)
}

// Add notes that the field is wrong. Args are pairs of name and value for the translation.
func (c *Check) Add(field, key string, args ...any) {
	f := Field{Name: field, Key: key}
	for i := 0; i+1 < len(args); i += 2 {
		if f.Args == nil {
			f.Args = map[string]any{}
		}
		f.Args[fmt.Sprint(args[i])] = args[i+1]
	}
	c.fields = append(c.fields, f)
}

// AddError notes err under field when it is a fault; other errors are returned as they are.
func (c *Check) AddError(field string, err error) error {
	if err == nil {
		return nil
	}
	e, ok := errors.AsType[*Error](err)
	if !ok || e.Kind != Invalid {
		return err
	}
	if len(e.Fields) > 0 {
		f := e.Fields[0]
		f.Name = field
		c.fields = append(c.fields, f)
		return nil
	}
	c.Add(field, e.Key)
	return nil
}

// Err returns an Invalid fault with the fields found, or nil.
func (c *Check) Err() error {
	if len(c.fields) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Key: "fault.form", Fields: c.fields}
}
