-- +goose Up
-- A topic and a post belong to a membership, never to an account.
CREATE TABLE topic (
    id            TEXT NOT NULL PRIMARY KEY,
    space_id      TEXT NOT NULL REFERENCES space (id),
    membership_id TEXT REFERENCES membership (id),
    kind          TEXT NOT NULL CHECK (kind IN ('conversation', 'announcement')),
    title         TEXT NOT NULL,
    state         TEXT NOT NULL CHECK (state IN ('open', 'locked')),
    -- follows the first post: a topic whose first post is held, deleted or removed is not listed to others
    visibility    TEXT NOT NULL CHECK (visibility IN ('visible', 'held', 'deleted', 'removed')),
    pinned_at     TIMESTAMP,
    promotable    BOOLEAN NOT NULL,
    -- last_seq is the newest number given out; shown_seq, post_count and last_post_at know only visible posts, so
    -- that no count and no order tells of one that waits
    last_seq      INTEGER NOT NULL,
    shown_seq     INTEGER NOT NULL,
    post_count    INTEGER NOT NULL,
    last_post_at  TIMESTAMP NOT NULL,
    version       INTEGER NOT NULL,
    created_at    TIMESTAMP NOT NULL
);
CREATE INDEX topic_activity ON topic (space_id, last_post_at, id);
CREATE INDEX topic_pinned ON topic (space_id, pinned_at) WHERE pinned_at IS NOT NULL;
CREATE INDEX topic_membership ON topic (membership_id);

CREATE TABLE post (
    id             TEXT NOT NULL PRIMARY KEY,
    topic_id       TEXT NOT NULL REFERENCES topic (id),
    space_id       TEXT NOT NULL REFERENCES space (id),
    membership_id  TEXT REFERENCES membership (id),
    shown_alias    TEXT NOT NULL,
    shown_role     TEXT NOT NULL CHECK (shown_role IN ('member', 'facilitator', 'staff')),
    seq            INTEGER NOT NULL,
    reply_to       TEXT REFERENCES post (id),
    body           TEXT NOT NULL,
    body_html      TEXT NOT NULL,
    policy_version INTEGER NOT NULL,
    visibility     TEXT NOT NULL CHECK (visibility IN ('visible', 'held', 'deleted', 'removed')),
    held_reason    TEXT NOT NULL,
    calm_banner    BOOLEAN NOT NULL,
    revision       INTEGER NOT NULL,
    version        INTEGER NOT NULL,
    created_at     TIMESTAMP NOT NULL,
    -- when others could first see it; null: they never have, and nothing shows that it was there
    shown_at       TIMESTAMP,
    edited_at      TIMESTAMP,
    detached_at    TIMESTAMP,
    UNIQUE (topic_id, seq)
);
CREATE INDEX post_membership ON post (membership_id);
CREATE INDEX post_visible ON post (topic_id, seq, membership_id) WHERE visibility = 'visible';
CREATE INDEX post_calm ON post (topic_id) WHERE calm_banner;
CREATE INDEX post_held ON post (space_id, created_at) WHERE visibility = 'held';

CREATE TABLE post_revision (
    id          TEXT NOT NULL PRIMARY KEY,
    post_id     TEXT NOT NULL REFERENCES post (id) ON DELETE CASCADE,
    revision    INTEGER NOT NULL,
    title       TEXT NOT NULL,
    body        TEXT NOT NULL,
    body_html   TEXT NOT NULL,
    created_at  TIMESTAMP NOT NULL,
    redacted_at TIMESTAMP,
    UNIQUE (post_id, revision)
);

CREATE TABLE reaction (
    post_id       TEXT NOT NULL REFERENCES post (id) ON DELETE CASCADE,
    membership_id TEXT NOT NULL REFERENCES membership (id) ON DELETE CASCADE,
    kind          TEXT NOT NULL,
    created_at    TIMESTAMP NOT NULL,
    PRIMARY KEY (post_id, membership_id)
);

CREATE TABLE read_mark (
    membership_id TEXT NOT NULL REFERENCES membership (id) ON DELETE CASCADE,
    topic_id      TEXT NOT NULL REFERENCES topic (id) ON DELETE CASCADE,
    seq           INTEGER NOT NULL,
    read_at       TIMESTAMP NOT NULL,
    PRIMARY KEY (membership_id, topic_id)
);

-- What somebody typed and could not send (an expired session): sealed, for the same account only, one hour.
CREATE TABLE draft (
    id         TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    sealed     BYTEA NOT NULL,
    key_id     TEXT NOT NULL,
    saved_at   TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
);
CREATE INDEX draft_account ON draft (account_id);

CREATE TABLE search_result (
    id         TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    sealed     BYTEA NOT NULL,
    key_id     TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
);
CREATE INDEX search_result_expires ON search_result (expires_at);

-- A block hides an alias in its own space only.
CREATE TABLE block (
    blocker_id TEXT NOT NULL REFERENCES membership (id) ON DELETE CASCADE,
    blocked_id TEXT NOT NULL REFERENCES membership (id) ON DELETE CASCADE,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (blocker_id, blocked_id)
);

-- +goose Down
DROP TABLE block;
DROP TABLE search_result;
DROP TABLE draft;
DROP TABLE read_mark;
DROP TABLE reaction;
DROP TABLE post_revision;
DROP TABLE post;
DROP TABLE topic;
