// Package moderation is reports, the review queue, decisions with reasons, and notices of them. It must never
// decide without a named person.
package moderation

// Service does everything with moderation.
type Service struct{}
