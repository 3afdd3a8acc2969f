package view

import (
	"time"

	"samhold/internal/crisis"
	"samhold/internal/directory"
	"samhold/internal/message"
)

// TalkPage is a member's conversation with those on duty, before the member.
type TalkPage struct {
	Base
	Talk message.Talk
	Duty crisis.Duty
	Form Form
	Kept bool // what they wrote was kept when the session expired, and is not sent yet
	Now  time.Time
}

// Template implements Page.
func (*TalkPage) Template() string { return "talk/talk" }

// Thread is a conversation before somebody on duty, on its own page or on that of a case.
type Thread struct {
	File message.File
	Path string // where its forms go
	// Templates are the beginnings of messages that a form can start from, none without a case.
	Templates []string
	Form      Form
	Kept      bool // what they wrote is in the form and is not sent yet
}

// Writes reports whether the form for an answer is shown: to whoever has opened what there is to read.
func (t *Thread) Writes() bool { return t.File.Opened || t.File.Count == 0 || t.Kept }

// ThreadPage is a conversation without a case, before somebody on duty.
type ThreadPage struct {
	Base
	Thread *Thread
	Kept   bool
}

// Template implements Page.
func (*ThreadPage) Template() string { return "talk/thread" }

// PressPage is the button "Jeg har brug for hjælp nu" on a page of its own.
type PressPage struct {
	Base
	Emergency directory.Line
}

// Template implements Page.
func (*PressPage) Template() string { return "talk/press" }
