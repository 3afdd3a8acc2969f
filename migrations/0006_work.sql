-- +goose Up
CREATE TABLE job (
    id            TEXT NOT NULL PRIMARY KEY,
    kind          TEXT NOT NULL,
    dedupe_key    TEXT UNIQUE,
    payload       TEXT NOT NULL,
    due_at        TIMESTAMP NOT NULL,
    attempts      INTEGER NOT NULL,
    claimed_by    TEXT,
    claimed_until TIMESTAMP,
    parked_at     TIMESTAMP,
    last_error    TEXT NOT NULL,
    created_at    TIMESTAMP NOT NULL
);
CREATE INDEX job_due ON job (due_at) WHERE parked_at IS NULL;

-- Ids and codes only, never free text; each row's mac covers the row and the one before it.
CREATE TABLE audit_event (
    seq         BIGINT NOT NULL PRIMARY KEY,
    at          TIMESTAMP NOT NULL,
    actor       TEXT NOT NULL,
    action      TEXT NOT NULL,
    object_kind TEXT NOT NULL,
    object_id   TEXT NOT NULL,
    space_id    TEXT NOT NULL,
    code        TEXT NOT NULL,
    prev_mac    BYTEA NOT NULL,
    mac         BYTEA NOT NULL
);

CREATE TABLE audit_head (
    id  INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    seq BIGINT NOT NULL,
    mac BYTEA NOT NULL
);

CREATE TABLE setting (
    key        TEXT NOT NULL PRIMARY KEY,
    value      TEXT NOT NULL,
    updated_at TIMESTAMP NOT NULL
);

-- +goose Down
DROP TABLE setting;
DROP TABLE audit_head;
DROP TABLE audit_event;
DROP TABLE job;
