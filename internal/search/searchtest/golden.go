package searchtest

import (
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"

	"samhold/internal/demo"
	"samhold/internal/markup"
	"samhold/internal/search"
)

// golden is one query of golden.yaml.
type golden struct {
	Query  string   `yaml:"query"`
	Space  string   `yaml:"space"`
	Alias  string   `yaml:"alias"`
	Expect []string `yaml:"expect"`
	Why    string   `yaml:"why"`
	Missed string   `yaml:"missed"`
}

// Golden asks the golden queries of the demo community, wants every expected post among the first three, and
// logs the quality as nDCG@3. File is the path of golden.yaml.
func Golden(t *testing.T, open Open, file string) {
	if figure := Quality(t, open, file); figure < floor {
		t.Errorf("nDCG@3 is %.3f, and must not fall below %.2f", figure, floor)
	}
}

// floor is the quality below which a change has made searching worse, whatever single queries say.
const floor = 0.95

// Quality asks the golden queries, and returns and logs the figure.
func Quality(t testing.TB, open Open, file string) float64 {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var queries []golden
	if err := yaml.UnmarshalWithOptions(data, &queries, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	docs, spaces := community(t)
	x := fixture(t, open, docs...)
	sum := 0.0
	for _, g := range queries {
		q := search.Query{Text: g.Query, Alias: g.Alias, Spaces: spaces}
		if g.Space != "" {
			q.Spaces = []string{g.Space}
		}
		got := ids(t, x, q)
		first := got[:min(3, len(got))]
		score := ndcg(first, g.Expect)
		sum += score
		if len(g.Expect) == 0 && len(got) > 0 {
			t.Errorf("%q: found %q, want nothing (%s)", g.Query, first, g.Why)
		}
		for _, want := range g.Expect {
			if !slices.Contains(first, want) && g.Missed == "" {
				t.Errorf("%q: %s is not among %q, want %q (%s)", g.Query, want, got[:min(6, len(got))], g.Expect, g.Why)
			}
		}
	}
	figure := sum / float64(len(queries))
	t.Logf("nDCG@3 over %d queries: %.3f", len(queries), figure)
	return figure
}

// ndcg is the normalised discounted cumulative gain of the first three hits, where every expected post is worth 1.
func ndcg(first, expect []string) float64 {
	if len(expect) == 0 {
		if len(first) == 0 {
			return 1
		}
		return 0
	}
	got, ideal := 0.0, 0.0
	for i := range 3 {
		gain := 1 / math.Log2(float64(i)+2)
		if i < len(expect) {
			ideal += gain
		}
		if i < len(first) && slices.Contains(expect, first[i]) {
			got += gain
		}
	}
	return got / ideal
}

// community returns the posts of the demo that members may read, as documents whose ids are TOPIC#NUMBER.
func community(t testing.TB) (docs []search.Document, spaces []string) {
	t.Helper()
	c, err := demo.Load()
	if err != nil {
		t.Fatal(err)
	}
	people := map[string]*demo.Person{}
	for _, p := range c.People {
		people[p.Key] = p
	}
	for _, s := range c.Spaces {
		spaces = append(spaces, s.Key)
	}
	now := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	for _, topic := range c.Topics {
		for i, p := range topic.Posts {
			if !p.Visible() {
				continue
			}
			d := search.Document{
				ID: fmt.Sprintf("%s#%d", topic.Slug, i+1), Topic: topic.Slug, Space: topic.Space, At: p.At.At(now), Body: markup.Plain(p.Text),
			}
			if m := people[p.By].In(topic.Space); m != nil {
				d.Alias = m.Alias
			}
			if q := p.Quote; q != nil {
				d.Body = markup.Plain(markup.Quote("", q.Text) + "\n\n" + strings.TrimSpace(p.Text))
			}
			if i == 0 {
				d.Title = topic.Title
			}
			docs = append(docs, d)
		}
	}
	return docs, spaces
}
