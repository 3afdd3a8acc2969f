package privacy

// rotaTables hold who is on duty when, and what an NGO set for its desk.
var rotaTables = []Table{
	{
		Name: "shift", Class: Staff, Through: ByAccount, Column: "account_id", Order: "starts_at", Clock: ClockShift,
		Columns: []Column{
			{"id", ID, not, Gone},
			{"account_id", ID, not, Gone},
			{"space_id", ID, told, Gone},
			{"starts_at", Time, told, Gone},
			{"ends_at", Time, told, Gone},
			{"pattern_id", ID, not, Gone},
			{"asked_at", Time, not, Gone},
			{"created_at", Time, told, Gone},
		},
	},
	{
		Name: "shift_pattern", Class: Staff, Through: ByAccount, Column: "account_id", Order: "created_at", Clock: ClockShift,
		Columns: []Column{
			{"id", ID, not, Gone},
			{"account_id", ID, not, Gone},
			{"space_id", ID, told, Gone},
			{"first_day", Code, told, Gone},
			{"last_day", Code, told, Gone},
			{"starts", Code, told, Gone},
			{"ends", Code, told, Gone},
			{"weeks", Code, told, Gone},
			{"planned_to", Code, not, Gone},
			{"created_at", Time, told, Gone},
		},
	},
	{
		Name: "staff_absence", Class: Staff, Through: ByAccount, Column: "account_id", Order: "starts_at", Clock: ClockShift,
		Columns: []Column{
			{"id", ID, not, Gone},
			{"account_id", ID, not, Gone},
			{"starts_at", Time, told, Gone},
			{"ends_at", Time, told, Gone},
			{"created_at", Time, told, Gone},
		},
	},
	{
		Name: "shift_vacancy", Class: Staff, Through: ByAccount, Column: "account_id", Order: "starts_at", Clock: ClockShift,
		Columns: []Column{
			{"id", ID, not, Gone},
			{"space_id", ID, told, Gone},
			{"starts_at", Time, told, Gone},
			{"ends_at", Time, told, Gone},
			{"account_id", ID, not, Gone},
			{"absence_id", ID, not, Gone},
			{"pattern_id", ID, not, Gone},
			{"created_at", Time, told, Gone},
		},
	},
	{
		Name: "shift_swap", Class: Staff, Through: ByAccount, Column: "from_id", Order: "created_at", Clock: ClockShift,
		Columns: []Column{
			{"id", ID, not, Gone},
			{"shift_id", ID, not, Gone},
			{"from_id", ID, not, Gone},
			{"to_id", ID, not, Gone},
			{"state", Code, told, Gone},
			{"created_at", Time, told, Gone},
			{"answered_at", Time, told, Gone},
			{"answered_by", ID, not, Gone},
		},
	},
	{
		Name: "desk_setting", Class: House,
		Columns: []Column{
			{"id", ID, not, Kept},
			{"place", ID, not, Kept},
			{"kind", Code, not, Kept},
			{"version", Code, not, Kept},
			{"value", Code, not, Kept}, // names the accounts that stand on a rung; an erased one is nobody's any more
			{"reason", Text, not, Kept},
			{"set_by", ID, not, Kept},
			{"set_at", Time, not, Kept},
		},
	},
}
