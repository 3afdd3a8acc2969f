package meili

import (
	"context"
	"slices"

	client "github.com/meilisearch/meilisearch-go"

	"samhold/internal/search"
)

// searchable are the fields that words are looked up in, the most telling first: that is their order in the server's
// ranking.
var searchable = []string{
	string(search.Title), string(search.Strong), string(search.Stem), string(search.Exact), string(search.Part), rootField, string(search.Pair),
}

// Typing errors are forgiven in these fields alone; in the others they would only cost time.
var strict = []string{string(search.Title), string(search.Strong), string(search.Part), rootField, string(search.Pair)}

// settings are all settings that change what is found. What stands at its zero value is reset. Stop words and
// synonyms are left empty on purpose: package search has dealt with both before the server sees a term.
func settings() client.Settings {
	prefix := "indexingTime"
	return client.Settings{
		RankingRules:         []string{"words", "typo", "attribute", "sort"},
		SearchableAttributes: searchable,
		DisplayedAttributes:  []string{"*"},
		FilterableAttributes: []string{idField, spaceField, string(search.Alias), atField},
		SortableAttributes:   []string{atField},
		// Otherwise the server guesses the language of each field from its letters.
		LocalizedAttributes: []*client.LocalizedAttributes{{Locales: []string{"dan"}, AttributePatterns: []string{"*"}}},
		TypoTolerance: &client.TypoTolerance{
			Enabled: true, MinWordSizeForTypos: client.MinWordSizeForTypos{OneTypo: 5, TwoTypos: 9},
			DisableOnWords: []string{}, DisableOnAttributes: strict, DisableOnNumbers: true,
		},
		ProximityPrecision: client.ByAttribute, // neighbours are terms of their own
		PrefixSearch:       &prefix,
		Pagination:         &client.Pagination{MaxTotalHits: 1000},
		// An answer that was cut short would lack hits in a way that nobody can see.
		SearchCutoffMs: 3000,
	}
}

// applySettings gives the index our settings where it has others.
func (x *Index) applySettings(ctx context.Context, name string) error {
	const what = "apply the settings"
	ask, cancel := x.ask(ctx)
	defer cancel()
	index := x.server.Index(name)
	now, err := index.GetSettingsWithContext(ask)
	if err != nil {
		return x.failed(ctx, what, err)
	}
	if now.PrefixSearch == nil { // servers have it since 1.12
		return down(what, ErrOld)
	}
	want := settings()
	changes := []func(context.Context) (*client.TaskInfo, error){}
	if differ(want, *now) {
		changes = append(changes, func(ctx context.Context) (*client.TaskInfo, error) {
			return index.UpdateSettingsWithContext(ctx, &want)
		})
	}
	// The client leaves empty lists out of an update, so they are reset one by one.
	for _, s := range []struct {
		set   bool
		reset func(context.Context) (*client.TaskInfo, error)
	}{
		{len(now.StopWords) > 0, index.ResetStopWordsWithContext},
		{len(now.Synonyms) > 0, index.ResetSynonymsWithContext},
		{len(now.SeparatorTokens) > 0, index.ResetSeparatorTokensWithContext},
		{len(now.NonSeparatorTokens) > 0, index.ResetNonSeparatorTokensWithContext},
		{len(now.Dictionary) > 0, index.ResetDictionaryWithContext},
		{now.DistinctAttribute != nil, index.ResetDistinctAttributeWithContext},
	} {
		if s.set {
			changes = append(changes, s.reset)
		}
	}
	if now.FacetSearch {
		changes = append(changes, func(ctx context.Context) (*client.TaskInfo, error) {
			return index.UpdateFacetSearchWithContext(ctx, false)
		})
	}
	if len(changes) == 0 {
		return nil
	}
	if busy, err := x.busy(ctx, name); err != nil || busy {
		if err == nil {
			err = down(what, ErrSlow)
		}
		return err
	}
	for _, change := range changes {
		ask, cancel := x.ask(ctx)
		task, err := change(ask)
		cancel()
		if err != nil {
			return x.failed(ctx, what, err)
		}
		if err := x.wait(ctx, what, task.TaskUID); err != nil {
			return err
		}
	}
	return nil
}

// busy reports whether the server is still at settings that it was given before; they are not sent twice.
func (x *Index) busy(ctx context.Context, name string) (bool, error) {
	ask, cancel := x.ask(ctx)
	defer cancel()
	found, err := x.server.GetTasksWithContext(ask, &client.TasksQuery{
		IndexUIDS: []string{name}, Limit: 1, Types: []client.TaskType{client.TaskTypeSettingsUpdate},
		Statuses: []client.TaskStatus{client.TaskStatusEnqueued, client.TaskStatusProcessing},
	})
	if err != nil {
		return false, x.failed(ctx, "look at the tasks", err)
	}
	return len(found.Results) > 0, nil
}

// differ compares what we set with what the server has.
func differ(want, now client.Settings) bool {
	sorted := func(list []string) []string { return slices.Sorted(slices.Values(list)) }
	same := func(a, b []string) bool { return slices.Equal(sorted(a), sorted(b)) }
	if !slices.Equal(want.RankingRules, now.RankingRules) || !slices.Equal(want.SearchableAttributes, now.SearchableAttributes) ||
		!same(want.DisplayedAttributes, now.DisplayedAttributes) || !same(want.FilterableAttributes, now.FilterableAttributes) ||
		!same(want.SortableAttributes, now.SortableAttributes) || want.ProximityPrecision != now.ProximityPrecision ||
		want.SearchCutoffMs != now.SearchCutoffMs {
		return true
	}
	if *now.PrefixSearch != *want.PrefixSearch || now.Pagination == nil || *now.Pagination != *want.Pagination {
		return true
	}
	if len(now.LocalizedAttributes) != 1 || !slices.Equal(now.LocalizedAttributes[0].Locales, want.LocalizedAttributes[0].Locales) ||
		!slices.Equal(now.LocalizedAttributes[0].AttributePatterns, want.LocalizedAttributes[0].AttributePatterns) {
		return true
	}
	a, b := want.TypoTolerance, now.TypoTolerance
	return b == nil || a.Enabled != b.Enabled || a.MinWordSizeForTypos != b.MinWordSizeForTypos || a.DisableOnNumbers != b.DisableOnNumbers ||
		len(b.DisableOnWords) > 0 || !same(a.DisableOnAttributes, b.DisableOnAttributes)
}
