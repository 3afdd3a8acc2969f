// Package bench measures Samhold as its members meet it: the real binary on a real PostgreSQL, over HTTP, beside a bare
// Fiber handler in the same run. It holds tests only, behind the build tag "bench"; see "make bench".
package bench
