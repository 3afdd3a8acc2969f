-- Who has just been called, and how, is asked before each repeated call.
-- +goose Up
CREATE INDEX call_attempt_account ON call_attempt (account_id, way, updated_at);

-- +goose Down
DROP INDEX call_attempt_account;
