-- +goose Up
-- A call to 112 or 114 about somebody's case: who called, what was passed on, and what came of it.
CREATE TABLE emergency_call (
    id               TEXT NOT NULL PRIMARY KEY,
    case_id          TEXT NOT NULL REFERENCES crisis_case (id) ON DELETE CASCADE,
    caller_id        TEXT NOT NULL REFERENCES account (id),
    line             TEXT NOT NULL CHECK (line IN ('112', '114')),
    called_at        TIMESTAMP NOT NULL,
    told_sealed      BYTEA NOT NULL,
    reference_sealed BYTEA,
    key_id           TEXT NOT NULL,
    result           TEXT NOT NULL CHECK (result IN ('waiting', 'sent', 'found', 'not_found', 'not_sent')),
    created_at       TIMESTAMP NOT NULL
);
CREATE INDEX emergency_call_case ON emergency_call (case_id);

-- +goose Down
DROP TABLE emergency_call;
