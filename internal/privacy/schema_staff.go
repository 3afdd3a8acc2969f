package privacy

// staffTables hold who works here, and what the house must know of them.
var staffTables = []Table{
	{
		Name: "staff_grant", Class: Staff, Through: ByAccount, Column: "account_id", Order: "created_at", Clock: ClockGrant,
		Columns: []Column{
			{"id", ID, not, Gone},
			{"account_id", ID, not, Gone},
			{"role", Code, told, Gone},
			{"space_id", ID, told, Gone},
			{"starts_at", Time, told, Gone},
			{"ends_at", Time, told, Gone},
			{"granted_by", ID, not, Gone},
			{"created_at", Time, told, Gone},
		},
	}, {
		Name: "staff_file", Class: Staff, Through: ByAccount, Column: "account_id", Order: "account_id", Clock: ClockService,
		Columns: []Column{
			{"account_id", ID, not, Kept},
			{"name_sealed", Sealed, not, Kept}, // who promised confidentiality, which goes on
			{"key_id", Key, not, Kept},
			{"duty", Code, told, Replaced},
			{"duty_since", Time, told, Replaced},
			{"duty_by", ID, not, Replaced},
			{"duty_at", Time, not, Replaced},
			{"declared_on", Time, told, Kept},
			{"declared_version", Code, told, Kept},
			{"declared_by", ID, not, Kept},
			{"declared_at", Time, not, Kept},
			{"ended_at", Time, told, Replaced},
			{"ended_by", ID, not, Kept},
		},
	}, {
		Name: "invitation", Class: Staff, Through: ByAccount, Column: "created_by", Order: "created_at", Clock: ClockInvitation,
		Columns: []Column{
			{"id", ID, not, Kept},
			{"space_id", ID, told, Kept},
			{"token_hash", Hash, not, Kept},
			{"created_by", ID, not, Kept},
			{"created_at", Time, told, Kept},
			{"expires_at", Time, told, Kept},
			{"used_at", Time, not, Kept}, // when somebody else came in
		},
	},
}
