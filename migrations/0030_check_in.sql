-- +goose Up
-- A time at which a member has agreed to say a word. Not saying it is a signal; at most one for each account waits.
CREATE TABLE check_in (
    id          TEXT NOT NULL PRIMARY KEY,
    account_id  TEXT NOT NULL REFERENCES account (id),
    -- whose staff look after it; null: everybody who works cases
    space_id    TEXT REFERENCES space (id),
    -- who proposed it; null: the member asked for it
    staff_id    TEXT REFERENCES account (id),
    state       TEXT NOT NULL CHECK (state IN ('proposed', 'agreed', 'answered', 'missed', 'ended')),
    version     INTEGER NOT NULL,
    due_at      TIMESTAMP NOT NULL,
    -- minutes from the reminder until it counts as missed
    grace       INTEGER NOT NULL,
    -- how many days in a row follow at the same time of the wall's clock
    days        INTEGER NOT NULL,
    note_sealed BYTEA,
    key_id      TEXT NOT NULL,
    -- when the sweep looks at it next, null when nothing waits
    next_at     TIMESTAMP,
    reminded_at TIMESTAMP,
    answer      TEXT NOT NULL CHECK (answer IN ('', 'here', 'hard', 'wrote')),
    created_at  TIMESTAMP NOT NULL,
    missed_at   TIMESTAMP,
    -- when it was answered, also too late, or ended
    over_at  TIMESTAMP
);
CREATE UNIQUE INDEX check_in_waits ON check_in (account_id) WHERE state IN ('proposed', 'agreed');
CREATE INDEX check_in_account ON check_in (account_id, created_at);
CREATE INDEX check_in_next ON check_in (next_at) WHERE next_at IS NOT NULL;

-- +goose Down
DROP TABLE check_in;
