-- +goose Up
-- A version of a playbook that somebody here wrote or approved; those that Samhold comes with are in the binary.
CREATE TABLE playbook (
    id            TEXT NOT NULL PRIMARY KEY,
    category      TEXT NOT NULL,
    subject       TEXT NOT NULL,
    lang          TEXT NOT NULL CHECK (lang IN ('da', 'en')),
    version       INTEGER NOT NULL,
    steps         TEXT NOT NULL,
    first_message TEXT NOT NULL,
    follow_up     TEXT NOT NULL,
    edited_by     TEXT NOT NULL REFERENCES account (id),
    created_at    TIMESTAMP NOT NULL,
    approved_by   TEXT REFERENCES account (id),
    approved_at   TIMESTAMP,
    UNIQUE (category, subject, lang, version)
);

-- A step of a playbook that somebody has done in a case, as it was worded then.
CREATE TABLE case_tick (
    id          TEXT NOT NULL PRIMARY KEY,
    case_id     TEXT NOT NULL REFERENCES crisis_case (id) ON DELETE CASCADE,
    step_hash   TEXT NOT NULL,
    step        TEXT NOT NULL,
    account_id  TEXT NOT NULL REFERENCES account (id),
    note_sealed BYTEA,
    key_id      TEXT NOT NULL,
    created_at  TIMESTAMP NOT NULL,
    UNIQUE (case_id, step_hash)
);

-- +goose Down
DROP TABLE case_tick;
DROP TABLE playbook;
