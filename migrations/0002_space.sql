-- +goose Up
CREATE TABLE space (
    id              TEXT NOT NULL PRIMARY KEY,
    kind            TEXT NOT NULL CHECK (kind IN ('relatives', 'young', 'aftercare')),
    name            TEXT NOT NULL,
    purpose         TEXT NOT NULL,
    description     TEXT NOT NULL,
    audience        TEXT NOT NULL,
    team            TEXT NOT NULL,
    age_band        TEXT NOT NULL CHECK (age_band IN ('all', 'adult', 'young')),
    see_policy      TEXT NOT NULL CHECK (see_policy IN ('public', 'account', 'staff')),
    read_policy     TEXT NOT NULL CHECK (read_policy IN ('public', 'account', 'member')),
    write_policy    TEXT NOT NULL CHECK (write_policy IN ('member', 'staff')),
    join_policy     TEXT NOT NULL CHECK (join_policy IN ('open', 'invitation', 'closed')),
    approve_first_n INTEGER NOT NULL,
    hours           TEXT NOT NULL,
    time_zone       TEXT NOT NULL,
    colour          TEXT NOT NULL,
    sign            TEXT NOT NULL,
    state           TEXT NOT NULL CHECK (state IN ('open', 'closed')),
    position        INTEGER NOT NULL,
    version         INTEGER NOT NULL,
    created_at      TIMESTAMP NOT NULL
);

CREATE TABLE agreement (
    id         TEXT NOT NULL PRIMARY KEY,
    space_id   TEXT NOT NULL REFERENCES space (id) ON DELETE CASCADE,
    version    INTEGER NOT NULL,
    body       TEXT NOT NULL,
    body_html  TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    UNIQUE (space_id, version)
);

CREATE TABLE membership (
    id             TEXT NOT NULL PRIMARY KEY,
    account_id     TEXT NOT NULL REFERENCES account (id),
    space_id       TEXT NOT NULL REFERENCES space (id),
    alias          TEXT NOT NULL,
    alias_skeleton TEXT NOT NULL,
    role           TEXT NOT NULL CHECK (role IN ('member', 'facilitator', 'staff')),
    state          TEXT NOT NULL CHECK (state IN ('active', 'paused', 'left', 'removed')),
    approved_count INTEGER NOT NULL,
    created_at     TIMESTAMP NOT NULL,
    left_at        TIMESTAMP,
    UNIQUE (account_id, space_id),
    UNIQUE (space_id, alias_skeleton)
);

CREATE TABLE agreement_acceptance (
    membership_id TEXT NOT NULL REFERENCES membership (id) ON DELETE CASCADE,
    agreement_id  TEXT NOT NULL REFERENCES agreement (id),
    accepted_at   TIMESTAMP NOT NULL,
    PRIMARY KEY (membership_id, agreement_id)
);

CREATE TABLE invitation (
    id         TEXT NOT NULL PRIMARY KEY,
    space_id   TEXT NOT NULL REFERENCES space (id) ON DELETE CASCADE,
    token_hash BYTEA NOT NULL UNIQUE,
    created_by TEXT NOT NULL REFERENCES account (id),
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    used_at    TIMESTAMP
);

-- A role of a staff member: a set of capabilities, for one space or (space_id null) for all, for a time.
CREATE TABLE staff_grant (
    id         TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    role       TEXT NOT NULL CHECK (role IN ('facilitator', 'moderator', 'duty_lead', 'safeguarding_lead', 'admin')),
    space_id   TEXT REFERENCES space (id),
    starts_at  TIMESTAMP NOT NULL,
    ends_at    TIMESTAMP,
    granted_by TEXT REFERENCES account (id),
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX staff_grant_account ON staff_grant (account_id);

-- Who is on duty; space_id null means every space that the account serves.
CREATE TABLE shift (
    id         TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    space_id   TEXT REFERENCES space (id),
    starts_at  TIMESTAMP NOT NULL,
    ends_at    TIMESTAMP NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX shift_ends ON shift (ends_at);

-- +goose Down
DROP TABLE shift;
DROP TABLE staff_grant;
DROP TABLE invitation;
DROP TABLE agreement_acceptance;
DROP TABLE membership;
DROP TABLE agreement;
DROP TABLE space;
