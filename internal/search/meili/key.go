package meili

import (
	"context"
	"errors"
	"fmt"
	"time"

	client "github.com/meilisearch/meilisearch-go"

	"samhold/internal/id"
	"samhold/internal/search"
)

// Actions are the rights that the key needs, and all that it should have. The right to ask the version is not among
// them: the server gives it to no key that is bound to named indexes.
var Actions = []string{
	"search", "documents.add", "documents.get", "documents.delete", "indexes.create", "indexes.get", "indexes.delete", "indexes.swap",
	"settings.get", "settings.update", "tasks.get",
}

// Pattern names the indexes that the key needs them for.
const Pattern = Prefix + "-*"

// trialTakes bounds a trial, and the tidying after it.
const trialTakes = time.Minute

// Report is what Check found out about a server that serves.
type Report struct {
	Version string // empty when the key may not ask
	Mighty  bool   // the key may do more than it needs: it can read the server's keys
}

// Check tries everything that is ever asked of the server, on indexes of its own that it removes again. It returns
// the first thing that fails; the error's text says what to do. The index that answers is only looked at.
func Check(ctx context.Context, o Options) (Report, error) {
	ctx, cancel := context.WithTimeout(ctx, trialTakes)
	defer cancel()
	x := connect(o)
	defer x.Close()
	var r Report
	if err := x.version(ctx); err != nil {
		return r, err
	}
	if v, err := x.server.VersionWithContext(ctx); err == nil {
		r.Version = v.PkgVersion
	}
	if _, err := x.server.GetKeysWithContext(ctx, &client.KeysQuery{Limit: 1}); err == nil {
		r.Mighty = true
	}
	o.Prefix = x.o.Prefix + "-check-" + id.New()
	trial := connect(o)
	defer trial.Close()
	err := trial.rehearse(ctx)
	clean, done := context.WithTimeout(context.WithoutCancel(ctx), trialTakes)
	defer done()
	return r, errors.Join(err, trial.drop(clean, trial.o.live()), trial.sweep(clean))
}

// rehearse goes through the life of an index.
func (x *Index) rehearse(ctx context.Context) error {
	if _, err := x.settle(ctx); err != nil {
		return err
	}
	post := search.Document{ID: "a", Space: "s", Body: "prøve", At: time.Unix(0, 0)}
	if err := x.Put(ctx, post); err != nil {
		return err
	}
	if err := x.Rebuild(ctx, func(put func(...search.Document) error) error { return put(post) }); err != nil {
		return err
	}
	hits, err := x.Find(ctx, search.Query{Text: "prøven", Spaces: []string{"s"}})
	if err != nil {
		return err
	}
	if len(hits) != 1 {
		return down("try a search", fmt.Errorf("%w (%d hits)", ErrRefused, len(hits)))
	}
	return x.Delete(ctx, "a")
}
