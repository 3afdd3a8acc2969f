// Package triage orders what a human reads first. It takes the text of a post
// and answers with a level, a category and the reasons, each tied to the words
// that gave it, so that a moderator can see at once why a post was put in front.
//
// It is pure: no database, no network, no clock. It must never decide anything
// about a person, hide a post, or be shown to other members: it only ever says
// "look at this one sooner". What it catches and what it misses is measured in
// docs/triage.md.
package triage
