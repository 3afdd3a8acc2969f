package account

import (
	"time"

	"samhold/internal/fault"
	"samhold/internal/passphrase"
)

// Admission is what joining says to an age.
type Admission string

// The admissions.
const (
	Admitted    Admission = "admitted"
	AskBirthday Admission = "ask_birthday" // turns 15 this year: has it happened yet?
	TooYoung    Admission = "too_young"
	NoYear      Admission = "no_year" // nobody now living was born in that year
)

// LowestAge is the age from which one may join.
const (
	LowestAge = 15
	oldest    = 115
)

// Admit says whether somebody born in birthYear may join at that moment. Whoever turns 15 this year is asked
// whether it has happened; turned is that answer, nil while it is open.
func Admit(birthYear int, turned *bool, at time.Time) Admission {
	switch age := at.Year() - birthYear; {
	case age < 0 || age > oldest:
		return NoYear
	case age < LowestAge:
		return TooYoung
	case age > LowestAge:
		return Admitted
	case turned == nil:
		return AskBirthday
	case *turned:
		return Admitted
	default:
		return TooYoung
	}
}

// checkPassphrase says what is wrong with a passphrase, as a fault on the field; it may not hold what is forbidden.
func checkPassphrase(field, plain string, forbidden ...string) error {
	var c fault.Check
	if err := c.AddError(field, passphrase.Check(plain, forbidden...)); err != nil {
		return err
	}
	return c.Err()
}
