package searchtest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"samhold/internal/search"
)

// Corpus makes n invented posts of 300 to 1,200 characters whose words are as unevenly common as in real text:
// small words, words of this forum in their forms, compounds, and a long tail of rare ones. The same seed gives
// the same posts.
func Corpus(n int, seed uint64) func(yield func(search.Document) bool) {
	return func(yield func(search.Document) bool) {
		r := rand.New(rand.NewPCG(seed, 1))
		rare := rand.NewZipf(r, 1.1, 8, 400_000)
		at := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
		for i := range n {
			at = at.Add(time.Duration(r.IntN(480)) * time.Second)
			d := search.Document{
				ID: fmt.Sprintf("post%016d", i), Topic: fmt.Sprint(i / 10), Space: fmt.Sprintf("space%d", r.IntN(8)),
				Alias: small[r.IntN(len(small))] + fmt.Sprint(r.IntN(2000)), At: at, Body: sentences(r, rare, 300+r.IntN(900)),
			}
			if i%10 == 0 {
				d.Title = sentences(r, rare, 40)
			}
			if !yield(d) {
				return
			}
		}
	}
}

func sentences(r *rand.Rand, rare *rand.Zipf, length int) string {
	var b strings.Builder
	for b.Len() < length {
		switch k := r.IntN(100); {
		case k < 48:
			b.WriteString(small[r.IntN(len(small))])
		case k < 78:
			// Squared, so that the first words are far commoner than the last.
			f := r.Float64()
			b.WriteString(topical[int(f*f*float64(len(topical)))])
			b.WriteString(endings[r.IntN(len(endings))])
		case k < 82:
			b.WriteString(topical[r.IntN(len(topical))] + topical[r.IntN(len(topical))])
		default:
			b.WriteString(tail(rare.Uint64()))
		}
		if r.IntN(12) == 0 {
			b.WriteByte('.')
		}
		b.WriteByte(' ')
	}
	return b.String()
}

// tail is the nth rare word: syllables that spell its number.
func tail(n uint64) string {
	var b strings.Builder
	for n += 40; n > 0; n /= 40 {
		b.WriteString(syllables[n%40])
	}
	return b.String()
}

var (
	small     = strings.Fields("og i jeg det at en den til er som på de med han af for ikke der var mig sig men et har om vi min havde ham hun nu over da fra du ud sin dem os op man hvor hvad så kan når være eller bare lige")
	endings   = []string{"", "", "", "en", "et", "er", "erne", "ens", "e"}
	topical   = strings.Fields("drikke mor far barn behandling tilbagefald angst skam alkohol misbrug hjælp grænse bror søster kæreste familie samtale gruppe møde penge arbejde skole nat søvn vrede løgn tillid håb sorg ensomhed bekymring stof hash kokain pille læge hospital psykolog kommune sag rådgivning jul fødselsdag telefon besked nøgle dør køkken stue bil politi vold gæld husleje datter søn mand kone ven nabo kollega chef barndom opvækst følelse tanke ansvar kontrol omsorg kærlighed svigt frygt panik anfald træthed stress sygdom helbred krop hoved hjerte mave blod prøve dosis medicin afrusning abstinens trang efterværn fællesskab netværk frivillig forening bog film musik natur skov strand hund tur kaffe mad")
	syllables = strings.Fields("ba ke lo mi nu ra se ti vo gy da fe ho ji ku læ mø nå pa re si to va by gra ble kro ski tra dru fli spe sta kla bro fri gne pli sve tri")
)
