package passphrase

// Dummy is the hash that unknown names are compared with.
const Dummy = dummy

// Occupy takes n slots until release is called.
func Occupy(h *Hasher, n int) (release func()) {
	for range n {
		h.slots <- struct{}{}
	}
	return func() {
		for range n {
			<-h.slots
		}
	}
}
