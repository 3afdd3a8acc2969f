package store

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/space"
)

// Spaces implements space.Store.
type Spaces struct{ s *Store }

// Spaces returns the queries about spaces and memberships.
func (s *Store) Spaces() *Spaces { return &Spaces{s} }

var _ space.Store = (*Spaces)(nil)

// spaceColumns are the columns of a space that lists and topic pages need: without the long texts.
const spaceColumns = `space.id AS space_id, space.kind AS space_kind, space.name AS space_name,
	space.purpose AS space_purpose, space.age_band AS space_age_band, space.see_policy AS space_see_policy,
	space.read_policy AS space_read_policy, space.write_policy AS space_write_policy,
	space.join_policy AS space_join_policy, space.approve_first_n AS space_approve_first_n,
	space.colour AS space_colour, space.sign AS space_sign, space.state AS space_state`

// standingColumns tell how the person stands whose membership is joined under the name mine.
const standingColumns = `mine.id AS mine_membership, mine.alias AS mine_alias, mine.role AS mine_role,
	mine.state AS mine_state, COALESCE(mine.approved_count, 0) AS mine_approved,
	EXISTS (SELECT 1 FROM agreement_acceptance JOIN agreement ON agreement.id = agreement_acceptance.agreement_id
		WHERE agreement_acceptance.membership_id = mine.id AND agreement.version =
			(SELECT MAX(newest.version) FROM agreement newest WHERE newest.space_id = mine.space_id)) AS mine_accepted`

// joinMine joins the membership of the one who asks, whatever its state, under the name mine.
const joinMine = `LEFT JOIN membership mine ON mine.space_id = space.id AND mine.account_id = ?`

// standingRow is what standingColumns give.
type standingRow struct {
	Membership *string
	Alias      *string
	Role       *string
	State      *string
	Approved   int
	Accepted   bool
}

func (r standingRow) standing() space.Standing {
	if r.Membership == nil {
		return space.Standing{}
	}
	return space.Standing{
		Membership: *r.Membership, Alias: *r.Alias, Role: *r.Role, State: *r.State,
		Accepted: r.Accepted, Approved: r.Approved,
	}
}

type cardRow struct {
	Space space.Space `gorm:"embedded;embeddedPrefix:space_"`
	Mine  standingRow `gorm:"embedded;embeddedPrefix:mine_"`
	News  int
}

// newsSince is how far back something counts as new: a list that has been away for long is calm, not full.
const newsSince = 30 * 24 * time.Hour

// news counts the topics of a member's space with visible posts by others after the member's mark. A topic from
// before they entered counts once somebody writes in it again.
const news = `CASE WHEN mine.state IN ('active', 'paused') THEN (SELECT COUNT(*) FROM (SELECT 1 FROM topic
	LEFT JOIN read_mark ON read_mark.topic_id = topic.id AND read_mark.membership_id = mine.id
	WHERE topic.space_id = space.id AND topic.last_post_at > ? AND topic.last_post_at >= mine.created_at
		AND topic.visibility = 'visible' AND topic.shown_seq > COALESCE(read_mark.seq, 0)
	LIMIT %d) fresh) ELSE 0 END AS news`

// Cards implements space.Store.
func (q *Spaces) Cards(ctx context.Context, a account.Actor) ([]space.Card, error) {
	var rows []cardRow
	err := q.s.db(ctx).Table("space").
		Select(spaceColumns+", "+standingColumns+", "+fmt.Sprintf(news, space.NewsLimit+1), a.At.Add(-newsSince)).
		Joins(joinMine, a.Account).Where(maySeeSpace(a)).Order("space.position, space.name, space.id").Find(&rows).Error
	if err != nil {
		return nil, err
	}
	cards := make([]space.Card, len(rows))
	for i, r := range rows {
		cards[i] = space.Card{Space: r.Space, Standing: r.Mine.standing(), News: r.News}
	}
	return cards, nil
}

// attended is met in the spaces with a moderator on duty at the given moment.
const attended = `EXISTS (SELECT 1 FROM shift WHERE shift.starts_at <= ? AND shift.ends_at > ?
	AND (shift.space_id = space.id OR shift.space_id IS NULL) AND ` + servesSpace + `) AS attended`

// servesSpace is met by the shifts of those who moderate the space while the shift lasts. The roles are those
// with the capability Moderate; a test compares.
const servesSpace = `EXISTS (SELECT 1 FROM staff_grant WHERE staff_grant.account_id = shift.account_id
	AND staff_grant.role IN ('moderator', 'duty_lead', 'safeguarding_lead')
	AND (staff_grant.space_id = space.id OR staff_grant.space_id IS NULL)
	AND staff_grant.starts_at <= shift.starts_at AND (staff_grant.ends_at IS NULL OR staff_grant.ends_at > shift.starts_at))`

// View implements space.Store.
func (q *Spaces) View(ctx context.Context, a account.Actor, id string) (space.View, error) {
	var row struct {
		Space    space.Space `gorm:"embedded;embeddedPrefix:space_"`
		Mine     standingRow `gorm:"embedded;embeddedPrefix:mine_"`
		Attended bool
	}
	err := q.s.db(ctx).Table("space").
		Select(spaceColumns+`, space.description AS space_description, space.audience AS space_audience,
			space.team AS space_team, space.hours AS space_hours, space.time_zone AS space_time_zone, `+
			standingColumns+", "+attended, a.At, a.At).
		Joins(joinMine, a.Account).Where("space.id = ?", id).Where(maySeeSpace(a)).Take(&row).Error
	if err != nil {
		return space.View{}, err
	}
	return space.View{Space: row.Space, Standing: row.Mine.standing(), Attended: row.Attended}, nil
}

// NewestAgreement implements space.Store.
func (q *Spaces) NewestAgreement(ctx context.Context, spaceID string) (space.Agreement, error) {
	var a space.Agreement
	err := q.s.db(ctx).Where("space_id = ?", spaceID).Order("version DESC").Take(&a).Error
	return a, err
}

// Shifts implements space.Store.
func (q *Spaces) Shifts(ctx context.Context, spaceID string, at time.Time, limit int) ([]space.Shift, error) {
	var shifts []space.Shift
	err := q.s.db(ctx).Table("shift").
		Select("COALESCE(membership.alias, '') AS alias, shift.starts_at, shift.ends_at").
		Joins("JOIN space ON space.id = ?", spaceID).
		Joins(`LEFT JOIN membership ON membership.space_id = space.id AND membership.account_id = shift.account_id
			AND membership.role = 'staff' AND membership.state = 'active'`).
		Where("shift.ends_at > ? AND (shift.space_id = space.id OR shift.space_id IS NULL) AND "+servesSpace, at).
		Order("shift.starts_at, shift.ends_at, membership.alias").Limit(limit).Scan(&shifts).Error
	return shifts, err
}

// UsesElsewhere implements space.Store.
func (q *Spaces) UsesElsewhere(ctx context.Context, accountID, spaceID, skeleton string) (bool, error) {
	var n int64
	err := q.s.db(ctx).Model(&space.Membership{}).
		Where("account_id = ? AND space_id <> ? AND alias_skeleton = ?", accountID, spaceID, skeleton).Count(&n).Error
	return n > 0, err
}

// Taken implements space.Store.
func (q *Spaces) Taken(ctx context.Context, spaceID string, skeletons []string, prints [][]byte) (used []string, retired [][]byte, err error) {
	var rows []struct {
		AliasSkeleton *string
		AliasPrint    []byte
	}
	// One statement, so that an alias cannot leave the members and not be retired yet.
	err = q.s.db(ctx).Raw(`SELECT alias_skeleton, NULL AS alias_print FROM membership WHERE space_id = ? AND alias_skeleton IN ?
		UNION ALL SELECT NULL, alias_print FROM retired_alias WHERE space_id = ? AND alias_print IN ?`,
		spaceID, skeletons, spaceID, prints).Scan(&rows).Error
	for _, r := range rows {
		if r.AliasSkeleton != nil {
			used = append(used, *r.AliasSkeleton)
		} else {
			retired = append(retired, r.AliasPrint)
		}
	}
	return used, retired, err
}

// Held implements space.Store.
func (q *Spaces) Held(ctx context.Context, accountID string) ([]space.Held, error) {
	var held []space.Held
	err := q.s.db(ctx).Model(&space.Membership{}).Where("account_id = ?", accountID).Order("space_id").Find(&held).Error
	return held, err
}

// RetireAlias implements space.Store.
func (q *Spaces) RetireAlias(ctx context.Context, spaceID string, print []byte) error {
	return q.s.db(ctx).Exec("INSERT INTO retired_alias (space_id, alias_print) VALUES (?, ?) ON CONFLICT DO NOTHING", spaceID, print).Error
}

// AddMembership implements space.Store.
func (q *Spaces) AddMembership(ctx context.Context, m *space.Membership) (bool, error) {
	res := q.s.db(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(m)
	return res.RowsAffected == 1, res.Error
}

// SetState implements space.Store.
func (q *Spaces) SetState(ctx context.Context, accountID, spaceID string, from []string, to string, leftAt *time.Time) error {
	res := q.s.db(ctx).Model(&space.Membership{}).
		Where("account_id = ? AND space_id = ? AND state IN ?", accountID, spaceID, from).
		Updates(map[string]any{"state": to, "left_at": leftAt})
	return onlyOne(res)
}

// Accept implements space.Store.
func (q *Spaces) Accept(ctx context.Context, accountID, spaceID, agreementID string, at time.Time) error {
	return q.s.db(ctx).Exec(`INSERT INTO agreement_acceptance (membership_id, agreement_id, accepted_at)
		SELECT membership.id, agreement.id, ? FROM membership JOIN agreement ON agreement.space_id = membership.space_id
		WHERE membership.account_id = ? AND membership.space_id = ? AND agreement.id = ?
		ON CONFLICT DO NOTHING`, at, accountID, spaceID, agreementID).Error
}

// AddInvitation implements space.Store.
func (q *Spaces) AddInvitation(ctx context.Context, i *space.Invitation) error {
	return q.s.db(ctx).Create(i).Error
}

// TakeInvitation implements space.Store.
func (q *Spaces) TakeInvitation(ctx context.Context, spaceID string, tokenHash []byte, at time.Time) error {
	res := q.s.db(ctx).Model(&space.Invitation{}).
		Where("space_id = ? AND token_hash = ? AND used_at IS NULL AND expires_at > ?", spaceID, tokenHash, at).
		Update("used_at", at)
	return onlyOne(res)
}

// AddSpace implements space.Store.
func (q *Spaces) AddSpace(ctx context.Context, s *space.Space) error {
	return q.s.db(ctx).Create(s).Error
}

// AddAgreement implements space.Store.
func (q *Spaces) AddAgreement(ctx context.Context, a *space.Agreement) (bool, error) {
	res := q.s.db(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(a)
	return res.RowsAffected == 1, res.Error
}

// Offers implements space.Store.
func (q *Spaces) Offers(ctx context.Context, spaceID string, at time.Time) ([]space.Offer, error) {
	var found []space.Offer
	err := q.s.db(ctx).Table("invitation").
		Select("invitation.id, account.staff_name AS name, invitation.created_at, invitation.expires_at").
		Joins("JOIN account ON account.id = invitation.created_by").
		Where("invitation.space_id = ? AND invitation.used_at IS NULL AND invitation.expires_at > ?", spaceID, at).
		Order("invitation.created_at DESC, invitation.id").Limit(200).Scan(&found).Error
	return found, err
}

// DropInvitation implements space.Store.
func (q *Spaces) DropInvitation(ctx context.Context, spaceID, invitationID string) error {
	return onlyOne(q.s.db(ctx).Delete(&space.Invitation{}, "id = ? AND space_id = ? AND used_at IS NULL", invitationID, spaceID))
}

// onlyOne turns a change that met no row into NotFound.
func onlyOne(res *gorm.DB) error {
	if res.Error == nil && res.RowsAffected == 0 {
		return fault.Missing()
	}
	return res.Error
}
