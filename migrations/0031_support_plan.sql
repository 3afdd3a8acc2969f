-- +goose Up
-- What a member and those on duty agree on for the next time: one plan for each account. The newest version stands
-- for whoever wrote it, and holds for both once the other side has said yes.
CREATE TABLE support_plan (
    id             TEXT NOT NULL PRIMARY KEY,
    account_id     TEXT NOT NULL UNIQUE REFERENCES account (id) ON DELETE CASCADE,
    -- the case in which staff wrote last; its staff are reminded
    case_id        TEXT REFERENCES crisis_case (id) ON DELETE SET NULL,
    state          TEXT NOT NULL CHECK (state IN ('proposed', 'agreed', 'declined')),
    version        INTEGER NOT NULL,
    -- the newest version that both sides said yes to, 0 for none
    agreed_version INTEGER NOT NULL,
    agreed_at      TIMESTAMP,
    review_on      TIMESTAMP,
    remind_at      TIMESTAMP,
    begun_at       TIMESTAMP NOT NULL,
    changed_at     TIMESTAMP NOT NULL
);
CREATE INDEX support_plan_due ON support_plan (remind_at) WHERE remind_at IS NOT NULL;
CREATE INDEX support_plan_case ON support_plan (case_id);

-- Every version of what it says, sealed for the member's account, whoever wrote it.
CREATE TABLE support_revision (
    id          TEXT NOT NULL PRIMARY KEY,
    plan_id     TEXT NOT NULL REFERENCES support_plan (id) ON DELETE CASCADE,
    account_id  TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    version     INTEGER NOT NULL,
    -- who of the team wrote it; null: the member
    staff_id    TEXT REFERENCES account (id),
    body_sealed BYTEA NOT NULL,
    key_id      TEXT NOT NULL,
    created_at  TIMESTAMP NOT NULL,
    UNIQUE (plan_id, version)
);
CREATE INDEX support_revision_account ON support_revision (account_id);

-- +goose Down
DROP TABLE support_revision;
DROP TABLE support_plan;
