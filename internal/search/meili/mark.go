package meili

import (
	"context"
	"encoding/json"

	client "github.com/meilisearch/meilisearch-go"
)

// mark is a document that says what its index is. It lies in the index, so that a swap moves both at once, and
// belongs to no space, so that no search finds it.
type mark struct {
	ID       string `json:"id"`
	Version  string `json:"version"`
	Build    string `json:"build"`    // another with every rebuild
	Complete bool   `json:"complete"` // built from the database, and not made empty since
}

// markID is no hexadecimal number, and so no post's.
const markID = "mark"

// mark reads an index's mark. An index without one was made by somebody else.
func (x *Index) mark(ctx context.Context, name string) (m mark, found bool, err error) {
	ask, cancel := x.ask(ctx)
	defer cancel()
	var got client.DocumentsResult
	if err := x.server.Index(name).GetDocumentsWithContext(ask, &client.DocumentsQuery{Ids: []string{markID}, Limit: 1}, &got); err != nil {
		return m, false, x.failed(ctx, "read the mark", err)
	}
	if len(got.Results) == 0 {
		return m, false, nil
	}
	raw, err := json.Marshal(got.Results[0])
	if err != nil || json.Unmarshal(raw, &m) != nil || m.ID != markID {
		return mark{}, false, nil // what cannot be read is not ours
	}
	return m, true, nil
}

// setMark writes an index's mark.
func (x *Index) setMark(ctx context.Context, name string, m mark) error {
	m.ID = markID
	task, err := x.send(ctx, name, "write the mark", []mark{m})
	if err != nil {
		return err
	}
	return x.wait(ctx, "write the mark", task)
}
