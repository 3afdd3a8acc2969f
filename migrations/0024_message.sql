-- +goose Up
-- What a member and those on duty write to one another: one conversation for each account.
CREATE TABLE thread (
    id         TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL UNIQUE REFERENCES account (id),
    -- when somebody is told again that a message waits, null when none does
    remind_at  TIMESTAMP,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX thread_remind ON thread (remind_at) WHERE remind_at IS NOT NULL;

-- The space says whose staff read it; null: everybody who works cases. The names of both are not kept here.
CREATE TABLE message (
    id          TEXT NOT NULL PRIMARY KEY,
    thread_id   TEXT NOT NULL REFERENCES thread (id) ON DELETE CASCADE,
    account_id  TEXT NOT NULL REFERENCES account (id),
    space_id    TEXT REFERENCES space (id),
    staff_id    TEXT REFERENCES account (id),
    body_sealed BYTEA NOT NULL,
    key_id      TEXT NOT NULL,
    created_at  TIMESTAMP NOT NULL,
    -- of the member's: when somebody on duty opened it, and when nothing more was owed
    opened_at   TIMESTAMP,
    settled_at  TIMESTAMP,
    -- of the staff's: when the member read it
    read_at     TIMESTAMP
);
CREATE INDEX message_thread ON message (thread_id, created_at);
CREATE INDEX message_account ON message (account_id);
CREATE INDEX message_waits ON message (created_at) WHERE staff_id IS NULL AND settled_at IS NULL;

-- +goose Down
DROP TABLE message;
DROP TABLE thread;
