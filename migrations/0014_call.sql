-- +goose Up
-- How somebody of the team can be called out of the house. The address is sealed: a mail address, a number, or what a
-- browser gave. What has to be typed back is worked out from the row and a key, so it stands nowhere.
CREATE TABLE call_way (
    id             TEXT NOT NULL PRIMARY KEY,
    account_id     TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    kind           TEXT NOT NULL CHECK (kind IN ('mail', 'push', 'webhook')),
    position       INTEGER NOT NULL,
    address_sealed BYTEA NOT NULL,
    key_id         TEXT NOT NULL,
    code_until     TIMESTAMP,
    code_tries     INTEGER NOT NULL,
    confirmed_at   TIMESTAMP,
    tested_at      TIMESTAMP,
    test_state     TEXT NOT NULL CHECK (test_state IN ('', 'waiting', 'sent', 'failed')),
    created_at     TIMESTAMP NOT NULL
);
CREATE INDEX call_way_account ON call_way (account_id);
CREATE UNIQUE INDEX call_way_one ON call_way (account_id, kind) WHERE kind <> 'push';

-- +goose Down
DROP TABLE call_way;
