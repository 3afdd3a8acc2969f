-- +goose Up
-- When staff closed a guest's concern: it leaves the workbench, and the guest reads that it is closed.
ALTER TABLE concern ADD COLUMN closed_at TIMESTAMP;

-- +goose Down
ALTER TABLE concern DROP COLUMN closed_at;
