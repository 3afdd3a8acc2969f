// Package fill makes a large invented community for load tests, fast: people through the services, texts straight
// into the tables. What it writes means nothing and is not assessed; it must never be used on a real community.
package fill

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"samhold/internal/account"
	"samhold/internal/clock"
	"samhold/internal/id"
	"samhold/internal/markup"
	"samhold/internal/space"
	"samhold/internal/topic"
	"samhold/internal/tx"
)

// Store takes many rows at once.
type Store interface {
	// AddMany saves topics and posts as they are.
	AddMany(ctx context.Context, topics []topic.Topic, posts []topic.Post) error
}

// Size is how much to make.
type Size struct{ Members, Topics, Posts int }

// Filler makes invented content.
type Filler struct {
	Account *account.Service
	Space   *space.Service
	Store   Store
	Tx      tx.Runner
	Clock   clock.Clock
	// Progress is told how many of how many rows are done.
	Progress func(done, total int)
}

// Filled is what was made, for a test that signs in and reads.
type Filled struct {
	Spaces []string
	Names  []string // sign-in names of some members
	Topics []string // ids of some topics, in the spaces of everybody in Names
}

// someNames is how many names and topics Fill returns.
const someNames = 200

// batch is how many posts are saved in one transaction.
const batch = 10_000

// Fill makes three spaces with members who are in all of them, topics and posts. Everybody has the passphrase with
// the given hash. The same size gives the same texts.
func (f *Filler) Fill(ctx context.Context, size Size, hash string) (*Filled, error) {
	r := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // repeatable, hides nothing
	spaces, err := f.spaces(ctx)
	if err != nil {
		return nil, err
	}
	out := &Filled{}
	for _, s := range spaces {
		out.Spaces = append(out.Spaces, s.ID)
	}
	members, err := f.members(ctx, r, spaces, size.Members, hash, out)
	if err != nil {
		return nil, err
	}
	pool, err := newPool(r)
	if err != nil {
		return nil, err
	}
	return out, f.texts(ctx, r, members, pool, size, out)
}

func (f *Filler) spaces(ctx context.Context) ([]space.Space, error) {
	var made []space.Space
	for i, kind := range []space.Kind{space.Relatives, space.Young, space.Aftercare} {
		s, err := f.Space.Create(ctx, space.Space{
			Kind: kind, Name: fmt.Sprintf("Prøverum %d", i+1), Purpose: "Til belastningsprøver.", AgeBand: "all",
			SeePolicy: space.ForAccount, ReadPolicy: space.ForMember, WritePolicy: space.ForMember, JoinPolicy: space.JoinOpen,
			Colour: "moss", Sign: "tree", Position: 100 + i,
		}, "Opdigtet indhold til prøver.")
		if err != nil {
			return nil, fmt.Errorf("make space: %w", err)
		}
		made = append(made, s)
	}
	return made, nil
}

// members makes people who are in every space; the memberships of each space stand under its place.
func (f *Filler) members(
	ctx context.Context, r *rand.Rand, spaces []space.Space, n int, hash string, out *Filled,
) ([][]space.Membership, error) {
	members := make([][]space.Membership, len(spaces))
	now := f.Clock.Now()
	for from := 0; from < n; from += 500 {
		err := f.Tx.InTx(ctx, func(ctx context.Context) error {
			for i := from; i < min(n, from+500); i++ {
				joined := now.AddDate(0, 0, -400+r.IntN(300))
				a, err := f.Account.CreateMember(ctx, account.NewMember{BirthYear: 1960 + r.IntN(40), Locale: "da", Hash: hash, JoinedAt: joined})
				if err != nil {
					return fmt.Errorf("make member: %w", err)
				}
				if len(out.Names) < someNames {
					out.Names = append(out.Names, a.Name)
				}
				for k, s := range spaces {
					m, err := f.Space.Enrol(ctx, space.Enrolment{
						Account: a.ID, Space: s.ID, Alias: "Prøve " + letters(i), At: joined, Accepts: true, Approved: 5,
					})
					if err != nil {
						return fmt.Errorf("enter space: %w", err)
					}
					members[k] = append(members[k], m)
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return members, nil
}

// letters writes a number without digits, which an alias may not have many of.
func letters(n int) string {
	word := ""
	for ; n > 0 || word == ""; n /= 20 {
		word += string("bcdfghjklmnpqrstvxzw"[n%20]) + "a"
	}
	return word
}

// texts makes the topics with their posts, as unevenly as in life: a few are long.
func (f *Filler) texts(
	ctx context.Context, r *rand.Rand, members [][]space.Membership, pool *pool, size Size, out *Filled,
) error {
	now := f.Clock.Now()
	var topics []topic.Topic
	var posts []topic.Post
	done := 0
	flush := func() error {
		if err := f.Tx.InTx(ctx, func(ctx context.Context) error { return f.Store.AddMany(ctx, topics, posts) }); err != nil {
			return fmt.Errorf("save posts: %w", err)
		}
		done += len(posts)
		topics, posts = topics[:0], posts[:0]
		if f.Progress != nil {
			f.Progress(done, size.Posts)
		}
		return nil
	}
	left := size.Posts
	for i := range size.Topics {
		in := members[i%len(members)]
		n := share(r, left, size.Topics-i)
		left -= n
		at := now.Add(-time.Duration(1+r.IntN(365*24)) * time.Hour)
		t := topic.Topic{
			ID: id.New(), SpaceID: in[0].SpaceID, Kind: "conversation", Title: pool.title(r), State: "open",
			Visibility: topic.Visible, Promotable: true, LastSeq: n, ShownSeq: n, PostCount: n, Version: 1, CreatedAt: at,
		}
		for seq := 1; seq <= n; seq++ {
			m := in[r.IntN(len(in))]
			body, html := pool.text(r)
			shown := clock.Exact(at)
			posts = append(posts, topic.Post{
				ID: id.New(), TopicID: t.ID, SpaceID: t.SpaceID, MembershipID: &m.ID, ShownAlias: m.Alias, ShownRole: m.Role,
				Seq: seq, Body: body, BodyHTML: html, PolicyVersion: markup.PolicyVersion, Visibility: topic.Visible,
				Revision: 1, Version: 1, CreatedAt: shown, ShownAt: &shown,
			})
			if seq == 1 {
				t.MembershipID = &m.ID
			}
			t.LastPostAt = shown
			if next := at.Add(time.Duration(r.IntN(300)) * time.Minute); next.Before(now) {
				at = next
			}
		}
		topics = append(topics, t)
		if n >= topic.PostsPerPage && len(out.Topics) < someNames {
			out.Topics = append(out.Topics, t.ID)
		}
		if len(posts) >= batch {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	return flush()
}

// share gives a topic its part of the posts that are left: most get few, some get many.
func share(r *rand.Rand, left, topics int) int {
	if topics == 1 {
		return max(1, left)
	}
	mean := float64(left-topics) / float64(topics)
	n := 1 + int(r.ExpFloat64()*mean)
	return max(1, min(n, left-(topics-1)))
}

// pool holds paragraphs that were rendered once; a post is a few of them.
type pool struct {
	plain, html []string
}

const paragraphs = 4000

func newPool(r *rand.Rand) (*pool, error) {
	p := &pool{}
	for range paragraphs {
		var b strings.Builder
		for b.Len() < 110+r.IntN(180) {
			b.WriteString(sentence(r))
		}
		text := strings.TrimSpace(b.String())
		html, err := markup.Render(text)
		if err != nil {
			return nil, fmt.Errorf("render: %w", err)
		}
		p.plain, p.html = append(p.plain, text), append(p.html, html)
	}
	return p, nil
}

// text is a post of 300 to 1,200 characters.
func (p *pool) text(r *rand.Rand) (body, html string) {
	want := 300 + r.IntN(600)
	for len(body) < want {
		i := r.IntN(len(p.plain))
		if body != "" {
			body += "\n\n"
		}
		body += p.plain[i]
		html += p.html[i]
	}
	return body, html
}

func (p *pool) title(r *rand.Rand) string {
	words := strings.Fields(p.plain[r.IntN(len(p.plain))])
	return strings.Join(words[:min(len(words), 4+r.IntN(3))], " ")
}

// sentence is Danish in form and means nothing.
func sentence(r *rand.Rand) string {
	pick := func(list string) string {
		words := strings.Fields(list)
		return strings.ReplaceAll(words[r.IntN(len(words))], "_", " ")
	}
	return pick(subjects) + " " + pick(verbs) + " " + pick(objects) + " " + pick(ends) + " "
}

const (
	subjects = "Jeg Vi Min_bror Min_mor Hendes_søster Naboen En_ven Lægen Kommunen Ingen Alle_her Min_datter Vores_gruppe"
	verbs    = "husker taler_om glemmer venter_på savner forstår læser_om ringer_om tænker_på skriver_om begynder_med spørger_til"
	objects  = "aftenen behandlingen turen_langs_vandet samtalen ugen_der_gik festen mødet_på_torsdag huset haven pausen brevet " +
		"weekenden tilbagefaldet børnene nøglen køkkenet skolen jobbet søvnen vejret julen økonomien"
	ends = "igen. hver_dag. uden_at_sige_noget. i_går. og_det_er_svært. men_det_går. sammen_med_de_andre. når_det_bliver_mørkt. " +
		"for_første_gang. som_før. selv_om_det_regner. med_en_kop_kaffe."
)
