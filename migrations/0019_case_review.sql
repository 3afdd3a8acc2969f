-- +goose Up
-- A look back at a crisis after its end: what was seen, what was late, what is done otherwise from now on.
CREATE TABLE case_review (
    id             TEXT NOT NULL PRIMARY KEY,
    case_id        TEXT NOT NULL REFERENCES crisis_case (id) ON DELETE CASCADE,
    ended_at       TIMESTAMP NOT NULL,
    due_at         TIMESTAMP NOT NULL,
    done_at        TIMESTAMP,
    author_id      TEXT REFERENCES account (id),
    seen_sealed    BYTEA,
    late_sealed    BYTEA,
    changed_sealed BYTEA,
    key_id         TEXT NOT NULL
);
CREATE UNIQUE INDEX case_review_once ON case_review (case_id) WHERE done_at IS NULL;

-- When whoever was worried was told that something was done. Those who have an answer already were.
ALTER TABLE report ADD COLUMN heard_at TIMESTAMP;
UPDATE report SET heard_at = decided_at WHERE state <> 'open';
ALTER TABLE concern ADD COLUMN heard_at TIMESTAMP;

-- +goose Down
ALTER TABLE concern DROP COLUMN heard_at;
ALTER TABLE report DROP COLUMN heard_at;
DROP TABLE case_review;
