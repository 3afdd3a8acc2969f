-- +goose Up
-- A session on a device that its owner says is theirs alone lasts for thirty days.
ALTER TABLE session ADD COLUMN own_device BOOLEAN NOT NULL DEFAULT FALSE;
-- When its owner last showed who they are, and since when nobody has done so after a pause.
ALTER TABLE session ADD COLUMN confirmed_at TIMESTAMP;
ALTER TABLE session ADD COLUMN rested_at TIMESTAMP;

-- An app on somebody's telephone that shows six digits. last_step is the newest half minute whose digits were used.
CREATE TABLE authenticator (
    id            TEXT NOT NULL PRIMARY KEY,
    account_id    TEXT NOT NULL UNIQUE REFERENCES account (id) ON DELETE CASCADE,
    secret_sealed BYTEA NOT NULL,
    key_id        TEXT NOT NULL,
    last_step     BIGINT NOT NULL,
    created_at    TIMESTAMP NOT NULL
);

-- The public halves of passkeys. What their owners call them is sealed.
CREATE TABLE passkey (
    id              TEXT NOT NULL PRIMARY KEY,
    account_id      TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    credential_id   BYTEA NOT NULL UNIQUE,
    public_key      BYTEA NOT NULL,
    sign_count      BIGINT NOT NULL,
    backup_eligible BOOLEAN NOT NULL,
    backed_up       BOOLEAN NOT NULL,
    name_sealed     BYTEA NOT NULL,
    key_id          TEXT NOT NULL,
    created_at      TIMESTAMP NOT NULL
);
CREATE INDEX passkey_account ON passkey (account_id);

-- Answers of passkeys that have been used; each is good for once.
CREATE TABLE spent_answer (
    answer_hash BYTEA NOT NULL PRIMARY KEY,
    until       TIMESTAMP NOT NULL
);

-- Growing delays. bucket is a keyed hash as in rate_limit.
CREATE TABLE brake (
    bucket  TEXT NOT NULL PRIMARY KEY,
    tries   INTEGER NOT NULL,
    free_at TIMESTAMP NOT NULL
);
CREATE INDEX brake_free ON brake (free_at);

-- Two of the team let a member back in who has lost everything. Each has one half of the code; only hashes are kept.
CREATE TABLE assisted_recovery (
    id           TEXT NOT NULL PRIMARY KEY,
    account_id   TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    asked_by     TEXT NOT NULL REFERENCES account (id),
    confirmed_by TEXT REFERENCES account (id),
    first_hash   BYTEA NOT NULL,
    second_hash  BYTEA,
    created_at   TIMESTAMP NOT NULL,
    expires_at   TIMESTAMP NOT NULL,
    used_at      TIMESTAMP,
    CHECK (confirmed_by IS NULL OR confirmed_by <> asked_by)
);
CREATE INDEX assisted_recovery_account ON assisted_recovery (account_id);

-- When somebody of the team opened what a member had sealed: what, which role and which day, for the member to see.
CREATE TABLE opening (
    id         TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    kind       TEXT NOT NULL,
    role       TEXT NOT NULL,
    opened_on  TIMESTAMP NOT NULL
);
CREATE INDEX opening_account ON opening (account_id);

-- +goose Down
DROP TABLE opening;
DROP TABLE assisted_recovery;
DROP TABLE brake;
DROP TABLE spent_answer;
DROP TABLE passkey;
DROP TABLE authenticator;
ALTER TABLE session DROP COLUMN rested_at;
ALTER TABLE session DROP COLUMN confirmed_at;
ALTER TABLE session DROP COLUMN own_device;
