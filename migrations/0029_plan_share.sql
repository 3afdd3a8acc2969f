-- +goose Up
-- That a member lets those who help them in a crisis read their safety plan. It ends with the row: no backup holds it, so
-- that what was taken back never comes back.
CREATE TABLE plan_share (
    account_id TEXT NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    shared_at  TIMESTAMP NOT NULL
);

-- +goose Down
DROP TABLE plan_share;
