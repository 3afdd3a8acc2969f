package vault

import (
	"slices"

	"samhold/internal/seal"
)

// Whose says under whose key a text is sealed.
type Whose int

// The owners of texts.
const (
	// TheAccounts are the row's account's own: nobody can read them once the account is erased.
	TheAccounts Whose = iota + 1
	// TheHouses belong to the forum: what guests say, and what staff and members say about somebody else, which
	// must be readable for as long as its row stands.
	TheHouses
	// ThePersons are the own of the person whom the row's case is about, or the house's when that is a guest. If
	// the account is erased while the row is still needed, it is left to the house.
	ThePersons
)

// Text is a sealed text of a table: columns that are sealed together, under the key that column key_id names.
type Text struct {
	Table   string
	Columns []string
	Row     string // the column that names the row
	Version string // the column that counts how often the row was sealed; empty where it is sealed once
	Whose   Whose
	Why     string // in a few words, for people
}

// Texts are all sealed columns of the schema. A column with a key id that is not here fails the tests, and nothing
// can be sealed for it.
var Texts = []Text{
	{"draft", []string{"sealed"}, "id", "", TheAccounts, "what somebody was writing when their session expired"},
	{"search_result", []string{"sealed"}, "id", "", TheAccounts, "what somebody searched for, and what was found"},
	{
		"safety_plan",
		[]string{"signs_sealed", "helps_sealed", "people_sealed", "places_sealed", "lines_sealed", "safe_sealed"},
		"id", "version", TheAccounts, "a member's own safety plan",
	},
	{"authenticator", []string{"secret_sealed"}, "id", "", TheAccounts, "what an app on a telephone makes its six digits from"},
	{"message", []string{"body_sealed"}, "id", "", TheAccounts, "what a member and those on duty write to one another"},
	{"check_in", []string{"note_sealed"}, "id", "", TheAccounts, "what somebody on duty and a member agreed for a time"},
	{"support_revision", []string{"body_sealed"}, "id", "", TheAccounts, "what a member and those on duty agree on for the next time"},
	{"passkey", []string{"name_sealed"}, "id", "", TheAccounts, "what somebody calls their passkey"},
	{"call_way", []string{"address_sealed"}, "id", "", TheAccounts, "where somebody of the team can be called"},
	{
		"case_contact",
		[]string{"name_sealed", "phone_sealed", "address_sealed"},
		"case_id", "version", ThePersons, "what the person gave of their own will so that somebody can be sent",
	},
	{"case_event", []string{"note_sealed"}, "id", "", TheHouses, "notes of staff, which belong to the record of the case"},
	{"trusted_contact", []string{"name_sealed", "phone_sealed", "relation_sealed"}, "account_id", "version", TheAccounts, "whom the team may call for somebody in a crisis, left in advance"},
	{"case_review", []string{"seen_sealed", "late_sealed", "changed_sealed"}, "id", "", TheHouses, "a look back at a crisis, which belongs to the record of the case"},
	{"case_tick", []string{"note_sealed"}, "id", "", TheHouses, "a few words to a step that is done in a case"},
	{"referral", []string{"sending_sealed"}, "id", "", TheHouses, "who told a municipality about a child, which belongs to the record of the case"},
	{"referral_revision", []string{"body_sealed"}, "id", "", TheHouses, "what staff tell a municipality about a child, which belongs to the record of the case"},
	{"emergency_call", []string{"told_sealed", "reference_sealed"}, "id", "", TheHouses, "what was passed on to 112 or 114, which belongs to the record of the case"},
	{"staff_file", []string{"name_sealed"}, "account_id", "", TheHouses, "who promised confidentiality, which goes on after their account"},
	{"concern", []string{"body_sealed", "answer_sealed"}, "id", "sealed_version", TheHouses, "a guest's worry and its answer; a guest has no account"},
	{"report", []string{"body_sealed"}, "id", "sealed_version", TheHouses, "a word about somebody else, which others may need after its writer has left"},
}

// TextOf returns the sealed text of a table; the zero Text if it has none.
func TextOf(table string) Text {
	for _, t := range Texts {
		if t.Table == table {
			return t
		}
	}
	return Text{}
}

// declared returns errUndeclared for a place or an owner that Texts does not know.
func declared(at seal.Place, o Owner) error {
	if t := TextOf(at.Table); slices.Contains(t.Columns, at.Column) && t.Whose.fits(o) && (t.Version != "") == (at.Version > 0) {
		return nil
	}
	return errUndeclared
}

func (w Whose) fits(o Owner) bool {
	switch w {
	case TheAccounts:
		return o.Kind == Account
	case TheHouses:
		return o.Kind == House
	case ThePersons:
		return o.Kind == Account || o.Kind == House
	}
	return false
}
