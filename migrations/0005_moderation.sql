-- +goose Up
-- account_id is who reported: for "one open report each" and for the notice afterwards, and shown to nobody. An
-- account and not a membership, because somebody may read a space, and worry, without having entered it.
CREATE TABLE report (
    id          TEXT NOT NULL PRIMARY KEY,
    space_id    TEXT NOT NULL REFERENCES space (id),
    account_id  TEXT REFERENCES account (id) ON DELETE SET NULL,
    target_kind TEXT NOT NULL CHECK (target_kind IN ('post')),
    target_id   TEXT NOT NULL,
    reason      TEXT NOT NULL,
    body_sealed BYTEA,
    key_id      TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('open', 'acted', 'dismissed')),
    version     INTEGER NOT NULL,
    created_at  TIMESTAMP NOT NULL,
    decided_at  TIMESTAMP
);
CREATE INDEX report_open ON report (space_id, created_at) WHERE state = 'open';
CREATE INDEX report_target ON report (target_id);
CREATE UNIQUE INDEX report_once ON report (account_id, target_id) WHERE state = 'open';
-- what the rules found worth a look and nobody has looked at
CREATE INDEX assessment_unread ON assessment (space_id, created_at) WHERE level = 'amber' AND correction IS NULL;

-- Who is looking at something in the queue right now. The queue itself is derived: held posts, open reports.
CREATE TABLE review_item (
    kind         TEXT NOT NULL CHECK (kind IN ('post', 'report', 'concern')),
    target_id    TEXT NOT NULL,
    lease_holder TEXT REFERENCES account (id),
    lease_until  TIMESTAMP,
    version      INTEGER NOT NULL,
    PRIMARY KEY (kind, target_id)
);

-- What was decided about a post or report; statement is what the author reads.
CREATE TABLE decision (
    id          TEXT NOT NULL PRIMARY KEY,
    space_id    TEXT NOT NULL REFERENCES space (id),
    actor_id    TEXT NOT NULL REFERENCES account (id),
    kind        TEXT NOT NULL CHECK (kind IN ('release', 'hold', 'remove', 'restore', 'act', 'dismiss')),
    target_kind TEXT NOT NULL CHECK (target_kind IN ('post', 'report')),
    target_id   TEXT NOT NULL,
    reason      TEXT NOT NULL,
    statement   TEXT NOT NULL,
    appeal_of   TEXT REFERENCES decision (id),
    created_at  TIMESTAMP NOT NULL
);
CREATE INDEX decision_target ON decision (target_kind, target_id);

-- Something an account should hear when it next looks; ids only.
CREATE TABLE notice (
    id         TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    kind       TEXT NOT NULL,
    ref_id     TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    seen_at    TIMESTAMP
);
CREATE INDEX notice_account ON notice (account_id, created_at);

-- +goose Down
DROP TABLE notice;
DROP TABLE decision;
DROP INDEX assessment_unread;
DROP TABLE review_item;
DROP TABLE report;
