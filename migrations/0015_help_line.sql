-- +goose Up
-- A help line or local offer: what is shown, and what somebody proposes instead until a second person agrees.
CREATE TABLE help_line (
    id           TEXT NOT NULL PRIMARY KEY,
    line_key     TEXT UNIQUE,
    position     INTEGER NOT NULL,
    facts        TEXT NOT NULL,
    proposed     TEXT NOT NULL,
    proposed_by  TEXT REFERENCES account (id),
    proposed_at  TIMESTAMP,
    proposed_for TIMESTAMP,
    verified_by  TEXT REFERENCES account (id),
    verified_on  TIMESTAMP,
    confirmed_by TEXT REFERENCES account (id),
    confirmed_at TIMESTAMP,
    expires_on   TIMESTAMP,
    told_at      TIMESTAMP,
    version      INTEGER NOT NULL,
    created_at   TIMESTAMP NOT NULL,
    updated_at   TIMESTAMP NOT NULL
);

-- What a line said before.
CREATE TABLE help_line_version (
    id           TEXT NOT NULL PRIMARY KEY,
    line_id      TEXT NOT NULL REFERENCES help_line (id),
    version      INTEGER NOT NULL,
    facts        TEXT NOT NULL,
    verified_by  TEXT REFERENCES account (id),
    confirmed_by TEXT REFERENCES account (id),
    created_at   TIMESTAMP NOT NULL
);
CREATE INDEX help_line_version_line ON help_line_version (line_id);

-- +goose Down
DROP TABLE help_line_version;
DROP TABLE help_line;
