-- +goose Up
-- An underretning: what staff tell a municipality about a child. Samhold sends none; it keeps the draft, who sent it
-- and when, and the day by which the municipality should have answered.
CREATE TABLE referral (
    id              TEXT NOT NULL PRIMARY KEY,
    case_id         TEXT NOT NULL REFERENCES crisis_case (id) ON DELETE CASCADE,
    state           TEXT NOT NULL CHECK (state IN ('draft', 'sent', 'acknowledged', 'dropped')),
    version         INTEGER NOT NULL,
    -- the draft says that the child is in danger now: the team is asked sooner
    urgent          BOOLEAN NOT NULL,
    begun_by        TEXT NOT NULL REFERENCES account (id),
    begun_at        TIMESTAMP NOT NULL,
    way             TEXT NOT NULL CHECK (way IN ('', 'digital_post', 'form', 'phone', 'other')),
    sent_by         TEXT REFERENCES account (id),
    sent_at         TIMESTAMP,
    sending_sealed  BYTEA,
    key_id          TEXT NOT NULL,
    answer_by       TIMESTAMP,
    acknowledged_by TEXT REFERENCES account (id),
    acknowledged_at TIMESTAMP,
    remind_at       TIMESTAMP NOT NULL
);
CREATE INDEX referral_case ON referral (case_id);
CREATE UNIQUE INDEX referral_draft ON referral (case_id) WHERE state = 'draft';
CREATE INDEX referral_due ON referral (remind_at) WHERE state IN ('draft', 'sent');

-- Every version of what one says.
CREATE TABLE referral_revision (
    id          TEXT NOT NULL PRIMARY KEY,
    referral_id TEXT NOT NULL REFERENCES referral (id) ON DELETE CASCADE,
    case_id     TEXT NOT NULL REFERENCES crisis_case (id) ON DELETE CASCADE,
    version     INTEGER NOT NULL,
    author_id   TEXT NOT NULL REFERENCES account (id),
    body_sealed BYTEA NOT NULL,
    key_id      TEXT NOT NULL,
    created_at  TIMESTAMP NOT NULL,
    UNIQUE (referral_id, version)
);

-- +goose Down
DROP TABLE referral_revision;
DROP TABLE referral;
