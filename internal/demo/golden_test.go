package demo_test

import (
	"os"
	"testing"

	"github.com/goccy/go-yaml"
)

// The golden queries of package search are about this content: whoever edits a topic sees here which query it moves.
func TestGoldenQueriesPointAtVisiblePosts(t *testing.T) {
	data, err := os.ReadFile("../search/testdata/golden.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var golden []struct {
		Query  string   `yaml:"query"`
		Space  string   `yaml:"space"`
		Alias  string   `yaml:"alias"`
		Expect []string `yaml:"expect"`
		Why    string   `yaml:"why"`
		Missed string   `yaml:"missed"`
	}
	if err := yaml.UnmarshalWithOptions(data, &golden, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	if len(golden) != 100 {
		t.Errorf("got %d queries, want 100", len(golden))
	}
	c := load(t)
	for _, g := range golden {
		if g.Query == "" || g.Why == "" || len(g.Expect) > 3 {
			t.Errorf("%q: needs a query, a reason and at most three posts", g.Query)
		}
		for _, ref := range g.Expect {
			if p := c.Post(ref); p == nil || !p.Visible() {
				t.Errorf("%q expects %s, which is no visible post", g.Query, ref)
			}
		}
	}
}
