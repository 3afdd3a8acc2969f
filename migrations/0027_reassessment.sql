-- +goose Up
-- What another version of the rules would put higher. Nothing of it counts before a person has confirmed it; no text.
CREATE TABLE reassessment (
    id            TEXT NOT NULL PRIMARY KEY,
    -- counts up, so that of two processes that start at once one begins
    number        INTEGER NOT NULL UNIQUE,
    rules_version TEXT NOT NULL,
    -- the last post that was read; how many were
    after_post    TEXT NOT NULL,
    looked        INTEGER NOT NULL,
    started_at    TIMESTAMP NOT NULL,
    done_at       TIMESTAMP
);

CREATE TABLE reassessment_item (
    reassessment_id TEXT NOT NULL REFERENCES reassessment (id) ON DELETE CASCADE,
    post_id         TEXT NOT NULL REFERENCES post (id) ON DELETE CASCADE,
    revision        INTEGER NOT NULL,
    was             TEXT NOT NULL CHECK (was IN ('green', 'amber', 'red')),
    level           TEXT NOT NULL CHECK (level IN ('amber', 'red', 'crisis')),
    category        TEXT NOT NULL,
    -- the ids of the rules that raise it, with spaces between
    rules           TEXT NOT NULL,
    state           TEXT NOT NULL CHECK (state IN ('waiting', 'raised', 'left')),
    decided_at      TIMESTAMP,
    PRIMARY KEY (reassessment_id, post_id)
);
CREATE INDEX reassessment_item_post ON reassessment_item (post_id);

-- +goose Down
DROP TABLE reassessment_item;
DROP TABLE reassessment;
