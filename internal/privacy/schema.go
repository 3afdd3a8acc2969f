package privacy

import "slices"

// Column is one declared column.
type Column struct {
	Name string
	Kind Kind
	Told bool // it stands in the copy that a person gets of what is theirs
	Fate Fate // what erasure does with it
}

// Through says how the rows of a table belong to an account.
type Through string

// The ways. With none of them no row belongs to an account.
const (
	ByAccount    Through = "account"    // the column is the account
	ByMembership Through = "membership" // the column is one of its memberships
	ByPost       Through = "post"       // the column is one of its posts
	ByText       Through = "text"       // source_kind and source_id are one of its posts or messages, a report that it wrote, or its plans
	ByDecision   Through = "decision"   // target_kind and target_id are one of its posts
	ByCase       Through = "case"       // the column is one of its cases
)

// Table is one declared table.
type Table struct {
	Name    string
	Class   Class
	Through Through
	Column  string   // the one that Through speaks of
	Order   string   // the column by which a copy is sorted
	Clock   ClockKey // what ends the rows; empty: they end with the account, or are about nobody
	Columns []Column
}

// Exported reports whether rows of the table stand in the copy that a person gets.
func (t Table) Exported() bool { return t.Through != "" && len(t.told()) > 0 }

func (t Table) told() []Column {
	var told []Column
	for _, c := range t.Columns {
		if c.Told {
			told = append(told, c)
		}
	}
	return told
}

const (
	told = true
	// not told: what is about somebody else or counts what others did; prints of secrets and names of keys; what only
	// repeats another column. Cases are not, because they hold what others said and what staff think: a person of the
	// team goes through them with whoever asks. Nor is the log, which is about the work of staff.
	not = false
)

// Schema is every table and column, in the order in which a person would ask. A column that is not here fails a test.
var Schema = slices.Concat(ownTables, messageTables, deskTables, staffTables, rotaTables, careTables)

// ownTables hold what somebody is, says and reads here.
var ownTables = []Table{
	{
		Name: "account", Class: Identity, Through: ByAccount, Column: "id", Order: "created_at", Clock: ClockDormant,
		Columns: []Column{
			{"id", ID, not, Kept}, // cases and the log name it until their own clocks end
			{"name", Text, told, Replaced},
			{"birth_year", Code, told, Emptied},
			{"locale", Code, told, Emptied},
			{"staff_name", Text, told, Emptied},
			{"state", Code, told, Replaced},
			{"session_epoch", Code, not, Kept},
			{"created_at", Time, told, Replaced},
			{"seen_at", Time, told, Emptied},
			{"warned_at", Time, told, Emptied},
			{"erased_at", Time, not, Replaced},
		},
	},
	{
		Name: "consent", Class: Consent, Through: ByAccount, Column: "account_id", Order: "given_at",
		Columns: []Column{
			{"id", ID, not, Gone},
			{"account_id", ID, not, Gone},
			{"kind", Code, told, Gone},
			{"version", Code, told, Gone},
			{"given_at", Time, told, Gone},
			{"withdrawn_at", Time, told, Gone},
		},
	},
	{
		Name: "credential", Class: Access, Through: ByAccount, Column: "account_id", Order: "created_at",
		Columns: []Column{
			{"id", ID, not, Gone},
			{"account_id", ID, not, Gone},
			{"kind", Code, told, Gone},
			{"secret", Hash, not, Gone},
			{"created_at", Time, told, Gone},
		},
	},
	{
		Name: "recovery_code", Class: Access, Through: ByAccount, Column: "account_id", Order: "created_at",
		Columns: []Column{
			{"id", ID, not, Gone},
			{"account_id", ID, not, Gone},
			{"code_hash", Hash, not, Gone},
			{"created_at", Time, told, Gone},
			{"used_at", Time, told, Gone},
		},
	},
	{
		Name: "session", Class: Access, Through: ByAccount, Column: "account_id", Order: "created_at", Clock: ClockSession,
		Columns: []Column{
			{"id", ID, not, Gone},
			{"account_id", ID, not, Gone},
			{"token_hash", Hash, not, Gone},
			{"epoch", Code, not, Gone},
			{"created_at", Time, told, Gone},
			{"seen_at", Time, told, Gone},
			{"expires_at", Time, told, Gone},
			{"stepped_up_at", Time, told, Gone},
			{"own_device", Code, told, Gone},
			{"confirmed_at", Time, told, Gone},
			{"rested_at", Time, told, Gone},
		},
	},
	{
		Name: "authenticator", Class: Access, Through: ByAccount, Column: "account_id", Order: "created_at",
		Columns: []Column{
			{"id", ID, not, Gone},
			{"account_id", ID, not, Gone},
			{"secret_sealed", Sealed, not, Gone},
			{"key_id", Key, not, Gone},
			{"last_step", Code, not, Gone},
			{"created_at", Time, told, Gone},
		},
	},
	{
		Name: "passkey", Class: Access, Through: ByAccount, Column: "account_id", Order: "created_at",
		Columns: []Column{
			{"id", ID, not, Gone},
			{"account_id", ID, not, Gone},
			{"credential_id", ID, not, Gone},
			{"public_key", Code, not, Gone},
			{"sign_count", Code, not, Gone},
			{"backup_eligible", Code, told, Gone},
			{"backed_up", Code, told, Gone},
			{"name_sealed", Sealed, told, Gone},
			{"key_id", Key, not, Gone},
			{"created_at", Time, told, Gone},
		},
	},
	{
		Name: "safety_plan", Class: Plan, Through: ByAccount, Column: "account_id", Order: "created_at",
		Columns: []Column{
			{"id", ID, not, Gone},
			{"account_id", ID, not, Gone},
			{"signs_sealed", Sealed, told, Gone},
			{"helps_sealed", Sealed, told, Gone},
			{"people_sealed", Sealed, told, Gone},
			{"places_sealed", Sealed, told, Gone},
			{"lines_sealed", Sealed, told, Gone},
			{"safe_sealed", Sealed, told, Gone},
			{"key_id", Key, not, Gone},
			{"version", Code, not, Gone},
			{"created_at", Time, told, Gone},
			{"updated_at", Time, told, Gone},
		},
	},
	{
		Name: "plan_share", Class: Plan, Through: ByAccount, Column: "account_id", Order: "shared_at",
		Columns: []Column{
			{"account_id", ID, not, Gone},
			{"shared_at", Time, told, Gone},
		},
	},
	{
		Name: "call_way", Class: Staff, Through: ByAccount, Column: "account_id", Order: "created_at",
		Columns: []Column{
			{"id", ID, not, Gone},
			{"account_id", ID, not, Gone},
			{"kind", Code, told, Gone},
			{"position", Code, told, Gone},
			{"address_sealed", Sealed, told, Gone},
			{"key_id", Key, not, Gone},
			{"code_until", Time, not, Gone},
			{"code_tries", Code, not, Gone},
			{"confirmed_at", Time, told, Gone},
			{"tested_at", Time, told, Gone},
			{"test_state", Code, told, Gone},
			{"created_at", Time, told, Gone},
		},
	},
	{
		Name: "assisted_recovery", Class: Access, Through: ByAccount, Column: "account_id", Order: "created_at", Clock: ClockLink,
		Columns: []Column{
			{"id", ID, not, Gone},
			{"account_id", ID, not, Gone},
			{"asked_by", ID, not, Gone},
			{"confirmed_by", ID, not, Gone},
			{"first_hash", Hash, not, Gone},
			{"second_hash", Hash, not, Gone},
			{"created_at", Time, told, Gone},
			{"expires_at", Time, told, Gone},
			{"used_at", Time, told, Gone},
		},
	},
	{
		Name: "opening", Class: Log, Through: ByAccount, Column: "account_id", Order: "opened_on", Clock: ClockReads,
		Columns: []Column{
			{"id", ID, not, Gone},
			{"account_id", ID, not, Gone},
			{"kind", Code, told, Gone},
			{"role", Code, told, Gone},
			{"opened_on", Time, told, Gone},
		},
	},
	{
		Name: "data_key", Class: Access, Through: ByAccount, Column: "account_id", Order: "created_at",
		Columns: []Column{
			{"id", ID, not, Gone},
			{"kind", Code, not, Gone},
			{"account_id", ID, not, Gone},
			{"generation", Code, not, Gone},
			{"secret_id", Key, not, Gone},
			{"wrapped", Sealed, not, Gone},
			{"created_at", Time, not, Gone},
			{"retired_at", Time, not, Gone},
		},
	},
	{
		Name: "signin_link", Class: Access, Through: ByAccount, Column: "account_id", Order: "created_at", Clock: ClockLink,
		Columns: []Column{
			{"id", ID, not, Gone},
			{"account_id", ID, not, Gone},
			{"token_hash", Hash, not, Gone},
			{"created_at", Time, told, Gone},
			{"expires_at", Time, told, Gone},
			{"used_at", Time, told, Gone},
		},
	},
	{
		Name: "membership", Class: Belonging, Through: ByAccount, Column: "account_id", Order: "created_at",
		Columns: []Column{
			{"id", ID, not, Gone},
			{"account_id", ID, not, Gone},
			{"space_id", ID, told, Gone},
			{"alias", Text, told, Gone},
			{"alias_skeleton", Text, not, Gone},
			{"role", Code, told, Gone},
			{"state", Code, told, Gone},
			{"approved_count", Code, told, Gone},
			{"created_at", Time, told, Gone},
			{"left_at", Time, told, Gone},
		},
	},
	{
		Name: "agreement_acceptance", Class: Belonging, Through: ByMembership, Column: "membership_id", Order: "accepted_at",
		Columns: []Column{
			{"membership_id", ID, not, Gone},
			{"agreement_id", ID, told, Gone},
			{"accepted_at", Time, told, Gone},
		},
	},
	{
		Name: "topic", Class: Words, Through: ByMembership, Column: "membership_id", Order: "created_at",
		Columns: []Column{
			{"id", ID, told, Kept},
			{"space_id", ID, told, Kept},
			{"membership_id", ID, not, Emptied},
			{"kind", Code, told, Kept},
			{"title", Text, told, Chosen},
			{"state", Code, told, Kept},
			{"visibility", Code, told, Chosen},
			{"pinned_at", Time, told, Kept},
			{"promotable", Code, not, Kept},
			{"last_seq", Code, not, Kept},
			{"shown_seq", Code, not, Kept},
			{"post_count", Code, not, Kept},
			{"last_post_at", Time, not, Kept},
			{"version", Code, not, Kept},
			{"created_at", Time, told, Kept},
		},
	},
	{
		Name: "post", Class: Words, Through: ByMembership, Column: "membership_id", Order: "created_at", Clock: ClockGone,
		Columns: []Column{
			{"id", ID, told, Kept},
			{"topic_id", ID, told, Kept},
			{"space_id", ID, told, Kept},
			{"membership_id", ID, not, Emptied},
			{"shown_alias", Text, told, Emptied},
			{"shown_role", Code, told, Kept},
			{"seq", Code, told, Kept},
			{"reply_to", ID, not, Kept},
			{"body", Text, told, Chosen},
			{"body_html", Text, not, Chosen},
			{"policy_version", Code, not, Kept},
			{"visibility", Code, told, Chosen},
			{"held_reason", Code, told, Chosen},
			{"calm_banner", Code, not, Kept},
			{"revision", Code, told, Kept},
			{"version", Code, not, Kept},
			{"created_at", Time, told, Kept},
			{"shown_at", Time, told, Kept},
			{"edited_at", Time, told, Kept},
			{"detached_at", Time, not, Replaced},
			{"gone_at", Time, told, Kept},
		},
	},
	{
		Name: "post_revision", Class: Words, Through: ByPost, Column: "post_id", Order: "created_at", Clock: ClockRevision,
		Columns: []Column{
			{"id", ID, not, Gone},
			{"post_id", ID, told, Gone},
			{"revision", Code, told, Gone},
			{"title", Text, told, Gone},
			{"body", Text, told, Gone},
			{"body_html", Text, not, Gone},
			{"created_at", Time, told, Gone},
			{"redacted_at", Time, told, Gone},
		},
	},
	{
		Name: "reaction", Class: Belonging, Through: ByMembership, Column: "membership_id", Order: "created_at",
		Columns: []Column{
			{"post_id", ID, told, Gone},
			{"membership_id", ID, not, Gone},
			{"kind", Code, told, Gone},
			{"created_at", Time, told, Gone},
		},
	},
	{
		Name: "read_mark", Class: Belonging, Through: ByMembership, Column: "membership_id", Order: "read_at", Clock: ClockReadMark,
		Columns: []Column{
			{"membership_id", ID, not, Gone},
			{"topic_id", ID, told, Gone},
			{"seq", Code, told, Gone},
			{"read_at", Time, told, Gone},
		},
	},
	{
		Name: "retired_alias", Class: House,
		Columns: []Column{
			{"space_id", ID, not, Kept},
			{"alias_print", Hash, not, Kept}, // of no account any more
		},
	},
	{
		Name: "block", Class: Belonging, Through: ByMembership, Column: "blocker_id", Order: "created_at",
		Columns: []Column{
			{"blocker_id", ID, not, Gone},
			{"blocked_id", ID, not, Gone}, // somebody else
			{"created_at", Time, told, Gone},
		},
	},
	{
		Name: "draft", Class: Unsent, Through: ByAccount, Column: "account_id", Order: "saved_at", Clock: ClockDraft,
		Columns: []Column{
			{"id", ID, not, Gone},
			{"account_id", ID, not, Gone},
			{"sealed", Sealed, told, Gone},
			{"key_id", Key, not, Gone},
			{"saved_at", Time, told, Gone},
			{"expires_at", Time, told, Gone},
		},
	},
	{
		Name: "search_result", Class: Unsent, Through: ByAccount, Column: "account_id", Order: "created_at", Clock: ClockSearch,
		Columns: []Column{
			{"id", ID, not, Gone},
			{"account_id", ID, not, Gone},
			{"sealed", Sealed, told, Gone}, // what was asked; not what was found, which others wrote
			{"key_id", Key, not, Gone},
			{"created_at", Time, told, Gone},
			{"expires_at", Time, told, Gone},
		},
	},
	{
		Name: "notice", Class: Notices, Through: ByAccount, Column: "account_id", Order: "created_at", Clock: ClockNotice,
		Columns: []Column{
			{"id", ID, not, Gone},
			{"account_id", ID, not, Gone},
			{"kind", Code, told, Gone},
			{"ref_id", ID, not, Gone}, // for staff it is a case of somebody else
			{"created_at", Time, told, Gone},
			{"seen_at", Time, told, Gone},
		},
	},
}
