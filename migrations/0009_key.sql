-- +goose Up
-- Keys that seal texts, each wrapped under the operator's secret, which is not in the database. root seals nothing:
-- keys that must outlive a change of keys are derived from it. A retired key opens and no longer seals.
CREATE TABLE data_key (
    id         TEXT NOT NULL PRIMARY KEY,
    kind       TEXT NOT NULL CHECK (kind IN ('root', 'house', 'account')),
    account_id TEXT REFERENCES account (id) ON DELETE CASCADE,
    generation INTEGER NOT NULL,
    secret_id  TEXT NOT NULL,
    wrapped    BYTEA NOT NULL,
    created_at TIMESTAMP NOT NULL,
    retired_at TIMESTAMP
);
CREATE UNIQUE INDEX data_key_house ON data_key (kind) WHERE account_id IS NULL AND retired_at IS NULL;
CREATE UNIQUE INDEX data_key_account ON data_key (account_id) WHERE retired_at IS NULL;
CREATE INDEX data_key_retired ON data_key (account_id) WHERE retired_at IS NOT NULL;

-- Counts how often the row was sealed: an older text of the same row does not open.
ALTER TABLE report ADD COLUMN sealed_version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE concern ADD COLUMN sealed_version INTEGER NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE concern DROP COLUMN sealed_version;
ALTER TABLE report DROP COLUMN sealed_version;
DROP TABLE data_key;
