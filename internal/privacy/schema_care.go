package privacy

// careTables hold what looks after those on duty.
var careTables = []Table{
	{
		Name: "staff_refusal", Class: Staff, Through: ByAccount, Column: "account_id", Order: "created_at",
		Columns: []Column{
			{"account_id", ID, not, Gone},
			{"kind", Code, told, Gone},
			{"code", Code, told, Gone},
			{"created_at", Time, told, Gone},
		},
	},
	{
		Name: "debrief", Class: Staff, Through: ByAccount, Column: "account_id", Order: "asked_at", Clock: ClockCase,
		Columns: []Column{
			{"id", ID, not, Gone},
			{"case_id", ID, not, Gone},
			{"account_id", ID, not, Gone},
			{"asked_at", Time, told, Gone},
			{"answer", Code, told, Gone},
			{"answered_at", Time, told, Gone},
			{"settled_at", Time, told, Gone},
			{"settled_by", ID, not, Gone},
		},
	},
}
