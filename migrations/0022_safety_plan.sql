-- +goose Up
-- A member's own safety plan, sealed part by part under the account's key.
CREATE TABLE safety_plan (
    id            TEXT NOT NULL PRIMARY KEY,
    account_id    TEXT NOT NULL UNIQUE REFERENCES account (id) ON DELETE CASCADE,
    signs_sealed  BYTEA NOT NULL,
    helps_sealed  BYTEA NOT NULL,
    people_sealed BYTEA NOT NULL,
    places_sealed BYTEA NOT NULL,
    lines_sealed  BYTEA NOT NULL,
    safe_sealed   BYTEA NOT NULL,
    key_id        TEXT NOT NULL,
    version       INTEGER NOT NULL,
    created_at    TIMESTAMP NOT NULL,
    updated_at    TIMESTAMP NOT NULL
);

-- +goose Down
DROP TABLE safety_plan;
