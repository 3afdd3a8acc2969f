package view

import (
	"strings"
	"time"

	"samhold/internal/crisis"
)

// BoardPage is the live board: no word that anybody wrote.
type BoardPage struct {
	Base
	Nav   DeskNav
	Board crisis.Board
	Now   time.Time
}

// Template implements Page.
func (*BoardPage) Template() string { return "moderation/board" }

// Owner is what staff call who has the case now, empty for nobody.
func (p *BoardPage) Owner(row crisis.BoardRow) string {
	if row.Owner(p.Now) == "" {
		return ""
	}
	return row.OwnerName
}

// Waiting are the ids of the cases that wait, for whoever wants to hear of a new one.
func (p *BoardPage) Waiting() string {
	var ids []string
	for _, r := range p.Board.Rows {
		if r.State.Waits() {
			ids = append(ids, r.ID)
		}
	}
	return strings.Join(ids, " ")
}

// KeysPage is what the keyboard does at the workbench.
type KeysPage struct {
	Base
	Nav DeskNav
}

// Template implements Page.
func (*KeysPage) Template() string { return "moderation/keys" }

// Keys are the shortcuts; their words are keys.do_KEY.
func (*KeysPage) Keys() []string { return []string{"j", "k", "v", "b", "o", "n", "t"} }
