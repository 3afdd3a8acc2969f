-- +goose Up
-- Of a topic's posts those that are not simply there: its pages are counted as its visible posts, whose number the topic
-- has, and these few.
CREATE INDEX post_hidden ON post (topic_id) WHERE visibility <> 'visible';

-- +goose Down
DROP INDEX post_hidden;
