package config_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"samhold/internal/config"
)

// TestReadmeKnowsEverySetting holds the table of the README to what is read, and the other way round.
func TestReadmeKnowsEverySetting(t *testing.T) {
	readme := string(top(t, "README.md"))
	for _, v := range config.Variables {
		if !strings.Contains(readme, "| `"+v.Name+"`") {
			t.Errorf("the README does not list %s", v.Name)
		}
	}
	for _, name := range []string{"README.md", "docs/operations.md", "docs/search.md"} {
		for _, m := range regexp.MustCompile(`SAMHOLD_[A-Z_]+`).FindAllString(string(top(t, name)), -1) {
			if strings.HasPrefix(m, "SAMHOLD_TEST_") || m == "SAMHOLD_SCREENSHOTS" {
				continue
			}
			base := strings.TrimSuffix(m, "_FILE")
			if !slices.ContainsFunc(config.Variables, func(v config.Variable) bool { return v.Name == m || v.Secret && v.Name == base }) {
				t.Errorf("%s names %s, which is no setting", name, m)
			}
		}
	}
}
