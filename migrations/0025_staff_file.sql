-- +goose Up
-- What the house must know of somebody who works here or has done: whether they have the heightened duty to notify, that
-- they promised confidentiality, and when their service ended. The promise outlives the account, and so does the name.
CREATE TABLE staff_file (
    account_id       TEXT NOT NULL PRIMARY KEY REFERENCES account (id),
    name_sealed      BYTEA NOT NULL,
    key_id           TEXT NOT NULL,
    duty             TEXT NOT NULL CHECK (duty IN ('unknown', 'yes', 'no')),
    duty_since       TIMESTAMP,
    duty_by          TEXT REFERENCES account (id),
    duty_at          TIMESTAMP,
    declared_on      TIMESTAMP,
    declared_version TEXT NOT NULL,
    declared_by      TEXT REFERENCES account (id),
    declared_at      TIMESTAMP,
    ended_at         TIMESTAMP,
    ended_by         TEXT REFERENCES account (id)
);

-- +goose Down
DROP TABLE staff_file;
