-- +goose Up
-- Accounts are private: nothing in this file is ever shown to another member.
CREATE TABLE account (
    id            TEXT NOT NULL PRIMARY KEY,
    name          TEXT NOT NULL UNIQUE,
    birth_year    INTEGER NOT NULL,
    locale        TEXT NOT NULL,
    -- the name that a member of staff goes by among staff; empty for members
    staff_name    TEXT NOT NULL DEFAULT '',
    state         TEXT NOT NULL CHECK (state IN ('active', 'paused', 'closed', 'erased')),
    session_epoch INTEGER NOT NULL DEFAULT 0,
    created_at    TIMESTAMP NOT NULL,
    erased_at     TIMESTAMP
);

CREATE TABLE credential (
    id         TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    kind       TEXT NOT NULL CHECK (kind IN ('passphrase', 'passkey', 'totp')),
    secret     TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX credential_one_passphrase ON credential (account_id) WHERE kind = 'passphrase';
CREATE INDEX credential_account ON credential (account_id);

CREATE TABLE recovery_code (
    id         TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    code_hash  BYTEA NOT NULL UNIQUE,
    created_at TIMESTAMP NOT NULL,
    used_at    TIMESTAMP
);
CREATE INDEX recovery_code_account ON recovery_code (account_id);

CREATE TABLE session (
    id            TEXT NOT NULL PRIMARY KEY,
    account_id    TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    token_hash    BYTEA NOT NULL UNIQUE,
    epoch         INTEGER NOT NULL,
    created_at    TIMESTAMP NOT NULL,
    seen_at       TIMESTAMP NOT NULL,
    expires_at    TIMESTAMP NOT NULL,
    stepped_up_at TIMESTAMP
);
CREATE INDEX session_account ON session (account_id);
CREATE INDEX session_expires ON session (expires_at);

-- One-time links for new staff; the token itself is printed once and never stored.
CREATE TABLE signin_link (
    id         TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    token_hash BYTEA NOT NULL UNIQUE,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    used_at    TIMESTAMP
);

CREATE TABLE consent (
    id           TEXT NOT NULL PRIMARY KEY,
    account_id   TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    kind         TEXT NOT NULL,
    version      INTEGER NOT NULL,
    given_at     TIMESTAMP NOT NULL,
    withdrawn_at TIMESTAMP
);
CREATE INDEX consent_account ON consent (account_id);

-- bucket is a keyed hash (of an address or a name) whose key rotates daily: it cannot be turned back.
CREATE TABLE rate_limit (
    bucket     TEXT NOT NULL,
    starts_at  TIMESTAMP NOT NULL,
    hits       INTEGER NOT NULL,
    PRIMARY KEY (bucket, starts_at)
);
CREATE INDEX rate_limit_starts ON rate_limit (starts_at);

-- +goose Down
DROP TABLE rate_limit;
DROP TABLE consent;
DROP TABLE signin_link;
DROP TABLE session;
DROP TABLE recovery_code;
DROP TABLE credential;
DROP TABLE account;
