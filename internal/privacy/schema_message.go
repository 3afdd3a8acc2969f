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
	{
		Name: "check_in", Class: Talk, Through: ByAccount, Column: "account_id", Order: "created_at", Clock: ClockTalk,
		Columns: []Column{
			{"id", ID, not, Gone},
			{"account_id", ID, not, Gone},
			{"space_id", ID, told, Gone},
			{"staff_id", ID, not, Gone}, // who of the team proposed it
			{"state", Code, told, Gone},
			{"version", Code, not, Gone},
			{"due_at", Time, told, Gone},
			{"grace", Code, told, Gone},
			{"days", Code, told, Gone},
			{"note_sealed", Sealed, told, Gone},
			{"key_id", Key, not, Gone},
			{"next_at", Time, not, Gone},
			{"reminded_at", Time, told, Gone},
			{"answer", Code, told, Gone},
			{"created_at", Time, told, Gone},
			{"agreed_at", Time, told, Gone},
			{"missed_at", Time, told, Gone},
			{"over_at", Time, told, Gone},
		},
	},
	{
		Name: "support_plan", Class: Talk, Through: ByAccount, Column: "account_id", Order: "begun_at", Clock: ClockSupport,
		Columns: []Column{
			{"id", ID, not, Gone},
			{"account_id", ID, not, Gone},
			{"case_id", ID, not, Gone},
			{"state", Code, told, Gone},
			{"version", Code, told, Gone},
			{"agreed_version", Code, told, Gone},
			{"agreed_at", Time, told, Gone},
			{"review_on", Time, told, Gone},
			{"remind_at", Time, not, Gone},
			{"begun_at", Time, told, Gone},
			{"changed_at", Time, told, Gone},
		},
	},
	{
		Name: "support_revision", Class: Talk, Through: ByAccount, Column: "account_id", Order: "version", Clock: ClockSupport,
		Columns: []Column{
			{"id", ID, not, Gone},
			{"plan_id", ID, not, Gone},
			{"account_id", ID, not, Gone},
			{"version", Code, told, Gone},
			{"staff_id", ID, not, Gone}, // who of the team wrote it
			{"body_sealed", Sealed, told, Gone},
			{"key_id", Key, not, Gone},
			{"created_at", Time, told, Gone},
		},
	},
}
