-- +goose Up
-- Times and ladders that an NGO's clinicians set: every version stays. place is a space, or empty for all spaces, so that
-- the versions of a place are numbered without a gap on both databases.
CREATE TABLE desk_setting (
    id      TEXT NOT NULL PRIMARY KEY,
    place   TEXT NOT NULL,
    kind    TEXT NOT NULL CHECK (kind IN ('crisis', 'red', 'amber', 'ladder')),
    version INTEGER NOT NULL,
    value   TEXT NOT NULL,
    reason  TEXT NOT NULL,
    set_by  TEXT REFERENCES account (id),
    set_at  TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX desk_setting_once ON desk_setting (place, kind, version);

-- A shift that comes again. Days and times are those of the calendar and the clock on the wall; the shifts that it makes
-- are moments.
CREATE TABLE shift_pattern (
    id         TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    space_id   TEXT REFERENCES space (id),
    first_day  TEXT NOT NULL,
    last_day   TEXT,
    starts     TEXT NOT NULL,
    ends       TEXT NOT NULL,
    weeks      INTEGER NOT NULL CHECK (weeks BETWEEN 1 AND 8),
    planned_to TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
ALTER TABLE shift ADD COLUMN pattern_id TEXT REFERENCES shift_pattern (id) ON DELETE SET NULL;
CREATE INDEX shift_account ON shift (account_id);
CREATE INDEX shift_pattern_made ON shift (pattern_id) WHERE pattern_id IS NOT NULL;

-- When somebody of the team is not there, and never why.
CREATE TABLE staff_absence (
    id         TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    starts_at  TIMESTAMP NOT NULL,
    ends_at    TIMESTAMP NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX staff_absence_ends ON staff_absence (ends_at);

-- A shift, or a part of one, that lost its person to an absence.
CREATE TABLE shift_vacancy (
    id         TEXT NOT NULL PRIMARY KEY,
    space_id   TEXT REFERENCES space (id),
    starts_at  TIMESTAMP NOT NULL,
    ends_at    TIMESTAMP NOT NULL,
    account_id TEXT REFERENCES account (id) ON DELETE CASCADE,
    absence_id TEXT REFERENCES staff_absence (id) ON DELETE SET NULL,
    pattern_id TEXT REFERENCES shift_pattern (id) ON DELETE SET NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX shift_vacancy_ends ON shift_vacancy (ends_at);

-- An offer of a shift: until it is accepted, the shift is whose it was.
CREATE TABLE shift_swap (
    id          TEXT NOT NULL PRIMARY KEY,
    shift_id    TEXT NOT NULL REFERENCES shift (id) ON DELETE CASCADE,
    from_id     TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    to_id       TEXT REFERENCES account (id) ON DELETE CASCADE,
    state       TEXT NOT NULL CHECK (state IN ('offered', 'accepted', 'withdrawn')),
    created_at  TIMESTAMP NOT NULL,
    answered_at TIMESTAMP,
    answered_by TEXT REFERENCES account (id) ON DELETE SET NULL
);
CREATE UNIQUE INDEX shift_swap_open ON shift_swap (shift_id) WHERE state = 'offered';

-- A deadline may count only the hours in which somebody is on duty: from when, and for how many seconds. Its due time is
-- computed from the rota, and anew when that changes. Zero counts every hour.
ALTER TABLE case_timer ADD COLUMN counts_from TIMESTAMP;
ALTER TABLE case_timer ADD COLUMN counts_for INTEGER NOT NULL DEFAULT 0;
-- When whoever had the shift was asked to hand over what they have.
ALTER TABLE shift ADD COLUMN asked_at TIMESTAMP;

-- +goose Down
ALTER TABLE shift DROP COLUMN asked_at;
ALTER TABLE case_timer DROP COLUMN counts_for;
ALTER TABLE case_timer DROP COLUMN counts_from;
DROP TABLE shift_swap;
DROP TABLE shift_vacancy;
DROP TABLE staff_absence;
DROP INDEX shift_pattern_made;
DROP INDEX shift_account;
ALTER TABLE shift DROP COLUMN pattern_id;
DROP TABLE shift_pattern;
DROP TABLE desk_setting;
