package privacy

// messageTables hold what somebody and those on duty write to one another.
var messageTables = []Table{
	{
		Name: "thread", Class: Talk, Through: ByAccount, Column: "account_id", Order: "created_at", Clock: ClockTalk,
		Columns: []Column{
			{"id", ID, not, Gone},
			{"account_id", ID, not, Gone},
			{"remind_at", Time, not, Gone},
			{"created_at", Time, not, Gone},
		},
	},
	{
		Name: "message", Class: Talk, Through: ByAccount, Column: "account_id", Order: "created_at", Clock: ClockTalk,
		Columns: []Column{
			{"id", ID, not, Gone},
			{"thread_id", ID, not, Gone},
			{"account_id", ID, not, Gone},
			{"space_id", ID, told, Gone},
			{"staff_id", ID, not, Gone}, // who of the team wrote it
			{"body_sealed", Sealed, told, Gone},
			{"key_id", Key, not, Gone},
			{"created_at", Time, told, Gone},
			{"opened_at", Time, told, Gone},
			{"settled_at", Time, not, Gone},
			{"read_at", Time, told, Gone},
		},
	},
}
