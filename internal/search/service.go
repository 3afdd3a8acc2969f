package search

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/clock"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/markup"
	"samhold/internal/seal"
	"samhold/internal/tx"
	"samhold/internal/vault"
)

// Space is a space that the person may read, to choose from.
type Space struct {
	ID     string
	Name   string
	Colour string
}

// Post is a post as the database has it now, for somebody who may read it.
type Post struct {
	ID          string
	TopicID     string
	SpaceID     string
	SpaceName   string
	SpaceColour string
	Title       string // of the topic; empty when its first post is gone
	Alias       string
	Body        string // Markdown
	CreatedAt   time.Time
}

// Result is a search in waiting. What was asked and found is sealed.
type Result struct {
	ID        string `gorm:"primaryKey"`
	AccountID string
	Sealed    []byte
	KeyID     string
	CreatedAt time.Time
	ExpiresAt time.Time
}

// TableName is the table of results.
func (Result) TableName() string { return "search_result" }

func (r *Result) place() seal.Place {
	return seal.Place{Table: "search_result", Column: "sealed", Row: r.ID}
}

// Store is what searching needs from the database.
type Store interface {
	// ReadableSpaces are the spaces whose conversations the actor may read, in their usual order.
	ReadableSpaces(ctx context.Context, a account.Actor) ([]Space, error)
	// Readable returns, in one query, those of the posts that are visible and that the actor may read now.
	Readable(ctx context.Context, a account.Actor, ids []string) (map[string]bool, error)
	// ReadablePosts returns the same posts with their texts, by id.
	ReadablePosts(ctx context.Context, a account.Actor, ids []string) (map[string]Post, error)

	AddResult(ctx context.Context, r *Result) error
	// Result returns the account's own result; NotFound if it is another's, has expired or is none.
	Result(ctx context.Context, accountID, id string, at time.Time) (*Result, error)
	// DropResults removes what has expired, whose ever it is, and all but the newest keep of the account.
	DropResults(ctx context.Context, accountID string, at time.Time, keep int) error

	// Groups are all groups of synonyms, in the order of their words.
	Groups(ctx context.Context) ([]Group, error)
	AddGroup(ctx context.Context, g *Group) error
	// ChangeGroup replaces the words of the group as it is in its version; a Conflict if it is not.
	ChangeGroup(ctx context.Context, g *Group) error
	// RemoveGroup removes a group; NotFound if there is none.
	RemoveGroup(ctx context.Context, groupID string) error

	Sources
}

// Deps are what the service stands on. All are needed.
type Deps struct {
	Store Store
	Index Index
	Tx    tx.Runner
	Clock clock.Clock
	Vault *vault.Vault
	Zone  *time.Location // where days begin
	Audit *audit.Log
}

// Service searches for people.
type Service struct {
	Deps

	words thesaurus
}

// New returns the service.
func New(deps Deps) *Service { return &Service{Deps: deps} }

const (
	// PerPage is the number of hits on a page.
	PerPage = 10
	// resultLasts is how long the pages of a result can be turned.
	resultLasts = time.Hour
	// keptResults is how many results an account has at once: the pages in a few tabs.
	keptResults = 5
	// patience is how long the engine is waited for, well within the deadline of a page.
	patience = 3 * time.Second
	// excerptLength and titleLength are in characters.
	excerptLength = 240
	titleLength   = 200
)

// kept is what a result seals.
type kept struct {
	Form  Form     `json:"form"`
	Posts []string `json:"posts"`
}

// Spaces are what the person may choose from in the form.
func (s *Service) Spaces(ctx context.Context, a account.Actor) ([]Space, error) {
	return s.Store.ReadableSpaces(ctx, a)
}

// Search asks the index and keeps the answer for the actor alone, sealed and for an hour. It returns the id of
// the result. With the engine down it is a fault of kind Unavailable.
func (s *Service) Search(ctx context.Context, a account.Actor, f Form) (string, error) {
	if a.Guest() {
		return "", fault.New(fault.Unauthenticated, "fault.not_found")
	}
	spaces, err := s.Store.ReadableSpaces(ctx, a)
	if err != nil {
		return "", err
	}
	q, err := f.query(spaces, s.Zone)
	if err != nil {
		return "", err
	}
	q.Limit = MaxHits
	if q.Synonyms, err = s.similar(ctx); err != nil {
		return "", err
	}
	hits, err := s.find(ctx, q)
	if err != nil {
		return "", err
	}
	k := kept{Form: f, Posts: make([]string, 0, len(hits))}
	for _, h := range hits {
		k.Posts = append(k.Posts, h.ID)
	}
	return s.keep(ctx, a, k)
}

func (s *Service) find(ctx context.Context, q Query) ([]Hit, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	hits, err := s.Index.Find(ctx, q)
	if err != nil && !fault.Is(err, fault.Unavailable) {
		err = fault.Wrap(fault.Unavailable, "search.down", err)
	}
	return hits, err
}

func (s *Service) keep(ctx context.Context, a account.Actor, k kept) (string, error) {
	plain, err := json.Marshal(k)
	if err != nil {
		return "", fmt.Errorf("encode result: %w", err)
	}
	now := s.Clock.Now()
	r := &Result{ID: id.New(), AccountID: a.Account, CreatedAt: now, ExpiresAt: now.Add(resultLasts)}
	err = s.Tx.InTx(ctx, func(ctx context.Context) error {
		sealed, err := s.Vault.ForAccount(a.Account).Seal(ctx, plain, r.place())
		if err != nil {
			return fmt.Errorf("seal result: %w", err)
		}
		r.Sealed, r.KeyID = sealed.Ciphertext, sealed.KeyID
		if err := s.Store.DropResults(ctx, a.Account, now, keptResults-1); err != nil {
			return err
		}
		return s.Store.AddResult(ctx, r)
	})
	return r.ID, err
}

// Sweep removes the results that have expired. It is called now and then, also when nobody searches.
func (s *Service) Sweep(ctx context.Context) error {
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		return s.Store.DropResults(ctx, "", s.Clock.Now(), 0)
	})
}

// Found is one hit as the person may see it now.
type Found struct {
	Post
	Heading []Segment // the topic's title, the words searched for marked
	Excerpt []Segment
}

// Page is one page of a result.
type Page struct {
	Form  Form
	Hits  []Found
	Count int // of what the person may read now
	Page  int
	Pages int // at least 1
}

// More reports whether there may be more than the result holds.
func (p Page) More() bool { return p.Count >= MaxHits }

// Result returns a page of the actor's own result. Permission is asked again for every hit, and only what may be
// read now is shown or counted. A page beyond the last is NotFound.
func (s *Service) Result(ctx context.Context, a account.Actor, resultID string, page int) (Page, error) {
	k, err := s.open(ctx, a, resultID)
	if err != nil {
		return Page{}, err
	}
	may, err := s.Store.Readable(ctx, a, k.Posts)
	if err != nil {
		return Page{}, err
	}
	readable := k.Posts[:0:0]
	for _, p := range k.Posts {
		if may[p] {
			readable = append(readable, p)
		}
	}
	out := Page{Form: k.Form, Count: len(readable), Page: page, Pages: max(1, (len(readable)+PerPage-1)/PerPage)}
	if page < 1 || page > out.Pages {
		return Page{}, fault.Missing()
	}
	shown := readable[(page-1)*PerPage : min(len(readable), page*PerPage)]
	posts, err := s.Store.ReadablePosts(ctx, a, shown)
	if err != nil {
		return Page{}, err
	}
	similar, err := s.similar(ctx)
	if err != nil {
		return Page{}, err
	}
	q := Query{Text: k.Form.Text, Synonyms: similar}
	for _, postID := range shown {
		p, ok := posts[postID]
		if !ok { // held or deleted since the line above
			out.Count--
			continue
		}
		out.Hits = append(out.Hits, Found{
			Post:    p,
			Heading: Excerpt(p.Title, q, titleLength),
			Excerpt: Excerpt(markup.Plain(p.Body), q, excerptLength),
		})
	}
	return out, nil
}

// open returns what the actor's own result holds.
func (s *Service) open(ctx context.Context, a account.Actor, resultID string) (kept, error) {
	if a.Guest() {
		return kept{}, fault.Missing()
	}
	r, err := s.Store.Result(ctx, a.Account, resultID, s.Clock.Now())
	if err != nil {
		return kept{}, err
	}
	plain, err := s.Vault.ForAccount(a.Account).Open(ctx, seal.Sealed{KeyID: r.KeyID, Ciphertext: r.Sealed}, r.place())
	if err != nil {
		return kept{}, fmt.Errorf("open result: %w", err)
	}
	var k kept
	if err := json.Unmarshal(plain, &k); err != nil {
		return kept{}, fmt.Errorf("decode result: %w", err)
	}
	return k, nil
}
