-- +goose Up
-- words that staff have tied together: a search for one finds the others
CREATE TABLE search_synonym (
	id TEXT NOT NULL PRIMARY KEY,
	words TEXT NOT NULL, -- with a comma and a space between
	version INTEGER NOT NULL,
	created_at TIMESTAMP NOT NULL,
	updated_at TIMESTAMP NOT NULL
);

-- the one row says which index was built from this database, and how far a rebuild is
CREATE TABLE search_state (
	id INTEGER NOT NULL PRIMARY KEY,
	build TEXT NOT NULL,
	running BOOLEAN NOT NULL,
	done INTEGER NOT NULL,
	total INTEGER NOT NULL,
	updated_at TIMESTAMP NOT NULL
);

-- +goose Down
DROP TABLE search_state;
DROP TABLE search_synonym;
