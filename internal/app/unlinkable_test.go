package app_test

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"samhold/internal/space"
	"samhold/internal/testkit"
)

// face is what two members of a space can see of one alias in it.
type face struct {
	posts  int
	ids    []float64 // of the posts, as fractions of all ids
	times  []float64
	places []float64 // in the order of the pages, topics newest first
	tokens map[string]bool
}

// A trait is a number that a matcher compares: whoever is alike in two spaces is taken for the same person.
type trait struct {
	name  string
	value func(*face) float64
}

var traits = []trait{
	{"the first id", func(f *face) float64 { return f.ids[0] }},
	{"the smallest id", func(f *face) float64 { return slices.Min(f.ids) }},
	{"the first time", func(f *face) float64 { return slices.Min(f.times) }},
	{"the last time", func(f *face) float64 { return slices.Max(f.times) }},
	{"the middle time", func(f *face) float64 { return mean(f.times) }},
	{"the minute of the hour", func(f *face) float64 { return math.Mod(f.times[0]/60, 60) }},
	{"the first place", func(f *face) float64 { return f.places[0] }},
	{"the middle place", func(f *face) float64 { return mean(f.places) }},
	{"how many posts", func(f *face) float64 { return float64(f.posts) }},
}

func mean(of []float64) float64 {
	sum := 0.0
	for _, v := range of {
		sum += v
	}
	return sum / float64(len(of))
}

// TestAliasesOfOnePersonAreUnlinkable lets 200 people write in two or three of three spaces, reads everything that two
// members of all three can read, and tries to find who is the same person.
//
// Two matchers try. One compares a number (see traits) and is right when the person's alias in the other space is among
// the twentieth that is nearest: by chance in 5% of the cases, so that of n it is right n/20 times with a standard
// deviation of sqrt(n*0.05*0.95); five of those above the mean is the bound. The other ties two aliases that share a
// word or an attribute in the page's source which hardly anybody else has; by chance it is right once in the number of
// aliases in the space. Both find nearly everybody when told the order in which accounts were made, or an account's id.
func TestAliasesOfOnePersonAreUnlinkable(t *testing.T) {
	if testing.Short() {
		t.Skip("lets 200 people write")
	}
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		random := rand.New(rand.NewPCG(20, 26))
		w, people := newCrowd(t, db, random)
		faces := map[string]map[string]*face{} // by space and alias
		for _, observer := range []string{"observer one", "observer two"} {
			for _, where := range spacesOfCrowd {
				if faces[where] == nil {
					faces[where] = map[string]*face{}
				}
				w.observe(observer, where, faces[where])
			}
		}
		for _, trait := range traits {
			hits, trials := match(people, faces, func(_ int, f *face) float64 { return trait.value(f) })
			chance := float64(trials) / 20
			bound := chance + 5*math.Sqrt(chance*0.95)
			t.Logf("%-25s right %d of %d, by chance %.0f, bound %.0f", trait.name, hits, trials, chance, bound)
			if float64(hits) > bound {
				t.Errorf("%s ties aliases: right %d times of %d, bound %.0f", trait.name, hits, trials, bound)
			}
		}
		right, claimed := tie(people, faces)
		chance := float64(claimed) / 100 // a space has more than a hundred aliases
		t.Logf("%-25s right %d of %d, by chance %.0f, bound %.0f", "the pages' source", right, claimed, chance, chance+5*math.Sqrt(chance)+1)
		if float64(right) > chance+5*math.Sqrt(chance)+1 {
			t.Errorf("the pages' source ties aliases: %d of %d claims are right", right, claimed)
		}

		// The controls: the matchers find people when there is something to find.
		if hits, trials := match(people, faces, func(person int, _ *face) float64 { return float64(person) }); hits < trials*9/10 {
			t.Errorf("told the order of the accounts, the matcher finds only %d of %d", hits, trials)
		}
		for i, person := range people {
			for where, alias := range person {
				faces[where][alias].tokens[fmt.Sprint("account-", i)] = true
			}
		}
		if told, _ := tie(people, faces); told < right+300 {
			t.Errorf("told the accounts, the matcher is right %d times, and %d times without", told, right)
		}
	})
}

var spacesOfCrowd = []string{"one", "two", "three"}

// newCrowd makes the people, each the alias by space, and lets them write.
func newCrowd(t *testing.T, db *testkit.Database, random *rand.Rand) (*world, []map[string]string) {
	t.Helper()
	w := newPlace(t, db)
	for _, where := range spacesOfCrowd {
		w.room(where, space.ForAccount, nobody)
	}
	for _, observer := range []string{"observer one", "observer two"} {
		w.person(observer, 1980)
		for _, where := range spacesOfCrowd {
			w.enrol(observer, where, "", nobody, 9)
		}
	}
	const topics = 12
	for _, where := range spacesOfCrowd {
		for i := range topics {
			w.start("observer one", where, fmt.Sprint(where, i), nobody)
			db.Clock.Advance(time.Minute)
		}
	}
	type seat struct {
		person int
		where  string
	}
	people := make([]map[string]string, 200)
	var seats []seat
	for i := range people {
		w.settle(fmt.Sprint(i), 1980)
		people[i] = map[string]string{}
		for n, where := range random.Perm(3) {
			if n < 2 || random.IntN(2) == 0 {
				seats = append(seats, seat{i, spacesOfCrowd[where]})
			}
		}
	}
	shuffle := func() { random.Shuffle(len(seats), func(i, j int) { seats[i], seats[j] = seats[j], seats[i] }) }
	shuffle()
	for _, s := range seats {
		who := fmt.Sprint(s.person)
		w.enrol(who, s.where, "", nobody, 9)
		people[s.person][s.where] = word("alias of " + who + " in " + s.where)
		db.Clock.Advance(time.Duration(random.IntN(600)) * time.Second)
	}
	for _, s := range slices.Clone(seats) { // each writes once to three times
		for range random.IntN(3) {
			seats = append(seats, s)
		}
	}
	shuffle()
	for n, s := range seats {
		w.reply(fmt.Sprint(s.person), fmt.Sprint(s.where, random.IntN(topics)), fmt.Sprint("reply ", n), nobody)
		db.Clock.Advance(time.Duration(random.IntN(3600)) * time.Second)
	}
	return w, people
}

var between = regexp.MustCompile(`[^\pL\pN-]+`)

// observe reads every page of a space as one of the observers.
func (w *world) observe(observer, where string, faces map[string]*face) {
	w.t.Helper()
	b := w.signedIn(observer) // time has passed
	place := 0.0
	list := b.Get("/s/" + w.ids[where])
	list.Find(".topic-title a").Each(func(_ int, link *goquery.Selection) {
		path := strings.TrimSuffix(link.AttrOr("href", ""), "/unread")
		for page := 1; ; page++ {
			p := b.Get(fmt.Sprintf("%s?page=%d", path, page))
			if p.Status == http.StatusNotFound {
				return
			}
			p.Find("article.post").Each(func(_ int, article *goquery.Selection) {
				place++
				name := article.Find(".post-who")
				name.Find(".tag").Remove()
				alias := strings.TrimSpace(name.Text())
				f := faces[alias]
				if f == nil {
					f = &face{tokens: map[string]bool{}}
					faces[alias] = f
				}
				at, err := time.Parse(time.RFC3339, article.Find("time").AttrOr("datetime", ""))
				w.must(err)
				f.posts++
				f.ids = append(f.ids, fraction(strings.TrimPrefix(article.AttrOr("id", ""), "p-")))
				f.times = append(f.times, float64(at.Unix()))
				f.places = append(f.places, place)
				article.Find(".prose").Remove()
				source, err := goquery.OuterHtml(article)
				w.must(err)
				for _, token := range between.Split(source, -1) {
					f.tokens[token] = true
				}
			})
		}
	})
	if place == 0 {
		w.t.Fatalf("%s sees nothing in %s: %d", observer, where, list.Status)
	}
}

// fraction is where an id stands among all ids.
func fraction(id string) float64 {
	const alphabet = "abcdefghijklmnopqrstuvwxyz234567"
	n := new(big.Float)
	for i := len(id) - 1; i >= 0; i-- {
		n.Add(n, big.NewFloat(float64(strings.IndexByte(alphabet, id[i]))))
		n.Quo(n, big.NewFloat(32))
	}
	f, _ := n.Float64()
	return f
}

// match says how often the person's alias in another space is among the twentieth that is nearest in value.
func match(people []map[string]string, faces map[string]map[string]*face, value func(person int, f *face) float64) (hits, trials int) {
	for _, from := range spacesOfCrowd {
		for _, to := range spacesOfCrowd {
			if from == to {
				continue
			}
			values := map[int]float64{}
			for i, person := range people {
				if f := faces[to][person[to]]; f != nil {
					values[i] = value(i, f)
				}
			}
			for i, person := range people {
				f, there := faces[from][person[from]], values[i]
				if _, both := values[i]; f == nil || !both {
					continue
				}
				here := value(i, f)
				nearer := 0.0
				for j, other := range values {
					switch {
					case j == i:
					case math.Abs(other-here) < math.Abs(there-here):
						nearer++
					case math.Abs(other-here) == math.Abs(there-here):
						nearer += 0.5
					}
				}
				trials++
				if nearer < float64(len(values))/20 {
					hits++
				}
			}
		}
	}
	return hits, trials
}

// tie claims that two aliases belong to one person when they share a token that at most two aliases of each space have.
func tie(people []map[string]string, faces map[string]map[string]*face) (right, claimed int) {
	owner := map[string]int{}
	for i, person := range people {
		for where, alias := range person {
			owner[where+" "+alias] = i
		}
	}
	holders := map[string]map[string][]string{} // by token and space
	for where, all := range faces {
		for alias, f := range all {
			for token := range f.tokens {
				if holders[token] == nil {
					holders[token] = map[string][]string{}
				}
				holders[token][where] = append(holders[token][where], where+" "+alias)
			}
		}
	}
	claims := map[[2]string]bool{}
	for _, by := range holders {
		for i, a := range spacesOfCrowd {
			for _, b := range spacesOfCrowd[i+1:] {
				if len(by[a]) == 0 || len(by[a]) > 2 || len(by[b]) == 0 || len(by[b]) > 2 {
					continue
				}
				for _, one := range by[a] {
					for _, other := range by[b] {
						claims[[2]string{one, other}] = true
					}
				}
			}
		}
	}
	for claim := range claims {
		one, known := owner[claim[0]]
		other, also := owner[claim[1]]
		if !known || !also {
			continue // an observer
		}
		claimed++
		if one == other {
			right++
		}
	}
	return right, claimed
}
