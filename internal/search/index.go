// Package search finds posts by their words. It holds what every engine shares: the Index interface, the
// analysis of Danish and English text, highlights, and the service that the pages call.
//
// An index is never trusted. It answers with ids, the caller asks the database again who may read each of
// them, and every word that is shown comes from the database. Nothing outside the index may depend on how
// often a word stands in posts that the person may not read: no count, no suggestion, no order.
package search

import (
	"context"
	"time"
)

// MaxHits is the largest number of hits that Find returns: nobody turns more than ten pages.
const MaxHits = 100

// Document is what an index knows about one post.
type Document struct {
	ID    string // id of the post
	Topic string
	Space string
	Alias string // the alias shown on the post; empty when none is shown
	Title string // plain text, on the first post of a topic only
	Body  string // plain text
	At    time.Time
}

// Query asks for posts. Text and Alias are as typed and may hold anything; no character is an operator except
// that words between quotation marks must stand together.
type Query struct {
	Text   string
	Spaces []string  // the only spaces that are searched; empty finds nothing
	Alias  string    // empty: any; compared without regard to case and spelling of æ, ø, å
	From   time.Time // inclusive; zero: open
	To     time.Time // exclusive; zero: open
	Limit  int       // 1 to MaxHits; 0 means MaxHits

	Synonyms *Thesaurus // words that staff have tied together; may be nil
}

// Hit is one post found. Scores can be compared within one answer only.
type Hit struct {
	ID    string
	Score float64
}

// Index stores documents and finds them. It is safe for concurrent use. Every method honours the deadline of
// its context. An engine that cannot answer returns a fault of kind Unavailable; no query text is an error.
type Index interface {
	// Put adds documents or replaces those with the same id. When it returns nil, Find sees them.
	Put(ctx context.Context, docs ...Document) error
	// Delete removes documents; an id that is not there is no error.
	Delete(ctx context.Context, ids ...string) error
	// Find returns the best hits first. Text without a searchable word finds by the filters alone, newest
	// first, when an alias or a date is given, and nothing otherwise.
	Find(ctx context.Context, q Query) ([]Hit, error)
	// Count returns the number of documents.
	Count(ctx context.Context) (uint64, error)
	// Rebuild calls fill with a put that writes to a new index beside the present one, and swaps them when
	// fill returns nil; fill puts every document once. Until then Find answers from the present index. What
	// Put and Delete do meanwhile reaches both and wins over what fill put. When fill fails, nothing has
	// changed.
	Rebuild(ctx context.Context, fill func(put func(docs ...Document) error) error) error
	// Incomplete reports whether the index was missing, older or damaged when it was opened and has not been
	// rebuilt since: it may lack posts that the database has.
	Incomplete(ctx context.Context) (bool, error)
	// Build names the index as it was built: each Rebuild gives another name, and so does an index made empty.
	Build(ctx context.Context) (string, error)
	// Healthy returns nil when the engine answers.
	Healthy(ctx context.Context) error
	Close() error
}

// Segment is a piece of text; Mark says that it is what was searched for. It is plain text and must be
// escaped where it is shown.
type Segment struct {
	Text string
	Mark bool
}
