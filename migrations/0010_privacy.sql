-- +goose Up
-- seen_at is the month in which somebody was last here, no closer; warned_at when we said that the account will go.
ALTER TABLE account ADD COLUMN seen_at TIMESTAMP;
ALTER TABLE account ADD COLUMN warned_at TIMESTAMP;

-- when the author deleted it or staff removed it: its text is kept for a while from then
ALTER TABLE post ADD COLUMN gone_at TIMESTAMP;
UPDATE post SET gone_at = COALESCE(edited_at, created_at) WHERE visibility IN ('deleted', 'removed');
CREATE INDEX post_gone ON post (gone_at) WHERE gone_at IS NOT NULL;

-- an event whose time is over keeps its place in the chain: mac stays, what it said goes, and this says that we did it
ALTER TABLE audit_event ADD COLUMN pruned_mac BYTEA;

-- +goose Down
ALTER TABLE audit_event DROP COLUMN pruned_mac;
DROP INDEX post_gone;
ALTER TABLE post DROP COLUMN gone_at;
ALTER TABLE account DROP COLUMN warned_at;
ALTER TABLE account DROP COLUMN seen_at;
