-- +goose Up
-- What somebody of the team does not take: a category of cases, or whom they are about. It is their own, and the lead's.
CREATE TABLE staff_refusal (
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    kind       TEXT NOT NULL CHECK (kind IN ('category', 'subject')),
    code       TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (account_id, kind, code)
);

-- Somebody who worked on a crisis is asked once whether they want to talk about it. What they talk about stands nowhere.
CREATE TABLE debrief (
    id          TEXT NOT NULL PRIMARY KEY,
    case_id     TEXT NOT NULL REFERENCES crisis_case (id) ON DELETE CASCADE,
    account_id  TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    asked_at    TIMESTAMP NOT NULL,
    answer      TEXT NOT NULL CHECK (answer IN ('', 'want', 'not_now', 'talked')),
    answered_at TIMESTAMP,
    settled_at  TIMESTAMP,
    settled_by  TEXT REFERENCES account (id) ON DELETE SET NULL
);
CREATE UNIQUE INDEX debrief_once ON debrief (case_id, account_id);
CREATE INDEX debrief_wanted ON debrief (answered_at) WHERE answer = 'want' AND settled_at IS NULL;

-- +goose Down
DROP TABLE debrief;
DROP TABLE staff_refusal;
