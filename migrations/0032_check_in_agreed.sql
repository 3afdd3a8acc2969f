-- +goose Up
-- When the member said yes: a word from before that is none that was agreed on.
ALTER TABLE check_in ADD COLUMN agreed_at TIMESTAMP;
UPDATE check_in SET agreed_at = created_at WHERE state <> 'proposed';

-- +goose Down
ALTER TABLE check_in DROP COLUMN agreed_at;
