package meili

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	client "github.com/meilisearch/meilisearch-go"
)

// KeyID is the id of the key that Grant makes. The server computes a key from its id and the master key, as scripts/secrets
// does, so that both know it without telling each other.
const KeyID = "6f1f6d54-21c3-4b6e-9d57-0c5a2f0e8b31"

// Grant makes Samhold's own key, with the rights that it needs and no more; o.Key is the master key. A key of that id that
// is there already stays, if it has these rights.
func Grant(ctx context.Context, o Options) (key string, err error) {
	x := connect(o)
	defer x.Close()
	made, err := x.server.CreateKeyWithContext(ctx, &client.Key{
		UID: KeyID, Name: "samhold", Description: "Samhold", Actions: Actions, Indexes: []string{Pattern}, ExpiresAt: time.Time{},
	})
	if err == nil {
		return made.Key, nil
	}
	if e, ok := errors.AsType[*client.Error](err); !ok || e.MeilisearchApiError.Code != "api_key_already_exists" {
		return "", x.failed(ctx, "make a key", err)
	}
	there, err := x.server.GetKeyWithContext(ctx, KeyID)
	if err != nil {
		return "", x.failed(ctx, "read the key", err)
	}
	slices.Sort(there.Actions)
	if !slices.Equal(there.Actions, slices.Sorted(slices.Values(Actions))) || !slices.Equal(there.Indexes, []string{Pattern}) {
		return "", fmt.Errorf("the key %s is there with other rights; delete it", KeyID)
	}
	return there.Key, nil
}
