package store

import "strconv"

// page ends an ORDER BY with a limit that stands in the statement's text. GORM's Limit makes it a value, and a plan that
// PostgreSQL keeps for a statement then expects a tenth of all rows: it would rather plan the list of topics for each
// reader anew.
func page(offset, limit int) string {
	text := " LIMIT " + strconv.Itoa(limit)
	if offset > 0 {
		text += " OFFSET " + strconv.Itoa(offset)
	}
	return text
}
