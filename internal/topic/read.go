package topic

import (
	"context"
	"slices"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/space"
)

// List is a page of a space's topics.
type List struct {
	space.View
	Topics    []Row
	Page      int
	More      bool
	Hindrance space.Hindrance // to writing a new topic
}

// List returns a page of the topics in a space that the actor may read.
func (s *Service) List(ctx context.Context, a account.Actor, spaceID string, page int) (List, error) {
	v, err := s.Spaces.Show(ctx, a, spaceID)
	if err != nil {
		return List{}, err
	}
	rows, more, err := s.Store.Topics(ctx, a, spaceID, page)
	if err != nil {
		return List{}, err
	}
	if page > 1 && len(rows) == 0 {
		return List{}, fault.Missing()
	}
	for i := range rows {
		if rows[i].Unseen = rows[i].Unseen && !Staffed(a, spaceID); rows[i].Unseen {
			rows[i].Title = ""
		}
	}
	return List{
		View: v, Topics: rows, Page: page, More: more, Hindrance: space.MayWrite(a, &v.Space, v.Standing),
	}, nil
}

// Latest returns the topics with the newest activity of each of the given spaces that the actor may read.
func (s *Service) Latest(ctx context.Context, a account.Actor, spaceIDs []string, each int) (map[string][]Row, error) {
	if len(spaceIDs) == 0 {
		return nil, nil
	}
	latest, err := s.Store.Latest(ctx, a, spaceIDs, each)
	for id, rows := range latest {
		latest[id] = slices.DeleteFunc(rows, func(r Row) bool { return r.Unseen && !Staffed(a, id) })
	}
	return latest, err
}

// Reading is a page of a topic.
type Reading struct {
	Opened
	Posts []Shown
	Page  int
	Pages int
}

// Read returns a page of a topic that the actor may open, and moves their read mark to the end of it.
func (s *Service) Read(ctx context.Context, a account.Actor, topicID string, page int) (Reading, error) {
	o, err := s.open(ctx, a, topicID)
	if err != nil {
		return Reading{}, err
	}
	posts, err := s.Store.Posts(ctx, a, topicID, (page-1)*PostsPerPage, PostsPerPage)
	if err != nil {
		return Reading{}, err
	}
	if len(posts) == 0 {
		return Reading{}, fault.Missing()
	}
	for i := range posts {
		if posts[i].Unseen = posts[i].Unseen && !posts[i].Gone() && !Staffed(a, o.Space.ID); posts[i].Unseen {
			posts[i].BodyHTML = ""
		}
	}
	total := max(o.Places, (page-1)*PostsPerPage+len(posts)) // one may have come since the topic was opened
	if last := posts[len(posts)-1].Seq; o.Standing.Inside() && last > o.ReadSeq {
		err := s.Tx.InTx(ctx, func(ctx context.Context) error {
			return s.Store.MarkRead(ctx, o.Standing.Membership, topicID, last, s.Clock.Now())
		})
		// A disk that takes no more must not keep people from reading.
		if err != nil && !fault.Is(err, fault.Unavailable) {
			return Reading{}, err
		}
	}
	return Reading{Opened: o, Posts: posts, Page: page, Pages: pageOf(total)}, nil
}

func (s *Service) open(ctx context.Context, a account.Actor, topicID string) (Opened, error) {
	o, err := s.Store.Opened(ctx, a, topicID)
	if err != nil {
		return Opened{}, err
	}
	o.Hindrance = MayWrite(a, &o.Space, o.Standing, &o.Topic)
	return o, nil
}

// Open returns a topic that the actor may open, without its posts.
func (s *Service) Open(ctx context.Context, a account.Actor, topicID string) (Opened, error) {
	return s.open(ctx, a, topicID)
}

// Place is an address of a post: a page of a topic and the post on it, empty for the page as such.
type Place struct {
	Topic string
	Page  int
	Post  string
}

// Unread is where the actor goes on reading: the first post that they have not read, or the last page.
func (s *Service) Unread(ctx context.Context, a account.Actor, topicID string) (Place, error) {
	o, err := s.Store.Opened(ctx, a, topicID)
	if err != nil {
		return Place{}, err
	}
	post, seq, err := s.Store.FirstUnread(ctx, a, topicID, o.ReadSeq)
	if fault.Is(err, fault.NotFound) {
		post, seq, err = "", o.Topic.LastSeq, nil
	}
	if err != nil {
		return Place{}, err
	}
	return s.place(ctx, a, topicID, post, seq)
}

// PlaceOf is where a post stands that the actor meets in its topic.
func (s *Service) PlaceOf(ctx context.Context, a account.Actor, postID string) (Place, error) {
	topicID, seq, err := s.Store.Place(ctx, a, postID)
	if err != nil {
		return Place{}, err
	}
	return s.place(ctx, a, topicID, postID, seq)
}

func (s *Service) place(ctx context.Context, a account.Actor, topicID, post string, seq int) (Place, error) {
	before, err := s.Store.CountPosts(ctx, a, topicID, seq)
	if err != nil {
		return Place{}, err
	}
	return Place{Topic: topicID, Page: pageOf(before), Post: post}, nil
}

func pageOf(count int) int { return max(1, (count+PostsPerPage-1)/PostsPerPage) }

// History is a post with what it said before, the newest first.
type History struct {
	Written
	Revisions []Revision
}

// History returns what a post said before its edits, to its author and the space's moderators only: an edit is
// often made to take back a name or a place.
func (s *Service) History(ctx context.Context, a account.Actor, postID string) (History, error) {
	w, err := s.Store.Written(ctx, a, postID)
	if err != nil {
		return History{}, err
	}
	if !w.Mine && !a.CanIn(account.Moderate, w.Space.ID) {
		return History{}, fault.Missing()
	}
	revisions, err := s.Store.Revisions(ctx, postID)
	return History{Written: w, Revisions: revisions}, err
}
