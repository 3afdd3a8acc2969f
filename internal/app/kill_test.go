package app_test

import (
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"samhold/internal/id"
	"samhold/internal/testkit"
)

// TestKilledWhileWriting kills a serving process again and again while people write. Whatever was answered with success
// must be there afterwards: the post, its case if it was urgent, and its place in the index once the jobs are done.
func TestKilledWhileWriting(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes for a while")
	}
	const kills, writers = 15, 4
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		k := newTalkNow(t, db, writers)
		env := childSettings(t, db)
		var number atomic.Int64
		random := rand.New(rand.NewPCG(3, 9))
		for range kills {
			address, kill := startChild(t, childServes, env)
			var wg sync.WaitGroup
			dead, answered := make(chan struct{}), make(chan struct{}, 100)
			for _, h := range k.hands {
				wg.Go(func() {
					for {
						select {
						case <-dead:
							return
						default:
						}
						key, n := id.New(), number.Add(1)
						body, urgent := "Så skrev jeg "+word(key)+".", n%9 == 0
						if urgent {
							body += " Jeg tager mit eget liv i aften."
						}
						if h.reply(address+k.path, key, body) {
							k.keep(key, urgent)
							select {
							case answered <- struct{}{}:
							default:
							}
						}
					}
				})
			}
			enough := time.After(10 * time.Second)
			for range 1 + random.IntN(10) {
				select {
				case <-answered:
				case <-enough:
				}
			}
			time.Sleep(time.Duration(random.IntN(20_000)) * time.Microsecond) // anywhere between two answers
			kill()
			close(dead)
			wg.Wait()
		}

		k.catchUp(env)
		k.check()
		posts, urgent := k.counts()
		t.Logf("%d kills, %d answers with success (%d urgent), %d posts in all", kills, posts, urgent, k.Int(t, "SELECT COUNT(*) FROM post"))
		if posts < kills || urgent == 0 {
			t.Errorf("only %d posts and %d urgent ones were answered: the test shows nothing", posts, urgent)
		}
	})
}
