-- +goose Up
-- A guest's worry about somebody or something here; the receipt code itself is shown once and never stored.
CREATE TABLE concern (
    id            TEXT NOT NULL PRIMARY KEY,
    receipt_hash  BYTEA NOT NULL UNIQUE,
    about         TEXT NOT NULL CHECK (about IN ('person', 'post', 'myself', 'site', 'other')),
    body_sealed   BYTEA NOT NULL,
    answer_sealed BYTEA,
    key_id        TEXT NOT NULL,
    state         TEXT NOT NULL CHECK (state IN ('open', 'answered', 'closed')),
    version       INTEGER NOT NULL,
    created_at    TIMESTAMP NOT NULL,
    answered_at   TIMESTAMP,
    answered_by   TEXT REFERENCES account (id)
);

CREATE TABLE assessment (
    id            TEXT NOT NULL PRIMARY KEY,
    source_kind   TEXT NOT NULL CHECK (source_kind IN ('topic', 'post', 'report', 'concern', 'message', 'plan')),
    source_id     TEXT NOT NULL,
    revision      INTEGER NOT NULL,
    space_id      TEXT REFERENCES space (id),
    rules_version TEXT NOT NULL,
    level         TEXT NOT NULL CHECK (level IN ('green', 'amber', 'red', 'crisis')),
    category      TEXT NOT NULL,
    subject       TEXT NOT NULL,
    reasons       TEXT NOT NULL,
    correction    TEXT,
    corrected_by  TEXT REFERENCES account (id),
    corrected_at  TIMESTAMP,
    created_at    TIMESTAMP NOT NULL,
    UNIQUE (source_kind, source_id, revision)
);

-- One person's crisis, from first signal to closing: at most one open per account or per guest's concern.
CREATE TABLE crisis_case (
    id              TEXT NOT NULL PRIMARY KEY,
    account_id      TEXT REFERENCES account (id),
    concern_id      TEXT REFERENCES concern (id),
    membership_id   TEXT REFERENCES membership (id),
    space_id        TEXT REFERENCES space (id),
    level           TEXT NOT NULL CHECK (level IN ('green', 'amber', 'red', 'crisis')),
    -- the highest level that any signal or person gave it: a crisis needs two people to close, also after lowering
    peak_level      TEXT NOT NULL CHECK (peak_level IN ('green', 'amber', 'red', 'crisis')),
    category        TEXT NOT NULL,
    subject         TEXT NOT NULL,
    state           TEXT NOT NULL CHECK (state IN ('new', 'acknowledged', 'in_contact', 'escalated', 'monitoring', 'closed')),
    version         INTEGER NOT NULL,
    owner_id        TEXT REFERENCES account (id),
    owner_until     TIMESTAMP,
    outcome         TEXT NOT NULL,
    closing_by      TEXT REFERENCES account (id),
    second_person   TEXT REFERENCES account (id),
    opened_at       TIMESTAMP NOT NULL,
    due_at          TIMESTAMP NOT NULL,
    acknowledged_at TIMESTAMP,
    closed_at       TIMESTAMP
);
CREATE UNIQUE INDEX crisis_case_open_account ON crisis_case (account_id) WHERE closed_at IS NULL;
CREATE UNIQUE INDEX crisis_case_open_concern ON crisis_case (concern_id) WHERE closed_at IS NULL;
CREATE INDEX crisis_case_open ON crisis_case (opened_at) WHERE closed_at IS NULL;

-- Signals carry their space: staff see those of the spaces that they serve.
CREATE TABLE case_signal (
    id            TEXT NOT NULL PRIMARY KEY,
    case_id       TEXT NOT NULL REFERENCES crisis_case (id) ON DELETE CASCADE,
    space_id      TEXT REFERENCES space (id),
    membership_id TEXT REFERENCES membership (id),
    source_kind   TEXT NOT NULL,
    source_id     TEXT NOT NULL,
    assessment_id TEXT REFERENCES assessment (id),
    level         TEXT NOT NULL CHECK (level IN ('green', 'amber', 'red', 'crisis')),
    category      TEXT NOT NULL,
    subject       TEXT NOT NULL,
    created_at    TIMESTAMP NOT NULL
);
CREATE INDEX case_signal_case ON case_signal (case_id);

CREATE TABLE case_event (
    id          TEXT NOT NULL PRIMARY KEY,
    case_id     TEXT NOT NULL REFERENCES crisis_case (id) ON DELETE CASCADE,
    seq         INTEGER NOT NULL,
    actor_id    TEXT REFERENCES account (id),
    kind        TEXT NOT NULL,
    from_state  TEXT NOT NULL,
    to_state    TEXT NOT NULL,
    code        TEXT NOT NULL,
    note_sealed BYTEA,
    key_id      TEXT NOT NULL,
    created_at  TIMESTAMP NOT NULL,
    UNIQUE (case_id, seq)
);

CREATE TABLE case_timer (
    id         TEXT NOT NULL PRIMARY KEY,
    case_id    TEXT NOT NULL REFERENCES crisis_case (id) ON DELETE CASCADE,
    kind       TEXT NOT NULL,
    generation INTEGER NOT NULL,
    due_at     TIMESTAMP NOT NULL,
    fired_at   TIMESTAMP,
    UNIQUE (case_id, kind, generation)
);
CREATE INDEX case_timer_due ON case_timer (due_at) WHERE fired_at IS NULL;

CREATE TABLE call_attempt (
    id              TEXT NOT NULL PRIMARY KEY,
    case_id         TEXT NOT NULL REFERENCES crisis_case (id) ON DELETE CASCADE,
    way             TEXT NOT NULL,
    state           TEXT NOT NULL,
    idempotency_key TEXT NOT NULL UNIQUE,
    created_at      TIMESTAMP NOT NULL,
    updated_at      TIMESTAMP NOT NULL
);

-- What the author gives of their own will so that somebody can be sent; each field is sealed by itself.
CREATE TABLE case_contact (
    case_id        TEXT NOT NULL PRIMARY KEY REFERENCES crisis_case (id) ON DELETE CASCADE,
    name_sealed    BYTEA,
    phone_sealed   BYTEA,
    address_sealed BYTEA,
    key_id         TEXT NOT NULL,
    version        INTEGER NOT NULL,
    given_at       TIMESTAMP NOT NULL
);

-- +goose Down
DROP TABLE case_contact;
DROP TABLE call_attempt;
DROP TABLE case_timer;
DROP TABLE case_event;
DROP TABLE case_signal;
DROP TABLE crisis_case;
DROP TABLE assessment;
DROP TABLE concern;
