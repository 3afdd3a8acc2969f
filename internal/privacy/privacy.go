// Package privacy is what people may ask of us about themselves, and what we promise everybody: the declared class of
// every column, the clocks after which things are deleted, the copy of everything that is one's own, and erasure. It
// must never give anybody a word about somebody else, and never keep what it has promised to delete.
package privacy
