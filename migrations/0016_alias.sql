-- +goose Up
-- Prints of the aliases that erased accounts had: nobody else can take them in that space. They name nobody and say no
-- time.
CREATE TABLE retired_alias (
    space_id    TEXT NOT NULL REFERENCES space (id) ON DELETE CASCADE,
    alias_print BYTEA NOT NULL,
    PRIMARY KEY (space_id, alias_print)
);

-- +goose Down
DROP TABLE retired_alias;
