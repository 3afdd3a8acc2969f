-- +goose Up
-- The states of a case grow. A column's check cannot be changed on both databases, so a new column takes its place.
ALTER TABLE crisis_case ADD COLUMN stage TEXT NOT NULL DEFAULT 'new' CHECK (stage IN ('new', 'paged', 'unstaffed',
    'acknowledged', 'in_contact', 'escalated', 'handed_over', 'follow_up_due', 'monitoring', 'reopened', 'false_alarm', 'closed'));
UPDATE crisis_case SET stage = state;
ALTER TABLE crisis_case DROP COLUMN state;
ALTER TABLE crisis_case RENAME COLUMN stage TO state;

-- Which of the case's timers drives it: those of earlier generations mean nothing any more.
ALTER TABLE crisis_case ADD COLUMN generation INTEGER NOT NULL DEFAULT 0;
-- Where on the ladder the calling stands, and for which time it has gone round.
ALTER TABLE crisis_case ADD COLUMN rung INTEGER NOT NULL DEFAULT 0;
ALTER TABLE crisis_case ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;
ALTER TABLE crisis_case ADD COLUMN contacted_at TIMESTAMP;
ALTER TABLE crisis_case ADD COLUMN handed_to TEXT REFERENCES account (id);

-- Every open case has a timer from the first day.
UPDATE crisis_case SET generation = 1 WHERE closed_at IS NULL;
INSERT INTO case_timer (id, case_id, kind, generation, due_at)
    SELECT id, id, 'page', 1, due_at FROM crisis_case WHERE closed_at IS NULL;

-- One call of one person by one way. The key is what a gateway may use to leave out a second copy.
DROP TABLE call_attempt;
CREATE TABLE call_attempt (
    id              TEXT NOT NULL PRIMARY KEY,
    case_id         TEXT NOT NULL REFERENCES crisis_case (id) ON DELETE CASCADE,
    generation      INTEGER NOT NULL,
    account_id      TEXT REFERENCES account (id) ON DELETE CASCADE,
    way             TEXT NOT NULL,
    state           TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'failed')),
    tries           INTEGER NOT NULL,
    code            TEXT NOT NULL,
    idempotency_key TEXT NOT NULL UNIQUE,
    created_at      TIMESTAMP NOT NULL,
    updated_at      TIMESTAMP NOT NULL
);
CREATE INDEX call_attempt_case ON call_attempt (case_id);

-- +goose Down
DROP TABLE call_attempt;
CREATE TABLE call_attempt (
    id              TEXT NOT NULL PRIMARY KEY,
    case_id         TEXT NOT NULL REFERENCES crisis_case (id) ON DELETE CASCADE,
    way             TEXT NOT NULL,
    state           TEXT NOT NULL,
    idempotency_key TEXT NOT NULL UNIQUE,
    created_at      TIMESTAMP NOT NULL,
    updated_at      TIMESTAMP NOT NULL
);
DELETE FROM case_timer;
ALTER TABLE crisis_case DROP COLUMN handed_to;
ALTER TABLE crisis_case DROP COLUMN contacted_at;
ALTER TABLE crisis_case DROP COLUMN turn;
ALTER TABLE crisis_case DROP COLUMN rung;
ALTER TABLE crisis_case DROP COLUMN generation;
ALTER TABLE crisis_case ADD COLUMN stage TEXT NOT NULL DEFAULT 'new' CHECK (stage IN ('new', 'acknowledged', 'in_contact', 'escalated', 'monitoring', 'closed'));
UPDATE crisis_case SET stage = CASE
    WHEN state IN ('acknowledged', 'in_contact', 'escalated', 'monitoring') THEN state
    WHEN closed_at IS NOT NULL THEN 'closed'
    ELSE 'new' END;
ALTER TABLE crisis_case DROP COLUMN state;
ALTER TABLE crisis_case RENAME COLUMN stage TO state;
