package account_test

import (
	"testing"

	"samhold/internal/testkit"
)

// BenchmarkIdentify is what every signed-in request pays to know who asks.
func BenchmarkIdentify(b *testing.B) {
	for _, name := range []string{"sqlite", "postgres"} {
		b.Run(name, func(b *testing.B) {
			h := open(b, testkit.Open(b, name))
			token := h.signIn(h.member().Name)
			for b.Loop() {
				if _, err := h.Identify(b.Context(), token); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
