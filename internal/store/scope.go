package store

import (
	"strings"

	"gorm.io/gorm/clause"

	"samhold/internal/account"
)

// This file says who may see what, as conditions of a WHERE clause: the only place that does. They name the
// tables space, topic and post plainly, so a query that uses them joins those tables under their own names:
//
//	db.Table("post").Joins("JOIN topic ON topic.id = post.topic_id").
//		Joins("JOIN space ON space.id = post.space_id").Where(mayReadPost(actor))
//
// They also stand as a ? in Raw. The pure policies in packages space and topic say the same; a generated test
// compares the two.

// maySeeSpace is met by the spaces whose name, purpose and agreement the actor may see.
func maySeeSpace(a account.Actor) clause.Expr {
	return either(
		clause.Expr{SQL: "space.see_policy = 'public'"},
		openToAccount(a, "space.see_policy"),
		standing(a),
		served(a, account.ReadSpace),
	)
}

// mayReadSpace is met by the spaces whose conversations the actor may read: by their read policy, by a
// membership that is active or paused, or as staff.
func mayReadSpace(a account.Actor) clause.Expr {
	return either(
		clause.Expr{SQL: "space.read_policy = 'public'"},
		openToAccount(a, "space.read_policy"),
		standing(a),
		served(a, account.ReadSpace),
	)
}

// mayReadTopic is met by the topics that the actor may open: those of a readable space whose first post others
// may see, or which are the actor's own, or which the actor moderates.
func mayReadTopic(a account.Actor) clause.Expr {
	return both(mayReadSpace(a), either(
		clause.Expr{SQL: "topic.visibility = 'visible'"},
		both(clause.Expr{SQL: "topic.visibility = 'held'"}, own(a, "topic")),
		served(a, account.Moderate),
	))
}

// mayReadPost is met by the posts whose text the actor may read: in a readable topic, and visible, or held and
// the actor's own, or moderated by the actor.
func mayReadPost(a account.Actor) clause.Expr {
	return both(mayReadTopic(a), either(
		clause.Expr{SQL: "post.visibility = 'visible'"},
		both(clause.Expr{SQL: "post.visibility = 'held'"}, own(a, "post")),
		served(a, account.Moderate),
	))
}

// hasPlace is met by the posts of a readable topic that the actor meets in it, as a text or as a placeholder.
// What others have never seen leaves no trace when it is deleted or removed.
func hasPlace(a account.Actor) clause.Expr {
	return either(
		clause.Expr{SQL: "post.visibility = 'visible'"},
		clause.Expr{SQL: "(post.visibility IN ('deleted', 'removed') AND post.shown_at IS NOT NULL)"},
		both(clause.Expr{SQL: "post.visibility <> 'deleted'"}, own(a, "post")),
		served(a, account.Moderate),
	)
}

// served is met in the spaces where a grant gives the actor the capability.
func served(a account.Actor, c account.Capability) clause.Expr {
	everywhere, spaces := a.Reach(c)
	switch {
	case everywhere:
		return clause.Expr{SQL: "1 = 1"}
	case len(spaces) == 0:
		return never()
	}
	return clause.Expr{SQL: "space.id IN ?", Vars: []any{spaces}}
}

// standing is met by the spaces in which the actor has a membership that is active or paused.
func standing(a account.Actor) clause.Expr {
	if a.Guest() {
		return never()
	}
	return clause.Expr{SQL: `EXISTS (SELECT 1 FROM membership WHERE membership.space_id = space.id
		AND membership.account_id = ? AND membership.state IN ('active', 'paused'))`, Vars: []any{a.Account}}
}

// openToAccount is met where the policy in column lets in every account of the space's age band that has not
// been removed from the space.
func openToAccount(a account.Actor, column string) clause.Expr {
	bands := ageBands(a)
	if len(bands) == 0 {
		return never()
	}
	return clause.Expr{
		SQL: "(" + column + ` = 'account' AND space.age_band IN ? AND NOT EXISTS (SELECT 1 FROM membership
		WHERE membership.space_id = space.id AND membership.account_id = ? AND membership.state = 'removed'))`,
		Vars: []any{bands, a.Account},
	}
}

// own is met by the rows of table that the actor wrote under a membership that is active or paused.
func own(a account.Actor, table string) clause.Expr {
	if a.Guest() {
		return never()
	}
	return clause.Expr{SQL: table + `.membership_id IN (SELECT membership.id FROM membership
		WHERE membership.account_id = ? AND membership.state IN ('active', 'paused'))`, Vars: []any{a.Account}}
}

// ageBands are the age bands that the actor is in; none for a guest.
func ageBands(a account.Actor) []string {
	if a.Guest() {
		return nil
	}
	var bands []string
	for _, band := range []string{"all", "adult", "young"} {
		if account.AgeBand(band, a.BirthYear, a.At) {
			bands = append(bands, band)
		}
	}
	return bands
}

const neverSQL = "1 = 0"

func never() clause.Expr { return clause.Expr{SQL: neverSQL} }

func both(conditions ...clause.Expr) clause.Expr { return join(" AND ", conditions) }

// either leaves out what is never met, which keeps the queries of most people short.
func either(conditions ...clause.Expr) clause.Expr {
	var possible []clause.Expr
	for _, c := range conditions {
		if c.SQL != neverSQL {
			possible = append(possible, c)
		}
	}
	if len(possible) == 0 {
		return never()
	}
	return join(" OR ", possible)
}

func join(word string, conditions []clause.Expr) clause.Expr {
	var parts []string
	var vars []any
	for _, c := range conditions {
		parts = append(parts, c.SQL)
		vars = append(vars, c.Vars...)
	}
	return clause.Expr{SQL: "(" + strings.Join(parts, word) + ")", Vars: vars}
}
