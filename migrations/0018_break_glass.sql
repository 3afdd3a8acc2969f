-- +goose Up
-- Whom the team may call for somebody in a crisis, left in advance and of their own will.
CREATE TABLE trusted_contact (
    account_id      TEXT NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    name_sealed     BYTEA NOT NULL,
    phone_sealed    BYTEA NOT NULL,
    relation_sealed BYTEA NOT NULL,
    key_id          TEXT NOT NULL,
    version         INTEGER NOT NULL,
    given_at        TIMESTAMP NOT NULL
);

-- One sealed field that one person of the team opened for an hour. Why they did stands sealed in the case.
CREATE TABLE glass_opening (
    id          TEXT NOT NULL PRIMARY KEY,
    case_id     TEXT NOT NULL REFERENCES crisis_case (id) ON DELETE CASCADE,
    opener_id   TEXT NOT NULL REFERENCES account (id),
    role        TEXT NOT NULL,
    field       TEXT NOT NULL CHECK (field IN ('name', 'phone', 'address', 'kin_name', 'kin_phone', 'kin_relation')),
    reason      TEXT NOT NULL,
    event_id    TEXT NOT NULL,
    opened_at   TIMESTAMP NOT NULL,
    ends_at     TIMESTAMP NOT NULL,
    -- the person hears of it, but for as long as that would put them in danger
    unsafe      BOOLEAN NOT NULL,
    told_at     TIMESTAMP,
    review_by   TIMESTAMP NOT NULL,
    reviewed_at TIMESTAMP,
    reviewer_id TEXT REFERENCES account (id),
    verdict     TEXT NOT NULL CHECK (verdict IN ('', 'right', 'wrong')),
    version     INTEGER NOT NULL
);
CREATE INDEX glass_opening_case ON glass_opening (case_id);
CREATE INDEX glass_opening_untold ON glass_opening (ends_at) WHERE told_at IS NULL;

-- +goose Down
DROP TABLE glass_opening;
DROP TABLE trusted_contact;
